//! What was asked for on the command line → done, with an exit status.

mod catch_up;
mod check;
mod doctor;
mod explain;
mod go;
mod output;
mod progress;

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::cli::{self, Cli, Command};
use crate::course::model::LessonIndex;
use crate::sandbox::{Dirs, confine};
use crate::store::progress::now;
use crate::store::{Consent, CourseSource, Settings};
use crate::tutor::{self, Opened, lookup};
use crate::{plain, tui};

pub use output::{print, tell};

/// Wrong usage: a sentence that says what to write instead.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(String);

/// What came of a command that could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// What was asked for fell short, and has been told: a course has problems.
    FellShort,
}

/// Carries out what was asked for.
///
/// # Errors
/// [`Usage`] when it is wrongly asked for, else why it cannot be done; each is a sentence that says what to do.
pub fn run(cli: Cli) -> Result<Outcome> {
    if cli.places.allow_unconfined {
        confine::allow_unconfined();
    }
    let source = source_of(cli.places.course);
    // An empty HAVEAGO_DATA is none.
    let data = cli.places.data.filter(|data| !data.as_os_str().is_empty());
    let dirs = || Dirs::find(data.as_deref());
    match cli.command {
        None if cli.plain => {
            let dirs = dirs()?;
            let (settings, fault) = Settings::load_what_holds(&dirs.state);
            let mut opened = tutor::open(&dirs, &source)?;
            opened.notice = opened.notice.into_iter().chain(fault).reduce(|one, other| format!("{one} {other}"));
            let lesson = wanted_lesson(&opened, &cli.lesson)?;
            let consent = Consent::of(&dirs.state, &source);
            plain::run(plain::Options { dirs, opened, lesson, source, settings, consent })?;
            Ok(Outcome::Done)
        }
        None => learn(dirs()?, source, &cli.lesson),
        Some(Command::Contents) => {
            let opened = tutor::open(&dirs()?, &source)?;
            tell_notice(opened.notice.as_deref());
            print(&tutor::contents::text(&opened.course, &opened.progress, crate::base::goos()))?;
            Ok(Outcome::Done)
        }
        Some(Command::Search { words }) => {
            let course = tutor::read(&source)?.course;
            match tutor::search::text(&course, &words.join(" "), crate::base::goos()) {
                Ok(text) => print(&text)?,
                Err(sentence) => bail!(sentence),
            }
            Ok(Outcome::Done)
        }
        Some(Command::Progress { json }) => {
            let opened = tutor::open(&dirs()?, &source)?;
            tell_notice(opened.notice.as_deref());
            let report = progress::Report::new(&opened.course, &opened.progress, crate::base::goos(), now());
            print(&if json { report.json() } else { report.text() })?;
            Ok(Outcome::Done)
        }
        Some(Command::Review) => {
            let opened = tutor::open(&dirs()?, &source)?;
            tell_notice(opened.notice.as_deref());
            plain::review(opened)?;
            Ok(Outcome::Done)
        }
        Some(Command::Goto { lesson }) => catch_up::goto(dirs()?, source, &lesson),
        Some(Command::Reset { lesson, undo }) => catch_up::reset(dirs()?, source, &lesson, undo),
        Some(Command::Check { folder, only, json, go }) => {
            check::run(&dirs()?, check::Wanted { course: folder, lesson: only, json, go, source })
        }
        Some(Command::Doctor { json }) => doctor::run(dirs()?, json),
        Some(Command::Explain { words }) => explain::run(&words),
        Some(Command::Go { what }) => go::run(&dirs()?, &what),
        Some(Command::Completions { shell }) => {
            print(&String::from_utf8_lossy(&cli::completions(shell)))?;
            Ok(Outcome::Done)
        }
    }
}

/// An error with its causes. One that its own sentence quotes is not told twice.
#[must_use]
pub fn sentence(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match (told.as_str(), cause) {
        ("", cause) => cause,
        (said, cause) if said.contains(&cause) => told,
        (said, cause) => format!("{said}: {cause}"),
    })
}

/// The full screen, on a terminal that can draw it.
fn learn(dirs: Dirs, source: CourseSource, words: &[String]) -> Result<Outcome> {
    // A lesson that is not there is told in any case, terminal or not.
    let start = if words.is_empty() {
        tui::Start::WhereLast
    } else {
        let opened = tutor::open(&dirs, &source)?;
        match wanted_lesson(&opened, words)? {
            Some(lesson) => tui::Start::Lesson(Box::new(opened), lesson),
            None => tui::Start::WhereLast,
        }
    };
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        bail!(Usage(
            "this needs a terminal to draw its screen in; `haveago --plain` is the same course line by line".to_owned()
        ));
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        bail!(Usage(
            "this terminal cannot draw a screen (TERM is `dumb`); `haveago --plain` is the same course line by line"
                .to_owned()
        ));
    }
    let (settings, notice) = Settings::load_what_holds(&dirs.state);
    // Only for finding it: where it cannot be laid, the defaults hold all the same.
    let _ = Settings::lay_template(&dirs.state);
    tui::run(&tui::Options { dirs, source, settings, notice }, start)?;
    Ok(Outcome::Done)
}

/// The lesson that the words on the command line mean, if there are any.
fn wanted_lesson(opened: &Opened, words: &[String]) -> Result<Option<LessonIndex>> {
    if words.is_empty() {
        return Ok(None);
    }
    let text = words.join(" ");
    let found = lookup::lesson(&opened.course, &text).map_err(|sentence| {
        let commands = cli::command_names();
        match crate::base::nearest::nearest(&text, commands.iter().map(String::as_str)) {
            Some(near) if !sentence.contains("did you mean") => {
                Usage(format!("there is no lesson or command `{text}`; did you mean `haveago {near}`?"))
            }
            Some(_) | None => Usage(sentence),
        }
    })?;
    Ok(Some(found))
}

fn source_of(course: Option<PathBuf>) -> CourseSource {
    course.map_or(CourseSource::Embedded, CourseSource::Folder)
}

/// A sentence beside the output that was asked for.
fn tell_notice(notice: Option<&str>) {
    if let Some(notice) = notice {
        tell(notice);
    }
}
