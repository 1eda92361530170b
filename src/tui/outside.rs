//! The learner's own editor, started with the learner's own environment: in the terminal, which is lent to it, or in a
//! window beside.

use std::io;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crossbeam_channel::Sender;

use crate::sandbox::own_editor::{Start, Takes};

use super::input::Gate;
use super::msg::Msg;
use super::screen::{self, Screen};
use super::thread;

/// What is needed to start editors, and the one that has the terminal.
#[derive(Debug)]
pub struct Outside {
    gate: Arc<Gate>,
    tell: Sender<Msg>,
    /// The process number of the editor that has the terminal; 0 when none has.
    guest: Arc<AtomicU32>,
}

impl Outside {
    /// Editors whose ends are told to `tell`; keys are kept from us by `gate` while one has the terminal.
    #[must_use]
    pub fn new(gate: Arc<Gate>, tell: Sender<Msg>) -> Self {
        Self { gate, tell, guest: Arc::default() }
    }

    /// Starts an editor. One that cannot be started has ended at once, with a sentence that says so.
    pub fn start(&mut self, screen: &mut Screen, start: &Start) {
        match start.takes {
            Takes::Terminal if screen.is_lent() => {}
            Takes::Terminal => {
                self.gate.close();
                screen.lend();
                self.watch(command(start).spawn(), start, true);
            }
            Takes::Window => {
                let mut command = command(start);
                command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
                #[cfg(unix)]
                std::os::unix::process::CommandExt::process_group(&mut command, 0);
                self.watch(command.spawn(), start, false);
            }
        }
    }

    /// Takes the terminal back from an editor that has ended.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn ended(&mut self, screen: &mut Screen) -> io::Result<()> {
        let is_lent = screen.is_lent() && self.guest.load(Ordering::SeqCst) == 0;
        if is_lent {
            screen.take_back()?;
            self.gate.open();
            self.tell_size()?;
        }
        Ok(())
    }

    /// Gives the terminal to the shell and stops, as SIGTSTP asks; back when the shell goes on with us. Where no shell
    /// could, nothing happens.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn suspend(&mut self, screen: &mut Screen) -> io::Result<()> {
        if !has_shell() {
            return Ok(());
        }
        if screen.is_lent() {
            // An editor has it, which is stopped beside us and has given it back itself.
            stop();
            return Ok(());
        }
        self.gate.close();
        screen.lend();
        stop();
        screen.take_back()?;
        self.gate.open();
        self.tell_size()
    }

    /// The terminal may have another size by now, and nothing of ours is on it.
    fn tell_size(&self) -> io::Result<()> {
        let (width, height) = screen::size()?;
        // Nobody takes messages any more when the program is ending.
        let _ = self.tell.send(Msg::Resized(width, height));
        Ok(())
    }

    /// Asks an editor that has the terminal to end, as the terminal is given back to the shell.
    pub fn finish(&self) {
        #[cfg(unix)]
        {
            use rustix::process::{Pid, Signal, kill_process};
            let guest = i32::try_from(self.guest.load(Ordering::SeqCst)).ok();
            if let Some(guest) = guest.filter(|guest| *guest > 0).and_then(Pid::from_raw) {
                // One that has ended in this moment needs no asking.
                let _ = kill_process(guest, Signal::TERM);
            }
        }
    }

    /// Waits for the end, on a thread of its own, and tells it.
    fn watch(&self, child: io::Result<Child>, start: &Start, has_terminal: bool) {
        let name = start.name.clone();
        let (tell, guest) = (self.tell.clone(), self.guest.clone());
        let mut child = match child {
            Ok(child) => child,
            Err(error) => {
                let _ = tell.send(Msg::EditorEnded(Err(format!("Your editor `{name}` cannot be started ({error})."))));
                return;
            }
        };
        if has_terminal {
            guest.store(child.id(), Ordering::SeqCst);
        }
        thread::spawn("own-editor", move || {
            let ended = child.wait();
            if has_terminal {
                guest.store(0, Ordering::SeqCst);
            }
            let result = match ended {
                Ok(status) if status.success() => Ok(()),
                Ok(status) => Err(format!("Your editor `{name}` ended with a fault ({status}).")),
                Err(error) => Err(format!("Your editor `{name}` is lost sight of ({error}).")),
            };
            if has_terminal || result.is_err() {
                let _ = tell.send(Msg::EditorEnded(result));
            }
        });
    }
}

/// Whether our parent would see us stop, and could go on with us: one of the same session, in a group of its own. Where
/// the system's processes are not seen from here, as in a container, numbers of those outside are 0, and rustix has none.
#[cfg(unix)]
#[expect(unsafe_code, reason = "rustix panics where a session or a group is led from outside a container")]
fn has_shell() -> bool {
    // SAFETY: these calls take and give numbers, and touch no memory.
    let (shell, session, group) = unsafe { (libc::getppid(), libc::getsid(0), libc::getpgrp()) };
    // SAFETY: the same.
    let (its_session, its_group) = unsafe { (libc::getsid(shell), libc::getpgid(shell)) };
    // A question about no process would be answered for ourselves.
    shell > 0 && session > 0 && its_session == session && its_group >= 0 && its_group != group
}

#[cfg(not(unix))]
fn has_shell() -> bool {
    false
}

/// Stops us until SIGCONT.
fn stop() {
    #[cfg(unix)]
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
}

fn command(start: &Start) -> Command {
    let mut command = Command::new(&start.program);
    command.args(&start.args).current_dir(&start.dir);
    command
}
