//! F1: the keys that matter here, first those of the pane one is in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::width::width;

use super::super::action::{COMMANDS, Focus};
use super::super::keymap::help_rows;
use super::super::layout::inside;
use super::super::state::{Overlay, Scratch, State};
use super::super::view::overlay_area;

enum Row {
    Title(String),
    Key(String, String),
    Words(String),
    Space,
}

/// Draws the help from line `scroll` on; a scroll past the end shows the last lines.
pub fn render(state: &State, scroll: usize, area: Rect, buf: &mut Buffer) {
    let theme = &state.theme;
    let rows = rows(state, usize::from(area.width).saturating_sub(4));
    let height = usize::from(area.height);
    let first = scroll.min(rows.len().saturating_sub(height));
    let room = usize::from(area.width).saturating_sub(3);
    let keys = key_columns(state.focus);
    for (line, row) in rows.iter().skip(first).take(height).enumerate() {
        let y = area.y + line as u16;
        match row {
            Row::Title(words) => drop(buf.set_stringn(area.x + 1, y, words, room, theme.title)),
            Row::Key(key, what) => {
                buf.set_stringn(area.x + 2, y, key, room, theme.accent);
                let at = keys + 4;
                buf.set_stringn(area.x + at as u16, y, what, room.saturating_sub(at), theme.text);
            }
            Row::Words(words) => drop(buf.set_stringn(area.x + 2, y, words, room, theme.dim)),
            Row::Space => {}
        }
    }
    if first + height < rows.len() {
        let more = format!(" {} more below ", theme.glyphs.here);
        buf.set_stringn(area.x + 1, area.bottom(), &more, room, theme.accent);
    }
}

/// The furthest that the help of this screen scrolls.
#[must_use]
pub fn last_scroll(state: &State) -> usize {
    let area = inside(overlay_area(&Overlay::Help { scroll: 0 }, Rect::new(0, 0, state.size.0, state.size.1)));
    rows(state, usize::from(area.width).saturating_sub(4)).len().saturating_sub(usize::from(area.height))
}

fn rows(state: &State, columns: usize) -> Vec<Row> {
    let (name, words) = about(state.focus);
    let mut rows = vec![Row::Title(format!("In the {name}"))];
    let wrapped = |text: &str| crate::page::wrap_plain(text, columns.max(1)).into_iter().map(Row::Words);
    rows.extend(wrapped(words));
    rows.push(Row::Space);
    let for_words = columns.saturating_sub(key_columns(state.focus) + 2).max(1);
    rows.extend(help_rows(state.focus).iter().flat_map(|(key, what)| key_rows(key, what, for_words)));
    rows.extend([Row::Space, Row::Title("Everywhere".to_owned())]);
    rows.extend(everywhere().flat_map(|(key, name)| key_rows(key, name, for_words)));
    if let Scratch::Open(root) = &state.scratch {
        rows.extend([Row::Space, Row::Title("Your files".to_owned())]);
        rows.extend(wrapped(&format!("This lesson works in {}. It is an ordinary folder, and yours.", root.display())));
        rows.extend(state.tier.iter().flat_map(|chosen| wrapped(&chosen.sentence())));
    }
    rows
}

/// The commands that have a key.
fn everywhere() -> impl Iterator<Item = (&'static str, &'static str)> {
    COMMANDS.iter().filter_map(|(_, keys, name)| Some((*keys.first()?, *name)))
}

/// Columns of the widest key.
fn key_columns(focus: Focus) -> usize {
    let here = help_rows(focus).iter().map(|(key, _)| width(key)).max();
    here.max(everywhere().map(|(key, _)| width(key)).max()).unwrap_or(0)
}

/// A key and what it does, in as many lines as that takes.
fn key_rows(key: &str, what: &str, columns: usize) -> Vec<Row> {
    let lines = crate::page::wrap_plain(what, columns).into_iter().enumerate();
    lines.map(|(line, words)| Row::Key(if line == 0 { key.to_owned() } else { String::new() }, words)).collect()
}

fn about(focus: Focus) -> (&'static str, &'static str) {
    match focus {
        Focus::Reader => (
            "lesson",
            "Read, and do what the marked lines ask: each ticks itself when it is so. Right and Left go to the commands, \
             code and questions of the page; Enter uses the selected one: it types a command into the terminal, puts \
             code into the editor, picks an answer.",
        ),
        Focus::Terminal => (
            "terminal",
            "Type commands as in any terminal: go, ls, cat, cd, mkdir and the like work the same on every system; edit \
             FILE opens a file in the editor, new or not. While a program runs it gets the keys; F6 leaves it \
             running, F9 stops it.",
        ),
        Focus::Editor => (
            "editor",
            "Write the step's file. Saving formats it as gofmt does, and shows what is wrong at its line. Leaving the \
                 editor saves it, too, and what you have not saved is kept over a restart.",
        ),
        Focus::Files => ("files", "The lesson's folder as it is at this moment. Enter opens a file in the editor."),
    }
}
