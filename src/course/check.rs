//! The check language: one line becomes one condition, or a problem at the word that is wrong.

mod facts;
mod reader;

use reader::Reader;

use super::Problem;
use super::condition::Condition;
use super::words::{self, Fault};
use crate::base::Place;

/// Reads one line; `place` is where the line begins.
pub fn parse(line: &str, place: &Place) -> Result<Condition, Problem> {
    let here = |at: usize| {
        let before = line.get(..at).map_or(0, |before| before.chars().count());
        Place::new(place.file.clone(), place.line, place.column + before as u32)
    };
    let start = line.len() - line.trim_start().len();
    match condition(line) {
        Ok((now, fact)) => Ok(Condition { now, fact, place: here(start), source: line.trim().to_owned() }),
        Err(fault) => Err(Problem::new(here(fault.at), fault.what, fault.mend)),
    }
}

fn condition(line: &str) -> Result<(bool, super::Fact), Fault> {
    let mut reader = Reader::new(line, words::split(line)?);
    let now = reader.accept("now");
    let fact = facts::fact(&mut reader)?;
    reader.end()?;
    Ok((now, fact))
}
