//! Shown transcripts against what the commands print. `...` alone on a line stands for any lines, `…` inside a line
//! for any text on it; durations and addresses are never compared.

use std::sync::OnceLock;

use regex::Regex;

use crate::go::diagnostic;

/// Whether `output` is what `shown` says. White space at line ends does not count.
#[must_use]
pub(super) fn is_true(shown: &[String], output: &str) -> bool {
    let shown: Vec<String> = trim_empty(shown.iter().map(|line| normal(line)).collect());
    let seen: Vec<String> = trim_empty(output.lines().map(normal).collect());
    lines_match(&shown, &seen)
}

/// The first line of `shown` that the output does not have, and the line that stands there instead.
#[must_use]
pub(super) fn first_difference(shown: &[String], output: &str) -> (Option<String>, Option<String>) {
    let seen: Vec<&str> = output.lines().collect();
    let same = shown.iter().zip(&seen).take_while(|(a, b)| line_matches(&normal(a), &normal(b))).count();
    (shown.get(same).cloned(), seen.get(same).map(|line| (*line).to_owned()))
}

fn lines_match(shown: &[String], seen: &[String]) -> bool {
    match shown {
        [] => seen.is_empty(),
        [any, rest @ ..] if any.trim() == "..." => (0..=seen.len()).any(|skipped| lines_match(rest, &seen[skipped..])),
        [line, rest @ ..] => {
            seen.first().is_some_and(|first| line_matches(line, first)) && lines_match(rest, &seen[1..])
        }
    }
}

fn line_matches(shown: &str, seen: &str) -> bool {
    let mut parts = shown.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = seen.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

fn trim_empty(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A line without what differs from run to run, or from system to system.
fn normal(line: &str) -> String {
    static VOLATILE: OnceLock<Option<Regex>> = OnceLock::new();
    let volatile = VOLATILE.get_or_init(|| {
        Regex::new(r"(?P<time>\b\d+(?:\.\d+)?(?:ns|µs|ms|s)\b|\(cached\))|(?P<address>\b0x[0-9a-f]+\b)|goroutine \d+")
            .ok()
    });
    let line = diagnostic::with_slashes(line.trim_end());
    volatile.as_ref().map_or_else(
        || line.clone().into_owned(),
        |volatile| {
            let put = |found: &regex::Captures<'_>| match (found.name("time"), found.name("address")) {
                (Some(_), _) => "0s",
                (None, Some(_)) => "0x0",
                (None, None) => "goroutine 1",
            };
            volatile.replace_all(&line, put).into_owned()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::is_true;

    #[test]
    fn a_transcript_is_true_but_for_what_differs_everywhere() {
        for (shown, output, expected) in [
            ("Hello\n", "Hello\n", true),
            ("Hello", "Hello\n\n", true),
            ("Hello", "Hello!\n", false),
            ("", "", true),
            ("", "x\n", false),
            ("...", "", true),
            ("...", "a\nb\n", true),
            ("Hello\n...", "Hello\nAda\n", true),
            ("...\nAda", "Hello\nAda\n", true),
            ("a\n...\nz", "a\nb\nc\nz\n", true),
            ("a\n...\nz", "a\nb\n", false),
            ("go version go1.…", "go version go1.26.8 linux/amd64\n", true),
            ("go: …go.mod already exists", "go: /tmp/x/go.mod already exists\n", true),
            ("a … b … c", "a 1 b 2 c\n", true),
            ("a … b … c", "a 1 b 2\n", false),
            ("--- PASS: TestX (0.00s)", "--- PASS: TestX (0.03s)\n", true),
            ("./cmd/main.go:3:1: x := 1", ".\\cmd\\main.go:3:1: x := 1\r\n", true),
            ("ok  \thello\t0.004s", "ok  \thello\t(cached)\n", true),
        ] {
            let shown: Vec<String> = shown.lines().map(str::to_owned).collect();
            assert_eq!(is_true(&shown, output), expected, "{shown:?} {output:?}");
        }
    }
}
