//! Which hint comes next: the ones that what went wrong calls for first, then the others in order.

use crate::course::Step;
use crate::judge::evidence::CommandSeen;

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

/// The hint to give next, if one is left. A `when:` hint is only for those whose output had its text.
pub(super) fn next(step: &Step, shown: &[usize], commands: &[CommandSeen]) -> Option<usize> {
    let left = || step.hints.iter().enumerate().filter(|(index, _)| !shown.contains(index));
    let failed_first = (commands.iter().rev().filter(|command| command.exit != 0))
        .chain(commands.iter().rev().filter(|command| command.exit == 0));
    let called_for = failed_first.into_iter().find_map(|command| {
        left().find(|(_, hint)| hint.when.as_ref().is_some_and(|when| command.output.contains(when.as_str())))
    });
    called_for.or_else(|| left().find(|(_, hint)| hint.when.is_none())).map(|(index, _)| index)
}
