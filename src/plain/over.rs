//! A step begun once more: its files as at its start, the learner's own set aside, and brought back.

use std::io;

use super::face::{Face, say};
use crate::base::prose::sentence;
use crate::tutor::catch_up::{self, Means};
use crate::tutor::lookup;

impl Face<'_> {
    /// Lays the step's files as they are at its start.
    pub fn reset(&mut self) -> io::Result<()> {
        if !self.may_run()? {
            return Ok(());
        }
        let missing = "Go is missing; `haveago go install` gets one for haveago alone";
        let no_go = self.go.is_none().then_some(missing);
        let means = Means { dirs: &self.dirs, course: self.course, env: &self.shell.env, no_go };
        let (course, here) = (self.course, self.at);
        let ready = catch_up::make_ready(means, here, self.step, &mut |lesson| {
            if lesson != here {
                // Where nobody reads, the next sentence finds out.
                let _ = say(&format!("Doing lesson {} …", lookup::title(course, lesson)));
            }
        });
        let ready = match ready {
            Ok(ready) => ready,
            Err(error) => return say(&sentence(&error.to_string())),
        };
        let kept = match catch_up::lay(&self.dirs, &self.shell.scratch, &ready) {
            Ok(kept) => kept,
            Err(error) => return say(&sentence(&error.to_string())),
        };
        self.shell.dir.clone_from(&self.shell.scratch.root);
        say(if ready.is_empty {
            "Your folder is empty, as at the start of this step."
        } else {
            "The files are as at the start of this step, by the course's own solutions."
        })?;
        match kept {
            Some(kept) => say(&format!("Your own are kept in {}; :undo brings them back.", kept.display())),
            None => say("There was nothing of yours to set aside."),
        }
    }

    /// Brings back what was set aside last.
    pub fn undo_reset(&mut self) -> io::Result<()> {
        match catch_up::bring_back(&self.dirs, &self.shell.scratch) {
            Ok(None) => say("Nothing of this lesson is set aside."),
            Ok(Some(back)) => {
                self.shell.dir.clone_from(&self.shell.scratch.root);
                say("What was set aside is back in your folder.")?;
                back.kept.map_or(Ok(()), |kept| {
                    say(&format!("What was there until now is kept in {}; :undo exchanges them again.", kept.display()))
                })
            }
            Err(error) => say(&sentence(&error.to_string())),
        }
    }
}
