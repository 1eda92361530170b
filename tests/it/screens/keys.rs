//! Who hears which key.

use crossterm::event::{KeyEvent, KeyEventKind, MouseEventKind};
use haveago::tui::action::Focus;
use haveago::tui::effect::{Allow, Effect};
use haveago::tui::msg::Msg;
use haveago::tui::state::NoticeKind;
use ratatui::style::{Color, Modifier, Style};

use super::{at_lesson, stage};
use crate::tutor_stage::{WORK, key};

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
fn a_command_that_nothing_confines_waits_for_a_yes() {
    let asked = || {
        let stage = stage().keys("Alt-2").types("go version").keys("Enter");
        let Some(Effect::Run(run)) = stage.asked.last().cloned() else { panic!("{:?}", stage.asked.last()) };
        (stage.hears(Msg::Unconfined(run.clone())), run)
    };
    let (stage, run) = asked();
    let stage = stage.keys("t");
    assert_eq!(stage.asked[stage.asked.len() - 2..], [Effect::Allow(Allow::ThisTime), Effect::Run(run)]);
    let (stage, run) = asked();
    let stage = stage.clicks_on("always in this course");
    assert_eq!(stage.asked[stage.asked.len() - 2..], [Effect::Allow(Allow::Always), Effect::Run(run)]);
    let (mut stage, run) = asked();
    let is_silent = |stage: &crate::tutor_stage::Stage| !stage.asked.iter().any(|did| matches!(did, Effect::Allow(_)));
    stage = stage.types("x").keys("Esc");
    assert!(is_silent(&stage) && stage.shows("not run"), "{}", stage.screen());
    // A word too late changes nothing, and the next command is asked for again.
    let mut stage = stage.hears(Msg::Unconfined(run)).keys("n").types("go env").keys("Enter");
    assert!(is_silent(&stage) && matches!(stage.asked.last(), Some(Effect::Run(_))), "{}", stage.screen());
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
fn stopping_a_program_gives_up_the_pasted_lines_that_wait_for_it() {
    let stage = stage().keys("Alt-2").hears(Msg::Paste("yes\ngo vet\ngo build\n".to_owned()));
    let stage = stage.keys("F9").ends(137);
    assert_eq!(stage.started(), ["yes"]);
    assert!(!stage.state.terminal.busy());
}

#[test]
fn a_sentence_gives_way_to_the_keys_of_a_program_too() {
    let mut stage = stage().keys("Alt-2 F9");
    assert!(stage.status().contains("No program is running."), "{}", stage.status());
    stage = stage.types("cat").keys("Enter");
    stage.state.say(NoticeKind::Plain, "Saved.");
    let mut stage = stage.types("x");
    assert!(stage.status().contains("F9 stop"), "{}", stage.status());
}

#[test]
fn a_command_begun_in_the_lesson_goes_to_the_terminal() {
    let mut stage = stage().keys("Alt-1").types("cat go.mod");
    assert_eq!(stage.state.focus, Focus::Terminal);
    assert!(stage.shows("$ cat go.mod"), "{}", stage.screen());
}

#[test]
fn a_letter_where_nothing_is_typed_says_where_to_type() {
    let mut stage = stage().keys("Alt-4").types("x");
    assert!(stage.status().contains("Type in the terminal or the editor"), "{}", stage.status());
    let mut stage = stage.keys("Down");
    assert!(!stage.status().contains("Type in"), "{}", stage.status());
}

#[test]
fn edit_opens_a_file_that_is_not_there_yet() {
    let stage =
        at_lesson("Two").keys("Alt-2").types("edit notes/todo.txt").keys("Enter").types("buy tea").keys("Ctrl-S");
    assert_eq!(stage.state.focus, Focus::Editor);
    assert_eq!(stage.disk.get(&format!("{WORK}/two/notes/todo.txt")).map(String::as_str), Some("buy tea"));
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

#[test]
fn a_question_is_answered_by_a_click_too() {
    let stage = stage().keys("F8 F8 F4").clicks_on("Esc: no");
    assert!(stage.state.overlay.is_none() && !stage.state.session.solution_shown);
    let stage = stage.keys("F4").clicks_on("Enter: yes");
    assert!(stage.state.overlay.is_none() && stage.state.session.solution_shown);
}

#[test]
fn the_wheel_turns_in_lists() {
    let stage = stage().keys("F3").mouse(MouseEventKind::ScrollDown, 40, 10).keys("Enter");
    assert_eq!(stage.step(), "end", "three lessons down, the list ends with the third");
}

#[test]
fn a_long_sentence_is_read_to_its_end_at_80_columns() {
    let stage = stage().keys("F8 F8 Alt-2").types("ls").keys("Alt-1 Right Enter");
    let mut stage = stage;
    assert!(stage.shows("drop it first."), "{}", stage.screen());
}

#[test]
fn help_says_all_of_what_each_key_does() {
    for (width, pane) in [(80, "Alt-1"), (40, "Alt-1"), (80, "Alt-2"), (80, "Alt-3"), (80, "Alt-4")] {
        let mut stage = stage().resizes(width, 24).keys(pane).keys("F1");
        let rows = haveago::tui::keymap::help_rows(stage.state.focus);
        let mut seen = String::new();
        for _ in 0..60 {
            seen.push_str(&stage.screen());
            stage = stage.keys("Down");
        }
        for word in rows.iter().filter_map(|(_, what)| what.split(' ').next_back()) {
            assert!(seen.contains(word), "{word} at {width}");
        }
    }
}

#[test]
fn help_is_offered_on_every_screen_that_has_a_status() {
    for (width, height) in [(60, 20), (80, 24), (100, 30)] {
        for pane in ["Alt-1", "Alt-2", "Alt-3", "Alt-4"] {
            let mut stage = stage().resizes(width, height).keys(pane);
            assert!(stage.status().contains("F1 help"), "{}", stage.status());
        }
    }
}

#[test]
fn handing_in_nothing_says_so() {
    let mut stage = stage().keys("F8").clicks_on("Check answer");
    assert!(stage.status().contains("no new answer"), "{}", stage.status());
    assert_eq!(stage.state.session.tries, 0);
}

#[test]
fn a_theme_that_was_chosen_brings_ink_and_paper_of_its_own() {
    let mut stage = at_lesson("Two").keys("Ctrl-P").types("light").keys("Enter");
    let (buffer, _) = stage.draw();
    let bare = buffer.content.iter().filter(|cell| cell.fg == Color::Reset || cell.bg == Color::Reset).count();
    assert_eq!(bare, 0, "cells in colours of the terminal's own, which may be dark");
}
