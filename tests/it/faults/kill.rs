//! kill -9 at random moments of a session that writes, runs, ticks and sets: what was acknowledged is there.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use haveago::base::FilePath;
use haveago::store::{Drafts, Log, Settings};

use crate::support::Learner;
use crate::support::faults::{Chance, Ground};
use crate::support::terminal::Killed;

const KILLS: u32 = 12;
/// Kills of one learner; then there is nothing left to tick, and another begins.
const OF_ONE: u32 = 4;
/// How long the program lives, in milliseconds.
const LIFE: std::ops::Range<u64> = 150..1_200;
const THEMES: [&str; 3] = ["dark", "light", "high-contrast"];

/// What the program has said to be so, and what was asked of it last: that may be so or not.
#[derive(Default)]
struct Said {
    text: String,
    tried_text: String,
    theme: Option<usize>,
    tried_theme: Option<usize>,
    lines: Vec<String>,
    /// Steps of the first lesson: read on from, done.
    read: bool,
    done: bool,
    acts: u32,
}

#[test]
fn what_was_acknowledged_outlives_kills_at_any_moment() {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let seed = std::env::var("HAVEAGO_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(since.as_millis() as u64);
    println!("HAVEAGO_SEED={seed}");
    let mut chance = Chance::new(seed);
    let (mut ground, mut said, mut acts) = (Ground::new(), Said::default(), 0);
    for round in 0..KILLS {
        if round % OF_ONE == 0 {
            (ground, said) = (Ground::new(), Said::default());
        }
        let mut learner = Learner::at_work(ground.start());
        learner.terminal.doom(Duration::from_millis(chance.within(&LIFE)));
        let told = catch_unwind(AssertUnwindSafe(|| live(&mut learner, &mut said, &mut chance)));
        match told {
            Err(why) if why.is::<Killed>() => {}
            Err(why) => resume_unwind(why),
            Ok(()) => unreachable!("it lives until it is killed"),
        }
        ground.nothing_runs();
        holds(&ground, &mut said, round);
        acts += std::mem::take(&mut said.acts);
    }
    println!("{KILLS} kills, {acts} acts acknowledged");
    assert!(acts > 0);
}

/// One act after another, for ever.
fn live(learner: &mut Learner, said: &mut Said, chance: &mut Chance) {
    learner.terminal.until("the lesson", |screen| screen.contains(" 1.1 Lesson one "));
    let asks = learner.terminal.screen().contains("Enter: yes");
    assert!(!asks, "nothing is asked needlessly:\n{}", learner.terminal.screen());
    if learner.terminal.screen().contains(" 1/3 ") {
        learner.terminal.press("F8");
        learner.terminal.wait(" 2/3 ");
        said.read = true;
        said.acts += 1;
    }
    loop {
        let number = chance.within(&(0..1_000_000));
        match number % 3 {
            0 => {
                said.tried_text = format!("mine {number}\n");
                learner.write(&FilePath::parse("notes.txt").expect("a path"), &said.tried_text.clone());
                said.text.clone_from(&said.tried_text);
                if learner.terminal.screen().contains("✓ Done") {
                    said.done = true;
                }
            }
            1 => {
                let line = format!("echo {number}");
                learner.run(&line);
                said.lines.push(line);
            }
            _ => {
                let theme = (number % 7 % 3) as usize;
                // To choose what holds already writes nothing.
                if said.theme == Some(theme) {
                    continue;
                }
                said.tried_theme = Some(theme);
                learner.terminal.press("Alt-1 Ctrl-P");
                learner.terminal.gone("Saved.");
                learner.terminal.type_text(&format!("{} theme", THEMES[theme].replace('-', " ")));
                learner.terminal.press("Enter");
                learner.terminal.wait("Saved.");
                said.theme = Some(theme);
            }
        }
        said.acts += 1;
    }
}

/// All that was said is on the disk, and nothing there is damaged.
fn holds(ground: &Ground, said: &mut Said, round: u32) {
    let opened = Log::open(&ground.state(), "tiny").expect("the progress can be read");
    assert_eq!(opened.notice, None, "round {round}");
    let progress = opened.progress;
    for line in &said.lines {
        assert!(progress.history.contains(line), "`{line}` is lost in round {round}");
    }
    let passed = progress.steps.values().filter(|step| step.passed_at.is_some()).count();
    assert!(passed >= usize::from(said.read) + usize::from(said.done), "{passed} steps in round {round}");
    let (_, damaged) = Drafts::new(&ground.state()).unsaved(&ground.lesson());
    assert!(damaged.is_empty(), "round {round}: {damaged:?}");
    if !said.text.is_empty() {
        let text = fs::read_to_string(ground.lesson().join("notes.txt")).expect("the file");
        assert!(text == said.text || text == said.tried_text, "round {round}: {text}, not {}", said.text);
        said.text = text;
    }
    let settings = Settings::load(&ground.state()).expect("the settings can be read");
    let of = |name| Settings::parse(&format!("theme = \"{name}\""), "").expect("a theme").theme;
    let theme = THEMES.iter().position(|name| of(name) == settings.theme);
    assert!(theme == said.theme || theme == said.tried_theme, "round {round}: the theme is lost");
    (said.theme, said.tried_theme) = (theme, theme);
}
