//! What is done with files beside reading and saving them: made and moved, kept twice, opened in the learner's own editor.

use std::path::{Path, PathBuf};

use crate::base::{FilePath, prose};
use crate::sandbox::own_editor::{OwnEditor, Start};
use crate::sandbox::scratch::{Laid, Scratch, ScratchError};

use super::super::super::effect::ForEditor;
use super::super::super::pane::files::FileWork;
use super::super::super::update::THEIRS;

/// Bytes of a file that is opened as text, at most.
const LARGEST: u64 = 1 << 20;
/// Copies of one file that are kept at most.
const MOST_COPIES: usize = 100;

/// What opens the file in the learner's own editor. Links, pipes and devices are refused, as everywhere.
pub fn find_editor(setting: Option<&str>, wanted: &ForEditor) -> Result<Start, String> {
    let scratch = Scratch { root: wanted.root.clone() };
    match scratch.read(&wanted.path) {
        // An editor of its own may well know what to do with these.
        Ok(_) | Err(ScratchError::Missing(_) | ScratchError::Huge(_) | ScratchError::NotText(_)) => {}
        Err(error) => return Err(format!("{error}.")),
    }
    let editor = OwnEditor::find(setting).map_err(|error| prose::sentence(&error.to_string()))?;
    Ok(editor.start(&wanted.path.under(&scratch.root), wanted.place, &scratch.root))
}

/// Lays `text` as `main.go.yours`, or `main.go.yours-2` where there is one already; answers with the name.
pub fn keep_copy(scratch: &Scratch, path: &FilePath, text: &str, ending: &str) -> Result<FilePath, String> {
    for number in 1..=MOST_COPIES {
        let name = copy_name(path, ending, number)?;
        if scratch.read(&name).is_ok_and(|same| same == text) {
            return Ok(name);
        }
        if scratch.lay(&name, text).map_err(|error| format!("{error}."))? == Laid::Written {
            return Ok(name);
        }
    }
    Err(too_many(path))
}

/// Moves what stands at `path` and is no text to `name.bin.theirs`, so that nothing is written over it; answers with the
/// name, if there was such a file.
pub fn spare(scratch: &Scratch, path: &FilePath) -> Result<Option<FilePath>, String> {
    if !matches!(scratch.read(path), Err(ScratchError::NotText(_))) {
        return Ok(None);
    }
    for number in 1..=MOST_COPIES {
        let name = copy_name(path, THEIRS, number)?;
        match scratch.rename(path, &name) {
            Ok(()) => return Ok(Some(name)),
            Err(ScratchError::Taken(_)) => {}
            Err(error) => return Err(format!("{error}.")),
        }
    }
    Err(too_many(path))
}

fn copy_name(path: &FilePath, ending: &str, number: usize) -> Result<FilePath, String> {
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    FilePath::parse(&format!("{path}.{ending}{number}")).map_err(|error| format!("{error}."))
}

fn too_many(path: &FilePath) -> String {
    format!("There are {MOST_COPIES} copies of `{path}` already; remove some and save again.")
}

/// Makes, renames, deletes or brings back; answers with where a deleted one is kept.
pub fn change(scratch: &Scratch, trash: &Path, work: &FileWork) -> Result<Option<PathBuf>, String> {
    let done = match work {
        FileWork::MakeFile(path) => scratch.make_file(path).map(|()| None),
        FileWork::MakeFolder(path) => scratch.make_folder(path).map(|()| None),
        FileWork::Rename { from, to } => scratch.rename(from, to).map(|()| None),
        FileWork::Delete(path) => scratch.put_away(path, trash).map(Some),
        FileWork::BringBack { path, kept } => scratch.bring_back(kept, path).map(|()| None),
    };
    done.map_err(|error| format!("{error}."))
}

/// A sentence where a file is too big to be opened as text.
pub fn too_big(scratch: &Scratch, path: &FilePath) -> Option<String> {
    let meta = path.under(&scratch.root).symlink_metadata().ok()?;
    (meta.is_file() && meta.len() > LARGEST).then(|| {
        let tenths = meta.len() / 100_000;
        format!(
            "`{path}` has {}.{} MB, and files of more than 1 MiB are not opened here. `head {path}` in the terminal shows \
             its first lines.",
            tenths / 10,
            tenths % 10
        )
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Scratch, keep_copy, too_big};
    use crate::base::FilePath;

    #[test]
    fn a_copy_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch { root: folder.path().to_owned() };
        let main = FilePath::parse("cmd/main.go").unwrap();
        let keep = |text| keep_copy(&scratch, &main, text, "yours").unwrap().to_string();
        assert_eq!(
            (keep("a"), keep("b"), keep("a")),
            ("cmd/main.go.yours".into(), "cmd/main.go.yours-2".into(), "cmd/main.go.yours".into())
        );
        assert_eq!(fs::read_to_string(folder.path().join("cmd/main.go.yours")).unwrap(), "a");
    }

    #[test]
    fn files_of_more_than_a_mebibyte_are_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch { root: folder.path().to_owned() };
        let path = FilePath::parse("big.txt").unwrap();
        assert_eq!(too_big(&scratch, &path), None);
        fs::write(folder.path().join("big.txt"), vec![b'a'; 3_400_000]).unwrap();
        assert!(too_big(&scratch, &path).unwrap().contains("3.4 MB"));
    }
}
