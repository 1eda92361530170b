//! The process that sends the requests of a check to the command, from beside it.

use std::io::{PipeWriter, Write};
use std::time::{Duration, Instant};

use super::sys;
use crate::sandbox::probe::server;

/// Sends the requests, one after the other, and writes each answer into a line of its own.
pub(super) fn run(asks: &[server::Ask], patience: Duration, mut answers: PipeWriter) -> ! {
    sys::give_signals_back();
    let deadline = Instant::now() + patience;
    for ask in asks {
        // When the command ends, this process is ended as well.
        let answer = server::answer(ask, deadline, &|| false);
        let line = serde_json::to_string(&answer).unwrap_or_default();
        if writeln!(answers, "{line}").is_err() {
            break;
        }
    }
    std::process::exit(0);
}
