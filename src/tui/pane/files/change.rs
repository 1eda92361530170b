//! Making, renaming and deleting in the files pane: the line that asks for a name, and what can be taken back.

use std::path::PathBuf;

use super::{Files, FilesAsk};
use crate::base::FilePath;

/// What is done to files and folders as such. Nothing of a learner's is written over by any of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileWork {
    MakeFile(FilePath),
    MakeFolder(FilePath),
    Rename {
        from: FilePath,
        to: FilePath,
    },
    /// Put away, to be brought back by [`FileWork::BringBack`].
    Delete(FilePath),
    BringBack {
        path: FilePath,
        kept: PathBuf,
    },
}

/// What a name is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A new one in this folder; none is the lesson's own.
    File(Option<FilePath>),
    Folder(Option<FilePath>),
    Rename(FilePath),
}

/// The line that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub naming: Naming,
    pub typed: String,
}

impl Prompt {
    /// What stands before the name that is typed.
    pub fn words(&self) -> String {
        let folder =
            |folder: &Option<FilePath>| folder.as_ref().map_or_else(String::new, |folder| format!("{folder}/"));
        match &self.naming {
            Naming::File(dir) => format!("New file: {}", folder(dir)),
            Naming::Folder(dir) => format!("New folder: {}", folder(dir)),
            Naming::Rename(path) => format!("{} is called from now on: ", path.name()),
        }
    }
}

impl Files {
    /// Whether letters go into a name.
    #[must_use]
    pub fn wants_text(&self) -> bool {
        self.prompt.is_some()
    }

    /// Letters for the name that is asked for.
    pub(super) fn type_name(&mut self, text: &str) {
        if let Some(prompt) = &mut self.prompt {
            prompt.typed.extend(text.chars().filter(|letter| !letter.is_control()));
        }
    }

    pub(super) fn ask_new(&mut self, is_folder: bool) {
        let here = self.selected();
        let dir = here.and_then(|row| if row.is_dir { Some(row.path.clone()) } else { parent(&row.path) });
        let naming = if is_folder { Naming::Folder(dir) } else { Naming::File(dir) };
        self.prompt = Some(Prompt { naming, typed: String::new() });
    }

    pub(super) fn ask_rename(&mut self) -> Vec<FilesAsk> {
        let Some(row) = self.selected() else { return nothing() };
        let prompt = Prompt { naming: Naming::Rename(row.path.clone()), typed: row.path.name().to_owned() };
        self.prompt = Some(prompt);
        Vec::new()
    }

    pub(super) fn delete(&self) -> Vec<FilesAsk> {
        self.selected().map_or_else(nothing, |row| vec![FilesAsk::Work(FileWork::Delete(row.path.clone()))])
    }

    /// The name is typed: what it is for.
    pub(super) fn named(&mut self) -> Vec<FilesAsk> {
        let Some(prompt) = self.prompt.take() else { return Vec::new() };
        let typed = prompt.typed.trim();
        let dir = match &prompt.naming {
            Naming::File(dir) | Naming::Folder(dir) => dir.clone(),
            Naming::Rename(path) => parent(path),
        };
        let whole = dir.map_or_else(|| typed.to_owned(), |dir| format!("{dir}/{typed}"));
        let path = match FilePath::parse(&whole) {
            Ok(path) if !typed.is_empty() => path,
            Ok(_) => return vec![FilesAsk::Say("It needs a name.".to_owned())],
            Err(error) => return vec![FilesAsk::Say(format!("`{typed}` cannot be its name: {error}."))],
        };
        let work = match prompt.naming {
            // As in the shell, a name that ends in a slash is a folder's.
            Naming::File(_) if typed.ends_with('/') => FileWork::MakeFolder(path),
            Naming::File(_) => FileWork::MakeFile(path),
            Naming::Folder(_) => FileWork::MakeFolder(path),
            Naming::Rename(from) if from == path => return Vec::new(),
            Naming::Rename(from) => FileWork::Rename { from, to: path },
        };
        vec![FilesAsk::Work(work)]
    }

    /// Takes back the last delete or rename.
    pub(super) fn undo(&mut self) -> Vec<FilesAsk> {
        match self.undo.pop() {
            Some(work) => vec![FilesAsk::Work(work)],
            None => vec![FilesAsk::Say("There is no delete or rename of this lesson to take back.".to_owned())],
        }
    }

    /// It was done; what would take it back, if anything can. What is new is selected when the tree comes.
    pub fn done(&mut self, work: &FileWork, kept: Option<PathBuf>) {
        match work {
            FileWork::Delete(path) => {
                self.undo.extend(kept.map(|kept| FileWork::BringBack { path: path.clone(), kept }));
            }
            FileWork::Rename { from, to } => {
                self.undo.push(FileWork::Rename { from: to.clone(), to: from.clone() });
                self.wanted = Some(to.clone());
            }
            FileWork::MakeFile(path) | FileWork::MakeFolder(path) | FileWork::BringBack { path, .. } => {
                self.wanted = Some(path.clone());
            }
        }
    }

    /// Another folder: what was done in the one before cannot be taken back here.
    pub fn forget(&mut self) {
        self.undo.clear();
        self.prompt = None;
    }
}

fn nothing() -> Vec<FilesAsk> {
    vec![FilesAsk::Say("There is no file here yet: N makes one.".to_owned())]
}

fn parent(path: &FilePath) -> Option<FilePath> {
    path.as_str().rsplit_once('/').and_then(|(dir, _)| FilePath::parse(dir).ok())
}
