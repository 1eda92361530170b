//! The engine's straight line, shared by both faces: open a course, lay a step's files, look, judge, remember.

pub mod catch_up;
pub mod contents;
pub mod ground;
pub mod lookup;
pub mod review;
pub mod scratch;
pub mod search;

use anyhow::anyhow;

use crate::course::{self, Course, Outline, Problem, Step};
use crate::judge;
use crate::learner::{Event, Progress, Session};
use crate::sandbox::probe::{LearnerSeen, Prober};
use crate::sandbox::toolchain::{self, ToolchainError};
use crate::sandbox::{Dirs, Toolchain, environment};
use crate::store::{self, CourseSource, Log, Settings};

/// A course with what its learner has done.
#[derive(Debug)]
pub struct Opened {
    pub course: Course,
    /// What its author should know; the learner can read what could be understood.
    pub problems: Vec<Problem>,
    pub progress: Progress,
    pub log: Log,
    /// What the learner should know about the opening: a sentence.
    pub notice: Option<String>,
}

/// What can be told of a course at once: the lesson where its learner was last, and what they have done.
#[derive(Debug)]
pub struct Glimpse {
    /// One lesson in its place, and nothing in the others.
    pub course: Course,
    pub log: store::Opened,
}

/// Takes a first look at the course of `source`, with the progress kept in `dirs`; none where it takes the whole course
/// to know what to show.
///
/// # Errors
/// A sentence with its mend: the progress cannot be used.
pub fn glimpse(dirs: &Dirs, source: &CourseSource) -> anyhow::Result<Option<Glimpse>> {
    let Some(outline) = source.manifest().and_then(|text| Outline::read(&text)) else { return Ok(None) };
    let log = Log::open(&dirs.state, &outline.id)?;
    let place = log.progress.place.as_ref().map(|(step, _)| step);
    let course = outline.chapter_of(place).and_then(|folder| outline.glimpse(&folder, source.below(&folder), place));
    Ok(course.map(|course| Glimpse { course, log }))
}

/// Opens the course of `source` with the progress kept in `dirs`.
///
/// # Errors
/// A sentence with its mend: there is no course, or its progress cannot be used.
pub fn open(dirs: &Dirs, source: &CourseSource) -> anyhow::Result<Opened> {
    let read = read(source)?;
    let log = Log::open(&dirs.state, &read.course.id)?;
    Ok(read.with(log))
}

/// A course, as much of it as could be understood.
#[derive(Debug)]
pub struct Read {
    pub course: Course,
    problems: Vec<Problem>,
}

impl Read {
    /// The course with what its learner has done.
    #[must_use]
    pub fn with(self, log: store::Opened) -> Opened {
        let Self { course, problems } = self;
        Opened { course, problems, progress: log.progress, log: log.log, notice: log.notice }
    }
}

/// Reads the whole course of `source`.
///
/// # Errors
/// A sentence with its mend: there is no course.
pub fn read(source: &CourseSource) -> anyhow::Result<Read> {
    let loaded = course::load(&source.read()?);
    let Some(course) = loaded.course else {
        let first = loaded.problems.first().map_or_else(|| "it is empty".to_owned(), ToString::to_string);
        return Err(anyhow!("{} cannot be opened: {first}", source.name()));
    };
    if course.lessons().next().is_none() {
        return Err(anyhow!("{} has no lessons; `haveago check` tells what is wrong with it", source.name()));
    }
    Ok(Read { course, problems: loaded.problems })
}

/// The Go that lessons run, or why there is none, and the environment of what the learner of a course runs.
pub fn surroundings(
    dirs: &Dirs,
    course: &str,
    settings: &Settings,
) -> (Result<Toolchain, ToolchainError>, Vec<(String, String)>) {
    let toolchain = toolchain::find(settings.go.as_deref(), &dirs.toolchains());
    let env = environment::build(dirs, course, toolchain.as_ref().ok());
    (toolchain, env)
}

/// Lets Go get the modules that the course brings along, if it does. Where they cannot be made ready, `go get` says that
/// there are none.
pub fn offer_modules(env: &mut [(String, String)], dirs: &Dirs, source: &CourseSource, course: &Course) {
    let proxy = course.proxy.as_ref().and_then(|inside| source.proxy(inside, &dirs.cache).ok());
    if let Some(proxy) = proxy {
        environment::offer_modules(env, &proxy);
    }
}

/// Looks at what is still open of the step, and judges it; answers with the events to save. Takes as long as the Go
/// commands that the conditions need.
pub fn look(session: &mut Session, step: &Step, prober: &dyn Prober) -> Vec<Event> {
    let (indexes, wanted): (Vec<usize>, Vec<_>) = session.wanted(step).into_iter().unzip();
    if wanted.is_empty() {
        return Vec::new();
    }
    let learner = LearnerSeen { commands: &session.commands, answer: session.answer.as_deref() };
    let evidence = prober.observe(&wanted, step, &learner);
    session.looked(&evidence);
    session.judged(step, &indexes, &judge::judge_open(&wanted, &step.check, &evidence))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{glimpse, open};
    use crate::course::model::LessonIndex;
    use crate::learner::Event;
    use crate::sandbox::Dirs;
    use crate::store::CourseSource;
    use crate::store::progress::stamp;

    fn dirs() -> (tempfile::TempDir, Dirs) {
        let data = tempfile::tempdir().unwrap();
        let dirs = Dirs::find(Some(data.path())).unwrap();
        (data, dirs)
    }

    #[test]
    fn the_first_glimpse_of_each_lesson_is_what_the_whole_course_has_there() {
        let source = CourseSource::Embedded;
        let (_data, dirs) = dirs();
        let first = glimpse(&dirs, &source).unwrap().unwrap().course;
        let mut opened = open(&dirs, &source).unwrap();
        let begin = LessonIndex { chapter: 0, lesson: 0 };
        assert_eq!(first.lesson(begin), opened.course.lesson(begin));
        assert_eq!(first.chapters[0].page, opened.course.chapters[0].page);
        for (at, chapter, lesson) in opened.course.lessons() {
            let event = Event::Opened { step: lesson.steps[0].id.clone(), scroll: 0 };
            opened.log.append(&stamp(vec![event])).unwrap();
            let seen = glimpse(&dirs, &source).unwrap().unwrap();
            assert_eq!(seen.course.lesson(at), Some(lesson), "{}", lesson.file);
            let there = &seen.course.chapters[at.chapter];
            assert_eq!((&there.title, &there.page), (&chapter.title, &chapter.page), "{}", lesson.file);
            assert!(seen.course.lessons().all(|(other, _, lesson)| other == at || lesson.steps.is_empty()));
        }
    }

    #[test]
    fn a_course_that_does_not_tell_where_one_is_is_read_whole() {
        let (_data, dirs) = dirs();
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("01-secret.md"), "# Secret\n\n## Step {#step}\n").unwrap();
        let source = CourseSource::Folder(folder.path().to_owned());
        assert!(glimpse(&dirs, &source).unwrap().is_none(), "no course.toml");
        for chapters in ["", "chapters = []", "chapters = [\"01-none\"]", "chapters = [\"..\"]", "chapters = [\"OUT\"]"]
        {
            let chapters = chapters.replace("OUT", &outside.path().display().to_string());
            let manifest =
                format!("format = 1\nid = \"mine\"\ntitle = \"Mine\"\nversion = \"1\"\ngo = \"1.24\"\n{chapters}\n");
            fs::write(folder.path().join("course.toml"), manifest).unwrap();
            assert!(glimpse(&dirs, &source).unwrap().is_none(), "{chapters}");
        }
    }
}
