//! The learner's own editor: which one it is, whether it takes the whole terminal, and how it is told a place.

mod known;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use known::{KNOWN, Known, PlaceAs};

/// An editor that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEditor {
    /// As the learner or the system calls it: `vim`.
    pub name: String,
    program: PathBuf,
    args: Vec<String>,
    pub takes: Takes,
    place: PlaceAs,
}

/// What an editor draws on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// The terminal, all of it, until it is closed.
    Terminal,
    /// A window of its own.
    Window,
}

/// A program with all it is started with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Of the editor, for people.
    pub name: String,
    pub program: PathBuf,
    pub args: Vec<String>,
    pub takes: Takes,
    /// The folder it starts in.
    pub dir: PathBuf,
}

/// Why there is no editor, with the way on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoEditor {
    #[error(
        "no editor of your own is named here; write `editor = \"vim\"` or another into settings.toml, or set EDITOR \
         before you start haveago"
    )]
    NotNamed,
    #[error("the editor `{program}` that {source_name} names is not there; name one that is")]
    NotThere { source_name: String, program: String },
}

impl OwnEditor {
    /// The editor of the settings, else of `VISUAL` or `EDITOR`, else a well-known one that is on the `PATH`.
    ///
    /// # Errors
    /// When none is named, or the one that is named is not there.
    pub fn find(setting: Option<&str>) -> Result<Self, NoEditor> {
        let var = |name: &str| std::env::var(name).ok();
        choose(setting, &var, &on_path)
    }

    /// What opens `file` at a line and a column, both from 1.
    #[must_use]
    pub fn start(&self, file: &Path, place: Option<(u32, u32)>, dir: &Path) -> Start {
        let mut args = self.args.clone();
        let file = file.to_string_lossy().into_owned();
        match (self.place, place) {
            (PlaceAs::None, _) | (_, None) => args.push(file),
            (PlaceAs::CursorCall, Some((line, column))) => {
                args.extend([format!("+call cursor({line},{column})"), file]);
            }
            (PlaceAs::PlusLine, Some((line, _))) => args.extend([format!("+{line}"), file]),
            (PlaceAs::PlusLineComma, Some((line, column))) => args.extend([format!("+{line},{column}"), file]),
            (PlaceAs::PlusLineColon, Some((line, column))) => args.extend([format!("+{line}:{column}"), file]),
            (PlaceAs::Behind, Some((line, column))) => args.push(format!("{file}:{line}:{column}")),
            (PlaceAs::GotoFlag, Some((line, column))) => {
                args.extend(["-g".to_owned(), format!("{file}:{line}:{column}")]);
            }
            (PlaceAs::LineFlags, Some((line, column))) => {
                // Of a line and column, only the column counts from 0 here.
                let column = column.saturating_sub(1).to_string();
                args.extend(["--line".to_owned(), line.to_string(), "--column".to_owned(), column, file]);
            }
        }
        Start { name: self.name.clone(), program: self.program.clone(), args, takes: self.takes, dir: dir.to_owned() }
    }
}

/// Editors that are looked for when none is named.
const LOOKED_FOR: [&str; 7] = ["code", "zed", "zeditor", "goland", "codium", "cursor", "subl"];

fn choose(
    setting: Option<&str>,
    var: &dyn Fn(&str) -> Option<String>,
    on_path: &dyn Fn(&str) -> Option<PathBuf>,
) -> Result<OwnEditor, NoEditor> {
    let from_settings = setting.map(|line| ("settings.toml", line.to_owned()));
    let from_var = |name: &'static str| Some((name, var(name).filter(|line| !line.trim().is_empty())?));
    let has_windows = cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| var(name).is_some_and(|value| !value.is_empty()));
    let named = from_settings.or_else(|| from_var("VISUAL")).or_else(|| from_var("EDITOR"));
    if let Some((source_name, line)) = named {
        let mut words = words(&line).into_iter();
        let program = words.next().unwrap_or_default();
        let found = on_path(&program);
        return found
            .map(|path| editor(&program, path, words.collect(), has_windows))
            .ok_or_else(|| NoEditor::NotThere { source_name: source_name.to_owned(), program });
    }
    let found = LOOKED_FOR.iter().find_map(|name| Some(((*name).to_owned(), on_path(name)?)));
    found.map(|(name, path)| editor(&name, path, Vec::new(), has_windows)).ok_or(NoEditor::NotNamed)
}

fn editor(program: &str, path: PathBuf, args: Vec<String>, has_windows: bool) -> OwnEditor {
    let file = Path::new(program).file_name().map_or_else(|| program.into(), |name| name.to_string_lossy());
    let name = file.strip_suffix(".exe").or_else(|| file.strip_suffix(".cmd")).unwrap_or(&file).to_owned();
    let known = KNOWN.iter().find(|known| known.name == name);
    // One that is not known may well want the terminal; it gets it, and a window beside it does no harm.
    let Known { place, takes, .. } =
        *known.unwrap_or(&Known { name: "", takes: known::TakesWhen::Terminal, place: PlaceAs::None });
    let takes = takes.with(&args, has_windows);
    OwnEditor { name, program: path, args, takes, place }
}

/// The words of a command line; quotes keep blanks together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// Where a program is that is named by its path or found on the learner's own `PATH`.
fn on_path(program: &str) -> Option<PathBuf> {
    let is_program = |path: &Path| {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
        }
        #[cfg(not(unix))]
        path.is_file()
    };
    let endings: &[&str] = if cfg!(windows) { &["", ".exe", ".cmd", ".bat"] } else { &[""] };
    let with_ending = |base: &Path| {
        endings.iter().map(|ending| PathBuf::from(format!("{}{ending}", base.display()))).find(|path| is_program(path))
    };
    if program.is_empty() {
        return None;
    }
    if let Some(below) = program.strip_prefix("~/") {
        return with_ending(&PathBuf::from(std::env::var_os("HOME")?).join(below));
    }
    if Path::new(program).components().count() > 1 {
        return with_ending(&std::path::absolute(program).ok()?);
    }
    let path = std::env::var_os("PATH")?;
    // A folder of the PATH that is not absolute would mean the lesson's own.
    std::env::split_paths(&path).filter(|dir| dir.is_absolute()).find_map(|dir| with_ending(&dir.join(program)))
}
