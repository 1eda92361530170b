//! What the emulator shows, answers and keeps; and that nothing a program prints breaks out of it.

use std::fmt::Write as _;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::{Emulator, MouseReports};

fn fed(columns: u16, rows: u16, text: &str) -> Emulator {
    let mut emulator = Emulator::new(columns, rows, 5_000);
    emulator.feed(text.as_bytes());
    emulator
}

fn shown(emulator: &Emulator) -> Vec<String> {
    let (columns, rows) = emulator.size();
    let area = Rect::new(0, 0, columns, rows);
    let mut buf = Buffer::empty(area);
    emulator.draw(emulator.screen_top(), area, &mut buf);
    (0..rows).map(|y| row_text(&buf, y)).collect()
}

/// The text of a row as a terminal would show it: the column behind a wide character is part of it.
fn row_text(buf: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut x = 0;
    while x < buf.area.width {
        let symbol = buf[(x, y)].symbol();
        text.push_str(symbol);
        x += (symbol.width() as u16).max(1);
    }
    text.trim_end().to_owned()
}

#[test]
fn wide_characters_wrap_and_reflow() {
    let mut emulator = fed(10, 3, "aaaaaaaaa世b");
    assert_eq!(shown(&emulator), ["aaaaaaaaa", "世b", ""]);
    assert_eq!(emulator.cursor(), Some((1, 3)));
    emulator.resize(20, 3);
    assert_eq!(shown(&emulator)[0], "aaaaaaaaa世b");
    emulator.resize(0, 0);
    assert_eq!(emulator.size(), (2, 1));
    assert_eq!(emulator.text(), "aaaaaaaaa世b");
}

#[test]
fn characters_that_a_read_cuts_take_nothing_with_them() {
    let text = "éx世 ñ\r\n👍é";
    for cut in 0..text.len() {
        let mut emulator = fed(20, 3, "");
        emulator.feed(&text.as_bytes()[..cut]);
        emulator.feed(&text.as_bytes()[cut..]);
        assert_eq!(emulator.text(), "éx世 ñ\n👍é", "cut at {cut}");
    }
    let mut emulator = fed(20, 3, "");
    text.bytes().for_each(|byte| drop(emulator.feed(&[byte])));
    assert_eq!(emulator.text(), "éx世 ñ\n👍é");
    // A long read is handed on in slices, which must not cut either.
    let long = format!("{}éx世", "a".repeat(1023));
    assert_eq!(fed(2_000, 3, &long).text(), long);
}

#[test]
fn text_is_kept_when_the_width_goes_down_and_up() {
    let mut emulator = fed(20, 4, "0123456789abcdef\r\n$ ");
    emulator.resize(10, 4);
    assert_eq!((emulator.rows(), emulator.text()), (3, "0123456789abcdef\n$".to_owned()));
    assert!(emulator.wraps(0) && !emulator.wraps(1));
    emulator.resize(20, 4);
    assert_eq!(shown(&emulator)[..2], ["0123456789abcdef", "$"]);
    assert_eq!(emulator.cursor(), Some((1, 2)));
}

#[test]
fn the_alternate_screen_gives_the_old_one_back() {
    let mut emulator = fed(20, 3, "main\x1b[?1049h\x1b[Halt");
    assert!(emulator.alternate_screen());
    assert_eq!(shown(&emulator)[0], "alt");
    assert_eq!(emulator.rows(), 3);
    emulator.feed(b"\x1b[?1049l!");
    assert_eq!(shown(&emulator)[0], "main!");
    assert_eq!(emulator.rows(), 1);
    let mut killed = fed(20, 3, "before\r\n\x1b[?1049h\x1b[Hvim");
    assert_eq!(killed.freeze().whole(), "before");
}

#[test]
fn questions_are_answered() {
    let mut emulator = Emulator::new(20, 4, 100);
    assert_eq!(emulator.feed(b"ab\x1b[6n"), b"\x1b[1;3R");
    assert_eq!(emulator.feed(b"\x1b[c"), b"\x1b[?6c");
    assert_eq!(emulator.feed(b"\x1b[5n"), b"\x1b[0n");
    assert_eq!(emulator.feed(b"plain"), b"");
    assert!(emulator.feed("\x1b[6n".repeat(100_000).as_bytes()).len() < 10_000);
}

#[test]
fn modes_and_the_title_are_known() {
    let emulator = fed(20, 4, "\x1b[?1h\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b]2;my\x07\x1b]2;a\ttitle\x07\x1b[?25l");
    assert!(emulator.application_cursor() && emulator.bracketed_paste());
    assert_eq!((emulator.mouse_mode().reports, emulator.mouse_mode().sgr), (MouseReports::Drags, true));
    assert_eq!(emulator.title(), Some("atitle"));
    assert_eq!(emulator.cursor(), None);
}

#[test]
fn colours_keep_their_names_and_hostile_symbols_are_tamed() {
    let emulator = fed(
        30,
        2,
        "\x1b[31mr\x1b[0m\x1b[94;1mb\x1b[0m\x1b[38;5;200mi\x1b[48;2;1;2;3mx\x1b[0m d\t❤\u{fe0f}👨\u{200d}👩|",
    );
    let area = Rect::new(0, 0, 30, 2);
    let mut buf = Buffer::empty(area);
    emulator.draw(0, area, &mut buf);
    let at = |x: u16| &buf[(x, 0)];
    assert_eq!((at(0).fg, at(1).fg, at(1).modifier), (Color::Red, Color::LightBlue, Modifier::BOLD));
    assert_eq!((at(2).fg, at(3).bg, at(5).fg), (Color::Indexed(200), Color::Rgb(1, 2, 3), Color::Reset));
    assert_eq!(row_text(&buf, 0), "rbix d  ❤👨👩|");
    // The checks see what the program printed.
    assert_eq!(emulator.text(), "rbix d\t❤\u{fe0f}👨\u{200d}👩|");
}

#[test]
fn held_output_shows_when_let_go() {
    let mut emulator = fed(20, 2, "a\x1b[?2026hpartial");
    assert!(emulator.holds_back());
    assert_eq!(shown(&emulator)[0], "a");
    emulator.stop_sync();
    assert!(!emulator.holds_back());
    assert_eq!(shown(&emulator)[0], "apartial");
}

#[test]
fn a_cleared_screen_forgets_what_was_before() {
    let mut text = String::new();
    for frame in 0..50 {
        let _ = write!(text, "\x1b[2J\x1b[Hframe {frame}\r\nmore\r\nthird\r\n");
    }
    let mut emulator = fed(20, 4, &text);
    assert_eq!(emulator.rows(), 4);
    assert_eq!(emulator.freeze().whole(), "frame 49\nmore\nthird");
    let mut emulator = fed(20, 4, "1\r\n2\r\n3\r\n4\r\n5\r\n6\x1b[H\x1b[2J\x1b[3Jnew");
    assert_eq!(emulator.freeze().whole(), "new");
}

#[test]
fn absurd_repeats_and_floods_of_accents_stay_small() {
    let mut emulator = fed(20, 2, "a\x1b[3bz");
    assert_eq!(shown(&emulator)[0], "aaaaz");
    for _ in 0..1_000 {
        emulator.feed("e\u{301}\x1b[900b\x1b[65535b".as_bytes());
        emulator.feed("\u{301}".repeat(200).as_bytes());
    }
    assert!(emulator.text().len() < 200_000, "{}", emulator.text().len());
}

#[test]
fn a_flood_keeps_its_ends_and_counts_the_rest() {
    let mut emulator = Emulator::new(80, 24, 5_000);
    let mut chunk = String::new();
    let lines = 200_000;
    for line in 0..lines {
        let _ = write!(chunk, "line {line} of a flood that goes on and on\r\n");
        if chunk.len() > 60_000 {
            emulator.feed(chunk.as_bytes());
            chunk.clear();
        }
    }
    emulator.feed(chunk.as_bytes());
    assert_eq!(emulator.rows(), 5_024);
    let mut frozen = emulator.freeze();
    assert!(frozen.len() <= 5_001 && frozen.bytes() < 1 << 20, "{} lines", frozen.len());
    assert_eq!(frozen.line(0), "line 0 of a flood that goes on and on");
    assert_eq!(frozen.line(499), "line 499 of a flood that goes on and on");
    assert_eq!(frozen.line(500), "… 195,000 lines left out …");
    assert_eq!(frozen.line(501), "line 195500 of a flood that goes on and on");
    assert_eq!(frozen.line(frozen.len() - 1), "line 199999 of a flood that goes on and on");
    frozen.lay(80);
    assert_eq!(frozen.rows(), frozen.len());
}

#[derive(Clone, Debug)]
enum Act {
    Print(Vec<&'static str>),
    Resize(u16, u16),
}

fn act() -> impl Strategy<Value = Act> {
    let tokens = prop::sample::select(vec![
        "\x1b[",
        "\x1b]",
        "\x1b(0",
        "\x1b(B",
        "\x1b7",
        "\x1b8",
        "\x1b[?1049h",
        "\x1b[?1049l",
        "\x1b[r",
        "\x1b[?6h",
        "\x1bM",
        "\x1bD",
        "\x1bc",
        "\x1b[65535",
        ";",
        "H",
        "r",
        "J",
        "2J",
        "3J",
        "K",
        "L",
        "M",
        "P",
        "@",
        "X",
        "S",
        "T",
        "m",
        "b",
        "世",
        "👨‍👩‍👧",
        "e\u{301}",
        "❤️",
        "\n",
        "\r\n",
        "\t",
        "\x08",
        "abc",
        "1",
        "2",
        "99",
        "\x7f",
        "\u{9b}",
        "\u{202e}",
        "\x1b[?2026h",
        "\x1b[?2026l",
        "\x1b[?7l",
        "\x1b[4h",
        "31m",
        "\x1b[8m",
        "🇬🇧",
        "👍🏽",
    ]);
    prop_oneof![
        10 => prop::collection::vec(tokens, 0..12).prop_map(Act::Print),
        1 => (0_u16..40, 0_u16..20).prop_map(|(columns, rows)| Act::Resize(columns, rows)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_a_program_prints_breaks_out(acts in prop::collection::vec(act(), 0..60)) {
        let mut emulator = Emulator::new(20, 6, 50);
        let area = Rect::new(3, 2, 17, 5);
        for act in acts {
            match act {
                Act::Print(tokens) => drop(emulator.feed(tokens.concat().as_bytes())),
                Act::Resize(columns, rows) => emulator.resize(columns, rows),
            }
            let mut buf = Buffer::filled(Rect::new(0, 0, 25, 10), ratatui::buffer::Cell::new("#"));
            for y in area.top()..area.bottom() {
                for x in area.left()..area.right() {
                    buf[(x, y)].reset();
                }
            }
            emulator.draw(emulator.rows().saturating_sub(5), area, &mut buf);
            check_buffer(&buf, area)?;
        }
        let mut frozen = emulator.freeze();
        frozen.lay(area.width);
        let mut buf = Buffer::filled(area, ratatui::buffer::Cell::new(" "));
        frozen.draw(0, area, &mut buf);
        check_buffer(&buf, area)?;
        prop_assert!(!frozen.text().contains('\x1b'));
    }
}

fn check_buffer(buf: &Buffer, area: Rect) -> Result<(), TestCaseError> {
    for y in 0..buf.area.height {
        for x in 0..buf.area.width {
            let (x, y) = (x + buf.area.x, y + buf.area.y);
            let symbol = buf[(x, y)].symbol();
            if area.contains((x, y).into()) {
                prop_assert!(!symbol.chars().any(char::is_control), "{:?}", symbol);
                prop_assert!(usize::from(x) + symbol.width() <= usize::from(area.right()), "{:?} at {}", symbol, x);
            } else {
                prop_assert_eq!(symbol, "#");
            }
        }
    }
    Ok(())
}
