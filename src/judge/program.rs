//! Judgements on what the prober's own runs gave: builds, vet, gofmt, runs and requests.

use super::difference;
use super::evidence::{Captured, Evidence, HttpSeen, RunSeen, Stopped};
use super::tell::{ending, found, quote, telling_line, unmet, unmet_with};
use super::verdict::Judgement;
use crate::base::prose;
use crate::course::condition::{Http, Pattern, Prints, Run, RunHow};
use crate::go::diagnostic::{self, Diagnostic};

pub(super) fn builds(evidence: &Evidence) -> Judgement {
    evidence.build.as_ref().map_or(Judgement::NotSeen, |build| says("go build", build))
}

pub(super) fn vets(evidence: &Evidence) -> Judgement {
    evidence.vet.as_ref().map_or(Judgement::NotSeen, |vet| says("go vet", vet))
}

/// Met when the tool ended well; else its first message, and how many more there are.
pub(super) fn says(tool: &str, captured: &Captured) -> Judgement {
    if captured.output.contains("matched no packages") {
        return unmet("there is no Go file here yet".to_owned());
    }
    if captured.exit == 0 && captured.stopped.is_none() {
        return Judgement::Met;
    }
    if let Some(judgement) = not_started(captured) {
        return judgement;
    }
    let messages = diagnostic::read(&captured.output);
    match messages.as_slice() {
        [] => unmet(format!("`{tool}` {}", ending(captured))),
        [one] => unmet(format!("`{tool}` says: {}", quote(&one.to_string()))),
        [first, rest @ ..] => {
            let more = prose::count(rest.len(), "more message", "more messages");
            unmet(format!("`{tool}` says: {} (and {more})", quote(&first.to_string())))
        }
    }
}

/// Not the learner's doing: what was to be run could not be started, and the prober says why.
fn not_started(captured: &Captured) -> Option<Judgement> {
    (captured.exit == 127 && captured.stopped.is_none()).then(|| unmet(captured.output.trim().to_owned()))
}

pub(super) fn is_formatted(evidence: &Evidence) -> Judgement {
    match &evidence.unformatted {
        None => Judgement::NotSeen,
        Some(Ok(files)) if files.is_empty() => Judgement::Met,
        Some(Ok(files)) => {
            let names: Vec<String> = files.iter().take(4).map(|file| format!("`{file}`")).collect();
            let advice = format!("`gofmt -w {}` writes it so", files.first().map_or(".", String::as_str));
            unmet_with(format!("gofmt would write {} differently", prose::list(&names, "and")), advice)
        }
        Some(Err(captured)) => says("gofmt", captured),
    }
}

/// Not the learner's doing: on this machine the race detector cannot run.
pub(super) fn no_race_detector(output: &str) -> Option<Judgement> {
    let line =
        output.lines().find(|line| line.contains("-race requires cgo") || line.contains("-race is not supported"))?;
    Some(unmet_with(
        format!("the race detector cannot run on this machine: {}", quote(line)),
        "install a C compiler to see it; nothing later needs this step",
    ))
}

pub(super) fn runs(run: &Run, evidence: &Evidence) -> Judgement {
    let captured = match evidence.runs.iter().find(|(how, _)| *how == run.how) {
        None => return Judgement::NotSeen,
        Some((_, RunSeen::NotBuilt(captured))) => return not_built(&run.how, captured),
        Some((_, RunSeen::Ran(captured))) => captured,
    };
    match captured.stopped {
        Some(
            Stopped::Time(_)
            | Stopped::Output(_)
            | Stopped::Memory(_)
            | Stopped::Machine
            | Stopped::Processes(_)
            | Stopped::Disk(_)
            | Stopped::Files(_)
            | Stopped::Cpu(_),
        ) => return unmet(format!("your program {}", ending(captured))),
        // A server that was kept up for requests has not ended by itself.
        Some(Stopped::Asked) | None => {}
    }
    if captured.stopped.is_none() && captured.exit != run.exits {
        return wrong_exit(run.exits, captured);
    }
    match &run.prints {
        None => Judgement::Met,
        Some(Prints::Contains(pattern)) if found(pattern, &captured.output) => Judgement::Met,
        Some(Prints::Exactly(text)) if same_text(text, &captured.output) => Judgement::Met,
        Some(Prints::Contains(Pattern::Text(wanted))) => unmet(difference::lacks(wanted, &captured.output)),
        Some(Prints::Contains(Pattern::Regex(_))) if captured.output.trim().is_empty() => {
            unmet("nothing was printed".to_owned())
        }
        Some(Prints::Contains(Pattern::Regex(_))) => unmet(format!("seen: {}", quote(captured.output.trim_start()))),
        Some(Prints::Exactly(wanted)) => unmet(difference::exactly(wanted, &captured.output)),
    }
}

pub(super) fn did_not_build(run: &Run, evidence: &Evidence) -> bool {
    evidence.runs.iter().any(|(how, seen)| *how == run.how && matches!(seen, RunSeen::NotBuilt(_)))
}

/// Line ends are told apart by no learner: a program on Windows may write `\r\n`.
fn same_text(wanted: &str, seen: &str) -> bool {
    wanted == seen || wanted == seen.replace("\r\n", "\n")
}

fn not_built(how: &RunHow, captured: &Captured) -> Judgement {
    if let Some(judgement) = not_started(captured).or_else(|| no_race_detector(&captured.output)) {
        return judgement;
    }
    let line =
        diagnostic::read(&captured.output).into_iter().next().map(|first| seen_from_root(how, first).to_string());
    match line.as_deref().or_else(|| telling_line(&captured.output)) {
        Some(line) => unmet(format!("your program does not build: {}", quote(line))),
        None => unmet(format!("your program does not build: `go build` {}", ending(captured))),
    }
}

/// A message with its file as the lesson names it: Go names it from the folder that it ran in.
fn seen_from_root(how: &RunHow, message: Diagnostic) -> Diagnostic {
    let is_within = !message.file.starts_with(['.', '/', '\\', '<']) && !message.file.contains(':');
    match how.dir.as_ref().filter(|_| is_within) {
        Some(dir) => Diagnostic { file: format!("{dir}/{}", message.file), ..message },
        None => message,
    }
}

/// What a program says of its ending is on its standard error: the other stream is its work.
fn wrong_exit(expected: i32, captured: &Captured) -> Judgement {
    let said = telling_line(&captured.stderr).map_or(String::new(), |line| format!(": {}", quote(line)));
    let Captured { exit, .. } = captured;
    match (expected, exit) {
        (0, _) => unmet(format!("your program ended with exit status {exit}{said}")),
        (_, 0) => unmet(format!("your program ended with exit status 0; exit status {expected} is asked for")),
        (_, _) => {
            unmet(format!("your program ended with exit status {exit}; exit status {expected} is asked for{said}"))
        }
    }
}

pub(super) fn answers_http(http: &Http, evidence: &Evidence) -> Judgement {
    let request = format!("`{} :{}{}`", http.method, http.port, http.path);
    match evidence.http.iter().find(|(asked, _)| asked == http) {
        None => Judgement::NotSeen,
        Some((_, HttpSeen::NoAnswer(why))) => unmet(format!("nothing answers {request}: {why}")),
        Some((_, HttpSeen::Answer { status, .. })) if *status != http.status => {
            unmet(format!("{request} answers with status {status}; {} is asked for", http.status))
        }
        Some((_, HttpSeen::Answer { body, .. })) => match &http.prints {
            None => Judgement::Met,
            Some(pattern) if found(pattern, body) => Judgement::Met,
            Some(Pattern::Text(wanted)) => unmet(format!("{request} answers; {}", difference::lacks(wanted, body))),
            Some(Pattern::Regex(_)) => unmet(format!("{request} answers {}", quote(body.trim_start()))),
        },
    }
}
