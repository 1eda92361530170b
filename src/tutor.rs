//! The engine's straight line, shared by both faces: open a course, lay a step's files, look, judge, remember.

pub mod contents;
pub mod lookup;
pub mod scratch;

use anyhow::anyhow;

use crate::course::{self, Course, Problem, Step};
use crate::judge;
use crate::learner::{Event, Progress, Session};
use crate::sandbox::probe::{LearnerSeen, Prober};
use crate::sandbox::toolchain::{self, ToolchainError};
use crate::sandbox::{Dirs, Toolchain, environment};
use crate::store::{CourseSource, Log, Settings};

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

/// Opens the course of `source` with the progress kept in `dirs`.
///
/// # Errors
/// A sentence with its mend: there is no course, or its progress cannot be used.
pub fn open(dirs: &Dirs, source: &CourseSource) -> anyhow::Result<Opened> {
    let loaded = course::load(&source.read()?);
    let Some(course) = loaded.course else {
        let first = loaded.problems.first().map_or_else(|| "it is empty".to_owned(), ToString::to_string);
        return Err(anyhow!("{} cannot be opened: {first}", source.name()));
    };
    if course.lessons().next().is_none() {
        return Err(anyhow!("{} has no lessons; `haveago check` tells what is wrong with it", source.name()));
    }
    let log = Log::open(&dirs.state, &course.id)?;
    Ok(Opened { course, problems: loaded.problems, progress: log.progress, log: log.log, notice: log.notice })
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
