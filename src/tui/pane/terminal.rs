//! The terminal pane: tabs of commands as blocks, a command line, and the programs that run in it. It holds data only:
//! what must happen in the world it asks for.

mod action;
mod edit;
mod facts;
mod flow;
pub mod keys;
mod mouse;
mod prompt;
mod scroll;
mod view;
mod words;

use std::time::Duration;

pub use self::action::{Edit, KEYS, KEYS_WHILE_RUNNING, Recall, Scroll, TabChange, TerminalAction};
use crate::go::place::{Found, places};
use crate::judge::evidence::CommandSeen;
use crate::term::block::Lead;
use crate::term::complete::Listing;
use crate::term::history::History;
use crate::term::{BlockId, BlockState, CommandBlock, Emulator, Frozen, Tab, TabId};

/// Synchronized output is shown after this long even if the program forgets to let go.
const HELD_AT_MOST: Duration = Duration::from_millis(150);

/// Commands whose outputs are looked through for places, at most.
const LOOKED_BACK: usize = 20;
/// Places of one output that are walked, at most.
const MOST_PLACES: usize = 200;

/// What the pane wants from the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalAsk {
    /// Run `line` in the folder `dir` (as it is shown, `~` for home) on a pseudo-terminal of [`Terminal::size`];
    /// answer with [`Terminal::output`] and once with [`Terminal::ended`].
    Run { tab: TabId, block: BlockId, line: String, dir: String },
    /// Write these bytes to the program that runs in the tab.
    Write { tab: TabId, bytes: Vec<u8> },
    /// Tell the program that runs in the tab the new size of its terminal.
    Resize { tab: TabId, columns: u16, rows: u16 },
    /// Put this on the clipboard.
    Copy(String),
    /// List the folder `dir`, seen from the folder `from`; answer with [`Terminal::listed`], `dir` unchanged.
    List { tab: TabId, from: String, dir: String },
    /// Open this file in the editor, new or not; it is seen from the folder `dir`.
    Edit { dir: String, file: String },
    /// Open the lesson of this key, to which an explanation leads.
    OpenLesson(String),
    /// Open this place in the editor; `file` is seen from the folder `dir`. Lines and columns count from 1.
    Open { dir: String, file: String, line: u32, column: u32 },
    /// A command line for the history that is kept.
    Entered(String),
    /// The tab is gone: stop what runs in it.
    Close(TabId),
}

/// The state of the pane.
#[derive(Debug)]
pub struct Terminal {
    tabs: Vec<Tab>,
    current: usize,
    history: History,
    /// The inside of the pane.
    columns: u16,
    rows: u16,
    next: u64,
    /// Where the mouse button went down, while it is down.
    pressed: Option<mouse::Press>,
}

impl Terminal {
    /// One tab, in the folder `dir` (as it is shown), with the commands of earlier days, oldest first.
    #[must_use]
    pub fn new(dir: &str, history: &[String]) -> Self {
        let first = Tab::new(TabId(0), dir);
        Self {
            tabs: vec![first],
            current: 0,
            history: History::new(history),
            columns: 80,
            rows: 24,
            next: 1,
            pressed: None,
        }
    }

    /// Columns and rows of the screen that programs see.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        (self.columns.max(2), self.rows.saturating_sub(self.strip_rows()).max(1))
    }

    /// The commands entered, oldest first.
    #[must_use]
    pub fn history(&self) -> &[String] {
        self.history.entries()
    }

    /// The tab that is shown.
    #[must_use]
    pub fn current_tab(&self) -> TabId {
        self.tab().id
    }

    /// The working directory of the tab that is shown, `~` for home.
    #[must_use]
    pub fn dir(&self) -> &str {
        &self.tab().dir
    }

    /// Puts every tab into another folder, as when another lesson is opened; where a command runs, after that. Pasted
    /// lines that wait were meant for the folder before.
    pub fn set_dir(&mut self, dir: &str) {
        for tab in &mut self.tabs {
            if tab.running().is_some() {
                tab.moves_to = Some(dir.to_owned());
                tab.queue.clear();
            } else {
                dir.clone_into(&mut tab.dir);
            }
        }
    }

    /// Whether a program runs in the tab that is shown and keys go to it.
    #[must_use]
    pub fn takes_keys(&self) -> bool {
        self.tab().running().is_some()
    }

    /// Whether that program has taken the whole pane (vim, less, top).
    #[must_use]
    pub fn full_screen(&self) -> bool {
        self.tab().full_screen()
    }

    /// Whether anything runs in any tab.
    #[must_use]
    pub fn busy(&self) -> bool {
        self.tabs.iter().any(|tab| tab.running().is_some())
    }

    /// Whether [`Self::tick`] should be called within 150 ms: a spinner turns or output is held back. Nothing else
    /// here needs a clock.
    #[must_use]
    pub fn wants_tick(&self) -> bool {
        let emulators = self.tabs.iter().filter_map(|tab| tab.running()?.emulator());
        (self.takes_keys() && !self.full_screen()) || emulators.into_iter().any(Emulator::holds_back)
    }

    /// Time has passed: `now` counts from any fixed moment. Shows what has been held back too long.
    pub fn tick(&mut self, now: Duration) -> Vec<TerminalAsk> {
        let mut asks = Vec::new();
        for tab in &mut self.tabs {
            let id = tab.id;
            let Some(CommandBlock { state: BlockState::Running { emulator, started, held_since }, .. }) =
                tab.running_mut()
            else {
                continue;
            };
            started.get_or_insert(now);
            if !emulator.holds_back() {
                *held_since = None;
            } else if now.saturating_sub(*held_since.get_or_insert(now)) >= HELD_AT_MOST {
                *held_since = None;
                asks.extend(written(id, emulator.stop_sync()));
            }
        }
        asks
    }

    /// A running program has printed. Late output of a command that has ended is dropped.
    pub fn output(&mut self, tab: TabId, block: BlockId, bytes: &[u8]) -> Vec<TerminalAsk> {
        let Some(tab) = self.tabs.iter_mut().find(|candidate| candidate.id == tab) else { return Vec::new() };
        let Some(emulator) = tab.block_mut(block).and_then(CommandBlock::emulator_mut) else { return Vec::new() };
        let lost = emulator.rows_lost();
        let replies = emulator.feed(bytes);
        let moved = usize::try_from(emulator.rows_lost().saturating_sub(lost)).unwrap_or(0);
        if let Some(top) = &mut tab.top {
            // What is being read stays where it is, though rows above it are forgotten.
            *top = top.saturating_sub(moved);
        }
        written(tab.id, replies).into_iter().collect()
    }

    /// A command has ended, with its exit status and the folder the shell is in now (empty: the same as before).
    /// The next pasted line runs.
    pub fn ended(
        &mut self,
        tab: TabId,
        block: BlockId,
        exit: i32,
        took: Duration,
        dir_shown: &str,
    ) -> Vec<TerminalAsk> {
        let columns = self.size().0;
        let Some(index) = self.tabs.iter().position(|candidate| candidate.id == tab) else { return Vec::new() };
        let tab = &mut self.tabs[index];
        let Some(ended) = tab.block_mut(block).filter(|block| block.is_running()) else { return Vec::new() };
        ended.end(exit, took, columns);
        self.history.ended(&ended.line, exit == 0);
        match tab.moves_to.take() {
            Some(dir) => tab.dir = dir,
            None if dir_shown.is_empty() => {}
            None => dir_shown.clone_into(&mut tab.dir),
        }
        self.make_room(index);
        let next = self.tabs[index].queue.pop_front();
        next.map_or_else(Vec::new, |line| self.start(index, &line))
    }

    /// The names in a folder that completion asked for.
    pub fn listed(&mut self, tab: TabId, listing: &Listing) {
        if let Some(tab) = self.tabs.iter_mut().find(|candidate| candidate.id == tab)
            && tab.takes_listing(listing)
        {
            edit::apply_completion(tab, Some(listing));
        }
    }

    /// Puts an explanation below a command, and the lesson that it leads to.
    pub fn explain(&mut self, block: BlockId, text: &str, lead: Option<Lead>) {
        if let Some(block) = self.tabs.iter_mut().find_map(|tab| tab.block_mut(block)) {
            block.explanation = Some(text.to_owned());
            block.lead = lead;
        }
    }

    /// The commands of the shown tab whose outputs name places, newest first, each with its folder and its places.
    pub fn named(&self) -> impl Iterator<Item = (BlockId, &str, Vec<Found>)> {
        let ended = self.tab().blocks.iter().rev().filter(|block| !block.is_running()).take(LOOKED_BACK);
        ended.map(|block| {
            let text = block.text();
            let found: Vec<Found> = text.lines().flat_map(places).take(MOST_PLACES).collect();
            (block.id, block.dir_shown.as_str(), found)
        })
    }

    /// A command that has ended, as the checks want it.
    #[must_use]
    pub fn seen(&self, block: BlockId) -> Option<CommandSeen> {
        let block = self.tabs.iter().find_map(|tab| tab.block(block))?;
        Some(CommandSeen { line: block.line.clone(), exit: block.exit()?, output: block.text() })
    }

    /// "Type it for me": puts `line` into the command line of the tab that is shown.
    ///
    /// # Errors
    /// A sentence for the learner when a program runs there, or when something else has been typed already.
    pub fn enter(&mut self, line: &str) -> Result<(), String> {
        self.free()?;
        let tab = self.tab_mut();
        let typed = tab.line.text().trim();
        if !typed.is_empty() && typed != line.trim() {
            return Err(
                "You have begun a command of your own. Press Enter to run it or Ctrl-C to drop it first.".into()
            );
        }
        tab.line.set(line.trim());
        tab.browse.accept();
        tab.candidates.clear();
        tab.top = None;
        Ok(())
    }

    /// Runs `line` in the tab that is shown; what is being typed stays.
    ///
    /// # Errors
    /// A sentence for the learner when a program runs there.
    pub fn run_line(&mut self, line: &str) -> Result<Vec<TerminalAsk>, String> {
        self.free()?;
        Ok(self.start(self.current, line))
    }

    /// The inside of the pane has another size. Wait for about 50 ms of rest before calling it: long output is
    /// wrapped anew.
    pub fn resize(&mut self, columns: u16, rows: u16) -> Vec<TerminalAsk> {
        if (columns, rows) == (self.columns, self.rows) {
            return Vec::new();
        }
        (self.columns, self.rows) = (columns, rows);
        self.fit()
    }

    fn free(&self) -> Result<(), String> {
        match self.tab().running() {
            Some(_) => Err("A program is running here. Stop it with Ctrl-C, or open another tab with Alt-T.".into()),
            None => Ok(()),
        }
    }

    /// Gives every block the present size.
    fn fit(&mut self) -> Vec<TerminalAsk> {
        let (columns, rows) = self.size();
        let mut asks = Vec::new();
        for tab in &mut self.tabs {
            tab.selection = None;
            for block in &mut tab.blocks {
                block.resize(columns, rows);
            }
            if tab.running().is_some() {
                asks.push(TerminalAsk::Resize { tab: tab.id, columns, rows });
            }
        }
        asks
    }

    /// Begins a command in a tab.
    fn start(&mut self, index: usize, line: &str) -> Vec<TerminalAsk> {
        let line = crate::term::glyph::plain(line.trim());
        let size = self.size();
        let id = BlockId(self.number());
        let tab = &mut self.tabs[index];
        tab.top = None;
        tab.selection = None;
        tab.candidates.clear();
        if line.is_empty() {
            return Vec::new();
        }
        let mut asks = Vec::new();
        if self.history.push(&line) {
            asks.push(TerminalAsk::Entered(line.clone()));
        }
        match line.as_str() {
            "clear" => tab.clear(),
            "history" => {
                let mut block = CommandBlock::begun(id, &tab.dir, &line, size);
                let output = history_lines(&self.history, size.0);
                block.state = BlockState::Ended { exit: 0, took: Duration::ZERO, output };
                tab.blocks.push(block);
            }
            _ if let Some(file) = edited(&line) => {
                asks.push(TerminalAsk::Edit { dir: tab.dir.clone(), file: file.to_owned() });
            }
            _ => {
                tab.blocks.push(CommandBlock::begun(id, &tab.dir, &line, size));
                asks.push(TerminalAsk::Run { tab: tab.id, block: id, line, dir: tab.dir.clone() });
            }
        }
        if self.tabs[index].running().is_none()
            && let Some(next) = self.tabs[index].queue.pop_front()
        {
            asks.extend(self.start(index, &next));
        }
        asks
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn tab(&self) -> &Tab {
        &self.tabs[self.current]
    }

    fn tab_mut(&mut self) -> &mut Tab {
        &mut self.tabs[self.current]
    }

    /// The row of tab names, shown when there is more than one.
    fn strip_rows(&self) -> u16 {
        u16::from(self.tabs.len() > 1)
    }
}

/// The file of `edit FILE`: the editor opens it, new or not.
fn edited(line: &str) -> Option<&str> {
    let file = line.strip_prefix("edit ")?.trim().trim_matches(['"', '\'']);
    (!file.is_empty()).then_some(file)
}

fn written(tab: TabId, bytes: Vec<u8>) -> Option<TerminalAsk> {
    (!bytes.is_empty()).then_some(TerminalAsk::Write { tab, bytes })
}

fn history_lines(history: &History, columns: u16) -> Frozen {
    let lines: Vec<String> =
        history.entries().iter().enumerate().map(|(index, line)| format!("{:>5}  {line}", index + 1)).collect();
    let mut output = Frozen::from_text(&lines.join("\n"));
    output.lay(columns);
    output
}

#[cfg(test)]
mod tests;
