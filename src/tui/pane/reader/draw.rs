//! A slice of the page on the screen: the selection marked in the margin, links that terminals can open, and a word
//! when there is more below.

use std::num::NonZeroU16;
use std::ops::Range;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::{Reader, rows};
use crate::base::width::{graphemes, width};
use crate::page::theme::Depth;
use crate::page::{Page, PageLine, Target, TargetKind, Theme};

impl Reader {
    /// Draws the page from the reader's first line on. Answers where the cursor belongs, when a field is selected.
    pub fn render(&self, page: &Page, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let rows = rows(page, area.height);
        let scroll = self.scroll.min(page.lines.len().saturating_sub(rows));
        let shown = page.lines.iter().enumerate().skip(scroll).take(rows);
        for ((_, line), y) in shown.zip(area.y..) {
            draw_line(line, Rect { y, height: 1, ..area }, buf, theme);
        }
        draw_scroll(page, scroll, rows, area, buf, theme);
        let target = page.targets.get(self.selected?)?;
        let on_screen = |line: usize| {
            let row = line.checked_sub(scroll).filter(|row| *row < rows)?;
            Some(area.y + row as u16)
        };
        mark(target, &on_screen, area, buf, if focused { theme.accent } else { theme.dim }, theme);
        let (line, column) = target.cursor.filter(|_| focused)?;
        Some(Position::new((area.x + column).min(area.right() - 1), on_screen(line)?))
    }
}

fn draw_line(line: &PageLine, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let mut x = area.x;
    for span in &line.line.spans {
        for (grapheme, columns) in graphemes(&span.content) {
            let columns = columns as u16;
            if columns == 0 || grapheme.contains(char::is_control) {
                continue;
            }
            if x + columns > area.right() {
                return;
            }
            let cell = &mut buf[(x, area.y)];
            cell.set_style(span.style);
            let column = x - area.x;
            let address = line.links.iter().find(|(range, _)| range.contains(&column)).map(|(_, url)| url.as_str());
            match address.filter(|url| theme.depth != Depth::None && theme.depth != Depth::Ansi16 && opens(url)) {
                Some(url) => cell.set_symbol(&linked(grapheme, url)),
                None => cell.set_symbol(grapheme),
            };
            if let Some(forced) = NonZeroU16::new(columns)
                && (address.is_some() || grapheme.cell_width() != columns)
            {
                cell.set_diff_option(CellDiffOption::ForcedWidth(forced));
            }
            for covered in x + 1..x + columns {
                buf[(covered, area.y)].reset();
            }
            x += columns;
        }
    }
}

/// Only addresses that a terminal may be handed: of the web or mail, and nothing in them that could end the sequence.
fn opens(url: &str) -> bool {
    let is_known = ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
    is_known && url.len() < 2_000 && url.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A character as a link of its own: the screen is drawn in pieces, so that no sequence may span cells. Terminals
/// join cells by the id.
fn linked(grapheme: &str, url: &str) -> String {
    let id = url.bytes().fold(5381_u32, |hash, byte| hash.wrapping_mul(33) ^ u32::from(byte));
    format!("\x1b]8;id={id:x};{url}\x1b\\{grapheme}\x1b]8;;\x1b\\")
}

/// Marks the selection: a sign in the margin, and what stands within a line in reverse.
fn mark(
    target: &Target,
    on_screen: &impl Fn(usize) -> Option<u16>,
    area: Rect,
    buf: &mut Buffer,
    style: Style,
    theme: &Theme,
) {
    let mut signed = false;
    for line in target.lines.clone() {
        let Some(y) = on_screen(line) else { continue };
        if !signed {
            buf[(area.x, y)].set_symbol(theme.glyphs.here).set_style(style);
            signed = true;
        }
        if is_within_line(&target.kind) {
            let columns = area.x + target.columns.start..(area.x + target.columns.end).min(area.right());
            reverse(columns, y, target, area, buf);
        }
    }
}

fn is_within_line(kind: &TargetKind) -> bool {
    match kind {
        TargetKind::Link(_)
        | TargetKind::QuizSubmit(_)
        | TargetKind::PredictionSubmit(_)
        | TargetKind::OrderSubmit(_) => true,
        TargetKind::Command(_)
        | TargetKind::Code { .. }
        | TargetKind::QuizOption { .. }
        | TargetKind::Prediction(_)
        | TargetKind::Answer
        | TargetKind::OrderLine { .. }
        | TargetKind::Place { .. }
        | TargetKind::Condition(_)
        | TargetKind::Compared(_) => false,
    }
}

/// A link that goes on in the next line is reversed only where it is underlined.
fn reverse(columns: Range<u16>, y: u16, target: &Target, area: Rect, buf: &mut Buffer) {
    for x in columns.filter(|x| *x < area.right()) {
        let cell = &mut buf[(x, y)];
        if target.lines.len() == 1 || cell.modifier.contains(Modifier::UNDERLINED) {
            cell.modifier.insert(Modifier::REVERSED);
        }
    }
}

/// How far the page goes: a mark on the frame, one column right of the area, and in words on the last row when it goes on below.
fn draw_scroll(page: &Page, scroll: usize, rows: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let all = page.lines.len();
    if all <= rows || rows == 0 {
        return;
    }
    let size = (rows * rows / all).max(1);
    let start = scroll * (rows - size) / (all - rows);
    for row in start..start + size {
        if let Some(cell) = buf.cell_mut((area.right(), area.y + row as u16)) {
            cell.set_symbol(theme.glyphs.full).set_style(theme.faint);
        }
    }
    if usize::from(area.height) == rows || scroll + rows >= all {
        return;
    }
    let words = format!("{} more below", theme.glyphs.down);
    let room = usize::from(area.width);
    let left = room.saturating_sub(width(&words) + 1) / 2;
    buf.set_stringn(area.x + left as u16, area.bottom() - 1, &words, room - left, theme.dim);
}
