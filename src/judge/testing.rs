//! Judgements on tests: the hidden ones of a step, and the learner's own.

use std::sync::OnceLock;

use regex::Regex;

use super::evidence::{Evidence, OVERLAY};
use super::program::{no_race_detector, says};
use super::tell::{quote, unmet, unmet_with};
use super::verdict::Judgement;
use crate::base::prose;
use crate::course::condition::Tests;
use crate::go::{diagnostic, explain};

pub(super) fn tests_pass(tests: &Tests, evidence: &Evidence) -> Judgement {
    let Some((_, captured)) = evidence.tests.iter().find(|(options, _)| options == tests) else {
        return Judgement::NotSeen;
    };
    if captured.exit == 0 && captured.stopped.is_none() {
        let has_none = captured.output.contains("[no test files]") && !captured.output.contains("ok  \t");
        return if has_none { unmet("there are no tests here yet".to_owned()) } else { Judgement::Met };
    }
    if let Some(judgement) = no_race_detector(&captured.output) {
        return judgement;
    }
    match first_failure(&captured.output) {
        Some((test, said)) => unmet(format!("the test `{test}` fails{}", why(said, &captured.output, "the check"))),
        None => misfit(&captured.output).unwrap_or_else(|| says("go test", captured)),
    }
}

/// A hidden test that the learner's code does not fit: its file is none of the learner's, so that only what it asks for
/// is told.
fn misfit(output: &str) -> Option<Judgement> {
    let message = diagnostic::read(output).into_iter().next().filter(|message| is_hidden(&message.file))?.message;
    if let Some(name) = message.strip_prefix("undefined: ") {
        return Some(unmet_with(
            format!("the check calls `{name}`, and your code has nothing of that name"),
            "compare the name letter by letter; small and capital letters differ",
        ));
    }
    // The further lines of a message say what the check has and what the function wants.
    let said = quote(&message.replace('\n', ", "));
    Some(unmet(match called(&message) {
        Some(name) => format!("the check calls `{name}`, and yours takes or gives something else: {said}"),
        None => format!("the check does not fit your code: {said}"),
    }))
}

fn is_hidden(file: &str) -> bool {
    file.rsplit(['/', '\\']).next().is_some_and(|name| name.starts_with(OVERLAY))
}

/// The function that a message of the compiler is about.
fn called(message: &str) -> Option<String> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern =
        r"in (?:argument|call) to (?P<a>[\w.]+)|(?:but|multiple-value) (?P<b>[\w.]+)\(|but (?P<c>[\w.]+) returns";
    // `None` never happens: the expression is a literal that tests use.
    let found = PATTERN.get_or_init(|| Regex::new(pattern).ok()).as_ref()?.captures(message)?;
    ["a", "b", "c"].into_iter().find_map(|group| found.name(group)).map(|name| name.as_str().to_owned())
}

/// Why a test failed, to stand behind that it did: what it says, or the panic that ended it and where that was.
fn why(said: Option<&str>, output: &str, test: &str) -> String {
    if let Some(said) = said {
        return format!(": {}", quote(said));
    }
    let Some(panic) = output.lines().find_map(|line| line.trim_start().strip_prefix("panic: ")) else {
        return String::new();
    };
    let reason = panic.split(" [recovered").next().unwrap_or(panic);
    let place = match explain::own_frame(output, |file| !is_hidden(file)) {
        Some(place) => format!("at `{place}`"),
        None => format!("in {test}, with what your code gives it"),
    };
    format!(": it stops with {} {place}", quote(&format!("panic: {reason}")))
}

/// The innermost name of the first failing test and the first line it said.
fn first_failure(output: &str) -> Option<(&str, Option<&str>)> {
    let lines: Vec<&str> = output.lines().collect();
    let is_failure = |line: &&str| line.trim_start().starts_with("--- FAIL: ");
    let mut at = lines.iter().position(is_failure)?;
    while lines.get(at + 1).is_some_and(is_failure_below(lines[at])) {
        at += 1;
    }
    let name = lines[at].trim_start().strip_prefix("--- FAIL: ")?.split(" (").next()?;
    let message = lines.get(at + 1).map(|line| line.trim()).filter(|line| line.contains(".go:"));
    let message = message.map(|line| line.split_once(": ").map_or(line, |(_, said)| said));
    Some((name, message))
}

/// A sub-test's line is set further in than its parent's.
fn is_failure_below(parent: &str) -> impl Fn(&&str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let outer = indent(parent);
    move |line| line.trim_start().starts_with("--- FAIL: ") && indent(line) > outer
}

pub(super) fn tests_catch_mutants(evidence: &Evidence) -> Judgement {
    let Some(seen) = &evidence.mutants else { return Judgement::NotSeen };
    let on_solution = &seen.on_solution;
    if on_solution.output.contains("[no test files]") || on_solution.output.contains("no tests to run") {
        let place =
            seen.folder.as_ref().map_or_else(|| "here".to_owned(), |folder| format!("in the folder `{folder}`"));
        let advice = "write a file whose name ends in `_test.go`";
        return unmet_with(format!("there are no tests {place} yet"), advice);
    }
    if on_solution.exit != 0 || on_solution.stopped.is_some() {
        return match first_failure(&on_solution.output) {
            Some((test, said)) => {
                unmet(format!("your `{test}` fails on right code{}", why(said, &on_solution.output, "your test")))
            }
            None => says("go test", on_solution),
        };
    }
    let slipped = seen.caught.iter().filter(|caught| !**caught).count();
    if slipped == 0 {
        return Judgement::Met;
    }
    let slips = if slipped == 1 { "slips" } else { "slip" };
    unmet_with(
        format!(
            "{slipped} of {} {slips} through your tests",
            prose::count(seen.caught.len(), "planted bug", "planted bugs")
        ),
        "test more cases: zero, one, negative, very large, empty",
    )
}
