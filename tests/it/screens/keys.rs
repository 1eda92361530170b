//! Who hears which key.

use crossterm::event::{KeyEvent, KeyEventKind};
use haveago::tui::action::Focus;
use haveago::tui::effect::Effect;
use haveago::tui::msg::Msg;
use ratatui::style::{Modifier, Style};

use super::{at_lesson, stage};
use crate::tutor_stage::key;

#[test]
fn a_released_key_is_not_heard_again() {
    let released = KeyEvent { kind: KeyEventKind::Release, ..key("F8") };
    let stage = stage().keys("F8").hears(Msg::Key(released));
    assert_eq!(stage.step(), "pick");
}

#[test]
fn tab_leaves_an_empty_command_line_and_completes_in_another() {
    let stage = stage().keys("Tab");
    assert_eq!(stage.state.focus, Focus::Terminal);
    let stage = stage.keys("Tab");
    assert_eq!(stage.state.focus, Focus::Editor);
    let stage = stage.keys("Alt-2 Shift-Tab");
    assert_eq!(stage.state.focus, Focus::Reader, "Shift-Tab goes back");
    let mut stage = stage.keys("Alt-2").types("go vers").keys("Tab");
    assert_eq!(stage.state.focus, Focus::Terminal);
    assert!(stage.shows("$ go version"), "{}", stage.screen());
}

#[test]
fn tab_goes_round_all_panes_and_shift_tab_back() {
    let round = |name: &str| {
        let mut stage = stage();
        let mut seen = vec![stage.state.focus];
        for _ in 0..4 {
            stage = stage.keys(name);
            seen.push(stage.state.focus);
        }
        seen
    };
    let forward = [Focus::Reader, Focus::Terminal, Focus::Editor, Focus::Files, Focus::Reader];
    assert_eq!(round("F6"), forward);
    assert_eq!(round("Tab")[..3], forward[..3]);
    let mut back = forward;
    back.reverse();
    assert_eq!(round("Shift-F6"), back);
}

#[test]
fn a_running_program_gets_the_keys_but_not_all() {
    let stage = stage().keys("Alt-2").types("cat").keys("Enter");
    let before = stage.asked.len();
    let stage = stage.types("hi").keys("Enter Tab F3 Ctrl-C");
    let written: Vec<u8> = stage.asked[before..].iter().fold(Vec::new(), |mut all, effect| {
        let Effect::Write { bytes, .. } = effect else { panic!("{effect:?}") };
        all.extend(bytes);
        all
    });
    assert_eq!(written, b"hi\r\t\x1bOR\x03");
    let stage = stage.keys("F9");
    assert!(matches!(stage.asked.last(), Some(Effect::Stop(_))));
    let stage = stage.keys("F6");
    assert_eq!(stage.state.focus, Focus::Editor);
    assert!(stage.state.terminal.busy(), "leaving the pane leaves the program alone");
    let mut stage = stage.keys("F8");
    assert_eq!(stage.step(), "pick");
    assert!(stage.state.terminal.busy());
    let stage = {
        let _ = stage.screen();
        stage.keys("Alt-1 F9")
    };
    assert!(matches!(stage.asked.last(), Some(Effect::Stop(_))), "F9 works from every pane");
}

#[test]
fn a_letter_in_the_lesson_says_where_to_type() {
    let mut stage = stage().types("x");
    assert!(stage.status().contains("Type in the terminal or the editor"), "{}", stage.status());
    let mut stage = stage.keys("Down");
    assert!(!stage.status().contains("Type in"), "{}", stage.status());
}

#[test]
fn overlays_have_the_keys_alone() {
    let stage = stage().keys("F3 F8 Tab Right");
    assert_eq!((stage.step(), stage.state.focus), ("read", Focus::Reader));
    let stage = stage.keys("Esc F1 F8 Tab");
    assert_eq!((stage.step(), stage.state.focus), ("read", Focus::Reader));
    let stage = stage.keys("F1 Ctrl-P").types("terminal go").keys("Esc");
    assert!(stage.state.overlay.is_none());
    let stage = stage.keys("Ctrl-P").types("gototerminal").keys("Enter");
    assert_eq!(stage.state.focus, Focus::Terminal);
}

#[test]
fn help_scrolls_to_its_end_and_at_once_back() {
    let mut stage = stage().keys("Alt-2 F1");
    let top = stage.screen();
    let mut stage = stage.keys("End");
    assert!(stage.shows("It is an ordinary folder"), "{}", stage.screen());
    let end = stage.screen();
    let mut stage = stage.keys("PgDn Down Down Up");
    assert_ne!(stage.screen(), end, "the way back begins at the end, not behind it");
    let mut stage = stage.keys("Home");
    assert_eq!(stage.screen(), top);
}

#[test]
fn the_focused_pane_is_known_by_border_and_title() {
    let mut stage = at_lesson("Two").resizes(120, 30);
    assert!(stage.screen().starts_with('┏'));
    let focus = stage.state.theme.focus;
    assert!(stage.is_styled("┏", focus));
    let faint = stage.state.theme.faint;
    assert!(stage.is_styled("┌", faint));
    let mut stage = stage.keys("Alt-3");
    assert!(stage.screen().starts_with('┌'));
    let focus = stage.state.theme.focus;
    assert!(stage.is_styled("┏", focus));
    assert!(stage.is_styled("main.go ", Style::new().add_modifier(Modifier::REVERSED)));
    assert!(!stage.is_styled("Terminal ", Style::new().add_modifier(Modifier::REVERSED)));
}

#[test]
fn right_and_wrong_are_told_by_sign_and_colour() {
    let mut stage = stage().keys("F8 Right Enter Right Right Enter");
    let wrong = stage.state.theme.wrong;
    assert!(stage.is_styled("✗", wrong));
    let mut stage = stage.keys("Left Enter Right Enter");
    let right = stage.state.theme.right;
    assert!(stage.is_styled("✓", right));
    assert!(stage.status().starts_with("✓ Done!"), "{}", stage.status());
}
