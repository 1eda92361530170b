//! The part of a course that the first frame shows, read before all the rest of it.

use super::lesson::Files;
use super::load::{MANIFEST, lesson_path, load};
use super::source::Source;
use super::{Course, StepId, manifest, names};
use crate::base::FilePath;

/// What course.toml alone tells: which course it is, and in which folders its chapters are.
#[derive(Clone, Debug)]
pub struct Outline {
    pub id: String,
    folders: Vec<String>,
    manifest: String,
}

impl Outline {
    /// Reads the text of course.toml. None where it does not tell enough; [`load`] says why.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let manifest = manifest::read(&Source::new(MANIFEST, text), &mut Vec::new());
        let folders = manifest.chapters?.into_iter().map(|(folder, _)| folder).collect();
        Some(Self { id: manifest.id?, folders, manifest: text.to_owned() })
    }

    /// The folder of the chapter that `place` is in; the first one for those who have not been anywhere.
    #[must_use]
    pub fn chapter_of(&self, place: Option<&StepId>) -> Option<FilePath> {
        let mut folders = self.folders.iter();
        let folder = match place {
            None => folders.next(),
            Some(step) => {
                let id = step.0.split('/').nth(1)?;
                folders.find(|folder| names::numbered(folder).1 == id)
            }
        };
        FilePath::parse(folder?).ok()
    }

    /// The course with one lesson in it: that of `place`, else the chapter's first. Everything else has its place in the
    /// order and nothing in it. `files` are those below the chapter's `folder`.
    #[must_use]
    pub fn glimpse(&self, folder: &FilePath, mut files: Files, place: Option<&StepId>) -> Option<Course> {
        let lessons: Vec<(Option<u32>, String, String)> = files
            .keys()
            .filter_map(|path| {
                let (_, name) = lesson_path(path).filter(|(_, name)| *name != "README")?;
                let (number, id) = names::numbered(name);
                Some((number, id.to_owned(), path.clone()))
            })
            .collect();
        let shown = match place {
            None => lessons.iter().min_by_key(|(number, ..)| number.unwrap_or(u32::MAX)),
            Some(step) => lessons.iter().find(|(_, id, _)| step.0.split('/').nth(2) == Some(id)),
        };
        let shown = shown?.2.clone();
        for (_, _, path) in lessons.into_iter().filter(|(.., path)| *path != shown) {
            files.insert(path, String::new());
        }
        for other in self.folders.iter().filter(|other| *other != folder.as_str()) {
            files.insert(format!("{other}/README.md"), String::new());
        }
        files.insert(MANIFEST.to_owned(), self.manifest.clone());
        load(&files).course
    }
}
