//! The page of the doctor: what this machine has for learning, and what to do where it has not.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::page::{Theme, wrap_plain};
use crate::sandbox::doctor::{Grade, is_ready, verdict};

use super::super::layout::inside;
use super::super::state::{Examined, Overlay, State};
use super::super::view::overlay_area;

/// Columns of its frame.
pub const COLUMNS: u16 = 78;

/// Columns before the words of a line.
const MARK: usize = 2;

/// Draws the lines from its scroll on; a scroll past the end shows the last ones.
pub fn render(theme: &Theme, examined: &Examined, area: Rect, buf: &mut Buffer) {
    let rows = rows(theme, examined, usize::from(area.width).saturating_sub(2));
    let height = usize::from(area.height);
    let first = examined.scroll.min(rows.len().saturating_sub(height));
    for ((mark, words, style), y) in rows.iter().skip(first).zip(area.y..area.bottom()) {
        let room = usize::from(area.width).saturating_sub(1);
        buf.set_stringn(area.x + 1, y, mark, room, *style);
        let room = room.saturating_sub(MARK);
        buf.set_stringn(area.x + 1 + MARK as u16, y, words, room, if mark.is_empty() { *style } else { theme.text });
    }
    if first + height < rows.len() {
        let more = format!(" {} more below ", theme.glyphs.here);
        buf.set_stringn(area.x + 1, area.bottom(), &more, usize::from(area.width), theme.accent);
    }
}

/// The furthest that it scrolls on this screen.
#[must_use]
pub fn last_scroll(state: &State) -> usize {
    let Some(overlay @ Overlay::Doctor(examined)) = &state.overlay else { return 0 };
    let area = inside(overlay_area(overlay, Rect::new(0, 0, state.size.0, state.size.1)));
    let rows = rows(&state.theme, examined, usize::from(area.width).saturating_sub(2)).len();
    rows.saturating_sub(usize::from(area.height))
}

/// Each row: its sign, its words, and how it looks.
fn rows(theme: &Theme, examined: &Examined, columns: usize) -> Vec<(&'static str, String, Style)> {
    let columns = columns.saturating_sub(MARK).max(1);
    let mut rows = Vec::new();
    for line in &examined.lines {
        let (mark, style) = match line.grade {
            Grade::Good => (theme.glyphs.right, theme.right),
            Grade::Note => (theme.glyphs.bullet, theme.warn),
            Grade::Stop => (theme.glyphs.wrong, theme.wrong),
        };
        let words = wrap_plain(&format!("{}: {}", line.about, line.says), columns);
        rows.extend(words.into_iter().enumerate().map(|(row, words)| {
            let mark = if row == 0 { mark } else { "" };
            (mark, words, if row == 0 { style } else { theme.text })
        }));
        let mend = line.mend.iter().flat_map(|mend| wrap_plain(&format!("Do: {mend}"), columns));
        rows.extend(mend.map(|words| ("", words, theme.accent)));
    }
    rows.push(("", String::new(), theme.text));
    rows.push(if examined.is_done {
        let style = if is_ready(&examined.lines) { theme.right } else { theme.wrong };
        ("", verdict(&examined.lines), style)
    } else {
        ("", "Looking …".to_owned(), theme.dim)
    });
    rows
}
