//! What helps who is stuck: hints, then the solution.

use crate::learner::HintOutcome;

use super::super::action::{Command, key_of};
use super::super::effect::Effect;
use super::super::pane::compare::{self, Compare};
use super::super::pane::reader::AT_THE_END;
use super::super::state::{Answer, NoticeKind, Overlay, State};
use super::step::turn_page;

/// The next hint, or the offer of the solution.
pub fn hint(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.step().cloned() else { return Vec::new() };
    let (outcome, events) = state.session.next_hint(&step);
    state.stale_page();
    let mut effects = state.record(events);
    match outcome {
        HintOutcome::Hint(_) => {
            effects.extend(turn_page(state, false));
            state.reader.scroll = AT_THE_END;
        }
        HintOutcome::OfferSolution => {
            let text = format!("There are no more hints. {} shows the solution.", key_of(Command::Solution));
            state.say(NoticeKind::Plain, text);
        }
        HintOutcome::NothingLeft if step.is_reading() => {
            state.say(NoticeKind::Plain, format!("This step is for reading. {} goes on.", key_of(Command::NextStep)));
        }
        HintOutcome::NothingLeft => state.say(NoticeKind::Plain, "This step has no more hints."),
    }
    effects
}

/// Said with a hint that was not asked for.
const HINT_AGAIN: &str = "The same message again: a hint that may help stands at the end of the lesson's page now.";

/// The next hint, when the same mistake was made again and again. The learner stays where they are.
pub fn hint_unasked(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.step().cloned().filter(|_| !state.session.passed) else { return Vec::new() };
    let (HintOutcome::Hint(_), events) = state.session.next_hint(&step) else { return Vec::new() };
    state.stale_page();
    state.reader.scroll = AT_THE_END;
    state.say(NoticeKind::Plain, HINT_AGAIN);
    state.record(events)
}

/// Shows the solution, after a question when the step is still open: taking it is never blocked, but it is remembered.
pub fn solution(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.step() else { return Vec::new() };
    if step.solution.is_empty() {
        state.say(NoticeKind::Plain, "This step has no solution to show: its answer is in the text.");
        return Vec::new();
    }
    if state.session.passed || state.session.solution_shown {
        return show_solution(state);
    }
    let text = "Show the solution? The step then counts as done with help.".to_owned();
    state.overlay = Some(Overlay::Question { text, yes: Answer::ShowSolution });
    Vec::new()
}

pub fn show_solution(state: &mut State) -> Vec<Effect> {
    let events = state.session.show_solution();
    state.session.solution_shown = true;
    state.stale_page();
    let mut effects = turn_page(state, false);
    state.reader.scroll = AT_THE_END;
    effects.extend(state.record(events));
    state.overlay = beside_own(state);
    effects
}

/// The first of the solution's files that the learner has another text of, beside that, where there is room for both.
fn beside_own(state: &State) -> Option<Overlay> {
    if state.size.0 < compare::NARROWEST {
        return None;
    }
    let files = &state.step()?.solution.files;
    files.iter().find_map(|file| {
        let own = state.editor.text(&file.path).filter(|own| !own.trim().is_empty() && *own != file.text)?;
        Some(Overlay::Compare(Compare::new(file.path.clone(), &own, file.text.clone())))
    })
}
