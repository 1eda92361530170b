//! The settings: one small commented TOML file that a person edits by hand or on the screen.

mod keep;
pub mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use toml::{Spanned, Value};

use crate::base::{Place, nearest, prose};

use self::table::SETTINGS;

/// The file's name in the folder of what is remembered.
const FILE: &str = "settings.toml";

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
    /// Questions from earlier lessons are offered at the start.
    pub review: bool,
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
    #[error("{} cannot be written ({source}); give yourself access there, or free some space", path.display())]
    Write { path: PathBuf, source: io::Error },
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
            review: true,
        }
    }
}

impl Settings {
    /// Reads `settings.toml` in the folder `state`. A missing file is the defaults.
    ///
    /// # Errors
    /// When the file cannot be read or says something that is not known.
    pub fn load(state: &Path) -> Result<Self, SettingsError> {
        let path = state.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path.display().to_string()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(SettingsError::Read { path, source }),
        }
    }

    /// The same for those who go on without: what of the file can be used holds, and a sentence tells what cannot. The
    /// file is left as it is.
    #[must_use]
    pub fn load_what_holds(state: &Path) -> (Self, Option<String>) {
        let path = state.join(FILE);
        let (settings, fault) = match fs::read_to_string(&path) {
            Ok(text) => Self::read(&text, &path.display().to_string()),
            Err(error) if error.kind() == ErrorKind::NotFound => (Self::default(), None),
            Err(source) => (Self::default(), Some(SettingsError::Read { path, source })),
        };
        let told = fault.map(|fault| {
            format!(
                "{} What can be read of it holds, and the file is left as it is.",
                prose::sentence(&fault.to_string())
            )
        });
        (settings, told)
    }

    /// Lays the commented file where there is none yet, so that a person finds it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn lay_template(state: &Path) -> io::Result<()> {
        fs::create_dir_all(state)?;
        match fs::OpenOptions::new().write(true).create_new(true).open(state.join(FILE)) {
            Ok(mut file) => io::Write::write_all(&mut file, table::template().as_bytes()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Reads the text of a settings file; `file` is its name for people.
    ///
    /// # Errors
    /// For the first thing in it that is not known, with its place.
    pub fn parse(text: &str, file: &str) -> Result<Self, SettingsError> {
        let (settings, fault) = Self::read(text, file);
        fault.map_or(Ok(settings), Err)
    }

    /// All that is known of the text, and the first thing that is not.
    fn read(text: &str, file: &str) -> (Self, Option<SettingsError>) {
        let wrong = |at: usize, fault: String, mend: String| SettingsError::Wrong {
            place: place_of(text, at, file),
            fault,
            mend,
        };
        let mut settings = Self::default();
        let found: BTreeMap<Spanned<String>, Spanned<Value>> = match toml::from_str(text) {
            Ok(found) => found,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let mend = "write each setting as `name = value`".to_owned();
                return (settings, Some(wrong(at, error.message().to_owned(), mend)));
            }
        };
        let mut first: Option<(usize, SettingsError)> = None;
        let mut fault = |at: usize, fault: String, mend: String| {
            if first.as_ref().is_none_or(|(before, _)| at < *before) {
                first = Some((at, wrong(at, fault, mend)));
            }
        };
        for (key, value) in &found {
            let name = key.get_ref().as_str();
            let Some(setting) = table::find(name) else {
                fault(key.span().start, format!("there is no setting `{name}`"), known(name));
                continue;
            };
            if !setting.read(&mut settings, value.get_ref()) {
                let what = format!("`{name}` cannot be {}", value.get_ref());
                fault(value.span().start, what, format!("write {}", setting.wanted()));
            }
        }
        (settings, first.map(|(_, fault)| fault))
    }
}

/// What to write in place of a name that is not known.
fn known(name: &str) -> String {
    let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    if let Some(near) = nearest::nearest(name, names.iter().copied()) {
        return format!("write `{near}`");
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("there are {}", prose::list(&names, "and"))
}

/// The place of the byte `at` of `text`.
fn place_of(text: &str, at: usize, file: &str) -> Place {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    Place::new(file, line as u32, column as u32)
}
