//! Pages put together from smaller pages: below one another, apart, and behind a prefix.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::inline::{Ink, Text};
use super::super::theme::Theme;
use super::super::wrap::{Row, Run, wrap};
use super::{Page, PageLine, PageView, Target, TargetKind};
use crate::base::width::width;
use crate::course::Inline;

/// What every block is set with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    pub theme: &'a Theme,
    /// The labels of the page's footnotes, in order.
    pub notes: &'a [&'a str],
    /// The open step, where there is one.
    pub view: Option<&'a PageView<'a>>,
}

/// Below this many columns a prefix is left out and the text gets them all.
const NARROWEST: usize = 4;

impl<'a> Setting<'a> {
    pub fn ink(&self, width: usize) -> Ink<'a> {
        Ink { theme: self.theme, notes: self.notes, keep: (width / 3).max(8) }
    }

    /// Running text.
    pub fn inlines(&self, inlines: &[Inline], style: Style, width: usize) -> Page {
        let ink = Ink { theme: self.theme, notes: self.notes, keep: self.ink(width).keep };
        let text = ink.text(inlines, style);
        Page::of_text(&text, width)
    }

    /// A text of the program's own; backticks stand for code.
    pub fn sentence(&self, text: &str, style: Style, width: usize) -> Page {
        let ink = Ink { theme: self.theme, notes: &[], keep: self.ink(width).keep };
        Page::of_runs(&ink.sentence(text, style), width)
    }

    /// A faint line.
    pub fn rule(&self, width: usize) -> Page {
        Page::of_spans(vec![Span::styled(self.theme.glyphs.rule.repeat(width), self.theme.faint)])
    }
}

/// What `set` makes of the columns that `first` leaves, its first line behind `first` and the others behind `rest`,
/// which must be as wide.
pub(super) fn behind(
    first: &[Span<'static>],
    rest: &[Span<'static>],
    columns: usize,
    set: impl FnOnce(usize) -> Page,
) -> Page {
    let taken = spans_width(first);
    if columns < taken + NARROWEST {
        return set(columns);
    }
    let mut page = set(columns - taken);
    if page.lines.is_empty() {
        page.lines.push(PageLine::default());
    }
    page.prefix(first, rest, taken);
    page
}

/// The same with a hanging indent below `mark`.
pub(super) fn hanging(mark: &[Span<'static>], columns: usize, set: impl FnOnce(usize) -> Page) -> Page {
    behind(mark, &[Span::raw(" ".repeat(spans_width(mark)))], columns, set)
}

pub(super) fn spans_width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| width(&span.content)).sum()
}

impl Page {
    pub(super) fn of_spans(spans: Vec<Span<'static>>) -> Self {
        let mut page = Self::default();
        page.push(spans);
        page
    }

    pub(super) fn of_runs(runs: &[Run<'_>], width: usize) -> Self {
        let mut page = Self::default();
        for row in wrap(runs, width) {
            page.push(row.spans);
        }
        page
    }

    pub(super) fn of_text(text: &Text<'_>, width: usize) -> Self {
        let mut page = Self::default();
        for row in wrap(&text.runs, width) {
            page.push_linked(row, &text.urls);
        }
        page
    }

    pub(super) fn push(&mut self, spans: Vec<Span<'static>>) {
        self.lines.push(PageLine { line: Line::from(spans), links: Vec::new() });
    }

    /// A row with its links; a link that goes on from the row before stays one target.
    fn push_linked(&mut self, row: Row, urls: &[&str]) {
        let at = self.lines.len();
        let mut links = Vec::new();
        for (index, (columns, link)) in row.links.into_iter().enumerate() {
            let Some(url) = urls.get(link) else { continue };
            let columns = columns.start as u16..columns.end as u16;
            let goes_on = index == 0
                && columns.start == 0
                && self.lines.last().and_then(|line| line.links.last()).is_some_and(|(_, last)| last == url);
            match self.targets.last_mut() {
                Some(target) if goes_on && target.lines.end == at => {
                    target.lines.end = at + 1;
                    target.columns = target.columns.start.min(columns.start)..target.columns.end.max(columns.end);
                }
                Some(_) | None => self.targets.push(Target {
                    lines: at..at + 1,
                    columns: columns.clone(),
                    kind: TargetKind::Link((*url).to_owned()),
                    cursor: None,
                }),
            }
            links.push((columns, (*url).to_owned()));
        }
        self.lines.push(PageLine { line: Line::from(row.spans), links });
    }

    /// Marks everything set from line `from` on as one target, the whole width of it.
    pub(super) fn target(&mut self, from: usize, width: usize, kind: TargetKind) {
        let lines = from..self.lines.len();
        self.targets.push(Target { lines, columns: 0..width as u16, kind, cursor: None });
    }

    pub(super) fn append(&mut self, mut other: Self) {
        let down = self.lines.len();
        for target in &mut other.targets {
            target.lines = target.lines.start + down..target.lines.end + down;
            target.cursor = target.cursor.map(|(line, column)| (line + down, column));
        }
        self.lines.append(&mut other.lines);
        self.targets.append(&mut other.targets);
    }

    /// Appends with one empty line between, if there is something on both sides.
    pub(super) fn append_apart(&mut self, other: Self) {
        if other.lines.is_empty() {
            return;
        }
        self.gap(1);
        self.append(other);
    }

    /// Makes the page end in `wanted` empty lines; a page without a line stays so.
    pub(super) fn gap(&mut self, wanted: usize) {
        if self.lines.is_empty() {
            return;
        }
        let there = self.lines.iter().rev().take_while(|line| line.line.width() == 0).count();
        self.lines.extend((there..wanted).map(|_| PageLine::default()));
    }

    /// Drops empty lines at the end.
    pub(super) fn trim(&mut self) {
        while self.lines.last().is_some_and(|line| line.line.spans.iter().all(|span| span.content.trim().is_empty())) {
            let end = self.lines.len() - 1;
            if self.targets.iter().any(|target| target.lines.end > end) {
                return;
            }
            self.lines.pop();
        }
    }

    pub(super) fn shift(&mut self, columns: usize) {
        if columns > 0 {
            let space = [Span::raw(" ".repeat(columns))];
            self.prefix(&space, &space, columns);
        }
    }

    fn prefix(&mut self, first: &[Span<'static>], rest: &[Span<'static>], columns: usize) {
        let right = columns as u16;
        for (index, line) in self.lines.iter_mut().enumerate() {
            let mut spans = if index == 0 { first.to_vec() } else { rest.to_vec() };
            spans.append(&mut line.line.spans);
            line.line.spans = spans;
            for (range, _) in &mut line.links {
                *range = range.start + right..range.end + right;
            }
        }
        for target in &mut self.targets {
            target.columns = target.columns.start + right..target.columns.end + right;
            target.cursor = target.cursor.map(|(line, column)| (line, column + right));
        }
    }

    /// The columns of its widest line.
    pub(super) fn widest(&self) -> usize {
        self.lines.iter().map(|line| spans_width(&line.line.spans)).max().unwrap_or_default()
    }
}
