//! The mouse in the pane: selecting, opening places, the wheel, and programs that want the mouse for themselves.

use super::keys::{self, Mouse};
use super::{Found, Terminal, TerminalAsk, places};
use crate::term::emulator::MouseReports;
use crate::term::tab::Selection;

/// Rows the wheel moves at a time.
const WHEEL: isize = 3;
/// Rows looked at around a click for the line that is wrapped there.
const WRAPPED: usize = 20;

/// Where the button went down: row from the top of everything, column, and whether it was dragged since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    at: (usize, u16),
    dragged: bool,
}

/// Columns and rows here count from the upper left corner of the pane's inside.
impl Terminal {
    /// The left button went down.
    pub fn press(&mut self, column: u16, row: u16) -> Vec<TerminalAsk> {
        if row < self.strip_rows() {
            return self.tab_at(column).map_or_else(Vec::new, |index| self.show_tab(index));
        }
        if let Some(bytes) = self.for_program(Mouse::Press, column, row) {
            return self.write(bytes);
        }
        self.tab_mut().selection = None;
        self.pressed = Some(Press { at: self.spot(column, row), dragged: false });
        Vec::new()
    }

    /// The mouse moved with the button down: selects text.
    pub fn drag(&mut self, column: u16, row: u16) -> Vec<TerminalAsk> {
        if let Some(bytes) = self.for_program(Mouse::Drag, column, row) {
            return self.write(bytes);
        }
        let head = self.spot(column, row);
        if let Some(press) = self.pressed.as_mut().filter(|press| press.dragged || press.at != head) {
            press.dragged = true;
            let anchor = press.at;
            self.tab_mut().selection = Some(Selection { anchor, head });
        }
        Vec::new()
    }

    /// The button went up: a click on `file:line:column` opens it.
    pub fn release(&mut self, column: u16, row: u16) -> Vec<TerminalAsk> {
        if let Some(bytes) = self.for_program(Mouse::Release, column, row) {
            return self.write(bytes);
        }
        match self.pressed.take() {
            Some(Press { at, dragged: false }) => self.open_at(at).into_iter().collect(),
            Some(Press { dragged: true, .. }) | None => Vec::new(),
        }
    }

    /// Selects the word there.
    pub fn double_click(&mut self, column: u16, row: u16) -> Vec<TerminalAsk> {
        let (row, column) = self.spot(column, row);
        let cells = self.measured(|flow| flow.row_cells(row, self.size().0));
        let is_word =
            |cell: &String| cell.is_empty() || !cell.trim_matches(|c| " \t\"'`()[]<>,;│".contains(c)).is_empty();
        let column = usize::from(column);
        if cells.get(column).is_some_and(is_word) {
            let first = column - cells[..column].iter().rev().take_while(|cell| is_word(cell)).count();
            let last = column + cells[column..].iter().take_while(|cell| is_word(cell)).count() - 1;
            self.tab_mut().selection = Some(Selection { anchor: (row, first as u16), head: (row, last as u16) });
        }
        self.pressed = None;
        Vec::new()
    }

    /// The wheel turned: scrolls, or goes to a program that wants it.
    pub fn wheel(&mut self, column: u16, row: u16, up: bool) -> Vec<TerminalAsk> {
        if let Some(bytes) = self.for_program(if up { Mouse::WheelUp } else { Mouse::WheelDown }, column, row) {
            return self.write(bytes);
        }
        self.scroll_by(if up { -WHEEL } else { WHEEL });
        Vec::new()
    }

    /// The selected text goes to the clipboard; lines that were wrapped are whole again.
    pub(super) fn copy_selection(&self) -> Vec<TerminalAsk> {
        let Some(selection) = self.tab().selection else { return Vec::new() };
        let text = self.text_of(selection);
        if text.is_empty() { Vec::new() } else { vec![TerminalAsk::Copy(text)] }
    }

    fn text_of(&self, selection: Selection) -> String {
        let width = self.size().0;
        let (first, last) = selection.ends();
        self.measured(|flow| {
            let mut text = String::new();
            for row in first.0..=last.0.min(flow.rows.saturating_sub(1)) {
                let Some(columns) = selection.columns(row, width) else { continue };
                let cells = flow.row_cells(row, width);
                let cells = cells[usize::from(columns.start)..usize::from(columns.end)].concat();
                if flow.wraps(row) && row < last.0 {
                    text.push_str(&cells);
                } else {
                    text.push_str(cells.trim_end());
                    text.push_str(if row < last.0 { "\n" } else { "" });
                }
            }
            text
        })
    }

    /// The place under a click, with the rows that its line is wrapped over.
    fn open_at(&self, (row, column): (usize, u16)) -> Option<TerminalAsk> {
        let width = self.size().0;
        let (text, clicked) = self.measured(|flow| {
            let first =
                (row.saturating_sub(WRAPPED)..row).rev().take_while(|above| flow.wraps(*above)).last().unwrap_or(row);
            let rows_after = (row..row + WRAPPED).take_while(|below| flow.wraps(*below)).count();
            let mut text = String::new();
            let mut clicked = 0;
            for index in first..=row + rows_after {
                let cells = flow.row_cells(index, width);
                if index == row {
                    clicked = text.len() + cells.iter().take(usize::from(column)).map(String::len).sum::<usize>();
                }
                text.push_str(&cells.concat());
            }
            (text, clicked)
        });
        let found = places(&text).into_iter().find(|found| found.range.contains(&clicked));
        found.map(|found| open(&self.dir_at(row), found)).or_else(|| self.lead_at(row, &text))
    }

    /// The lesson to which the words of a row lead.
    fn lead_at(&self, row: usize, text: &str) -> Option<TerminalAsk> {
        let block = self.measured(|flow| flow.block_at(row))?;
        let lead = self.tab().blocks.get(block)?.lead.as_ref()?;
        let words = text.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end();
        let is_it = !words.is_empty() && lead.words.lines().last().is_some_and(|last| last.contains(words));
        lead.lesson.clone().filter(|_| is_it).map(TerminalAsk::OpenLesson)
    }

    /// The folder of the command whose rows these are.
    fn dir_at(&self, row: usize) -> String {
        let tab = self.tab();
        let block = self.measured(|flow| flow.block_at(row));
        block.and_then(|index| tab.blocks.get(index)).map_or_else(|| tab.dir.clone(), |block| block.dir_shown.clone())
    }

    /// A spot of the screen → row from the top of everything, and column.
    fn spot(&self, column: u16, row: u16) -> (usize, u16) {
        let (columns, rows) = self.size();
        let row = row.saturating_sub(self.strip_rows()).min(rows - 1);
        (self.top() + usize::from(row), column.min(columns - 1))
    }

    /// The bytes of a mouse event for a program that wants it; none when the pane keeps it.
    fn for_program(&self, event: Mouse, column: u16, row: u16) -> Option<Vec<u8>> {
        let emulator = self.emulator()?;
        let mode = emulator.mouse_mode();
        let is_wheel = matches!(event, Mouse::WheelUp | Mouse::WheelDown);
        if mode.reports == MouseReports::None && !(is_wheel && mode.wheel_as_arrows) {
            return None;
        }
        let row = self.screen_row(row)?;
        Some(keys::mouse(event, (column.min(emulator.size().0 - 1), row), mode, emulator.application_cursor()))
    }

    /// The row of the program's own screen at a row of the pane.
    fn screen_row(&self, row: u16) -> Option<u16> {
        let emulator = self.emulator()?;
        let spot = self.spot(0, row).0;
        let first = self.measured(|flow| flow.running)?;
        let screen = spot.checked_sub(first + emulator.screen_top())?;
        u16::try_from(screen).ok().filter(|row| *row < emulator.size().1)
    }
}

fn open(dir: &str, found: Found) -> TerminalAsk {
    TerminalAsk::Open { dir: dir.to_owned(), file: found.file, line: found.line, column: found.column }
}
