//! Questions from earlier lessons again: each on a page of its own, answered as in a lesson, one after the other.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::reader::{AT_THE_END, Reader, ReaderAction, ReaderAsk};
use crate::course::Course;
use crate::learner::{Asking, Event};
use crate::page::{self, Page, PageView, TargetKind, Theme};
use crate::tutor::lookup;

/// Columns and rows of its frame at most.
pub const SIZE: (u16, u16) = (84, 30);

/// Selecting something may scroll by so many lines; what is further away is scrolled to line by line, as there is text to
/// be read before it.
const NEAR: usize = 2;

/// The questions that are asked now.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewing {
    asked: Vec<Asking>,
    /// Which of them is on the page.
    at: usize,
    reader: Reader,
}

/// What a key or the mouse wants of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewAction {
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    /// Picks the option, hands the answer in, or goes on when it is right.
    Use,
    /// Goes on without an answer.
    Next,
    /// Into the field; where there is none, a number picks.
    Type(char),
    Paste(String),
    Backspace,
    /// At a column and a row of its inside.
    Click(u16, u16),
    Wheel {
        is_down: bool,
    },
}

/// What comes of it outside.
#[derive(Clone, Debug, PartialEq)]
pub enum ReviewAsk {
    Nothing,
    Save(Vec<Event>),
    /// Nothing new was picked or typed.
    NoAnswer,
    /// All have been asked.
    Over,
}

/// The keys of these pages: key, action, and what it does.
pub const KEYS: &[(&str, ReviewAction, &str)] = &[
    ("Up", ReviewAction::Up, "the option above"),
    ("Down", ReviewAction::Down, "the option below"),
    ("Left", ReviewAction::Up, ""),
    ("Right", ReviewAction::Down, ""),
    ("Shift-Tab", ReviewAction::Up, ""),
    ("Tab", ReviewAction::Down, ""),
    ("PgUp", ReviewAction::PageUp, "a page up"),
    ("PgDn", ReviewAction::PageDown, "a page down"),
    ("Home", ReviewAction::Home, "the start"),
    ("End", ReviewAction::End, "the end"),
    ("Enter", ReviewAction::Use, "pick, hand in, go on"),
    ("F8", ReviewAction::Next, "go on without an answer"),
    ("Backspace", ReviewAction::Backspace, "take back the last letter"),
];

/// What a page is laid out on: the inside of the frame.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    pub course: &'a Course,
    pub theme: &'a Theme,
    pub area: Rect,
}

impl Reviewing {
    /// Begins with the first of them.
    #[must_use]
    pub fn new(asked: Vec<Asking>, sheet: Sheet<'_>) -> Self {
        let mut reviewing = Self { asked, at: 0, reader: Reader::default() };
        reviewing.turn_to(0, sheet);
        reviewing
    }

    /// How many were answered right at once, and how many were answered.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        let answers = || self.asked.iter().filter_map(|asking| asking.first);
        (answers().filter(|right| *right).count(), answers().count())
    }

    /// `Review 1 of 2 ─ 1.3 Start a project`
    #[must_use]
    pub fn title(&self, course: &Course, theme: &Theme) -> String {
        let lesson = self.asking().map_or_else(String::new, |asking| lookup::title(course, asking.lesson));
        format!("Review {} of {} {} {lesson}", self.at + 1, self.asked.len(), theme.glyphs.rule)
    }

    /// What stands in the lower edge of the frame.
    #[must_use]
    pub fn way_out(&self) -> &'static str {
        match (self.is_answered(), self.at + 1 == self.asked.len()) {
            (false, _) => " F8 passes it by  Esc closes ",
            (true, false) => " Enter goes on  Esc closes ",
            (true, true) => " Enter closes ",
        }
    }

    /// What the keys do now.
    #[must_use]
    pub fn keys(&self) -> Vec<(&'static str, &'static str)> {
        if self.is_answered() {
            let is_last = self.at + 1 == self.asked.len();
            return if is_last { vec![("Enter", "close")] } else { vec![("Enter", "next question"), ("Esc", "close")] };
        }
        if self.asking().is_some_and(Asking::is_quiz) {
            vec![
                ("1 2 3", "pick"),
                ("Up Down", "choose"),
                ("Enter", "pick, check"),
                ("F8", "pass by"),
                ("Esc", "close"),
            ]
        } else {
            vec![("Down", "on to the button"), ("Enter", "new line, check"), ("F8", "pass by"), ("Esc", "close")]
        }
    }

    /// Draws the page; answers where the cursor belongs, when a field is selected.
    pub fn render(&self, sheet: Sheet<'_>, buf: &mut Buffer) -> Option<Position> {
        self.reader.render(&self.page(sheet), sheet.area, buf, sheet.theme, true)
    }

    /// Does what was wanted.
    pub fn act(&mut self, action: ReviewAction, sheet: Sheet<'_>) -> ReviewAsk {
        let page = self.page(sheet);
        let rows = sheet.area.height;
        let types = self.reader.wants_text(&page);
        match action {
            ReviewAction::Next => self.next(sheet),
            ReviewAction::Use if self.is_answered() => self.next(sheet),
            ReviewAction::Up => self.step(ReaderAction::PrevTarget, ReaderAction::Up, &page, rows),
            ReviewAction::Down => self.step(ReaderAction::NextTarget, ReaderAction::Down, &page, rows),
            ReviewAction::Type(letter) if !types => match letter.to_digit(10).and_then(|digit| digit.checked_sub(1)) {
                Some(option) => self.pick(option as usize, true, &page, sheet),
                None if letter == ' ' => self.read(ReaderAction::PageDown, &page, sheet),
                None => ReviewAsk::Nothing,
            },
            ReviewAction::Type(letter) => self.read(ReaderAction::Type(letter), &page, sheet),
            ReviewAction::Paste(text) => self.read(ReaderAction::Paste(text), &page, sheet),
            ReviewAction::Backspace => self.read(ReaderAction::Backspace, &page, sheet),
            ReviewAction::PageUp => self.read(ReaderAction::PageUp, &page, sheet),
            ReviewAction::PageDown => self.read(ReaderAction::PageDown, &page, sheet),
            ReviewAction::Home => self.read(ReaderAction::Home, &page, sheet),
            ReviewAction::End => self.read(ReaderAction::End, &page, sheet),
            ReviewAction::Use => self.read(ReaderAction::Activate, &page, sheet),
            ReviewAction::Wheel { is_down } => {
                self.reader.wheel(is_down, &page, rows);
                ReviewAsk::Nothing
            }
            ReviewAction::Click(column, row) => {
                let Some(asking) = self.asked.get(self.at) else { return ReviewAsk::Nothing };
                let asks = self.reader.click(column, row, &page, rows, &asking.session);
                self.done(asks, &page, sheet)
            }
        }
    }

    fn asking(&self) -> Option<&Asking> {
        self.asked.get(self.at)
    }

    fn is_answered(&self) -> bool {
        self.asking().is_some_and(Asking::is_done)
    }

    /// The page of the question, with nothing on it to be used but its answers: what stands above it is read.
    fn page(&self, sheet: Sheet<'_>) -> Page {
        let Some(asking) = self.asking() else { return Page::default() };
        let Some(lesson) = sheet.course.lesson(asking.lesson) else { return Page::default() };
        let (step, session) = (&asking.step, &asking.session);
        let view = PageView { lesson, step, with_intro: false, session, own: &[], answer_draft: "" };
        // A column of air keeps the text off the frame.
        let mut page = page::reflow(&view, sheet.area.width.saturating_sub(1), sheet.theme);
        page.targets.retain(|target| is_of_question(&target.kind));
        page
    }

    fn next(&mut self, sheet: Sheet<'_>) -> ReviewAsk {
        if self.at + 1 >= self.asked.len() {
            return ReviewAsk::Over;
        }
        self.turn_to(self.at + 1, sheet);
        ReviewAsk::Nothing
    }

    /// Shows a question from its beginning, with its first option or its field selected where that is in sight.
    fn turn_to(&mut self, at: usize, sheet: Sheet<'_>) {
        self.at = at;
        self.reader = Reader::default();
        let page = self.page(sheet);
        self.reader.select(&page, sheet.area.height, |_| true);
        if self.reader.scroll > 0 {
            self.reader = Reader::default();
        }
    }

    /// To the next thing that can be used, or a line further where that is not near.
    fn step(&mut self, select: ReaderAction, scroll: ReaderAction, page: &Page, rows: u16) -> ReviewAsk {
        let Some(session) = self.asking().map(|asking| asking.session.clone()) else { return ReviewAsk::Nothing };
        let before = self.reader;
        self.reader.act(select, page, rows, &session, "");
        if self.reader.scroll.abs_diff(before.scroll) > NEAR || self.reader == before {
            self.reader = before;
            self.reader.act(scroll, page, rows, &session, "");
        }
        ReviewAsk::Nothing
    }

    fn read(&mut self, action: ReaderAction, page: &Page, sheet: Sheet<'_>) -> ReviewAsk {
        let Some(asking) = self.asked.get(self.at) else { return ReviewAsk::Nothing };
        let asks = self.reader.act(action, page, sheet.area.height, &asking.session, "");
        self.done(asks, page, sheet)
    }

    /// What the page asks for.
    fn done(&mut self, asks: Vec<ReaderAsk>, page: &Page, sheet: Sheet<'_>) -> ReviewAsk {
        match asks.into_iter().next() {
            Some(ReaderAsk::Pick { option, .. }) => self.pick(option, false, page, sheet),
            Some(ReaderAsk::SubmitQuiz(_) | ReaderAsk::Predict(_)) => self.hand_in(page, sheet),
            Some(ReaderAsk::SetPrediction { text, .. }) => {
                if let Some(asking) = self.asked.get_mut(self.at) {
                    asking.session.set_prediction(0, text);
                }
                self.lay_out(page, sheet);
                ReviewAsk::Nothing
            }
            Some(_) | None => ReviewAsk::Nothing,
        }
    }

    /// Picks an option or lets go of it. After the only one that can be picked, or a number, Enter hands it in.
    fn pick(&mut self, option: usize, by_number: bool, page: &Page, sheet: Sheet<'_>) -> ReviewAsk {
        let Some(asking) = self.asked.get_mut(self.at).filter(|asking| asking.is_quiz()) else {
            return ReviewAsk::Nothing;
        };
        asking.session.pick(&asking.step, 0, option);
        let is_single = asking.step.quizzes.first().is_some_and(crate::course::model::Quiz::is_single);
        let after = self.lay_out(page, sheet);
        if by_number || is_single {
            self.reader.select(&after, sheet.area.height, |kind| matches!(kind, TargetKind::QuizSubmit(_)));
        }
        ReviewAsk::Nothing
    }

    fn hand_in(&mut self, page: &Page, sheet: Sheet<'_>) -> ReviewAsk {
        let Some(asking) = self.asked.get_mut(self.at) else { return ReviewAsk::Nothing };
        let Some(events) = asking.hand_in() else { return ReviewAsk::NoAnswer };
        let after = self.lay_out(page, sheet);
        let rows = sheet.area.height;
        if self.is_answered() {
            self.reader.scroll = AT_THE_END;
            self.reader.show(&after, rows, &TargetKind::Compared(0));
            self.reader.fit(&after, rows);
        } else {
            self.reader.select(&after, rows, |kind| matches!(kind, TargetKind::QuizSubmit(_)));
        }
        ReviewAsk::Save(events)
    }

    /// Keeps the selection on the same thing of the page as it is now.
    fn lay_out(&mut self, before: &Page, sheet: Sheet<'_>) -> Page {
        let after = self.page(sheet);
        self.reader.follow(before, &after);
        self.reader.fit(&after, sheet.area.height);
        after
    }
}

fn is_of_question(kind: &TargetKind) -> bool {
    match kind {
        TargetKind::QuizOption { .. }
        | TargetKind::QuizSubmit(_)
        | TargetKind::Prediction(_)
        | TargetKind::PredictionSubmit(_)
        | TargetKind::Compared(_) => true,
        TargetKind::Command(_)
        | TargetKind::Code { .. }
        | TargetKind::Link(_)
        | TargetKind::Answer
        | TargetKind::OrderLine { .. }
        | TargetKind::OrderSubmit(_)
        | TargetKind::Place { .. }
        | TargetKind::Condition(_) => false,
    }
}
