//! Find and replace, and the row of tabs.

use super::*;

#[test]
fn one_match_is_replaced_another_passed_over_and_the_rest_at_once() {
    let mut editor = editor("foo Foo\nfoo foo\n");
    editor.act(Act::Replace);
    typed(&mut editor, "foo");
    editor.act(Act::Newline);
    typed(&mut editor, "bar");
    let asks = editor.act(Act::Newline);
    assert_eq!(asks, [EditorAsk::Changed { path: path("main.go") }], "the draft is kept");
    editor.act(Act::Go(Motion::Down(1)));
    editor.act(Act::Newline);
    assert_eq!(text(&editor), "bar Foo\nbar foo\n");
    editor.act(Act::ReplaceAll);
    assert_eq!(text(&editor), "bar bar\nbar bar\n");
    assert_eq!(editor.notice(), Some("Replaced in 2 places. Ctrl-Z takes it back."));
    editor.act(Act::Undo);
    assert_eq!(text(&editor), "bar Foo\nbar foo\n");
}

#[test]
fn capitals_matter_when_asked_for() {
    let mut editor = editor("foo Foo foo\n");
    editor.act(Act::Replace);
    typed(&mut editor, "foo");
    editor.act(Act::MatchCase);
    editor.act(Act::Newline);
    typed(&mut editor, "x");
    editor.act(Act::ReplaceAll);
    assert_eq!(text(&editor), "x Foo x\n");
    editor.act(Act::Replace);
    typed(&mut editor, "nowhere");
    editor.act(Act::Newline);
    editor.act(Act::Type('!'));
    assert_eq!(text(&editor), "x Foo x\n", "what is not there is not replaced");
    editor.act(Act::Cancel);
    editor.act(Act::MatchCase);
    assert_eq!(editor.notice(), Some("Capitals matter where you type some."));
}

#[test]
fn several_files_have_tabs_that_can_be_pressed() {
    let row = |editor: &Editor| {
        let (buffer, _) = draw(editor, 40, 10);
        (0..40).map(|x| buffer[(x, 0)].symbol()).collect::<String>().trim_end().to_owned()
    };
    let mut editor = editor(MAIN);
    assert!(row(&editor).contains("package main"), "one file needs none");
    editor.open(path("go.mod"), Some("module x\n".to_owned()));
    editor.act(Act::Type('/'));
    assert_eq!(row(&editor), " main.go │ go.mod *");
    editor.click(3, 0, Click::Place);
    assert_eq!(editor.current().map(|(path, _)| path.as_str()), Some("main.go"));
    editor.click(4, 6, Click::Place);
    assert_eq!(at(&editor), (5, 0), "the text begins below them");
    assert_eq!(draw(&editor, 40, 10).1, Some(Place::new(4, 6)));
    for number in 0..9 {
        editor.open(path(&format!("file{number}.go")), Some(String::new()));
    }
    assert!(row(&editor).contains("file8.go"), "{}", row(&editor));
    editor.act(Act::NextFile);
    assert!(row(&editor).starts_with(" main.go"), "{}", row(&editor));
}
