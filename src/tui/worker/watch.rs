//! Sees saves by other programs: tells when something changed in the open scratch directory, a short while after the
//! last change of a burst.

mod eyes;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, at, bounded, never, select};

use super::super::msg::Msg;
use super::World;
use eyes::Eyes;

/// Editors save in several steps; they are over after this.
const BURST: Duration = Duration::from_millis(80);

/// A scratch directory to watch from now on, in place of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    pub visit: u64,
    pub root: PathBuf,
}

/// Serves until the program ends.
pub fn serve(world: &World, watches: &Receiver<Watch>) {
    let (changes_in, changes) = bounded::<()>(1);
    let mut watched: Option<(Watch, Eyes)> = None;
    loop {
        let due = watched.as_ref().and_then(|(_, eyes)| eyes.due()).map_or_else(never::<Instant>, at);
        let is_changed = select! {
            recv(watches) -> watch => match watch {
                Ok(watch) => {
                    let kept = watched.take().filter(|(before, eyes)| before.root == watch.root && eyes.see_it());
                    let eyes = kept.map_or_else(|| Eyes::on(&watch.root, changes_in.clone()), |(_, eyes)| eyes);
                    watched = Some((watch, eyes));
                    false
                }
                Err(_) => return,
            },
            recv(changes) -> _ => {
                while changes.recv_timeout(BURST).is_ok() {}
                true
            }
            recv(due) -> _ => watched.as_mut().is_some_and(|(_, eyes)| eyes.look(Instant::now())),
        };
        if let (true, Some((watch, _))) = (is_changed, &watched) {
            world.tell(Msg::FilesChanged { visit: watch.visit });
        }
    }
}
