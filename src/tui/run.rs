//! The loop: waits for something to happen, lets `update` say what it means, has it done, draws.

use std::io;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossbeam_channel::{Receiver, bounded, select, unbounded};

use super::effect::Effect;
use super::msg::Msg;
use super::screen::Screen;
use super::settle::settle;
use super::state::{Leaving, State, TICK};
use super::update::update;
use super::worker::Worker;
use super::{Options, input, start};

/// Messages of programs that may wait to be taken in; a program that floods is slowed by it, not held in memory.
const WAITING: usize = 16;
/// No more than one frame in this time.
const FRAME: Duration = Duration::from_millis(16);
/// Messages are taken in for so long before a frame is drawn.
const SLICE: Duration = Duration::from_millis(8);

/// Runs the full-screen face until the learner leaves.
///
/// # Errors
/// When the course or the saved progress cannot be used, or the terminal cannot be drawn on.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let began = Instant::now();
    let background = start::background(&options.settings);
    let ready = start::ready(options)?;
    let depth = start::depth();
    let theme = start::theme(&options.settings, depth, background);
    let mut screen = Screen::take(options.settings.mouse).context("the terminal cannot be drawn on")?;
    let size = screen.size()?;
    let (keys_in, keys) = unbounded();
    let (inbox_in, inbox) = bounded(WAITING);
    let start::Ready { course, log, progress, notice } = ready;
    let mut worker = Worker::start(options, course.clone(), log, inbox_in);
    let mut state = start::state(course, progress, &options.settings, (theme, depth), size);
    let first = start::first(&mut state, options.lesson, notice);
    input::listen(&keys_in);
    let ended = drive(&mut state, &mut screen, &mut worker, &keys, &inbox, first, began);
    drop(inbox);
    worker.finish();
    drop(screen);
    ended.context("the terminal could not be drawn on")
}

/// What the loop keeps of its last frame.
struct Pace {
    began: Instant,
    drawn: Option<Instant>,
    dirty: bool,
}

fn drive(
    state: &mut State,
    screen: &mut Screen,
    worker: &mut Worker,
    keys: &Receiver<Msg>,
    inbox: &Receiver<Msg>,
    first: Vec<Effect>,
    began: Instant,
) -> io::Result<()> {
    let mut pace = Pace { began, drawn: None, dirty: true };
    perform(screen, worker, first)?;
    while state.leaving != Leaving::Now {
        draw(state, screen, &mut pace)?;
        if pace.drawn.is_some() {
            worker.warm_up();
        }
        let msg = wait(state, keys, inbox, &pace);
        take_in(state, screen, worker, keys, inbox, msg, &mut pace)?;
    }
    Ok(())
}

/// Draws when there is something new, all that would be shown as done is on the disk, and the last frame is not too near.
fn draw(state: &mut State, screen: &mut Screen, pace: &mut Pace) -> io::Result<()> {
    let is_due = pace.drawn.is_none_or(|drawn| drawn.elapsed() >= FRAME);
    if !pace.dirty || state.unsaved > 0 || !is_due {
        return Ok(());
    }
    settle(state);
    screen.draw(state)?;
    pace.drawn = Some(Instant::now());
    pace.dirty = false;
    Ok(())
}

/// The next message. Without anything to wait for but an event this sleeps until there is one.
fn wait(state: &State, keys: &Receiver<Msg>, inbox: &Receiver<Msg>, pace: &Pace) -> Option<Msg> {
    if let Ok(key) = keys.try_recv() {
        return Some(key);
    }
    let until_frame = || pace.drawn.map_or(Duration::ZERO, |drawn| FRAME.saturating_sub(drawn.elapsed()));
    let frame = if pace.dirty && state.unsaved == 0 { Some(until_frame()) } else { state.is_busy().then_some(TICK) };
    let due = state.due.next().map(|due| due.saturating_sub(pace.began.elapsed()));
    if let Some(timeout) = frame.into_iter().chain(due).min() {
        select! {
            recv(keys) -> msg => msg.ok(),
            recv(inbox) -> msg => msg.ok(),
            default(timeout) => None,
        }
    } else {
        select! {
            recv(keys) -> msg => msg.ok(),
            recv(inbox) -> msg => msg.ok(),
        }
    }
}

/// Takes in `first` and what else is there, keys before all, for at most a slice of time.
fn take_in(
    state: &mut State,
    screen: &mut Screen,
    worker: &mut Worker,
    keys: &Receiver<Msg>,
    inbox: &Receiver<Msg>,
    first: Option<Msg>,
    pace: &mut Pace,
) -> io::Result<()> {
    let slice = Instant::now();
    perform(screen, worker, update(state, Msg::Tick(pace.began.elapsed())))?;
    let mut next = first;
    pace.dirty |= next.is_some() || state.is_slow();
    while let Some(msg) = next {
        perform(screen, worker, update(state, msg))?;
        if state.leaving == Leaving::Now || slice.elapsed() >= SLICE {
            break;
        }
        next = keys.try_recv().or_else(|_| inbox.try_recv()).ok();
    }
    Ok(())
}

fn perform(screen: &mut Screen, worker: &mut Worker, effects: Vec<Effect>) -> io::Result<()> {
    for effect in effects {
        match effect {
            Effect::Copy(text) => screen.copy(&text)?,
            other => worker.perform(other),
        }
    }
    Ok(())
}
