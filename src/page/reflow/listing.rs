//! Blocks of code: on a ground of their own (or behind a bar where the terminal has none), one column in.

use std::ops::Range;

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use super::super::code;
use super::super::wrap::{Run, wrap_code};
use super::sheet::{Setting, spans_width};
use super::{Page, TargetKind};
use crate::base::width::graphemes;
use crate::course::model::CodeBlock;

/// A line of code with its colours.
type Coloured<'a> = (&'a str, Vec<(Range<usize>, Style)>);

impl Setting<'_> {
    pub(super) fn listing(&self, code: &CodeBlock, width: usize) -> Page {
        let inside = inside(width);
        let mut page = self.caption(code, inside);
        let above = page.lines.len();
        let rows = self.add_code(&mut page, &code.language, &code.text, inside);
        if rows.is_empty() {
            page.push(Vec::new());
        }
        let marked = highlighted(&code.highlight, &rows);
        let mut page = self.on_ground(page, width, &marked);
        let commands: Vec<Option<&str>> = code.text.lines().map(code::command).collect();
        if matches!(code.language.as_str(), "console" | "text" | "") && commands.iter().any(Option::is_some) {
            for (rows, command) in rows.into_iter().zip(commands) {
                if let Some(command) = command {
                    page.target_rows(rows, width, TargetKind::Command(command.to_owned()));
                }
            }
        } else {
            let kind =
                TargetKind::Code { file: code.file.clone(), language: code.language.clone(), text: code.text.clone() };
            page.target_rows(above..page.lines.len(), width, kind);
        }
        page
    }

    fn caption(&self, code: &CodeBlock, width: usize) -> Page {
        let mut page = Page::default();
        if let Some(file) = &code.file {
            page.append(self.sentence(file.as_str(), self.theme.dim.add_modifier(Modifier::ITALIC), width));
        }
        // Whether it fails may be what the step asks.
        let is_asked = self.view.is_some_and(|view| view.session.asks(view.step));
        if code.fails.is_some() && !is_asked {
            let words = format!("{} fails on purpose", self.theme.glyphs.wrong);
            page.append(self.sentence(&words, self.theme.wrong, width));
        }
        page
    }

    /// Appends the code's lines; which of the page's lines each of them became.
    pub(super) fn add_code(&self, page: &mut Page, language: &str, text: &str, width: usize) -> Vec<Range<usize>> {
        let styles = code::styled(language, text, self.theme);
        text.lines().zip(styles).map(|line| self.add_line(page, &line, width)).collect()
    }

    /// Appends one line of code, wrapped behind a mark where it is longer than the block.
    pub(super) fn add_line(&self, page: &mut Page, line: &Coloured<'_>, width: usize) -> Range<usize> {
        let from = page.lines.len();
        let runs = self.runs(line, if width < 44 { 2 } else { 4 });
        let indent = runs.first().map_or(0, |run| run.text.len() - run.text.trim_start_matches(' ').len());
        let mark = format!("{}{} ", " ".repeat(indent.min(width / 3)), self.theme.glyphs.wrap);
        let mark = Span::styled(mark, self.theme.faint);
        let taken = spans_width(std::slice::from_ref(&mark));
        let is_roomy = width >= taken + 4;
        let later = if is_roomy { width - taken } else { width };
        for (index, row) in wrap_code(&runs, width, later).into_iter().enumerate() {
            let mut spans = row.spans;
            if index > 0 && is_roomy {
                spans.insert(0, mark.clone());
            }
            page.push(spans);
        }
        from..page.lines.len()
    }

    /// The line's runs, tabs as spaces.
    fn runs<'r>(&self, (line, spans): &Coloured<'r>, tab: usize) -> Vec<Run<'r>> {
        let mut runs = Vec::new();
        let mut column = 0;
        let mut at = 0;
        let mut add = |range: Range<usize>, style: Style| {
            if let Some(text) = line.get(range).filter(|text| !text.is_empty()) {
                runs.push(Run::new(without_tabs(text, tab, &mut column), style));
            }
        };
        for (range, style) in spans {
            add(at..range.start, self.theme.text);
            add(range.clone(), *style);
            at = range.end;
        }
        add(at..line.len(), self.theme.text);
        runs
    }

    /// Puts lines of at most [`inside`] columns on a ground of `width`; `marked` lines get a sign at their left.
    pub(super) fn on_ground(&self, mut page: Page, width: usize, marked: &[usize]) -> Page {
        let ground = self.theme.ground;
        if inside(width) == width {
            return page;
        }
        for (index, line) in page.lines.iter_mut().enumerate() {
            let is_marked = marked.contains(&index);
            let fill = width.saturating_sub(2 + spans_width(&line.line.spans));
            let left = match (self.theme.has_ground(), is_marked) {
                (true, false) => vec![Span::styled(" ", ground)],
                (true, true) => vec![Span::styled(self.theme.glyphs.bar, ground.patch(self.theme.accent))],
                (false, false) => vec![Span::styled(format!("{} ", self.theme.glyphs.bar), self.theme.faint)],
                (false, true) => vec![Span::styled(format!("{} ", self.theme.glyphs.here), self.theme.accent)],
            };
            let mut spans = left;
            let code = line.line.spans.drain(..);
            spans.extend(code.map(|span| Span { style: ground.patch(span.style), ..span }));
            if self.theme.has_ground() {
                spans.push(Span::styled(" ".repeat(fill + 1), ground));
            }
            line.line.spans = spans;
        }
        let right = if self.theme.has_ground() { 1 } else { 2 };
        for target in &mut page.targets {
            target.columns = target.columns.start + right..target.columns.end + right;
            target.cursor = target.cursor.map(|(line, column)| (line, column + right));
        }
        page
    }
}

/// Columns left for what stands on a ground of `width`.
pub(super) fn inside(width: usize) -> usize {
    if width < 8 { width } else { width - 2 }
}

impl Page {
    /// Marks rows as one target, the whole width of them.
    pub(super) fn target_rows(&mut self, rows: Range<usize>, width: usize, kind: TargetKind) {
        self.targets.push(super::Target { lines: rows, columns: 0..width as u16, kind, cursor: None });
    }
}

fn without_tabs<'r>(text: &'r str, tab: usize, column: &mut usize) -> std::borrow::Cow<'r, str> {
    if !text.contains('\t') {
        *column += crate::base::width::width(text);
        return text.into();
    }
    let mut wide = String::with_capacity(text.len() + 8);
    for (grapheme, width) in graphemes(text) {
        if grapheme == "\t" {
            let fill = tab - *column % tab;
            wide.extend(std::iter::repeat_n(' ', fill));
            *column += fill;
        } else {
            wide.push_str(grapheme);
            *column += width;
        }
    }
    wide.into()
}

/// The rows of the lines (from 1) that the author pointed at, all groups together.
fn highlighted(groups: &[Vec<u32>], rows: &[Range<usize>]) -> Vec<usize> {
    let lines = groups.iter().flatten().filter_map(|line| (*line as usize).checked_sub(1));
    lines.filter_map(|line| rows.get(line)).flat_map(Clone::clone).collect()
}
