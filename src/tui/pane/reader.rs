//! The lesson pane: where the learner reads, and what they take from the page into the sandbox.

mod draw;
pub mod field;
#[cfg(test)]
mod tests;

use crate::base::FilePath;
use crate::learner::Session;
use crate::page::{Page, Target, TargetKind};
use field::{cleaned, drop_last};

/// Lines the wheel moves by.
const WHEEL: usize = 3;

/// Where the reader is on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The first line shown.
    pub scroll: usize,
    /// The selected one of the page's targets.
    pub selected: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReaderAction {
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    NextTarget,
    PrevTarget,
    Activate,
    Copy,
    /// Moves the selected line of an order.
    MoveUp,
    MoveDown,
    Type(char),
    Paste(String),
    Backspace,
    /// A new line in a field that has several.
    Newline,
}

/// Scrolled so far down, the end of any page is seen as soon as it is laid out; rows can still be added to it.
pub const AT_THE_END: usize = usize::MAX / 2;

/// The keys of this pane: key, action, and what help says of it.
pub const KEYS: &[(&str, ReaderAction, &str)] = &[
    ("Up", ReaderAction::Up, "scroll up"),
    ("Down", ReaderAction::Down, "scroll down"),
    ("PgUp", ReaderAction::PageUp, "a page up"),
    ("PgDn", ReaderAction::PageDown, "a page down"),
    ("Home", ReaderAction::Home, "the start of the page"),
    ("End", ReaderAction::End, "the end of the page"),
    ("Right", ReaderAction::NextTarget, "the next command, code, link or question"),
    ("Left", ReaderAction::PrevTarget, "the one before"),
    ("Enter", ReaderAction::Activate, "use it: type the command, put the code in the editor, pick the answer"),
    ("Ctrl-C", ReaderAction::Copy, "copy it; so does a click with the right button"),
    ("Alt-Up", ReaderAction::MoveUp, "move the line up; so does -"),
    ("Alt-Down", ReaderAction::MoveDown, "move the line down; so does +"),
    // Some terminals send nothing of their own for Alt with an arrow.
    ("-", ReaderAction::MoveUp, ""),
    ("+", ReaderAction::MoveDown, ""),
    ("Backspace", ReaderAction::Backspace, "take back the last letter of an answer"),
];

/// What the reader wants done elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReaderAsk {
    /// Put this line into the terminal's command line.
    TypeCommand(String),
    /// Put this into the editor.
    PutCode {
        file: Option<FilePath>,
        text: String,
    },
    Copy(String),
    OpenLink(String),
    /// Open this place in the editor; line, and column in bytes, from 1.
    OpenPlace {
        file: String,
        line: u32,
        column: u32,
    },
    Pick {
        quiz: usize,
        option: usize,
    },
    SubmitQuiz(usize),
    SetPrediction {
        index: usize,
        text: String,
    },
    Predict(usize),
    SetAnswer(String),
    Answer,
    Move {
        order: usize,
        from: usize,
        to: usize,
    },
    SubmitOrder(usize),
}

impl Reader {
    /// Takes an action in; `height` is the pane's, in lines.
    pub fn act(
        &mut self,
        action: ReaderAction,
        page: &Page,
        height: u16,
        session: &Session,
        answer_draft: &str,
    ) -> Vec<ReaderAsk> {
        self.fit(page, height);
        let rows = rows(page, height);
        let asks = match action {
            ReaderAction::Up => self.scroll_to(self.scroll.saturating_sub(1)),
            ReaderAction::Down => self.scroll_to(self.scroll + 1),
            ReaderAction::PageUp => self.scroll_to(self.scroll.saturating_sub(rows.saturating_sub(2).max(1))),
            ReaderAction::PageDown => self.scroll_to(self.scroll + rows.saturating_sub(2).max(1)),
            ReaderAction::Home => self.scroll_to(0),
            ReaderAction::End => self.scroll_to(page.lines.len()),
            ReaderAction::NextTarget => self.select_next(page, rows),
            ReaderAction::PrevTarget => self.select_before(page, rows),
            ReaderAction::Activate => self.activate(page, session),
            ReaderAction::Copy => self.copied(page),
            ReaderAction::MoveUp => self.move_line(page, rows, false),
            ReaderAction::MoveDown => self.move_line(page, rows, true),
            ReaderAction::Type(letter) => self.edit(page, session, answer_draft, |text| text.push(letter)),
            ReaderAction::Paste(pasted) => self.edit(page, session, answer_draft, |text| text.push_str(&pasted)),
            ReaderAction::Newline => self.edit(page, session, answer_draft, |text| text.push('\n')),
            ReaderAction::Backspace => self.edit(page, session, answer_draft, drop_last),
        };
        self.fit(page, height);
        asks
    }

    /// Uses what stands at `column` and `row` of the pane, counted from its upper left corner. Code is only selected by
    /// a first click: the learner may have meant to point at it, and using it changes a file.
    pub fn click(&mut self, column: u16, row: u16, page: &Page, height: u16, session: &Session) -> Vec<ReaderAsk> {
        self.fit(page, height);
        let line = self.scroll + usize::from(row);
        if usize::from(row) >= rows(page, height) {
            // The last row says that there is more below.
            return self.act(ReaderAction::PageDown, page, height, session, "");
        }
        let Some(index) = target_at(page, line, column) else { return Vec::new() };
        let was_selected = self.selected.replace(index) == Some(index);
        let Some(target) = page.targets.get(index) else { return Vec::new() };
        match target.kind {
            TargetKind::Code { .. } if !was_selected => Vec::new(),
            TargetKind::Prediction(_) | TargetKind::Answer => Vec::new(),
            TargetKind::Code { .. }
            | TargetKind::Command(_)
            | TargetKind::Link(_)
            | TargetKind::Place { .. }
            | TargetKind::QuizOption { .. }
            | TargetKind::QuizSubmit(_)
            | TargetKind::PredictionSubmit(_)
            | TargetKind::OrderLine { .. }
            | TargetKind::OrderSubmit(_)
            | TargetKind::Condition(_)
            | TargetKind::Compared(_) => self.activate(page, session),
        }
    }

    /// Selects what stands there and copies it, where it is something to be copied.
    pub fn copy_at(&mut self, column: u16, row: u16, page: &Page, height: u16) -> Vec<ReaderAsk> {
        self.fit(page, height);
        let Some(index) = target_at(page, self.scroll + usize::from(row), column) else { return Vec::new() };
        self.selected = Some(index);
        self.copied(page)
    }

    /// What is selected.
    #[must_use]
    pub fn selection<'p>(&self, page: &'p Page) -> Option<&'p TargetKind> {
        self.target(page).map(|target| &target.kind)
    }

    /// The wheel was turned.
    pub fn wheel(&mut self, is_down: bool, page: &Page, height: u16) {
        self.scroll = if is_down { self.scroll + WHEEL } else { self.scroll.saturating_sub(WHEEL) };
        self.fit(page, height);
    }

    /// Whether letters go into a field of the page.
    #[must_use]
    pub fn wants_text(&self, page: &Page) -> bool {
        matches!(self.target(page).map(|target| &target.kind), Some(TargetKind::Answer | TargetKind::Prediction(_)))
    }

    /// Whether the page goes on below what is shown.
    #[must_use]
    pub fn has_more_below(&self, page: &Page, height: u16) -> bool {
        self.scroll + rows(page, height) < page.lines.len()
    }

    /// Keeps the selection on the same thing when the page was set anew; if that is gone, nothing is selected.
    pub fn follow(&mut self, before: &Page, after: &Page) {
        let Some(target) = self.target(before) else { return };
        let same = |other: &Target| target.kind == other.kind;
        let nth = before.targets.iter().take(self.selected.unwrap_or(0)).filter(|other| same(other)).count();
        self.selected =
            after.targets.iter().enumerate().filter(|(_, other)| same(other)).nth(nth).map(|(index, _)| index);
    }

    /// Selects the first thing of that kind and shows it: a field that waits for an answer, say.
    pub fn select(&mut self, page: &Page, height: u16, wanted: impl Fn(&TargetKind) -> bool) {
        self.selected = page.targets.iter().position(|target| is_selectable(target) && wanted(&target.kind));
        self.show_selected(page, rows(page, height));
        self.fit(page, height);
    }

    /// Scrolls as little as shows a thing that cannot be selected, its beginning above all.
    pub fn show(&mut self, page: &Page, height: u16, kind: &TargetKind) {
        let Some(target) = page.targets.iter().find(|target| target.kind == *kind) else { return };
        let rows = rows(page, height);
        self.scroll = self.scroll.max((target.lines.end + 1).saturating_sub(rows)).min(target.lines.start);
    }

    /// Scrolls to the first line that has one of these words, the longest above all, with some lines before it.
    pub fn show_words(&mut self, page: &Page, height: u16, words: &str) {
        let longest = words.split_whitespace().max_by_key(|word| word.chars().count()).unwrap_or_default();
        let line =
            page.lines.iter().position(|line| line.line.to_string().to_lowercase().contains(&longest.to_lowercase()));
        if let Some(line) = line.filter(|line| *line + 1 >= rows(page, height)) {
            self.scroll = line.saturating_sub(usize::from(height) / 3);
        }
    }

    /// Holds scroll and selection inside the page.
    pub fn fit(&mut self, page: &Page, height: u16) {
        self.scroll = self.scroll.min(page.lines.len().saturating_sub(rows(page, height)));
        self.selected = self.selected.filter(|index| page.targets.get(*index).is_some_and(is_selectable));
    }

    fn target<'p>(&self, page: &'p Page) -> Option<&'p Target> {
        page.targets.get(self.selected?)
    }

    fn scroll_to(&mut self, line: usize) -> Vec<ReaderAsk> {
        self.scroll = line;
        Vec::new()
    }

    fn select_next(&mut self, page: &Page, rows: usize) -> Vec<ReaderAsk> {
        let from = if self.sees_selected(page, rows) { self.selected } else { None };
        let here = |(index, target): &(usize, &Target)| {
            is_selectable(target) && from.map_or(target.lines.start >= self.scroll, |from| *index > from)
        };
        if let Some((index, _)) = page.targets.iter().enumerate().find(here) {
            self.selected = Some(index);
        }
        self.show_selected(page, rows);
        Vec::new()
    }

    fn select_before(&mut self, page: &Page, rows: usize) -> Vec<ReaderAsk> {
        let from = if self.sees_selected(page, rows) { self.selected } else { None };
        let here = |(index, target): &(usize, &Target)| {
            is_selectable(target) && from.map_or(target.lines.end <= self.scroll + rows, |from| *index < from)
        };
        match page.targets.iter().enumerate().rfind(here) {
            Some((index, _)) => self.selected = Some(index),
            // Above the first there is still text to read.
            None => self.scroll = 0,
        }
        self.show_selected(page, rows);
        Vec::new()
    }

    fn sees_selected(&self, page: &Page, rows: usize) -> bool {
        self.target(page)
            .is_some_and(|target| target.lines.start < self.scroll + rows && target.lines.end > self.scroll)
    }

    /// Scrolls as little as shows the selection, with a line of what is around it.
    fn show_selected(&mut self, page: &Page, rows: usize) {
        let Some(lines) = self.target(page).map(|target| target.lines.clone()) else { return };
        let (first, end) = (lines.start.saturating_sub(1), lines.end + 1);
        if end > self.scroll + rows {
            self.scroll = end - rows.min(end);
        }
        self.scroll = self.scroll.min(first);
    }

    fn activate(&self, page: &Page, session: &Session) -> Vec<ReaderAsk> {
        let Some(target) = self.target(page) else { return Vec::new() };
        vec![match &target.kind {
            TargetKind::Command(line) => ReaderAsk::TypeCommand(line.clone()),
            TargetKind::Code { file, language, text }
                if is_for_editor(file.as_ref(), language) && (file.is_some() || !is_asked_about(text, session)) =>
            {
                ReaderAsk::PutCode { file: file.clone().or_else(|| usual_file(language)), text: text.clone() }
            }
            TargetKind::Code { text, .. } => ReaderAsk::Copy(text.clone()),
            TargetKind::Link(url) => ReaderAsk::OpenLink(url.clone()),
            TargetKind::Place { file, line, column } => {
                ReaderAsk::OpenPlace { file: file.clone(), line: *line, column: *column }
            }
            TargetKind::QuizOption { quiz, option } => ReaderAsk::Pick { quiz: *quiz, option: *option },
            TargetKind::QuizSubmit(quiz) => ReaderAsk::SubmitQuiz(*quiz),
            // Output has lines, so that Enter makes one; the button below hands in.
            TargetKind::Prediction(index) => {
                let typed = session.predictions.get(*index).map_or("", |state| state.typed.as_str());
                ReaderAsk::SetPrediction { index: *index, text: format!("{typed}\n") }
            }
            TargetKind::PredictionSubmit(index) => ReaderAsk::Predict(*index),
            TargetKind::Answer => ReaderAsk::Answer,
            TargetKind::OrderSubmit(order) => ReaderAsk::SubmitOrder(*order),
            TargetKind::OrderLine { .. } | TargetKind::Condition(_) | TargetKind::Compared(_) => return Vec::new(),
        }]
    }

    fn copied(&self, page: &Page) -> Vec<ReaderAsk> {
        match self.target(page).map(|target| &target.kind) {
            Some(TargetKind::Command(text) | TargetKind::Code { text, .. } | TargetKind::Link(text)) => {
                vec![ReaderAsk::Copy(text.clone())]
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn move_line(&mut self, page: &Page, rows: usize, is_down: bool) -> Vec<ReaderAsk> {
        let Some(TargetKind::OrderLine { order, position }) = self.target(page).map(|target| &target.kind) else {
            return Vec::new();
        };
        let Some(to) = (if is_down { position.checked_add(1) } else { position.checked_sub(1) }) else {
            return Vec::new();
        };
        let wanted = TargetKind::OrderLine { order: *order, position: to };
        let Some(index) = page.targets.iter().position(|target| target.kind == wanted) else { return Vec::new() };
        self.selected = Some(index);
        self.show_selected(page, rows);
        vec![ReaderAsk::Move { order: *order, from: *position, to }]
    }

    /// Changes the text of the selected field.
    fn edit(
        &self,
        page: &Page,
        session: &Session,
        answer_draft: &str,
        change: impl FnOnce(&mut String),
    ) -> Vec<ReaderAsk> {
        match self.target(page).map(|target| &target.kind) {
            Some(TargetKind::Answer) => {
                let mut text = answer_draft.to_owned();
                change(&mut text);
                vec![ReaderAsk::SetAnswer(cleaned(&text, false))]
            }
            Some(TargetKind::Prediction(index)) => {
                let typed = session.predictions.get(*index).map_or("", |state| state.typed.as_str());
                let mut text = typed.to_owned();
                change(&mut text);
                vec![ReaderAsk::SetPrediction { index: *index, text: cleaned(&text, true) }]
            }
            Some(_) | None => Vec::new(),
        }
    }
}

/// What stands at a line of the page and a column. The last hit is the innermost: a link inside an option.
fn target_at(page: &Page, line: usize, column: u16) -> Option<usize> {
    page.targets.iter().enumerate().rev().find_map(|(index, target)| {
        let inside = target.lines.contains(&line) && target.columns.contains(&column);
        (inside && is_selectable(target)).then_some(index)
    })
}

/// Lines of the page that are shown at once: a page that is taller gives its last row to the word that there is more.
fn rows(page: &Page, height: u16) -> usize {
    let height = usize::from(height);
    if page.lines.len() > height && height > 1 { height - 1 } else { height }
}

fn is_selectable(target: &Target) -> bool {
    !matches!(target.kind, TargetKind::Condition(_) | TargetKind::Compared(_))
}

/// Whether using a code block puts it into the editor; else it is copied.
pub(super) fn is_for_editor(file: Option<&FilePath>, language: &str) -> bool {
    file.is_some() || matches!(language, "go" | "gomod" | "mod")
}

/// A few lines in a step that asks and does nothing else: they belong to the question, and to no file of the learner's.
fn is_asked_about(text: &str, session: &Session) -> bool {
    let is_file = text.lines().any(|line| line.starts_with("package "));
    !is_file && !session.quizzes.is_empty() && session.conditions.is_empty()
}

/// The file of a language that has one of its own.
fn usual_file(language: &str) -> Option<FilePath> {
    if matches!(language, "gomod" | "mod") { FilePath::parse("go.mod").ok() } else { None }
}
