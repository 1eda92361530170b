//! One run of the program under the monkey's hands: does what the plan says, and sees whether it still answers.

use std::collections::VecDeque;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::support::terminal::Missed;
use crate::support::terminal::keys::bytes_of;
use crate::support::{self, Terminal};

use super::keeping::Keeping;
use super::plan::{Action, Burst, End, Start};

/// How long a whole frame may take after a change of size, whatever the program has been sent before.
pub const ANSWER: Duration = Duration::from_mins(2);
/// How long a command may take before it is typed again.
const SOON: Duration = Duration::from_secs(3);
/// Tries that are told when something is wrong.
const TRIED: usize = 60;
/// How long a moment is.
const MOMENT: Duration = Duration::from_millis(40);
/// Memory of the program at most, in bytes. What is typed, pasted and undone is in it, also megabytes that were pasted
/// many times.
pub const MEMORY: u64 = 512 * 1024 * 1024;
/// Room enough for every hint of the status line.
const USABLE: (u16, u16) = (200, 50);
/// Ends whatever the keyboard has begun: a paste, and any escape sequence that waits for its last byte.
const FLUSH: &[u8] = b"\x1b[201~\x1b[201~m0u~";
/// Words of a fault of our own.
const FAULTS: [&str; 2] = ["panicked at", "because of a fault of its own"];

/// Why it does not go on.
#[derive(Debug)]
pub enum Over {
    /// The program has ended, as it may.
    Ended,
    /// Something is wrong.
    Fault(String),
}

/// What was seen of a run.
#[derive(Debug, Default)]
pub struct Seen {
    pub slowest: Duration,
    /// Bytes at the most.
    pub memory: u64,
}

impl Seen {
    pub fn take_in(&mut self, other: &Self) {
        self.slowest = self.slowest.max(other.slowest);
        self.memory = self.memory.max(other.memory);
    }
}

pub struct Life {
    pub terminal: Terminal,
    /// Changes with each look, so that a frame of before is never taken for the answer.
    columns: u16,
    pub seen: Seen,
    began: Instant,
    /// What was lately tried to get an answer, with the time since the start.
    tried: VecDeque<String>,
}

impl Life {
    /// Starts the program and waits until it has the terminal.
    pub fn begin(start: &Start, data: &Path, editor: &str) -> Result<Self, String> {
        // Nothing is fetched: Go is offered from nowhere.
        let nowhere = "http://127.0.0.1:9";
        let own =
            [("VISUAL", ""), ("EDITOR", editor), ("GOPROXY", "off"), ("https_proxy", nowhere), ("http_proxy", nowhere)];
        let env: Vec<(&str, &str)> = own.iter().chain(start.env).copied().collect();
        let terminal = Terminal::start_with(start.args, start.size, data, &env);
        let mut life =
            Self { terminal, columns: USABLE.0, seen: Seen::default(), began: Instant::now(), tried: VecDeque::new() };
        match life.terminal.see(ANSWER, Terminal::has_own_screen) {
            Ok(()) => Ok(life),
            Err(missed) => Err(format!("it does not start ({missed:?}): {}", life.terminal.raw())),
        }
    }

    /// Does all of a burst at once.
    pub fn suffer(&mut self, burst: &Burst, done: &mut dyn FnMut(&Action)) -> Result<(), Over> {
        for action in &burst.actions {
            done(action);
            match action {
                Action::Send { bytes, .. } => self.send(bytes)?,
                Action::Breathe => self.breathe()?,
                Action::Resize(columns, rows) => self.terminal.resize((*columns, *rows)),
                Action::Wink => self.terminal.signal(Signal::WINCH),
                Action::Suspend => {
                    self.terminal.signal(Signal::TSTP);
                    self.breathe()?;
                    self.terminal.signal(Signal::CONT);
                }
            }
        }
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Over> {
        let sent = self.terminal.send(bytes);
        sent.map_err(|error| {
            self.note(&format!("not taken: {error}"));
            Over::Ended
        })
    }

    fn press(&mut self, key: &str) -> Result<(), Over> {
        self.note(key);
        self.send(bytes_of(key).as_bytes())
    }

    fn note(&mut self, what: &str) {
        if self.tried.len() == TRIED {
            self.tried.pop_front();
        }
        let screen = if self.terminal.has_own_screen() { "" } else { " (not its screen)" };
        self.tried.push_back(format!("{:.2} {what}{screen}", self.began.elapsed().as_secs_f64()));
    }

    fn missing(&self, what: &str) -> Over {
        Over::Fault(self.late(what))
    }

    /// All that may tell why it is late.
    fn late(&self, what: &str) -> String {
        let (screen, pid) = (self.terminal.screen(), self.terminal.pid());
        let tried: Vec<&str> = self.tried.iter().map(String::as_str).collect();
        format!(
            "the screen:\n{screen}\ntried: {}; own screen: {}\nits threads: {}\nits children: {}\n{what} within {ANSWER:?}",
            tried.join(", "),
            self.terminal.has_own_screen(),
            tasks(&format!("/proc/{pid}/task"), None),
            tasks("/proc", Some(pid))
        )
    }

    /// Takes in what comes for a moment.
    pub fn breathe(&mut self) -> Result<(), Over> {
        match self.terminal.see(MOMENT, |_| false) {
            Err(Missed::Ended) => Err(Over::Ended),
            Ok(()) | Err(Missed::Late) => Ok(()),
        }
    }

    /// A usable size, and a whole frame of it with the status line. `Ok(Err)`: it has ended meanwhile.
    pub fn look(&mut self) -> Result<(), Over> {
        self.columns = if self.columns == USABLE.0 { USABLE.0 - 1 } else { USABLE.0 };
        let began = Instant::now();
        self.terminal.resize((self.columns, USABLE.1));
        let columns = self.columns;
        self.note(&format!("look at {columns}"));
        while began.elapsed() < ANSWER {
            self.send(FLUSH)?;
            let time = if self.terminal.has_own_screen() { ANSWER.saturating_sub(began.elapsed()) } else { MOMENT };
            match self.terminal.see(time, |terminal| is_whole(terminal, columns) || !terminal.has_own_screen()) {
                Ok(()) if self.terminal.has_own_screen() => {
                    self.note("seen");
                    self.seen.slowest = self.seen.slowest.max(began.elapsed());
                    self.measure().map_err(Over::Fault)?;
                    return Ok(());
                }
                Err(Missed::Ended) => return Err(Over::Ended),
                // The learner's own editor has the terminal; a line ends it, and gives back what it was sent before.
                Ok(()) | Err(Missed::Late) => {
                    self.send(b"\r")?;
                    self.breathe()?;
                }
            }
        }
        Err(self.missing("no whole frame"))
    }

    /// Gets to where nothing lies over the panes and no program has the keys.
    pub fn come_home(&mut self) -> Result<(), Over> {
        let began = Instant::now();
        self.look()?;
        // In the lesson Esc is answered by a sentence, too.
        let mut keys = ["Esc", "Alt-1"].into_iter().cycle();
        while began.elapsed() < ANSWER {
            // A sentence is in the place of the keys until the next one is pressed.
            match self.terminal.see(5 * MOMENT, |terminal| status(terminal).contains("F1 help")) {
                Ok(()) => return Ok(()),
                Err(Missed::Ended) => return Err(Over::Ended),
                Err(Missed::Late) => {}
            }
            let key = match self.status() {
                _ if !self.terminal.has_own_screen() => "Enter",
                status if status.contains("F9 stop") => "F9",
                _ => keys.next().unwrap_or("Esc"),
            };
            self.press(key)?;
        }
        Err(self.missing("it does not come back to its panes"))
    }

    /// Asks for help, and closes it again. A key that a program gets which was about to end is pressed again.
    pub fn answers_keys(&mut self) -> Result<(), Over> {
        let began = Instant::now();
        while began.elapsed() < ANSWER {
            self.come_home()?;
            let asked = Instant::now();
            let mut is_done = true;
            for (key, is_open) in [("F1", true), ("Esc", false)] {
                self.press(key)?;
                match self.terminal.see(SOON, |terminal| terminal.screen().contains("Esc closes") == is_open) {
                    Ok(()) => {}
                    Err(Missed::Ended) => return Err(Over::Ended),
                    Err(Missed::Late) => is_done = false,
                }
            }
            if is_done {
                self.seen.slowest = self.seen.slowest.max(asked.elapsed());
                return Ok(());
            }
        }
        Err(self.missing("F1 and Esc do not open and close the help"))
    }

    /// Writes a line into a file of the editor, and waits until it is kept. What is in the way, as an overlay that a late
    /// key has opened, is got rid of, and it is tried again.
    pub fn types(&mut self, line: &str, keeping: &Keeping) -> Result<(), Over> {
        let began = Instant::now();
        while began.elapsed() < ANSWER {
            self.come_home()?;
            self.press("Alt-2")?;
            self.breathe()?;
            if self.status().contains("F9 stop") {
                self.press("F9")?;
                continue;
            }
            // A file of its own each time: who pastes megabytes into a file cannot open it again.
            let name = format!("{}.txt", line.replace(' ', "-"));
            self.send(format!("\x03\x03edit {name}\r").as_bytes())?;
            let is_there = |screen: &str| screen.lines().next().is_some_and(|title| title.contains(&name));
            let outside = |screen: &str| screen.contains("is not in this lesson's folder");
            let _ = self.terminal.see(SOON, |terminal| is_there(&terminal.screen()) || outside(&terminal.screen()));
            if outside(&self.terminal.screen()) {
                // The terminal has been led out of it. Among the files a new one is made in any case.
                self.press("Alt-4")?;
                self.send(format!("n{name}\r").as_bytes())?;
            }
            if self.terminal.see(SOON, |terminal| is_there(&terminal.screen())).is_err() {
                continue;
            }
            // Alt-3, to the end of the text, and a line of its own.
            self.send(format!("\x1b3\x1b[1;5F\r{line}\r").as_bytes())?;
            let typed = Instant::now();
            while typed.elapsed() < SOON {
                if keeping.has(line) {
                    return Ok(());
                }
                self.breathe()?;
            }
        }
        Err(self.missing(&format!("`{line}` is not kept")))
    }

    fn status(&self) -> String {
        status(&self.terminal)
    }

    fn measure(&mut self) -> Result<(), String> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.terminal.pid())).unwrap_or_default();
        let row = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
        let kib: u64 = row.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or(0);
        self.seen.memory = self.seen.memory.max(kib * 1024);
        let raw = self.terminal.raw();
        self.terminal.forget();
        if let Some(fault) = fault_in(&raw) {
            return Err(fault);
        }
        if self.seen.memory > MEMORY { Err(format!("it holds {} MiB", self.seen.memory / 1024 / 1024)) } else { Ok(()) }
    }

    /// Asks for the end.
    pub fn ask_for(&mut self, end: End) -> Result<(), Over> {
        match end {
            End::Quit => self.quit()?,
            End::Term => self.terminal.signal(Signal::TERM),
            End::Hangup => self.terminal.signal(Signal::HUP),
            End::Interrupt => self.terminal.signal(Signal::INT),
            End::Kill => self.terminal.kill(),
        }
        Ok(())
    }

    /// Leaves by the key for it; where a program gets that key which was about to start, once more.
    fn quit(&mut self) -> Result<(), Over> {
        let began = Instant::now();
        while began.elapsed() < ANSWER {
            self.come_home()?;
            self.press("Ctrl-Q")?;
            let asks = |terminal: &Terminal| terminal.screen().contains("A program is still running.");
            if self.terminal.see(SOON, asks).is_ok() {
                self.press("Enter")?;
            }
            if self.terminal.see(SOON, |_| false) == Err(Missed::Ended) {
                return Ok(());
            }
        }
        Err(self.missing("it does not leave"))
    }

    /// Waits for the end, and sees what is left: a terminal as it was, no process. `end` is what was asked for, if anything.
    pub fn finish(mut self, end: Option<End>, data: &Path) -> Result<Seen, String> {
        if self.terminal.see(ANSWER, |_| false) != Err(Missed::Ended) {
            return Err(self.late("it does not end"));
        }
        let raw = self.terminal.raw();
        if let Some(fault) = fault_in(&raw) {
            return Err(fault);
        }
        if end != Some(End::Kill) {
            let end = self.terminal.end();
            if end != Ok(0) {
                return Err(format!("it ended with {end:?}; the last bytes: {:?}", last(&raw)));
            }
            // Where Ctrl-C comes after the terminal's own ways are back, the system throws away what was written before.
            let is_cut = ["^C", "^\\", "^Z"].iter().any(|echo| last(&raw).contains(echo));
            let withheld = self.terminal.withheld();
            if !withheld.is_empty() && !is_cut {
                return Err(format!(
                    "the terminal is not given back: {}; the last bytes: {:?}",
                    withheld.join(", "),
                    last(&raw)
                ));
            }
        }
        let began = Instant::now();
        while !support::running_in(data).is_empty() {
            if began.elapsed() > ANSWER {
                return Err(format!("{:?} run on", support::running_in(data)));
            }
            std::thread::yield_now();
        }
        Ok(self.seen)
    }
}

/// Threads, or the processes that `parent` has started: each with its state, what it waits for in the kernel, and the
/// ticks that it has had.
fn tasks(folder: &str, parent: Option<u32>) -> String {
    let tell = |task: std::fs::DirEntry| {
        let read = |name: &str| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
        let stat = read("stat");
        let words: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let word = |at: usize| words.get(at).copied().unwrap_or("?");
        let is_meant = parent.is_none_or(|parent| word(1) == parent.to_string());
        is_meant.then(|| format!("{} {} {} {}+{}", read("comm").trim(), word(0), read("wchan"), word(11), word(12)))
    };
    let tasks = std::fs::read_dir(folder).into_iter().flatten().flatten();
    tasks.filter_map(tell).collect::<Vec<_>>().join("; ")
}

/// Whether there is a frame of so many columns: its corners are in the first row, and the status line is there.
fn is_whole(terminal: &Terminal, columns: u16) -> bool {
    let is_corner = |column| "┌┐┏┓+".contains(&terminal.letter(column, 0));
    is_corner(0) && is_corner(columns - 1) && !status(terminal).trim().is_empty()
}

/// The last row.
fn status(terminal: &Terminal) -> String {
    terminal.screen().lines().last().unwrap_or("").to_owned()
}

/// The end of what was written.
fn last(raw: &str) -> String {
    let mut letters: Vec<char> = raw.chars().rev().take(300).collect();
    letters.reverse();
    letters.into_iter().collect()
}

/// The words of a fault of our own, with those around them.
fn fault_in(raw: &str) -> Option<String> {
    let at = FAULTS.iter().filter_map(|words| raw.find(words)).min()?;
    let from: String = raw[..at].chars().rev().take(100).collect();
    let from: String = from.chars().rev().collect();
    Some(format!("a fault of its own: {from}{}", raw[at..].chars().take(1_500).collect::<String>()))
}
