//! The settings on the screen: tried out, kept, taken back.

use haveago::store::settings::{Settings, ThemeChoice};
use haveago::tui::effect::Effect;
use haveago::tui::msg::Msg;

use super::stage;
use crate::tutor_stage::Stage;

fn opened() -> Stage {
    stage().keys("Ctrl-P").types("settings").keys("Enter")
}

/// What was handed over to be written: names, and the settings with their values.
fn kept(stage: &Stage) -> Vec<(Vec<&'static str>, Settings)> {
    let kept = stage.asked.iter().filter_map(|effect| match effect {
        Effect::KeepSettings { names, settings } => Some((names.clone(), settings.clone())),
        _ => None,
    });
    kept.collect()
}

#[test]
fn a_theme_is_seen_while_it_is_chosen_and_taken_back_by_esc() {
    let before = stage().state.theme;
    let stage = opened().keys("Right Right");
    assert_ne!(stage.state.theme, before, "the light theme is tried out");
    let stage = stage.keys("Esc");
    assert_eq!(stage.state.theme, before);
    assert!(stage.state.overlay.is_none() && kept(&stage).is_empty());
    let stage = opened().keys("Left").clicks(0, 0);
    assert_eq!(stage.state.theme, before, "a click beside it takes back as well");
}

#[test]
fn enter_keeps_what_was_changed_and_nothing_else() {
    let mut stage =
        opened().keys("Left Down Right Right Down").types("/o/gp").keys("Backspace").types("o").keys("Enter");
    let changed = Settings {
        theme: ThemeChoice::HighContrast,
        glyphs: haveago::store::settings::GlyphChoice::Plain,
        go: Some("/o/go".into()),
        ..Settings::default()
    };
    assert_eq!(kept(&stage), vec![(vec!["theme", "glyphs", "go"], changed.clone())]);
    assert!(stage.state.overlay.is_none());
    assert_eq!(stage.state.settings, changed);
    assert_eq!(stage.status(), "+ Saved. go holds from the next start.");
    assert!(kept(&opened().keys("Right Left Enter")).is_empty(), "what is as before is not written");
}

#[test]
fn motion_and_mouse_hold_at_once_but_the_mouse_only_when_kept() {
    let stage = opened().keys("Down Down Down Down Right Down Space");
    assert!(stage.state.shown.reduce_motion);
    assert!(!stage.asked.contains(&Effect::Mouse(false)), "a mouse that is gone could not take that back");
    let stage = stage.keys("Enter");
    assert!(stage.asked.contains(&Effect::Mouse(false)));
}

#[test]
fn a_click_chooses_keeps_and_takes_back() {
    let stage = opened().clicks_on(" light ");
    assert_eq!(stage.state.shown.theme, ThemeChoice::Light);
    let stage = stage.clicks_on(" off ").clicks_on("Enter: keep");
    let light = Settings { theme: ThemeChoice::Light, ..Settings::default() };
    assert_eq!(stage.state.settings.theme, light.theme);
    assert_eq!(kept(&stage).len(), 1);
    let stage = opened().clicks_on(" light ").clicks_on("Esc: take back");
    assert!(stage.state.overlay.is_none() && kept(&stage).is_empty());
    let stage = opened().resizes(50, 20).clicks_on("[auto]");
    assert_eq!(stage.state.shown.theme, ThemeChoice::Dark, "where one value has room, a click goes to the next");
}

#[test]
fn a_path_is_pasted() {
    let stage = opened().keys("Down Down").hears(Msg::Paste("/opt/my go/bin/go\nrm".to_owned())).keys("Enter");
    assert_eq!(stage.state.settings.go, Some("/opt/my go/bin/go".into()));
}

#[test]
fn what_cannot_be_written_holds_and_is_said() {
    let mut stage = opened();
    stage.disk_full = true;
    let mut stage = stage.keys("Right Enter");
    let said = "Your choice holds until you leave, but is not saved: The disk is full.";
    assert!(stage.status().contains(said), "{}", stage.status());
    assert_eq!(stage.state.shown.theme, ThemeChoice::Dark);
}

#[test]
fn what_another_hand_has_written_is_taken_over_and_an_early_answer_does_not_undo_a_later_choice() {
    let stage = opened().slow().keys("Right Enter Ctrl-P").types("theme light").keys("Enter");
    let stage = stage.catch_up();
    assert_eq!(stage.state.settings.theme, ThemeChoice::Light);
    let theirs = Settings { reduce_motion: true, ..Settings::default() };
    let stage = stage.hears(Msg::SettingsKept { names: vec!["theme"], result: Ok(theirs.clone()) });
    assert_eq!((&stage.state.settings, stage.state.shown.reduce_motion), (&theirs, true));
}

#[test]
fn a_theme_among_all_commands_is_kept_too() {
    let mut stage = stage().keys("Ctrl-P").types("theme high").keys("Enter");
    let (names, settings) = kept(&stage).remove(0);
    assert_eq!((names, settings.theme), (vec!["theme"], ThemeChoice::HighContrast));
    assert_eq!(stage.status(), "✓ Saved.");
}
