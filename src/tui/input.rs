//! Keys, mouse, paste, sizes and signals, turned into messages by threads that only wait.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crossbeam_channel::Sender;
use crossterm::event::{self, Event, KeyEventKind};

use super::msg::Msg;
use super::thread;

/// How long the reader of keys may take to let go of the terminal.
const LETTING_GO: Duration = Duration::from_millis(500);
/// How often it looks whether it must, where nothing can wake it.
#[cfg(not(unix))]
const LOOK: Duration = Duration::from_millis(100);

/// Whether keys are read. While another program has the terminal, they are that program's.
#[derive(Debug, Default)]
pub struct Gate {
    reads: Mutex<Reads>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reads {
    #[default]
    Yes,
    /// It is to stop.
    Stopping,
    /// It has.
    No,
}

impl Gate {
    /// Stops the reading of keys; back when it has stopped.
    pub fn close(&self) {
        *self.reads.lock().unwrap_or_else(PoisonError::into_inner) = Reads::Stopping;
        // A change of size wakes the reader, also where there is none.
        #[cfg(unix)]
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::WINCH);
        let reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        // One that does not let go in time is left alone: the other program gets most of the keys all the same.
        let _ = self.changed.wait_timeout_while(reads, LETTING_GO, |reads| *reads == Reads::Stopping);
    }

    /// Keys are read again.
    pub fn open(&self) {
        *self.reads.lock().unwrap_or_else(PoisonError::into_inner) = Reads::Yes;
        self.changed.notify_all();
    }

    /// Waits while the gate is closed.
    fn pass(&self) {
        let mut reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        while *reads != Reads::Yes {
            *reads = Reads::No;
            self.changed.notify_all();
            reads = self.changed.wait(reads).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Starts listening, as long as the gate is open, to a terminal that was last known to have `size`. The threads end with
/// the program.
pub fn listen(keys: &Sender<Msg>, gate: &Arc<Gate>, size: (u16, u16), signals: Signals) {
    let (to, door) = (keys.clone(), gate.clone());
    thread::spawn("keys", move || {
        let fault = loop {
            match next(&door) {
                Ok(event) => {
                    if is_refused(event, &to) {
                        return;
                    }
                }
                Err(error) => break error,
            }
        };
        // Nobody is left to tell when this cannot be sent: the program is ending.
        let _ = to.send(if is_gone(&fault) { Msg::Hangup } else { Msg::Deaf(fault.to_string()) });
    });
    signals.tell(keys.clone(), size);
}

/// Tells when the terminal is closed, also where no signal does: the reader of keys does not notice, and neither does who
/// draws nothing.
#[cfg(unix)]
pub fn await_hangup(keys: Sender<Msg>) {
    use rustix::event::{PollFd, PollFlags, poll};
    thread::spawn("hangup", move || {
        let stdin = std::io::stdin();
        // No event is asked for: that it is closed is told in any case.
        let mut terminal = [PollFd::new(&stdin, PollFlags::empty())];
        while let Err(rustix::io::Errno::INTR) = poll(&mut terminal, None) {}
        // A system that cannot tell says so at once.
        if terminal[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) {
            // Nobody is left to tell when the program is ending.
            let _ = keys.send(Msg::Hangup);
        }
    });
}

/// Elsewhere the reader of keys notices.
#[cfg(not(unix))]
pub fn await_hangup(_keys: Sender<Msg>) {}

/// Whether nobody takes keys any more.
fn is_refused(event: Event, to: &Sender<Msg>) -> bool {
    message(event).is_some_and(|msg| to.send(msg).is_err())
}

/// Whether the terminal itself is gone; else it is there, and cannot be read.
fn is_gone(fault: &std::io::Error) -> bool {
    #[cfg(unix)]
    return fault.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error());
    #[cfg(not(unix))]
    {
        let _ = fault;
        true
    }
}

/// What an event means, if it means anything. On Windows a key comes twice: pressed, and let go.
fn message(event: Event) -> Option<Msg> {
    Some(match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => return None,
        Event::Key(key) => Msg::Key(key),
        Event::Mouse(mouse) => Msg::Mouse(mouse),
        Event::Paste(text) => Msg::Paste(text),
        // On Unix the signal tells it: the reader of keys is deaf to it in the middle of an escape sequence.
        Event::Resize(..) if cfg!(unix) => return None,
        Event::Resize(width, height) => Msg::Resized(width, height),
        Event::FocusGained | Event::FocusLost => return None,
    })
}

/// The next event of the terminal, as soon as the gate is open.
#[cfg(unix)]
fn next(gate: &Gate) -> std::io::Result<Event> {
    gate.pass();
    event::read()
}

#[cfg(not(unix))]
fn next(gate: &Gate) -> std::io::Result<Event> {
    gate.pass();
    while !event::poll(LOOK)? {
        gate.pass();
    }
    event::read()
}

/// The signals that are for us, none of which ends the program on the spot any more: the terminal would stay as it is then.
#[cfg(unix)]
#[derive(Debug)]
pub struct Signals(Option<signal_hook::iterator::SignalsInfo<signal_hook::iterator::exfiltrator::WithOrigin>>);

#[cfg(unix)]
impl Signals {
    /// Takes them from here on; what comes waits until it can be told.
    #[must_use]
    pub fn take() -> Self {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
        // Where the system refuses, they do what they do to any program.
        Self(signal_hook::iterator::SignalsInfo::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP]).ok())
    }

    /// Tells them to `keys`. A change of size of before they were taken has none any more.
    fn tell(self, keys: Sender<Msg>, size: (u16, u16)) {
        let Some(mut signals) = self.0 else { return };
        thread::spawn("signals", move || {
            let before_us = super::screen::size().ok().filter(|now| *now != size);
            let first = before_us.map(|(width, height)| Msg::Resized(width, height));
            let told = signals.forever().filter_map(|origin| signalled(origin.signal, origin.process.is_some()));
            for msg in first.into_iter().chain(told) {
                if keys.send(msg).is_err() {
                    return;
                }
            }
        });
    }
}

/// Elsewhere the terminal tells sizes, and nothing else comes.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[must_use]
    pub fn take() -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "as on Unix")]
    fn tell(self, _keys: Sender<Msg>, _size: (u16, u16)) {}
}

/// What a signal means. SIGTERM and SIGHUP end the program as Ctrl-Q does: everything saved, the terminal given back;
/// SIGINT and SIGQUIT, too, where another program sends them. Those of the keyboard are for an editor that has the
/// terminal, or had it a moment ago: while we have it, Ctrl-C and Ctrl-\ are keys. SIGWINCH tells the new size, SIGTSTP
/// has us stop.
#[cfg(unix)]
fn signalled(signal: i32, is_sent: bool) -> Option<Msg> {
    use signal_hook::consts::{SIGINT, SIGQUIT, SIGTSTP, SIGWINCH};
    match signal {
        SIGINT | SIGQUIT if !is_sent => None,
        // One that has no size has gone, which SIGHUP tells.
        SIGWINCH => super::screen::size().ok().map(|(width, height)| Msg::Resized(width, height)),
        SIGTSTP => Some(Msg::Suspend),
        _ => Some(Msg::Hangup),
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    use super::message;
    use crate::tui::msg::Msg;

    #[test]
    fn a_key_counts_when_it_is_pressed_and_not_when_it_is_let_go() {
        let key = |kind| KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, kind);
        for kind in [KeyEventKind::Press, KeyEventKind::Repeat] {
            assert!(matches!(message(Event::Key(key(kind))), Some(Msg::Key(_))), "{kind:?}");
        }
        assert!(message(Event::Key(key(KeyEventKind::Release))).is_none());
        assert!(message(Event::FocusLost).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn ctrl_c_for_an_editor_is_not_for_us_however_late_it_is_heard() {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
        for signal in [SIGINT, SIGQUIT] {
            assert!(super::signalled(signal, false).is_none(), "{signal}");
        }
        for (signal, is_sent) in [(SIGINT, true), (SIGQUIT, true), (SIGTERM, true), (SIGHUP, false)] {
            assert!(matches!(super::signalled(signal, is_sent), Some(Msg::Hangup)), "{signal}");
        }
    }
}
