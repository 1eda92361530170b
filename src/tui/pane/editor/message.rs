//! The last rows of the pane: the prompt, a notice, what is wrong in the cursor's line, or where the cursor is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Place, Rect};
use ratatui::style::Style;

use super::open::OpenFile;
use super::prompt::Prompt;
use super::{Diagnostic, Editor};
use crate::base::{prose, width};
use crate::edit::column;
use crate::page::{Theme, wrap_plain};

/// Rows that messages take at most, where the pane has thrice as many: they must not hide the lines they are about.
const MOST_ROWS: u16 = 6;

impl Editor {
    /// Draws into the last row of `area`, and over some rows above it where a message is long. Answers where the cursor
    /// stands in the prompt, if there is one.
    pub(super) fn draw_message(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Place> {
        let file = self.files.get(self.current)?;
        if let Some(prompt) = &self.prompt {
            return Some(self.draw_prompt(prompt, area, buf, theme));
        }
        let wrong: Vec<&Diagnostic> = file.problems_in(file.document.cursor().line).collect();
        match &self.notice {
            Some(notice) => draw_rows(area, buf, theme, &[(notice.clone(), theme.accent)]),
            None if wrong.is_empty() => self.draw_place(file, last_row(area), buf, theme),
            None => draw_rows(area, buf, theme, &wrong.iter().flat_map(|one| told(one, theme)).collect::<Vec<_>>()),
        }
        None
    }

    /// The prompt in the last row; what can be done, behind what is typed or, without room there, in the row above.
    fn draw_prompt(&self, prompt: &Prompt, area: Rect, buf: &mut Buffer, theme: &Theme) -> Place {
        let (before, after) = self.around(prompt);
        let row = last_row(area);
        clear(row, buf, theme.text);
        let (x, _) = buf.set_stringn(row.x, row.y, before, usize::from(row.width), theme.accent);
        let (x, _) = put(buf, x, row, &prompt.typed, theme.text);
        let cursor = Place::new(x.min(row.right().saturating_sub(1)), row.y);
        let from = x.saturating_add(2);
        if usize::from(from) + width::width(&after) <= usize::from(row.right()) || area.height < 3 {
            put(buf, from, row, &after, theme.dim);
        } else {
            let above = Rect { y: row.y - 1, ..row };
            clear(above, buf, theme.text);
            put(buf, above.x, above, &width::truncate(&after, usize::from(above.width)), theme.dim);
        }
        cursor
    }

    /// The cursor's line and column on the right; on the left where there is something wrong, if anywhere.
    fn draw_place(&self, file: &OpenFile, row: Rect, buf: &mut Buffer, theme: &Theme) {
        clear(row, buf, theme.text);
        let cursor = file.document.cursor();
        let character = column::grapheme_column(&file.document.lines()[cursor.line], cursor.byte) + 1;
        let place = format!("{}:{character}", cursor.line + 1);
        let columns = width::width(&place) as u16;
        put(buf, row.right().saturating_sub(columns), row, &place, theme.faint);
        if let Some((words, style)) = self.summary(file, theme) {
            let room = usize::from(row.width.saturating_sub(columns + 1));
            put(buf, row.x, row, &width::truncate(&words, room), style);
        }
    }

    /// How much is wrong, and where the first of it is.
    fn summary(&self, file: &OpenFile, theme: &Theme) -> Option<(String, Style)> {
        let count = file.all_problems().count();
        if let Some(first) = file.all_problems().next() {
            let place = if count == 1 { "in line" } else { "first in line" };
            let count = prose::count(count, "problem", "problems");
            let words = format!("{} {count}, {place} {}: Alt-E", first.severity.sign(theme), first.line);
            return Some((words, first.severity.style(theme)));
        }
        let other = self.files.iter().find_map(|file| Some((&file.path, file.all_problems().next()?)));
        let (path, first) = other.or_else(|| self.elsewhere.first().map(|(path, first)| (path, first)))?;
        let words = format!("{} {path} has a problem in line {}: Alt-E", first.severity.sign(theme), first.line);
        Some((words, first.severity.style(theme)))
    }
}

/// A problem's lines: the message as the tool words it, then what it means.
fn told(problem: &Diagnostic, theme: &Theme) -> Vec<(String, Style)> {
    let style = problem.severity.style(theme);
    let sign = problem.severity.sign(theme);
    let signed = |(index, line): (usize, &str)| {
        let before = if index == 0 { sign } else { " " };
        (format!("{before} {line}"), style)
    };
    let mut lines: Vec<(String, Style)> = problem.message.lines().enumerate().map(signed).collect();
    lines.extend(problem.why.iter().map(|why| (why.replace('`', ""), theme.text)));
    lines
}

/// Draws paragraphs over the last rows, as many as they need and there are; the last row that is seen says by `…` that
/// there is more.
fn draw_rows(area: Rect, buf: &mut Buffer, theme: &Theme, paragraphs: &[(String, Style)]) {
    let columns = usize::from(area.width).max(1);
    let wrapped = paragraphs.iter().flat_map(|(text, style)| {
        let lines = wrap_plain(text, columns).into_iter();
        lines.map(|line| (width::truncate(&line, columns), *style)).collect::<Vec<_>>()
    });
    let mut lines: Vec<(String, Style)> = wrapped.collect();
    let most = usize::from(MOST_ROWS.min(area.height / 3).max(2).min(area.height));
    if lines.len() > most {
        lines.truncate(most);
        if let Some((last, _)) = lines.last_mut() {
            *last = width::truncate(&format!("{last} …"), columns);
        }
    }
    for (y, (line, style)) in (area.bottom() - lines.len() as u16..area.bottom()).zip(lines) {
        let row = Rect { y, height: 1, ..area };
        clear(row, buf, theme.text);
        put(buf, row.x, row, &line, style);
    }
}

fn last_row(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area }
}

fn clear(row: Rect, buf: &mut Buffer, style: Style) {
    for place in row.positions() {
        buf[place].reset();
        buf[place].set_style(style);
    }
}

/// Writes in `row` from column `x` of the screen, as far as the row goes.
fn put(buf: &mut Buffer, x: u16, row: Rect, text: &str, style: Style) -> (u16, u16) {
    if x >= row.right() || row.height == 0 {
        return (x, row.y);
    }
    buf.set_stringn(x, row.y, text, usize::from(row.right() - x), style)
}
