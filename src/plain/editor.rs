//! The learner's own editor, on the terminal they sit at.

use std::path::Path;
use std::process::Command;

use crate::base::prose;
use crate::sandbox::own_editor::OwnEditor;

/// Opens `file` in the learner's own editor, with their own home and settings, and waits until it is closed.
///
/// # Errors
/// A sentence: there is none, or it cannot be started.
pub fn open(setting: Option<&str>, file: &Path, dir: &Path) -> Result<(), String> {
    let editor = OwnEditor::find(setting)
        .map_err(|error| format!("{} Or use :type to write a file by lines.", prose::sentence(&error.to_string())))?;
    let start = editor.start(file, None, dir);
    match Command::new(&start.program).args(&start.args).current_dir(&start.dir).status() {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("Your editor `{}` cannot be started ({error}); name one that is there.", start.name)),
    }
}
