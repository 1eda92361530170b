//! Recomputes what is derived from the state, and only when what it comes from has changed. Pure.

use crate::base::FilePath;
use crate::page::{self, PageView};

use super::layout::inside;
use super::state::{PageKey, State};

/// Brings the page up to date and keeps the reader's scroll inside it.
pub fn settle(state: &mut State) {
    let area = inside(state.layout().reader());
    let key = PageKey { visit: state.at.visit, width: area.width, revision: state.page_revision };
    if state.page_key != Some(key) {
        state.page_key = Some(key);
        // The last column is the scroll mark's; one more keeps the text off it.
        lay_out(state, area.width.saturating_sub(1));
    }
    state.reader.fit(&state.page, area.height);
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
