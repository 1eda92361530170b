//! Every setting in one table: the file, its template, the settings on the screen and the docs are read from it.

use std::fmt::Write as _;
use std::path::PathBuf;

use toml::Value;

use super::{GlyphChoice, Settings, ThemeChoice};
use crate::base::prose;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    pub name: &'static str,
    /// What it is for, in one line of at most 70 columns.
    pub about: &'static str,
    pub kind: Kind,
    /// Whether a change holds at once; else from the next start.
    pub at_once: bool,
}

/// What a setting can be, and where it is in [`Settings`].
#[derive(Debug)]
pub enum Kind {
    /// One of these words.
    Choice {
        words: &'static [&'static str],
        get: fn(&Settings) -> usize,
        set: fn(&mut Settings, usize),
    },
    Switch {
        get: fn(&Settings) -> bool,
        set: fn(&mut Settings, bool),
    },
    /// `what` it is, and what it means where it is `empty`.
    Text {
        what: &'static str,
        empty: &'static str,
        get: fn(&Settings) -> String,
        set: fn(&mut Settings, &str),
    },
}

const THEMES: [ThemeChoice; 4] = [ThemeChoice::Auto, ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::HighContrast];
const GLYPHS: [GlyphChoice; 3] = [GlyphChoice::Auto, GlyphChoice::Fancy, GlyphChoice::Plain];

/// The table. A new setting is a field of [`Settings`] and a row here.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "theme",
        about: "The colours; auto goes by the background of your terminal.",
        kind: Kind::Choice {
            words: &["auto", "dark", "light", "high-contrast"],
            get: |settings| settings.theme as usize,
            set: |settings, at| settings.theme = THEMES.get(at).copied().unwrap_or_default(),
        },
        at_once: true,
    },
    Setting {
        name: "glyphs",
        about: "The marks; plain is for terminals that cannot show the fancy ones.",
        kind: Kind::Choice {
            words: &["auto", "fancy", "plain"],
            get: |settings| settings.glyphs as usize,
            set: |settings, at| settings.glyphs = GLYPHS.get(at).copied().unwrap_or_default(),
        },
        at_once: true,
    },
    Setting {
        name: "go",
        about: "The go command to use, with its path.",
        kind: Kind::Text {
            what: "the path of the go command",
            empty: "the one on your PATH",
            get: |settings| settings.go.as_ref().map_or_else(String::new, |go| go.display().to_string()),
            set: |settings, text| settings.go = (!text.is_empty()).then(|| PathBuf::from(text)),
        },
        at_once: false,
    },
    Setting {
        name: "editor",
        about: "Your own editor, which F12 opens: vim, nano, code or another command.",
        kind: Kind::Text {
            what: "the command that starts it",
            empty: "what VISUAL or EDITOR names, or is found",
            get: |settings| settings.editor.clone().unwrap_or_default(),
            set: |settings, text| settings.editor = (!text.trim().is_empty()).then(|| text.to_owned()),
        },
        at_once: false,
    },
    Setting {
        name: "reduce-motion",
        about: "Nothing on the screen moves by itself.",
        kind: Kind::Switch { get: |settings| settings.reduce_motion, set: |settings, on| settings.reduce_motion = on },
        at_once: true,
    },
    Setting {
        name: "mouse",
        about: "Clicks and the wheel are for haveago; else for your terminal.",
        kind: Kind::Switch { get: |settings| settings.mouse, set: |settings, on| settings.mouse = on },
        at_once: true,
    },
    Setting {
        name: "review",
        about: "When you come back, questions from earlier lessons are offered.",
        kind: Kind::Switch { get: |settings| settings.review, set: |settings, on| settings.review = on },
        at_once: false,
    },
];

impl Setting {
    /// What may be written in the file, for people: `"auto", "fancy" or "plain"`.
    #[must_use]
    pub fn wanted(&self) -> String {
        match self.kind {
            Kind::Choice { words, .. } => {
                prose::list(&words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>(), "or")
            }
            Kind::Switch { .. } => "true or false".to_owned(),
            Kind::Text { what, empty, .. } => format!("{what} in quotes, or \"\" for {empty}"),
        }
    }

    /// Takes what the file says into `settings`. `false`: it cannot be that.
    #[must_use]
    pub fn read(&self, settings: &mut Settings, value: &Value) -> bool {
        match (&self.kind, value) {
            (Kind::Choice { words, set, .. }, Value::String(text)) => {
                let at = words.iter().position(|word| word == text);
                at.map(|at| set(settings, at)).is_some()
            }
            (Kind::Switch { set, .. }, Value::Boolean(on)) => {
                set(settings, *on);
                true
            }
            (Kind::Text { set, .. }, Value::String(text)) => {
                set(settings, text);
                true
            }
            (Kind::Choice { .. } | Kind::Switch { .. } | Kind::Text { .. }, _) => false,
        }
    }

    /// What it is in `settings`, as it is written in the file.
    #[must_use]
    pub fn literal(&self, settings: &Settings) -> String {
        let value = match self.kind {
            Kind::Choice { words, get, .. } => Value::from(words.get(get(settings)).copied().unwrap_or_default()),
            Kind::Switch { get, .. } => Value::from(get(settings)),
            Kind::Text { get, .. } => Value::from(get(settings)),
        };
        value.to_string()
    }

    /// Makes it in `to` what it is in `from`.
    pub fn copy(&self, from: &Settings, to: &mut Settings) {
        match self.kind {
            Kind::Choice { get, set, .. } => set(to, get(from)),
            Kind::Switch { get, set } => set(to, get(from)),
            Kind::Text { get, set, .. } => set(to, &get(from)),
        }
    }

    /// Its lines in the file: what it is for, what it can be, and what it is in `settings`.
    #[must_use]
    pub fn lines(&self, settings: &Settings) -> String {
        format!("# {}\n# Write {}.\n{} = {}\n", self.about, self.wanted(), self.name, self.literal(settings))
    }
}

/// The setting of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// The names of the settings in which `one` and `other` differ.
#[must_use]
pub fn differing(one: &Settings, other: &Settings) -> Vec<&'static str> {
    let differs = |setting: &&Setting| setting.literal(one) != setting.literal(other);
    SETTINGS.iter().filter(differs).map(|setting| setting.name).collect()
}

/// The file as it is laid at the first start: every setting with its default.
#[must_use]
pub fn template() -> String {
    let mut text = "# The settings of haveago. Change what you like and start again, or choose \"Settings\" among all \
                    commands (Ctrl-P)\n# in haveago. A line that is left out stands as it is here.\n"
        .to_owned();
    for setting in SETTINGS {
        let _ = write!(text, "\n{}", setting.lines(&Settings::default()));
    }
    text
}
