//! Builds the standard library beforehand, behind everything that the learner does.

use crate::sandbox::warm;

use super::super::msg::Msg;
use super::World;

/// Goes on until all is built or the program ends.
pub fn serve(world: &World) {
    // Without Go there is nothing to build, and that is told already.
    let Some(toolchain) = world.toolchain() else { return };
    warm::up(&world.dirs, &world.course.id, &toolchain, &mut |progress| world.tell(Msg::Preparing(progress)));
}
