//! Who goes first: a command that somebody waits for, always. What is built beforehand is ended when one comes, and goes on
//! when there is none.

use std::process::Child;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::sandbox::process::group;

/// After a command there is often another at once: the look at what came of it.
const BREATH: Duration = Duration::from_millis(300);

struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// Commands that run.
    first: usize,
    /// Nothing is to be built any more: this program ends.
    is_closed: bool,
    /// The helper that builds.
    child: Option<Child>,
    /// It was told to end.
    is_ended: bool,
}

static GATE: Gate = Gate {
    state: Mutex::new(State { first: 0, is_closed: false, child: None, is_ended: false }),
    changed: Condvar::new(),
};

fn lock() -> MutexGuard<'static, State> {
    // Nothing in here panics half-way.
    GATE.state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A command that goes first, as long as this is kept.
#[derive(Debug)]
pub(crate) struct First(());

impl First {
    pub fn come() -> Self {
        let mut state = lock();
        state.first += 1;
        state.end_child();
        Self(())
    }
}

impl Drop for First {
    fn drop(&mut self) {
        lock().first -= 1;
        GATE.changed.notify_all();
    }
}

impl State {
    fn end_child(&mut self) {
        if let Some(child) = &mut self.child {
            self.is_ended = true;
            if !group::ask_to_end(child.id()) {
                group::kill(child);
            }
        }
    }
}

/// Waits until no command has run for a breath; false when this program ends.
pub(super) fn pass() -> bool {
    let mut state = lock();
    loop {
        while state.first > 0 && !state.is_closed {
            state = GATE.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.is_closed {
            return false;
        }
        let (now, waited) = GATE.changed.wait_timeout(state, BREATH).unwrap_or_else(PoisonError::into_inner);
        state = now;
        if waited.timed_out() && state.first == 0 {
            return !state.is_closed;
        }
    }
}

/// Lets the helper build, until [`release`]; it is ended at once where a command has come meanwhile.
pub(super) fn hold(child: Child) {
    let mut state = lock();
    state.child = Some(child);
    state.is_ended = false;
    if state.first > 0 || state.is_closed {
        state.end_child();
    }
}

/// The helper again, and whether it was told to end.
pub(super) fn release() -> Option<(Child, bool)> {
    let mut state = lock();
    let is_ended = state.is_ended;
    state.child.take().map(|child| (child, is_ended))
}

/// Ends what is being built, for good.
pub fn close() {
    let mut state = lock();
    state.is_closed = true;
    state.end_child();
    GATE.changed.notify_all();
}
