//! What is wrong in one open file: kept at its lines while the text changes.

use super::Diagnostic;
use super::open::OpenFile;
use crate::edit::{Change, Position};

/// More changes than this while the tools look make their answer worthless.
const MOST: usize = 2_000;

impl OpenFile {
    /// All that is wrong: what is no Go at all first, then the rest in the order in which the tools tell it.
    pub fn all_problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let syntax = self.syntax.as_ref();
        // The compiler says of this line what the parser has said already.
        let is_new = move |one: &&Diagnostic| syntax.is_none_or(|syntax| syntax.line != one.line);
        syntax.into_iter().chain(self.problems.iter().filter(is_new))
    }

    /// What is said about a line, which counts from 0 here.
    pub fn problems_in(&self, line: usize) -> impl Iterator<Item = &Diagnostic> {
        self.all_problems().filter(move |one| one.line == line + 1)
    }

    /// The place of the problem after the cursor, or before it; around the end, if need be.
    pub fn next_problem(&self, forward: bool) -> Option<Position> {
        let cursor = self.document.cursor();
        let mut places: Vec<Position> = self.all_problems().map(|one| self.document.nearest(one.place())).collect();
        places.sort_unstable();
        let (first, last) = (places.first().copied(), places.last().copied());
        if forward {
            places.into_iter().find(|place| *place > cursor).or(first)
        } else {
            places.into_iter().rfind(|place| *place < cursor).or(last)
        }
    }

    /// Takes what build and vet have found, moved along with what was typed since they began.
    pub fn take_problems(&mut self, found: Vec<Diagnostic>) {
        let Some(since) = self.since.take() else { return };
        self.problems = found;
        let lines = self.document.lines();
        self.problems.retain_mut(|one| since.iter().all(|change| one.follow(change, lines)));
    }

    pub fn move_problems(&mut self, changes: &[Change]) {
        let lines = self.document.lines();
        let mut stays = |one: &mut Diagnostic| changes.iter().all(|change| one.follow(change, lines));
        self.problems.retain_mut(&mut stays);
        self.syntax.take_if(|one| !stays(one));
        if let Some(since) = &mut self.since {
            since.extend_from_slice(changes);
        }
        self.since.take_if(|since| since.len() > MOST);
    }

    /// What tells whether the draft on the disk is still right.
    pub fn standing(&self) -> (u64, bool) {
        (self.revision, self.document.dirty())
    }

    pub fn is_go(&self) -> bool {
        // The go command knows its files by small letters alone.
        self.path.name().rsplit_once('.').is_some_and(|(_, ending)| ending == "go")
    }
}
