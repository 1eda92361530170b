//! The output of a command as lines to look at: without colours, with the places that messages name, bounded.

use std::borrow::Cow;
use std::ops::Range;

use crate::go::diagnostic::{self, Diagnostic};

/// So many bytes are looked at from each end: the compiler's messages begin an output, a panic ends it.
const REACH: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Output {
    pub lines: Vec<Line>,
}

/// A line that may be a message.
#[derive(Debug)]
pub(super) struct Line {
    pub text: String,
    /// Where a message of the compiler, vet or the go command points, and the message.
    pub place: Option<Diagnostic>,
}

impl Line {
    /// The message without its place.
    pub fn message(&self) -> &str {
        self.place.as_ref().map_or(self.text.as_str(), |place| place.message.as_str())
    }

    /// Lines that belong to the one above, or to a test's log.
    pub fn is_indented(&self) -> bool {
        self.text.starts_with([' ', '\t'])
    }

    fn is_failed_test(&self) -> bool {
        self.text.starts_with("--- FAIL: ")
    }
}

impl Output {
    pub fn read(raw: &str) -> Self {
        let lines = ends(raw)
            .flat_map(|part| part.lines().map(|line| plain(line.trim_end()).into_owned()))
            .map(|text| Line { place: diagnostic::read_line(&text), text })
            .collect();
        Self { lines }
    }

    /// Whether there are errors beside the one on line `at`.
    pub fn has_further(&self, at: Option<usize>) -> bool {
        let Some(first) = at.and_then(|at| self.lines.get(at)) else { return false };
        if first.is_failed_test() {
            return self.lines.iter().filter(|line| line.is_failed_test()).count() > 1;
        }
        let Some(here) = &first.place else { return false };
        self.lines
            .iter()
            .filter(|line| !line.is_indented())
            .filter_map(|line| line.place.as_ref())
            .any(|place| (&place.file, place.line, place.column) != (&here.file, here.line, here.column))
    }

    /// `main.go:8`: the first line of the learner's own code in the trace of a panic.
    pub fn own_frame(&self) -> Option<String> {
        self.own_frame_in(|_| true)
    }

    /// The same among the files that `is_own`.
    pub fn own_frame_in(&self, is_own: impl Fn(&str) -> bool) -> Option<String> {
        let start = self.lines.iter().position(|line| line.text.starts_with("goroutine "))?;
        let places = self.lines[start..].windows(2).filter_map(|pair| own_place(&pair[0].text, &pair[1].text));
        places.into_iter().find(|place| is_own(place))
    }
}

/// Two lines of a trace: `main.main()`, then `\t/home/you/main.go:8 +0x1d`.
fn own_place(function: &str, place: &str) -> Option<String> {
    let place = place.strip_prefix('\t')?.split(" +").next()?;
    let (path, line) = place.rsplit_once(':').filter(|(_, line)| line.bytes().all(|byte| byte.is_ascii_digit()))?;
    let path = path.replace('\\', "/");
    let (folder, file) = path.rsplit_once('/')?;
    let function = function.strip_prefix("created by ").unwrap_or(function);
    let name_at = function.rfind('/').map_or(0, |slash| slash + 1);
    let package_end = name_at + function.get(name_at..)?.find('.').unwrap_or(0);
    let package = function.get(..package_end)?;
    // A package of the standard library lies in `src` below its own path, but the runtime lends functions to others;
    // `panic({…})` is of no package.
    let is_go_s = folder.ends_with(&format!("/src/{package}")) || folder.ends_with("/src/runtime");
    (!is_go_s && !package.is_empty() && !package.contains('(')).then(|| format!("{file}:{line}"))
}

/// The text, or its two ends where it is long.
fn ends(raw: &str) -> impl Iterator<Item = &str> {
    let parts: [Range<usize>; 2] = if raw.len() <= 2 * REACH {
        [0..raw.len(), 0..0]
    } else {
        [0..raw.floor_char_boundary(REACH), raw.ceil_char_boundary(raw.len() - REACH)..raw.len()]
    };
    parts.into_iter().filter_map(|part| raw.get(part))
}

/// The line without the sequences that colour it and move the cursor.
fn plain(line: &str) -> Cow<'_, str> {
    if !line.contains('\x1b') {
        return Cow::Borrowed(line);
    }
    let mut text = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter != '\x1b' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('[') => {
                letters.by_ref().find(|end| ('@'..='~').contains(end));
            }
            // A title or a link, ended by a bell or by ESC and a backslash, of which the latter is left.
            Some(']') => {
                if letters.by_ref().find(|end| matches!(end, '\x07' | '\x1b')) == Some('\x1b') {
                    letters.next();
                }
            }
            Some(_) | None => {}
        }
    }
    Cow::Owned(text)
}
