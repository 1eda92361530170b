//! One command and what came of it.

use std::time::Duration;

use super::{BlockId, Emulator, Frozen};

/// Rows of history a running command keeps.
const SCROLLBACK: usize = 5_000;

/// A command line, the folder it ran in, its output, its end, and the explanation of a failure.
#[derive(Debug)]
pub struct CommandBlock {
    pub id: BlockId,
    /// The working directory as it is shown, `~` for home.
    pub dir_shown: String,
    pub line: String,
    pub state: BlockState,
    pub explanation: Option<String>,
    /// Where more is to be read of it.
    pub lead: Option<Lead>,
}

/// Where an explanation leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// What the learner reads: the place of the fault, and in the last line the lesson.
    pub words: String,
    /// `chapter/lesson`
    pub lesson: Option<String>,
}

#[derive(Debug)]
pub enum BlockState {
    Running {
        emulator: Box<Emulator>,
        /// The time of the first tick it was seen at.
        started: Option<Duration>,
        /// The first tick at which its output was held back by synchronized output.
        held_since: Option<Duration>,
    },
    Ended {
        exit: i32,
        took: Duration,
        output: Frozen,
    },
}

impl CommandBlock {
    /// A command that begins now on a screen of this size.
    #[must_use]
    pub fn begun(id: BlockId, dir_shown: &str, line: &str, (columns, rows): (u16, u16)) -> Self {
        let emulator = Box::new(Emulator::new(columns, rows, SCROLLBACK));
        Self {
            id,
            dir_shown: dir_shown.to_owned(),
            line: line.to_owned(),
            state: BlockState::Running { emulator, started: None, held_since: None },
            explanation: None,
            lead: None,
        }
    }

    /// The command has ended: its terminal is put away as lines. Does nothing when it had ended before.
    pub fn end(&mut self, exit: i32, took: Duration, width: u16) {
        if let BlockState::Running { emulator, .. } = &mut self.state {
            let mut output = emulator.freeze();
            output.lay(width);
            self.state = BlockState::Ended { exit, took, output };
        }
    }

    #[must_use]
    pub fn emulator(&self) -> Option<&Emulator> {
        match &self.state {
            BlockState::Running { emulator, .. } => Some(emulator),
            BlockState::Ended { .. } => None,
        }
    }

    pub fn emulator_mut(&mut self) -> Option<&mut Emulator> {
        match &mut self.state {
            BlockState::Running { emulator, .. } => Some(emulator),
            BlockState::Ended { .. } => None,
        }
    }

    #[must_use]
    pub fn is_running(&self) -> bool {
        self.emulator().is_some()
    }

    /// The exit status, once it has ended.
    #[must_use]
    pub fn exit(&self) -> Option<i32> {
        match &self.state {
            BlockState::Running { .. } => None,
            BlockState::Ended { exit, .. } => Some(*exit),
        }
    }

    /// The output until now for the checks: without escape codes, first and last 64 KiB.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.state {
            BlockState::Running { emulator, .. } => emulator.text(),
            BlockState::Ended { output, .. } => output.text(),
        }
    }

    /// Takes another width and height.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        match &mut self.state {
            BlockState::Running { emulator, .. } => emulator.resize(columns, rows),
            BlockState::Ended { output, .. } => output.lay(columns),
        }
    }

    /// Rows of output at the present width; none as long as a running command has printed nothing.
    #[must_use]
    pub fn output_rows(&self) -> usize {
        match &self.state {
            BlockState::Running { emulator, .. } => emulator.rows(),
            BlockState::Ended { output, .. } => output.rows(),
        }
    }

    /// Whether output row `row` goes on in the next one.
    #[must_use]
    pub fn output_wraps(&self, row: usize) -> bool {
        match &self.state {
            BlockState::Running { emulator, .. } => emulator.wraps(row),
            BlockState::Ended { output, .. } => output.wraps(row),
        }
    }

    /// Lines and bytes held for an ended command.
    #[must_use]
    pub fn weight(&self) -> (usize, usize) {
        match &self.state {
            BlockState::Running { .. } => (0, 0),
            BlockState::Ended { output, .. } => (output.len() + 2, output.bytes()),
        }
    }
}
