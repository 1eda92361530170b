//! Recomputes what is derived from the state, and only when what it comes from has changed. Pure.

use crate::base::FilePath;
use crate::page::{self, Page, PageView, TargetKind};

use super::layout::inside;
use super::state::{PageKey, State};
use super::update::step;

/// Brings the page up to date and keeps the reader's scroll inside it.
pub fn settle(state: &mut State) {
    let area = inside(state.layout().reader());
    let (visit, is_chapter) = (state.at.visit, state.reads_chapter);
    let key = PageKey { visit, is_chapter, width: area.width, revision: state.page_revision };
    if state.page_key != Some(key) {
        let is_new = state.page_key.is_none_or(|before| (before.visit, before.is_chapter) != (visit, is_chapter));
        state.page_key = Some(key);
        // A column of air keeps the text off the frame.
        lay_out(state, area.width.saturating_sub(1));
        if is_new {
            select_visible_field(state);
        }
    }
    if let Some(words) = state.wanted_words.take() {
        state.reader.show_words(&state.page, area.height, &words);
    }
    if let Some(guess) = state.wanted_guess.take() {
        state.reader.show(&state.page, area.height, &TargetKind::Compared(guess));
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
    if let Some(page) = chapter_page(state, width) {
        state.reader.follow(&state.page, &page);
        state.page = page;
        return;
    }
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

/// The chapter's own page, where that is what is read.
fn chapter_page(state: &State, width: u16) -> Option<Page> {
    let chapter = state.chapter().filter(|_| state.reads_chapter)?;
    Some(page::reflow_chapter(chapter, state.at.lesson.chapter + 1, width, &state.theme))
}
