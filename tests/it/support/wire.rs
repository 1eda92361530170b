//! The program on a pseudo-terminal whose other end a test holds itself: it reads when it likes, and may hang up.

use std::io::{Read, Write};
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use haveago::term::emulator::Emulator;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::faults::Ground;

const SIZE: (u16, u16) = (120, 36);
/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Wire {
    /// Our end; none once it is closed.
    end: Option<End>,
    child: Box<dyn Child + Send + Sync>,
    emulator: Emulator,
    /// Bytes that were read.
    pub bytes: usize,
}

struct End {
    master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    writer: Box<dyn Write + Send>,
}

impl Wire {
    /// The program with the ground's course, started by this shell line, which gets it as `"$@"`.
    pub fn start(ground: &Ground, line: &str) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows: SIZE.1, cols: SIZE.0, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line, "sh", super::haveago(), "--allow-unconfined", "--course"]);
        command.arg(ground.course());
        let data = ground.data().to_string_lossy().into_owned();
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("LC_ALL", "C.UTF-8"),
            ("HAVEAGO_DATA", &data),
            (haveago::sandbox::warm::VARIABLE, "off"),
        ] {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let emulator = Emulator::new(SIZE.0, SIZE.1, 0);
        Self { end: Some(End { master: pair.master, reader, writer }), child, emulator, bytes: 0 }
    }

    /// The process id of the program, where the shell line ends in `exec`.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    pub fn type_text(&mut self, text: &str) {
        let end = self.end.as_mut().expect("it is open");
        end.writer.write_all(text.as_bytes()).expect("the terminal takes input");
    }

    /// Reads at most so many bytes, if any come in this time.
    /// Answers whether any did.
    pub fn read(&mut self, most: usize, within: Duration) -> bool {
        let Some(end) = &mut self.end else { return false };
        let Some(fd) = end.master.as_raw_fd() else { return false };
        #[expect(unsafe_code, reason = "the master is open as long as this is")]
        // SAFETY: `master` owns the descriptor and outlives the borrow.
        let fd = unsafe { BorrowedFd::borrow_raw(fd) };
        let timeout = Timespec { tv_sec: within.as_secs().cast_signed(), tv_nsec: within.subsec_nanos().into() };
        if poll(&mut [PollFd::new(&fd, PollFlags::IN)], Some(&timeout)).unwrap_or(0) == 0 {
            return false;
        }
        let mut buffer = vec![0; most];
        let Ok(count) = end.reader.read(&mut buffer) else { return false };
        self.bytes += count;
        let reply = self.emulator.feed(&buffer[..count]);
        if !reply.is_empty() {
            self.type_text(&String::from_utf8_lossy(&reply));
        }
        count > 0
    }

    /// Whether the program runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().expect("it can be waited for").is_none()
    }

    /// Asks the program to end, as the system does when it is shut down.
    pub fn end(&self) {
        let pid = i32::try_from(self.pid()).ok().and_then(rustix::process::Pid::from_raw).expect("it has a number");
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it is told");
    }

    /// Whether a process of the ground has these words in its command line.
    pub fn has_child(words: &str) -> bool {
        let processes = std::fs::read_dir("/proc").expect("the processes");
        let has = |path: std::path::PathBuf| {
            std::fs::read(path.join("cmdline")).is_ok_and(|line| String::from_utf8_lossy(&line).contains(words))
        };
        processes.flatten().any(|process| has(process.path()))
    }

    /// Whether the terminal is on its own screen again, with a cursor to see.
    pub fn is_given_back(&self) -> bool {
        !self.emulator.alternate_screen() && self.emulator.cursor().is_some()
    }

    /// Reads all that comes until `text` is on the screen.
    pub fn wait(&mut self, text: &str) {
        self.until(text, |screen| screen.contains(text));
    }

    /// … until the screen is as wanted.
    pub fn until(&mut self, wanted: &str, is_so: impl Fn(&str) -> bool) {
        let began = Instant::now();
        while !is_so(&self.screen()) {
            assert!(began.elapsed() < PATIENCE, "waited for {wanted}; the screen:\n{}", self.screen());
            self.read(64 * 1024, Duration::from_millis(200));
        }
    }

    pub fn screen(&self) -> String {
        let area = Rect::new(0, 0, SIZE.0, SIZE.1);
        let mut buffer = Buffer::empty(area);
        self.emulator.draw(self.emulator.screen_top(), area, &mut buffer);
        let row = |y| (0..SIZE.0).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..SIZE.1).map(|y| row(y).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// Closes the terminal; how long the program took to end then.
    pub fn hang_up(&mut self) -> Duration {
        self.end = None;
        self.ended()
    }

    /// Waits for the program's end, and reads nothing meanwhile; how long that took.
    pub fn ended(&mut self) -> Duration {
        let began = Instant::now();
        while self.runs() {
            assert!(began.elapsed() < PATIENCE, "the program runs on");
            std::thread::sleep(Duration::from_millis(2));
        }
        began.elapsed()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
