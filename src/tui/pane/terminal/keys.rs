//! Keys, pastes and the mouse as programs in a terminal expect them (xterm's encoding).

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::term::emulator::{MouseMode, MouseReports};

/// The bytes of a key; empty for a release and for keys that terminals have no code for.
#[must_use]
pub fn encode(key: KeyEvent, application_cursor: bool) -> Vec<u8> {
    if key.kind == KeyEventKind::Release {
        return Vec::new();
    }
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    match key.code {
        KeyCode::Char(c) => with_alt(alt, character(c, key.modifiers)),
        KeyCode::Enter => with_alt(alt, vec![b'\r']),
        KeyCode::Esc => with_alt(alt, vec![0x1b]),
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => b"\x1b[Z".to_vec(),
        KeyCode::Tab => with_alt(alt, vec![b'\t']),
        KeyCode::BackTab => b"\x1b[Z".to_vec(),
        KeyCode::Backspace => {
            let byte = if key.modifiers.contains(KeyModifiers::CONTROL) { 0x08 } else { 0x7f };
            with_alt(alt, vec![byte])
        }
        KeyCode::Up => lettered('A', key.modifiers, application_cursor),
        KeyCode::Down => lettered('B', key.modifiers, application_cursor),
        KeyCode::Right => lettered('C', key.modifiers, application_cursor),
        KeyCode::Left => lettered('D', key.modifiers, application_cursor),
        KeyCode::End => lettered('F', key.modifiers, application_cursor),
        KeyCode::Home => lettered('H', key.modifiers, application_cursor),
        KeyCode::Insert => numbered(2, key.modifiers),
        KeyCode::Delete => numbered(3, key.modifiers),
        KeyCode::PageUp => numbered(5, key.modifiers),
        KeyCode::PageDown => numbered(6, key.modifiers),
        KeyCode::F(number) => function(number, key.modifiers),
        KeyCode::Null => vec![0],
        _ => Vec::new(),
    }
}

/// Pasted text: bracketed where the program asked for it, and never able to end its own bracket. Nothing in it is a key
/// such as Ctrl-C, but the ends of lines and tabs.
#[must_use]
pub fn paste(text: &str, bracketed: bool) -> Vec<u8> {
    let is_text = |c: &char| !c.is_control() || matches!(c, '\r' | '\t');
    let text: String = text.replace("\r\n", "\r").replace('\n', "\r").chars().filter(is_text).collect();
    if bracketed { format!("\x1b[200~{text}\x1b[201~").into_bytes() } else { text.into_bytes() }
}

/// What happened to a mouse button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// The bytes of a mouse event at a column and row of the screen (from 0); empty when the program does not want it.
#[must_use]
pub fn mouse(event: Mouse, (column, row): (u16, u16), mode: MouseMode, application_cursor: bool) -> Vec<u8> {
    let wanted = match mode.reports {
        MouseReports::None => false,
        MouseReports::Clicks => event != Mouse::Drag,
        MouseReports::Drags | MouseReports::Motion => true,
    };
    if !wanted {
        let key = match event {
            Mouse::WheelUp => 'A',
            Mouse::WheelDown => 'B',
            Mouse::Press | Mouse::Drag | Mouse::Release => return Vec::new(),
        };
        let once = lettered(key, KeyModifiers::NONE, application_cursor);
        return if mode.wheel_as_arrows { once.repeat(3) } else { Vec::new() };
    }
    let button: u8 = match event {
        Mouse::Press => 0,
        Mouse::Release if mode.sgr => 0,
        Mouse::Release => 3,
        Mouse::Drag => 32,
        Mouse::WheelUp => 64,
        Mouse::WheelDown => 65,
    };
    // Counted from 1.
    let (column, row) = (column.saturating_add(1), row.saturating_add(1));
    if mode.sgr {
        let end = if event == Mouse::Release { 'm' } else { 'M' };
        return format!("\x1b[<{button};{column};{row}{end}").into_bytes();
    }
    // One byte each: places beyond 223 cannot be told.
    match (u8::try_from(column.saturating_add(32)), u8::try_from(row.saturating_add(32))) {
        (Ok(column), Ok(row)) => vec![0x1b, b'[', b'M', 32 + button, column, row],
        (Err(_), _) | (_, Err(_)) => Vec::new(),
    }
}

fn with_alt(alt: bool, mut bytes: Vec<u8>) -> Vec<u8> {
    if alt {
        bytes.insert(0, 0x1b);
    }
    bytes
}

fn character(c: char, modifiers: KeyModifiers) -> Vec<u8> {
    if modifiers.contains(KeyModifiers::CONTROL)
        && let Some(byte) = control(c)
    {
        return vec![byte];
    }
    c.to_string().into_bytes()
}

/// The control character of a key, as terminals have sent them since the VT100.
fn control(c: char) -> Option<u8> {
    match c.to_ascii_lowercase() {
        c @ 'a'..='z' => Some(c as u8 & 0x1f),
        ' ' | '@' | '2' => Some(0x00),
        '[' | '3' => Some(0x1b),
        '\\' | '4' => Some(0x1c),
        ']' | '5' => Some(0x1d),
        '^' | '6' => Some(0x1e),
        '_' | '/' | '7' => Some(0x1f),
        '?' | '8' => Some(0x7f),
        _ => None,
    }
}

/// xterm's number for modifiers: 1 and a bit each.
fn modifier_number(modifiers: KeyModifiers) -> u8 {
    1 + u8::from(modifiers.contains(KeyModifiers::SHIFT))
        + 2 * u8::from(modifiers.contains(KeyModifiers::ALT))
        + 4 * u8::from(modifiers.contains(KeyModifiers::CONTROL))
}

fn lettered(letter: char, modifiers: KeyModifiers, application_cursor: bool) -> Vec<u8> {
    match modifier_number(modifiers) {
        1 if application_cursor => format!("\x1bO{letter}").into_bytes(),
        1 => format!("\x1b[{letter}").into_bytes(),
        number => format!("\x1b[1;{number}{letter}").into_bytes(),
    }
}

fn numbered(code: u8, modifiers: KeyModifiers) -> Vec<u8> {
    match modifier_number(modifiers) {
        1 => format!("\x1b[{code}~").into_bytes(),
        number => format!("\x1b[{code};{number}~").into_bytes(),
    }
}

fn function(number: u8, modifiers: KeyModifiers) -> Vec<u8> {
    match number {
        1..=4 => lettered(char::from(b'P' + number - 1), modifiers, true),
        5 => numbered(15, modifiers),
        6..=10 => numbered(number + 11, modifiers),
        11 | 12 => numbered(number + 12, modifiers),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::{Mouse, encode, mouse, paste};
    use crate::term::emulator::{MouseMode, MouseReports};

    #[test]
    fn keys_are_sent_as_xterm_sends_them() {
        let (none, ctrl, alt, shift) =
            (KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::ALT, KeyModifiers::SHIFT);
        let table: &[(KeyCode, KeyModifiers, &str)] = &[
            (KeyCode::Char('a'), none, "a"),
            (KeyCode::Char('ß'), none, "ß"),
            (KeyCode::Char('c'), ctrl, "\x03"),
            (KeyCode::Char('C'), ctrl | shift, "\x03"),
            (KeyCode::Char('d'), ctrl, "\x04"),
            (KeyCode::Char(' '), ctrl, "\0"),
            (KeyCode::Char('4'), ctrl, "\x1c"),
            (KeyCode::Char('x'), alt, "\x1bx"),
            (KeyCode::Char('c'), ctrl | alt, "\x1b\x03"),
            (KeyCode::Enter, none, "\r"),
            (KeyCode::Backspace, none, "\x7f"),
            (KeyCode::Backspace, alt, "\x1b\x7f"),
            (KeyCode::Tab, none, "\t"),
            (KeyCode::BackTab, shift, "\x1b[Z"),
            (KeyCode::Esc, none, "\x1b"),
            (KeyCode::Up, none, "\x1b[A"),
            (KeyCode::Left, ctrl, "\x1b[1;5D"),
            (KeyCode::Right, shift | alt, "\x1b[1;4C"),
            (KeyCode::Home, none, "\x1b[H"),
            (KeyCode::Delete, none, "\x1b[3~"),
            (KeyCode::PageUp, shift, "\x1b[5;2~"),
            (KeyCode::F(1), none, "\x1bOP"),
            (KeyCode::F(4), shift, "\x1b[1;2S"),
            (KeyCode::F(5), none, "\x1b[15~"),
            (KeyCode::F(6), none, "\x1b[17~"),
            (KeyCode::F(12), ctrl, "\x1b[24;5~"),
            (KeyCode::CapsLock, none, ""),
        ];
        for (code, modifiers, expected) in table {
            let bytes = encode(KeyEvent::new(*code, *modifiers), false);
            assert_eq!(String::from_utf8_lossy(&bytes), *expected, "{code:?} {modifiers:?}");
        }
        assert_eq!(encode(KeyEvent::new(KeyCode::Up, none), true), b"\x1bOA");
        assert_eq!(encode(KeyEvent::new(KeyCode::Up, ctrl), true), b"\x1b[1;5A");
    }

    #[test]
    fn a_paste_cannot_leave_its_bracket_and_presses_no_keys() {
        assert_eq!(paste("a\r\nb\x1b[201~c\n", true), b"\x1b[200~a\rb[201~c\r\x1b[201~");
        assert_eq!(paste("a\u{9b}201~b", true), b"\x1b[200~a201~b\x1b[201~");
        assert_eq!(paste("a\nb\t\x03\x04\x7f\0c", false), b"a\rb\tc");
    }

    #[test]
    fn the_mouse_is_told_as_the_program_asked() {
        let off = MouseMode { reports: MouseReports::None, sgr: false, wheel_as_arrows: false };
        let sgr = MouseMode { reports: MouseReports::Drags, sgr: true, ..off };
        let old = MouseMode { reports: MouseReports::Clicks, ..off };
        assert_eq!(mouse(Mouse::Press, (4, 9), sgr, false), b"\x1b[<0;5;10M");
        assert_eq!(mouse(Mouse::Release, (4, 9), sgr, false), b"\x1b[<0;5;10m");
        assert_eq!(mouse(Mouse::Drag, (0, 0), sgr, false), b"\x1b[<32;1;1M");
        assert_eq!(mouse(Mouse::WheelDown, (0, 0), old, false), b"\x1b[M\x61\x21\x21");
        assert_eq!(mouse(Mouse::Drag, (0, 0), old, false), b"");
        assert_eq!(mouse(Mouse::Press, (400, 0), old, false), b"");
        assert_eq!(mouse(Mouse::WheelUp, (0, 0), off, false), b"");
        let less = MouseMode { wheel_as_arrows: true, ..off };
        assert_eq!(mouse(Mouse::WheelUp, (0, 0), less, true), b"\x1bOA\x1bOA\x1bOA");
    }
}
