//! `file:line:column` in outputs, findings and explanations leads into the editor; only to files of the lesson's folder.

use crate::base::FilePath;
use crate::go::place::{Found, places};

use super::super::action::{Command, Focus, key_of};
use super::super::effect::Effect;
use super::super::state::{NoticeKind, State};
use super::{asks, focus};
use crate::term::BlockId;

/// A line, and a column in bytes, from 1.
type Place = (u32, u32);

/// `edit FILE`, new or not, seen from a tab's directory.
pub fn edit(state: &mut State, dir: &str, file: &str) -> Vec<Effect> {
    match located(state, dir, file) {
        Ok(path) => {
            let effects = focus(state, Focus::Editor);
            effects.into_iter().chain(read_and_show(state, path, None)).collect()
        }
        Err(sentence) => {
            state.say(NoticeKind::Plain, sentence);
            Vec::new()
        }
    }
}

/// A place that was clicked on.
pub fn open(state: &mut State, dir: &str, file: &str, place: Place) -> Vec<Effect> {
    match located(state, dir, file) {
        Ok(path) if is_there(state, &path) => read_and_show(state, path, Some(place)).into_iter().collect(),
        Ok(path) => {
            state.say(NoticeKind::Plain, format!("There is no `{path}` in this lesson's folder."));
            Vec::new()
        }
        Err(sentence) => {
            state.say(NoticeKind::Plain, sentence);
            Vec::new()
        }
    }
}

/// The next place of the last output that names one in the lesson's files; where none does, those of what the check
/// has found.
pub fn walk(state: &mut State) -> Vec<Effect> {
    let Some((block, found)) = walkable(state) else {
        state.say(NoticeKind::Plain, "Nothing that is printed here names a place in one of this lesson's files.");
        return Vec::new();
    };
    let next = match state.walked {
        Some((walked, index)) if walked == block => (index + 1) % found.len(),
        Some(_) | None => 0,
    };
    state.walked = Some((block, next));
    let Some((path, place)) = found.get(next).cloned() else { return Vec::new() };
    let text = match found.len() {
        1 => format!("This is `{path}:{}:{}`.", place.0, place.1),
        all => format!("Place {} of {all}: `{path}:{}:{}`. Alt-O goes on.", next + 1, place.0, place.1),
    };
    state.say(NoticeKind::Plain, text);
    read_and_show(state, path, Some(place)).into_iter().collect()
}

/// Stands for what the check has found, among the commands.
const FINDINGS: BlockId = BlockId(0);

fn walkable(state: &State) -> Option<(BlockId, Vec<(FilePath, Place)>)> {
    let of = |dir: &str, found: Vec<Found>| {
        let mut all: Vec<(FilePath, Place)> = Vec::new();
        for found in found {
            let place = (found.line, found.column);
            if let Ok(path) = located(state, dir, &found.file)
                && is_there(state, &path)
                && !all.contains(&(path.clone(), place))
            {
                all.push((path, place));
            }
        }
        all
    };
    let outputs = state.terminal.named().map(|(block, dir, found)| (block, of(dir, found)));
    let seen = state.session.conditions.iter().filter_map(|condition| condition.finding.as_ref());
    let findings = seen.flat_map(|finding| places(&finding.seen)).collect();
    outputs.chain([(FINDINGS, of("", findings))]).find(|(_, found)| !found.is_empty())
}

/// Words that lead to the first place that a command's output names in the lesson's files.
pub fn first_of(state: &State, block: BlockId) -> Option<String> {
    let (named, found) = walkable(state)?;
    let (path, (line, column)) = found.first().filter(|_| named == block)?;
    Some(format!("{} opens {path}:{line}:{column}.", key_of(Command::NextPlace)))
}

fn is_there(state: &State, path: &FilePath) -> bool {
    state.files.has(path) || state.editor.text(path).is_some()
}

/// Has a file read, and then shown at a place.
pub fn read_and_show(state: &mut State, path: FilePath, place: Option<Place>) -> Option<Effect> {
    state.wanted_place = Some((path.clone(), place));
    let read = asks::read_file(state, path);
    if read.is_none() {
        state.wanted_place = None;
        state.say(NoticeKind::Plain, "The lesson's folder is not open yet. Please try again.");
    }
    read
}

/// The file is read: it is shown, and the editor has the keys.
pub fn show(state: &mut State, path: &FilePath, place: Option<Place>) -> Vec<Effect> {
    state.editor.open(path.clone(), None);
    if let Some((line, column)) = place {
        let text = state.editor.text(path).unwrap_or_default();
        let before = text
            .lines()
            .nth((line as usize).saturating_sub(1))
            .map_or("", |text| &text[..text.floor_char_boundary((column as usize).saturating_sub(1))]);
        state.editor.go_to(path, line as usize, crate::base::width::graphemes(before).count() + 1);
    }
    focus(state, Focus::Editor)
}

/// The file of the lesson's folder that is meant by `file`, seen from a tab's directory as its prompt shows it
/// (`lesson/below`; empty: the lesson's own).
fn located(state: &State, dir: &str, file: &str) -> Result<FilePath, String> {
    let file = file.replace('\\', "/");
    let outside = || format!("`{file}` is not in this lesson's folder.");
    let root = state.root().map(|root| root.to_string_lossy().replace('\\', "/"));
    let from_root = root.as_deref().and_then(|root| file.strip_prefix(root)?.strip_prefix('/'));
    let whole = match from_root {
        Some(below) => below.to_owned(),
        None if file.starts_with('/') || dir.starts_with('/') => return Err(outside()),
        None => dir.split_once('/').map_or_else(|| file.clone(), |(_, below)| format!("{below}/{file}")),
    };
    let mut parts = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or_else(outside)?),
            part => parts.push(part),
        }
    }
    FilePath::parse(&parts.join("/")).map_err(|error| format!("`{file}` is not in this lesson's folder: {error}."))
}
