//! `alone ./PROGRAM`: a program of the learner's where there is nothing but that one file.

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use super::confine::{Plan, Tier};
use super::helper::{Program, Request, Work};

/// The command's name.
pub(super) const NAME: &str = "alone";

/// What is said where other files can be closed to it and not taken away.
const CLOSED: &str = "alone: this system cannot take all other files away, so it closes them: none can be opened here.";

/// What is said where nothing can be kept from it.
const ALL_THERE: &str =
    "alone: this system can neither take nor close other files, so all that is taken is the environment.";

/// What a line orders: a program alone when it is such a line, else itself.
///
/// # Errors
/// With the sentence for a program that cannot be started so.
pub(super) fn order(request: &Request, plan: &mut Plan) -> Result<Work, String> {
    let words: Vec<&str> = request.line.split_whitespace().collect();
    // What the shell would read as more than words is the shell's.
    let is_plain = !request.line.contains(|letter: char| "|&;<>()$`\\\"'*?[]{}~#!\n".contains(letter));
    let [NAME, program, args @ ..] = words.as_slice() else { return Ok(Work::Line(request.clone())) };
    if !is_plain || program.starts_with('-') {
        return Ok(Work::Line(request.clone()));
    }
    let below = below(&request.root, &request.dir.join(program));
    let Some(below) = below.filter(|_| program.contains('/')) else {
        return Err(format!(
            "{NAME}: {program} is not a program of this folder; name it with its path, as in `{NAME} ./myapp`"
        ));
    };
    let (inside, notice) = match plan.tier {
        Tier::Full | Tier::Bwrap => (Path::new("/").join(below.file_name().unwrap_or_default()), None),
        Tier::Landlock | Tier::Seatbelt => (request.root.join(&below), Some(CLOSED)),
        Tier::AppContainer | Tier::Job | Tier::None => (request.root.join(&below), Some(ALL_THERE)),
    };
    plan.alone = Some(below).filter(|_| !matches!(plan.tier, Tier::AppContainer | Tier::Job | Tier::None));
    let argv = [inside.to_string_lossy().into_owned()].into_iter().chain(args.iter().map(|arg| (*arg).to_owned()));
    Ok(Work::Program(Program {
        argv: argv.collect(),
        dir: PathBuf::from("/"),
        env: Vec::new(),
        notice: notice.map(str::to_owned),
        asks: Vec::new(),
        patience: Duration::ZERO,
    }))
}

/// The path from `root` on, by its words alone; none when it leads out.
fn below(root: &Path, path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain.strip_prefix(root).ok().filter(|below| !below.as_os_str().is_empty()).map(Path::to_owned)
}
