//! Progress, written down by a thread of its own: frames wait for it, so it waits for nothing else.

use crossbeam_channel::Receiver;

use crate::learner::Event;
use crate::store::progress::{Log, stamp};

use super::super::msg::Msg;
use super::World;

/// Serves until the program ends and all is written. Answers with a sentence when some of it is lost.
pub fn serve(world: &World, mut log: Log, saves: &Receiver<Vec<Event>>) -> Option<String> {
    while let Ok(events) = saves.recv() {
        world.tell(match log.append(&stamp(events)) {
            Ok(_) => Msg::Saved,
            Err(error) => Msg::SaveFailed(error.to_string()),
        });
    }
    log.give_up()
}
