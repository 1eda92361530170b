//! A question with its options; what was picked is judged in words as well as in signs.

use ratatui::text::Span;

use super::sheet::{Setting, hanging};
use super::{Page, TargetKind};
use crate::course::model::{Quiz, QuizOption};
use crate::learner::session::QuizState;

/// How an option stands.
struct Standing {
    picked: bool,
    /// Whether it was handed in, and then whether it is right.
    judged: Option<bool>,
}

impl Setting<'_> {
    pub(super) fn quiz(&self, index: usize, width: usize) -> Page {
        let Some(view) = self.view else { return Page::default() };
        let Some(quiz) = view.step.quizzes.get(index) else { return Page::default() };
        let none = QuizState::default();
        let state = view.session.quizzes.get(index).unwrap_or(&none);
        let is_done = state.answered.as_ref().is_some_and(|(_, right)| *right);
        let mut page = Page::default();
        for (number, option) in quiz.options.iter().enumerate() {
            let standing = standing(state, number, option);
            let from = page.lines.len();
            page.append(self.option(quiz, option, &standing, width));
            if !is_done {
                let kind = TargetKind::QuizOption { quiz: index, option: number };
                page.target_before(from, width, kind);
            }
        }
        page.append_apart(self.quiz_end(quiz, state, index, width));
        page
    }

    fn option(&self, quiz: &Quiz, option: &QuizOption, standing: &Standing, width: usize) -> Page {
        let glyphs = self.theme.glyphs;
        let (sign, style) = match standing.judged {
            Some(true) => (glyphs.right, self.theme.right),
            Some(false) => (glyphs.wrong, self.theme.wrong),
            None => (" ", self.theme.text),
        };
        let box_ = match (quiz.is_single(), standing.picked) {
            (true, true) => format!("({}) ", glyphs.bullet),
            (true, false) => "( ) ".to_owned(),
            (false, true) => "[x] ".to_owned(),
            (false, false) => "[ ] ".to_owned(),
        };
        let picked = if standing.picked { self.theme.accent } else { self.theme.dim };
        let mark = vec![Span::styled(format!("{sign} "), style), Span::styled(box_, picked)];
        hanging(&mark, width, |width| {
            let mut page = self.inlines(&option.text, self.theme.text, width);
            if let Some(right) = standing.judged {
                page.append(self.sentence(if right { "right" } else { "not this one" }, style, width));
                page.append(self.blocks(&option.feedback, width));
            }
            page
        })
    }

    fn quiz_end(&self, quiz: &Quiz, state: &QuizState, index: usize, width: usize) -> Page {
        let glyphs = self.theme.glyphs;
        let mut page = Page::default();
        match &state.answered {
            Some((_, true)) => return self.signed(glyphs.right, "Right", self.theme.right, width),
            Some((picked, false)) if picked.iter().all(|picked| quiz.options.get(*picked).is_some_and(|o| o.right)) => {
                page.append(self.signed(glyphs.open, "Right so far; there is more to pick", self.theme.warn, width));
            }
            Some((_, false)) => page.append(self.signed(glyphs.wrong, "Not yet", self.theme.wrong, width)),
            None if !quiz.is_single() => {
                page.append(self.sentence("Pick every answer that is right.", self.theme.dim, width));
            }
            None => {}
        }
        page.append(self.button("Check answer", width, TargetKind::QuizSubmit(index)));
        page
    }
}

fn standing(state: &QuizState, number: usize, option: &QuizOption) -> Standing {
    let handed_in = state.answered.as_ref().is_some_and(|(picked, _)| picked.contains(&number));
    let is_editing = !state.picked.is_empty();
    Standing {
        picked: if is_editing { state.picked.contains(&number) } else { handed_in },
        judged: handed_in.then_some(option.right),
    }
}

impl Page {
    /// Marks everything from line `from` on as a target that is reached before those inside it.
    fn target_before(&mut self, from: usize, width: usize, kind: TargetKind) {
        let inside = self.targets.iter().position(|target| target.lines.start >= from).unwrap_or(self.targets.len());
        let lines = from..self.lines.len();
        self.targets.insert(inside, super::Target { lines, columns: 0..width as u16, kind, cursor: None });
    }
}
