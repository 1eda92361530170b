//! One program's terminal: bytes in, a grid of styled cells with its history out. The engine behind it can be swapped.

mod draw;
mod freeze;
mod guard;
mod look;

use std::fmt;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use alacritty_terminal::event::{Event, EventListener};
use alacritty_terminal::grid::Dimensions;
use alacritty_terminal::index::{Column, Line};
use alacritty_terminal::term::{Config, Osc52, Term, TermMode};
use alacritty_terminal::vte::ansi::{CursorShape, Processor, Timeout};

use self::guard::{Found, Guard, REPEAT_LIMIT, torn_length};
use super::frozen::Frozen;
use super::glyph;

/// Bytes handed to the engine at once; between slices the book-keeping looks at what came of them.
const SLICE: usize = 1024;
/// Marks on one letter beyond this are thrown away between slices: a flood of accents must not fill the memory.
const MARKS_KEPT: usize = 32;
/// Answers and titles that may wait; a program that asks more in one read gets no answer.
const EVENTS: usize = 256;
/// Narrower than this the engine's reflow never ends on a wide character.
const MIN_COLUMNS: u16 = 2;

/// A terminal of some columns and rows with a bounded history.
pub struct Emulator {
    term: Term<Outbox>,
    processor: Processor<Held>,
    events: Receiver<Event>,
    guard: Guard,
    /// The first bytes of a character that the last read ended in the midst of.
    torn: Vec<u8>,
    title: Option<String>,
    scrollback: usize,
    /// Line ends seen since the last clear, on the ordinary screen.
    newlines: u64,
    /// Rows that fell out of the history since the last clear, about.
    rows_lost: u64,
    /// The first lines, kept when the history is about to lose them.
    head: Option<Frozen>,
}

/// Whether and how the program wants to hear of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseReports {
    None,
    /// Buttons and the wheel.
    Clicks,
    /// Also motion while a button is held.
    Drags,
    /// Also motion without a button.
    Motion,
}

/// The program's wishes about the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MouseMode {
    pub reports: MouseReports,
    /// Positions as decimal numbers rather than single bytes.
    pub sgr: bool,
    /// The wheel sends arrow keys while the alternate screen is shown.
    pub wheel_as_arrows: bool,
}

impl Emulator {
    /// A blank terminal; sizes are raised to at least 2 columns and 1 row.
    #[must_use]
    pub fn new(columns: u16, rows: u16, scrollback: usize) -> Self {
        let (sender, events) = sync_channel(EVENTS);
        let config = Config { scrolling_history: scrollback, osc52: Osc52::Disabled, ..Config::default() };
        Self {
            term: Term::new(config, &Size::clamped(columns, rows), Outbox(sender)),
            processor: Processor::new(),
            events,
            guard: Guard::default(),
            torn: Vec::new(),
            title: None,
            scrollback,
            newlines: 0,
            rows_lost: 0,
            head: None,
        }
    }

    /// Takes in what the program printed; returns what must be written to it in answer.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<u8> {
        let joined;
        let mut rest = bytes;
        if !self.torn.is_empty() {
            joined = [&std::mem::take(&mut self.torn), bytes].concat();
            rest = &joined;
        }
        // Slices end between characters: the engine swallows what follows one that it gets in two parts.
        while !rest.is_empty() {
            let end = rest.len().min(SLICE);
            let whole = end - torn_length(&rest[..end]);
            if whole == 0 {
                self.torn = rest.to_vec();
                break;
            }
            self.feed_slice(&rest[..whole]);
            rest = &rest[whole..];
        }
        self.take_events()
    }

    /// Shows what a program holds back by synchronized output. Call it when [`Self::holds_back`] has been true for
    /// 150 ms: a program that forgets to let go must not freeze its screen.
    pub fn stop_sync(&mut self) -> Vec<u8> {
        if self.holds_back() {
            self.processor.stop_sync(&mut self.term);
        }
        self.take_events()
    }

    /// Whether output is being held back by synchronized output.
    #[must_use]
    pub fn holds_back(&self) -> bool {
        self.processor.sync_timeout().pending_timeout()
    }

    /// Gives the terminal another size (at least 2 columns and 1 row); text is wrapped anew.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.term.resize(Size::clamped(columns, rows));
    }

    /// Columns and rows of the screen.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        (self.term.columns() as u16, self.term.screen_lines() as u16)
    }

    /// Whether the program has taken the whole screen (vim, less, top).
    #[must_use]
    pub fn alternate_screen(&self) -> bool {
        self.term.mode().contains(TermMode::ALT_SCREEN)
    }

    /// Row (from the top of the history) and column of the cursor; none while the program hides it.
    #[must_use]
    pub fn cursor(&self) -> Option<(usize, u16)> {
        let shown =
            self.term.mode().contains(TermMode::SHOW_CURSOR) && self.term.cursor_style().shape != CursorShape::Hidden;
        shown.then(|| (self.cursor_row(), self.term.grid().cursor.point.column.0 as u16))
    }

    #[must_use]
    pub fn mouse_mode(&self) -> MouseMode {
        let mode = self.term.mode();
        let reports = if mode.contains(TermMode::MOUSE_MOTION) {
            MouseReports::Motion
        } else if mode.contains(TermMode::MOUSE_DRAG) {
            MouseReports::Drags
        } else if mode.contains(TermMode::MOUSE_REPORT_CLICK) {
            MouseReports::Clicks
        } else {
            MouseReports::None
        };
        let wheel_as_arrows = mode.contains(TermMode::ALT_SCREEN | TermMode::ALTERNATE_SCROLL);
        MouseMode { reports, sgr: mode.contains(TermMode::SGR_MOUSE), wheel_as_arrows }
    }

    /// Whether arrow keys must be sent in their application form.
    #[must_use]
    pub fn application_cursor(&self) -> bool {
        self.term.mode().contains(TermMode::APP_CURSOR)
    }

    /// Whether pasted text must be bracketed.
    #[must_use]
    pub fn bracketed_paste(&self) -> bool {
        self.term.mode().contains(TermMode::BRACKETED_PASTE)
    }

    /// The title the program gave its window.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Rows that fell out of the history since the last clear, about: what is read moved up by as many.
    #[must_use]
    pub fn rows_lost(&self) -> u64 {
        self.rows_lost
    }

    fn cursor_row(&self) -> usize {
        self.term.history_size() + usize::try_from(self.term.grid().cursor.point.line.0).unwrap_or(0)
    }

    fn feed_slice(&mut self, slice: &[u8]) {
        let before = self.term.history_size();
        let mut rest = slice;
        while !rest.is_empty() {
            let (length, found) = self.guard.part(rest);
            let (part, after) = rest.split_at(length);
            rest = after;
            match found {
                Found::Nothing => self.processor.advance(&mut self.term, part),
                Found::Repeat(times) => self.repeat(part, times),
                Found::Clear => {
                    self.processor.advance(&mut self.term, part);
                    self.forget();
                }
            }
        }
        self.shed_marks();
        self.keep_books(slice, before);
    }

    /// Passes a repetition on, or cancels it where it is absurd or would pile marks on one letter.
    fn repeat(&mut self, part: &[u8], times: u32) {
        let Some((last, start)) = part.split_last() else { return };
        self.processor.advance(&mut self.term, start);
        let is_wild = times > REPEAT_LIMIT || self.marks_at_cursor() > 0;
        self.processor.advance(&mut self.term, &[if is_wild { 0x18 } else { *last }]);
    }

    /// A cleared screen begins the block anew: nothing before it is kept.
    fn forget(&mut self) {
        if self.alternate_screen() || self.holds_back() {
            return;
        }
        self.term.grid_mut().clear_history();
        self.newlines = u64::try_from(self.term.grid().cursor.point.line.0).unwrap_or(0);
        self.rows_lost = 0;
        self.head = None;
    }

    fn keep_books(&mut self, slice: &[u8], history_before: usize) {
        if self.alternate_screen() {
            return;
        }
        let newlines = slice.iter().fold(0, |count, byte| count + usize::from(*byte == b'\n'));
        self.newlines += newlines as u64;
        if self.term.history_size() >= self.scrollback {
            self.rows_lost += (history_before + newlines).saturating_sub(self.scrollback) as u64;
        }
        if self.head.is_none() && self.term.history_size() + SLICE >= self.scrollback {
            self.head = Some(self.freeze_head());
        }
    }

    fn marks_cell(&self) -> (Line, Column) {
        let cursor = &self.term.grid().cursor;
        let column =
            if cursor.input_needs_wrap { cursor.point.column.0 } else { cursor.point.column.0.saturating_sub(1) };
        let row = &self.term.grid()[cursor.point.line];
        let on_spacer = row[Column(column)].flags.contains(alacritty_terminal::term::cell::Flags::WIDE_CHAR_SPACER);
        (cursor.point.line, Column(if on_spacer { column.saturating_sub(1) } else { column }))
    }

    fn marks_at_cursor(&self) -> usize {
        let (line, column) = self.marks_cell();
        self.term.grid()[line][column].zerowidth().map_or(0, <[char]>::len)
    }

    fn shed_marks(&mut self) {
        if self.marks_at_cursor() > MARKS_KEPT {
            let (line, column) = self.marks_cell();
            self.term.grid_mut()[line][column].extra = None;
        }
    }

    fn take_events(&mut self) -> Vec<u8> {
        let mut replies = Vec::new();
        while let Ok(event) = self.events.try_recv() {
            match event {
                Event::PtyWrite(text) => replies.extend_from_slice(text.as_bytes()),
                Event::Title(title) => self.title = Some(glyph::plain(&title).chars().take(200).collect()),
                Event::ResetTitle => self.title = None,
                Event::MouseCursorDirty
                | Event::ClipboardStore(..)
                | Event::ClipboardLoad(..)
                | Event::ColorRequest(..)
                | Event::TextAreaSizeRequest(_)
                | Event::CursorBlinkingChange
                | Event::Wakeup
                | Event::Bell
                | Event::Exit
                | Event::ChildExit(_) => {}
            }
        }
        replies
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("size", &self.size()).field("title", &self.title).finish_non_exhaustive()
    }
}

/// Where the engine puts its answers; full is full.
struct Outbox(SyncSender<Event>);

impl EventListener for Outbox {
    fn send_event(&self, event: Event) {
        // Only a flood of questions fills it, and those answers may be lost.
        let _ = self.0.try_send(event);
    }
}

/// Synchronized output without a clock: held until the program or a tick lets go.
#[derive(Default)]
struct Held(bool);

impl Timeout for Held {
    fn set_timeout(&mut self, _: Duration) {
        self.0 = true;
    }

    fn clear_timeout(&mut self) {
        self.0 = false;
    }

    fn pending_timeout(&self) -> bool {
        self.0
    }
}

struct Size {
    columns: usize,
    rows: usize,
}

impl Size {
    fn clamped(columns: u16, rows: u16) -> Self {
        Self { columns: usize::from(columns.max(MIN_COLUMNS)), rows: usize::from(rows.max(1)) }
    }
}

impl Dimensions for Size {
    fn total_lines(&self) -> usize {
        self.rows
    }

    fn screen_lines(&self) -> usize {
        self.rows
    }

    fn columns(&self) -> usize {
        self.columns
    }
}

#[cfg(test)]
mod tests;
