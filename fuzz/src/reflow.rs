//! Reflow: a lesson's pages fit at any width, lose no letter of what is written, and name no place that is not there.

use std::collections::BTreeMap;

use haveago::base::width::width;
use haveago::course::model::plain_text;
use haveago::course::{Block, BlockKind, Inline, Lesson, Step};
use haveago::learner::{Progress, Session};
use haveago::page::theme::{Depth, FANCY, PLAIN, ThemeName};
use haveago::page::{Page, PageView, Theme, reflow, reflow_chapter, wrap_plain};

use super::support::{self, in_time};

/// Where prefixes get no room, wide letters may find none either and give way to a stand-in.
const ROOMY: u16 = 24;

/// The first byte is the width (from 1), the second says what the learner has done; the rest is the lesson.
pub fn run(data: &[u8]) {
    let Some(([columns, done], text)) = support::head(data) else { return };
    let columns = u16::from(columns.clamp(1, 250));
    let text = String::from_utf8_lossy(text);
    let Some(course) = support::course(&text) else { return };
    let theme = if done & 1 == 0 {
        Theme::new(ThemeName::Dark, Depth::True, FANCY)
    } else {
        Theme::new(ThemeName::Dark, Depth::None, PLAIN)
    };
    for (number, chapter) in course.chapters.iter().enumerate() {
        let page = in_time("reflow of a chapter", || reflow_chapter(chapter, number + 1, columns, &theme));
        fits(&page, columns);
        loses_nothing(&page, columns, &[&chapter.page]);
        for lesson in &chapter.lessons {
            for (index, step) in lesson.steps.iter().enumerate() {
                let session = session(step, done);
                let view = PageView {
                    lesson,
                    step,
                    with_intro: index == 0,
                    session: &session,
                    own: &[],
                    answer_draft: "what is typed",
                };
                let page = in_time("reflow", || reflow(&view, columns, &theme));
                fits(&page, columns);
                let intro: &[Block] = if index == 0 { &lesson.intro } else { &[] };
                loses_nothing(&page, columns, &[intro, session.readable(&step.blocks)]);
                has_its_titles(&page, lesson, step, columns);
            }
        }
    }
    for row in wrap_plain(&text, usize::from(columns)) {
        assert!(width(&row) <= usize::from(columns), "{row:?}");
    }
}

/// The step as it was opened, or with much done in it.
fn session(step: &Step, done: u8) -> Session {
    let mut session = Session::open(step, &Progress::default());
    if done & 2 != 0 {
        session.hints_shown = (0..step.hints.len()).collect();
        session.show_solution();
        session
            .set_prediction(0, "a guess\nthat goes on for longer than one line of the field can hold, and then some");
    }
    if done & 4 != 0 {
        session.pick(step, 0, usize::from(done >> 4));
        session.submit_quiz(step, 0);
        session.predict(step, 0);
    }
    session.passed = done & 8 != 0;
    session
}

fn fits(page: &Page, columns: u16) {
    for line in &page.lines {
        let text: String = line.line.spans.iter().map(|span| span.content.as_ref()).collect();
        let taken = line.line.spans.iter().map(|span| width(&span.content)).sum::<usize>();
        assert!(taken <= usize::from(columns), "{taken} of {columns} columns: {text:?}");
        assert!(!text.contains(char::is_control), "{text:?}");
        for (range, url) in &line.links {
            assert!(range.start < range.end && usize::from(range.end) <= taken, "{range:?} of {text:?} leads to {url}");
            assert!(!url.contains(char::is_control), "{url:?}");
        }
    }
    for target in &page.targets {
        assert!(target.lines.start < target.lines.end && target.lines.end <= page.lines.len(), "{target:?}");
        assert!(target.columns.start <= target.columns.end && target.columns.end <= columns, "{target:?} at {columns}");
        if let Some((line, column)) = target.cursor {
            assert!(line < page.lines.len() && column <= columns, "{target:?} at {columns}");
        }
    }
}

/// Each letter that is written stands on the page as often as it is written, at least.
fn loses_nothing(page: &Page, columns: u16, parts: &[&[Block]]) {
    let mut written = String::new();
    for blocks in parts {
        words(blocks, &mut written);
    }
    let shown = letters(&text_of(page), columns);
    for (letter, count) in letters(&written, columns) {
        let there = shown.get(&letter).copied().unwrap_or(0);
        assert!(there >= count, "{letter:?} is written {count} times and shown {there} times at {columns} columns");
    }
}

fn has_its_titles(page: &Page, lesson: &Lesson, step: &Step, columns: u16) {
    let shown = letters(&text_of(page), columns);
    for (letter, count) in letters(&lesson.title, columns).into_iter().chain(letters(&step.title, columns)) {
        let is_first = lesson.steps.first().is_some_and(|first| first.id == step.id);
        let there = shown.get(&letter).copied().unwrap_or(0);
        assert!(there >= count || !is_first, "{letter:?} of the titles is not shown at {columns} columns");
    }
}

fn text_of(page: &Page) -> String {
    page.lines.iter().flat_map(|line| &line.line.spans).map(|span| span.content.as_ref()).collect()
}

/// Letters that take a column of their own, and how often each is there.
fn letters(text: &str, columns: u16) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    // A digit may be half of a sign in a box, which is wide as well.
    let is_counted = |letter: &char| {
        letter.is_ascii_alphabetic() || columns >= ROOMY && (letter.is_ascii_digit() || is_wide(*letter))
    };
    for letter in text.chars().filter(is_counted) {
        *counts.entry(letter).or_default() += 1;
    }
    counts
}

fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}')
}

/// All that is to be read in the blocks, where it is shown as it is written.
fn words(blocks: &[Block], to: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => inlines(text, to),
            // Notes stand at the end of the page.
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
                words(blocks, to);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| words(&item.blocks, to)),
            BlockKind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| inlines(cell, to));
            }
            BlockKind::Code(code) => to.push_str(&code.text),
            BlockKind::Rule
            | BlockKind::Check(_)
            | BlockKind::Quiz(_)
            | BlockKind::Prediction(_)
            | BlockKind::Order(_)
            | BlockKind::Pause => {}
        }
    }
}

/// The signs of notes are numbers of the page's own.
fn inlines(inlines: &[Inline], to: &mut String) {
    for inline in inlines {
        match inline {
            Inline::FootnoteRef(_) => {}
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link { text: inner, .. } => self::inlines(inner, to),
            Inline::Text(_) | Inline::Code(_) | Inline::Image { .. } | Inline::SoftBreak | Inline::HardBreak => {
                to.push_str(&plain_text(std::slice::from_ref(inline)));
            }
        }
    }
}
