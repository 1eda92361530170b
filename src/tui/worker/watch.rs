//! Sees saves by other programs: tells when something changed in the open scratch directory, a short while after the
//! last change of a burst.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, select};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::super::msg::Msg;
use super::World;

/// Editors save in several steps; they are over after this.
const BURST: Duration = Duration::from_millis(80);

/// A scratch directory to watch from now on, in place of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    pub visit: u64,
    pub root: PathBuf,
}

/// Serves until the program ends. Where the system cannot watch, changes are seen with the next command or save.
pub fn serve(world: &World, watches: &Receiver<Watch>) {
    let (changes_in, changes) = bounded::<()>(1);
    let mut watched: Option<(Watch, Option<RecommendedWatcher>)> = None;
    loop {
        select! {
            recv(watches) -> watch => match watch {
                Ok(watch) => {
                    let kept = watched.take().filter(|(before, _)| before.root == watch.root);
                    let watcher = match kept {
                        Some((_, watcher)) => watcher,
                        None => start(&watch.root, changes_in.clone()),
                    };
                    watched = Some((watch, watcher));
                }
                Err(_) => return,
            },
            recv(changes) -> _ => {
                while changes.recv_timeout(BURST).is_ok() {}
                if let Some((watch, _)) = &watched {
                    world.tell(Msg::FilesChanged { visit: watch.visit });
                }
            }
        }
    }
}

fn start(root: &Path, changes: Sender<()>) -> Option<RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        // Being read is no change; everything else asks for a new look at the folder.
        if !matches!(event, Ok(notify::Event { kind: EventKind::Access(_), .. })) {
            // One that waits already is enough.
            let _ = changes.try_send(());
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(root, RecursiveMode::Recursive).ok()?;
    Some(watcher)
}
