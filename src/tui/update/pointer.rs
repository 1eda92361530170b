//! The mouse: everything it does has a key as well.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Focus};
use super::super::effect::Effect;
use super::super::layout::{Layout, inside, sandbox_inside};
use super::super::pane::compare::CompareAction;
use super::super::pane::consent;
use super::super::pane::editor::Click;
use super::super::pane::files::FilesAction;
use super::super::pane::install::InstallAction;
use super::super::pane::list::ListAction;
use super::super::pane::review::ReviewAction;
use super::super::state::{Overlay, State};
use super::super::view;
use super::{act, asks, focus, install, overlay, review, settings};

/// Lines that one notch of the wheel moves.
const NOTCH: isize = 3;

/// A click, a drag, a turn of the wheel.
pub fn mouse(state: &mut State, event: MouseEvent) -> Vec<Effect> {
    let at = Position::new(event.column, event.row);
    if state.overlay.is_some() {
        return over(state, event, at);
    }
    if matches!(event.kind, MouseEventKind::Down(MouseButton::Left)) {
        state.notices.dismiss(state.now);
        if let Some(pane) = tab_at(state, at) {
            return focus(state, pane);
        }
    }
    let Some(pane) = pane_at(state, at) else { return Vec::new() };
    let mut effects = Vec::new();
    if matches!(event.kind, MouseEventKind::Down(_)) && pane != state.focus {
        effects.extend(focus(state, pane));
    }
    effects.extend(in_pane(state, pane, event));
    effects
}

/// Hands an event to the pane below the pointer, counted from that pane's own corner.
fn in_pane(state: &mut State, pane: Focus, event: MouseEvent) -> Vec<Effect> {
    let layout = state.layout();
    let area = if pane == Focus::Reader { inside(layout.reader()) } else { sandbox_inside(&layout) };
    let (Some(x), Some(y)) = (event.column.checked_sub(area.x), event.row.checked_sub(area.y)) else {
        return Vec::new();
    };
    if x >= area.width || y >= area.height {
        return Vec::new();
    }
    match pane {
        Focus::Reader => in_reader(state, event.kind, (x, y), area.height),
        Focus::Terminal => {
            let terminal = &mut state.terminal;
            let asks = match event.kind {
                MouseEventKind::Down(MouseButton::Left) => terminal.press(x, y),
                MouseEventKind::Drag(MouseButton::Left) => terminal.drag(x, y),
                MouseEventKind::Up(MouseButton::Left) => terminal.release(x, y),
                MouseEventKind::ScrollUp => terminal.wheel(x, y, true),
                MouseEventKind::ScrollDown => terminal.wheel(x, y, false),
                _ => Vec::new(),
            };
            asks::terminal(state, asks)
        }
        Focus::Editor => {
            in_editor(state, event, (x, y));
            Vec::new()
        }
        Focus::Files => match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let asks = state.files.click(x, y);
                asks::files(state, asks)
            }
            // To rename or delete a file it has to be selected, and not opened.
            MouseEventKind::Down(MouseButton::Right) => {
                state.files.point(y);
                Vec::new()
            }
            MouseEventKind::ScrollDown => asks::scroll_files(state, FilesAction::Down),
            MouseEventKind::ScrollUp => asks::scroll_files(state, FilesAction::Up),
            _ => Vec::new(),
        },
    }
}

fn in_reader(state: &mut State, kind: MouseEventKind, (x, y): (u16, u16), height: u16) -> Vec<Effect> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => {
            let asks = state.reader.click(x, y, &state.page, height, &state.session);
            asks::reader(state, asks)
        }
        MouseEventKind::Down(MouseButton::Right) => {
            let asks = state.reader.copy_at(x, y, &state.page, height);
            asks::reader(state, asks)
        }
        MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
            state.reader.wheel(kind == MouseEventKind::ScrollDown, &state.page, height);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn in_editor(state: &mut State, event: MouseEvent, (x, y): (u16, u16)) {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => {
            let click = match state.clicks.count((x, y), state.now) {
                _ if event.modifiers.contains(KeyModifiers::SHIFT) => Click::Extend,
                1 => Click::Place,
                2 => Click::Word,
                _ => Click::Line,
            };
            state.editor.click(x, y, click);
        }
        MouseEventKind::Drag(MouseButton::Left) => state.editor.drag(x, y),
        MouseEventKind::ScrollDown => state.editor.wheel(NOTCH),
        MouseEventKind::ScrollUp => state.editor.wheel(-NOTCH),
        _ => {}
    }
}

/// The pane below the pointer.
fn pane_at(state: &State, at: Position) -> Option<Focus> {
    match state.layout() {
        Layout::TooSmall => None,
        Layout::Tabs { pane, .. } => pane.contains(at).then_some(state.focus),
        Layout::SideBySide { reader, sandbox, .. } => {
            if reader.contains(at) {
                Some(Focus::Reader)
            } else {
                sandbox.contains(at).then_some(state.sandbox)
            }
        }
    }
}

/// The tab below the pointer: in the line of tabs, or in the sandbox's title.
fn tab_at(state: &State, at: Position) -> Option<Focus> {
    view::tabs(state).into_iter().find(|(area, _, _)| area.contains(at)).map(|(_, pane, _)| pane)
}

/// A click in what is above the panes picks; one beside it closes it.
fn over(state: &mut State, event: MouseEvent, at: Position) -> Vec<Effect> {
    let screen = Rect::new(0, 0, state.size.0, state.size.1);
    if let Some(Overlay::Settings(choosing)) = &mut state.overlay
        && matches!(event.kind, MouseEventKind::Down(MouseButton::Left))
        && let Some(click) =
            choosing.click(at, inside(view::overlay_area(&Overlay::Settings(choosing.clone()), screen)))
    {
        return settings::clicked(state, click);
    }
    let turned = match event.kind {
        MouseEventKind::ScrollDown => Some(ListAction::Down),
        MouseEventKind::ScrollUp => Some(ListAction::Up),
        _ => None,
    };
    if let (Some(action), Some(Overlay::Compare(_))) = (turned, &state.overlay) {
        let action = if action == ListAction::Down { CompareAction::Down } else { CompareAction::Up };
        return (0..NOTCH).flat_map(|_| overlay::compare(state, action)).collect();
    }
    if let (Some(action), Some(Overlay::Review(_))) = (turned, &state.overlay) {
        return review::act(state, ReviewAction::Wheel { is_down: action == ListAction::Down });
    }
    if let Some(action) = turned {
        return (0..NOTCH).flat_map(|_| overlay::list(state, action)).collect();
    }
    match (event.kind, &state.overlay) {
        (MouseEventKind::Down(button), Some(over)) => {
            let frame = view::overlay_area(over, screen);
            let is_working = matches!(over, Overlay::Install(offer) if offer.is_working());
            match (button, frame.contains(at)) {
                (MouseButton::Left, true) => click_over(state, at, inside(frame)),
                (_, false) if !is_working => overlay::close(state),
                (_, _) => Vec::new(),
            }
        }
        (_, _) => Vec::new(),
    }
}

/// A click into what is above the panes, whose inside is `list`.
fn click_over(state: &mut State, at: Position, list: Rect) -> Vec<Effect> {
    match &mut state.overlay {
        Some(Overlay::Unconfined(_)) => match consent::answer_at(list, at) {
            Some(Some(allow)) => overlay::allow(state, allow),
            Some(None) => overlay::close(state),
            None => Vec::new(),
        },
        Some(Overlay::Contents(entries)) => {
            entries.click(at.y, list).map_or_else(Vec::new, |spot| overlay::go(state, spot))
        }
        Some(Overlay::Palette(entries)) => {
            entries.click(at.y, list).map_or_else(Vec::new, |command| overlay::pick(state, command))
        }
        Some(Overlay::Search(search)) => {
            search.click(at.y, list).map_or_else(Vec::new, |spot| overlay::show(state, spot))
        }
        Some(Overlay::Review(_)) => match (at.x.checked_sub(list.x), at.y.checked_sub(list.y)) {
            (Some(column), Some(row)) if list.contains(at) => review::act(state, ReviewAction::Click(column, row)),
            (_, _) => Vec::new(),
        },
        Some(Overlay::Install(offer)) => match offer.way_at(at.y, list) {
            Some(way) => install::act(state, InstallAction::PickAt(way)),
            None => Vec::new(),
        },
        Some(Overlay::Question { text, .. }) => {
            let [yes, no] = view::answers(text, list);
            if yes.contains(at) {
                act(state, Action::Yes)
            } else if no.contains(at) {
                overlay::close(state)
            } else {
                Vec::new()
            }
        }
        Some(Overlay::Help { .. } | Overlay::Doctor(_) | Overlay::Compare(_) | Overlay::Settings(_)) | None => {
            Vec::new()
        }
    }
}
