//! The learner's own editor, on the terminal they sit at.

use std::path::Path;
use std::process::Command;

/// Opens `file` in the editor that `VISUAL` or `EDITOR` in `env` names, and waits until it is closed.
///
/// # Errors
/// A sentence: there is none, or it cannot be started.
pub fn open(file: &Path, dir: &Path, env: &[(String, String)]) -> Result<(), String> {
    let named = |name: &str| env.iter().find(|(other, value)| other == name && !value.trim().is_empty());
    let Some((_, editor)) = named("VISUAL").or_else(|| named("EDITOR")) else {
        return Err(
            "No editor is named: set EDITOR, as in EDITOR=nano, or use :type to write a file by lines.".to_owned()
        );
    };
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or(editor);
    let shell_variables = |(name, _): &&(String, String)| !name.starts_with('$');
    let env = env.iter().filter(shell_variables).map(|(name, value)| (name, value));
    let status = Command::new(program).args(words).arg(file).current_dir(dir).env_clear().envs(env).status();
    match status {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(format!("The editor `{editor}` cannot be started ({error}); set EDITOR to one that is there."))
        }
    }
}
