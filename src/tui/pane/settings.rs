//! The settings on the screen: each with its value and a line on what it is for, tried out before it is kept.

mod draw;

use ratatui::layout::{Position, Rect};

use crate::store::settings::Settings;
use crate::store::settings::table::{Kind, SETTINGS, Setting};

pub use draw::height;

/// The longest text that a setting takes.
const LONGEST: usize = 1_000;

/// Settings that are being chosen: as they were, and as they would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Choosing {
    before: Settings,
    tried: Settings,
    /// An index into [`SETTINGS`].
    selected: usize,
}

/// What a key wants of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsAction {
    Up,
    Down,
    First,
    Last,
    /// The value before.
    Before,
    /// The value after.
    After,
    Type(char),
    Backspace,
    Clear,
    /// Keeps all that was changed.
    Keep,
}

/// What a click did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    Keep,
    TakeBack,
    /// It selected or changed something.
    Taken,
}

/// Key, action, and the words of the help; letters go into a text.
pub const KEYS: &[(&str, SettingsAction, &str)] = &[
    ("Up", SettingsAction::Up, "the setting above"),
    ("Down", SettingsAction::Down, "the setting below"),
    ("Shift-Tab", SettingsAction::Up, ""),
    ("Tab", SettingsAction::Down, ""),
    ("Home", SettingsAction::First, "the first setting"),
    ("End", SettingsAction::Last, "the last setting"),
    ("Left", SettingsAction::Before, "the value before"),
    ("Right", SettingsAction::After, "the value after"),
    ("Backspace", SettingsAction::Backspace, "delete a letter"),
    ("Ctrl-U", SettingsAction::Clear, "empty the text"),
    ("Enter", SettingsAction::Keep, "keep what was changed"),
];

impl Choosing {
    /// Begins with `settings` as they are.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { before: settings.clone(), tried: settings, selected: 0 }
    }

    /// The settings as they would be.
    #[must_use]
    pub fn tried(&self) -> &Settings {
        &self.tried
    }

    /// The settings as they were at the beginning, and as they are chosen.
    #[must_use]
    pub fn chosen(self) -> (Settings, Settings) {
        (self.before, self.tried)
    }

    /// Does `action`; keeping is the caller's.
    pub fn act(&mut self, action: SettingsAction) {
        let last = SETTINGS.len().saturating_sub(1);
        match action {
            SettingsAction::Up => self.selected = self.selected.saturating_sub(1),
            SettingsAction::Down => self.selected = (self.selected + 1).min(last),
            SettingsAction::First => self.selected = 0,
            SettingsAction::Last => self.selected = last,
            SettingsAction::Before => self.turn(false),
            SettingsAction::After => self.turn(true),
            SettingsAction::Type(c) => self.type_text(c.encode_utf8(&mut [0; 4])),
            SettingsAction::Backspace => self.edit(|text| {
                text.pop();
            }),
            SettingsAction::Clear => self.edit(String::clear),
            SettingsAction::Keep => {}
        }
    }

    /// Pasted text goes into a text; of several lines the first.
    pub fn paste(&mut self, text: &str) {
        let line = text.trim_start().split(['\n', '\r']).next().unwrap_or_default();
        if self.takes_text() {
            self.type_text(line.trim_end());
        }
    }

    /// What the left button did at `at`, the settings drawn in `area`. `None`: there is nothing.
    pub fn click(&mut self, at: Position, area: Rect) -> Option<Click> {
        match draw::spot(self, at, area)? {
            draw::Spot::Keep => return Some(Click::Keep),
            draw::Spot::TakeBack => return Some(Click::TakeBack),
            draw::Spot::Setting(index) => self.selected = index,
            draw::Spot::Value(index, value) => {
                self.selected = index;
                self.set(value);
            }
            draw::Spot::Next(index) => {
                self.selected = index;
                self.turn(true);
            }
        }
        Some(Click::Taken)
    }

    /// Whether letters go into the selected setting.
    #[must_use]
    pub fn takes_text(&self) -> bool {
        matches!(self.setting().map(|setting| &setting.kind), Some(Kind::Text { .. }))
    }

    fn setting(&self) -> Option<&'static Setting> {
        SETTINGS.get(self.selected)
    }

    /// Goes to the next value, or to the one before; after the last comes the first.
    fn turn(&mut self, forward: bool) {
        let Some((now, count)) = self.setting().and_then(|setting| place(setting, &self.tried)) else { return };
        self.set((now + if forward { 1 } else { count - 1 }) % count);
    }

    /// Sets the selected setting to its value number `value`.
    fn set(&mut self, value: usize) {
        match self.setting().map(|setting| &setting.kind) {
            Some(Kind::Choice { set, .. }) => set(&mut self.tried, value),
            Some(Kind::Switch { set, .. }) => set(&mut self.tried, value == 0),
            Some(Kind::Text { .. }) | None => {}
        }
    }

    /// Letters go into a text; a blank turns what can only be turned.
    fn type_text(&mut self, typed: &str) {
        if typed == " " && !self.takes_text() {
            return self.turn(true);
        }
        self.edit(|text| {
            let room = LONGEST.saturating_sub(text.chars().count());
            text.extend(typed.chars().filter(|c| !c.is_control()).take(room));
        });
    }

    fn edit(&mut self, change: impl Fn(&mut String)) {
        if let Some(Kind::Text { get, set, .. }) = self.setting().map(|setting| &setting.kind) {
            let mut text = get(&self.tried);
            change(&mut text);
            set(&mut self.tried, &text);
        }
    }
}

/// Which of its values a setting has, and how many there are. `None` for a text.
fn place(setting: &Setting, settings: &Settings) -> Option<(usize, usize)> {
    match setting.kind {
        Kind::Choice { words, get, .. } => Some((get(settings), words.len().max(1))),
        Kind::Switch { get, .. } => Some((usize::from(!get(settings)), SWITCH.len())),
        Kind::Text { .. } => None,
    }
}

/// The values of a switch, as they are shown.
const SWITCH: [&str; 2] = ["on", "off"];
