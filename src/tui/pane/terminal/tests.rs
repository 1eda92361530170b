//! Stories of the pane: what is done in it, what it shows, and what it asks for.

use std::fmt::Write as _;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Edit, Recall, Scroll, TabChange, Terminal, TerminalAction, TerminalAsk};
use crate::page::Theme;
use crate::page::theme::{Depth, FANCY, ThemeName};
use crate::term::complete::Listing;
use crate::term::line::Motion;
use crate::term::{BlockId, TabId};

mod blocks;
mod chaos;
mod typing;

/// A pane, and what it asked for.
struct Stage {
    terminal: Terminal,
    asks: Vec<TerminalAsk>,
    size: (u16, u16),
}

impl Stage {
    fn new(columns: u16, rows: u16) -> Self {
        let mut terminal = Terminal::new("~/haveago/hello", &[]);
        terminal.resize(columns, rows);
        Self { terminal, asks: Vec::new(), size: (columns, rows) }
    }

    fn act(&mut self, action: TerminalAction) {
        let asks = self.terminal.act(action);
        self.asks.extend(asks);
    }

    fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.act(TerminalAction::Type(c));
        }
    }

    /// Types a command and enters it; the command that runs now.
    fn begin(&mut self, line: &str) -> (TabId, BlockId) {
        self.type_in(line);
        self.act(TerminalAction::Enter);
        self.running()
    }

    /// The command asked for last.
    fn running(&self) -> (TabId, BlockId) {
        let last = self.asks.iter().rev().find_map(|ask| match ask {
            TerminalAsk::Run { tab, block, .. } => Some((*tab, *block)),
            _ => None,
        });
        last.expect("a command was asked for")
    }

    /// A whole command.
    fn run(&mut self, line: &str, output: &str, exit: i32) -> BlockId {
        let (tab, block) = self.begin(line);
        self.print(output);
        self.end(tab, block, exit);
        block
    }

    fn print(&mut self, output: &str) {
        let (tab, block) = self.running();
        let asks = self.terminal.output(tab, block, output.replace('\n', "\r\n").as_bytes());
        self.asks.extend(asks);
    }

    fn end(&mut self, tab: TabId, block: BlockId, exit: i32) {
        let asks = self.terminal.ended(tab, block, exit, Duration::from_millis(120), "~/haveago/hello");
        self.asks.extend(asks);
    }

    fn draw(&self) -> (Buffer, Option<Position>) {
        let theme = Theme::new(ThemeName::Dark, Depth::None, FANCY);
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buf = Buffer::empty(area);
        let cursor = self.terminal.render(area, &mut buf, &theme, true, None);
        (buf, cursor)
    }

    /// The screen as text, blank rows at the end left out.
    fn screen(&self) -> String {
        let (buf, _) = self.draw();
        let rows = (0..self.size.1).map(|y| {
            let row: String = (0..self.size.0).map(|x| buf[(x, y)].symbol()).collect();
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    fn cursor(&self) -> Option<(u16, u16)> {
        self.draw().1.map(|position| (position.x, position.y))
    }

    fn written(&self) -> Vec<u8> {
        let bytes = self.asks.iter().filter_map(|ask| match ask {
            TerminalAsk::Write { bytes, .. } => Some(bytes.clone()),
            _ => None,
        });
        bytes.flatten().collect()
    }
}
