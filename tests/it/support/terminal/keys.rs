//! What terminals send for keys, by the keys' names.

/// The bytes that a terminal sends for a key of this name.
pub fn bytes_of(key: &str) -> String {
    let named = match key {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Tab" => "\t",
        "Shift-Tab" => "\x1b[Z",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PgUp" => "\x1b[5~",
        "PgDn" => "\x1b[6~",
        "Alt-Up" => "\x1b[1;3A",
        "Alt-Down" => "\x1b[1;3B",
        "Backspace" => "\x7f",
        "Delete" => "\x1b[3~",
        "Space" => " ",
        "F1" => "\x1bOP",
        "F2" => "\x1bOQ",
        "F3" => "\x1bOR",
        "F4" => "\x1bOS",
        "F5" => "\x1b[15~",
        "F6" => "\x1b[17~",
        "F7" => "\x1b[18~",
        "F8" => "\x1b[19~",
        "F9" => "\x1b[20~",
        "F10" => "\x1b[21~",
        "F12" => "\x1b[24~",
        _ => "",
    };
    if !named.is_empty() {
        return named.to_owned();
    }
    if let Some(letter) = key.strip_prefix("Ctrl-") {
        return char::from(letter.as_bytes()[0].to_ascii_uppercase() & 0x1f).to_string();
    }
    if let Some(letter) = key.strip_prefix("Alt-") {
        return format!("\x1b{letter}");
    }
    assert_eq!(key.chars().count(), 1, "no key is called {key}");
    key.to_owned()
}
