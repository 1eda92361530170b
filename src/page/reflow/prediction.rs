//! "What will this print?": the program, a field for the learner's word, and then both side by side.

use ratatui::style::Style;
use ratatui::text::Span;

use super::listing::inside;
use super::sheet::{Setting, spans_width};
use super::{Page, TargetKind};
use crate::course::model::CodeBlock;

/// Two columns need this much room.
const SIDE_BY_SIDE: usize = 48;

impl Setting<'_> {
    pub(super) fn prediction(&self, index: usize, width: usize) -> Page {
        let Some(view) = self.view else { return Page::default() };
        let Some(prediction) = view.step.predictions.get(index) else { return Page::default() };
        let state = view.session.predictions.get(index);
        let mut page = self.listing(&program(&prediction.code), width);
        page.append_apart(self.sentence("What will this print?", self.theme.title, width));
        match state.and_then(|state| state.answered.as_ref()) {
            Some((_, true)) => {
                page.append(self.printed("It prints", &prediction.output, self.theme.right, width));
                page.append_apart(self.signed(self.theme.glyphs.right, "Right", self.theme.right, width));
            }
            Some((text, false)) => {
                let from = page.lines.len();
                page.append_apart(self.compared(text, &prediction.output, width));
                page.append_apart(self.signed(self.theme.glyphs.wrong, "Not quite", self.theme.wrong, width));
                page.target(from, width, TargetKind::Compared(index));
            }
            None => {
                let typed = state.map_or("", |state| state.typed.as_str());
                page.append(self.field(typed, 2, width, TargetKind::Prediction(index)));
                page.append(self.button("Check prediction", width, TargetKind::PredictionSubmit(index)));
            }
        }
        page
    }

    fn compared(&self, wrote: &str, prints: &str, width: usize) -> Page {
        if width < SIDE_BY_SIDE {
            let mut page = self.printed("You wrote", wrote, self.theme.wrong, width);
            page.append_apart(self.printed("It prints", prints, self.theme.right, width));
            return page;
        }
        let half = (width - 2) / 2;
        let left = self.printed("You wrote", wrote, self.theme.wrong, half);
        beside(left, self.printed("It prints", prints, self.theme.right, half), half + 2)
    }

    fn printed(&self, title: &str, text: &str, style: Style, width: usize) -> Page {
        let mut page = self.sentence(title, style, width);
        let mut output = Page::default();
        let inside = inside(width);
        self.add_code(&mut output, "output", text.trim_end_matches('\n'), inside);
        if output.lines.is_empty() {
            output.append(self.sentence("nothing", self.theme.dim, inside));
        }
        page.append(self.on_ground(output, width, &[]));
        page
    }
}

/// Two pages without targets next to each other, the right one from column `at` on.
fn beside(left: Page, right: Page, at: usize) -> Page {
    let mut page = Page::default();
    let height = left.lines.len().max(right.lines.len());
    let (mut left, mut right) = (left.lines.into_iter(), right.lines.into_iter());
    for _ in 0..height {
        let mut spans = left.next().map(|line| line.line.spans).unwrap_or_default();
        if let Some(line) = right.next() {
            let fill = at.saturating_sub(spans_width(&spans));
            spans.push(Span::raw(" ".repeat(fill)));
            spans.extend(line.line.spans);
        }
        page.push(spans);
    }
    page
}

fn program(code: &str) -> CodeBlock {
    CodeBlock {
        language: "go".to_owned(),
        text: code.to_owned(),
        commands: Vec::new(),
        file: None,
        fails: None,
        highlight: Vec::new(),
    }
}
