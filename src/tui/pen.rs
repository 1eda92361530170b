//! What is written to the terminal, by a thread of its own: who draws never waits for a terminal that is slow.

use std::io::{self, Stdout, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::thread;

/// Bytes that are written at once; between two such pieces a frame that nobody waits for any more can be given up.
const PIECE: usize = 4096;
/// How long the terminal may take for the rest, when it is to be given back.
const PATIENCE: Duration = Duration::from_millis(500);

/// Takes what is written, and hands it on when it is flushed. Neither ever waits.
#[derive(Debug)]
pub struct Pen {
    ink: Vec<u8>,
    desk: Arc<Desk>,
}

/// What became of the last that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Nothing,
    /// The rest of it is given up, wherever it was cut.
    CutShort,
    /// The terminal takes nothing at all: whoever writes to it waits for ever.
    Stuck,
}

/// Between the one who draws and the thread that writes.
#[derive(Debug, Default)]
pub struct Desk {
    paper: Mutex<Paper>,
    changed: Condvar,
}

#[derive(Default)]
struct Paper {
    /// To be written.
    waiting: Vec<u8>,
    is_writing: bool,
    /// What waits is not wanted any more, and nothing comes after it.
    is_over: bool,
    /// Why the terminal takes nothing any more.
    fault: Option<io::Error>,
    /// Called once, when all is written.
    wake: Option<Box<dyn FnOnce() + Send>>,
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Paper").field("waiting", &self.waiting.len()).finish_non_exhaustive()
    }
}

impl Pen {
    /// One that writes to the standard output.
    pub fn new() -> Self {
        let desk = Arc::new(Desk::default());
        let theirs = desk.clone();
        thread::spawn("pen", move || theirs.write_all(&io::stdout()));
        Self { ink: Vec::new(), desk }
    }

    /// What it writes on.
    pub fn desk(&self) -> Arc<Desk> {
        self.desk.clone()
    }
}

impl Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.ink.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut paper = self.desk.lock();
        if let Some(fault) = paper.fault.take() {
            return Err(fault);
        }
        if !self.ink.is_empty() {
            paper.waiting.append(&mut self.ink);
            self.desk.changed.notify_all();
        }
        Ok(())
    }
}

impl Drop for Pen {
    fn drop(&mut self) {
        self.desk.put_down();
    }
}

impl Paper {
    fn is_free(&self) -> bool {
        (self.waiting.is_empty() && !self.is_writing) || self.fault.is_some() || self.is_over
    }
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Paper> {
        self.paper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether all that was handed on is written. Where it is not, `wake` is called as soon as it is.
    pub fn is_free_or(&self, wake: impl FnOnce() + Send + 'static) -> bool {
        let mut paper = self.lock();
        let is_free = paper.is_free();
        paper.wake = if is_free { None } else { Some(Box::new(wake)) };
        is_free
    }

    /// Waits until all that was handed on is written, at most for `patience`.
    pub fn await_free(&self, patience: Duration) {
        // Who draws next asks whether it is.
        drop(self.changed.wait_timeout_while(self.lock(), patience, |paper| !paper.is_free()));
    }

    /// Waits a while until all is written, and ends the writing. What a slow terminal has not taken by then is given up,
    /// as far as it can be.
    pub fn put_down(&self) -> Left {
        let wait = |paper, is_more: fn(&mut Paper) -> bool| {
            self.changed.wait_timeout_while(paper, PATIENCE, is_more).unwrap_or_else(PoisonError::into_inner).0
        };
        let mut paper = wait(self.lock(), |paper| !paper.is_free());
        let is_given_up = !paper.is_free();
        paper.is_over = true;
        drop(paper);
        self.changed.notify_all();
        if !is_given_up {
            return Left::Nothing;
        }
        // What the system holds back for it goes.
        #[cfg(unix)]
        let _ = rustix::termios::tcflush(io::stdout(), rustix::termios::QueueSelector::OFlush);
        if wait(self.lock(), |paper| paper.is_writing).is_writing { Left::Stuck } else { Left::CutShort }
    }

    /// Writes what comes, until it is over.
    fn write_all(&self, out: &Stdout) {
        let mut paper = self.lock();
        loop {
            while paper.waiting.is_empty() && !paper.is_over {
                paper = self.changed.wait(paper).unwrap_or_else(PoisonError::into_inner);
            }
            if paper.is_over {
                return;
            }
            let rest = std::mem::take(&mut paper.waiting);
            paper.is_writing = true;
            drop(paper);
            let written = self.write(out, &rest);
            paper = self.lock();
            paper.is_writing = false;
            paper.fault = paper.fault.take().or(written.err());
            let wake = if paper.is_free() { paper.wake.take() } else { None };
            self.changed.notify_all();
            if let Some(wake) = wake {
                drop(paper);
                wake();
                paper = self.lock();
            }
        }
    }

    fn write(&self, out: &Stdout, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            let mut out = out.lock();
            out.write_all(piece)?;
            out.flush()?;
            drop(out);
            if self.lock().is_over {
                break;
            }
        }
        Ok(())
    }
}
