//! What the monkey's hands can do: keys, text, commands, mouse, pastes, sizes, and what no keyboard sends.

use crate::support::chance::Chance;
use crate::support::terminal::keys::bytes_of;

use super::plan::{Action, size};
use super::words::{CODE, COMMANDS, EDITING, LETTERS, NAMED, TORN};

/// Repeats of the text of one long line: a megabyte, or a tenth of it where every key takes a second for it.
const ONE_LINE: usize = if cfg!(debug_assertions) { 6_000 } else { 60_000 };

fn send(actions: &mut Vec<Action>, what: impl Into<String>, bytes: impl Into<Vec<u8>>) {
    actions.push(Action::Send { what: what.into(), bytes: bytes.into() });
}

fn press(actions: &mut Vec<Action>, key: &str) {
    send(actions, key, bytes_of(key));
    if key == "Esc" {
        actions.push(Action::Breathe);
    }
}

fn press_all(actions: &mut Vec<Action>, keys: &str) {
    keys.split(' ').for_each(|key| press(actions, key));
}

fn typed(actions: &mut Vec<Action>, text: &str) {
    send(actions, format!("type {text:?}"), text);
}

/// Any key. Those that end the program come less often.
fn key(chance: &mut Chance) -> String {
    match chance.below(12) {
        0 => format!("Ctrl-{}", char::from(b'A' + chance.below(26) as u8)),
        1 => format!("Alt-{}", char::from(b'!' + chance.below(94) as u8)),
        2 | 3 => char::from(b'!' + chance.below(94) as u8).to_string(),
        _ => chance.pick(NAMED).to_owned(),
    }
}

pub fn keys(chance: &mut Chance, actions: &mut Vec<Action>) {
    for _ in 0..=chance.below(25) {
        let key = key(chance);
        // Leaving is for the ends; here it is one more key.
        if key != "Ctrl-Q" || chance.one_in(4) {
            press(actions, &key);
        }
    }
}

pub fn prose(chance: &mut Chance, actions: &mut Vec<Action>) {
    for _ in 0..=chance.below(12) {
        let text = if chance.one_in(2) { chance.pick(LETTERS).to_owned() } else { word(chance) };
        typed(actions, &text);
    }
}

fn word(chance: &mut Chance) -> String {
    (0..=chance.below(9)).map(|_| char::from(b' ' + chance.below(95) as u8)).collect()
}

pub fn command(chance: &mut Chance, actions: &mut Vec<Action>) {
    press_all(actions, "Alt-2 Ctrl-U");
    typed(actions, chance.pick(COMMANDS));
    press(actions, "Enter");
    if chance.one_in(2) {
        actions.push(Action::Breathe);
    }
    for _ in 0..chance.below(8) {
        match chance.below(6) {
            0 => press(actions, "Ctrl-C"),
            1 => press(actions, "Ctrl-D"),
            2 => press(actions, "F9"),
            3 => typed(actions, ":wq\rq\r3\r"),
            4 => press(actions, chance.pick(&["Alt-T", "Up", "Down", "PgUp", "F6", "Alt-O", "Alt-L", "Alt-Y"])),
            _ => press(actions, &key(chance)),
        }
    }
}

pub fn edits(chance: &mut Chance, actions: &mut Vec<Action>) {
    press(actions, "Alt-3");
    for _ in 0..=chance.below(20) {
        match chance.below(5) {
            0 | 1 => typed(actions, chance.pick(CODE)),
            2 => typed(actions, chance.pick(LETTERS)),
            _ => press(actions, chance.pick(EDITING)),
        }
    }
    if chance.one_in(2) {
        press(actions, "Ctrl-S");
    }
}

pub fn overlay(chance: &mut Chance, actions: &mut Vec<Action>) {
    press(actions, chance.pick(&["F1", "F2", "F3", "F4", "Ctrl-P", "Ctrl-P", "Ctrl-P"]));
    if chance.one_in(2) {
        typed(actions, chance.pick(&["sett", "doc", "theme", "inst", "solution", "1.3", "map", "zzz", "help", "hint"]));
    }
    for _ in 0..chance.below(6) {
        press(actions, chance.pick(&["Up", "Down", "PgDn", "Home", "End", "Left", "Right", "Tab", "Backspace"]));
    }
    press(actions, chance.pick(&["Enter", "Enter", "Esc", "y", "n", "t"]));
}

pub fn pages(chance: &mut Chance, actions: &mut Vec<Action>) {
    let key = if chance.one_in(3) { "F7" } else { "F8" };
    for _ in 0..=chance.below(9) {
        press(actions, key);
        if chance.one_in(2) {
            actions.push(Action::Breathe);
        }
    }
}

pub fn reads(chance: &mut Chance, actions: &mut Vec<Action>) {
    press(actions, "Alt-1");
    for _ in 0..=chance.below(20) {
        match chance.below(8) {
            0 | 1 => press(actions, "Enter"),
            2 => press(
                actions,
                chance.pick(&["Space", "PgDn", "PgUp", "Home", "End", "Alt-Up", "Alt-Down", "+", "-", "Ctrl-C"]),
            ),
            3 => typed(actions, &word(chance)),
            _ => press(actions, chance.pick(&["Right", "Right", "Right", "Left"])),
        }
    }
}

pub fn files(chance: &mut Chance, actions: &mut Vec<Action>) {
    press(actions, "Alt-4");
    for _ in 0..=chance.below(8) {
        match chance.below(8) {
            0 => {
                press(actions, chance.pick(&["n", "f", "r"]));
                typed(
                    actions,
                    chance.pick(&[
                        "x.go",
                        "a/b/c.go",
                        "../out",
                        "",
                        "main.go",
                        "日本.txt",
                        "con",
                        "a b",
                        ".hidden",
                        "/etc/x",
                    ]),
                );
                press(actions, chance.pick(&["Enter", "Enter", "Esc"]));
            }
            1 => press(actions, chance.pick(&["d", "u", "u", "Ctrl-Z", "Enter", "Delete"])),
            _ => press(actions, chance.pick(&["Down", "Up", "Home", "End", "PgDn", "Enter"])),
        }
    }
}

pub fn mouse(chance: &mut Chance, actions: &mut Vec<Action>) {
    let far = if chance.one_in(4) { (600, 300) } else { (200, 50) };
    let mut at = (1 + chance.below(far.0), 1 + chance.below(far.1));
    for _ in 0..=chance.below(15) {
        if chance.one_in(2) {
            at = (1 + chance.below(far.0), 1 + chance.below(far.1));
        }
        // Left, middle, right, with Shift, Alt, Ctrl; dragged; moved; the wheel, and what is beside it.
        let button = chance.pick(&[0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 32, 34, 35, 64, 65, 65, 66, 67, 80, 128]);
        let end = if chance.one_in(3) { 'm' } else { 'M' };
        send(
            actions,
            format!("mouse {button}{end} at {},{}", at.0, at.1),
            format!("\x1b[<{button};{};{}{end}", at.0, at.1),
        );
        at = (at.0 + chance.below(4), at.1 + chance.below(3));
    }
}

pub fn paste(chance: &mut Chance, actions: &mut Vec<Action>) {
    if chance.one_in(2) {
        press(actions, chance.pick(&["Alt-1", "Alt-2", "Alt-3", "Alt-4", "Ctrl-P"]));
    }
    let (what, text) = match chance.below(12) {
        0 => ("256 KB in lines", "a line of sixty letters and a few more, so that it is long\r".repeat(4_300)),
        1 => ("one long line", "日本 and more ".repeat(ONE_LINE)),
        2 => ("escape sequences", "\x1b[31mred\x1b[?1049h\x1b]0;title\x07\x1b[2J\x1b[<0;5;5M\x1bc\r".repeat(20)),
        3 => ("control characters", (0_u8..32).filter(|byte| *byte != 27).map(char::from).collect()),
        4 => ("a command", "echo pasted\r".to_owned()),
        5 => ("50,000 empty lines", "\r".repeat(50_000)),
        6 => ("letters", LETTERS.concat()),
        _ => ("code", CODE.concat().replace('\r', "\n")),
    };
    // A paste without an end takes in what follows, until somebody ends it.
    let end = if chance.one_in(8) { "" } else { "\x1b[201~" };
    let manner = if end.is_empty() { "paste without end" } else { "paste" };
    send(actions, format!("{manner}: {what}"), format!("\x1b[200~{text}{end}"));
}

pub fn sizes(chance: &mut Chance, actions: &mut Vec<Action>) {
    for _ in 0..=chance.below(12) {
        let (columns, rows) = size(chance);
        actions.push(Action::Resize(columns, rows));
        if chance.one_in(3) {
            actions.push(Action::Breathe);
        }
        if chance.one_in(4) {
            actions.push(Action::Wink);
        }
        if chance.one_in(3) {
            press(actions, &key(chance));
        }
    }
}

pub fn garbage(chance: &mut Chance, actions: &mut Vec<Action>) {
    // Ctrl-Q and the like are left out: of 256 bytes one would end the program too often.
    let bytes: Vec<u8> = (0..=chance.below(60)).map(|_| chance.below(256) as u8).filter(|byte| *byte != 17).collect();
    send(actions, format!("bytes {bytes:x?}"), bytes);
}

pub fn torn(chance: &mut Chance, actions: &mut Vec<Action>) {
    for _ in 0..=chance.below(6) {
        let text = chance.pick(TORN);
        send(actions, format!("{text:?}"), text);
        if chance.one_in(2) {
            actions.push(Action::Breathe);
        }
    }
}

pub fn runs(chance: &mut Chance, actions: &mut Vec<Action>) {
    for _ in 0..=chance.below(4) {
        press(actions, chance.pick(&["F5", "F5", "F9", "Ctrl-K", "F12", "Ctrl-S"]));
        if chance.one_in(2) {
            actions.push(Action::Breathe);
        }
    }
}

pub fn suspends(chance: &mut Chance, actions: &mut Vec<Action>) {
    actions.push(if chance.one_in(2) { Action::Suspend } else { Action::Wink });
}
