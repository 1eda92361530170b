//! The line between a story and its program: what is typed goes in, and nothing in between takes keys away.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};

#[cfg(unix)]
use portable_pty::MasterPty;

/// The end of the terminal that is written to. A thread writes: while nobody reads at the other end, it waits for ever.
pub struct Keyboard {
    typed: Sender<Vec<u8>>,
    written: Receiver<io::Result<()>>,
}

impl Keyboard {
    pub fn of(mut writer: Box<dyn Write + Send>) -> Self {
        let (typed, to_write) = channel::<Vec<u8>>();
        let (tell, written) = channel();
        std::thread::spawn(move || {
            while let Ok(bytes) = to_write.recv() {
                if tell.send(writer.write_all(&bytes).and_then(|()| writer.flush())).is_err() {
                    return;
                }
            }
        });
        Self { typed, written }
    }

    pub fn send(&self, bytes: &[u8]) -> io::Result<()> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        self.typed.send(bytes.to_vec()).map_err(|_| gone())?;
        self.written.recv_timeout(super::PATIENCE).map_err(|_| gone())?
    }
}

/// Ctrl-S and Ctrl-Q are keys, as many people set it: to a program that has its lines edited by the system, such as a
/// plain editor, a Ctrl-S would stop all output until Ctrl-Q, which to another program means to leave.
#[cfg(unix)]
pub fn without_flow_control(master: &dyn MasterPty) {
    use rustix::fs::{Mode, OFlags, open};
    use rustix::termios::{InputModes, OptionalActions, tcgetattr, tcsetattr};
    let name = master.tty_name().expect("a pseudo-terminal has a name");
    let tty = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("the terminal opens");
    let mut modes = tcgetattr(&tty).expect("it tells its modes");
    modes.input_modes.remove(InputModes::IXON);
    tcsetattr(&tty, OptionalActions::Now, &modes).expect("it takes them");
}
