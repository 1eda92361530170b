//! The terminal we draw on: it closes, or takes in what we draw very slowly.

use std::time::Duration;

use crate::support::faults::Ground;
use crate::support::wire::Wire;

/// Promptly, on a machine that is busy with other tests.
const PROMPTLY: Duration = Duration::from_secs(5);

/// A learner who has just typed into the lesson's file, while this command runs in the terminal pane.
fn has_typed(wire: &mut Wire, running: &str) {
    wire.wait("Read this.");
    wire.type_text("\x1b[19~");
    wire.wait("Write into");
    if !running.is_empty() {
        wire.type_text(&format!("\x1b2{running}\r"));
        wire.wait("it runs");
    }
    // A running program is left by F6, to the editor.
    wire.type_text(if running.is_empty() { "\x1b3" } else { "\x1b[17~" });
    wire.wait("  1 starter");
    wire.type_text("mine ");
    wire.wait("mine starter");
}

#[test]
fn a_terminal_that_closes_ends_the_program_and_text_is_kept() {
    // As a shell's job; without being told by a signal; while the screen changes all the time.
    let flood = "sh -c 'while :; do echo it runs; done'";
    for (line, running) in [("exec \"$@\"", ""), ("trap '' HUP; exec \"$@\"", ""), ("exec \"$@\"", flood)] {
        let ground = Ground::new();
        let mut wire = Wire::start(&ground, line);
        has_typed(&mut wire, running);
        let took = wire.hang_up();
        assert!(took < PROMPTLY, "{line}, {running}: {took:?}");
        ground.nothing_runs();
        let mut terminal = ground.start();
        terminal.wait("one $");
        terminal.press("Alt-3");
        terminal.wait("mine starter");
    }
}
