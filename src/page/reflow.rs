//! A lesson's step, a chapter's page, a hint → lines of styled text at a width, and what can be used in them.

mod blocks;
mod check;
mod field;
mod hints;
mod list;
mod listing;
mod notes;
mod order;
mod prediction;
mod quiz;
mod sheet;
mod solution;
mod table;
#[cfg(test)]
mod tests;

use std::ops::Range;

use ratatui::text::Line;

use super::Theme;
use crate::base::{FilePath, prose};
use crate::course::{Block, Chapter, Lesson, Step};
use crate::learner::Session;
use sheet::Setting;

/// The widest a line of text gets: longer ones are hard to find back from.
const MEASURE: usize = 76;

/// What a page shows.
#[derive(Clone, Copy, Debug)]
pub struct PageView<'a> {
    pub lesson: &'a Lesson,
    pub step: &'a Step,
    /// Show the lesson's title, goal and intro above the step: true on a lesson's first step.
    pub with_intro: bool,
    pub session: &'a Session,
    /// The learner's own files, for the solution's diff.
    pub own: &'a [(FilePath, String)],
    /// Typed text of the answer field.
    pub answer_draft: &'a str,
}

/// A page at one width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub lines: Vec<PageLine>,
    /// In reading order.
    pub targets: Vec<Target>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageLine {
    pub line: Line<'static>,
    /// Columns → address.
    pub links: Vec<(Range<u16>, String)>,
}

/// A part of the page that can be selected and used.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub lines: Range<usize>,
    pub columns: Range<u16>,
    pub kind: TargetKind,
    /// Where the cursor stands, for text fields: line of the page and column.
    pub cursor: Option<(usize, u16)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// One `$ ` line.
    Command(String),
    Code {
        file: Option<FilePath>,
        language: String,
        text: String,
    },
    Link(String),
    QuizOption {
        quiz: usize,
        option: usize,
    },
    QuizSubmit(usize),
    /// A text field of several lines.
    Prediction(usize),
    PredictionSubmit(usize),
    /// A text field.
    Answer,
    OrderLine {
        order: usize,
        position: usize,
    },
    OrderSubmit(usize),
    /// A place in a file that a finding names: line, and column in bytes, from 1.
    Place {
        file: String,
        line: u32,
        column: u32,
    },
    /// Where a condition stands; nothing to use.
    Condition(usize),
    /// Where a wrong prediction stands beside what is printed; nothing to use.
    Compared(usize),
}

/// The page of an open step.
#[must_use]
pub fn reflow(view: &PageView<'_>, width: u16, theme: &Theme) -> Page {
    let intro: &[Block] = if view.with_intro { &view.lesson.intro } else { &[] };
    let hints = hints::shown(view);
    let mut parts = vec![intro, &view.step.blocks];
    parts.extend(hints.iter().map(|hint| hint.1.blocks.as_slice()));
    let notes = notes::labels(&parts);
    let setting = Setting { theme, notes: &notes, view: Some(view) };
    on_paper(width, |measure| {
        let mut page = Page::default();
        if view.with_intro {
            page.append(setting.lesson_head(view.lesson, measure));
            page.append_apart(setting.blocks(intro, measure));
            page.gap(2);
        }
        page.append(setting.step_head(view.step, measure));
        page.append_apart(setting.step_blocks(view, measure));
        page.append_apart(setting.hints(&hints, measure));
        page.append_apart(setting.solution(view, measure));
        page.append_apart(setting.done(view, measure));
        page.append_apart(setting.notes(&parts, measure));
        page
    })
}

/// A chapter's own page, its title above; `number` counts chapters from 1.
#[must_use]
pub fn reflow_chapter(chapter: &Chapter, number: usize, width: u16, theme: &Theme) -> Page {
    let parts = [chapter.page.as_slice()];
    let notes = notes::labels(&parts);
    let setting = Setting { theme, notes: &notes, view: None };
    on_paper(width, |measure| {
        let title = format!("Chapter {number}: {}", chapter.title);
        let mut page = setting.sentence(&title, theme.title, measure);
        let ruled = page.widest().min(measure);
        page.append(setting.rule(ruled));
        page.append_apart(setting.blocks(&chapter.page, measure));
        page.append_apart(setting.notes(&parts, measure));
        page
    })
}

/// The page of blocks that belong to no step: a hint, help.
#[must_use]
pub fn reflow_blocks(blocks: &[Block], width: u16, theme: &Theme) -> Page {
    let parts = [blocks];
    let notes = notes::labels(&parts);
    let setting = Setting { theme, notes: &notes, view: None };
    on_paper(width, |measure| {
        let mut page = setting.blocks(blocks, measure);
        page.append_apart(setting.notes(&parts, measure));
        page
    })
}

/// Sets a page with its margins: two columns at the left where there is room for them, and one at the right, which is
/// left to the scroll mark.
fn on_paper(width: u16, set: impl FnOnce(usize) -> Page) -> Page {
    let width = usize::from(width.max(1));
    let (left, right) = match width {
        0..6 => (0, 0),
        6..24 => (1, 1),
        _ => (2, 1),
    };
    let mut page = set((width - left - right).min(MEASURE));
    page.shift(left);
    page.trim();
    page
}

impl Setting<'_> {
    fn lesson_head(&self, lesson: &Lesson, width: usize) -> Page {
        let mut page = self.sentence(&lesson.title, self.theme.title, width);
        let ruled = page.widest().min(width);
        page.append(self.rule(ruled));
        let minutes = lesson.minutes.map(|minutes| prose::count(minutes as usize, "minute", "minutes"));
        let facts: Vec<String> = minutes.into_iter().chain(lesson.goal.clone()).collect();
        if !facts.is_empty() {
            let facts = facts.join(&format!(" {} ", self.theme.glyphs.dot));
            page.append(self.sentence(&facts, self.theme.dim, width));
        }
        page
    }

    fn step_head(&self, step: &Step, width: usize) -> Page {
        let mut page = self.sentence(&step.title, self.theme.title, width);
        if step.optional {
            page.append(self.sentence("optional", self.theme.dim, width));
        }
        page
    }

    /// The step as far as it may be read by now.
    fn step_blocks(&self, view: &PageView<'_>, width: usize) -> Page {
        let mut page = self.blocks(view.session.readable(&view.step.blocks), width);
        if view.session.hides_some(&view.step.blocks) {
            let more = format!("{} more after your prediction", self.theme.glyphs.down);
            page.append_apart(self.sentence(&more, self.theme.faint, width));
        }
        page
    }

    fn done(&self, view: &PageView<'_>, width: usize) -> Page {
        if !view.session.passed || view.step.is_reading() {
            return Page::default();
        }
        let words = if view.session.helped { "Done, with help" } else { "Done" };
        self.sentence(&format!("{} {words}", self.theme.glyphs.right), self.theme.right, width)
    }
}
