//! The editor pane, driven by keys and drawn on small screens.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Place, Rect};

use super::{Click, Diagnostic, Editor, EditorAction as Act, EditorAsk, KEYS, Severity};
use crate::base::FilePath;
use crate::edit::{Motion, Position};
use crate::page::theme::{Depth, FANCY, Theme, ThemeName};

mod colours;
mod formatting;
mod problems;
mod replace;
mod screens;

const MAIN: &str = "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"Hello, 世界\")\n}\n";

fn path(text: &str) -> FilePath {
    FilePath::parse(text).unwrap()
}

/// An editor with one file, 40 columns by 10 rows.
fn editor(text: &str) -> Editor {
    let mut editor = Editor::new();
    editor.resize(40, 10);
    editor.open(path("main.go"), Some(text.to_owned()));
    editor
}

fn typed(editor: &mut Editor, text: &str) {
    for character in text.chars() {
        editor.act(Act::Type(character));
    }
}

fn text(editor: &Editor) -> String {
    editor.text(&path("main.go")).unwrap()
}

fn at(editor: &Editor) -> (usize, usize) {
    editor.current().map(|(_, at)| (at.line, at.byte)).unwrap()
}

fn theme() -> Theme {
    Theme::new(ThemeName::Dark, Depth::True, FANCY)
}

fn draw(editor: &Editor, width: u16, height: u16) -> (Buffer, Option<Place>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = editor.render(buffer.area, &mut buffer, &theme(), true);
    (buffer, cursor)
}

/// What a tool says about a place.
fn wrong(line: usize, column: usize, message: &str) -> Diagnostic {
    Diagnostic { severity: Severity::Error, line, column, message: message.to_owned(), why: None }
}

#[test]
fn typing_asks_for_the_draft_to_be_kept_and_saving_for_the_write() {
    let mut editor = editor("");
    assert_eq!(editor.act(Act::Type('x')), [EditorAsk::Changed { path: path("main.go") }]);
    assert!(editor.titles().all(|title| title.dirty && title.current));
    assert_eq!(editor.act(Act::Save), [EditorAsk::Save { path: path("main.go"), text: "x".to_owned() }]);
    editor.saved(&path("main.go"), Some("x\n".to_owned()));
    assert_eq!((text(&editor), at(&editor)), ("x\n".to_owned(), (0, 1)));
    assert!(editor.titles().all(|title| !title.dirty));
    assert_eq!(editor.notice(), Some("main.go is saved."));
}

#[test]
fn what_is_typed_while_a_save_runs_is_kept() {
    let mut editor = editor("");
    typed(&mut editor, "x:=1");
    editor.act(Act::Save);
    typed(&mut editor, "2");
    editor.saved(&path("main.go"), Some("x := 1\n".to_owned()));
    assert_eq!(text(&editor), "x:=12");
    assert!(editor.titles().all(|title| title.dirty));
    editor.act(Act::Save);
    editor.save_failed(&path("main.go"), "The disk is full.");
    editor.act(Act::Save);
    editor.saved(&path("main.go"), Some("x := 12\n".to_owned()));
    assert_eq!(text(&editor), "x := 12\n");
}

#[test]
fn a_file_that_is_renamed_while_a_save_runs_is_saved_under_its_new_name() {
    let mut editor = editor("");
    typed(&mut editor, "x");
    editor.act(Act::Save);
    editor.renamed(&path("main.go"), &path("other.go"));
    editor.saved(&path("main.go"), Some("x\n".to_owned()));
    assert_eq!(editor.save_all(), [EditorAsk::Save { path: path("other.go"), text: "x".to_owned() }]);
    assert_eq!(editor.save_all(), [], "once");
    assert_eq!(editor.save_all_anew().len(), 1, "who asks again has it done again");
    editor.saved(&path("other.go"), Some("x\n".to_owned()));
    assert!(editor.titles().all(|title| !title.dirty));
}

#[test]
fn a_formatted_file_keeps_the_cursor_at_its_token_and_its_row() {
    let body = (0..30).map(|n| format!("x{n}:={n}\n\n\n")).collect::<Vec<String>>().concat();
    let mut editor = editor(&body);
    editor.go_to(&path("main.go"), 61, 4);
    let row = draw(&editor, 40, 10).1.unwrap().y;
    editor.act(Act::Save);
    let formatted = (0..30).map(|n| format!("x{n} := {n}\n\n")).collect::<Vec<String>>().concat();
    editor.saved(&path("main.go"), Some(formatted));
    assert_eq!(at(&editor), (40, 3));
    assert_eq!(draw(&editor, 40, 10).1.unwrap().y, row);
}

#[test]
fn a_change_on_the_disk_is_taken_when_nothing_is_unsaved_and_else_told() {
    let mut editor = editor("a\n");
    editor.disk_changed(&path("main.go"), "b\n");
    assert_eq!(text(&editor), "b\n");
    assert!(editor.notice().is_some_and(|notice| notice.contains("shown as it is now")));
    typed(&mut editor, "mine ");
    editor.disk_changed(&path("main.go"), "c\n");
    assert_eq!(text(&editor), "mine b\n");
    assert!(editor.notice().is_some_and(|notice| notice.contains("undo (Ctrl-Z) leads to it")));
    assert_eq!(editor.take_conflict(), Some((path("main.go"), "c\n".to_owned())));
    editor.disk_changed(&path("main.go"), "c\n");
    assert_eq!(editor.take_conflict(), None, "it is asked once");
    editor.act(Act::Undo);
    assert_eq!(text(&editor), "c\n", "the other is kept as well");
    editor.act(Act::Redo);
    editor.act(Act::Save);
    editor.disk_changed(&path("main.go"), "mine b\n");
    assert_eq!(editor.notice(), None, "the echo of one's own save is no news");
    editor.disk_changed(&path("other.go"), "x");
}

#[test]
fn code_of_the_lesson_never_replaces_text_of_ones_own_unasked() {
    let mut editor = Editor::new();
    assert!(editor.put_code(None, MAIN, false).is_err(), "no file is meant");
    assert_eq!(editor.put_code(Some(path("main.go")), MAIN, false), Ok(()));
    assert_eq!(editor.put_code(None, MAIN, false), Ok(()), "it is there already");
    typed(&mut editor, "// mine");
    let refused = editor.put_code(None, "package other\n", false);
    assert!(refused.is_err_and(|why| why.starts_with("main.go has text of its own.")));
    assert_eq!(editor.put_code(None, "package other\n", true), Ok(()));
    assert_eq!(text(&editor), "package other\n");
    editor.act(Act::Undo);
    assert_eq!(text(&editor), format!("{MAIN}// mine"));
}

#[test]
fn a_text_that_got_shorter_is_in_sight_from_its_first_line() {
    let mut editor = editor("one\ntwo\nthree\n");
    editor.act(Act::SelectAll);
    editor.act(Act::Paste("long\n".repeat(100)));
    editor.act(Act::Undo);
    let (buffer, _) = draw(&editor, 40, 10);
    let first: String = (0..40).map(|x| buffer[(x, 0)].symbol()).collect();
    assert!(first.contains("one"), "{first}");
    editor.wheel(30);
    let (buffer, _) = draw(&editor, 40, 10);
    let first: String = (0..40).map(|x| buffer[(x, 0)].symbol()).collect();
    assert!(first.contains("one"), "what is all in sight does not scroll: {first}");
}

#[test]
fn copying_goes_to_the_clipboard_and_comes_back() {
    let mut editor = editor("one\ntwo\n");
    assert_eq!(editor.act(Act::Copy), [EditorAsk::Copy("one\n".to_owned())]);
    editor.act(Act::PasteCopied);
    assert_eq!(text(&editor), "one\none\ntwo\n");
    editor.act(Act::SelectAll);
    let asks = editor.act(Act::Cut);
    assert_eq!(asks[0], EditorAsk::Copy("one\none\ntwo\n".to_owned()));
    assert_eq!(asks[1], EditorAsk::Changed { path: path("main.go") });
    editor.act(Act::Paste("a\r\nb\rc".to_owned()));
    assert_eq!(text(&editor), "a\nb\nc");
}

#[test]
fn finding_goes_on_from_the_cursor_and_a_line_is_gone_to_by_number() {
    let mut editor = editor("alpha\nbeta\nalpha beta\n");
    editor.act(Act::Find);
    typed(&mut editor, "bet");
    assert_eq!(at(&editor), (1, 3));
    editor.act(Act::Newline);
    assert_eq!(at(&editor), (2, 9));
    editor.act(Act::Go(Motion::Up(1)));
    assert_eq!(at(&editor), (1, 3));
    assert!(editor.act(Act::Cancel).is_empty());
    assert_eq!(editor.act(Act::Cancel), [], "the match is no longer selected");
    assert_eq!(editor.act(Act::Cancel), [EditorAsk::Leave]);
    editor.act(Act::GoToLine);
    typed(&mut editor, "3");
    editor.act(Act::Newline);
    assert_eq!(at(&editor), (2, 0));
    editor.act(Act::GoToLine);
    typed(&mut editor, "99");
    editor.act(Act::Newline);
    assert_eq!(editor.notice(), Some("There is no line “99”: main.go has 4 lines."));
    editor.act(Act::Find);
    typed(&mut editor, "beta");
    editor.act(Act::Indent);
    assert_eq!(at(&editor), (1, 4), "Tab goes on, and never takes the place of the match");
    editor.act(Act::Delete);
    editor.act(Act::Save);
    assert_eq!(text(&editor), "alpha\nbeta\nalpha beta\n", "a key the prompt has no use for does its own work");
}

#[test]
fn files_are_turned_and_unsaved_text_is_not_closed_unwarned() {
    let mut editor = editor("a");
    editor.open(path("go.mod"), None);
    assert_eq!(editor.current().map(|(path, _)| path.as_str()), Some("go.mod"));
    editor.act(Act::NextFile);
    assert_eq!(editor.current().map(|(path, _)| path.as_str()), Some("main.go"));
    typed(&mut editor, "x");
    assert_eq!(editor.unsaved(), [(path("main.go"), "xa".to_owned())]);
    editor.act(Act::CloseFile);
    assert_eq!(editor.notice(), Some("main.go has unsaved text. Save it, or close again to drop it."));
    typed(&mut editor, "y");
    editor.act(Act::CloseFile);
    assert_eq!(editor.titles().count(), 2, "the warning is for the text as it was");
    editor.act(Act::CloseFile);
    editor.act(Act::CloseFile);
    assert_eq!(editor.titles().count(), 0);
    assert_eq!(editor.act(Act::Indent), [EditorAsk::Leave]);
    editor.act(Act::Type('x'));
    assert!(editor.notice().is_some_and(|notice| notice.starts_with("No file is open.")));
}

#[test]
fn the_mouse_places_selects_and_scrolls() {
    let mut editor = editor(&format!("{MAIN}{}", "// more\n".repeat(10)));
    editor.click(4 + 4 + 13 + 8, 5, Click::Place);
    assert_eq!(at(&editor), (5, 1 + 13 + 7), "the right half of 世 is 世");
    editor.click(4 + 5, 5, Click::Word);
    assert_eq!(editor.act(Act::Copy), [EditorAsk::Copy("fmt".to_owned())]);
    editor.click(0, 2, Click::Place);
    assert_eq!(editor.act(Act::Copy), [EditorAsk::Copy("import \"fmt\"\n".to_owned())]);
    editor.click(4, 0, Click::Place);
    editor.drag(4 + 7, 0);
    assert_eq!(editor.act(Act::Copy), [EditorAsk::Copy("package".to_owned())]);
    editor.wheel(3);
    assert_eq!(draw(&editor, 40, 10).1, None, "the cursor is out of sight");
    editor.act(Act::Type('P'));
    assert_eq!(draw(&editor, 40, 10).1, Some(Place::new(5, 0)));
}

#[test]
fn every_key_of_the_table_does_something_or_says_why_not() {
    for (key, action, _) in KEYS {
        let mut editor = editor("one two\n\tthree\nfour\n");
        editor.open(path("other.go"), Some("x".to_owned()));
        editor.open(path("main.go"), None);
        editor.go_to(&path("main.go"), 2, 4);
        let before = (text(&editor), editor.current().map(|(path, at)| (path.clone(), at)));
        let (screen, _) = draw(&editor, 40, 10);
        let asks = editor.act(action.clone());
        let after =
            (editor.text(&path("main.go")).unwrap_or_default(), editor.current().map(|(p, at)| (p.clone(), at)));
        let changed = before != after || draw(&editor, 40, 10).0 != screen;
        assert!(!asks.is_empty() || editor.notice().is_some() || changed, "{key} is swallowed");
    }
    let keys: std::collections::BTreeSet<&str> = KEYS.iter().map(|(key, _, _)| *key).collect();
    assert_eq!(keys.len(), KEYS.len(), "no key has two meanings");
}

#[test]
fn a_long_line_is_followed_and_left_again() {
    let mut editor = editor(&format!("{}\n", "世".repeat(60)));
    editor.act(Act::Go(Motion::LineEnd));
    let (_, cursor) = draw(&editor, 40, 10);
    assert!(cursor.is_some_and(|at| at.x < 40));
    editor.act(Act::Go(Motion::LineStart));
    assert_eq!(draw(&editor, 40, 10).1, Some(Place::new(4, 0)));
    assert_eq!(editor.current().map(|(_, at)| at), Some(Position::new(0, 0)));
}
