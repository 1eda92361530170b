//! What the program takes when nothing happens, and the memory it has after every lesson was opened.

use std::fs;
use std::time::Duration;

use crate::ground::{self, STATUS};
use crate::support::terminal::Terminal;
use crate::table::{Bound, Figure};

const SIZE: (u16, u16) = (120, 36);
const QUIET: Duration = Duration::from_secs(5);
const WATCHED: Duration = Duration::from_secs(10);

pub fn figures() -> Vec<Figure> {
    let mut terminal = Terminal::start(&["1.1"], SIZE, &ground::data());
    terminal.wait(STATUS);
    // Until all that a start brings with it is done.
    let (mut before, mut after) = (used(terminal.pid()), None);
    for _ in 0..60 {
        terminal.comes_within("what never comes", QUIET);
        let now = used(terminal.pid());
        if now == before {
            terminal.comes_within("what never comes", WATCHED);
            after = Some(used(terminal.pid()));
            break;
        }
        before = now;
    }
    let after = after.expect("it comes to rest within five minutes");
    let mut figures = vec![
        Figure {
            what: "idle for 10 s".to_owned(),
            ours: format!("{} ticks of 10 ms", after.0 - before.0),
            peer: String::new(),
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            value: (after.0 - before.0) as f64 / 10.0,
            bound: Bound::AtMost(0.0),
            unit: "% of a core",
        },
        Figure {
            what: "idle for 10 s: wake-ups".to_owned(),
            ours: format!("{} switches", after.1 - before.1),
            peer: String::new(),
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            value: (after.1 - before.1) as f64,
            bound: Bound::AtMost(0.0),
            unit: "wake-ups",
        },
    ];
    figures.push(memory(&mut terminal));
    figures
}

/// Opens every lesson once, by its number.
fn memory(terminal: &mut Terminal) -> Figure {
    let files = haveago::store::CourseSource::Embedded.read().expect("the course is there");
    let course = haveago::course::load(&files).course.expect("the course loads");
    for (at, _, lesson) in course.lessons() {
        let number = format!("{}.{}", at.chapter + 1, at.lesson + 1);
        terminal.press("F3");
        terminal.wait("type to search");
        terminal.type_text(&number);
        terminal.wait(&format!("{number} {}", lesson.title));
        terminal.press("Enter");
        let title = format!(" {number} ");
        let is_open = |screen: &str| screen.lines().next().is_some_and(|row| row.contains(&title));
        terminal
            .until("the lesson, or its chapter's page", |screen| is_open(screen) || screen.contains("first lesson"));
        if !is_open(&terminal.screen()) {
            terminal.press("F8");
            terminal.until("the lesson", is_open);
        }
    }
    ground::memory("memory after every lesson was opened", terminal.pid())
}

/// Processor time in ticks and voluntary switches, of all threads.
fn used(pid: u32) -> (u64, u64) {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).expect("it runs").flatten();
    let mut used = (0, 0);
    for thread in threads {
        let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        let words: Vec<&str> = stat.rsplit_once(')').map_or(vec![], |(_, rest)| rest.split_whitespace().collect());
        let number = |index: usize| words.get(index).and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
        used.0 += number(11) + number(12);
        let status = fs::read_to_string(thread.path().join("status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        used.1 += line.and_then(|count| count.trim().parse::<u64>().ok()).unwrap_or(0);
    }
    used
}
