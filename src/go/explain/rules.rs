//! The table of explanations: `assets/errors.toml`, read and compiled when first something fails.

use std::sync::OnceLock;

use regex::{Captures, Regex, RegexSet};
use serde::Deserialize;

use super::Found;
use super::output::{Line, Output};

const TABLE: &str = include_str!("../../../assets/errors.toml");

/// Longer parts of a message are cut: the message itself stands above the explanation.
const LONGEST_NAME: usize = 60;

/// Which rows may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    All,
    /// Only those of messages that begin with a place.
    Placed,
}

/// Where a message comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Phase {
    Compile,
    Vet,
    Go,
    Run,
    Test,
    Shell,
}

/// One wording of an explanation; `assets/errors.toml` says what the fields mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub id: String,
    pub phase: Phase,
    #[serde(rename = "match")]
    pub pattern: String,
    pub line: Option<String>,
    #[serde(default)]
    pub last: bool,
    pub text: String,
    /// `match` and `line`, compiled when they are first needed.
    #[serde(skip)]
    compiled: OnceLock<Option<(Regex, Option<Regex>)>>,
}

impl Row {
    /// `None` never happens: a test reads the table.
    fn patterns(&self) -> Option<&(Regex, Option<Regex>)> {
        let compile = || {
            let line = self.line.as_deref().map(Regex::new).transpose().ok()?;
            Some((Regex::new(&self.pattern).ok()?, line))
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

#[derive(Debug)]
pub(super) struct Rules {
    pub rows: Vec<Row>,
    pub taught: Vec<Taught>,
    /// All patterns as one: tells in a single pass which rows are worth a look.
    set: RegexSet,
}

/// A lesson and the explanations it teaches.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Taught {
    /// `chapter/lesson`
    pub lesson: String,
    pub ids: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    explain: Vec<Row>,
    teach: Vec<Taught>,
}

impl Rules {
    pub fn read(table: &str) -> Result<Self, String> {
        let Table { explain: rows, teach: taught } = toml::from_str(table).map_err(|error| error.to_string())?;
        let set = RegexSet::new(rows.iter().map(|row| &row.pattern)).map_err(|error| error.to_string())?;
        Ok(Self { rows, taught, set })
    }

    /// `None` never happens: a test reads the table.
    pub fn table() -> Option<&'static Self> {
        static RULES: OnceLock<Option<Rules>> = OnceLock::new();
        RULES.get_or_init(|| Self::read(TABLE).ok()).as_ref()
    }
}

pub(super) fn lesson_of(id: &str) -> Option<String> {
    let taught = Rules::table()?.taught.iter().find(|taught| taught.ids.iter().any(|known| known == id))?;
    Some(taught.lesson.clone())
}

/// The texts of an explanation, each once, `…` in place of what a message would tell.
pub(super) fn wordings(id: &str) -> Vec<String> {
    let rows = Rules::table().map_or(&[][..], |rules| &rules.rows);
    let mut texts: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row.id == id) {
        let text = fill(&row.text, |name| Some(if name == "at" { String::new() } else { "…".to_owned() }));
        texts.extend(text.filter(|text| !texts.contains(text)));
    }
    texts
}

pub(super) fn ids() -> Vec<&'static str> {
    let mut ids: Vec<&str> =
        Rules::table().map_or(&[][..], |rules| &rules.rows).iter().map(|row| row.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The first line that a row matches; rows that speak last have their turn when no other has spoken on any line.
pub(super) fn find(typed: &str, output: &Output, reach: Reach) -> Option<Found> {
    let rules = Rules::table()?;
    let mut last: Option<Found> = None;
    for (at, line) in output.lines.iter().enumerate().filter(|(_, line)| !line.text.starts_with("# ")) {
        for row in rules.set.matches(line.message()).iter().filter_map(|index| rules.rows.get(index)) {
            if !applies(row.phase, line, typed, reach) || row.last && last.is_some() {
                continue;
            }
            let Some(text) = tell(row, line, typed, output) else { continue };
            let found = Found { id: row.id.clone(), text, at: Some(at) };
            if !row.last {
                return Some(found);
            }
            last = Some(found);
        }
    }
    last
}

/// Whether a line can be a message of that phase at all.
fn applies(phase: Phase, line: &Line, typed: &str, reach: Reach) -> bool {
    let is_placed = line.place.is_some();
    match phase {
        Phase::Compile | Phase::Vet => is_placed && !line.is_indented(),
        Phase::Go => (reach == Reach::All || is_placed) && (typed.trim().is_empty() || names_go(typed)),
        Phase::Run | Phase::Test | Phase::Shell => reach == Reach::All,
    }
}

fn names_go(typed: &str) -> bool {
    typed.split(|letter: char| letter.is_whitespace() || ";|&()".contains(letter)).any(|word| {
        let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
        matches!(name, "go" | "gofmt" | "go.exe")
    })
}

/// The row's text about this line; `None` where a group that it names took no part, or the typed line does not match.
fn tell(row: &Row, line: &Line, typed: &str, output: &Output) -> Option<String> {
    let (message, typed_pattern) = row.patterns()?;
    let said = message.captures(line.message())?;
    let typed = match typed_pattern {
        Some(pattern) => Some(pattern.captures(typed.trim())?),
        None => None,
    };
    fill(&row.text, |name| value(name, &said, typed.as_ref(), line, output))
}

fn value(
    name: &str,
    said: &Captures<'_>,
    typed: Option<&Captures<'_>>,
    line: &Line,
    output: &Output,
) -> Option<String> {
    match name {
        "at" => Some(output.own_frame().map(|place| format!(" at `{}`", short(&place))).unwrap_or_default()),
        "row" => Some(line.place.as_ref()?.line.to_string()),
        "file" if typed.is_none_or(|typed| typed.name(name).is_none()) => Some(short(&line.place.as_ref()?.file)),
        _ => said.name(name).or_else(|| typed?.name(name)).map(|part| short(part.as_str())),
    }
}

/// A part of a message, fit to stand between backticks.
fn short(part: &str) -> String {
    let part = part.replace('`', "'");
    match part.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &part[..end]),
        None => part,
    }
}

/// Puts values in place of `{name}`; braces around anything else stay as they are. `None` when a value is missing.
pub(super) fn fill(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, behind)) if is_name(name) => {
                filled.push_str(&value(name)?);
                rest = behind;
            }
            Some(_) | None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    Some(filled)
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
}
