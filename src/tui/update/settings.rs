//! The settings: tried out in the overlay, followed by the screen at once, kept on the disk.

use std::fmt::Write as _;

use crate::base::prose;
use crate::page::theme::{Depth, ThemeName};
use crate::store::settings::table::{self, differing};
use crate::store::settings::{Settings, ThemeChoice};

use super::super::appearance;
use super::super::effect::Effect;
use super::super::pane::settings::{Choosing, Click, SettingsAction};
use super::super::state::{NoticeKind, Overlay, State};

pub fn open(state: &mut State) {
    state.overlay = Some(Overlay::Settings(Choosing::new(state.settings.clone())));
}

/// A key in the settings.
pub fn act(state: &mut State, action: SettingsAction) -> Vec<Effect> {
    let Some(Overlay::Settings(choosing)) = &mut state.overlay else { return Vec::new() };
    if action != SettingsAction::Keep {
        choosing.act(action);
        return Vec::new();
    }
    let (before, chosen) = choosing.clone().chosen();
    state.overlay = None;
    keep(state, &before, &chosen)
}

pub fn clicked(state: &mut State, click: Click) -> Vec<Effect> {
    match click {
        Click::Keep => return act(state, SettingsAction::Keep),
        // What was tried out goes with the overlay.
        Click::TakeBack => state.overlay = None,
        Click::Taken => {}
    }
    Vec::new()
}

/// A theme by its name, kept as if it was chosen among the settings.
pub fn use_theme(state: &mut State, name: ThemeName) -> Vec<Effect> {
    let theme = match name {
        ThemeName::Dark => ThemeChoice::Dark,
        ThemeName::Light => ThemeChoice::Light,
        ThemeName::HighContrast => ThemeChoice::HighContrast,
    };
    let before = state.settings.clone();
    keep(state, &before, &Settings { theme, ..before.clone() })
}

/// Has what differs written. Where another hand has changed other settings meanwhile, those stay.
fn keep(state: &mut State, before: &Settings, chosen: &Settings) -> Vec<Effect> {
    let names = differing(before, chosen);
    if names.is_empty() {
        return Vec::new();
    }
    for setting in names.iter().filter_map(|name| table::find(name)) {
        setting.copy(chosen, &mut state.settings);
    }
    state.keeping += 1;
    // Whoever chooses again is told again.
    state.refused.settings.retain(|name| !names.contains(name));
    vec![Effect::KeepSettings { names, settings: state.settings.clone() }]
}

/// Has those written that the disk has refused.
pub fn keep_refused(state: &mut State) -> Option<Effect> {
    let names: Vec<&'static str> = state.refused.settings.iter().copied().collect();
    state.keeping += u32::from(!names.is_empty());
    (!names.is_empty()).then(|| Effect::KeepSettings { names, settings: state.settings.clone() })
}

/// The disk has answered.
pub fn kept(state: &mut State, names: &[&'static str], result: Result<Settings, String>) -> Vec<Effect> {
    state.keeping = state.keeping.saturating_sub(1);
    match result {
        Ok(settings) => {
            state.refused.settings.retain(|name| !names.contains(name));
            // An answer to an earlier change does not know the later one, nor one that was refused.
            if state.keeping == 0 && state.refused.settings.is_empty() {
                state.settings = settings;
            }
            let text = words(state, names);
            state.say(NoticeKind::Good, text);
        }
        Err(fault) => {
            let known = state.refused.settings.len();
            state.refused.settings.extend(names);
            state.due.refused(state.now);
            if state.refused.settings.len() > known {
                let text = format!("Your choice holds until you leave, but is not saved: {}", prose::sentence(&fault));
                state.say(NoticeKind::Bad, text);
            }
        }
    }
    Vec::new()
}

/// What is to be known of settings that were kept.
fn words(state: &State, names: &[&'static str]) -> String {
    let later = |name: &&&str| table::find(name).is_some_and(|setting| !setting.at_once);
    let later: Vec<String> = names.iter().filter(later).map(|name| format!("`{name}`")).collect();
    let mut text = "Saved.".to_owned();
    if !later.is_empty() {
        let verb = if later.len() == 1 { "holds" } else { "hold" };
        let _ = write!(text, " {} {verb} from the next start.", prose::list(&later, "and"));
    }
    if names.contains(&"theme") && state.ground.depth == Depth::None {
        text.push_str(" This terminal shows no colours, so the themes look alike.");
    } else if names.contains(&"theme") && state.settings.theme == ThemeChoice::Auto && state.ground.background.is_none()
    {
        text.push_str(" Your terminal is asked for its background at the next start.");
    }
    text
}

/// Has the screen follow the settings: those that are being tried out, else those that hold. The mouse is not tried out:
/// one that is gone could not take that back.
pub fn show(state: &mut State) -> Vec<Effect> {
    let wanted =
        if let Some(Overlay::Settings(choosing)) = &state.overlay { choosing.tried() } else { &state.settings };
    let mouse = state.settings.mouse;
    if *wanted == state.shown && mouse == state.shown.mouse {
        return Vec::new();
    }
    let wanted = Settings { mouse, ..wanted.clone() };
    let theme = appearance::theme(&wanted, &state.ground);
    if theme != state.theme {
        state.theme = theme;
        state.stale_page();
    }
    let before = std::mem::replace(&mut state.shown, wanted);
    if before.mouse == mouse { Vec::new() } else { vec![Effect::Mouse(mouse)] }
}
