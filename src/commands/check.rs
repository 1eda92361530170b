//! `haveago check`: proves a course, and tells every problem with its place and its mend.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{Outcome, output, print};
use crate::author::{self, Memo, Report};
use crate::course;
use crate::sandbox::{self, Dirs, confine};
use crate::store::{CourseSource, Settings};
use crate::tutor;

/// Why a course that nothing would confine is not checked.
const UNCONFINED: &str = "a check runs all of its programs, and nothing confines programs on this system; if you trust \
                          this course, add --allow-unconfined";

/// What is to be proved, and how it is told.
#[derive(Debug)]
pub struct Wanted {
    pub course: Option<PathBuf>,
    pub lesson: Vec<String>,
    pub json: bool,
    /// The Go commands to prove it with, in turn; the learner's own when there is none.
    pub go: Vec<PathBuf>,
    /// The course, where `course` names none.
    pub source: CourseSource,
}

pub fn run(dirs: &Dirs, wanted: Wanted) -> Result<Outcome> {
    let Wanted { course, mut lesson, json, go, mut source } = wanted;
    match course {
        // `haveago check 1.3` means a lesson, though a course comes first.
        Some(word) if lesson.is_empty() && !looks_like_folder(&word) => {
            lesson.push(word.to_string_lossy().into_owned());
        }
        Some(folder) => source = CourseSource::Folder(folder),
        None => {}
    }
    let mut settings = Settings::load(&dirs.state)?;
    let lesson = (!lesson.is_empty()).then(|| lesson.join(" "));
    let is_watched = io::stderr().is_terminal();
    let mut progress = |line: &str| {
        if is_watched {
            output::tell(line);
        }
    };
    // What cannot be read at all is this call's fault, and no problem in a file.
    let course = course::load(&source.read()?).course.map_or_else(String::new, |course| course.id);
    if confine::unanswered().is_some() {
        bail!("{} is not checked: {UNCONFINED}", source.name());
    }
    let memo = Memo::in_folder(dirs.cache.join("proofs"));
    let mut reports = Vec::new();
    for go in if go.is_empty() { vec![settings.go.take()] } else { go.into_iter().map(Some).collect() } {
        settings.go = go;
        let (toolchain, env) = tutor::surroundings(dirs, &course, &settings);
        let toolchain = toolchain?;
        sandbox::fill_cache(dirs, &course, &toolchain);
        let version = toolchain.version;
        let report = author::check(&source, lesson.as_deref(), &env, &memo, &mut progress);
        if !json {
            print(&format!("{}Go {version}: {}", report.details(), report.summary()))?;
        }
        reports.push(report);
    }
    if let (true, [one]) = (json, reports.as_slice()) {
        print(&(serde_json::to_string_pretty(one)? + "\n"))?;
    } else if json {
        print(&(serde_json::to_string_pretty(&reports)? + "\n"))?;
    }
    Ok(if reports.iter().all(Report::is_proved) { Outcome::Done } else { Outcome::FellShort })
}

fn looks_like_folder(word: &std::path::Path) -> bool {
    word.is_dir() || word.components().count() > 1 || word.to_string_lossy().ends_with(['/', '\\'])
}
