//! From a program's output to its block: nothing it prints breaks out of its cells, what is kept is bounded, and how
//! the system cuts its output into reads does not show.

use haveago::term::emulator::Emulator;
use haveago::term::glyph;
use haveago::term::{BlockId, BlockState, CommandBlock, Frozen};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use std::time::Duration;

use super::support::{self, in_time};

/// Lines and bytes that an ended command may hold: its beginning, a note, its end.
const LINES: usize = 5_001;
const BYTES: usize = (2 << 20) + 100;
/// What the checks get to see: two ends of 64 KiB.
const EXCERPT: usize = 130 * 1024;

/// The first three bytes are columns, rows, and where the output is cut in two; the rest is the output.
pub fn run(data: &[u8]) {
    let Some(([columns, rows, cut], output)) = support::head(data) else { return };
    let size = (u16::from(columns) % 90, u16::from(rows) % 25);
    let cut = output.len() * usize::from(cut) / 255;
    let (mut whole, replies) = in_time("reading the output", || fed(size, &[output]));
    let (mut halves, halves_replies) = fed(size, &[&output[..cut], &output[cut..]]);
    is_tame(&replies);
    let kept = in_time("showing the output", || {
        let shown = seen(&whole);
        (shown, emulator(&whole).text())
    });
    if can_be_compared(output) {
        assert_eq!(seen(&halves), kept.0, "cut at {cut} it looks different");
        assert_eq!(emulator(&halves).text(), kept.1, "cut at {cut} it reads different");
        assert_eq!(halves_replies, replies, "cut at {cut} other answers are given");
    }
    resized(&mut whole, size);
    for block in [&mut whole, &mut halves] {
        ended(block, size.0);
    }
}

fn fed(size: (u16, u16), parts: &[&[u8]]) -> (CommandBlock, Vec<u8>) {
    let mut block = CommandBlock::begun(BlockId(1), "~/x", "go run .", size);
    let emulator = block.emulator_mut().expect("it runs");
    let replies = parts.iter().flat_map(|part| emulator.feed(part)).collect();
    (block, replies)
}

fn emulator(block: &CommandBlock) -> &Emulator {
    block.emulator().expect("it runs")
}

/// Floods of questions and of accents are shortened, and a longer output than is kept is told about: by the read, not
/// by the byte.
fn can_be_compared(output: &[u8]) -> bool {
    let marks = String::from_utf8_lossy(output).chars().filter(|c| !c.is_control() && width_of(*c) == 0).count();
    let count = |wanted: &[u8]| output.iter().filter(|byte| wanted.contains(byte)).count();
    let (questions, line_ends) = (count(&[0x1b]), count(b"\n\x0b\x0c\x84\x85"));
    marks <= 4 && questions <= 250 && line_ends < 1_000 && output.len() < 8_000
}

fn width_of(c: char) -> usize {
    UnicodeWidthStr::width(c.encode_utf8(&mut [0; 4]) as &str)
}

/// Answers go to the program as if they had been typed: no line of them may end.
fn is_tame(replies: &[u8]) {
    assert!(!replies.contains(&b'\r') && !replies.contains(&b'\n'), "{:?}", String::from_utf8_lossy(replies));
    assert!(replies.is_ascii() && replies.first().is_none_or(|first| *first == 0x1b), "{replies:?}");
}

/// What there is to see of a running program: the last rows as they are drawn, and the facts about them.
fn seen(block: &CommandBlock) -> (Buffer, String) {
    let emulator = emulator(block);
    let (columns, rows) = emulator.size();
    let area = Rect::new(3, 2, columns, rows);
    let mut buf = sheet(area);
    emulator.draw(emulator.rows().saturating_sub(usize::from(rows)), area, &mut buf);
    is_inside(&buf, area);
    let title = emulator.title().unwrap_or_default();
    assert!(!title.contains(char::is_control), "{title:?}");
    if let Some((row, column)) = emulator.cursor() {
        assert!(row < emulator.rows() && column < columns, "the cursor is at {row}, {column}");
    }
    let facts = (emulator.rows(), emulator.cursor(), emulator.alternate_screen(), emulator.mouse_mode());
    let facts = format!("{facts:?} {} {} {title:?}", emulator.application_cursor(), emulator.bracketed_paste());
    (buf, facts)
}

/// A sheet of `#` with room for `area` in it.
fn sheet(area: Rect) -> Buffer {
    let mut buf = Buffer::filled(Rect::new(0, 0, area.right() + 3, area.bottom() + 2), Cell::new("#"));
    for (x, y) in area.positions().map(Into::into) {
        let cell: &mut Cell = &mut buf[(x, y)];
        cell.reset();
    }
    buf
}

/// All that was drawn is in `area`, and no cell of it is wider than it says or is obeyed by a terminal.
fn is_inside(buf: &Buffer, area: Rect) {
    for position in buf.area.positions() {
        let symbol = buf[position].symbol();
        if area.contains(position) {
            assert!(!symbol.chars().any(char::is_control), "{symbol:?} at {position}");
            assert!(usize::from(position.x) + symbol.width() <= usize::from(area.right()), "{symbol:?} at {position}");
        } else {
            assert_eq!(symbol, "#", "something was drawn at {position}");
        }
    }
}

/// Another size and back.
fn resized(block: &mut CommandBlock, (columns, rows): (u16, u16)) {
    for size in [(rows, columns), (1, 1), (columns.saturating_mul(2), rows / 2), (columns, rows)] {
        in_time("another size", || block.resize(size.0, size.1));
        seen(block);
    }
}

fn ended(block: &mut CommandBlock, columns: u16) {
    let running = emulator(block);
    let text = (!running.alternate_screen() && !running.holds_back()).then(|| running.text());
    in_time("putting the output away", || block.end(0, Duration::ZERO, columns));
    let BlockState::Ended { output, .. } = &mut block.state else { panic!("it has ended") };
    assert!(output.len() <= LINES && output.bytes() <= BYTES, "{} lines, {} bytes", output.len(), output.bytes());
    let kept = output.text();
    assert!(kept.len() <= EXCERPT, "{} bytes for the checks", kept.len());
    assert!(!kept.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{kept:?}");
    if let Some(text) = text.filter(|_| output.len() < LINES) {
        assert_eq!(kept, text, "what the checks see changes when the command ends");
    }
    for columns in [columns, 1, 2, 80] {
        drawn(output, columns);
    }
    for line in 0..output.len() {
        assert_eq!(glyph::plain(output.line(line)), output.line(line).replace('\t', " "));
    }
}

fn drawn(output: &mut Frozen, columns: u16) {
    in_time("wrapping the output", || output.lay(columns));
    let area = Rect::new(3, 2, columns.max(1), 8);
    for first in [0, output.rows().saturating_sub(8)] {
        let mut buf = sheet(area);
        in_time("drawing the output", || output.draw(first, area, &mut buf));
        is_inside(&buf, area);
    }
    assert!(output.last_row_width() <= usize::from(columns.max(2)), "{} columns", output.last_row_width());
    assert!(output.rows() >= output.len() && !output.wraps(output.rows()));
}
