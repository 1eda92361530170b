//! From the start of the program to its first full frame.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::ground::{self, STATUS};
use crate::sample::{Sample, ms};
use crate::support;
use crate::support::terminal::{END_OF_FRAME, Terminal};
use crate::table::{Bound, Figure};

/// The word that makes this program the bare one that ours is compared with.
pub const BARE: &str = "bare";
const HELLO: &str = "ratatui";
/// The number of the course's steps, which is there when all of it has been read.
const COUNT: &str = "0 of ";
const TIMES: usize = 25;
const SIZE: (u16, u16) = (120, 36);

/// The least that a program with ratatui does: a frame with a word on it, until it is ended.
pub fn bare() {
    let mut terminal = ratatui::init();
    terminal.draw(|frame| frame.render_widget(HELLO, frame.area())).expect("a frame");
    std::thread::sleep(Duration::from_secs(30));
    ratatui::restore();
}

pub fn figures() -> Vec<Figure> {
    let body = "A sentence of a lesson, as long as those of lessons are.\n\n```go\npackage main\n```\n".repeat(12);
    // The lessons of the whole curriculum, and as many as no course has.
    let usual = ground::courses("174", 6, 29, &body);
    let huge = ground::courses("10000", 100, 100, &body);
    let data = ground::data();
    let me = std::env::current_exe().expect("this program has a place");
    let me = me.to_str().expect("a name in UTF-8");
    let (mut ours, mut peer, mut many, mut embedded) = <(Sample, Sample, Sample, Sample)>::default();
    let (mut ours_whole, mut many_whole) = <(Sample, Sample)>::default();
    for round in 0..=TIMES {
        let (bare, _) = first_frame(me, &[BARE], &data, HELLO);
        let (own, _) = frames(&[], &data);
        let with = |course: &Path| frames(&["--course", &course.to_string_lossy()], &data);
        let ((small, small_whole), (large, large_whole)) = (with(&usual), with(&huge));
        // The first round makes the folders and reads the files into memory.
        if round > 0 {
            peer.push(bare);
            embedded.push(own);
            ours.push(small);
            many.push(large);
            ours_whole.push(small_whole);
            many_whole.push(large_whole);
        }
    }
    vec![
        Figure {
            what: "first frame, the embedded course".to_owned(),
            ours: ms(embedded.median()),
            peer: format!("bare ratatui {}", ms(peer.median())),
            value: embedded.median().as_secs_f64() * 1000.0,
            bound: Bound::AtMost(30.0),
            unit: "ms",
        },
        Figure {
            what: "first frame, 174 lessons in a folder".to_owned(),
            ours: format!("{}, read whole after {}", ms(ours.median()), ms(ours_whole.median())),
            peer: format!("bare ratatui {}", ms(peer.median())),
            value: ours.ratio(&peer),
            bound: Bound::AtMost(1.5),
            unit: "×",
        },
        Figure {
            what: "first frame, 10,000 lessons".to_owned(),
            ours: format!("{}, read whole after {}", ms(many.median()), ms(many_whole.median())),
            peer: format!("174 lessons {}", ms(ours.median())),
            value: many.ratio(&ours),
            bound: Bound::AtMost(2.0),
            unit: "×",
        },
    ]
}

/// How long it takes until our first frame has come, and until all of the course has been read.
fn frames(args: &[&str], data: &Path) -> (Duration, Duration) {
    let began = Instant::now();
    let (first, mut terminal) = first_frame(support::haveago(), args, data, END_OF_FRAME);
    assert!(terminal.screen().contains(STATUS), "the first frame is a whole one:\n{}", terminal.screen());
    terminal.wait(COUNT);
    (first, began.elapsed())
}

/// How long it takes until `bytes` have come, with which the first frame ends. What they show is looked at afterwards: to
/// look takes as long as to draw.
fn first_frame(program: &str, args: &[&str], data: &Path, bytes: &str) -> (Duration, Terminal) {
    let data = data.to_str().expect("a name in UTF-8");
    let began = Instant::now();
    let mut terminal = Terminal::of(program, args, SIZE, &[("HAVEAGO_DATA", data)]);
    terminal.watch("the first frame", |terminal| terminal.raw().contains(bytes));
    (began.elapsed(), terminal)
}
