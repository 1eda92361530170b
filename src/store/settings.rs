//! The settings: one small commented TOML file that a person edits by hand.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use toml::{Spanned, Value};

use crate::base::{Place, nearest, prose};

/// The file as it is laid at the first start: every setting with its default.
pub const TEMPLATE: &str = include_str!("settings/template.toml");

const KEYS: [&str; 6] = ["theme", "glyphs", "go", "editor", "reduce-motion", "mouse"];

/// What a person may choose once for all courses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub theme: ThemeChoice,
    pub glyphs: GlyphChoice,
    /// The `go` command to use instead of the one on the `PATH`.
    pub go: Option<PathBuf>,
    /// The learner's own editor, as a command line; else what `VISUAL` or `EDITOR` names.
    pub editor: Option<String>,
    pub reduce_motion: bool,
    pub mouse: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Dark or light as the terminal's background is.
    #[default]
    Auto,
    Dark,
    Light,
    HighContrast,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GlyphChoice {
    /// Fancy where the locale says UTF-8.
    #[default]
    Auto,
    Fancy,
    Plain,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("{place}: {fault}; {mend}")]
    Wrong { place: Place, fault: String, mend: String },
    #[error("the settings in {} cannot be read ({source}); give yourself access to the file, or remove it", path.display())]
    Read { path: PathBuf, source: io::Error },
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            glyphs: GlyphChoice::default(),
            go: None,
            editor: None,
            reduce_motion: false,
            mouse: true,
        }
    }
}

impl Settings {
    /// Reads `settings.toml` in the folder `state`. A missing file is the defaults.
    ///
    /// # Errors
    /// When the file cannot be read or says something that is not known.
    pub fn load(state: &Path) -> Result<Self, SettingsError> {
        let path = state.join("settings.toml");
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path.display().to_string()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(SettingsError::Read { path, source }),
        }
    }

    /// Lays the commented file where there is none yet, so that a person finds it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn lay_template(state: &Path) -> io::Result<()> {
        fs::create_dir_all(state)?;
        match fs::OpenOptions::new().write(true).create_new(true).open(state.join("settings.toml")) {
            Ok(mut file) => io::Write::write_all(&mut file, TEMPLATE.as_bytes()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Reads the text of a settings file; `file` is its name for people.
    ///
    /// # Errors
    /// For the first thing in it that is not known, with its place.
    pub fn parse(text: &str, file: &str) -> Result<Self, SettingsError> {
        let wrong = |at: usize, fault: String, mend: String| SettingsError::Wrong {
            place: place_of(text, at, file),
            fault,
            mend,
        };
        let table: BTreeMap<Spanned<String>, Spanned<Value>> = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            wrong(at, error.message().to_owned(), "write each setting as `name = value`".to_owned())
        })?;
        let mut settings = Self::default();
        for (key, value) in &table {
            let name = key.get_ref().as_str();
            if !KEYS.contains(&name) {
                let fault = format!("there is no setting `{name}`");
                let mend = match nearest::nearest(name, KEYS) {
                    Some(near) => format!("write `{near}`"),
                    None => format!("there are {}", prose::list(&KEYS.map(|key| format!("`{key}`")), "and")),
                };
                return Err(wrong(key.span().start, fault, mend));
            }
            settings.set(name, value.get_ref()).map_err(|wanted| {
                let fault = format!("`{name}` cannot be {}", value.get_ref());
                wrong(value.span().start, fault, format!("write {wanted}"))
            })?;
        }
        Ok(settings)
    }

    /// Sets one of [`KEYS`]; else says what it could be.
    fn set(&mut self, key: &str, value: &Value) -> Result<(), &'static str> {
        const THEMES: &str = "\"auto\", \"dark\", \"light\" or \"high-contrast\"";
        const GLYPHS: &str = "\"auto\", \"fancy\" or \"plain\"";
        match key {
            "theme" => {
                self.theme = match value.as_str().ok_or(THEMES)? {
                    "auto" => ThemeChoice::Auto,
                    "dark" => ThemeChoice::Dark,
                    "light" => ThemeChoice::Light,
                    "high-contrast" => ThemeChoice::HighContrast,
                    _ => return Err(THEMES),
                }
            }
            "glyphs" => {
                self.glyphs = match value.as_str().ok_or(GLYPHS)? {
                    "auto" => GlyphChoice::Auto,
                    "fancy" => GlyphChoice::Fancy,
                    "plain" => GlyphChoice::Plain,
                    _ => return Err(GLYPHS),
                }
            }
            "go" => {
                let path = value.as_str().ok_or("the path of the go command in quotes, or \"\"")?;
                self.go = (!path.is_empty()).then(|| PathBuf::from(path));
            }
            "editor" => {
                let line = value.as_str().ok_or("the command that starts your editor in quotes, or \"\"")?;
                self.editor = (!line.trim().is_empty()).then(|| line.to_owned());
            }
            "reduce-motion" => self.reduce_motion = value.as_bool().ok_or("true or false")?,
            _ => self.mouse = value.as_bool().ok_or("true or false")?,
        }
        Ok(())
    }
}

/// The place of the byte `at` of `text`.
fn place_of(text: &str, at: usize, file: &str) -> Place {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    Place::new(file, line as u32, column as u32)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{GlyphChoice, Settings, TEMPLATE, ThemeChoice};

    #[test]
    fn the_template_is_the_defaults_and_is_laid_once() {
        assert_eq!(Settings::parse(TEMPLATE, "settings.toml").unwrap(), Settings::default());
        let state = tempfile::tempdir().unwrap();
        let folder = state.path().join("new");
        assert_eq!(Settings::load(&folder).unwrap(), Settings::default());
        Settings::lay_template(&folder).unwrap();
        std::fs::write(folder.join("settings.toml"), "mouse = false\n").unwrap();
        Settings::lay_template(&folder).unwrap();
        assert!(!Settings::load(&folder).unwrap().mouse, "what a person wrote stays");
    }

    #[test]
    fn every_setting_is_read() {
        let text = "theme = \"high-contrast\"\nglyphs = 'plain'\ngo = \"/opt/go/bin/go\"\neditor = \"hx\"\nreduce-motion = true\nmouse = false\n";
        let settings = Settings {
            theme: ThemeChoice::HighContrast,
            glyphs: GlyphChoice::Plain,
            go: Some(PathBuf::from("/opt/go/bin/go")),
            editor: Some("hx".to_owned()),
            reduce_motion: true,
            mouse: false,
        };
        assert_eq!(Settings::parse(text, "s").unwrap(), settings);
    }

    #[test]
    fn a_wrong_setting_is_placed_and_mended() {
        for (text, message) in [
            ("# mine\nthme = \"dark\"", "s:2:1: there is no setting `thme`; write `theme`"),
            (
                "theme = \"drak\"",
                "s:1:9: `theme` cannot be \"drak\"; write \"auto\", \"dark\", \"light\" or \"high-contrast\"",
            ),
            ("mouse = 1", "s:1:9: `mouse` cannot be 1; write true or false"),
        ] {
            assert_eq!(Settings::parse(text, "s").unwrap_err().to_string(), message);
        }
        let unknown = Settings::parse("colour_of_the_sea = 1", "s").unwrap_err().to_string();
        assert!(
            unknown.ends_with("there are `theme`, `glyphs`, `go`, `editor`, `reduce-motion` and `mouse`"),
            "{unknown}"
        );
        let broken = Settings::parse("theme =\n", "s").unwrap_err().to_string();
        assert!(broken.starts_with("s:1:"), "{broken}");
    }
}
