//! Which hint comes next: the ones that what went wrong calls for first, then the others in order.

use super::Session;
use crate::course::Step;
use crate::judge::Evidence;
use crate::judge::evidence::{Captured, CommandSeen, RunSeen};

/// What asking for a hint came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintOutcome {
    /// `step.hints[index]`, given now for the first time.
    Hint(usize),
    /// All hints have been given; the solution can be shown.
    OfferSolution,
    /// There is no other hint, and no solution that has not been shown.
    NothingLeft,
}

/// The same mistake made so often calls for a hint that was not asked for.
const ENOUGH: u32 = 3;

impl Session {
    /// Takes in a mistake by the name of its explanation; true when a hint is due, each third time.
    pub fn mistook(&mut self, id: &str) -> bool {
        let count = self.mistakes.entry(id.to_owned()).or_default();
        *count += 1;
        !self.passed && count.is_multiple_of(ENOUGH)
    }

    /// Takes in what a look has seen: a fault that a save brought up calls for a hint as one of a command does.
    pub fn looked(&mut self, evidence: &Evidence) {
        for output in faults(evidence) {
            if !self.faults.contains(output) {
                self.faults.push(output.clone());
            }
        }
    }
}

/// What building, checking and running said, where it did not go well; a program's own output last, which may be well.
fn faults(evidence: &Evidence) -> impl Iterator<Item = &String> {
    let not_built = evidence.runs.iter().filter_map(|(_, seen)| match seen {
        RunSeen::NotBuilt(captured) => Some(captured),
        RunSeen::Ran(_) => None,
    });
    let ran = evidence.runs.iter().filter_map(|(_, seen)| match seen {
        RunSeen::NotBuilt(_) => None,
        RunSeen::Ran(captured) => Some(captured),
    });
    let tests = evidence.tests.iter().map(|(_, captured)| captured);
    let own_tests = evidence.mutants.iter().map(|mutants| &mutants.on_solution);
    let gofmt = evidence.unformatted.iter().filter_map(|seen| seen.as_ref().err());
    let failed = evidence.build.iter().chain(not_built).chain(gofmt).chain(&evidence.vet).chain(tests).chain(own_tests);
    let has_failed = |captured: &&Captured| captured.exit != 0 || captured.stopped.is_some();
    failed.filter(has_failed).chain(ran).map(|captured| &captured.output)
}

/// The hint to give next, if one is left. A `when:` hint is only for those whose output had its text: what went wrong
/// last calls first, then earlier failed commands, then the others.
pub(super) fn next(step: &Step, session: &Session) -> Option<usize> {
    let left = || step.hints.iter().enumerate().filter(|(index, _)| !session.hints_shown.contains(index));
    // What has worked since has been mended.
    let is_mended = |at: usize| {
        let head = head(&session.commands[at]);
        session.commands[at..].iter().any(|later| later.exit == 0 && self::head(later) == head)
    };
    let newest_first = |fails: bool| {
        let commands = session.commands.iter().enumerate().rev();
        commands
            .filter(move |(at, command)| (command.exit != 0) == fails && !(fails && is_mended(*at)))
            .map(|(_, command)| command)
    };
    let commands = newest_first(true).chain(newest_first(false)).map(|command| &command.output);
    let called_for = session.faults.iter().chain(commands).find_map(|output| {
        left().find(|(_, hint)| hint.when.as_ref().is_some_and(|when| output.contains(when.as_str())))
    });
    called_for.or_else(|| left().find(|(_, hint)| hint.when.is_none())).map(|(index, _)| index)
}

/// What is done by a command: its first two words.
fn head(command: &CommandSeen) -> Vec<&str> {
    command.line.split_whitespace().take(2).collect()
}
