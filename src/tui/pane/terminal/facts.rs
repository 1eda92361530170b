//! What the surroundings need to know of the pane.

use super::Terminal;
use crate::term::{CommandBlock, Emulator, TabId};

impl Terminal {
    /// Whether nothing has been typed at the prompt.
    #[must_use]
    pub fn line_is_empty(&self) -> bool {
        self.tab().line.is_empty()
    }

    /// The tab with a running program: the one that is shown, else any other.
    #[must_use]
    pub(super) fn running_tab(&self) -> Option<TabId> {
        let shown = Some(self.tab()).filter(|tab| tab.running().is_some());
        shown.or_else(|| self.tabs.iter().find(|tab| tab.running().is_some())).map(|tab| tab.id)
    }

    /// Whether the shown tab's program has printed nothing yet, or holds output back: what a clock is needed for.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        let emulator = self.tab().running().and_then(|block| block.emulator());
        emulator.is_some_and(|emulator| emulator.is_blank() || emulator.holds_back())
    }

    /// Whether the shown tab's program holds output back, which is shown after a while all the same.
    #[must_use]
    pub fn holds_back(&self) -> bool {
        self.tab().running().and_then(CommandBlock::emulator).is_some_and(Emulator::holds_back)
    }

    /// Whether what runs in this tab was begun in another lesson's folder.
    #[must_use]
    pub fn is_elsewhere(&self, tab: TabId) -> bool {
        self.tabs.iter().any(|known| known.id == tab && known.moves_to.is_some())
    }

    /// Whether the shown tab runs a go command that has printed nothing yet.
    #[must_use]
    pub fn is_building(&self) -> bool {
        let runs_go = |block: &CommandBlock| block.line.split_whitespace().any(|word| word == "go");
        self.is_silent() && self.tab().running().is_some_and(runs_go)
    }

    /// The pane's name, with the number of its tabs where there are several.
    #[must_use]
    pub fn name(&self) -> String {
        match self.tabs.len() {
            1 => "Terminal".to_owned(),
            tabs => format!("Terminal {}/{tabs}", self.current + 1),
        }
    }
}
