//! A path inside a scratch directory or a course that cannot lead out of it.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A relative path with `/` between its parts and no `.`, `..`, empty part, backslash, colon or control character, and
/// no part that is something else on Windows. Because of that, joining it to a folder never leaves the folder, on any system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FilePath(String);

/// Why a text is no [`FilePath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilePathError {
    #[error("a file needs a name")]
    Empty,
    #[error("the path must be relative, without a leading `/` or a drive letter")]
    Absolute,
    #[error("the path must not have `.` or `..` or an empty part")]
    Dots,
    #[error("write the path with `/` and without control characters")]
    Characters,
    #[error(
        "Windows cannot keep this name (it ends in a dot or a space, or means a device: CON, NUL, AUX, COM1, …); choose another"
    )]
    Reserved,
}

impl FilePath {
    /// Reads `text` as a path; a trailing `/` is allowed and dropped, so that folders can be written `cmd/`.
    ///
    /// # Errors
    /// When the text is empty, absolute, has dots or characters that would mean something else on some system.
    pub fn parse(text: &str) -> Result<Self, FilePathError> {
        if text.starts_with('/') {
            return Err(FilePathError::Absolute);
        }
        let text = text.strip_suffix('/').unwrap_or(text);
        if text.is_empty() {
            return Err(FilePathError::Empty);
        }
        if text.chars().any(|c| c == '\\' || c == ':' || c.is_control()) {
            return Err(FilePathError::Characters);
        }
        if text.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(FilePathError::Dots);
        }
        if text.split('/').any(is_reserved) {
            return Err(FilePathError::Reserved);
        }
        Ok(Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `main.go` of `cmd/main.go`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// This path below `folder`, with the system's separators.
    #[must_use]
    pub fn under(&self, folder: &Path) -> PathBuf {
        self.0.split('/').fold(folder.to_owned(), |path, part| path.join(part))
    }
}

/// Names that mean a device on Windows, whatever ending they have, or that lose their own.
fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_uppercase();
    let is_device = match stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")) {
        Some(number) => matches!(number, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"),
        None => matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"),
    };
    is_device || part.ends_with(['.', ' '])
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for FilePath {
    type Error = FilePathError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<FilePath> for String {
    fn from(path: FilePath) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use super::{FilePath, FilePathError};

    #[test]
    fn a_path_cannot_lead_out() {
        for (text, error) in [
            ("", FilePathError::Empty),
            ("/etc/passwd", FilePathError::Absolute),
            ("../up", FilePathError::Dots),
            ("a/../../b", FilePathError::Dots),
            ("a//b", FilePathError::Dots),
            ("C:/x", FilePathError::Characters),
            ("a\\b", FilePathError::Characters),
            ("NUL", FilePathError::Reserved),
            ("cmd/aux.go", FilePathError::Reserved),
            ("com1.tar.gz", FilePathError::Reserved),
            ("notes. ", FilePathError::Reserved),
            (".../x", FilePathError::Reserved),
        ] {
            assert_eq!(FilePath::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(FilePath::parse("cmd/").map(|p| p.to_string()), Ok("cmd".to_owned()));
        for name in ["console.go", "com.go", "com10", "null", "a.nul", ".gitignore"] {
            assert!(FilePath::parse(name).is_ok(), "{name}");
        }
    }
}
