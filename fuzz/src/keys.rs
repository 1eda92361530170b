//! Keys, pastes and the mouse as a program in the pane gets them, and the line that the learner types: nothing is taken
//! for another key, nothing gets out of a paste, no cursor stands in the midst of a letter.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use haveago::term::CommandLine;
use haveago::term::emulator::{MouseMode, MouseReports};
use haveago::term::history::{Browse, History};
use haveago::term::line::Motion;
use haveago::tui::key::Key;
use haveago::tui::pane::terminal::keys::{Mouse, encode, mouse, paste};

use super::support::{assert_line, in_time};

/// Each key is four bytes; what is no whole key at the end, and all of it as text, is pasted.
pub fn run(data: &[u8]) {
    let (keys, _) = data.as_chunks::<4>();
    let mut stream = Vec::new();
    let mut sent = Vec::new();
    for bytes in keys.iter().take(200) {
        if let Some(one) = one_key(*bytes) {
            stream.extend_from_slice(&one);
            sent.push(one);
        }
        one_click(*bytes);
    }
    assert_eq!(read_keys(&stream), sent, "the keys run into each other");
    let text = String::from_utf8_lossy(data);
    for bracketed in [false, true] {
        pasted(&text, bracketed);
    }
    line(data, &text);
}

const CODES: [KeyCode; 18] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::Insert,
    KeyCode::Delete,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Null,
    KeyCode::CapsLock,
    KeyCode::Menu,
];

/// The bytes of a key, where a reader can tell them from others: not those of Esc, and of Alt with a sign that begins
/// a sequence, which are what terminals send for them.
fn one_key([kind, modifiers, high, low]: [u8; 4]) -> Option<Vec<u8>> {
    let modifiers = KeyModifiers::from_bits_truncate(modifiers & 7);
    let code = match kind % 4 {
        0 => KeyCode::Char(char::from_u32(u32::from_be_bytes([0, kind / 16, high, low])).filter(|c| !c.is_control())?),
        1 => KeyCode::F(low),
        2 => KeyCode::Char(char::from(low.clamp(b' ', b'~'))),
        _ => CODES[usize::from(low) % CODES.len()],
    };
    let application = high & 1 == 1;
    let event = KeyEvent::new(code, modifiers);
    let released = KeyEvent::new_with_kind(code, modifiers, KeyEventKind::Release);
    assert_eq!(encode(released, application), b"", "{released:?}");
    let bytes = encode(event, application);
    assert!(bytes.len() <= 8, "{event:?}: {bytes:?}");
    is_named(&event);
    let alone = bytes.as_slice() == b"\x1b" || matches!(bytes.as_slice(), [0x1b, b'[' | b'O' | 0x1b]);
    (!bytes.is_empty() && !alone).then_some(bytes)
}

/// A key's name is that key's.
fn is_named(event: &KeyEvent) {
    let key = Key::of(event);
    let has_name = match event.code {
        KeyCode::Char(c) => c.is_ascii(),
        code => !matches!(code, KeyCode::Null | KeyCode::CapsLock | KeyCode::Menu),
    };
    if has_name {
        assert_eq!(Key::parse(&key.to_string()), Some(key), "{key}");
    }
}

/// Reads keys as a program does that knows xterm's sequences.
fn read_keys(mut stream: &[u8]) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    while !stream.is_empty() {
        let length = match stream {
            [0x1b, b'[', rest @ ..] => 2 + sequence(rest),
            [0x1b, b'O', ..] => 3,
            [0x1b, rest @ ..] => 1 + letter(rest),
            rest => letter(rest),
        };
        let (key, rest) = stream.split_at(length.min(stream.len()));
        keys.push(key.to_vec());
        stream = rest;
    }
    keys
}

fn sequence(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| (0x40..=0x7e).contains(byte)).map_or(bytes.len(), |end| end + 1)
}

fn letter(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        Some(0xc0..) => 2,
        Some(_) | None => 1,
    }
}

fn one_click([kind, mode, high, low]: [u8; 4]) {
    let events = [Mouse::Press, Mouse::Drag, Mouse::Release, Mouse::WheelUp, Mouse::WheelDown];
    let reports = [MouseReports::None, MouseReports::Clicks, MouseReports::Drags, MouseReports::Motion];
    let event = events[usize::from(kind) % events.len()];
    let mode = MouseMode {
        reports: reports[usize::from(mode) % reports.len()],
        sgr: mode & 16 != 0,
        wheel_as_arrows: mode & 32 != 0,
    };
    let column = u16::from_be_bytes([high, low]);
    for place in [(column, u16::from(low)), (u16::from(high), column)] {
        let bytes = mouse(event, place, mode, high & 1 == 1);
        let ended = match bytes.as_slice() {
            [] => true,
            [0x1b, b'[', b'M', rest @ ..] => rest.len() == 3 && rest.iter().all(|byte| *byte >= 32),
            [0x1b, b'[', b'<', rest @ .., b'M' | b'm'] => rest.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';')),
            arrows => read_keys(arrows).len() == 3,
        };
        assert!(ended, "{event:?} at {place:?}: {bytes:?}");
    }
}

/// Nothing in a paste is a key but the ends of lines and tabs, and its bracket closes at its end.
fn pasted(text: &str, bracketed: bool) {
    let bytes = in_time("a paste", || paste(text, bracketed));
    let sent = String::from_utf8(bytes).expect("text");
    let bare = || sent.strip_prefix("\x1b[200~").and_then(|sent| sent.strip_suffix("\x1b[201~"));
    let inside = if bracketed { bare() } else { Some(sent.as_str()) };
    let inside = inside.unwrap_or_else(|| panic!("no bracket around {sent:?}"));
    let key = inside.chars().find(|c| c.is_control() && !matches!(c, '\r' | '\t'));
    assert!(key.is_none(), "{key:?} is pressed by pasting {text:?}");
    let letters = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    assert_eq!(letters(inside), letters(text), "not all is pasted");
}

/// A command line edited, searched in, and filled from the history.
fn line(data: &[u8], text: &str) {
    let entries: Vec<String> = text.lines().map(str::to_owned).collect();
    let history = History::new(&entries);
    let (mut line, mut browse) = (CommandLine::default(), Browse::default());
    for (index, byte) in data.iter().take(300).enumerate() {
        let motion = [Motion::Left, Motion::Right, Motion::WordLeft, Motion::WordRight, Motion::Start, Motion::End]
            [usize::from(*byte) / 16 % 6];
        match byte % 12 {
            0 => line.go(motion),
            1 => line.backspace(),
            2 => line.delete(),
            3 => line.cut(motion),
            4 => line.cut_blank_word(),
            5 => line.yank(),
            6 => browse.up(&mut line, &history),
            7 => browse.down(&mut line, &history),
            8 => browse.search(&mut line, &history),
            9 => {
                browse.search_for(&mut line, &history, |query| query.push(char::from(*byte)));
            }
            10 => line.paste(text).iter().for_each(|line| assert_line(line)),
            _ => line.insert(text.get(index..).unwrap_or(text)),
        }
        assert_line(line.text());
        assert!(line.text().is_char_boundary(line.cursor()), "{line:?}");
        if line.text().len() > 4_000 {
            line.take();
        }
        let suggested = history.suggestion(line.text()).unwrap_or_default();
        assert!(suggested.is_empty() || entries.iter().any(|entry| entry.trim().ends_with(suggested)));
    }
}
