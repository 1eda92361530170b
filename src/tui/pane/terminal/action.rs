//! What can be done in the terminal pane, the keys for it, and where each action goes.

use super::{Terminal, TerminalAsk, keys, written};
use crate::term::line::Motion;
use crate::term::{BlockState, CommandBlock, Emulator, Tab, TabId};

/// Something the learner does in the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalAction {
    Type(char),
    Paste(String),
    Enter,
    Edit(Edit),
    Recall(Recall),
    /// Completes the word at the cursor.
    Complete,
    /// Ctrl-C: stops the program, or drops the line.
    Interrupt,
    /// Ctrl-D: the end of the input of the program.
    EndOfInput,
    Scroll(Scroll),
    Tabs(TabChange),
    /// Drops the commands above.
    Clear,
    /// The output of the last command.
    CopyBlock,
    CopySelection,
}

/// Editing of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Go(Motion),
    Backspace,
    Delete,
    /// Cuts from the cursor to where the motion leads.
    Cut(Motion),
    /// Cuts back to the blank before the word.
    CutBlankWord,
    Yank,
}

/// Earlier commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recall {
    Before,
    After,
    Search,
    /// Leaves the search or the history.
    Cancel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scroll {
    Up,
    Down,
    PageUp,
    PageDown,
    Top,
    Bottom,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabChange {
    New,
    Close,
    Next,
    Previous,
}

/// The keys of the pane at the prompt: key, action, label. Ctrl-P and Ctrl-K, which a shell would have too, are the
/// program's own; keys that everybody knows have no label. Letters are [`TerminalAction::Type`], a paste is
/// [`TerminalAction::Paste`].
pub const KEYS: &[(&str, TerminalAction, &str)] = &[
    ("Enter", TerminalAction::Enter, "run the command"),
    ("Tab", TerminalAction::Complete, "complete the word"),
    ("Up", TerminalAction::Recall(Recall::Before), "the command before"),
    ("Down", TerminalAction::Recall(Recall::After), "the command after"),
    ("Ctrl-N", TerminalAction::Recall(Recall::After), ""),
    ("Ctrl-R", TerminalAction::Recall(Recall::Search), "search earlier commands"),
    ("Esc", TerminalAction::Recall(Recall::Cancel), "leave the search"),
    ("Ctrl-C", TerminalAction::Interrupt, "drop the line"),
    ("Ctrl-D", TerminalAction::EndOfInput, "delete, or close the tab"),
    ("Ctrl-L", TerminalAction::Clear, "clear"),
    ("Left", TerminalAction::Edit(Edit::Go(Motion::Left)), ""),
    ("Right", TerminalAction::Edit(Edit::Go(Motion::Right)), "right, or take the suggestion"),
    ("Ctrl-B", TerminalAction::Edit(Edit::Go(Motion::Left)), ""),
    ("Ctrl-F", TerminalAction::Edit(Edit::Go(Motion::Right)), ""),
    ("Ctrl-Left", TerminalAction::Edit(Edit::Go(Motion::WordLeft)), "a word left; Ctrl-Right, right"),
    ("Ctrl-Right", TerminalAction::Edit(Edit::Go(Motion::WordRight)), ""),
    ("Alt-Left", TerminalAction::Edit(Edit::Go(Motion::WordLeft)), ""),
    ("Alt-Right", TerminalAction::Edit(Edit::Go(Motion::WordRight)), ""),
    ("Alt-B", TerminalAction::Edit(Edit::Go(Motion::WordLeft)), ""),
    ("Alt-F", TerminalAction::Edit(Edit::Go(Motion::WordRight)), ""),
    ("Home", TerminalAction::Edit(Edit::Go(Motion::Start)), ""),
    ("End", TerminalAction::Edit(Edit::Go(Motion::End)), ""),
    ("Ctrl-A", TerminalAction::Edit(Edit::Go(Motion::Start)), "start of the line"),
    ("Ctrl-E", TerminalAction::Edit(Edit::Go(Motion::End)), "end of the line"),
    ("Backspace", TerminalAction::Edit(Edit::Backspace), ""),
    ("Ctrl-H", TerminalAction::Edit(Edit::Backspace), ""),
    ("Delete", TerminalAction::Edit(Edit::Delete), ""),
    ("Ctrl-W", TerminalAction::Edit(Edit::CutBlankWord), "cut the word before"),
    ("Alt-Backspace", TerminalAction::Edit(Edit::Cut(Motion::WordLeft)), ""),
    ("Alt-D", TerminalAction::Edit(Edit::Cut(Motion::WordRight)), ""),
    ("Ctrl-U", TerminalAction::Edit(Edit::Cut(Motion::Start)), "cut to the start"),
    ("Ctrl-Y", TerminalAction::Edit(Edit::Yank), "put back what was cut"),
    ("PgUp", TerminalAction::Scroll(Scroll::PageUp), "a page up"),
    ("PgDn", TerminalAction::Scroll(Scroll::PageDown), "a page down"),
];

/// The keys that stay with the pane while a program runs; all others go to the program by [`Terminal::raw_key`].
/// They hold at the prompt too.
pub const KEYS_WHILE_RUNNING: &[(&str, TerminalAction, &str)] = &[
    ("Shift-Up", TerminalAction::Scroll(Scroll::Up), "scroll up"),
    ("Shift-Down", TerminalAction::Scroll(Scroll::Down), "scroll down"),
    ("Shift-PgUp", TerminalAction::Scroll(Scroll::PageUp), "a page up"),
    ("Shift-PgDn", TerminalAction::Scroll(Scroll::PageDown), "a page down"),
    ("Shift-Home", TerminalAction::Scroll(Scroll::Top), "to the top"),
    ("Shift-End", TerminalAction::Scroll(Scroll::Bottom), "to the bottom"),
    ("Alt-T", TerminalAction::Tabs(TabChange::New), "new tab"),
    ("Ctrl-Alt-T", TerminalAction::Tabs(TabChange::New), ""),
    ("Ctrl-Alt-W", TerminalAction::Tabs(TabChange::Close), "close the tab"),
    ("Ctrl-PgDn", TerminalAction::Tabs(TabChange::Next), "next tab"),
    ("Ctrl-PgUp", TerminalAction::Tabs(TabChange::Previous), "previous tab"),
    ("Alt-Y", TerminalAction::CopyBlock, "copy the last output"),
    ("Alt-C", TerminalAction::CopySelection, "copy the selection"),
];

impl Terminal {
    /// Does what the learner asked for.
    pub fn act(&mut self, action: TerminalAction) -> Vec<TerminalAsk> {
        let runs = self.takes_keys();
        match action {
            TerminalAction::Type(c) if runs => self.write(c.to_string().into_bytes()),
            TerminalAction::Type(c) => self.typed(c),
            TerminalAction::Paste(text) if runs => self.paste_to_program(&text),
            TerminalAction::Paste(text) => self.paste(&text),
            TerminalAction::Enter if runs => self.write(vec![b'\r']),
            TerminalAction::Enter => self.enter_line(),
            TerminalAction::Complete if runs => self.write(vec![b'\t']),
            TerminalAction::Complete => self.complete(),
            TerminalAction::Interrupt if runs => self.interrupt_program(),
            TerminalAction::Interrupt => self.drop_line(),
            TerminalAction::EndOfInput if runs => self.write(vec![0x04]),
            TerminalAction::EndOfInput => self.end_of_input(),
            // A program does its own editing: its keys come by `raw_key`.
            TerminalAction::Edit(_) | TerminalAction::Recall(_) if runs => Vec::new(),
            TerminalAction::Edit(edit) => self.edit(edit),
            TerminalAction::Recall(recall) => self.recall(recall),
            TerminalAction::Scroll(scroll) => self.scroll(scroll),
            TerminalAction::Tabs(change) => self.change_tab(change),
            TerminalAction::Clear => {
                self.tab_mut().clear();
                Vec::new()
            }
            TerminalAction::CopyBlock => self.copy_block(),
            TerminalAction::CopySelection => self.copy_selection(),
        }
    }

    /// A key while a program runs: sent to it as a terminal sends it. Nothing at the prompt.
    pub fn raw_key(&mut self, key: crossterm::event::KeyEvent) -> Vec<TerminalAsk> {
        let Some(emulator) = self.emulator() else { return Vec::new() };
        let bytes = keys::encode(key, emulator.application_cursor());
        if bytes == [0x03] {
            return self.interrupt_program();
        }
        self.write(bytes)
    }

    /// The terminal of the program that runs in the tab that is shown.
    pub(super) fn emulator(&self) -> Option<&Emulator> {
        self.tab().running().and_then(CommandBlock::emulator)
    }

    fn paste_to_program(&mut self, text: &str) -> Vec<TerminalAsk> {
        let is_bracketed = self.emulator().is_some_and(Emulator::bracketed_paste);
        self.write(keys::paste(text, is_bracketed))
    }

    /// Ctrl-C for the program; pasted lines that wait are given up too.
    fn interrupt_program(&mut self) -> Vec<TerminalAsk> {
        self.tab_mut().queue.clear();
        self.write(vec![0x03])
    }

    /// The tab whose program is to be stopped, if one runs; pasted lines that wait there are given up too.
    pub fn stop(&mut self) -> Option<TabId> {
        let id = self.running_tab()?;
        self.tabs.iter_mut().filter(|tab| tab.id == id).for_each(|tab| tab.queue.clear());
        Some(id)
    }

    pub(super) fn write(&mut self, bytes: Vec<u8>) -> Vec<TerminalAsk> {
        if bytes.is_empty() {
            return Vec::new();
        }
        let tab = self.tab_mut();
        tab.top = None;
        tab.selection = None;
        written(tab.id, bytes).into_iter().collect()
    }

    fn change_tab(&mut self, change: TabChange) -> Vec<TerminalAsk> {
        match change {
            TabChange::New => self.new_tab(),
            TabChange::Close => self.close_tab(),
            TabChange::Next => self.show_tab(self.current + 1),
            TabChange::Previous => self.show_tab(self.current + self.tabs.len() - 1),
        }
    }

    fn new_tab(&mut self) -> Vec<TerminalAsk> {
        let id = TabId(self.number());
        let tab = Tab::new(id, &self.tab().dir);
        self.tabs.push(tab);
        self.current = self.tabs.len() - 1;
        if self.tabs.len() == 2 { self.fit() } else { Vec::new() }
    }

    /// Closes a tab, shown or not; the last one stays.
    pub fn close(&mut self, tab: TabId) -> Vec<TerminalAsk> {
        let shown = self.tab().id;
        let Some(index) = self.tabs.iter().position(|known| known.id == tab) else { return Vec::new() };
        self.current = index;
        let asks = self.close_tab();
        self.current = self.tabs.iter().position(|known| known.id == shown).unwrap_or(self.current);
        asks
    }

    /// Closes the tab that is shown; the last one stays.
    pub(super) fn close_tab(&mut self) -> Vec<TerminalAsk> {
        if self.tabs.len() == 1 {
            return Vec::new();
        }
        let closed = self.tabs.remove(self.current);
        self.current = self.current.min(self.tabs.len() - 1);
        let mut asks = vec![TerminalAsk::Close(closed.id)];
        if self.tabs.len() == 1 {
            asks.extend(self.fit());
        }
        asks
    }

    pub(super) fn show_tab(&mut self, index: usize) -> Vec<TerminalAsk> {
        self.current = index % self.tabs.len();
        self.pressed = None;
        Vec::new()
    }

    fn copy_block(&self) -> Vec<TerminalAsk> {
        let text = self.tab().blocks.last().map(|block| match &block.state {
            BlockState::Running { .. } => block.text(),
            BlockState::Ended { output, .. } => output.whole(),
        });
        text.filter(|text| !text.is_empty()).map(TerminalAsk::Copy).into_iter().collect()
    }
}
