//! `haveago goto` and `haveago reset`: a lesson's or a step's files from the course's own solutions, the learner's own set
//! aside.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use super::{Outcome, Usage, output, print, tell_notice};
use crate::base::goos;
use crate::course::model::LessonIndex;
use crate::course::{Course, Step};
use crate::learner::{Event, Progress};
use crate::sandbox::scratch::Scratch;
use crate::sandbox::{Dirs, confine};
use crate::store::progress::stamp;
use crate::store::{Consent, CourseSource, Settings};
use crate::tutor::catch_up::{self, Means, Ready};
use crate::tutor::{self, Opened, lookup};

/// The course, and where it is from.
struct Desk {
    dirs: Dirs,
    source: CourseSource,
    opened: Opened,
}

/// Lays the files of a lesson's start, and makes that the place where the learner is.
pub fn goto(dirs: Dirs, source: CourseSource, words: &[String]) -> Result<Outcome> {
    let mut desk = Desk::open(dirs, source)?;
    let at = desk.lesson(words)?;
    let lesson = desk.opened.course.lesson(at).and_then(|lesson| lesson.steps_on(goos()).next()).cloned();
    let step = lesson.ok_or_else(|| desk.no_steps(at))?;
    let laid = desk.lay(at, &step)?;
    let key = tutor::scratch::lesson_key(&desk.opened.course, at);
    let place =
        vec![Event::Directory { lesson: key, dir: ".".to_owned() }, Event::Opened { step: step.id.clone(), scroll: 0 }];
    desk.opened
        .log
        .append(&stamp(place))
        .context("the files are laid, and where you are could not be saved; run the same command again")?;
    let course = &desk.opened.course;
    let text = format!("You are at lesson {} now. {}\n", lookup::title(course, at), after(course, at, &laid.ready));
    print(&(text + &laid.text + &desk.way_back(at, &laid) + "`haveago` goes on there. Nothing is marked as done.\n"))?;
    Ok(Outcome::Done)
}

/// Lays the files of a step's start: of the step where the learner is, or of the one at which the lesson would be opened.
pub fn reset(dirs: Dirs, source: CourseSource, words: &[String], undo: bool) -> Result<Outcome> {
    let desk = Desk::open(dirs, source)?;
    let (course, progress) = (&desk.opened.course, &desk.opened.progress);
    let here = progress.resume(course, goos());
    let (at, step) = match (words, here) {
        ([], Some(here)) => here,
        ([], None) => bail!("this course has no steps for this system"),
        (words, here) => {
            let at = desk.lesson(words)?;
            let is_here = here.filter(|(lesson, _)| *lesson == at);
            is_here.or_else(|| Some((at, begin(course, progress, at)?))).ok_or_else(|| desk.no_steps(at))?
        }
    };
    if undo {
        return desk.bring_back(at);
    }
    let laid = desk.lay(at, step)?;
    let with = if laid.ready.is_empty { "an empty folder" } else { "the files that the course's own solutions give" };
    let text =
        format!("The step \"{}\" of lesson {} begins once more, with {with}.\n", step.title, lookup::title(course, at));
    print(&(text + &laid.text + &desk.way_back(at, &laid)))?;
    Ok(Outcome::Done)
}

/// The step to begin a lesson at: its first open one, else its first.
fn begin<'a>(course: &'a Course, progress: &Progress, at: LessonIndex) -> Option<&'a Step> {
    let lesson = course.lesson(at)?;
    let open = lesson.steps_on(goos()).find(|step| !progress.has_passed(&step.id));
    open.or_else(|| lesson.steps_on(goos()).next())
}

/// What the files of a lesson's start come from.
fn after(course: &Course, at: LessonIndex, ready: &Ready) -> String {
    if course.lesson(at).is_some_and(|lesson| lesson.continues)
        && let Some((before, ..)) = course.lessons().take_while(|(lesson, ..)| *lesson < at).last()
    {
        return format!(
            "Its files are as the course's own solutions leave them after {}.",
            lookup::title(course, before)
        );
    }
    let begins = if ready.is_empty { "begins with an empty folder" } else { "begins with files of its own" };
    format!("No files are carried on to it: it {begins}.")
}

/// What was laid.
struct Laid {
    ready: Ready,
    /// Whether files of the learner's are set aside.
    has_kept: bool,
    /// Where all is.
    text: String,
}

impl Desk {
    fn open(dirs: Dirs, source: CourseSource) -> Result<Self> {
        let opened = tutor::open(&dirs, &source)?;
        tell_notice(opened.notice.as_deref());
        Ok(Self { dirs, source, opened })
    }

    fn lesson(&self, words: &[String]) -> Result<LessonIndex> {
        lookup::lesson(&self.opened.course, &words.join(" ")).map_err(|sentence| Usage(sentence).into())
    }

    fn no_steps(&self, at: LessonIndex) -> anyhow::Error {
        anyhow!("lesson {} has no steps for this system", lookup::title(&self.opened.course, at))
    }

    fn lay(&self, at: LessonIndex, step: &Step) -> Result<Laid> {
        let (dirs, course) = (&self.dirs, &self.opened.course);
        let scratch = tutor::scratch::open(dirs, course, at)?;
        if Consent::of(&dirs.state, &self.source).is_given() {
            confine::allow_unconfined();
        }
        let settings = Settings::load(&dirs.state)?;
        let (toolchain, mut env) = tutor::surroundings(dirs, &course.id, &settings);
        tutor::offer_modules(&mut env, dirs, &self.source, course);
        let no_go = toolchain.err().map(|missing| missing.to_string());
        let means = Means { dirs, course, env: &env, no_go: no_go.as_deref() };
        let is_watched = io::stderr().is_terminal();
        let ready = catch_up::make_ready(means, at, step, &mut |lesson| {
            if is_watched && lesson != at {
                output::tell(&format!("doing {} …", lookup::title(course, lesson)));
            }
        })?;
        let kept = catch_up::lay(dirs, &scratch, &ready)?;
        Ok(Laid { ready, has_kept: kept.is_some(), text: places(&scratch, kept.as_deref()) })
    }

    fn way_back(&self, at: LessonIndex, laid: &Laid) -> String {
        if laid.has_kept { format!("`{}` brings them back.\n", self.undo(at)) } else { String::new() }
    }

    /// The command that brings back what was set aside.
    fn undo(&self, at: LessonIndex) -> String {
        let course = match &self.source {
            CourseSource::Embedded => String::new(),
            CourseSource::Folder(folder) => format!(" --course {}", folder.display()),
        };
        format!("haveago{course} reset --undo {}", lookup::number_of(at))
    }

    fn bring_back(&self, at: LessonIndex) -> Result<Outcome> {
        let course = &self.opened.course;
        let scratch = tutor::scratch::open(&self.dirs, course, at)?;
        let Some(back) = catch_up::bring_back(&self.dirs, &scratch)? else {
            bail!("nothing of lesson {} is set aside", lookup::title(course, at));
        };
        let mut text = format!("What was set aside is back.\n  {}\n", scratch.root.display());
        if let Some(kept) = back.kept {
            let _ = write!(text, "What was there until now is kept.\n  {}\n", kept.display());
            let _ = writeln!(text, "`{}` exchanges them again.", self.undo(at));
        }
        print(&text)?;
        Ok(Outcome::Done)
    }
}

/// Where the files are, and where the learner's own.
fn places(scratch: &Scratch, kept: Option<&Path>) -> String {
    let files = format!("  {}\n", scratch.root.display());
    match kept {
        Some(kept) => {
            format!("{files}Your own files are kept, with all that you had not saved.\n  {}\n", kept.display())
        }
        None => format!("{files}There was nothing of yours to set aside.\n"),
    }
}
