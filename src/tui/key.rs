//! Keys by name: `Ctrl-S`, `Alt-Up`, `F5`. The key table, help and the palette all speak these words.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with the modifiers that matter. Shift is part of a character, so it counts only for other keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// Reads a name such as `Ctrl-Alt-Left`, `PgUp`, `Space` or one character. `None` for an unknown name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = name;
        loop {
            rest = if let Some(rest) = rest.strip_prefix("Ctrl-") {
                modifiers |= KeyModifiers::CONTROL;
                rest
            } else if let Some(rest) = rest.strip_prefix("Alt-") {
                modifiers |= KeyModifiers::ALT;
                rest
            } else if let Some(rest) = rest.strip_prefix("Shift-") {
                modifiers |= KeyModifiers::SHIFT;
                rest
            } else {
                break;
            };
        }
        Some(normal(code(rest)?, modifiers))
    }

    /// The key of an event.
    #[must_use]
    pub fn of(event: &KeyEvent) -> Self {
        normal(event.code, event.modifiers)
    }
}

/// One form for what terminals report in several: `BackTab` is `Shift-Tab`, Shift on a character is the character,
/// a letter with Ctrl or Alt is lower-case.
fn normal(code: KeyCode, modifiers: KeyModifiers) -> Key {
    let modifiers = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
    match code {
        KeyCode::BackTab => Key { code: KeyCode::Tab, modifiers: modifiers | KeyModifiers::SHIFT },
        KeyCode::Char(c) if modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
            Key { code: KeyCode::Char(c.to_ascii_lowercase()), modifiers }
        }
        KeyCode::Char(_) => Key { code, modifiers: modifiers - KeyModifiers::SHIFT },
        other => Key { code: other, modifiers },
    }
}

const NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Space", KeyCode::Char(' ')),
];

fn code(name: &str) -> Option<KeyCode> {
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|digits| digits.parse::<u8>().ok()) {
        return Some(KeyCode::F(number));
    }
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(KeyCode::Char(c)),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in
            [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")]
        {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
            (None, KeyCode::Char(c)) if self.modifiers.is_empty() => write!(f, "{c}"),
            (None, KeyCode::Char(c)) => write!(f, "{}", c.to_uppercase()),
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::Key;

    #[test]
    fn names_and_events_meet() {
        for (name, code, modifiers) in [
            ("Ctrl-S", KeyCode::Char('s'), KeyModifiers::CONTROL),
            ("Shift-Tab", KeyCode::BackTab, KeyModifiers::SHIFT),
            ("Shift-Tab", KeyCode::BackTab, KeyModifiers::NONE),
            ("?", KeyCode::Char('?'), KeyModifiers::SHIFT),
            ("Alt-Up", KeyCode::Up, KeyModifiers::ALT),
            ("F5", KeyCode::F(5), KeyModifiers::NONE),
            ("Space", KeyCode::Char(' '), KeyModifiers::NONE),
        ] {
            let key = Key::parse(name).expect(name);
            assert_eq!(Key::of(&KeyEvent::new(code, modifiers)), key, "{name}");
            assert_eq!(key.to_string(), name);
        }
        assert_eq!(Key::parse("Hyper-X"), None);
    }
}
