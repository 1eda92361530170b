//! Installs Go beside everything else, and tells how far it is.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::install::{Origin, Phase, Releases, Surroundings, Wanted, install};

use super::super::msg::Msg;
use super::super::thread;
use super::World;

/// Between two words on how far it is.
const PACE: Duration = Duration::from_millis(100);

/// The installation under way.
#[derive(Debug, Default)]
pub struct Installing(Option<Arc<AtomicBool>>);

impl Installing {
    /// Begins one, after stopping the one before.
    pub fn start(&mut self, world: &Arc<World>, from: Option<&str>) {
        self.stop();
        let stop = Arc::new(AtomicBool::new(false));
        self.0 = Some(stop.clone());
        let wanted = Wanted { version: None, from: from.map(Origin::parse) };
        let world = world.clone();
        thread::spawn("install", move || run(&world, &wanted, &stop));
    }

    /// Asks it to stop; it says so itself when it has.
    pub fn stop(&mut self) {
        if let Some(stop) = self.0.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

fn run(world: &World, wanted: &Wanted, stop: &AtomicBool) {
    let mut told: Option<(Instant, std::mem::Discriminant<Phase>)> = None;
    let mut watcher = |phase: Phase| {
        let kind = std::mem::discriminant(&phase);
        if told.is_none_or(|(when, last)| last != kind || when.elapsed() >= PACE) {
            told = Some((Instant::now(), kind));
            world.tell(Msg::Installing(phase));
        }
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let folder = world.dirs.toolchains();
    let around = Surroundings::of_this_machine();
    match install(wanted, &folder, &Releases::known(), &around, &mut watcher) {
        Ok(toolchain) => {
            let version = toolchain.version.to_string();
            world.installed(toolchain);
            world.tell(Msg::Installed(Ok(())));
            world.tell(Msg::Toolchain(Ok(version)));
            super::warm::serve(world);
        }
        Err(error) => world.tell(Msg::Installed(Err(error.to_string()))),
    }
}
