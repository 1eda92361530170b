//! A step begun once more: its files made ready beside everything else, then exchanged with the learner's own.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::{FilePath, prose};
use crate::course::StepId;
use crate::course::model::LessonIndex;
use crate::sandbox::scratch::{Scratch, ScratchError};
use crate::tutor::catch_up::{self, Means, Ready};

use super::super::effect::Exchange;
use super::super::msg::{Exchanged, Msg};
use super::World;

/// Why nothing can be made by commands.
const NO_GO: &str = "Go is missing; \"Install Go for haveago alone\" is among all commands";

/// Makes the step's files ready on a thread of its own, and tells.
pub fn make_ready(world: &Arc<World>, visit: u64, lesson: LessonIndex, step: StepId) {
    let world = world.clone();
    std::thread::spawn(move || {
        let result = made_ready(&world, lesson, &step);
        world.tell(Msg::Ready { visit, result });
    });
}

fn made_ready(world: &World, at: LessonIndex, step: &StepId) -> Result<Arc<Ready>, String> {
    let lesson = world.course.lesson(at);
    let step = lesson.and_then(|lesson| lesson.steps.iter().find(|known| known.id == *step));
    let step = step.ok_or("This step is not in the course any more.")?;
    let no_go = world.toolchain().is_none().then_some(NO_GO);
    let means = Means { dirs: &world.dirs, course: &world.course, env: &world.environment(), no_go };
    let ready = catch_up::make_ready(means, at, step, &mut |_| {});
    ready.map(Arc::new).map_err(|error| prose::sentence(&error.to_string()))
}

/// Exchanges what is in the folder; `open` are the files that the editor shows of it.
pub fn exchange(world: &World, root: PathBuf, what: &Exchange, open: Vec<FilePath>) -> Msg {
    let scratch = Scratch { root };
    let exchanged = match what {
        Exchange::Lay(ready) => catch_up::lay(&world.dirs, &scratch, ready).map(|kept| Some((kept, false))),
        Exchange::BringBack => {
            catch_up::bring_back(&world.dirs, &scratch).map(|back| back.map(|back| (back.kept, true)))
        }
    };
    let result = match exchanged {
        Ok(Some((kept, is_back))) => {
            let is_gone = |path: &FilePath| matches!(scratch.read(path), Err(ScratchError::Missing(_)));
            Ok(Exchanged { kept, is_back, gone: open.into_iter().filter(is_gone).collect() })
        }
        Ok(None) => Err("Nothing of this lesson is set aside.".to_owned()),
        Err(error) => Err(prose::sentence(&error.to_string())),
    };
    Msg::Exchanged { root: scratch.root, result }
}
