//! Stage directions: HTML comments such as `<!-- minutes: 3 -->`, which no viewer shows.

use super::names;
use super::words::Fault;
use crate::base::nearest::nearest;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    Minutes(u32),
    Goal(String),
    Continues,
    Go((u32, u32)),
    Teaches(Vec<String>),
    Os(Vec<String>),
    Optional,
    Note(String),
    Pause,
    Highlight(Vec<Vec<u32>>),
    Gate,
    When(String),
}

/// Directions with a value after a colon, each with an example.
const WITH_VALUE: &[(&str, &str)] = &[
    ("minutes", "3"),
    ("goal", "start a module"),
    ("go", "1.25"),
    ("teaches", "slices.Sort, range"),
    ("os", "linux, macos"),
    ("note", "ask who has seen this before"),
    ("highlight", "6 | 7-8"),
    ("when", "declared and not used"),
];

/// Directions that are one word.
const ALONE: &[&str] = &["continues", "optional", "pause", "gate"];

/// Reads what stands between `<!--` and `-->`. None when it is an ordinary comment.
pub fn read(comment: &str) -> Result<Option<Directive>, Fault> {
    let at = comment.len() - comment.trim_start().len();
    let (name, value) = match comment.split_once(':') {
        Some((name, value)) => (name.trim(), Some(value)),
        None => (comment.trim(), None),
    };
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Ok(None);
    }
    let lower = name.to_lowercase();
    let example = WITH_VALUE.iter().find(|(known, _)| *known == lower).map(|(_, example)| *example);
    match (example, value) {
        (Some(example), Some(value)) => {
            let value_at = comment.len() - value.len() + (value.len() - value.trim_start().len());
            if value.trim().is_empty() {
                return Err(needs_value(at, &lower, example));
            }
            with_value(&lower, value.trim(), value_at).map(Some)
        }
        (Some(example), None) => Err(needs_value(at, &lower, example)),
        (None, value) => alone(&lower, value.is_some(), at),
    }
}

fn needs_value(at: usize, name: &str, example: &str) -> Fault {
    Fault::new(at, format!("`{name}` needs a value"), format!("write, for example, `<!-- {name}: {example} -->`"))
}

fn alone(name: &str, has_value: bool, at: usize) -> Result<Option<Directive>, Fault> {
    let directive = match name {
        "continues" => Directive::Continues,
        "optional" => Directive::Optional,
        "pause" => Directive::Pause,
        "gate" => Directive::Gate,
        other => return mistyped(other, has_value, at).map_or(Ok(None), Err),
    };
    if has_value {
        return Err(Fault::new(at, format!("`{name}` takes no value"), format!("write `<!-- {name} -->`")));
    }
    Ok(Some(directive))
}

/// A comment of one word, or that begins with a word and a colon, and is almost a direction.
fn mistyped(name: &str, has_value: bool, at: usize) -> Option<Fault> {
    // Words of one or two letters are near to `go` and `os` by chance.
    if name.chars().count() < 3 {
        return None;
    }
    let valued = WITH_VALUE.iter().map(|(known, _)| *known).filter(|_| has_value);
    let near = nearest(name, valued.chain(ALONE.iter().copied()))?;
    let shown = if ALONE.contains(&near) { format!("<!-- {near} -->") } else { format!("<!-- {near}: … -->") };
    Some(Fault::new(at, format!("the direction `{name}` is not known"), format!("write `{shown}`")))
}

fn with_value(name: &str, value: &str, at: usize) -> Result<Directive, Fault> {
    match name {
        "minutes" => {
            value.parse().ok().filter(|minutes| (1..=600).contains(minutes)).map(Directive::Minutes).ok_or_else(|| {
                Fault::new(at, format!("`{value}` is no number of minutes"), "write a whole number from 1 to 600")
            })
        }
        "goal" => Ok(Directive::Goal(value.to_owned())),
        "go" => names::version(value)
            .map(Directive::Go)
            .ok_or_else(|| Fault::new(at, format!("`{value}` is no version of Go"), "write, for example, `1.25`")),
        "teaches" => list(value, at).map(|words| Directive::Teaches(words.into_iter().map(|(_, word)| word).collect())),
        "os" => systems(value, at).map(Directive::Os),
        "note" => Ok(Directive::Note(value.to_owned())),
        "highlight" => highlight(value, at).map(Directive::Highlight),
        // The only one left of the table.
        _ => Ok(Directive::When(value.to_owned())),
    }
}

fn systems(value: &str, at: usize) -> Result<Vec<String>, Fault> {
    list(value, at)?
        .into_iter()
        .map(|(at, word)| match names::goos(&word.to_lowercase()) {
            Some(os) => Ok(os.to_owned()),
            None => Err(Fault::unknown(at, "system", &word, &names::SYSTEMS[..3])),
        })
        .collect()
}

/// The parts between commas, each with its place.
fn list(value: &str, at: usize) -> Result<Vec<(usize, String)>, Fault> {
    let mut position = at;
    value
        .split(',')
        .map(|part| {
            let part_at = position + part.len() - part.trim_start().len();
            position += part.len() + 1;
            match part.trim() {
                "" => Err(Fault::new(part_at, "a comma has nothing beside it", "take the comma away")),
                word => Ok((part_at, word.to_owned())),
            }
        })
        .collect()
}

/// `6 | 7-8` → `[[6], [7, 8]]`; commas join ranges into one group.
fn highlight(value: &str, at: usize) -> Result<Vec<Vec<u32>>, Fault> {
    let bad = || Fault::new(at, format!("`{value}` does not name lines"), "write, for example, `6 | 7-8`");
    let line = |text: &str| text.trim().parse::<u32>().ok().filter(|line| (1..=9999).contains(line));
    let range = |part: &str| match part.split_once('-') {
        None => line(part).map(|line| line..=line),
        Some((first, last)) => Some(line(first)?..=line(last)?).filter(|range| !range.is_empty()),
    };
    value
        .split('|')
        .map(|group| group.split(',').map(range).collect::<Option<Vec<_>>>())
        .map(|ranges| ranges.map(|ranges| ranges.into_iter().flatten().collect()).ok_or_else(bad))
        .collect()
}
