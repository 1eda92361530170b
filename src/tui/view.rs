//! Draws the state, and changes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;
use ratatui::widgets::{Block, Clear, Widget};

use crate::base::width::{truncate, width};

use super::action::Focus;
use super::layout::{Layout, SMALLEST, centred, inside, sandbox_inside};
use super::pane::review::Sheet;
use super::pane::{consent, doctor, help, review, settings, status};
use super::state::{Overlay, State};

/// Draws everything into `buf`; answers with where the cursor stands, if it is to be seen.
pub fn view(state: &State, buf: &mut Buffer) -> Option<Position> {
    let cursor = drawn(state, buf);
    if let Some(Style { fg: Some(ink), bg: Some(paper), .. }) = state.theme.sheet {
        for cell in &mut buf.content {
            cell.fg = if cell.fg == Color::Reset { ink } else { cell.fg };
            cell.bg = if cell.bg == Color::Reset { paper } else { cell.bg };
        }
    }
    cursor
}

fn drawn(state: &State, buf: &mut Buffer) -> Option<Position> {
    let screen = buf.area;
    buf.set_style(screen, state.theme.text);
    let cursor = match state.layout() {
        Layout::TooSmall => return too_small(state, buf),
        Layout::Tabs { tabs: line, pane, status: bar } => {
            tab_line(state, line, buf);
            let cursor = one_pane(state, state.focus, pane, buf);
            status::render(state, bar, buf);
            cursor
        }
        Layout::SideBySide { reader, sandbox, status: bar } => {
            let in_reader = one_pane(state, Focus::Reader, reader, buf);
            let in_sandbox = one_pane(state, state.sandbox, sandbox, buf);
            status::render(state, bar, buf);
            if state.focus == Focus::Reader { in_reader } else { in_sandbox }
        }
    };
    match &state.overlay {
        Some(overlay) => over(state, overlay, buf),
        None => cursor,
    }
}

fn too_small(state: &State, buf: &mut Buffer) -> Option<Position> {
    let words = format!("haveago needs {} columns and {} rows.", SMALLEST.0, SMALLEST.1);
    let here = format!("Here are {} and {}: please make the window larger.", state.size.0, state.size.1);
    let columns = usize::from(buf.area.width);
    let mut row = 0;
    for sentence in [words, here] {
        for line in crate::page::wrap_plain(&sentence, columns.max(1)) {
            if row < buf.area.height {
                buf.set_stringn(0, row, line, columns, state.theme.text);
                row += 1;
            }
        }
    }
    None
}

/// A pane in its frame, the focused one known by title and border alike.
fn one_pane(state: &State, pane: Focus, frame: Rect, buf: &mut Buffer) -> Option<Position> {
    let focused = state.focus == pane && state.overlay.is_none();
    let style = if state.focus == pane { state.theme.focus } else { state.theme.faint };
    let set = if state.theme.glyphs.bar == "|" {
        ASCII
    } else if state.focus == pane {
        border::THICK
    } else {
        border::PLAIN
    };
    Block::bordered().border_set(set).border_style(style).render(frame, buf);
    title(state, pane, frame, buf);
    let area = if pane == Focus::Reader { inside(frame) } else { sandbox_inside(&state.layout()) };
    match pane {
        Focus::Reader => state.reader.render(&state.page, area, buf, &state.theme, focused),
        Focus::Terminal => state.terminal.render(area, buf, &state.theme, focused, state.spinner_time()),
        Focus::Editor => state.editor.render(area, buf, &state.theme, focused),
        Focus::Files => state.files.render(area, buf, &state.theme, focused),
    }
}

/// A frame for terminals without line drawing.
const ASCII: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// The words in a frame's upper edge: where one is in the course, or the sandbox's tabs.
fn title(state: &State, pane: Focus, frame: Rect, buf: &mut Buffer) {
    if pane != Focus::Reader {
        if matches!(state.layout(), Layout::SideBySide { .. }) {
            draw_tabs(state, buf);
        }
        return;
    }
    let style = if state.focus == pane { state.theme.focus } else { state.theme.dim };
    let count = if state.reads_chapter {
        String::new()
    } else {
        format!(" {}/{} ", state.at.step + 1, state.steps_in_lesson())
    };
    let room = usize::from(frame.width).saturating_sub(width(&count) + 5);
    let words = format!(" {} ", truncate(&place_in_course(state), room));
    buf.set_stringn(frame.x + 1, frame.y, &words, room + 2, style);
    let end = frame.right().saturating_sub(width(&count) as u16 + 2);
    buf.set_stringn(end, frame.y, &count, width(&count), style);
}

/// `Why and how of Go ─ 1.3 Start a project`; of a chapter's own page `Why and how of Go ─ Chapter 1`.
fn place_in_course(state: &State) -> String {
    let chapter = state.chapter().map_or("", |chapter| chapter.title.as_str());
    if state.reads_chapter {
        return format!("{chapter} {} Chapter {}", state.theme.glyphs.rule, state.at.lesson.chapter + 1);
    }
    let lesson = state.lesson().map_or("", |lesson| lesson.title.as_str());
    let (chapter_number, number) = (state.at.lesson.chapter + 1, state.at.lesson.lesson + 1);
    format!("{chapter} {} {chapter_number}.{number} {lesson}", state.theme.glyphs.rule)
}

/// The tabs: their areas, panes and words. In tabs mode they are the top line, else the sandbox's title.
#[must_use]
pub fn tabs(state: &State) -> Vec<(Rect, Focus, String)> {
    let mut panes: Vec<(Focus, String)> = vec![
        (Focus::Terminal, state.terminal.name()),
        (Focus::Editor, state.editor.tab()),
        (Focus::Files, "Files".to_owned()),
    ];
    let (x, y, end) = match state.layout() {
        Layout::TooSmall => return Vec::new(),
        Layout::Tabs { tabs, .. } => {
            panes.insert(0, (Focus::Reader, "Lesson".to_owned()));
            (tabs.x, tabs.y, tabs.right())
        }
        Layout::SideBySide { sandbox, .. } => (sandbox.x + 1, sandbox.y, sandbox.right().saturating_sub(1)),
    };
    let mut areas = Vec::new();
    let mut at = x;
    for (pane, name) in panes {
        let words = format!(" {name} ");
        let columns = (width(&words) as u16).min(end.saturating_sub(at));
        areas.push((Rect::new(at, y, columns, 1), pane, words));
        at = at.saturating_add(columns).saturating_add(1).min(end);
    }
    areas
}

fn tab_line(state: &State, _line: Rect, buf: &mut Buffer) {
    draw_tabs(state, buf);
}

/// The tab that is seen is bold and, when it has the keys, in the focus style; the others are dim.
fn draw_tabs(state: &State, buf: &mut Buffer) {
    let seen = match state.layout() {
        Layout::Tabs { .. } | Layout::TooSmall => state.focus,
        Layout::SideBySide { .. } => state.sandbox,
    };
    for (index, (area, pane, words)) in tabs(state).into_iter().enumerate() {
        let style = tab_style(state, pane, seen);
        if index > 0 && area.width > 0 {
            buf.set_stringn(area.x - 1, area.y, state.theme.glyphs.bar, 1, state.theme.faint);
        }
        buf.set_stringn(area.x, area.y, &words, usize::from(area.width), style);
    }
}

fn tab_style(state: &State, pane: Focus, seen: Focus) -> Style {
    if pane == state.focus {
        state.theme.focus.add_modifier(Modifier::BOLD | Modifier::REVERSED)
    } else if pane == seen {
        state.theme.text.add_modifier(Modifier::BOLD)
    } else {
        state.theme.dim
    }
}

/// Columns of the offer to install Go.
const INSTALL_COLUMNS: u16 = 66;

/// Where the questions from earlier lessons stand.
#[must_use]
pub fn review_area(screen: Rect) -> Rect {
    centred(screen, review::SIZE.0, review::SIZE.1)
}

/// Where an overlay stands.
#[must_use]
pub fn overlay_area(overlay: &Overlay, screen: Rect) -> Rect {
    match overlay {
        Overlay::Contents(list) => centred(screen, 74, list.height().min(30)),
        Overlay::Palette(list) => centred(screen, 66, list.height().min(26)),
        Overlay::Search(_) => centred(screen, 84, 30),
        Overlay::Review(_) => review_area(screen),
        Overlay::Help { .. } => centred(screen, 76, 34),
        Overlay::Doctor(_) => centred(screen, doctor::COLUMNS, 34),
        Overlay::Compare(compare) => centred(screen, 164, compare.height().saturating_add(2)),
        Overlay::Settings(_) => centred(screen, 76, settings::height()),
        Overlay::Install(install) => {
            let columns = INSTALL_COLUMNS.min(screen.width.saturating_sub(4));
            centred(screen, columns, install.height(columns.saturating_sub(6)))
        }
        Overlay::Question { text, .. } => {
            let columns = 60.min(screen.width.saturating_sub(8)).max(10);
            let lines = crate::page::wrap_plain(text, usize::from(columns)).len() as u16;
            centred(screen, columns + 4, lines + 4)
        }
        Overlay::Unconfined(_) => consent::area(screen),
    }
}

/// What stands in the lower edge of an overlay's frame.
fn way_out(overlay: &Overlay) -> Option<&'static str> {
    match overlay {
        Overlay::Contents(_) | Overlay::Palette(_) | Overlay::Search(_) | Overlay::Help { .. } | Overlay::Doctor(_) => {
            Some(" Esc closes ")
        }
        Overlay::Review(reviewing) => Some(reviewing.way_out()),
        Overlay::Compare(_) => Some(" Enter puts it in place of yours  Esc closes "),
        Overlay::Settings(_) | Overlay::Install(_) | Overlay::Question { .. } | Overlay::Unconfined(_) => None,
    }
}

fn over(state: &State, overlay: &Overlay, buf: &mut Buffer) -> Option<Position> {
    let frame = overlay_area(overlay, buf.area);
    Clear.render(frame, buf);
    buf.set_style(frame, state.theme.text);
    let set = if state.theme.glyphs.bar == "|" { ASCII } else { border::ROUNDED };
    Block::bordered().border_set(set).border_style(state.theme.accent).render(frame, buf);
    let area = inside(frame);
    let name = match overlay {
        Overlay::Contents(list) => list.title,
        Overlay::Palette(list) => list.title,
        Overlay::Search(_) => "Search",
        Overlay::Help { .. } => "Help",
        Overlay::Doctor(_) => "Is this machine ready?",
        Overlay::Compare(_) => "Solution",
        Overlay::Settings(_) => "Settings",
        Overlay::Install(_) => "Go is missing",
        Overlay::Review(_) => "Review",
        Overlay::Question { .. } => "Question",
        Overlay::Unconfined(_) => consent::TITLE,
    };
    buf.set_stringn(frame.x + 2, frame.y, format!(" {name} "), usize::from(area.width), state.theme.title);
    if let Some(words) = way_out(overlay) {
        let from = frame.right().saturating_sub(width(words) as u16 + 2);
        buf.set_stringn(from, frame.bottom() - 1, words, usize::from(area.width), state.theme.dim);
    }
    match overlay {
        Overlay::Contents(list) => Some(list.render(in_list(area), buf, &state.theme)),
        Overlay::Palette(list) => Some(list.render(in_list(area), buf, &state.theme)),
        Overlay::Search(search) => Some(search.render(&state.course, in_list(area), buf, &state.theme)),
        Overlay::Help { scroll } => {
            help::render(state, *scroll, area, buf);
            None
        }
        Overlay::Doctor(examined) => {
            doctor::render(&state.theme, examined, area, buf);
            None
        }
        Overlay::Compare(compare) => {
            let named = format!(" Solution: {} ", compare.path);
            buf.set_stringn(frame.x + 2, frame.y, named, usize::from(area.width), state.theme.title);
            let air = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
            compare.render(air, buf, &state.theme);
            None
        }
        Overlay::Review(reviewing) => {
            let named = format!(" {} ", reviewing.title(&state.course, &state.theme));
            let room = usize::from(area.width.saturating_sub(2));
            buf.set_stringn(frame.x + 2, frame.y, truncate(&named, room), room, state.theme.title);
            reviewing.render(Sheet { course: &state.course, theme: &state.theme, area }, buf)
        }
        Overlay::Settings(choosing) => choosing.render(area, buf, &state.theme),
        Overlay::Install(install) => install.render(area, buf, &state.theme),
        Overlay::Question { text, .. } => {
            question(state, text, area, buf);
            None
        }
        Overlay::Unconfined(_) => {
            consent::render(&state.theme, area, buf);
            None
        }
    }
}

/// A column of air at the right end of a list's lines.
fn in_list(area: Rect) -> Rect {
    Rect { width: area.width.saturating_sub(1), ..area }
}

const YES: &str = "Enter: yes";
const NO: &str = "Esc: no";

/// Where the two answers of a question stand in its inside, yes first.
#[must_use]
pub fn answers(text: &str, area: Rect) -> [Rect; 2] {
    let lines = crate::page::wrap_plain(text, usize::from(area.width).saturating_sub(2).max(1)).len() as u16;
    let y = area.y + (lines + 1).min(area.height.saturating_sub(1));
    let (yes, no) = (YES.len() as u16, NO.len() as u16);
    let at = |x: u16, columns: u16| Rect::new(area.x + x, y, columns, 1).intersection(area);
    [at(1, yes), at(1 + yes + 4, no)]
}

fn question(state: &State, text: &str, area: Rect, buf: &mut Buffer) {
    let columns = usize::from(area.width).saturating_sub(2);
    let lines = crate::page::wrap_plain(text, columns.max(1));
    for (row, line) in lines.iter().enumerate().take(usize::from(area.height)) {
        buf.set_stringn(area.x + 1, area.y + row as u16, line, columns, state.theme.text);
    }
    for (place, words) in answers(text, area).into_iter().zip([YES, NO]) {
        buf.set_stringn(place.x, place.y, words, usize::from(place.width), state.theme.accent);
    }
}
