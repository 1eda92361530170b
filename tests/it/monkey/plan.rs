//! What the monkey does: a pure function of its seed, so that a seed alone does it all again.

use std::fmt;

use crate::support::chance::Chance;

use super::hands;

/// The largest screen.
pub const LARGEST: (u16, u16) = (500, 200);

/// One thing done.
#[derive(Clone, Debug)]
pub enum Action {
    /// Bytes from the keyboard and the mouse, with what they are.
    Send {
        what: String,
        bytes: Vec<u8>,
    },
    /// Takes in what the program says for a moment, so that what follows is not part of the same escape sequence.
    Breathe,
    Resize(u16, u16),
    /// SIGWINCH though the size is the same.
    Wink,
    /// SIGTSTP, and SIGCONT.
    Suspend,
}

impl Action {
    /// Leaves out what is a signal on a terminal that is not raw any more: the system would throw away what the program
    /// has written to give the terminal back.
    fn without_signals(&mut self) {
        if let Self::Send { bytes, .. } = self {
            bytes.retain(|byte| !matches!(byte, 3 | 26 | 28));
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send { what, .. } => f.write_str(what),
            Self::Breathe => f.write_str("(a moment)"),
            Self::Resize(columns, rows) => write!(f, "resize {columns}x{rows}"),
            Self::Wink => f.write_str("SIGWINCH"),
            Self::Suspend => f.write_str("SIGTSTP SIGCONT"),
        }
    }
}

/// How a run of the program is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By its own key.
    Quit,
    Term,
    Hangup,
    Interrupt,
    /// kill -9.
    Kill,
}

/// What follows a burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// A usable size: is there a whole frame?
    Look,
    /// … and do keys do what they say?
    Use,
    /// Writes something that must not be lost, and ends the program.
    Pledge(End),
    /// Ends the program in the middle of it all.
    End(End),
}

/// Some actions, done without waiting for anything, and what follows them.
#[derive(Clone, Debug)]
pub struct Burst {
    pub actions: Vec<Action>,
    pub then: Then,
}

/// How the program is started.
#[derive(Clone, Debug)]
pub struct Start {
    pub size: (u16, u16),
    pub args: &'static [&'static str],
    pub env: &'static [(&'static str, &'static str)],
}

/// All that is done by one seed, without end.
#[derive(Debug)]
pub struct Plan {
    chance: Chance,
}

impl Plan {
    pub fn of(seed: u64) -> Self {
        Self { chance: Chance::of(seed) }
    }

    /// The next burst. Which one that is depends on nothing but the seed.
    pub fn burst(&mut self) -> Burst {
        let scenes = 1 + self.chance.below(4);
        let mut actions = Vec::new();
        for _ in 0..scenes {
            let scene = self.chance.pick(SCENES);
            scene(&mut self.chance, &mut actions);
            if self.chance.one_in(3) {
                actions.push(Action::Breathe);
            }
        }
        let then = self.then();
        if matches!(then, Then::End(_)) {
            actions.iter_mut().for_each(Action::without_signals);
        }
        Burst { actions, then }
    }

    fn then(&mut self) -> Then {
        match self.chance.below(24) {
            0 => Then::Pledge(self.end()),
            1 => Then::End(self.end()),
            2..=6 => Then::Use,
            _ => Then::Look,
        }
    }

    fn end(&mut self) -> End {
        self.chance.pick(&[End::Quit, End::Quit, End::Term, End::Hangup, End::Interrupt, End::Kill, End::Kill])
    }
}

/// How run number `life` of a seed begins: its own numbers, since a run may end earlier or later.
pub fn start(seed: u64, life: u64) -> Start {
    let mut chance = Chance::of(seed ^ (life << 32));
    let args: &[&[&str]] = &[&[], &[], &[], &["1.2"], &["1.4"], &["2.1"], &["3.2"], &["5.1"]];
    let env: &[&[(&str, &str)]] = &[&[], &[], &[], &[("NO_COLOR", "1")], &[("COLORTERM", ""), ("TERM", "xterm")]];
    Start { size: size(&mut chance), args: chance.pick(args), env: chance.pick(env) }
}

/// A size, those where something changes more often than others.
pub fn size(chance: &mut Chance) -> (u16, u16) {
    let usual =
        [(80, 24), (120, 36), (200, 50), (99, 30), (100, 30), (40, 12), (39, 12), (1, 1), LARGEST, (500, 1), (1, 200)];
    if chance.one_in(2) {
        return chance.pick(&usual);
    }
    (1 + chance.below(usize::from(LARGEST.0)) as u16, 1 + chance.below(usize::from(LARGEST.1)) as u16)
}

type Scene = fn(&mut Chance, &mut Vec<Action>);

/// The more often a scene stands here, the more often it is played.
const SCENES: &[Scene] = &[
    hands::keys,
    hands::keys,
    hands::keys,
    hands::prose,
    hands::command,
    hands::command,
    hands::command,
    hands::edits,
    hands::edits,
    hands::edits,
    hands::overlay,
    hands::overlay,
    hands::overlay,
    hands::pages,
    hands::pages,
    hands::reads,
    hands::reads,
    hands::files,
    hands::files,
    hands::mouse,
    hands::mouse,
    hands::paste,
    hands::sizes,
    hands::garbage,
    hands::torn,
    hands::runs,
    hands::suspends,
];
