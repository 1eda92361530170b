//! Writing settings: only the values that were chosen change, and all else in the file stays byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use toml::{Spanned, Value};

use super::table::{self, Setting};
use super::{FILE, Settings, SettingsError};
use crate::store::lock::{Access, Lock};

impl Settings {
    /// Writes the settings of these names into the file below `state`, which is read anew first, so that what another
    /// hand has written meanwhile stays. The file is replaced in one step. Answers with all settings as they are in it
    /// then.
    ///
    /// # Errors
    /// When the file says something that is not known (it is left alone), or cannot be read or written.
    pub fn keep(&self, names: &[&str], state: &Path) -> Result<Self, SettingsError> {
        let path = state.join(FILE);
        let failed = |source| SettingsError::Write { path: path.clone(), source };
        fs::create_dir_all(state).map_err(failed)?;
        let _lock = Lock::take(&path, Access::Write);
        let before = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => table::template(),
            Err(source) => return Err(SettingsError::Read { path, source }),
        };
        let name = path.display().to_string();
        Self::parse(&before, &name)?;
        let settings = names.iter().filter_map(|name| table::find(name));
        let text = settings.fold(before, |text, setting| put(text, setting, self));
        let merged = Self::parse(&text, &name)?;
        write(&path, &text).map_err(failed)?;
        Ok(merged)
    }
}

/// `text` with one setting as it is in `settings`: its value is exchanged in place, or its lines are added at the end.
fn put(mut text: String, setting: &Setting, settings: &Settings) -> String {
    // The text was read before: it is TOML.
    let table: BTreeMap<Spanned<String>, Spanned<Value>> = toml::from_str(&text).unwrap_or_default();
    let found = table.iter().find(|(key, _)| key.get_ref() == setting.name).map(|(_, value)| value.span());
    if let Some(span) = found {
        text.replace_range(span, &setting.literal(settings));
        return text;
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !text.is_empty() {
        text.push_str(line_break);
    }
    text.push_str(&setting.lines(settings).replace('\n', line_break));
    text
}

/// Replaces the file in one step, so that a kill leaves the old one or the new. A link stays one.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
    let permissions = fs::metadata(&target).ok().map(|known| known.permissions());
    // Renaming would go round it: who has made the file unwritable wants it to stay.
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "the file is made read-only"));
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".settings-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}
