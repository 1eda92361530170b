//! Fields to type in and buttons to press.

use ratatui::style::Style;
use ratatui::text::Span;

use super::super::wrap::{Run, wrap_code};
use super::listing::inside;
use super::sheet::{Setting, hanging, spans_width};
use super::{Page, Target, TargetKind};

/// The widest field: an answer is short.
const WIDEST: usize = 48;

impl Setting<'_> {
    /// A field with what has been typed in it and the cursor behind that; at least `height` lines.
    pub(super) fn field(&self, typed: &str, height: usize, width: usize, kind: TargetKind) -> Page {
        let width = width.min(WIDEST);
        let inside = inside(width);
        let mut page = Page::default();
        let mut cursor = (0, 0);
        for line in typed.split('\n') {
            for row in wrap_code(&[Run::new(line, self.theme.text)], inside, inside) {
                cursor = (page.lines.len(), row.width);
                page.push(row.spans);
            }
        }
        if cursor.1 >= inside {
            cursor = (page.lines.len(), 0);
            page.push(Vec::new());
        }
        while page.lines.len() < height {
            page.push(Vec::new());
        }
        if !self.theme.has_ground() {
            self.underscore(&mut page, inside);
        }
        let lines = 0..page.lines.len();
        let columns = 0..inside as u16;
        page.targets.push(Target { lines, columns, kind, cursor: Some((cursor.0, cursor.1 as u16)) });
        self.on_ground(page, width, &[])
    }

    /// Without a ground a field is the line one writes on.
    fn underscore(&self, page: &mut Page, width: usize) {
        for line in &mut page.lines {
            let free = width - spans_width(&line.line.spans);
            line.line.spans.push(Span::styled("_".repeat(free), self.theme.faint));
        }
    }

    pub(super) fn button(&self, words: &str, columns: usize, kind: TargetKind) -> Page {
        let mut page = self.sentence(&format!("[ {words} ]"), self.theme.accent, columns);
        page.target(0, page.widest(), kind);
        page
    }

    /// A sign and words after it, with a hanging indent.
    pub(super) fn signed(&self, sign: &str, words: &str, style: Style, columns: usize) -> Page {
        hanging(&[Span::styled(format!("{sign} "), style)], columns, |width| self.sentence(words, style, width))
    }
}
