//! What a search through a course has found, as text.

use std::fmt::Write as _;

use crate::base::prose;
use crate::course::Course;
use crate::course::search::{Index, MOST};

/// Every place that has all the words: where it is, and below it what it says.
///
/// # Errors
/// A sentence, when there is none.
pub fn text(course: &Course, words: &str, os: &str) -> Result<String, String> {
    let found = Index::of(course, os).find(words);
    if found.hits.is_empty() {
        return Err(format!(
            "nothing in \"{}\" has \"{words}\" in it; try fewer words, or only the beginning of one",
            course.title
        ));
    }
    let mut text = String::new();
    let mut before = None;
    for hit in &found.hits {
        if before.replace(hit.spot) != Some(hit.spot) {
            let _ = writeln!(text, "{}", hit.spot.name(course, os, "-"));
        }
        let _ = writeln!(text, "    {}", hit.text);
    }
    let count = prose::count(found.hits.len(), "place", "places");
    let _ = if found.is_cut {
        writeln!(text, "\nThe first {MOST} places; another word finds fewer.")
    } else {
        writeln!(text, "\n{count}.")
    };
    Ok(text)
}
