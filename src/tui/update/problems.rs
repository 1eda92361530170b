//! What is wrong in the learner's files: asked of gofmt while they type, of build and vet when they save.

use crate::base::FilePath;

use super::super::effect::Effect;
use super::super::state::{State, Toolchain};

/// Asks for the syntax of the text that is shown.
pub fn parse(state: &State) -> Option<Effect> {
    let root = state.last_root.clone().filter(|_| has_go(state))?;
    let (path, revision, text) = state.editor.to_parse()?;
    Some(Effect::Parse { root, path, revision, text })
}

/// Asks build and vet, now that `path` is another on the disk.
pub fn look(state: &mut State, path: &FilePath) -> Option<Effect> {
    let root = state.root().filter(|_| has_go(state) && matters(path))?;
    state.editor.look_begins();
    state.problems_asked += 1;
    Some(Effect::FindProblems { root, number: state.problems_asked })
}

fn has_go(state: &State) -> bool {
    !matches!(state.toolchain, Toolchain::Missing(_))
}

/// Whether a file of that name has a part in a build.
fn matters(path: &FilePath) -> bool {
    matches!(path.name().rsplit_once('.'), Some((_, "go" | "mod" | "work" | "s")))
}
