//! A monkey at the keyboard, for a time: it never panics, never hangs, loses nothing, and leaves nothing behind.
//!
//! `HAVEAGO_MONKEY_SECONDS` is how long it plays, `HAVEAGO_MONKEY_SEEDS` (numbers with commas) which games, side by side.

mod found;
mod hands;
mod keeping;
mod life;
mod plan;
mod words;

use std::collections::{BTreeMap, VecDeque};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use haveago::course::Course;
use rustix::process::{Pid, Signal, kill_process};

use crate::support::learner::embedded;
use crate::support::{self, chance};

use keeping::Keeping;
use life::{ANSWER, Life, Over, Seen};
use plan::{Burst, End, Plan, Then};

/// How long it plays where nothing else is asked for, in seconds.
const SHORT: u64 = 12;
/// Games that are played side by side then: in so short a time one ends the program only a few times.
const GAMES: u64 = 3;
/// Actions that are told when something is wrong.
const TOLD: usize = 80;

/// What the learner's own editor is here: it takes the screen until there is a line, writes into the file from outside,
/// and now and then crashes in the middle of it.
const EDITOR: &str = "#!/bin/sh\nfor file; do :; done\necho 'the editor has the terminal'\nread -r line\n\
                      case \"$file\" in *.go) [ -f \"$file\" ] && echo '// from outside' >> \"$file\";; esac\n\
                      case \"$line\" in *[aeiou]*) stty raw -echo; printf '\\033[?1049h\\033[?1003h\\033[?25l'; kill -9 $$;; esac\n";

#[test]
fn a_monkey_plays() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seconds = number("HAVEAGO_MONKEY_SECONDS").unwrap_or(SHORT);
    let seeds: Vec<u64> = if let Ok(seeds) = std::env::var("HAVEAGO_MONKEY_SEEDS") {
        seeds.split(',').map(|seed| seed.trim().parse().expect("seeds are numbers")).collect()
    } else {
        // The gate plays the same games each time.
        let first = number("PROPTEST_RNG_SEED").unwrap_or_else(chance::fresh);
        (first..first + GAMES).collect()
    };
    println!(
        "HAVEAGO_MONKEY_SECONDS={seconds} HAVEAGO_MONKEY_SEEDS={}",
        seeds.iter().map(u64::to_string).collect::<Vec<_>>().join(",")
    );
    let games: Vec<_> = seeds
        .iter()
        .map(|seed| {
            (
                *seed,
                std::thread::spawn({
                    let seed = *seed;
                    move || Game::new(seed).play(Duration::from_secs(seconds))
                }),
            )
        })
        .collect();
    let mut faults = Vec::new();
    for (seed, game) in games {
        match game.join().unwrap_or_else(|_| Err("the monkey itself has failed".to_owned())) {
            Ok(told) => println!("seed {seed}: {told}"),
            Err(fault) => faults.push(format!("HAVEAGO_MONKEY_SEEDS={seed}: {fault}")),
        }
    }
    // What is wrong comes last: of a long report the end is read.
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_seed_alone_does_the_same_again() {
    let game = |seed| {
        let mut plan = Plan::of(seed);
        (0..50).map(|_| format!("{:?}", plan.burst())).collect::<Vec<_>>()
    };
    assert_eq!(game(7), game(7));
    assert_ne!(game(7), game(8));
}

/// One game: the same plan for the same seed, one program after the other.
struct Game {
    seed: u64,
    plan: Plan,
    data: tempfile::TempDir,
    course: Course,
    keeping: Keeping,
    watch: Watch,
    lives: u64,
    bursts: u64,
    ends: BTreeMap<String, u64>,
    seen: Seen,
    done: VecDeque<String>,
}

impl Game {
    fn new(seed: u64) -> Self {
        let data = support::data();
        let keeping = Keeping::of(seed, data.path());
        Self {
            seed,
            plan: Plan::of(seed),
            keeping,
            data,
            course: embedded(),
            watch: Watch::begin(),
            lives: 0,
            bursts: 0,
            ends: BTreeMap::new(),
            seen: Seen::default(),
            done: VecDeque::new(),
        }
    }

    /// Plays for so long; what was seen, or what is wrong with the actions that led to it.
    fn play(mut self, time: Duration) -> Result<String, String> {
        let editor = self.data.path().join("editor");
        std::fs::write(&editor, EDITOR).expect("the editor");
        std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).expect("its rights");
        let deadline = Instant::now() + time;
        while Instant::now() < deadline {
            if let Err(fault) = self.live(deadline) {
                let hung = if self.watch.has_bitten() { " (it took nothing in any more and was killed)" } else { "" };
                let done: Vec<String> = self.done.into_iter().collect();
                let folder = self.data.keep();
                let told = format!(
                    "done before: {}\nits folder is kept: {}\nburst {}, life {}: {fault}{hung}",
                    done.join(", "),
                    folder.display(),
                    self.bursts,
                    self.lives,
                );
                // The other games go on for long.
                println!("seed {} has lost: {told}", self.seed);
                return Err(told);
            }
        }
        let Self { lives, bursts, ends, seen, keeping, .. } = self;
        let (pledges, steps) = (keeping.pledges, keeping.steps());
        let memory = seen.memory / 1024 / 1024;
        Ok(format!(
            "{bursts} bursts in {lives} lives ({ends:?}), {pledges} pledges kept, {steps} steps passed, at most {memory} MiB, slowest answer {:?}",
            seen.slowest
        ))
    }

    /// One run of the program, from its start to its end.
    fn live(&mut self, deadline: Instant) -> Result<(), String> {
        self.lives += 1;
        let start = plan::start(self.seed, self.lives);
        self.note(format!("\nstart {} {:?} {}x{}", start.args.join(" "), start.env, start.size.0, start.size.1));
        let editor = self.data.path().join("editor");
        let mut life = Life::begin(&start, self.data.path(), &editor.to_string_lossy())?;
        let mut end = None;
        let mut pledge = None;
        while end.is_none() {
            self.watch.beat(life.terminal.pid());
            let burst = self.plan.burst();
            match self.endure(&mut life, &burst, &mut pledge) {
                Ok(None) if Instant::now() >= deadline => end = Some(End::Quit),
                Ok(asked) => end = asked,
                Err(Over::Ended) => break,
                Err(Over::Fault(fault)) => return Err(fault),
            }
        }
        if let Some(asked) = end {
            self.note(format!("end {asked:?}"));
            match life.ask_for(asked) {
                Ok(()) => {}
                Err(Over::Ended) => end = None,
                Err(Over::Fault(fault)) => return Err(fault),
            }
        }
        *self.ends.entry(end.map_or("by itself".to_owned(), |end| format!("{end:?}"))).or_default() += 1;
        let seen = life.finish(end, self.data.path())?;
        self.seen.take_in(&seen);
        self.keeping.look(&self.course)?;
        if let Some(pledge) = pledge.filter(|pledge| !self.keeping.has(pledge)) {
            return Err(format!("`{pledge}` was typed and kept, and is lost"));
        }
        Ok(())
    }

    /// A burst and what follows it; how the program is to be ended now, if it is.
    fn endure(&mut self, life: &mut Life, burst: &Burst, pledge: &mut Option<String>) -> Result<Option<End>, Over> {
        self.bursts += 1;
        self.note(format!("\n{}:", self.bursts));
        let suffered = life.suffer(burst, &mut |action| note(&mut self.done, action.to_string()));
        self.note(format!("then {:?}", burst.then));
        suffered?;
        match burst.then {
            Then::Look => life.look()?,
            Then::Use => life.answers_keys()?,
            Then::End(_) => {}
            Then::Pledge(_) => {
                let text = self.keeping.next_pledge();
                life.types(&text, &self.keeping)?;
                *pledge = Some(text);
            }
        }
        Ok(match burst.then {
            Then::Look | Then::Use => None,
            Then::Pledge(end) | Then::End(end) => Some(end),
        })
    }

    fn note(&mut self, what: String) {
        note(&mut self.done, what);
    }
}

fn note(done: &mut VecDeque<String>, what: String) {
    if done.len() == TOLD {
        done.pop_front();
    }
    done.push_back(what);
}

/// Kills a program that takes nothing in any more: who writes to it would wait for ever.
struct Watch {
    beats: Sender<u32>,
    bitten: Arc<AtomicBool>,
}

impl Watch {
    fn begin() -> Self {
        let (beats, heard) = channel();
        let bitten = Arc::new(AtomicBool::new(false));
        let bites = bitten.clone();
        std::thread::spawn(move || {
            let mut last = None;
            loop {
                match heard.recv_timeout(3 * ANSWER) {
                    Ok(pid) => last = i32::try_from(pid).ok().and_then(Pid::from_raw),
                    Err(RecvTimeoutError::Timeout) => {
                        if let Some(pid) = last.take() {
                            bites.store(true, Ordering::SeqCst);
                            let _ = kill_process(pid, Signal::KILL);
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self { beats, bitten }
    }

    fn beat(&self, pid: u32) {
        self.beats.send(pid).expect("it listens");
    }

    fn has_bitten(&self) -> bool {
        self.bitten.load(Ordering::SeqCst)
    }
}
