//! gofmt on a text: what it would write, or what it complains of first.

use std::path::Path;
use std::time::Duration;

use super::check::{self, Place};
use super::confine::Class;
use super::process::Job;
use crate::go::diagnostic::{self, Diagnostic};

/// gofmt answers in milliseconds; one that does not is not waited for.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Bytes of the largest text that is formatted: of a longer output only the beginning and the end are kept.
const LARGEST: u64 = 1 << 20;

/// What gofmt makes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formatted {
    /// The text as gofmt writes it.
    Text(String),
    /// The text is no Go; the first complaint, where it could be read.
    Refused(Option<Diagnostic>),
    /// There is no gofmt that could be asked.
    NotAsked,
}

/// Formats `text` with the gofmt that the `PATH` of `env` leads to, run in the learner's folder `dir` and confined to it.
#[must_use]
pub fn format(text: &str, dir: &Path, env: &[(String, String)]) -> Formatted {
    let job = Job { argv: &["gofmt".to_owned()], dir, env, stdin: text, timeout: TIMEOUT, output_limit: LARGEST };
    let seen = check::run(&job, Place { root: dir, also: dir, class: Class::Go });
    match (seen.exit, seen.stopped) {
        (0, None) => Formatted::Text(seen.stdout),
        (126 | 127, None) | (_, Some(_)) => Formatted::NotAsked,
        (_, None) => Formatted::Refused(diagnostic::read(&seen.stderr).into_iter().next()),
    }
}
