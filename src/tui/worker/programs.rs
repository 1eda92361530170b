//! Starts the learner's commands, each on its own pseudo-terminal, and keeps their handles.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use crossbeam_channel::{Receiver, Sender, select, unbounded};

use crate::sandbox::confine;
use crate::sandbox::pty::{self, Ended, Handle, Request};
use crate::sandbox::{Scratch, room};

use super::super::effect::{Allow, Effect, RunLine};
use super::super::msg::{Msg, ProgramEnd};
use super::World;
use crate::term::complete::Listing;
use crate::term::{BlockId, TabId};

/// A tab's shell as it stands between two commands.
#[derive(Debug, Default)]
struct Shell {
    root: PathBuf,
    dir: PathBuf,
    env: Vec<(String, String)>,
    /// The `go` that its `PATH` begins with.
    go: Option<PathBuf>,
    /// The running command.
    running: Option<Handle>,
}

/// A command that ended, for this thread.
type End = (TabId, BlockId, Ended);

/// Serves until the program ends; then every running program is stopped.
pub fn serve(world: &World, effects: &Receiver<Effect>) {
    if world.consent.is_given() {
        confine::allow_unconfined();
    }
    // Found out before the first command needs it.
    let tier = confine::chosen();
    world.tier.store(tier.is_undecided, Ordering::Relaxed);
    world.tell(Msg::Tier(tier.clone()));
    let mut shells: HashMap<TabId, Shell> = HashMap::new();
    let (ends_in, ends) = unbounded::<End>();
    loop {
        select! {
            recv(effects) -> effect => match effect {
                Ok(effect) => perform(world, &mut shells, &ends_in, effect),
                Err(_) => break,
            },
            recv(ends) -> end => if let Ok((tab, block, end)) = end {
                ended(world, &mut shells, tab, block, end);
            },
        }
    }
    for shell in shells.values_mut() {
        if let Some(handle) = shell.running.take() {
            handle.stop();
        }
    }
}

fn perform(world: &World, shells: &mut HashMap<TabId, Shell>, ends: &Sender<End>, effect: Effect) {
    match effect {
        Effect::Run(line) => {
            let tier = confine::chosen();
            if world.tier.swap(tier.is_undecided, Ordering::Relaxed) != tier.is_undecided {
                world.tell(Msg::Tier(tier.clone()));
            }
            if confine::unanswered().is_some() {
                world.tell(Msg::Unconfined(line));
            } else {
                run(world, shells, ends, line);
            }
        }
        Effect::Allow(allow) => self::allow(world, allow),
        // A program that does not read what was typed before must be stopped all the same.
        Effect::Write { tab, bytes } if bytes == [0x03] => with_running(shells, tab, Handle::interrupt),
        Effect::Write { tab, bytes } => with_running(shells, tab, |handle| handle.write(bytes)),
        Effect::Resize { tab, size } => with_running(shells, tab, |handle| handle.resize(size.0, size.1)),
        Effect::Stop(tab) => with_running(shells, tab, Handle::stop),
        Effect::Close(tab) => {
            if let Some(Shell { running: Some(handle), .. }) = shells.remove(&tab) {
                handle.stop();
            }
        }
        Effect::List { tab, root, dir } => {
            let from = shells.get(&tab).filter(|shell| shell.root == root).map_or(&root, |shell| &shell.dir);
            world.tell(Msg::Listed { tab, listing: Listing { entries: names(&from.join(&dir)), dir } });
        }
        Effect::Save(_)
        | Effect::OpenScratch { .. }
        | Effect::ListFiles { .. }
        | Effect::MarkFiles
        | Effect::ChangeFiles { .. }
        | Effect::MakeReady { .. }
        | Effect::Exchange { .. }
        | Effect::ReadFile { .. }
        | Effect::KeepDraft { .. }
        | Effect::Parse { .. }
        | Effect::FindProblems { .. }
        | Effect::SaveFile { .. }
        | Effect::FindEditor(_)
        | Effect::KeepCopy { .. }
        | Effect::StartEditor(_)
        | Effect::Observe(_)
        | Effect::Examine(_)
        | Effect::InstallGo(_)
        | Effect::StopInstalling
        | Effect::Copy(_)
        | Effect::KeepSettings { .. }
        | Effect::Mouse(_)
        | Effect::Quit => {}
    }
}

fn allow(world: &World, allow: Allow) {
    confine::allow_unconfined();
    if allow == Allow::Always
        && let Err(error) = world.consent.keep()
    {
        world.tell(Msg::Trouble(format!("your yes cannot be kept for the next time: {error}")));
    }
}

fn with_running(shells: &mut HashMap<TabId, Shell>, tab: TabId, act: impl FnOnce(&Handle)) {
    if let Some(handle) = shells.get(&tab).and_then(|shell| shell.running.as_ref()) {
        act(handle);
    }
}

fn run(world: &World, shells: &mut HashMap<TabId, Shell>, ends: &Sender<End>, run: RunLine) {
    let shell = shells.entry(run.tab).or_default();
    if shell.root != run.root {
        let below = run.dir.split_once('/').map(|(_, below)| run.root.join(below)).filter(|dir| dir.is_dir());
        let dir = below.unwrap_or_else(|| run.root.clone());
        *shell = Shell { root: run.root.clone(), dir, env: world.environment(), go: world.go(), running: None };
    }
    follow_go(world, shell);
    if let Err(words) = world.stand_up(&Scratch { root: run.root.clone() }) {
        return not_started(world, shell, (run.tab, run.block), &words);
    }
    let request = Request {
        line: run.line,
        dir: shell.dir.clone(),
        root: run.root,
        env: shell.env.clone(),
        history: run.history,
        size: run.size,
    };
    let (tab, block) = (run.tab, run.block);
    let inbox = world.inbox.clone();
    let output = move |bytes| {
        // Nobody takes output any more when the program is ending.
        let _ = inbox.send(Msg::Output { tab, block, bytes });
    };
    let ends = ends.clone();
    let end = move |end| {
        let _ = ends.send((tab, block, end));
    };
    match pty::spawn(request, output, end) {
        Ok(handle) => shell.running = Some(handle),
        Err(error) => not_started(world, shell, (tab, block), &error.to_string()),
    }
}

/// Has the shell find the Go that is used now.
fn follow_go(world: &World, shell: &mut Shell) {
    let go = world.go();
    if go == shell.go {
        return;
    }
    shell.go = go;
    let path = world.environment().into_iter().find(|(name, _)| name == "PATH");
    if let (Some((_, path)), Some((_, old))) = (path, shell.env.iter_mut().find(|(name, _)| name == "PATH")) {
        *old = path;
    }
}

/// The command has ended before it began; these words are what there is to see of it.
fn not_started(world: &World, shell: &Shell, (tab, block): (TabId, BlockId), words: &str) {
    world.tell(Msg::Output { tab, block, bytes: format!("{words}\r\n").into_bytes() });
    let dir_shown = shown(&shell.root, &shell.dir);
    let end = ProgramEnd { exit: 126, took: std::time::Duration::ZERO, dir_shown, leave: false };
    world.tell(Msg::Ended { tab, block, end });
}

fn ended(world: &World, shells: &mut HashMap<TabId, Shell>, tab: TabId, block: BlockId, end: Ended) {
    let Some(shell) = shells.get_mut(&tab) else { return };
    shell.running = None;
    shell.dir = end.dir;
    shell.env = end.env;
    let dir_shown = shown(&shell.root, &shell.dir);
    let full = if end.exit == 0 { None } else { room::fault(&world.dirs, &shell.root) };
    let end = ProgramEnd { exit: end.exit, took: end.elapsed, dir_shown, leave: end.leave };
    world.tell(Msg::Ended { tab, block, end });
    if let Some(fault) = full {
        world.tell(Msg::Trouble(fault));
    }
}

/// Names in a folder at most: completion needs no more.
const MOST_NAMES: usize = 2_000;

/// The names in a folder, and whether each is a folder itself. A folder that cannot be read has none.
fn names(folder: &Path) -> Vec<(String, bool)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let named = entries.flatten().take(MOST_NAMES).filter_map(|entry| {
        let is_dir = entry.path().is_dir();
        Some((entry.file_name().into_string().ok()?, is_dir))
    });
    let mut names: Vec<_> = named.collect();
    names.sort();
    names
}

/// A directory as the prompt shows it: from the lesson's folder on, or whole where it is outside.
#[must_use]
pub fn shown(root: &Path, dir: &Path) -> String {
    let name = root.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match dir.strip_prefix(root) {
        Ok(below) if below.as_os_str().is_empty() => name,
        Ok(below) => format!("{name}/{}", below.to_string_lossy().replace('\\', "/")),
        Err(_) => dir.to_string_lossy().into_owned(),
    }
}
