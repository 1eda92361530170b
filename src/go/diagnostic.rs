//! Messages of the compiler, vet, the go command and tests that name a place: `file:line:column: message`.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use regex::Regex;

/// One message and where it points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// As Go wrote it, without a leading `./`: relative to the folder Go ran in, or absolute; `<standard input>` where
    /// gofmt was given the text alone.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// In bytes from 1, as Go counts; 1 where the message names only a line.
    pub column: u32,
    /// With its further lines (`have (…)`, `want (…)`), each without its indent.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.message.lines().next().unwrap_or_default();
        write!(f, "{}:{}:{}: {first}", self.file, self.line, self.column)
    }
}

/// Every message in `output` that names a place, in its order. Headings (`# example.com/hello`) are no messages.
#[must_use]
pub fn read(output: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut is_open = false;
    for line in output.lines() {
        if let Some(diagnostic) = read_line(line) {
            found.push(diagnostic);
            is_open = true;
        } else if let (true, true, Some(last)) = (is_open, line.starts_with('\t'), found.last_mut()) {
            last.message.push('\n');
            last.message.push_str(line.trim());
        } else {
            is_open = false;
        }
    }
    found
}

/// The message of one line, if it names a place.
#[must_use]
pub fn read_line(line: &str) -> Option<Diagnostic> {
    let parts = pattern()?.captures(line.trim_end())?;
    Some(Diagnostic {
        file: parts.name("file")?.as_str().to_owned(),
        line: parts.name("line")?.as_str().parse().ok()?,
        column: parts.name("column").map_or(Some(1), |column| column.as_str().parse().ok())?,
        message: parts.name("message")?.as_str().to_owned(),
    })
}

/// `None` never happens: the expression is a literal that a test compiles.
fn pattern() -> Option<&'static Regex> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    PATTERN
        .get_or_init(|| {
            Regex::new(
                r"^\s*(?:vet: |go: )?(?:\./|\.\\)?(?P<file><standard input>|(?:[A-Za-z]:)?[^:\s][^:]*\.(?:go|mod|work)):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<message>.+)$",
            )
            .ok()
        })
        .as_ref()
}

/// A line of Go's with the place in it written as on most systems: on Windows `.\cmd\main.go:3:1` stands for
/// `./cmd/main.go:3:1`.
#[must_use]
pub fn with_slashes(line: &str) -> Cow<'_, str> {
    let start = ["vet: ", "go: ", "# "].iter().find(|word| line.starts_with(**word)).map_or(0, |word| word.len());
    let (before, rest) = line.split_at(start);
    if !rest.starts_with(".\\") && !rest.starts_with("..\\") {
        return Cow::Borrowed(line);
    }
    let (place, after) = rest.split_at(rest.find(':').unwrap_or(rest.len()));
    Cow::Owned(format!("{before}{}{after}", place.replace('\\', "/")))
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, read, with_slashes};

    #[test]
    fn a_place_of_windows_is_read_as_on_other_systems() {
        for (line, expected) in [
            (".\\main.go:7:19: cannot use \"a\\n\"", "./main.go:7:19: cannot use \"a\\n\""),
            ("vet: .\\cmd\\x\\main.go:1:1: no", "vet: ./cmd/x/main.go:1:1: no"),
            ("..\\up.go:1:2: x", "../up.go:1:2: x"),
            ("a.\\b stays", "a.\\b stays"),
            ("./main.go:1:1: fine", "./main.go:1:1: fine"),
        ] {
            assert_eq!(with_slashes(line), expected);
        }
    }

    fn one(file: &str, line: u32, column: u32, message: &str) -> Vec<Diagnostic> {
        vec![Diagnostic { file: file.to_owned(), line, column, message: message.to_owned() }]
    }

    #[test]
    fn places_are_read_as_go_writes_them() {
        for (output, expected) in [
            ("# hello\n./main.go:6:2: declared and not used: x\n", one("main.go", 6, 2, "declared and not used: x")),
            (".\\main.go:6:2: undefined: greet\r\n", one("main.go", 6, 2, "undefined: greet")),
            ("vet: ./main.go:6:14: bad verb\n", one("main.go", 6, 14, "bad verb")),
            (
                "go: errors parsing go.mod:\ngo.mod:3: unknown directive: x\n",
                one("go.mod", 3, 1, "unknown directive: x"),
            ),
            ("--- FAIL: TestX (0.00s)\n    x_test.go:8: got 3\n", one("x_test.go", 8, 1, "got 3")),
            ("C:\\work\\main.go:3:8: no module\n", one("C:\\work\\main.go", 3, 8, "no module")),
            (
                "./main.go:4:9: too many return values\n\thave (number)\n\twant ()\n",
                one("main.go", 4, 9, "too many return values\nhave (number)\nwant ()"),
            ),
            ("goroutine 1 [running]:\nmain.main()\n\t/tmp/main.go:5 +0x1d\n", vec![]),
            (
                "<standard input>:2:6: expected 'IDENT', found '{'\n",
                one("<standard input>", 2, 6, "expected 'IDENT', found '{'"),
            ),
            ("hello\n", vec![]),
        ] {
            assert_eq!(read(output), expected, "{output}");
        }
    }
}
