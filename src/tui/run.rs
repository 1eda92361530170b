//! The loop: waits for something to happen, lets `update` say what it means, has it done, draws.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, bail};
use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};

use crate::store::source::CourseSource;

use super::effect::Effect;
use super::input::{Gate, Signals};
use super::msg::Msg;
use super::opening::{Opening, Ready};
use super::outside::Outside;
use super::pane::editor::Tempo;
use super::screen::Screen;
use super::settle::settle;
use super::state::{Leaving, State, TICK, Trust};
use super::update::update;
use super::worker::Worker;
use super::{Options, Start, input, start};

/// Messages of programs that may wait to be taken in; a program that floods is slowed by it, not held in memory.
const WAITING: usize = 16;
/// No more than one frame in this time.
const FRAME: Duration = Duration::from_millis(16);
/// Messages are taken in for so long before a frame is drawn.
const SLICE: Duration = Duration::from_millis(8);
/// Nobody types so many keys at once: a text is pasted in a terminal that does not tell so.
const PASTED: usize = 100;
/// They are taken in for so long before a frame is drawn.
const LONG_SLICE: Duration = Duration::from_millis(64);

/// Runs the full-screen face until the learner leaves.
///
/// # Errors
/// When the course or the saved progress cannot be used, or the terminal cannot be drawn on.
pub fn run(options: &Options, start: Start) -> anyhow::Result<()> {
    let began = Instant::now();
    // Before anything is asked of the terminal, which would be left as it is then by what ends the program.
    let signals = Signals::take();
    let background = start::background(&options.settings);
    let opening = Opening::begin(options, start)?;
    let ground = start::ground(background);
    let mut screen = Screen::take(options.settings.mouse).context("the terminal cannot be drawn on")?;
    let size = screen.size();
    if let Some(glimpse) = opening.glimpse(&options.settings, &ground, size) {
        screen.draw(&glimpse)?;
        // What is read next takes all processors, also from the thread that writes.
        screen.await_free(FRAME);
    }
    // What is typed from here on waits until there is a course to do it in; what was typed before waits in the terminal.
    let (keys_in, keys) = unbounded();
    let gate = Arc::new(Gate::default());
    input::listen(&keys_in, &gate, size, signals);
    input::await_hangup(keys_in.clone());
    let Ready { course, log, progress, notice, lesson } = opening.finish(options)?;
    let (inbox_in, inbox) = bounded(WAITING);
    let worker = Worker::start(options, course.clone(), log, inbox_in);
    let mut state = start::state(course, progress, &options.settings, ground, size);
    let first = start::first(&mut state, lesson, notice);
    if options.source != CourseSource::Embedded {
        state.trust = Trust::ToBeTold;
    }
    let mut hands = Hands { screen, worker, outside: Outside::new(gate, keys_in.clone()), wake: keys_in };
    let ended = drive(&mut state, &mut hands, &keys, &inbox, first, began);
    if ended.is_err() {
        // The terminal is gone, and what was typed is not: all of it on its way to the disk.
        for effect in update(&mut state, Msg::Hangup) {
            hands.worker.perform(effect);
        }
    }
    drop(inbox);
    hands.outside.finish();
    let lost = hands.worker.finish();
    drop(hands);
    ended.context("the terminal could not be drawn on")?;
    if let Some(why) = state.deaf {
        bail!("the keys of this terminal cannot be read ({why}); close other programs, or raise `ulimit -n`");
    }
    lost.map_or(Ok(()), |sentence| Err(anyhow!(sentence)))
}

/// What does what `update` wants done.
struct Hands {
    screen: Screen,
    worker: Worker,
    outside: Outside,
    /// Where the loop is woken when the terminal has taken a frame it was slow to take.
    wake: Sender<Msg>,
}

impl Hands {
    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Copy(text) => self.screen.copy(&text)?,
                Effect::Mouse(on) => self.screen.mouse(on)?,
                Effect::StartEditor(start) => self.outside.start(&mut self.screen, &start),
                other => self.worker.perform(other),
            }
        }
        Ok(())
    }

    /// Whether a frame is wanted, and the terminal is ours and has taken the one before.
    fn may_draw(&self, pace: &Pace) -> bool {
        let (wake, began) = (self.wake.clone(), pace.began);
        // Nobody is woken any more when the program is ending.
        let wake = move || drop(wake.send(Msg::Tick(began.elapsed())));
        pace.dirty && !self.screen.is_lent() && self.screen.is_free_or(wake)
    }

    /// Has one message taken in, and what comes of it done.
    fn take_in(&mut self, state: &mut State, msg: Msg) -> io::Result<()> {
        match msg {
            Msg::EditorEnded(_) => self.outside.ended(&mut self.screen)?,
            Msg::Suspend => self.outside.suspend(&mut self.screen)?,
            Msg::Resized(width, height) => self.screen.resize((width, height)),
            _ => {}
        }
        self.perform(update(state, msg))
    }
}

/// What the loop keeps of its last frame.
struct Pace {
    began: Instant,
    drawn: Option<Instant>,
    dirty: bool,
}

fn drive(
    state: &mut State,
    hands: &mut Hands,
    keys: &Receiver<Msg>,
    inbox: &Receiver<Msg>,
    first: Vec<Effect>,
    began: Instant,
) -> io::Result<()> {
    let mut pace = Pace { began, drawn: None, dirty: true };
    hands.perform(first)?;
    while state.leaving != Leaving::Now {
        let may_draw = hands.may_draw(&pace);
        if may_draw {
            draw(state, &mut hands.screen, &mut pace)?;
        }
        if pace.drawn.is_some() {
            hands.worker.warm_up();
        }
        let is_drawn = pace.dirty && may_draw;
        let msg = wait(state, keys, inbox, &pace, is_drawn);
        take_in(state, hands, keys, inbox, msg, &mut pace)?;
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

/// The next message. Without anything to wait for but an event this sleeps until there is one; `is_drawn`: a frame is to
/// be drawn as soon as it may be.
fn wait(state: &State, keys: &Receiver<Msg>, inbox: &Receiver<Msg>, pace: &Pace, is_drawn: bool) -> Option<Msg> {
    if let Ok(key) = keys.try_recv() {
        return Some(key);
    }
    let until_frame = || pace.drawn.map_or(Duration::ZERO, |drawn| FRAME.saturating_sub(drawn.elapsed()));
    let frame = if is_drawn && state.unsaved == 0 { Some(until_frame()) } else { state.is_busy().then_some(TICK) };
    let due =
        state.due.next().into_iter().chain(state.notices.next()).map(|due| due.saturating_sub(pace.began.elapsed()));
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
    hands: &mut Hands,
    keys: &Receiver<Msg>,
    inbox: &Receiver<Msg>,
    first: Option<Msg>,
    pace: &mut Pace,
) -> io::Result<()> {
    let began = Instant::now();
    let slice = if keys.len() >= PASTED { LONG_SLICE } else { SLICE };
    let now = pace.began.elapsed();
    pace.dirty |= state.notices.next().is_some_and(|due| due <= now);
    hands.take_in(state, Msg::Tick(now))?;
    let mut next = first;
    pace.dirty |= next.is_some() || state.is_slow();
    while let Some(msg) = next {
        state.editor.tempo = if keys.len() >= PASTED { Tempo::Flood } else { Tempo::Typed };
        hands.take_in(state, msg)?;
        if state.leaving == Leaving::Now || began.elapsed() >= slice {
            break;
        }
        next = keys.try_recv().or_else(|_| inbox.try_recv()).ok();
    }
    Ok(())
}
