//! From a key to the frame that shows what it did, on a large screen, alone and beside a program that floods its output.

use std::time::{Duration, Instant};

use crate::ground;
use crate::sample::{Sample, ms};
use crate::support::terminal::Terminal;
use crate::table::{Bound, Figure};

const SIZE: (u16, u16) = (200, 50);
const TIMES: usize = 300;
/// A frame at 60 a second.
const FRAME: f64 = 16.0;

const FLOOD: &str = "for number in $(seq 1 100000000); do echo \"$number of a flood of lines\"; done";

pub fn figures() -> Vec<Figure> {
    let paragraphs: Vec<String> = (1..=600).map(|number| format!("Paragraph {number} of a long page.")).collect();
    let body = paragraphs.join("\n\n");
    let course = ground::course("long", &body);
    let mut terminal = ground::open(&course, &ground::data(), SIZE);
    terminal.press("Alt-1");
    // What the start still changes on the page is not to be taken for the answer to a key.
    terminal.comes_within("what never comes", Duration::from_secs(1));
    let idle = scroll(&mut terminal);
    terminal.press("Alt-2");
    terminal.wait("Type a command");
    terminal.type_text(&format!("sh -c '{FLOOD}'\r"));
    terminal.wait("of a flood of lines");
    // Out of the program, whose keys Alt-1 would be.
    terminal.press("F6");
    terminal.wait("Ctrl-S save");
    terminal.press("Alt-1");
    terminal.wait("Space read on");
    let flooded = scroll(&mut terminal);
    terminal.press("F9");
    let figure = |what: &str, sample: &Sample| Figure {
        what: format!("key to frame, 200x50, {what}"),
        ours: format!("p50 {}, p99 {}", ms(sample.median()), ms(sample.quantile(0.99))),
        peer: "one frame".to_owned(),
        value: sample.quantile(0.99).as_secs_f64() * 1000.0,
        bound: Bound::AtMost(FRAME),
        unit: "ms",
    };
    vec![figure("nothing runs", &idle), figure("a program floods", &flooded)]
}

/// Down and up again, each key once the one before is seen.
fn scroll(terminal: &mut Terminal) -> Sample {
    let mut sample = Sample::default();
    for turn in 0..TIMES {
        let key = if turn < TIMES / 2 { "Down" } else { "Up" };
        let before = terminal.reader();
        let pressed = Instant::now();
        terminal.press(key);
        terminal.watch("the page to move", |terminal| terminal.reader() != before);
        sample.push(pressed.elapsed());
        // As people do it: not at the very moment of the last frame.
        std::thread::sleep(Duration::from_millis(7 + turn as u64 % 13));
    }
    sample
}
