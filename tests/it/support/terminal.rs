//! The program in a real pseudo-terminal, with a screen to read. It waits for what is to be seen; it never sleeps.

pub mod keys;
mod line;

use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use haveago::term::emulator::{Emulator, MouseReports};
use haveago::tui::layout::{Layout, inside, sandbox_inside};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How long anything may take on a machine that is busy with the rest of the tests.
const PATIENCE: Duration = Duration::from_secs(90);

/// The end of a frame that terminals show at once.
pub const END_OF_FRAME: &str = "\x1b[?2026l";

/// A terminal in which the program runs.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keyboard: line::Keyboard,
    output: Receiver<Vec<u8>>,
    child: Box<dyn Child + Send + Sync>,
    emulator: Emulator,
    size: (u16, u16),
    /// All that the program has written.
    raw: Vec<u8>,
    /// When the program is to be killed, whatever it does.
    doom: Option<Instant>,
}

/// What a story is unwound with when the program was killed as planned.
pub struct Killed;

/// Why what was waited for has not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// The time is over.
    Late,
    /// The program has ended.
    Ended,
}

impl Terminal {
    /// Starts the program with `args` on a screen of `size` (columns, rows), its data in `data`.
    pub fn start(args: &[&str], size: (u16, u16), data: &Path) -> Self {
        Self::start_with(args, size, data, &[])
    }

    /// … with more environment.
    pub fn start_with(args: &[&str], size: (u16, u16), data: &Path, env: &[(&str, &str)]) -> Self {
        let data = data.to_str().expect("folders of tests have names in UTF-8");
        // The warm-up would be one for every test; those that want it say so.
        let own = [("HAVEAGO_DATA", data), (haveago::sandbox::warm::VARIABLE, "off")];
        let env: Vec<(&str, &str)> = own.into_iter().chain(env.iter().copied()).collect();
        Self::of(super::haveago(), args, size, &env)
    }

    /// Any program, on a screen of `size`.
    pub fn of(program: &str, args: &[&str], size: (u16, u16), env: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows: size.1, cols: size.0, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        #[cfg(unix)]
        line::without_flow_control(pair.master.as_ref());
        let mut command = CommandBuilder::new(program);
        command.args(args);
        // Where nothing confines, a story is not about that, unless it asks for a tier itself.
        if program == super::haveago() && !env.iter().any(|(name, _)| *name == "HAVEAGO_TIER") {
            command.arg("--allow-unconfined");
        }
        for (name, value) in
            [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8")]
        {
            command.env(name, value);
        }
        command.env_remove("NO_COLOR");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let keyboard = line::Keyboard::of(pair.master.take_writer().expect("a writer"));
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || send.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let emulator = Emulator::new(size.0, size.1, 0);
        Self { master: pair.master, keyboard, output, child, emulator, size, raw: Vec::new(), doom: None }
    }

    /// The process id of the program.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// Types `text` as it is.
    pub fn type_text(&mut self, text: &str) {
        self.send(text.as_bytes()).expect("the terminal takes input");
    }

    /// Sends bytes, whatever they are.
    ///
    /// # Errors
    /// When nobody has the other end of the terminal any more, or nobody reads there.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.keyboard.send(bytes)
    }

    /// A bracketed paste, line ends as terminals send them.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace('\n', "\r");
        self.type_text(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Presses keys by name, several separated by blanks. Esc comes last: what follows it at once is Alt with a key.
    pub fn press(&mut self, keys: &str) {
        assert!(!keys.contains("Esc "), "wait for what Esc does before pressing more");
        for key in keys.split(' ') {
            let bytes = keys::bytes_of(key);
            self.type_text(&bytes);
        }
    }

    pub fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.emulator.resize(size.0, size.1);
        let size = PtySize { rows: size.1, cols: size.0, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("the terminal takes a size");
    }

    /// Waits until `text` is on the screen.
    pub fn wait(&mut self, text: &str) -> &mut Self {
        self.until(&format!("`{text}` to be seen"), |screen| screen.contains(text))
    }

    /// Waits until `text` has left the screen.
    pub fn gone(&mut self, text: &str) -> &mut Self {
        self.until(&format!("`{text}` to be gone"), |screen| !screen.contains(text))
    }

    /// Waits until the screen is as wanted; shows it when it does not get so.
    pub fn until(&mut self, wanted: &str, is_so: impl Fn(&str) -> bool) -> &mut Self {
        self.watch(wanted, |terminal| is_so(&terminal.screen()))
    }

    /// … judged by more than the screen's text.
    pub fn watch(&mut self, wanted: &str, is_so: impl Fn(&Self) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self) {
            let next = self.doom.map_or(deadline, |doom| doom.min(deadline));
            let left = next.saturating_duration_since(Instant::now());
            if left.is_zero() && self.doom.is_some() {
                self.die();
            }
            match self.output.recv_timeout(left) {
                Ok(bytes) if !left.is_zero() => self.feed(&bytes),
                Err(RecvTimeoutError::Timeout) if self.doom.is_some() => {}
                Ok(_) | Err(RecvTimeoutError::Timeout) => {
                    panic!("waited for {wanted}; the screen:\n{}", self.screen())
                }
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("waited for {wanted}; the program has ended; the screen:\n{}", self.screen())
                }
            }
        }
        self
    }

    /// Takes in what comes until the screen is as wanted, at most for `time`.
    ///
    /// # Errors
    /// When it does not get so.
    pub fn see(&mut self, time: Duration, is_so: impl Fn(&Self) -> bool) -> Result<(), Missed> {
        let deadline = Instant::now() + time;
        while !is_so(self) {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.feed(&bytes),
                Err(RecvTimeoutError::Timeout) => return Err(Missed::Late),
                Err(RecvTimeoutError::Disconnected) => return Err(Missed::Ended),
            }
            // A flood is always something new, and never the end of the time.
            if Instant::now() >= deadline && !is_so(self) {
                return Err(Missed::Late);
            }
        }
        Ok(())
    }

    /// Kills the program in so much time, in the middle of what it does then; the story is unwound with [`Killed`].
    pub fn doom(&mut self, within: Duration) {
        self.doom = Some(Instant::now() + within);
    }

    /// What was written before the end was seen by the learner and counts.
    fn die(&mut self) {
        self.kill();
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.feed(&bytes);
        }
        std::panic::resume_unwind(Box::new(Killed));
    }

    /// Every frame that was shown, as rows.
    pub fn frames(&self) -> Vec<Vec<String>> {
        let mut again = Emulator::new(self.size.0, self.size.1, 0);
        let screen = Rect::new(0, 0, self.size.0, self.size.1);
        let frame_ends = END_OF_FRAME.as_bytes();
        let mut frames = Vec::new();
        let mut rest = self.raw.as_slice();
        while let Some(at) = rest.windows(frame_ends.len()).position(|bytes| bytes == frame_ends) {
            let (frame, after) = rest.split_at(at + frame_ends.len());
            again.feed(frame);
            frames.push(rows(&again, screen, screen));
            rest = after;
        }
        frames
    }

    /// Whether `text` comes within `time`: for what may or may not happen.
    pub fn comes_within(&mut self, text: &str, time: Duration) -> bool {
        self.see(time, |terminal| terminal.screen().contains(text)).is_ok()
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        let reply = self.emulator.feed(bytes);
        if !reply.is_empty() {
            // A program that has ended asks no more.
            let _ = self.send(&reply);
        }
    }

    /// The screen as text, blanks at line ends gone.
    pub fn screen(&self) -> String {
        self.part(Rect::new(0, 0, self.size.0, self.size.1)).join("\n")
    }

    /// The rows inside the lesson's frame, where it stands beside the sandbox.
    pub fn reader(&self) -> Vec<String> {
        self.part(inside(self.layout().reader()))
    }

    /// Where everything stands.
    pub fn layout(&self) -> Layout {
        Layout::of(self.size.0, self.size.1)
    }

    /// The rows inside the sandbox's frame.
    pub fn sandbox(&self) -> Vec<String> {
        self.part(sandbox_inside(&self.layout()))
    }

    /// What stands in one cell.
    pub fn letter(&self, column: u16, row: u16) -> String {
        self.part(Rect::new(column, row, 1, 1)).concat()
    }

    fn part(&self, part: Rect) -> Vec<String> {
        rows(&self.emulator, Rect::new(0, 0, self.size.0, self.size.1), part)
    }

    /// All that the program has written, escape codes and all.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    /// Drops what has been written so far, for runs that are long.
    pub fn forget(&mut self) {
        self.raw.clear();
    }

    /// Whether the program draws on a screen of its own.
    pub fn has_own_screen(&self) -> bool {
        self.emulator.alternate_screen()
    }

    /// Whether the terminal is as a shell needs it.
    pub fn is_given_back(&self) -> bool {
        self.withheld().is_empty()
    }

    /// What a shell would miss: its own screen, a cursor to see, no mouse reports, no brackets, lines that are echoed and
    /// edited.
    pub fn withheld(&self) -> Vec<&'static str> {
        let emulator = &self.emulator;
        let found = [
            (emulator.alternate_screen(), "the screen is the other one"),
            (emulator.cursor().is_none(), "the cursor is hidden"),
            (emulator.mouse_mode().reports != MouseReports::None, "the mouse is reported"),
            (emulator.bracketed_paste(), "pastes come in brackets"),
            (!self.is_cooked(), "keys are raw"),
        ];
        found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, what)| what).collect()
    }

    /// Waits until the terminal is the program's own, without a look at what it says or asks.
    pub fn is_taken(&self) {
        let began = Instant::now();
        while self.is_cooked() {
            assert!(began.elapsed() < PATIENCE, "the program does not take the terminal");
            std::thread::yield_now();
        }
    }

    /// Whether the terminal echoes, takes whole lines, and makes signals of keys.
    fn is_cooked(&self) -> bool {
        let wanted = libc::ICANON | libc::ECHO | libc::ISIG;
        self.master.get_termios().is_some_and(|modes| modes.local_flags.bits() & wanted == wanted)
    }

    /// Waits for the program's end; its exit status.
    pub fn exit(&mut self) -> u32 {
        self.end().unwrap_or_else(|signal| panic!("it was ended by a signal: {signal}; the screen:\n{}", self.screen()))
    }

    /// Waits for the program's end; its exit status.
    ///
    /// # Errors
    /// The signal that it has ended by.
    pub fn end(&mut self) -> Result<u32, String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.feed(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("waited for the end; the screen:\n{}", self.screen()),
            }
        }
        let status = self.child.wait().expect("it has ended");
        status.signal().map_or(Ok(status.exit_code()), |signal| Err(signal.to_owned()))
    }

    /// SIGKILL, as the worst of ends. The child's own `kill` would ask it to end first.
    #[cfg(unix)]
    pub fn kill(&mut self) {
        self.signal(rustix::process::Signal::KILL);
        let _ = self.child.wait();
    }

    #[cfg(not(unix))]
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    #[cfg(unix)]
    pub fn signal(&mut self, signal: rustix::process::Signal) {
        // One that has ended gets no signal: its number may be another's by now.
        if let Ok(None) = self.child.try_wait() {
            let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok());
            let pid = pid.and_then(rustix::process::Pid::from_raw).expect("it has a number");
            let _ = rustix::process::kill_process(pid, signal);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A part of the screen as text, blanks at line ends gone.
fn rows(emulator: &Emulator, screen: Rect, part: Rect) -> Vec<String> {
    let mut buffer = Buffer::empty(screen);
    emulator.draw(emulator.screen_top(), screen, &mut buffer);
    let row = |y| {
        let line: String = (part.left()..part.right()).map(|x| buffer[(x, y)].symbol()).collect();
        line.trim_end().to_owned()
    };
    (part.top()..part.bottom()).map(row).collect()
}
