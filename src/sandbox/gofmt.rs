//! gofmt on a text: what it would write, or what it complains of first.

use std::path::Path;
use std::time::Duration;

use super::process::{self, Job};
use crate::go::diagnostic::{self, Diagnostic};

/// gofmt answers in milliseconds; one that does not is not waited for.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Bytes that are read of what it writes.
const OUTPUT_LIMIT: u64 = 8_000_000;

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

/// Formats `text` with the gofmt that the `PATH` of `env` leads to, run in `dir`.
#[must_use]
pub fn format(text: &str, dir: &Path, env: &[(String, String)]) -> Formatted {
    let seen = process::run(&Job {
        argv: &["gofmt".to_owned()],
        dir,
        env,
        stdin: text,
        timeout: TIMEOUT,
        output_limit: OUTPUT_LIMIT,
    });
    match (seen.exit, seen.stopped) {
        (0, None) => Formatted::Text(seen.stdout),
        (127, None) | (_, Some(_)) => Formatted::NotAsked,
        (_, None) => Formatted::Refused(diagnostic::read(&seen.stderr).into_iter().next()),
    }
}
