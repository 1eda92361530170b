//! Which folder a lesson is worked in, and how a step's files come into it.

use std::collections::BTreeSet;

use crate::base::FilePath;
use crate::course::model::{CourseFile, LessonIndex};
use crate::course::{Course, Fact, Step};
use crate::go::source::is_go_file;
use crate::sandbox::Dirs;
use crate::sandbox::scratch::{self, Laid, Scratch, ScratchError};

/// Opens the folder of a lesson: its own, or for one that `continues` that of the lesson before.
///
/// # Errors
/// When the folder cannot be made.
pub fn open(dirs: &Dirs, course: &Course, at: LessonIndex) -> Result<Scratch, ScratchError> {
    let home = course.scratch_of(at);
    let chapter = course.chapters.get(home.chapter).map_or("", |chapter| &chapter.id);
    let lesson = course.lesson(home).map_or("", |lesson| &lesson.id);
    scratch::open(dirs, &course.id, chapter, lesson)
}

/// `chapter/lesson`, the key of what is remembered of a lesson.
#[must_use]
pub fn lesson_key(course: &Course, at: LessonIndex) -> String {
    let found = course.chapters.get(at.chapter).and_then(|chapter| Some((chapter, chapter.lessons.get(at.lesson)?)));
    found.map_or_else(String::new, |(chapter, lesson)| format!("{}/{}", chapter.id, lesson.id))
}

/// The files that the lessons worked in this folder speak of: their starters, solutions, and what their checks ask for.
#[must_use]
pub fn spoken_of(course: &Course, at: LessonIndex) -> BTreeSet<FilePath> {
    let home = course.scratch_of(at);
    let lessons = course.lessons().filter(|(lesson, ..)| course.scratch_of(*lesson) == home);
    let steps = lessons.flat_map(|(_, _, lesson)| &lesson.steps);
    steps.flat_map(step_speaks_of).cloned().collect()
}

/// The step's own files: its starters, its solution, and what its check asks for.
pub fn step_speaks_of(step: &Step) -> impl Iterator<Item = &FilePath> {
    let files = step.files.iter().chain(&step.solution.files).map(|file| &file.path);
    let orders = step.orders.iter().map(|order| &order.path);
    let asked_for = step.check.iter().filter_map(|condition| match &condition.fact {
        Fact::FileExists(path)
        | Fact::FileContains(path, _)
        | Fact::BinaryExists(path)
        | Fact::BinaryStatic(path)
        | Fact::BinaryFor(path, _) => Some(path),
        Fact::FileMissing(_)
        | Fact::Ran(_)
        | Fact::Builds
        | Fact::Vets
        | Fact::Formatted
        | Fact::Tests(_)
        | Fact::TestsCatchMutants
        | Fact::Runs(_)
        | Fact::Uses { .. }
        | Fact::Answers(_)
        | Fact::Http(_) => None,
    });
    files.chain(orders).chain(asked_for)
}

/// The file that an editor shows for a step: one that its solution or its lines are for, and of those rather one that
/// lies there already; else a starter. Go goes before all else, for `go.mod` is seldom what is to be read.
#[must_use]
pub fn file_to_edit(step: &Step) -> Option<&FilePath> {
    let starters: Vec<&FilePath> = step.files.iter().map(|file| &file.path).collect();
    let orders = step.orders.iter().map(|order| &order.path);
    let changed: Vec<&FilePath> = orders.chain(step.solution.files.iter().map(|file| &file.path)).collect();
    let laid_and_changed: Vec<&FilePath> = changed.iter().filter(|path| starters.contains(path)).copied().collect();
    [laid_and_changed, changed, starters].iter().find_map(|paths| {
        let go = paths.iter().find(|path| is_go_file(path.name()));
        go.or_else(|| paths.first()).copied()
    })
}

/// Lays the step's starter files, and says which were laid. A file that is there already is the learner's and stays,
/// unless it is the untouched starter of an earlier step.
///
/// # Errors
/// When a file cannot be made.
pub fn lay(scratch: &Scratch, course: &Course, step: &Step) -> Result<Vec<FilePath>, ScratchError> {
    let mut laid = Vec::new();
    for file in &step.files {
        let is_new = match scratch.lay(&file.path, &file.text)? {
            Laid::Written => true,
            Laid::KeptYours => {
                let old = scratch.read(&file.path).ok();
                let is_untouched =
                    old.is_some_and(|old| old != file.text && is_earlier_starter(&old, file, course, step));
                if is_untouched {
                    scratch.save(&file.path, &file.text)?;
                }
                is_untouched
            }
        };
        if is_new {
            laid.push(file.path.clone());
        }
    }
    Ok(laid)
}

/// Whether a step before this one laid exactly this text there.
fn is_earlier_starter(text: &str, file: &CourseFile, course: &Course, step: &Step) -> bool {
    let before = course.lessons().flat_map(|(_, _, lesson)| &lesson.steps).take_while(|earlier| earlier.id != step.id);
    before.flat_map(|earlier| &earlier.files).any(|earlier| earlier.path == file.path && earlier.text == text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::file_to_edit;
    use crate::course::load;

    fn shown(lesson: &str) -> String {
        let manifest = "format = 1\nid = \"c\"\ntitle = \"C\"\nversion = \"1.0.0\"\ngo = \"1.24\"\n\
                        licence = \"CC-BY-4.0\"\nchapters = [\"01-x\"]\n";
        let lesson = format!("# T\n\n## S {{#s}}\n\n{lesson}");
        let files = [("course.toml", manifest), ("01-x/README.md", "# X\n\nX.\n"), ("01-x/01-y.md", &lesson)];
        let files: BTreeMap<String, String> =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let course = load(&files).course.unwrap();
        file_to_edit(&course.chapters[0].lessons[0].steps[0]).map_or_else(String::new, ToString::to_string)
    }

    #[test]
    fn the_editor_shows_what_is_to_be_changed_then_go_then_the_first() {
        let module = "```mod file=go.mod\nmodule x\n```\n\n";
        let main = "```go file=main.go\npackage main\n```\n\n";
        let other = "```go file=other.go\npackage main\n```\n\n";
        let check = "```check\nbuild\n```\n\n";
        let solution = |path: &str| format!("```go solution={path}\npackage main\n```\n");
        assert_eq!(shown(&format!("{module}{main}{check}{}", solution("main.go"))), "main.go");
        assert_eq!(shown(&format!("{main}{other}{check}{}", solution("other.go"))), "other.go");
        assert_eq!(shown(&format!("{module}{check}{}", solution("main.go"))), "main.go");
        assert_eq!(shown(&format!("{module}{main}")), "main.go", "what is only read");
        assert_eq!(shown(&format!("{module}{check}")), "go.mod");
    }
}
