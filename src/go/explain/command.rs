//! Slips in the command itself: a word that `go` does not know, a file name that is not there, code typed as a command.

use super::Found;
use super::output::Output;
use crate::base::nearest::nearest;
use crate::go::source::is_go_file;

const GO: &[&str] = &[
    "build",
    "run",
    "mod",
    "test",
    "fmt",
    "vet",
    "get",
    "install",
    "doc",
    "env",
    "version",
    "list",
    "clean",
    "fix",
    "generate",
    "tool",
    "work",
    "help",
    "bug",
    "telemetry",
];
const MOD: &[&str] = &["init", "tidy", "download", "edit", "graph", "vendor", "verify", "why"];
const WORK: &[&str] = &["init", "use", "sync", "edit", "vendor"];

/// What other tools call it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("init", "mod init"),
    ("new", "mod init"),
    ("create", "mod init"),
    ("modinit", "mod init"),
    ("tidy", "mod tidy"),
    ("module", "mod"),
    ("start", "run"),
    ("exec", "run"),
    ("compile", "build"),
    ("make", "build"),
    ("format", "fmt"),
    ("lint", "vet"),
    ("check", "vet"),
    ("add", "get"),
    ("update", "get -u"),
    ("upgrade", "get -u"),
];

/// Names that lessons give to files.
const FILES: &[&str] = &["main.go", "main_test.go"];

/// What the typed line and its output tell together.
pub(super) fn find(typed: &str, output: &Output, names: &[&str]) -> Option<Found> {
    let typed = typed.trim();
    let told = not_a_command(typed, output);
    if told.is_some() {
        return told;
    }
    output.lines.iter().enumerate().find_map(|(at, line)| {
        let (id, text) = unknown_word(typed, &line.text).or_else(|| wrong_file(typed, line.message(), names))?;
        Some(Found { id: id.to_owned(), text, at: Some(at) })
    })
}

/// The shell found no command, and what was typed says why.
fn not_a_command(typed: &str, output: &Output) -> Option<Found> {
    let complained = |words: &[&str]| output.lines.iter().any(|line| words.iter().any(|word| line.text.contains(word)));
    if !complained(&["command not found", "this line cannot be read"]) {
        return None;
    }
    let found = |id: &str, text: String| Some(Found { id: id.to_owned(), text, at: None });
    if let Some(command) = typed.strip_prefix("$ ") {
        let text = format!("The `$` stands for the prompt and is not typed. Type what comes after it: `{command}`.");
        return found("shell-prompt", text);
    }
    let first = typed.split([' ', '(']).next().unwrap_or(typed);
    if matches!(first, "package" | "import" | "func" | "var" | "const") || first.starts_with("fmt.") {
        let text = "This is Go code, and the terminal takes commands. Write it into a file such as `main.go`, in the \
                    editor, and start that with `go run .`.";
        return found("shell-go-code", text.to_owned());
    }
    if first != first.to_lowercase() && matches!(first.to_lowercase().as_str(), "go" | "ls" | "cd" | "cat" | "pwd") {
        let right = typed.replacen(first, &first.to_lowercase(), 1);
        let text = format!(
            "Commands have small letters, and `{first}` is not the same as `{}`. Type `{right}`.",
            first.to_lowercase()
        );
        return found("shell-not-found", text);
    }
    let sub = first.strip_prefix("go").filter(|sub| GO.contains(sub))?;
    let rest = typed.strip_prefix(first).unwrap_or_default();
    found("shell-go-space", format!("A space is missing after `go`. Type `go {sub}{rest}`."))
}

/// `go biuld: unknown command`, and `go mod: unknown command`, which does not say the word it does not know.
fn unknown_word(typed: &str, line: &str) -> Option<(&'static str, String)> {
    let words: Vec<&str> = line.strip_suffix(": unknown command")?.split(' ').collect();
    let (group, word) = match words.as_slice() {
        ["go", group @ ("mod" | "work")] => (Some(*group), typed_after(typed, &["go", group])),
        ["go", group @ ("mod" | "work"), word] => (Some(*group), Some(*word)),
        ["go", word] => (None, Some(*word)),
        [..] => return None,
    };
    let text = match (group, word) {
        (Some(group), Some(word)) => unknown_part(typed, group, word),
        (Some(group), None) => format!("`go {group}` has no part of that name. `go help {group}` lists those it has."),
        (None, Some(word)) => unknown_command(typed, word),
        (None, None) => return None,
    };
    Some(("go-unknown-command", text))
}

fn unknown_part(typed: &str, group: &str, word: &str) -> String {
    let known = if group == "mod" { MOD } else { WORK };
    match nearest(&word.to_lowercase(), known.iter().copied()) {
        Some(near) => {
            let right = corrected(typed, &format!("{group} {word}"), &format!("{group} {near}"));
            format!("`go {group}` has no part called `{word}`. You probably meant `{right}`.")
        }
        None => format!("`go {group}` has no part called `{word}`. `go help {group}` lists those it has."),
    }
}

fn unknown_command(typed: &str, word: &str) -> String {
    let lower = word.to_lowercase();
    let is_source = lower.strip_suffix(".go").is_some();
    if is_source {
        return format!("`go` needs to be told what to do with `{word}`. `go run {word}` compiles and starts it.");
    }
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == lower).map(|(_, ours)| *ours);
    match elsewhere.or_else(|| nearest(&lower, GO.iter().copied())) {
        Some(near) => {
            let right = corrected(typed, word, near);
            format!("`go` has no command `{word}`. You probably meant `{right}`.")
        }
        None => format!("`go` has no command `{word}`. `go help` lists those it has."),
    }
}

/// The `go` command of the typed line with the wrong words put right.
fn corrected(typed: &str, wrong: &str, right: &str) -> String {
    let wrong = format!("go {wrong}");
    let right = format!("go {right}");
    go_commands(typed).find_map(|words| Some(format!("{right}{}", words.strip_prefix(&wrong)?))).unwrap_or(right)
}

/// The word after `before` in the `go` command of the typed line.
fn typed_after<'a>(typed: &'a str, before: &[&str]) -> Option<&'a str> {
    typed.split([';', '|', '&', '\n']).find_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let at = words.windows(before.len()).position(|some| some == before)?;
        words.get(at + before.len()).copied()
    })
}

/// The commands of the line that begin with `go`, without what stands before it, words one space apart.
fn go_commands(typed: &str) -> impl Iterator<Item = String> {
    typed.split([';', '|', '&', '\n']).filter_map(|part| {
        let words: Vec<&str> = part.split_whitespace().skip_while(|word| *word != "go").collect();
        (!words.is_empty()).then(|| words.join(" "))
    })
}

/// A Go file is named that is not there.
fn wrong_file(typed: &str, message: &str, names: &[&str]) -> Option<(&'static str, String)> {
    let path = missing_file(message)?;
    if !typed.is_empty() && !typed.contains(path) {
        return None;
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let sources: Vec<&str> = names.iter().copied().filter(|name| is_go_file(name)).collect();
    let known = if sources.is_empty() { FILES } else { &sources };
    let text = match nearest(name, known.iter().copied()) {
        Some(near) if near == name => format!(
            "There is no `{path}` where you are. `ls` shows the names that are here, and `pwd` whether it is the \
             folder you mean."
        ),
        Some(near) if near == name.to_lowercase() => format!(
            "There is no file `{path}`, as small and capital letters count: perhaps it is `{near}`. `ls` shows the \
             names that are here."
        ),
        Some(near) => {
            format!("There is no file `{path}` here; perhaps you meant `{near}`. `ls` shows the names that are here.")
        }
        None => format!("There is no file `{path}` here. `ls` shows the names that are here, and `pwd` where you are."),
    };
    Some(("go-wrong-file", text))
}

/// `stat man.go: no such file or directory`; outside of a module `go build man.go` takes it for a package.
fn missing_file(message: &str) -> Option<&str> {
    let by_system = ["stat ", "lstat ", "open ", "CreateFile ", "GetFileAttributesEx "]
        .iter()
        .find_map(|verb| message.strip_prefix(verb)?.split_once(": "))
        .filter(|(_, why)| why.starts_with("no such file") || why.starts_with("The system cannot find"))
        .map(|(path, _)| path);
    let as_package = || message.strip_prefix("no required module provides package ")?.split([':', ';']).next();
    let not_in_std = || message.strip_prefix("package ")?.split_once(" is not in std").map(|(path, _)| path);
    by_system.or_else(as_package).or_else(not_in_std).filter(|path| path.to_lowercase().ends_with(".go"))
}
