//! What is wrong in the learner's file: said while it is typed and when it is saved.

use haveago::base::FilePath;
use haveago::tui::effect::Effect;
use haveago::tui::msg::Msg;
use haveago::tui::pane::editor::{Diagnostic, Severity};
use ratatui::crossterm::event::{MouseButton, MouseEventKind};

use super::at_lesson;
use crate::tutor_stage::Stage;

fn main_go() -> FilePath {
    FilePath::parse("main.go").unwrap()
}

fn said(line: usize, message: &str) -> Diagnostic {
    Diagnostic { severity: Severity::Error, line, column: 1, message: message.to_owned(), why: None }
}

/// The last look at the syntax: which text, and its number.
fn parse(stage: &Stage) -> Option<(u64, String)> {
    stage.asked.iter().rev().find_map(|effect| match effect {
        Effect::Parse { revision, text, .. } => Some((*revision, text.clone())),
        _ => None,
    })
}

fn parsed(stage: Stage, revision: u64, complaint: Option<Diagnostic>) -> Stage {
    let root = stage.state.last_root.clone().unwrap();
    stage.hears(Msg::Parsed { root, path: main_go(), revision, complaint })
}

#[test]
fn the_syntax_is_looked_at_after_a_pause() {
    let stage = at_lesson("Two").keys("Alt-3").types("func {\n");
    let stage = stage.waits_until(400).types("x").waits_until(700);
    assert_eq!(parse(&stage), None, "who types is not disturbed");
    let stage = stage.waits_until(1_100);
    let (revision, text) = parse(&stage).expect("it is looked at");
    assert_eq!(text, "func {\n\txpackage main\n");
    let mut stage = parsed(stage, revision, Some(said(1, "expected 'IDENT', found '{'")));
    assert!(stage.shows("✗ 1"), "{}", stage.screen());
    assert!(stage.shows("1 problem, in line 1: Alt-E"), "{}", stage.screen());
    let mut stage = stage.keys("Alt-E");
    assert!(stage.shows("✗ expected 'IDENT', found '{'"), "{}", stage.screen());
    let mut stage = stage.types("// ");
    assert!(!stage.shows("expected 'IDENT'"), "the line is another now");
    let mut stage = parsed(stage, revision, Some(said(1, "expected 'IDENT', found '{'")));
    assert!(!stage.shows("expected 'IDENT'"), "an answer about an earlier text");
}

#[test]
fn saving_asks_build_and_vet_and_the_newest_answer_counts() {
    let stage = at_lesson("Two").keys("Alt-3").types("//\n").keys("Ctrl-S");
    let asked = |stage: &Stage| stage.asked.iter().filter(|ask| matches!(ask, Effect::FindProblems { .. })).count();
    assert_eq!(asked(&stage), 1);
    let stage = stage.types("//\n").keys("Ctrl-S");
    let late = Msg::Problems { number: 1, found: vec![(main_go(), said(1, "of the first save"))] };
    let mut stage = stage.hears(late);
    assert!(!stage.shows("problem, in line"), "{}", stage.screen());
    let found = vec![(main_go(), said(2, "declared and not used: x"))];
    let mut stage = stage.hears(Msg::Problems { number: 2, found });
    assert!(stage.shows("1 problem, in line 2"), "{}", stage.screen());
    let mut stage = stage.keys("Ctrl-S").hears(Msg::Problems { number: 3, found: Vec::new() });
    assert!(!stage.shows("problem"), "{}", stage.screen());
}

#[test]
fn a_problem_in_a_file_that_is_not_open_opens_it() {
    let mut stage = at_lesson("Two").keys("Alt-3 Ctrl-S");
    stage.disk.insert("/home/ada/haveago/two/other.go".to_owned(), "package main\n\nvar x = y\n".to_owned());
    let other = FilePath::parse("other.go").unwrap();
    let found = vec![(other.clone(), Diagnostic { column: 9, ..said(3, "undefined: y") })];
    let mut stage = stage.hears(Msg::Problems { number: 1, found }).keys("Ctrl-C");
    assert!(stage.shows("other.go has a problem in line 3: Alt-E"), "{}", stage.screen());
    let stage = stage.keys("Alt-E");
    let (path, at) = stage.state.editor.current().unwrap();
    assert_eq!((path, at.line, at.byte), (&other, 2, 8));
}

#[test]
fn two_presses_select_a_word_and_three_a_line() {
    let stage = at_lesson("Two").keys("Alt-3");
    let mut stage = stage.resizes(120, 30);
    let (x, y) = stage.find("main\n".trim_end());
    let (x, y) = if y == 0 { (x, y + 1) } else { (x, y) };
    let column = stage.find("package main").0 + 9;
    let press = |stage: Stage| stage.mouse(MouseEventKind::Down(MouseButton::Left), column, y.max(1));
    let stage = press(press(stage.waits_until(1_000))).keys("Ctrl-C");
    assert_eq!(stage.asked.last(), Some(&Effect::Copy("main".to_owned())), "{x}");
    let stage = press(press(press(stage.waits_until(3_000)))).keys("Ctrl-C");
    assert_eq!(stage.asked.last(), Some(&Effect::Copy("package main\n".to_owned())));
}
