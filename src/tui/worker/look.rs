//! Looks at conditions: runs Go where they need it. A look that has been overtaken is answered without being done.

use crossbeam_channel::Receiver;

use crate::judge::Evidence;
use crate::sandbox::probe::{GoProber, LearnerSeen, Prober};
use crate::tutor::scratch;

use super::super::effect::{Effect, Look};
use super::super::msg::Msg;
use super::World;

/// Serves looks until the program ends.
pub fn serve(world: &World, effects: &Receiver<Effect>) {
    world.toolchain();
    while let Ok(effect) = effects.recv() {
        let Effect::Observe(mut look) = effect else { continue };
        while let Ok(Effect::Observe(newer)) = effects.try_recv() {
            let overtaken = std::mem::replace(&mut look, newer);
            look.quiet &= overtaken.quiet || overtaken.visit != look.visit;
            world.tell(Msg::Observed {
                visit: overtaken.visit,
                wanted: Vec::new(),
                quiet: true,
                evidence: Box::default(),
            });
        }
        let evidence = Box::new(observe(world, &look));
        let wanted = look.wanted.iter().map(|(index, _)| *index).collect();
        world.tell(Msg::Observed { visit: look.visit, wanted, quiet: look.quiet, evidence });
    }
}

fn observe(world: &World, look: &Look) -> Evidence {
    let lesson = world.course.lesson(look.lesson);
    let Some(step) = lesson.and_then(|lesson| lesson.steps.iter().find(|step| step.id == look.step)) else {
        return Evidence::default();
    };
    let conditions: Vec<_> = look.wanted.iter().map(|(_, condition)| condition.clone()).collect();
    let prober =
        GoProber::new(&look.root, world.environment()).speaking_of(scratch::spoken_of(&world.course, look.lesson));
    let seen = LearnerSeen { commands: &look.commands, answer: look.answer.as_deref() };
    prober.observe(&conditions, step, &seen)
}
