//! The last line: how far one is, which Go runs, what to do next; or one sentence that was just said.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::base::width::{truncate, width};
use crate::page::{TargetKind, Theme, wrap_plain};
use crate::sandbox::warm::Progress;

use super::super::action::{Command, Focus, key_of};
use super::super::keymap::Context;
use super::super::state::{Known, NoticeKind, Overlay, State, Toolchain};
use super::reader::is_for_editor;

/// Columns of the progress bar.
const BAR: usize = 10;
/// Rows of a notice at most.
const NOTICE_ROWS: usize = 4;
/// From this width on there is room for the version of Go beside the keys.
const WIDE: u16 = 90;

/// Draws the line.
pub fn render(state: &State, area: Rect, buf: &mut Buffer) {
    if !state.notices.is_empty() {
        return draw_notices(state, area, buf);
    }
    let left = left(state, area, buf);
    hints(state, left, area, buf);
}

/// The sentences, the newest at the bottom, as far as there are rows for them.
fn draw_notices(state: &State, area: Rect, buf: &mut Buffer) {
    let theme = &state.theme;
    let mut room = NOTICE_ROWS.min(usize::from(area.y) + 1);
    let mut area = area;
    for notice in state.notices.newest() {
        let (sign, style) = match notice.kind {
            NoticeKind::Good => (theme.glyphs.right, theme.right),
            NoticeKind::Plain => (theme.glyphs.here, theme.accent),
            NoticeKind::Bad => (theme.glyphs.wrong, theme.wrong),
        };
        let rows = draw_notice(&notice.text, sign, style, area, room, buf, theme);
        room -= rows;
        if room == 0 {
            return;
        }
        area.y -= rows as u16;
    }
}

/// A sentence, over the rows above the line too where it is long: its end says what to do. The rows it took, at least one
/// and at most `most`.
fn draw_notice(
    text: &str,
    sign: &str,
    style: Style,
    area: Rect,
    most: usize,
    buf: &mut Buffer,
    theme: &Theme,
) -> usize {
    let room = usize::from(area.width).saturating_sub(4).max(1);
    let mut lines = wrap_plain(text, room);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(truncate(&rest, room));
    }
    let top = (area.y + 1).saturating_sub(lines.len() as u16);
    let mut is_code = false;
    for (line, y) in lines.iter().zip(top..) {
        buf.set_stringn(area.x, y, " ".repeat(usize::from(area.width)), usize::from(area.width), theme.text);
        let mut x = area.x + 3;
        for (index, part) in line.split('`').enumerate() {
            // Each backtick begins code or ends it, over the end of a line too.
            is_code ^= index > 0;
            let left = usize::from(area.right().saturating_sub(x + 1));
            (x, _) = buf.set_stringn(x, y, part, left, if is_code { theme.code } else { style });
        }
    }
    buf.set_stringn(area.x + 1, top, sign, 1, style);
    lines.len()
}

/// Progress, Go's version and what is done in the background; answers with the column after them.
fn left(state: &State, area: Rect, buf: &mut Buffer) -> u16 {
    let theme = &state.theme;
    let (passed, all) = state.score();
    let full = if all == 0 || state.known == Known::OpenLesson { 0 } else { (passed * BAR).div_ceil(all).min(BAR) };
    let mut x = area.x + 1;
    let mut put = |text: &str, style| {
        let room = area.right().saturating_sub(x);
        buf.set_stringn(x, area.y, text, usize::from(room), style);
        x = (x + width(text) as u16).min(area.right());
    };
    if area.width >= 70 {
        put(&theme.glyphs.full.repeat(full), theme.accent);
        put(&theme.glyphs.empty.repeat(BAR - full), theme.faint);
        put(" ", theme.text);
    }
    match state.known {
        Known::OpenLesson => put("…", theme.dim),
        Known::Whole => put(&format!("{passed} of {all}"), theme.dim),
    }
    match &state.toolchain {
        Toolchain::Looking => put("   go …", theme.dim),
        Toolchain::Found(_) if area.width < WIDE => {}
        Toolchain::Found(version) => put(&format!("   go {version}"), theme.dim),
        Toolchain::Missing(_) => put(&format!("   {} no Go", theme.glyphs.wrong), theme.warn),
    }
    if let Some(chosen) = &state.tier {
        let is_safe = chosen.tier.as_ref().is_ok_and(|tier| tier.keeps_files_safe());
        put(&format!("   {}", chosen.short()), if is_safe { theme.dim } else { theme.warn });
    }
    if let Some(Progress { done, all }) = state.preparing {
        let what =
            if area.width < WIDE { format!("   Go {done}/{all}") } else { format!("   preparing Go {done} of {all}") };
        put(&what, theme.dim);
    }
    if state.looks > 0 && state.is_slow() {
        put(&format!("   {} checking", state.spinner_glyph()), theme.dim);
    }
    x + 3
}

/// The keys that matter here, as many as there is room for, the most wanted first.
fn hints(state: &State, from: u16, area: Rect, buf: &mut Buffer) {
    let mut x = from;
    for (key, what) in wanted(state) {
        let columns = (width(key) + 1 + width(what)) as u16;
        if x + columns >= area.right() {
            continue;
        }
        buf.set_string(x, area.y, key, state.theme.accent);
        buf.set_string(x + width(key) as u16 + 1, area.y, what, state.theme.dim);
        x += columns + 2;
    }
}

fn wanted(state: &State) -> Vec<(&'static str, &'static str)> {
    let of = |command, what| (key_of(command), what);
    let mut hints = Vec::new();
    if state.context() == Context::Program {
        return vec![
            ("Ctrl-C", "interrupt"),
            of(Command::StopProgram, "stop"),
            of(Command::NextPane, "leave it running"),
        ];
    }
    if let Some(overlay) = &state.overlay {
        return in_overlay(overlay);
    }
    if state.context() == Context::FilesField {
        return vec![("Enter", "take this name"), ("Esc", "leave it as it is")];
    }
    let reads = state.context() == Context::Reader && state.reader.has_more_below(&state.page, state.reader_height());
    if reads {
        hints.push(("Space", "read on"));
    }
    if state.context() == Context::Reader {
        hints.extend(of_selection(state));
    }
    let done = state.session.passed || state.step().is_some_and(crate::course::Step::is_reading);
    if state.reads_chapter {
        hints.push(of(Command::NextStep, "first lesson"));
    } else if done {
        hints.push(of(Command::NextStep, "next step"));
    }
    match state.focus {
        Focus::Reader if state.context() == Context::ReaderField => {
            hints.extend([("→", "on to the answer's button"), ("Tab", "terminal")]);
        }
        Focus::Reader => hints.push(("Tab", "terminal")),
        Focus::Terminal => hints.push(("Tab", if state.terminal.line_is_empty() { "editor" } else { "complete" })),
        Focus::Editor => hints.extend([("Ctrl-S", "save"), of(Command::NextPane, "leave")]),
        Focus::Files => hints.extend([("Enter", "open"), ("Tab", "lesson")]),
    }
    hints.push(of(Command::Help, "help"));
    if !done && !state.reads_chapter {
        hints.push(of(Command::Hint, "hint"));
    }
    let has_selection = state.reader.selection(&state.page).is_some();
    if state.context() == Context::Reader && !state.page.targets.is_empty() && !has_selection {
        hints.push(("→ Enter", "use it"));
    }
    hints.extend([
        of(Command::Run, "run"),
        of(Command::Contents, "contents"),
        of(Command::Palette, "all commands"),
        of(Command::Quit, "leave"),
    ]);
    hints
}

/// What the keys do in what is drawn above the panes.
fn in_overlay(overlay: &Overlay) -> Vec<(&'static str, &'static str)> {
    match overlay {
        Overlay::Contents(_) | Overlay::Palette(_) | Overlay::Search(_) => {
            vec![("Up Down", "choose"), ("Enter", "pick"), ("Esc", "close")]
        }
        Overlay::Help { .. } | Overlay::Doctor(_) => vec![("Up Down", "scroll"), ("Esc", "close")],
        Overlay::Compare(_) => vec![("Up Down", "scroll"), ("Enter", "take it"), ("Esc", "close")],
        Overlay::Settings(choosing) => {
            let change = if choosing.takes_text() { ("Ctrl-U", "empty it") } else { ("Left Right", "change") };
            vec![("Up Down", "choose"), change, ("Enter", "keep"), ("Esc", "take back")]
        }
        Overlay::Install(install) => install.keys(),
        Overlay::Review(reviewing) => reviewing.keys(),
        Overlay::Unconfined(_) => vec![("t", "this time"), ("a", "always"), ("Esc", "not now")],
        Overlay::Question { .. } => vec![("Enter", "yes"), ("Esc", "no")],
    }
}

/// What can be done with what is selected in the lesson.
fn of_selection(state: &State) -> Vec<(&'static str, &'static str)> {
    let copy = ("Ctrl-C", "copy");
    match state.reader.selection(&state.page) {
        Some(TargetKind::Command(_)) => vec![("Enter", "type it for me"), copy],
        Some(TargetKind::Code { file, language, .. }) if is_for_editor(file.as_ref(), language) => {
            vec![("Enter", "put it in the editor"), copy]
        }
        Some(TargetKind::Code { .. } | TargetKind::Link(_)) => vec![("Enter", "copy")],
        Some(TargetKind::Place { .. }) => vec![("Enter", "open it in the editor")],
        Some(TargetKind::QuizOption { .. }) => vec![("Enter", "pick")],
        Some(TargetKind::QuizSubmit(_) | TargetKind::PredictionSubmit(_) | TargetKind::OrderSubmit(_)) => {
            vec![("Enter", "check it")]
        }
        Some(TargetKind::OrderLine { .. }) => vec![("Alt-Up Alt-Down", "move the line")],
        Some(TargetKind::Prediction(_) | TargetKind::Answer | TargetKind::Condition(_) | TargetKind::Compared(_))
        | None => Vec::new(),
    }
}
