//! Output of a program through the terminal pane, beside the same through tmux; and how soon Ctrl-C acts on a flood.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use haveago::sandbox::Dirs;

use crate::ground;
use crate::sample::{Sample, ms};
use crate::support::terminal::Terminal;
use crate::table::{Bound, Figure};

/// The pane is as wide as tmux is.
const OURS: (u16, u16) = (160, 40);
const PEER: (u16, u16) = (80, 38);
const BYTES: usize = 32 * 1024 * 1024;
const TIMES: usize = 3;
/// The name of our own tmux.
const SERVER: &str = "haveago-bench";

/// A kind of text, and the line it is made of.
const KINDS: &[(&str, &str)] = &[
    ("plain", "2026/11/27 10:14:55 GET /items/42 200 in 1.3 ms, 512 bytes sent\n"),
    ("coloured", "\x1b[32mok\x1b[0m \x1b[1mexample.com/shop\x1b[0m \x1b[38;5;244m0.4s\x1b[0m \x1b[31mFAIL\x1b[0m\n"),
    ("wide", "世界 こんにちは héllo 🙂 naïve ← → 안녕하세요 мир\n"),
];

pub fn figures() -> Vec<Figure> {
    let course = ground::course("output", "Text.");
    let data = ground::data();
    let dirs = Dirs::find(Some(&data)).expect("folders");
    let mut ours = ground::open(&course, &data, OURS);
    ours.press("Alt-2");
    ours.wait("lesson-1 $");
    let folder = dirs.work.join("bench-output/part-1/lesson-1");
    let mut peer = tmux(&folder);
    let mut figures = Vec::new();
    for (name, line) in KINDS {
        let text = line.repeat(BYTES / line.len());
        fs::write(folder.join("text"), &text).expect("a file");
        let (mut here, mut there) = (Sample::default(), Sample::default());
        for _ in 0..TIMES {
            here.push(show(&mut ours, "clear"));
            there.push(show(&mut peer, "clear"));
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of bytes below 2^52")]
        let speed = |sample: &Sample| text.len() as f64 / 1e6 / sample.median().as_secs_f64();
        figures.push(Figure {
            what: format!("output through the pane, {name}"),
            ours: format!("{:.0} MB/s", speed(&here)),
            peer: format!("tmux {:.0} MB/s", speed(&there)),
            value: speed(&here) / speed(&there),
            bound: Bound::AtLeast(1.0),
            unit: "×",
        });
    }
    figures.push(ground::memory("memory after 300 MiB of output", ours.pid()));
    let mut stops = Sample::default();
    for _ in 0..10 {
        stops.push(interrupt(&mut ours));
    }
    figures.push(Figure {
        what: "Ctrl-C on a flood, to the new prompt".to_owned(),
        ours: format!("p50 {}, worst {}", ms(stops.median()), ms(stops.quantile(1.0))),
        peer: String::new(),
        value: stops.quantile(1.0).as_secs_f64() * 1000.0,
        bound: Bound::AtMost(100.0),
        unit: "ms",
    });
    drop(peer);
    // It stays, else, when its terminal is gone.
    Command::new("tmux").args(["-L", SERVER, "kill-server"]).status().expect("tmux starts");
    figures
}

fn tmux(folder: &Path) -> Terminal {
    let is_there = Command::new("tmux").arg("-V").output().is_ok();
    assert!(is_there, "output is measured beside tmux, which this machine lacks: benches/set-up installs it");
    let command = format!("cd '{}' && PS1='at $ ' exec sh", folder.display());
    let args = ["-L", SERVER, "-f", "/dev/null", "new-session", &command];
    let mut terminal = Terminal::of("tmux", &args, PEER, &[]);
    terminal.wait("at $");
    terminal
}

/// Shows the file, and takes the time until its end is seen.
fn show(terminal: &mut Terminal, clear: &str) -> Duration {
    terminal.type_text(&format!("{clear}\r"));
    terminal.gone("all-99-shown");
    let began = Instant::now();
    terminal.type_text("sh -c 'cat text; echo all-$((90+9))-shown'\r");
    terminal.wait("all-99-shown");
    began.elapsed()
}

fn interrupt(terminal: &mut Terminal) -> Duration {
    terminal.type_text("clear\r");
    terminal.gone("flooding");
    terminal.type_text("yes flooding\r");
    terminal.until("the flood", |screen| screen.matches("flooding").count() > 20);
    let began = Instant::now();
    terminal.press("Ctrl-C");
    terminal
        .until("a new prompt", |screen| screen.lines().any(|row| row.contains("lesson-1 $") && !row.contains("yes")));
    began.elapsed()
}
