//! Questions from earlier lessons again: offered at the start, asked above the panes when they are wanted.

use ratatui::layout::Rect;

use crate::learner::{Asking, Review};
use crate::tutor;

use super::super::effect::Effect;
use super::super::layout::inside;
use super::super::pane::review::{ReviewAction, ReviewAsk, Reviewing, Sheet};
use super::super::state::{Known, NoticeKind, Overlay, State};
use super::super::view::review_area;

/// Says at the start that some are due, where the learner wants that; nothing is asked before they do.
pub fn offer(state: &mut State) {
    // What is due is not known before the course is.
    if state.known != Known::Whole || !state.settings.review {
        return;
    }
    if let Some(offer) = tutor::review::offer(&due(state)) {
        state.say(NoticeKind::Plain, format!("{offer}: Ctrl-P, Review."));
    }
}

/// Asks those that are most due, or says when the next one will be.
pub fn open(state: &mut State) {
    let review = due(state);
    if review.due.is_empty() {
        let text = tutor::review::nothing_due(&review);
        state.say(NoticeKind::Plain, text);
        return;
    }
    let all = tutor::review::at_once(&review);
    let asked: Vec<Asking> = review.due.iter().take(all).map(Asking::begin).collect();
    state.overlay = Some(Overlay::Review(Box::new(Reviewing::new(asked, sheet(state)))));
}

/// A key, a paste or the mouse.
pub fn act(state: &mut State, action: ReviewAction) -> Vec<Effect> {
    let Some(Overlay::Review(mut reviewing)) = state.overlay.take() else { return Vec::new() };
    let asks = reviewing.act(action, sheet(state));
    if asks == ReviewAsk::Over {
        end(state, &reviewing);
        return Vec::new();
    }
    state.overlay = Some(Overlay::Review(reviewing));
    match asks {
        ReviewAsk::Save(events) => state.record(events),
        ReviewAsk::NoAnswer => {
            state.say(NoticeKind::Plain, "There is no new answer to look at: pick one, or type it, first.");
            Vec::new()
        }
        ReviewAsk::Nothing | ReviewAsk::Over => Vec::new(),
    }
}

/// Says what came of it, and what is left; nothing where nothing was answered.
pub fn end(state: &mut State, reviewing: &Reviewing) {
    let (right, answered) = reviewing.score();
    if answered > 0 {
        let text = tutor::review::ended(right, answered, &due(state), "Ctrl-P, Review asks the next ones");
        state.say(if right == answered { NoticeKind::Good } else { NoticeKind::Plain }, text);
    }
}

fn due(state: &State) -> Review<'_> {
    Review::of(&state.course, &state.progress, state.os, state.clock())
}

fn sheet(state: &State) -> Sheet<'_> {
    let screen = Rect::new(0, 0, state.size.0, state.size.1);
    Sheet { course: &state.course, theme: &state.theme, area: inside(review_area(screen)) }
}
