//! What the tools say stands at its line as long as it holds.

use super::*;

fn marked(editor: &Editor) -> Vec<u16> {
    let (buffer, _) = draw(editor, 40, 10);
    (0..9).filter(|y| matches!(buffer[(0, *y)].symbol(), "✗" | "!")).collect()
}

fn last_rows(editor: &Editor, rows: u16) -> String {
    let (buffer, _) = draw(editor, 40, 10);
    let row = |y: u16| (0..40).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (10 - rows..10).map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn marks_move_with_their_lines_and_go_when_the_line_is_edited() {
    let mut editor = editor("a\nb\nc\n");
    let main = path("main.go");
    editor.diagnostics(&main, vec![wrong(2, 1, "undefined: b")]);
    editor.act(Act::Newline);
    editor.act(Act::Type('x'));
    assert_eq!(marked(&editor), [2]);
    editor.act(Act::Undo);
    editor.act(Act::Undo);
    assert_eq!(marked(&editor), [1]);
    // A line begun below, or taken away there, is none of its business.
    editor.go_to(&main, 2, 2);
    editor.act(Act::Newline);
    editor.act(Act::Backspace);
    editor.go_to(&main, 3, 1);
    editor.act(Act::DuplicateLines);
    editor.act(Act::MoveLinesDown);
    assert_eq!(marked(&editor), [1]);
    editor.go_to(&main, 2, 1);
    editor.act(Act::Type('x'));
    assert_eq!(marked(&editor), [0_u16; 0]);
}

#[test]
fn an_answer_finds_its_lines_after_more_was_typed() {
    let mut editor = editor("a\nb\nc\n");
    let main = path("main.go");
    editor.look_begins();
    editor.act(Act::Newline);
    editor.problems(&[(main.clone(), wrong(3, 1, "undefined: c")), (path("b.go"), wrong(1, 1, "undefined: x"))]);
    assert_eq!(marked(&editor), [3]);
    editor.act(Act::Save);
    editor.saved(&main, None);
    editor.look_begins();
    editor.go_to(&main, 4, 2);
    editor.act(Act::Type('x'));
    editor.problems(&[(main.clone(), wrong(4, 1, "undefined: c"))]);
    assert_eq!(marked(&editor), [0_u16; 0], "its line is another by now");
    editor.look_begins();
    editor.problems(&[(main, wrong(1, 1, "of the text on the disk"))]);
    assert_eq!(marked(&editor), [0_u16; 0], "what is not saved was not looked at");
}

#[test]
fn the_parser_speaks_of_the_text_it_was_given() {
    let mut editor = editor("package main\nfunc {\n");
    let (main, revision, text) = editor.to_parse().expect("a Go file");
    assert_eq!(text, "package main\nfunc {\n");
    editor.parsed(&main, revision, Some(wrong(2, 6, "expected 'IDENT', found '{'")));
    assert_eq!(marked(&editor), [1]);
    // The compiler says it in its own words; once is enough.
    editor.diagnostics(&main, vec![wrong(2, 6, "syntax error: unexpected {")]);
    assert!(last_rows(&editor, 1).starts_with("✗ 1 problem, in line 2: Alt-E"), "{}", last_rows(&editor, 1));
    editor.act(Act::Type('x'));
    editor.parsed(&main, revision, None);
    assert_eq!(marked(&editor), [1], "that was another text");
    let revision = editor.to_parse().expect("a Go file").1;
    editor.parsed(&main, revision, None);
    editor.diagnostics(&main, Vec::new());
    assert_eq!(marked(&editor), [0_u16; 0]);
    editor.open(path("notes.txt"), Some("x".to_owned()));
    assert_eq!(editor.to_parse(), None);
}

#[test]
fn one_goes_from_problem_to_problem_and_to_other_files() {
    let mut editor = editor("a\nb\nc\n");
    let main = path("main.go");
    editor.act(Act::NextProblem);
    assert!(editor.notice().is_some_and(|notice| notice.starts_with("No problem is known")));
    editor.act(Act::Go(Motion::TextStart));
    editor.look_begins();
    editor.problems(&[(main.clone(), wrong(3, 1, "third")), (main.clone(), wrong(2, 1, "second"))]);
    assert!(last_rows(&editor, 1).starts_with("✗ 2 problems, first in line 3: Alt-E"), "{}", last_rows(&editor, 1));
    let mut lines = Vec::new();
    for _ in 0..3 {
        editor.act(Act::NextProblem);
        lines.push(at(&editor).0);
    }
    editor.act(Act::PreviousProblem);
    assert_eq!((lines, at(&editor).0), (vec![1, 2, 1], 2));
    editor.look_begins();
    editor.problems(&[(path("b.go"), wrong(4, 7, "elsewhere"))]);
    assert!(last_rows(&editor, 1).starts_with("✗ b.go has a problem in line 4"), "{}", last_rows(&editor, 1));
    assert_eq!(editor.act(Act::NextProblem), [EditorAsk::Show { path: path("b.go"), line: 4, column: 7 }]);
    editor.open(path("b.go"), Some("x\n".repeat(9)));
    editor.diagnostics(&path("b.go"), vec![wrong(4, 1, "elsewhere")]);
    editor.open(main, None);
    editor.act(Act::NextProblem);
    assert_eq!(editor.current().map(|(path, at)| (path.as_str(), at.line)), Some(("b.go", 3)));
}

#[test]
fn the_message_is_there_in_full_with_what_it_means() {
    let mut editor = editor("a\nb\n");
    let why = Some("The function wants two values and gets one.".to_owned());
    let message = "not enough arguments in call to f\nhave (number)\nwant (int, int)".to_owned();
    let said = Diagnostic { severity: Severity::Warning, line: 1, column: 1, message, why };
    editor.diagnostics(&path("main.go"), vec![said]);
    let mut tall = Buffer::empty(Rect::new(0, 0, 40, 18));
    editor.resize(40, 18);
    editor.render(tall.area, &mut tall, &theme(), true);
    let row = |y: u16| (0..40).map(|x| tall[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    assert_eq!(
        (13..18).map(row).collect::<Vec<_>>(),
        [
            "! not enough arguments in call to f",
            "  have (number)",
            "  want (int, int)",
            "The function wants two values and gets",
            "one."
        ]
    );
    assert_eq!(marked(&editor).first(), Some(&0), "a warning has a mark of its own");
}
