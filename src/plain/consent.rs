//! The question whether programs may run though nothing confines them, as numbered lines.

use std::io::{self, Write};

use super::face::{Face, say};
use crate::base::prose::sentence;
use crate::sandbox::confine;

const ANSWERS: &str = "1. Run it, and what I run until I leave\n2. Run it, and always in this course\n3. Not now\n";

impl Face<'_> {
    /// Whether a command may run; asks where nobody has said so yet.
    ///
    /// # Errors
    /// When standard input cannot be read, or standard output cannot be written.
    pub fn may_run(&mut self) -> io::Result<bool> {
        if self.consent.is_given() {
            confine::allow_unconfined();
        }
        if confine::unanswered().is_none() {
            return Ok(true);
        }
        say(confine::UNCONFINED)?;
        write!(io::stdout(), "{ANSWERS}")?;
        loop {
            write!(io::stdout(), "Type 1, 2 or 3: ")?;
            io::stdout().flush()?;
            let Some(line) = self.input.line()? else {
                writeln!(io::stdout())?;
                return Ok(false);
            };
            if !self.input.is_terminal {
                writeln!(io::stdout(), "{line}")?;
            }
            match line.trim() {
                "1" => break,
                "2" => {
                    if let Err(error) = self.consent.keep() {
                        say(&sentence(&format!("your yes cannot be kept for the next time: {error}")))?;
                    }
                    break;
                }
                "3" => {
                    say("Nothing is run. You can read on; the next command asks again.")?;
                    return Ok(false);
                }
                _ => {}
            }
        }
        confine::allow_unconfined();
        Ok(true)
    }
}
