//! How findings quote what was seen: cut kindly, on one line, with the line that matters first.

use super::evidence::{Captured, Stopped};
use super::verdict::{Finding, Judgement};
use crate::base::width;
use crate::course::condition::Pattern;
use crate::go::diagnostic;

/// The columns a quoted text may take in a finding.
const QUOTED: usize = 120;

/// Whether `text` has what is asked for. A `\r\n`, as some editors and programs of Windows write it, is a line end, and
/// `.\main.go` is the place that Go calls `./main.go` on other systems.
pub(super) fn found(pattern: &Pattern, text: &str) -> bool {
    pattern.found_in(text) || (text.contains('\r') || text.contains(".\\")) && pattern.found_in(&as_elsewhere(text))
}

fn as_elsewhere(text: &str) -> String {
    text.split_inclusive('\n').map(|line| diagnostic::with_slashes(line).replace("\r\n", "\n")).collect()
}

/// Not met, and what was seen.
pub(super) fn unmet(seen: String) -> Judgement {
    Judgement::Unmet(Finding { seen, advice: None })
}

/// Not met, what was seen, and how to go on.
pub(super) fn unmet_with(seen: String, advice: impl Into<String>) -> Judgement {
    Judgement::Unmet(Finding { seen, advice: Some(advice.into()) })
}

/// The first line of `text` in code marks, cut to a readable length; an ellipsis stands for what is left off.
pub(super) fn quote(text: &str) -> String {
    let mut lines = text.trim_end().lines();
    let first = lines.next().unwrap_or_default().trim_end().replace('\t', "    ");
    let mut shown = width::truncate(&first, QUOTED);
    if lines.next().is_some() && !shown.ends_with('…') {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// The line of a failed program's output that says most: a panic or a Go message before anything else,
/// else the last line of standard error, else the first line of all.
pub(super) fn telling_line(output: &str) -> Option<&str> {
    let lines: Vec<&str> = output.lines().map(str::trim_end).filter(|line| is_meaningful(line)).collect();
    lines
        .iter()
        .find(|line| line.starts_with("panic: ") || line.starts_with("fatal error: "))
        .or_else(|| lines.iter().find(|line| line.starts_with("go: ") || line.contains(".go:")))
        .or_else(|| lines.first())
        .map(|line| line.trim())
        // A name of Go's own inside, which says nothing to anybody.
        .map(|line| line.strip_prefix("runtime.main_main·f: ").unwrap_or(line))
}

/// Headings of the go command and its closing `exit status` say nothing that the exit code does not.
fn is_meaningful(line: &str) -> bool {
    !line.is_empty() && !line.starts_with("# ") && !line.starts_with("exit status ")
}

/// What ended `captured`, as a clause: "ended with exit status 1: `go: …`" or "ran longer than 10 s and was stopped".
pub(super) fn ending(captured: &Captured) -> String {
    match captured.stopped {
        Some(Stopped::Time(limit)) => format!("ran longer than {} s and was stopped", limit.as_secs()),
        Some(Stopped::Output(limit)) => format!("printed more than {} MB and was stopped", limit / 1_000_000),
        Some(Stopped::Memory(limit)) => format!("used more than {} MiB of memory and was stopped", limit >> 20),
        Some(Stopped::Machine) => "was stopped, since this machine had almost no memory left".to_owned(),
        Some(Stopped::Processes(limit)) => format!("had more than {limit} processes and threads and was stopped"),
        Some(Stopped::Disk(limit)) => format!("wrote more than {} MiB and was stopped", limit >> 20),
        Some(Stopped::Files(limit)) => format!("made more than {limit} files, or folders too deep, and was stopped"),
        Some(Stopped::Cpu(limit)) => {
            format!("used more than {} s of processor time and was stopped", limit.as_secs())
        }
        Some(Stopped::Asked) => "was stopped".to_owned(),
        None => exit_and_line(captured.exit, &captured.output),
    }
}

/// "ended with exit status 1: `the telling line`".
pub(super) fn exit_and_line(exit: i32, output: &str) -> String {
    match telling_line(output) {
        Some(line) => format!("ended with exit status {exit}: {}", quote(line)),
        None => format!("ended with exit status {exit} and printed nothing"),
    }
}

#[cfg(test)]
mod tests {
    use super::found;
    use crate::course::condition::Pattern;

    #[test]
    fn what_only_windows_writes_otherwise_is_found_all_the_same() {
        let wanted = Pattern::Text("# hello\n./main.go:7:19: cannot use".to_owned());
        assert!(found(&wanted, "# hello\r\n.\\main.go:7:19: cannot use \"3\"\r\n"));
        assert!(found(&wanted, "# hello\n./main.go:7:19: cannot use \"3\"\n"));
        assert!(!found(&wanted, "# hello\r\n.\\main.go:7:20: cannot use \"3\"\r\n"));
    }
}
