//! The pipes between the supervisor and the confined side, each with its two ends.

use std::io::{self, Read, Write};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::Signal;

use super::init;

/// Bytes of an outcome at most; an environment is smaller.
const REPORT: usize = 8 << 20;

/// The ends of pipes that the confined side has.
#[derive(Debug)]
pub(super) struct ChildEnds {
    /// Takes the reason why nothing is run; closed when all is ready.
    pub setup: io::PipeWriter,
    /// Takes the outcome of a line.
    pub report: io::PipeWriter,
    /// Takes the answers to requests, where they can be sent from inside only.
    pub answers: Option<io::PipeWriter>,
    /// Ends with the supervisor.
    pub lifeline: io::PipeReader,
}

/// What the first process says when it has come to life in a root that another program has made.
pub(super) const ALIVE: u8 = b'\n';

impl ChildEnds {
    /// Sees to it that this process does not outlive its parent.
    pub(super) fn die_with_parent(&self) -> io::Result<()> {
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
        // It may have died before it could be said.
        let mut ends = [PollFd::new(&self.lifeline, PollFlags::IN)];
        if poll(&mut ends, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))? > 0 {
            std::process::exit(init::REFUSED);
        }
        Ok(())
    }

    /// Tells why nothing is run, and ends.
    pub(super) fn refuse(mut self, why: &str) -> ! {
        // When nobody hears it, nobody waits for it.
        let _ = self.setup.write_all(why.as_bytes());
        std::process::exit(init::REFUSED);
    }

    /// Says that there is a process of ours in the root.
    pub(super) fn come_alive(&mut self) -> io::Result<()> {
        self.setup.write_all(&[ALIVE])
    }

    /// All is ready; what is left is the end that takes the outcome.
    pub(super) fn ready(self) -> io::PipeWriter {
        self.report
    }
}

/// A pipe from the confined side, and what has come from it.
#[derive(Debug)]
pub(super) struct Inlet {
    pub reader: io::PipeReader,
    pub bytes: Vec<u8>,
    pub is_open: bool,
}

impl Inlet {
    pub(super) fn new(reader: io::PipeReader) -> io::Result<Self> {
        rustix::io::ioctl_fionbio(&reader, true)?;
        Ok(Self { reader, bytes: Vec::new(), is_open: true })
    }

    /// Takes in what there is, without waiting.
    pub(super) fn take(&mut self) {
        let mut buffer = vec![0; 64 << 10];
        while self.is_open {
            match self.reader.read(&mut buffer) {
                Ok(size) if size > 0 && self.bytes.len() + size <= REPORT => {
                    self.bytes.extend_from_slice(&buffer[..size]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Ok(_) | Err(_) => self.is_open = false,
            }
        }
    }
}
