//! `haveago check`: proves a course. Every step fails before its solution and passes after it, and everything a
//! lesson shows is true. Lessons that do not continue one another are proved side by side.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::base::{Place, prose};
use crate::course::model::{Chapter, Lesson, LessonIndex, code_blocks};
use crate::course::{self, Course, Problem};
use crate::go::GoVersion;
use crate::sandbox::process::{self, Job};
use crate::store::source::CourseSource;
use crate::tutor::lookup;

mod code;
mod ground;
mod hints;
mod lesson;
mod memo;
mod report;
mod step;
mod transcript;

pub use memo::Memo;
pub use report::Report;

/// The file that a fault of the whole course is placed in.
const MANIFEST: &str = "course.toml";

/// A chapter's own page in its folder.
const PAGE: &str = "README.md";

/// Proves the course, or one lesson of it (and what that one continues, unreported). `env` is the environment that
/// learners' commands get; `memo` knows what was proved before; `progress` hears a line whenever a lesson is done.
///
/// What cannot be read or run is a [`Problem`] of `course.toml`.
pub fn check(
    source: &CourseSource,
    lesson: Option<&str>,
    env: &[(String, String)],
    memo: &Memo,
    progress: &mut dyn FnMut(&str),
) -> Report {
    let files = match source.read() {
        Ok(files) => files,
        Err(error) => return Report::of(vec![whole(&error.to_string(), "give the folder of a course")]),
    };
    let loaded = course::load(&files);
    let mut report = Report::of(loaded.problems);
    let Some(course) = loaded.course else { return report };
    let only = match lesson.map(|text| lookup::lesson(&course, text)).transpose() {
        Ok(only) => only,
        Err(why) => return Report::of(vec![whole(&why, "name a lesson by its number, its id or its title")]),
    };
    match Lab::new(env) {
        Ok(lab) => {
            let known = Known { files: &files, memo };
            prove(&lab, &course, only, &known, &mut report, progress);
        }
        Err((fault, mend)) => report.problems.push(whole(&fault, &mend)),
    }
    if let Some(lesson) = only.and_then(|only| course.lesson(only)) {
        report.problems.retain(|problem| problem.place.file == lesson.file || &*problem.place.file == MANIFEST);
    }
    report.problems.sort();
    report.problems.dedup();
    report
}

fn whole(fault: &str, mend: &str) -> Problem {
    Problem::new(Place::new(MANIFEST, 1, 1), fault, mend)
}

/// What may have been proved before.
struct Known<'a> {
    files: &'a BTreeMap<String, String>,
    memo: &'a Memo,
}

impl Known<'_> {
    /// Proves a chain, unless it is known; tells each lesson.
    fn prove(&self, lab: &Lab, chain: &[&Lesson], tell: &mut dyn FnMut(Proved)) {
        let key = Memo::key(self.files, chain, lab.version);
        if let Some(proved) = self.memo.recall(key) {
            return proved.into_iter().for_each(tell);
        }
        let mut chain_proved = Vec::new();
        lesson::prove_chain(lab, chain, &mut |proved| chain_proved.push(proved));
        self.memo.remember(key, &chain_proved);
        chain_proved.into_iter().for_each(tell);
    }
}

/// Proves the chains of lessons on all cores.
fn prove(
    lab: &Lab,
    course: &Course,
    only: Option<LessonIndex>,
    known: &Known<'_>,
    report: &mut Report,
    progress: &mut dyn FnMut(&str),
) {
    let pages = if only.is_none() { chapter_pages(course) } else { Vec::new() };
    let mut chains = chains(course, only);
    chains.extend(pages.iter().map(|page| vec![page]));
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..cores.min(chains.len()) {
            let (sender, chains, next) = (sender.clone(), &chains, &next);
            scope.spawn(move || {
                while let Some(chain) = chains.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // The receiver outlives the senders.
                    known.prove(lab, chain, &mut |proved| drop(sender.send(proved)));
                }
            });
        }
        drop(sender);
        for proved in receiver {
            report.add(proved, progress);
        }
    });
}

/// Runs of lessons that continue one another, in order; with `only`, the one run that leads to it.
fn chains(course: &Course, only: Option<LessonIndex>) -> Vec<Vec<&Lesson>> {
    let mut chains: Vec<Vec<&Lesson>> = Vec::new();
    for (at, _, lesson) in course.lessons() {
        match chains.last_mut() {
            Some(chain) if lesson.continues => chain.push(lesson),
            Some(_) | None => chains.push(vec![lesson]),
        }
        if Some(at) == only {
            return chains.pop().into_iter().collect();
        }
    }
    chains
}

/// The chapters' own pages that show code, as lessons without a step.
fn chapter_pages(course: &Course) -> Vec<Lesson> {
    let has_code = |chapter: &&Chapter| !code_blocks(&chapter.page).is_empty();
    let page = |chapter: &Chapter| Lesson {
        id: chapter.id.clone(),
        file: format!("{}/{PAGE}", chapter.folder).into(),
        title: chapter.title.clone(),
        minutes: None,
        goal: None,
        continues: false,
        go: None,
        teaches: Vec::new(),
        os: Vec::new(),
        intro: chapter.page.clone(),
        steps: Vec::new(),
    };
    course.chapters.iter().filter(has_code).map(page).collect()
}

/// What every proof shares: the environment and the Go in it.
#[derive(Debug)]
struct Lab {
    env: Vec<(String, String)>,
    version: GoVersion,
}

impl Lab {
    /// Finds the Go that the environment leads to; else the fault and its mend.
    fn new(env: &[(String, String)]) -> Result<Self, (String, String)> {
        let mut lab = Self { env: env.to_vec(), version: crate::go::version::OLDEST };
        let asked = lab.tool(&["go", "env", "GOVERSION"], &std::env::temp_dir(), "");
        lab.version = GoVersion::parse(&asked.stdout).ok_or_else(|| {
            let fault = "there is no Go on this machine, so that nothing can be proved".to_owned();
            (fault, "install Go from https://go.dev/dl, and check again".to_owned())
        })?;
        Ok(lab)
    }

    /// Whether the lesson is for a newer Go than this one.
    fn is_too_old_for(&self, lesson: &Lesson) -> bool {
        lesson.go.is_some_and(|needed| (self.version.major, self.version.minor) < needed)
    }

    fn tool(&self, words: &[&str], dir: &std::path::Path, stdin: &str) -> crate::judge::evidence::Captured {
        let argv: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let timeout = Duration::from_mins(2);
        process::run(&Job { argv: &argv, dir, env: &self.env, stdin, timeout, output_limit: 8_000_000 })
    }
}

/// What came of one lesson.
#[derive(Debug)]
struct Proved {
    file: String,
    problems: Vec<Problem>,
    steps: usize,
    /// Why it was left out, if it was.
    skipped: Option<String>,
}

impl Proved {
    fn line(&self) -> String {
        match (&self.skipped, self.problems.len()) {
            (Some(why), _) => format!("{}: left out, {why}", self.file),
            (None, 0) => format!("{}: {} proved", self.file, prose::count(self.steps, "step", "steps")),
            (None, count) => format!("{}: {}", self.file, prose::count(count, "problem", "problems")),
        }
    }
}
