//! Catching up and starting over: a step's files as they are at its start, made by the course's own solutions; the
//! learner's own are set aside for them, and brought back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ground::{Deed, Ground, deeds};
use crate::base::goos;
use crate::course::model::LessonIndex;
use crate::course::{Course, Step};
use crate::sandbox::scratch::{Scratch, ScratchError, contents};
use crate::sandbox::{Dirs, confine, room};
use crate::store::Drafts;

/// What a killed program has left is removed when it is so old.
const OLD: Duration = Duration::from_hours(1);

/// Why the files of a step cannot be made ready. The learner's own are as they were.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    #[error("the files before this step are made by commands, and {0}")]
    NoGo(String),
    #[error(
        "the files before this step are made by commands, and nothing confines programs on this system; if you trust \
         this course, add --allow-unconfined, or run a command in the terminal first and say yes"
    )]
    Unconfined,
    #[error(
        "`{0}`, a command of the steps before, was stopped before its end; try again when the computer is less busy"
    )]
    Stopped(String),
    #[error("{0}")]
    NoRoom(String),
    #[error("the files cannot be made ready in {} ({source}); make room there, or give yourself access", .folder.display())]
    Io { folder: PathBuf, source: io::Error },
}

/// What a course's commands are run with.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    pub dirs: &'a Dirs,
    pub course: &'a Course,
    /// The environment that learners' commands get.
    pub env: &'a [(String, String)],
    /// Why there is no Go, if there is none.
    pub no_go: Option<&'a str>,
}

/// The files of a step's start in a folder of their own, which is gone with this.
#[derive(Debug)]
pub struct Ready {
    temp: tempfile::TempDir,
    /// Where the folder is empty, the step begins with nothing.
    pub is_empty: bool,
}

impl Ready {
    /// Where they are.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.temp.path().join(FILES)
    }
}

/// The same folder is the same files.
impl PartialEq for Ready {
    fn eq(&self, other: &Self) -> bool {
        self.temp.path() == other.temp.path()
    }
}

const FILES: &str = "files";

/// Makes the files of the step's start ready: all that the solutions of the steps before it in its folder give, those of
/// the lessons that it continues among them, and over that its starters. `tell` hears of each lesson that is done for it.
///
/// # Errors
/// When that cannot be: no Go, no room, or nothing that confines commands.
pub fn make_ready(
    means: Means<'_>,
    at: LessonIndex,
    step: &Step,
    tell: &mut dyn FnMut(LessonIndex),
) -> Result<Ready, NotReady> {
    let place = means.dirs.state.join("ready");
    let fault = |source| NotReady::Io { folder: place.clone(), source };
    let temp = new_folder(&place).map_err(fault)?;
    let root = temp.path().join(FILES);
    fs::create_dir(&root).map_err(fault)?;
    // Messages of Go name a folder without links on its way.
    let root = root.canonicalize().map_err(fault)?;
    let mut ground = Ground::new(root.clone(), means.env);
    let home = means.course.scratch_of(at);
    let chain =
        means.course.lessons().skip_while(|(lesson, ..)| *lesson < home).take_while(|(lesson, ..)| *lesson <= at);
    for (lesson, _, there) in chain {
        tell(lesson);
        ground.go_home();
        for before in there.steps_on(goos()).take_while(|known| known.id != step.id) {
            ground.lay(&before.files).map_err(fault)?;
            for deed in deeds(before) {
                do_it(means, &mut ground, &deed, &place)?;
            }
        }
    }
    ground.lay(&step.files).map_err(fault)?;
    if let Some(full) = room::fault(means.dirs, &root) {
        return Err(NotReady::NoRoom(full));
    }
    let is_empty = fs::read_dir(&root).map_err(fault)?.next().is_none();
    Ok(Ready { temp, is_empty })
}

fn do_it(means: Means<'_>, ground: &mut Ground, deed: &Deed, place: &Path) -> Result<(), NotReady> {
    let fault = |source| NotReady::Io { folder: place.to_owned(), source };
    match deed {
        Deed::File(file) => ground.put(file).map_err(fault),
        Deed::Lines(file) => ground.arrange(file).map_err(fault),
        Deed::Command(command) => {
            if let Some(why) = means.no_go {
                return Err(NotReady::NoGo(why.to_owned()));
            }
            if confine::unanswered().is_some() {
                return Err(NotReady::Unconfined);
            }
            // Some fail, as their lesson wants it.
            match ground.run(&command.line).stopped {
                Some(_) => Err(NotReady::Stopped(command.line.clone())),
                None => Ok(()),
            }
        }
    }
}

/// A new folder in `place`, and those removed that nobody uses any more.
fn new_folder(place: &Path) -> io::Result<tempfile::TempDir> {
    fs::create_dir_all(place)?;
    for entry in fs::read_dir(place)?.flatten() {
        let age = entry.metadata().ok().and_then(|meta| meta.modified().ok()?.elapsed().ok());
        if age.is_some_and(|age| age > OLD) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    tempfile::tempdir_in(place)
}

/// What is in the learner's folder is set aside with the drafts of it, and what is ready is laid there. Answers with where
/// the former is kept; none where there was nothing of the learner's: what was laid by this and is untouched is removed.
///
/// # Errors
/// When the system refuses; all is where it was then.
pub fn lay(dirs: &Dirs, scratch: &Scratch, ready: &Ready) -> Result<Option<PathBuf>, ScratchError> {
    let sum = contents::sum(&ready.folder());
    let kept = exchange(dirs, scratch, &ready.folder())?;
    // Where it cannot be noted down, an untouched folder is set aside as if it were the learner's.
    let _ = note(dirs, scratch, sum.as_deref());
    Ok(kept)
}

/// What was set aside last is back, and what was in the folder is set aside in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// Where the latter is; none where there was nothing.
    pub kept: Option<PathBuf>,
}

/// Brings back what was set aside last; none where nothing is.
///
/// # Errors
/// When the system refuses; all is where it was then.
pub fn bring_back(dirs: &Dirs, scratch: &Scratch) -> Result<Option<Back>, ScratchError> {
    let Some(aside) = scratch.last_aside() else { return Ok(None) };
    let kept = exchange(dirs, scratch, &aside)?;
    let drafts = Drafts::new(&dirs.state);
    // What cannot follow stays where it is, unread and whole.
    let _ = drafts.follow(&aside, &scratch.root);
    let _ = fs::remove_dir(&aside);
    Ok(Some(Back { kept }))
}

fn exchange(dirs: &Dirs, scratch: &Scratch, ready: &Path) -> Result<Option<PathBuf>, ScratchError> {
    let drafts = Drafts::new(&dirs.state);
    let has_unsaved = !drafts.unsaved(&scratch.root).0.is_empty();
    let Some(kept) = scratch.exchange(ready, has_unsaved)? else { return Ok(None) };
    // Looked at only now that nobody writes into it any more.
    let laid = fs::read_to_string(place_of_note(dirs, scratch)).ok();
    let is_untouched = !has_unsaved && laid.is_some() && contents::sum(&kept) == laid;
    if is_untouched && fs::remove_dir_all(&kept).is_ok() {
        return Ok(None);
    }
    // A draft that cannot follow is still of the learner's folder, and its text is shown there as not saved.
    let _ = drafts.follow(&scratch.root, &kept);
    Ok(Some(kept))
}

/// Remembers what was laid, so that it is known again for as long as it is untouched.
fn note(dirs: &Dirs, scratch: &Scratch, sum: Option<&str>) -> io::Result<()> {
    let place = place_of_note(dirs, scratch);
    match sum {
        Some(sum) => {
            fs::create_dir_all(place.parent().unwrap_or(&place))?;
            fs::write(place, sum)
        }
        None => fs::remove_file(place),
    }
}

fn place_of_note(dirs: &Dirs, scratch: &Scratch) -> PathBuf {
    // A lesson's folder is known by its last three names: course, chapter, lesson.
    let names: Vec<_> = scratch.root.components().rev().take(3).collect();
    names.iter().rev().fold(dirs.state.join("laid"), |place, name| place.join(name))
}
