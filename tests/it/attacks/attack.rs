//! What an attack is: a line for the learner's terminal, and what it comes to where nothing bars its way.

use std::time::Duration;

/// An effect outside, as it is seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// A file of the user's is another than before, or there is a new one.
    Changed,
    /// The output holds a secret.
    Leaked,
    /// Another program of the user's was signalled, stopped, or changed.
    Touched,
    /// A service, a terminal or a program outside was spoken to, or spoke to the attacker.
    Reached,
    /// Something still runs when the line is over.
    Alive,
    /// The helper's word on how the line ended is the attacker's.
    Forged,
    /// A power of the system's was given that has no business here, or a bomb reached its own end.
    Power,
    /// The learner's folder holds what it must not hold.
    Overrun,
}

/// What comes of the attack in the tier that bars nothing. That it does proves that the eye for it sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bare {
    Does(Harm),
    /// As the user that may do everything; others are kept from it by the system itself.
    AsRoot(Harm),
    /// On some systems, by their settings.
    Perhaps(Harm),
    /// Nothing: what stands against it is there in every tier.
    Held(&'static str),
    /// Nothing, since the helper sees to it in every tier: the line is run without any helper for the proof.
    Unhelped(Harm),
    /// It could hurt the machine that the tests run on.
    NotRun(&'static str),
}

/// What the test does while the attack runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meanwhile {
    Waits,
    /// Tries to be served at `{free}`.
    ConnectsTcp,
    ConnectsUdp,
    /// Makes files with telling names in `{desk}`.
    Works,
    /// Is killed itself, once something of the attack is to stay behind.
    Dies,
    /// Kills the helper, at the same time.
    KillsHelper,
}

/// One attack.
#[derive(Clone, Copy, Debug)]
pub struct Attack {
    /// Its row in the table of the design.
    pub row: u8,
    pub name: &'static str,
    /// The line, with names in braces for what the ground knows; `{a}` is the program of all attacks.
    pub line: &'static str,
    pub bare: Bare,
    /// What the tier of Landlock alone is known not to keep from it.
    pub reduced: Option<Harm>,
    /// Files laid beforehand; those that end in `.sh` may be run.
    pub files: &'static [(&'static str, &'static str)],
    pub meanwhile: Meanwhile,
    /// A line in another course's lesson afterwards, which must not see the attacker's mark.
    pub then: Option<&'static str>,
    /// Words of which one is told to the learner, wherever something stands against it.
    pub says: &'static [&'static str],
    pub time: Duration,
}

/// An attack without any preparation, which is over in a moment.
pub const fn attack(row: u8, name: &'static str, line: &'static str, bare: Bare) -> Attack {
    let time = Duration::from_secs(20);
    Attack {
        row,
        name,
        line,
        bare,
        reduced: None,
        files: &[],
        meanwhile: Meanwhile::Waits,
        then: None,
        says: &[],
        time,
    }
}

impl Attack {
    pub const fn reduced(self, harm: Harm) -> Self {
        Self { reduced: Some(harm), ..self }
    }

    pub const fn files(self, files: &'static [(&'static str, &'static str)]) -> Self {
        Self { files, ..self }
    }

    pub const fn meanwhile(self, meanwhile: Meanwhile) -> Self {
        Self { meanwhile, ..self }
    }

    pub const fn then(self, line: &'static str) -> Self {
        Self { then: Some(line), ..self }
    }

    pub const fn says(self, says: &'static [&'static str]) -> Self {
        Self { says, ..self }
    }

    /// The time after which the line is stopped.
    pub const fn seconds(self, seconds: u64) -> Self {
        Self { time: Duration::from_secs(seconds), ..self }
    }
}
