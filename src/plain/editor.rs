//! The learner's own editor, on the terminal they sit at.

use std::path::Path;
use std::process::Command;

/// Opens `file` in the editor that `VISUAL` or `EDITOR` names, with the learner's own home and settings, and waits until
/// it is closed.
///
/// # Errors
/// A sentence: there is none, or it cannot be started.
pub fn open(file: &Path, dir: &Path) -> Result<(), String> {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let Some(editor) = named("VISUAL").or_else(|| named("EDITOR")) else {
        return Err(
            "No editor is named: set EDITOR, as in EDITOR=nano, or use :type to write a file by lines.".to_owned()
        );
    };
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or(&editor);
    match Command::new(program).args(words).arg(file).current_dir(dir).status() {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(format!("The editor `{editor}` cannot be started ({error}); set EDITOR to one that is there."))
        }
    }
}
