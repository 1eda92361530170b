//! Recomputes what is derived from the state, and only when what it comes from has changed. Pure.

use crate::base::FilePath;
use crate::page::{self, PageView};

use super::layout::inside;
use super::state::{PageKey, State};
use super::update::step;

/// Brings the page up to date and keeps the reader's scroll inside it.
pub fn settle(state: &mut State) {
    let area = inside(state.layout().reader());
    let key = PageKey { visit: state.at.visit, width: area.width, revision: state.page_revision };
    if state.page_key != Some(key) {
        let is_new = state.page_key.is_none_or(|before| before.visit != key.visit);
        state.page_key = Some(key);
        // A column of air keeps the text off the frame.
        lay_out(state, area.width.saturating_sub(1));
        if is_new {
            select_visible_field(state);
        }
    }
    state.reader.fit(&state.page, area.height);
}

/// On a page that asks for an answer and shows its field at once, letters go into the field at once.
fn select_visible_field(state: &mut State) {
    let before = state.reader;
    if step::select_field(state) && state.reader.scroll != before.scroll {
        state.reader = before;
    }
}

fn lay_out(state: &mut State, width: u16) {
    let course = state.course.clone();
    let Some(lesson) = course.lesson(state.at.lesson) else { return };
    let Some(step) = lesson.steps_on(state.os).nth(state.at.step) else { return };
    let own: Vec<(FilePath, String)> = state.editor.texts();
    let view = PageView {
        lesson,
        step,
        with_intro: state.at.step == 0,
        session: &state.session,
        own: &own,
        answer_draft: &state.session.answer_draft,
    };
    let page = page::reflow(&view, width, &state.theme);
    state.reader.follow(&state.page, &page);
    state.page = page;
}
