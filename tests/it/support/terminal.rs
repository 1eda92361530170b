//! The program in a real pseudo-terminal, with a screen to read. It waits for what is to be seen; it never sleeps.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use haveago::term::emulator::Emulator;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How long anything may take on a machine that is busy with the rest of the tests.
const PATIENCE: Duration = Duration::from_secs(90);

/// A terminal in which the program runs.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    child: Box<dyn Child + Send + Sync>,
    emulator: Emulator,
    size: (u16, u16),
}

impl Terminal {
    /// Starts the program with `args` on a screen of `size` (columns, rows), its data in `data`.
    pub fn start(args: &[&str], size: (u16, u16), data: &Path) -> Self {
        Self::start_with(args, size, data, &[])
    }

    /// … with more environment.
    pub fn start_with(args: &[&str], size: (u16, u16), data: &Path, env: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows: size.1, cols: size.0, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(super::haveago());
        command.args(args);
        for (name, value) in
            [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8")]
        {
            command.env(name, value);
        }
        command.env_remove("NO_COLOR");
        command.env("HAVEAGO_DATA", data);
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
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
        Self { master: pair.master, writer, output, child, emulator, size }
    }

    /// The process id of the program.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// Types `text` as it is.
    pub fn type_text(&mut self, text: &str) {
        self.writer.write_all(text.as_bytes()).expect("the terminal takes input");
        self.writer.flush().expect("the terminal takes input");
    }

    /// A bracketed paste.
    pub fn paste(&mut self, text: &str) {
        self.type_text(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Presses keys by name, several separated by blanks.
    pub fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            let bytes = bytes_of(key);
            self.type_text(&bytes);
        }
    }

    /// A left click at column and row, from 1.
    pub fn click(&mut self, column: u16, row: u16) {
        self.type_text(&format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
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
        let deadline = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if is_so(&screen) {
                return self;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.feed(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("waited for {wanted}; the screen:\n{}", self.screen()),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("waited for {wanted}; the program has ended; the screen:\n{}", self.screen())
                }
            }
        }
    }

    /// Whether `text` comes within `time`: for what may or may not happen.
    pub fn comes_within(&mut self, text: &str, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        loop {
            if self.screen().contains(text) {
                return true;
            }
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.feed(&bytes),
                Err(_) => return false,
            }
        }
    }

    fn feed(&mut self, bytes: &[u8]) {
        let reply = self.emulator.feed(bytes);
        if !reply.is_empty() {
            // A program that has ended asks no more.
            let _ = self.writer.write_all(&reply);
        }
    }

    /// The screen as text, blanks at line ends gone.
    pub fn screen(&self) -> String {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buffer = Buffer::empty(area);
        self.emulator.draw(self.emulator.screen_top(), area, &mut buffer);
        (0..area.height)
            .map(|y| {
                let line: String = (0..area.width).map(|x| buffer[(x, y)].symbol()).collect();
                line.trim_end().to_owned()
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The column and row (from 1) where `text` stands on the screen.
    pub fn find(&self, text: &str) -> Option<(u16, u16)> {
        self.screen().lines().enumerate().find_map(|(row, line)| {
            let at = line.find(text)?;
            let column = haveago::base::width::width(&line[..at]);
            Some((u16::try_from(column).ok()? + 1, u16::try_from(row).ok()? + 1))
        })
    }

    /// Waits for the program's end; its exit status.
    pub fn exit(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        while let Ok(bytes) = self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            self.feed(&bytes);
        }
        self.child.wait().expect("it has ended").exit_code()
    }

    /// SIGKILL, as the worst of ends.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.kill();
    }
}

fn bytes_of(key: &str) -> String {
    let named = match key {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Tab" => "\t",
        "Shift-Tab" => "\x1b[Z",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PgUp" => "\x1b[5~",
        "PgDn" => "\x1b[6~",
        "Alt-Up" => "\x1b[1;3A",
        "Alt-Down" => "\x1b[1;3B",
        "Backspace" => "\x7f",
        "Delete" => "\x1b[3~",
        "Space" => " ",
        "F1" => "\x1bOP",
        "F2" => "\x1bOQ",
        "F3" => "\x1bOR",
        "F4" => "\x1bOS",
        "F5" => "\x1b[15~",
        "F6" => "\x1b[17~",
        "F7" => "\x1b[18~",
        "F8" => "\x1b[19~",
        "F9" => "\x1b[20~",
        "F10" => "\x1b[21~",
        _ => "",
    };
    if !named.is_empty() {
        return named.to_owned();
    }
    if let Some(letter) = key.strip_prefix("Ctrl-") {
        return char::from(letter.as_bytes()[0].to_ascii_uppercase() & 0x1f).to_string();
    }
    if let Some(letter) = key.strip_prefix("Alt-") {
        return format!("\x1b{letter}");
    }
    assert_eq!(key.chars().count(), 1, "no key is called {key}");
    key.to_owned()
}
