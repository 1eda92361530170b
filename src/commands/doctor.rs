//! `haveago doctor`: whether this machine has all that learning needs.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};

use anyhow::Result;
use serde::Serialize;

use super::{Outcome, print};
use crate::base::width::width;
use crate::sandbox::Dirs;
use crate::sandbox::doctor::measured::Terminal;
use crate::sandbox::doctor::{self, Grade, Line, Patient};
use crate::store::Settings;

mod asked;

/// What `--json` prints. Other programs read it: fields are added, never renamed or removed.
#[derive(Debug, Serialize)]
struct Report<'a> {
    format: u32,
    ready: bool,
    lines: &'a [Line],
}

pub fn run(dirs: Dirs, json: bool) -> Result<Outcome> {
    let (go, fault) = match Settings::load(&dirs.state) {
        Ok(settings) => (settings.go, None),
        Err(error) => (None, Some(wrong_settings(&error.to_string()))),
    };
    let patient = Patient { dirs, go, terminal: terminal() };
    let mut lines = Vec::new();
    let mut told = Ok(());
    let mut tell = |line| {
        if !json && told.is_ok() {
            told = print(&text(&line));
        }
        lines.push(line);
    };
    fault.into_iter().for_each(&mut tell);
    doctor::examine(&patient, &mut tell);
    told?;
    let ready = doctor::is_ready(&lines);
    print(&if json {
        serde_json::to_string_pretty(&Report { format: 1, ready, lines: &lines })? + "\n"
    } else {
        format!("\n{}\n", doctor::verdict(&lines))
    })?;
    Ok(if ready { Outcome::Done } else { Outcome::FellShort })
}

/// Settings that cannot be read, and what they say about Go is not known then.
fn wrong_settings(sentence: &str) -> Line {
    let (says, mend) = sentence.rsplit_once("; ").unwrap_or((sentence, "correct them"));
    Line { about: "Settings", grade: Grade::Stop, says: says.to_owned(), mend: Some(mend.to_owned()) }
}

fn terminal() -> Terminal {
    let is_terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
    let size = is_terminal.then(|| crossterm::terminal::size().ok()).flatten();
    let seen = Terminal::of_environment(size);
    let can_answer = size.is_some() && seen.term.as_deref().is_some_and(|term| term != "dumb");
    let (wide, pastes) = if can_answer { asked::terminal() } else { (None, None) };
    Terminal { wide, pastes, ..seen }
}

/// Columns of the text.
const COLUMNS: usize = 78;

/// `good  Go: …`, and below what is not good what to do.
fn text(line: &Line) -> String {
    let grade = match line.grade {
        Grade::Good => "good",
        Grade::Note => "note",
        Grade::Stop => "STOP",
    };
    let mut text = wrapped(&format!("{grade}  "), &format!("{}: {}", line.about, line.says));
    if let Some(mend) = &line.mend {
        text.push_str(&wrapped("      Do: ", mend));
    }
    text
}

/// The words after `first`, each further line indented as far.
fn wrapped(first: &str, words: &str) -> String {
    let mut text = String::new();
    let mut line = first.to_owned();
    let indent = " ".repeat(width(first));
    let mut is_empty = true;
    for word in words.split_whitespace() {
        if !is_empty && width(&line) + 1 + width(word) > COLUMNS {
            let _ = writeln!(text, "{line}");
            line.clone_from(&indent);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    let _ = writeln!(text, "{line}");
    text
}
