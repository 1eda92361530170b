//! `haveago check`: every problem of a course with its place and its mend.

use std::path::PathBuf;

use anyhow::Result;

use super::{Outcome, print};
use crate::base::prose;
use crate::course::{self, report};
use crate::store::CourseSource;

/// What is to be checked, and how it is told.
#[derive(Debug)]
pub struct Wanted {
    pub course: Option<PathBuf>,
    pub lesson: Vec<String>,
    pub json: bool,
    pub go: Option<PathBuf>,
    pub source: CourseSource,
}

pub fn run(wanted: &Wanted) -> Result<Outcome> {
    let source = wanted.course.clone().map_or_else(|| wanted.source.clone(), CourseSource::Folder);
    let files = source.read()?;
    let problems = course::load(&files).problems;
    let text = if wanted.json {
        serde_json::to_string_pretty(&problems)? + "\n"
    } else {
        let each = problems.iter().map(|problem| {
            let text = files.get(&*problem.place.file).map(String::as_str);
            report::render(problem, text) + "\n\n"
        });
        let found = prose::count(problems.len(), "problem", "problems");
        each.collect::<String>() + &format!("{}: {found}\n", source.name())
    };
    print(&text)?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::FellShort })
}
