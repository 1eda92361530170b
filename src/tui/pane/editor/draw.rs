//! The editor on the screen: line numbers, coloured text, selection, what is wrong and where.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Place, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::act::NO_FILE;
use super::open::{OpenFile, text_rows};
use super::{Diagnostic, Editor, bracket};
use crate::edit::Position;
use crate::edit::column::{self, Cell};
use crate::go::colour::Spans;
use crate::page::Theme;

impl Editor {
    /// Draws the pane without a border or title and answers where the terminal's cursor belongs, when it is in sight.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Place> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let Some(file) = self.files.get(self.current) else {
            draw_empty(area, buf, theme);
            return None;
        };
        let tabs = self.tab_rows().min(area.height.saturating_sub(1));
        if tabs > 0 {
            self.draw_tabs(Rect { height: tabs, ..area }, buf, theme, focused);
        }
        let area = Rect { y: area.y + tabs, height: area.height - tabs, ..area };
        let view = View::new(file, area, theme, focused);
        for row in 0..view.rows {
            view.draw_row(row, buf);
        }
        let cursor = view.cursor();
        let answered = if area.height > 1 { self.draw_message(area, buf, theme) } else { None };
        if focused { answered.or(cursor) } else { None }
    }
}

fn draw_empty(area: Rect, buf: &mut Buffer, theme: &Theme) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let top = Rect { y: inner.y + inner.height.min(3) / 2, height: inner.height - inner.height.min(3) / 2, ..inner };
    Paragraph::new(Line::styled(NO_FILE, theme.dim)).wrap(Wrap { trim: true }).render(top, buf);
}

/// All that is needed to draw one row.
struct View<'a> {
    file: &'a OpenFile,
    theme: &'a Theme,
    area: Rect,
    gutter: u16,
    rows: u16,
    spans: Vec<Spans>,
    brackets: Option<(Position, Position)>,
    focused: bool,
}

impl<'a> View<'a> {
    fn new(file: &'a OpenFile, area: Rect, theme: &'a Theme, focused: bool) -> Self {
        let rows = text_rows(area.height);
        let lines = file.document.lines();
        let sight = file.top.min(lines.len())..(file.top + usize::from(rows)).min(lines.len());
        let spans = file.spans(sight.clone());
        let brackets = bracket::pair(lines, sight, &spans, file.document.cursor()).filter(|_| focused);
        Self { file, theme, area, gutter: file.gutter(area.width), rows, spans, brackets, focused }
    }

    /// Where the cursor is drawn, if it is in sight.
    fn cursor(&self) -> Option<Place> {
        let at = self.file.document.cursor();
        let column = column::screen_column(&self.file.document.lines()[at.line], at.byte);
        let row = at.line.checked_sub(self.file.top).filter(|row| *row < usize::from(self.rows))?;
        let x = column.checked_sub(self.file.left)? + usize::from(self.gutter);
        (x < usize::from(self.area.width)).then(|| Place::new(self.area.x + x as u16, self.area.y + row as u16))
    }

    fn draw_row(&self, row: u16, buf: &mut Buffer) {
        let number = self.file.top + usize::from(row);
        let y = self.area.y + row;
        let Some(line) = self.file.document.lines().get(number) else { return };
        let here = number == self.file.document.cursor().line;
        if here && self.focused {
            buf.set_style(Rect { y, height: 1, ..self.area }, self.theme.ground);
        }
        self.draw_gutter(number, here, y, buf);
        let wrong: Vec<_> =
            self.file.problems_in(number).map(|wrong| (underlined(line, wrong), wrong.severity)).collect();
        let mut spans = self.spans.get(usize::from(row)).into_iter().flatten().peekable();
        for cell in column::cells_from(line, self.file.left) {
            if cell.column >= self.file.left + usize::from(self.area.width) {
                return;
            }
            while spans.next_if(|(range, _)| range.end <= cell.byte).is_some() {}
            let colour = spans.peek().filter(|(range, _)| range.start <= cell.byte);
            let mut style = colour.map_or(self.theme.text, |(_, token)| self.theme.token(*token));
            if let Some((_, severity)) = wrong.iter().find(|(range, _)| range.contains(&cell.byte)) {
                style = style.patch(severity.style(self.theme)).add_modifier(Modifier::UNDERLINED);
            }
            let at = Position::new(number, cell.byte);
            self.draw_cell(&cell, self.over(at, style), y, buf);
        }
        if self.is_selected(Position::new(number, line.len())) {
            // The line break is selected too.
            let end = column::screen_column(line, line.len());
            let blank = Cell { grapheme: " ", byte: line.len(), column: end, width: 1 };
            self.draw_cell(&blank, self.theme.selection, y, buf);
        }
    }

    /// The style of a place with what lies over it: the selection, or the mark of a pair of brackets.
    fn over(&self, at: Position, style: Style) -> Style {
        if self.is_selected(at) {
            return style.patch(self.theme.selection);
        }
        match self.brackets {
            Some((one, other)) if at == one || at == other => {
                style.patch(self.theme.accent).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
            }
            Some(_) | None => style,
        }
    }

    fn is_selected(&self, at: Position) -> bool {
        let selection = self.file.document.selection();
        selection.start() <= at && at < selection.end()
    }

    fn draw_gutter(&self, number: usize, here: bool, y: u16, buf: &mut Buffer) {
        if self.gutter == 0 {
            return;
        }
        let wrong = self.file.problems_in(number).map(|wrong| wrong.severity).min();
        let mark = wrong.map_or(" ", |severity| severity.sign(self.theme));
        let style = match (wrong, here) {
            (Some(severity), _) => severity.style(self.theme),
            (None, true) => self.theme.accent,
            (None, false) => self.theme.faint,
        };
        let digits = usize::from(self.gutter) - 2;
        let text = format!("{mark}{:>digits$}", number + 1);
        buf.set_stringn(self.area.x, y, text, usize::from(self.gutter), style);
    }

    /// One grapheme where it belongs. What is cut by a border of the view leaves blanks.
    fn draw_cell(&self, cell: &Cell<'_>, style: Style, y: u16, buf: &mut Buffer) {
        let first = cell.column.max(self.file.left);
        let columns = usize::from(self.area.width - self.gutter);
        let last = (cell.column + cell.width).min(self.file.left + columns);
        if first >= last {
            return;
        }
        let x = self.area.x + self.gutter + (first - self.file.left) as u16;
        let whole = last - first == cell.width;
        let sign = match cell.grapheme {
            "\t" => None,
            // Written as it is, a control character would do something to the terminal.
            grapheme if grapheme.starts_with(|c: char| c.is_control()) => Some("?"),
            grapheme => whole.then_some(grapheme),
        };
        match sign {
            Some(sign) => {
                buf.set_stringn(x, y, sign, last - first, style);
            }
            None => {
                buf.set_stringn(x, y, " ".repeat(last - first), last - first, style);
            }
        }
    }
}

/// The bytes of the word a diagnostic points at, or of the whole line's text where it names no column.
fn underlined(line: &str, wrong: &Diagnostic) -> std::ops::Range<usize> {
    let indent = line.len() - line.trim_start().len();
    if wrong.column == 0 {
        return indent..line.len();
    }
    let start = column::floor(line, wrong.column - 1);
    let rest = &line[start..];
    let Some(first) = rest.chars().next() else {
        // Something is missing at the end of the line.
        return column::previous(line, line.len())..line.len();
    };
    let word = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let quoted = matches!(first, '"' | '`').then(|| rest[1..].find(first)).flatten().map(|length| length + 2);
    match quoted.unwrap_or(word) {
        0 => start..column::next(line, start),
        length => start..start + length,
    }
}
