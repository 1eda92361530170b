//! The learner's commands: run, shown as they print, and kept for the checks.

use std::io::{self, Write};
use std::path::PathBuf;

use super::clean::Cleaner;
use crate::judge::evidence::CommandSeen;
use crate::sandbox::{self, Scratch};

/// Bytes kept of the beginning of an output, and as many of its end.
const KEPT: usize = 64 * 1024;

/// Where the next command runs.
#[derive(Debug)]
pub struct Shell {
    /// The lesson's folder.
    pub scratch: Scratch,
    pub dir: PathBuf,
    pub env: Vec<(String, String)>,
}

/// A command that has ended.
#[derive(Debug)]
pub struct Ran {
    pub seen: CommandSeen,
    /// It was `exit`.
    pub leave: bool,
}

impl Shell {
    /// Runs `line` and prints what it prints, whole lines at the end.
    ///
    /// # Errors
    /// When it cannot be started, or standard output cannot be written.
    pub fn run(&mut self, line: &str, history: &[String]) -> io::Result<Ran> {
        let mut cleaner = Cleaner::default();
        let mut kept = Kept::default();
        let mut out = io::stdout();
        let mut show = |bytes: &[u8]| {
            let text = cleaner.clean(bytes);
            kept.push(&text);
            out.write_all(text.as_bytes())?;
            out.flush()
        };
        let ended = sandbox::run_line_shown(line, &self.dir, &self.scratch.root, &self.env, history, &mut show)?;
        if !kept.ends_line {
            writeln!(io::stdout())?;
        }
        self.dir = ended.dir;
        self.env = ended.env;
        let seen = CommandSeen { line: line.to_owned(), exit: ended.exit, output: kept.text() };
        Ok(Ran { seen, leave: ended.leave })
    }

    /// The directory below the lesson's folder, `.` for that itself; none outside of it.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let place = self.dir.strip_prefix(&self.scratch.root).ok()?;
        let parts: Option<Vec<&str>> = place.iter().map(|part| part.to_str()).collect();
        let place = parts?.join("/");
        Some(if place.is_empty() { ".".to_owned() } else { place })
    }
}

/// The beginning and the end of an output.
#[derive(Debug)]
struct Kept {
    head: String,
    tail: String,
    is_cut: bool,
    ends_line: bool,
}

impl Default for Kept {
    fn default() -> Self {
        Self { head: String::new(), tail: String::new(), is_cut: false, ends_line: true }
    }
}

impl Kept {
    fn push(&mut self, text: &str) {
        if let Some(last) = text.chars().last() {
            self.ends_line = last == '\n';
        }
        let room = text.floor_char_boundary(KEPT.saturating_sub(self.head.len()));
        let (head, rest) = if self.tail.is_empty() { text.split_at(room) } else { ("", text) };
        self.head.push_str(head);
        self.tail.push_str(rest);
        // Twice the size before it is cut, so that a flood is not moved again with every piece.
        if self.tail.len() > 2 * KEPT {
            self.tail.drain(..self.tail.ceil_char_boundary(self.tail.len() - KEPT));
            self.is_cut = true;
        }
    }

    fn text(mut self) -> String {
        if self.tail.len() > KEPT {
            self.tail.drain(..self.tail.ceil_char_boundary(self.tail.len() - KEPT));
            self.is_cut = true;
        }
        if self.is_cut {
            self.head.push_str("\n…\n");
        }
        self.head + &self.tail
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Kept};

    #[test]
    fn a_flood_keeps_its_beginning_and_its_end() {
        let mut kept = Kept::default();
        kept.push("first");
        for _ in 0..100 {
            kept.push(&"é".repeat(5_000));
        }
        kept.push("last");
        let text = kept.text();
        assert!(text.starts_with("first") && text.ends_with("last") && text.len() < 2 * KEPT + 10);
    }
}
