//! From the start of the program to its first full frame.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::ground::{self, STATUS};
use crate::sample::{Sample, ms};
use crate::support::{self, terminal::Terminal};
use crate::table::{Bound, Figure};

/// The word that makes this program the bare one that ours is compared with.
pub const BARE: &str = "bare";
const HELLO: &str = "hello, ratatui";
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
    for round in 0..=TIMES {
        let bare = first_frame(me, &[BARE], &data, HELLO);
        let whole = first_frame(support::haveago(), &[], &data, STATUS);
        let with =
            |course: &Path| first_frame(support::haveago(), &["--course", &course.to_string_lossy()], &data, STATUS);
        let (small, large) = (with(&usual), with(&huge));
        // The first round makes the folders and reads the files into memory.
        if round > 0 {
            peer.push(bare);
            embedded.push(whole);
            ours.push(small);
            many.push(large);
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
            ours: ms(ours.median()),
            peer: format!("bare ratatui {}", ms(peer.median())),
            value: ours.ratio(&peer),
            bound: Bound::AtMost(1.5),
            unit: "×",
        },
        Figure {
            what: "first frame, 10,000 lessons".to_owned(),
            ours: ms(many.median()),
            peer: format!("174 lessons {}", ms(ours.median())),
            value: many.ratio(&ours),
            bound: Bound::AtMost(2.0),
            unit: "×",
        },
    ]
}

fn first_frame(program: &str, args: &[&str], data: &Path, until: &str) -> Duration {
    let data = data.to_str().expect("a name in UTF-8");
    let began = Instant::now();
    let mut terminal = Terminal::of(program, args, SIZE, &[("HAVEAGO_DATA", data)]);
    terminal.wait(until);
    began.elapsed()
}
