//! What comes out of the terminal, handed on in order, and the moment after the last of it.

use std::io::{ErrorKind, Read};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long the terminal may stay silent, once everything that should write to it has ended, before it is given up:
/// something that left the session may hold it open for ever.
const LINGER: Duration = Duration::from_millis(300);
/// More than any terminal holds back: what comes beyond it is written by something that left the session.
const HELD_BACK: u64 = 1 << 20;

/// Between the thread that reads and the one that waits for the end.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    /// Nothing is handed on any more.
    closed: bool,
    bytes: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Reading,
    Delivering,
    Finished,
}

impl Gate {
    /// Hands on what comes until there is no more.
    pub(super) fn deliver(&self, mut reader: impl Read, mut on_output: impl FnMut(Vec<u8>)) {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(size) => {
                    if !self.enter(size) {
                        break;
                    }
                    on_output(buffer[..size].to_vec());
                    self.set(Phase::Reading);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        self.set(Phase::Finished);
    }

    /// Waits until the last output is handed on; what comes after this has returned is nobody's.
    pub(super) fn await_last(&self) {
        let mut state = self.lock();
        let at_end = state.bytes;
        while state.phase != Phase::Finished {
            let before = state.bytes;
            let (next, timeout) = self.changed.wait_timeout(state, LINGER).unwrap_or_else(PoisonError::into_inner);
            state = next;
            let is_silent = timeout.timed_out() && state.phase == Phase::Reading && state.bytes == before;
            if is_silent || state.bytes - at_end > HELD_BACK {
                state.closed = true;
                break;
            }
        }
        while state.phase == Phase::Delivering {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn enter(&self, size: usize) -> bool {
        let mut state = self.lock();
        if state.closed {
            return false;
        }
        state.phase = Phase::Delivering;
        state.bytes += size as u64;
        true
    }

    fn set(&self, phase: Phase) {
        self.lock().phase = phase;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
