//! kill -9 at any moment, and two programs at once: what was shown as done is done.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use haveago::course::{Course, Step, StepId};
use haveago::learner::Progress;
use haveago::learner::progress::StepProgress;
use haveago::sandbox::Dirs;
use haveago::store::Log;

use crate::stage;
use crate::support::chance::{self, Chance};
use crate::support::learner::{Place, embedded, letters, places};
use crate::support::terminal::Killed;
use crate::support::{self, Learner};

/// Kills at least, and the steps that are to have been shown as done by then.
const ROUNDS: u32 = 15;
const STEPS: usize = 12;
/// On a machine that is too busy for so many steps no round begins after this.
const TIME: Duration = Duration::from_secs(45);
/// How long the program lives, in milliseconds, and how much longer it may each time: on a busy machine nothing is done in
/// a second.
const LIFE: std::ops::Range<u64> = 100..1_500;
const LONGER: u64 = 50;

fn saved(data: &Path, course: &Course) -> Progress {
    let dirs = Dirs::find(Some(data)).expect("the folders");
    let opened = Log::open(&dirs.state, &course.id).expect("the progress can be read");
    assert_eq!(opened.notice, None, "nothing is damaged");
    opened.progress
}

#[test]
fn kill_9_loses_nothing_that_was_shown_as_done() {
    let seed = std::env::var("HAVEAGO_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(chance::fresh);
    println!("HAVEAGO_SEED={seed}");
    let mut chance = Chance::of(seed);
    let began = Instant::now();
    let course = embedded();
    let places = places(&course);
    let mut data = support::data();
    let mut shown = Shown::default();
    let mut rounds = 0;
    while rounds < ROUNDS || (shown.steps.len() < STEPS && began.elapsed() < TIME) {
        let before = saved(data.path(), &course);
        let mut learner = Learner::begin(&[], data.path());
        let life = LIFE.start..LIFE.end + LONGER * u64::from(rounds);
        learner.terminal.doom(Duration::from_millis(chance.within(life)));
        match catch_unwind(AssertUnwindSafe(|| work(&mut learner, &places, &before))) {
            Err(why) if why.is::<Killed>() => {}
            Err(why) => resume_unwind(why),
            Ok(()) => {
                // The whole course in so short a time: from the start once more.
                (data, shown) = (support::data(), Shown::default());
                continue;
            }
        }
        rounds += 1;
        shown.take_in(&learner.terminal.frames(), &places);
        shown.is_saved(&saved(data.path(), &course), rounds);
    }
    shown.is_reported(&stage::run(data.path(), &["progress", "--json"], "").out);
    println!("{rounds} kills, {} steps and {} conditions shown", shown.steps.len(), shown.conditions.len());
    assert!(!shown.steps.is_empty(), "{rounds} rounds have shown something as done");
}

/// Goes on where it was left, to the end of the course.
fn work(learner: &mut Learner, places: &[Place<'_>], before: &Progress) {
    let last = before.place.as_ref().and_then(|(id, _)| places.iter().position(|(_, _, step)| step.id == *id));
    let nothing = StepProgress::default();
    for (lesson, numbers, step) in &places[last.unwrap_or(0)..] {
        learner.arrive(*lesson, *numbers, step);
        if !before.has_passed(&step.id) {
            learner.pass_rest(step, before.steps.get(&step.id).unwrap_or(&nothing));
        }
        learner.terminal.press("F8");
    }
    learner.terminal.wait("Well done!");
}

/// What the screen has ever said to be done.
#[derive(Default)]
struct Shown {
    steps: BTreeSet<StepId>,
    /// A step and the source of a condition.
    conditions: BTreeSet<(StepId, String)>,
    /// The highest count in the status line.
    count: usize,
}

impl Shown {
    fn take_in(&mut self, frames: &[Vec<String>], places: &[Place<'_>]) {
        for frame in frames {
            let (Some(title), Some(status)) = (frame.first(), frame.last()) else { continue };
            let words: Vec<&str> = status.split_whitespace().collect();
            let counts = words.windows(3).filter(|three| three[1] == "of" && three[2] == places.len().to_string());
            let count = counts.filter_map(|three| three[0].parse().ok()).max();
            self.count = self.count.max(count.unwrap_or(0));
            let is_here = |(lesson, (number, steps), _): &&Place<'_>| {
                let name = format!(" {}.{} ", lesson.chapter + 1, lesson.lesson + 1);
                title.contains(&name) && title.contains(&format!(" {number}/{steps} "))
            };
            if let Some((_, _, step)) = places.iter().find(is_here) {
                self.take_in_step(frame, step);
            }
        }
    }

    fn take_in_step(&mut self, frame: &[String], step: &Step) {
        let lesson = frame.iter().map(|row| row.chars().skip(1).take(58).collect::<String>());
        let ticked: Vec<String> = lesson.filter_map(|row| Some(letters(row.trim().strip_prefix("✓ ")?))).collect();
        if ticked.iter().any(|row| row == "Done") || frame.last().is_some_and(|status| status.contains("✓ Done")) {
            self.steps.insert(step.id.clone());
        }
        for row in &ticked {
            let same = |sentence: &str| sentence == row || row.len() > 15 && sentence.starts_with(row.as_str());
            let mut matching = step.check.iter().filter(|condition| same(&letters(&condition.sentence())));
            if let (Some(condition), None) = (matching.next(), matching.next())
                && !condition.now
            {
                self.conditions.insert((step.id.clone(), condition.source.clone()));
            }
        }
    }

    fn is_saved(&self, progress: &Progress, round: u32) {
        for step in &self.steps {
            assert!(progress.has_passed(step), "{step} was shown as done and is lost in round {round}");
        }
        for (step, condition) in &self.conditions {
            let is_met = progress.steps.get(step).is_some_and(|saved| saved.met.contains(condition));
            assert!(is_met || progress.has_passed(step), "`{condition}` of {step} is lost in round {round}");
        }
    }

    /// The same by what other programs are told.
    fn is_reported(&self, json: &str) {
        let report: serde_json::Value = serde_json::from_str(json).expect("JSON");
        let number = |value: &serde_json::Value| usize::try_from(value.as_u64().expect("a count")).expect("small");
        assert!(number(&report["passed"]) >= self.count, "{} were shown: {json}", self.count);
        for chapter in report["chapters"].as_array().expect("chapters") {
            for lesson in chapter["lessons"].as_array().expect("lessons") {
                // Each chapter has its own checkpoint: a lesson is known only together with its chapter.
                let of = |part: &serde_json::Value| part["id"].as_str().expect("an id").to_owned();
                let id = format!("/{}/{}/", of(chapter), of(lesson));
                let shown = self.steps.iter().filter(|step| step.0.contains(&id)).count();
                assert!(number(&lesson["passed"]) >= shown, "{shown} of {id} were shown: {json}");
            }
        }
    }
}

#[test]
fn two_programs_at_once_lose_nothing_of_each_other() {
    let course = embedded();
    let places = places(&course);
    let data = support::data();
    let of_lesson = |lesson: usize| places.iter().filter(move |(at, _, _)| at.lesson == lesson && at.chapter == 0);
    let mut first = Learner::begin(&["1.1"], data.path());
    let mut second = Learner::begin(&["1.2"], data.path());
    // In turns: each saves after the other has.
    for (one, other) in of_lesson(0).zip(of_lesson(1)).take(4) {
        for (learner, (lesson, numbers, step)) in [(&mut first, one), (&mut second, other)] {
            learner.arrive(*lesson, *numbers, step);
            learner.pass(step);
            learner.terminal.press("F8");
        }
    }
    // Once the fifth steps are open, the fourth are done and saved.
    for (learner, place) in [(&mut first, of_lesson(0).nth(4)), (&mut second, of_lesson(1).nth(4))] {
        let (lesson, numbers, step) = place.expect("lessons of more than four steps");
        learner.arrive(*lesson, *numbers, step);
    }
    first.terminal.kill();
    second.terminal.press("Ctrl-Q");
    assert_eq!(second.terminal.exit(), 0);
    let told = stage::run(data.path(), &["progress", "--json"], "");
    let report: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    let lessons = &report["chapters"][0]["lessons"];
    assert_eq!((&lessons[0]["passed"], &lessons[1]["passed"]), (&4.into(), &4.into()), "{}", told.out);
}

/// Nothing of ours is left to tell it to end; its terminal is gone, and it goes with it.
#[cfg(target_os = "linux")]
#[test]
fn what_ran_in_the_pane_ends_with_a_killed_program() {
    let data = support::data();
    let mut learner = Learner::begin(&[], data.path());
    learner.terminal.wait("where-go-is-used $");
    learner.enter("sh -c 'echo at $((6*7)); exec sleep 1000'");
    learner.terminal.wait("at 42");
    assert!(support::running_in(data.path()).len() > 1, "there is more than the program");
    learner.terminal.kill();
    let began = Instant::now();
    while !support::running_in(data.path()).is_empty() {
        assert!(began.elapsed() < Duration::from_secs(30), "{:?} run on", support::running_in(data.path()));
        std::thread::yield_now();
    }
}
