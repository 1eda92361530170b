//! The terminal we draw on: it closes, or takes in what we draw very slowly.

use std::time::{Duration, Instant};

use crate::support::faults::{Ground, await_true};
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

#[test]
fn a_terminal_that_closes_while_nothing_happens_ends_a_program_that_no_signal_tells() {
    let ground = Ground::new();
    // The signal is for the shell, which stays.
    let mut wire = Wire::start(&ground, "trap '' HUP; \"$@\"; true");
    wire.wait("Read this.");
    wire.wait("one $");
    // All is drawn that came of the start: of a frame that fails it would know.
    while wire.read(64 * 1024, Duration::from_secs(1)) {}
    let took = wire.hang_up();
    assert!(took < PROMPTLY, "{took:?}");
    ground.nothing_runs();
}

#[test]
fn a_slow_terminal_holds_up_neither_keys_nor_the_end() {
    let ground = Ground::new();
    let mut wire = Wire::start(&ground, "exec \"$@\"");
    wire.wait("Read this.");
    wire.wait("one $");
    // Far more frames than it takes in: 1 kB/s.
    let slow = |wire: &mut Wire| wire.read(20, Duration::from_millis(20));
    for _ in 0..40 {
        wire.type_text("\x1bOR");
        slow(&mut wire);
        wire.type_text("\x1b\x1b[6~");
        slow(&mut wire);
    }
    wire.type_text("\x1b2echo all is well > done.txt\r");
    let done = ground.lesson().join("done.txt");
    let began = Instant::now();
    while !done.exists() {
        assert!(began.elapsed() < PROMPTLY, "keys wait for the terminal");
        slow(&mut wire);
    }
    assert!(memory(wire.pid()) < MEMORY, "{} MiB", memory(wire.pid()));
    // Ctrl-Q is the running command's, as long as there is one.
    let began = Instant::now();
    for round in 0.. {
        if !wire.runs() {
            break;
        }
        assert!(began.elapsed() < PROMPTLY, "the end waits for the terminal");
        if round % 25 == 0 {
            wire.type_text("\x11");
        }
        slow(&mut wire);
    }
    let before = wire.bytes;
    while wire.read(64 * 1024, Duration::ZERO) {}
    assert!(wire.bytes - before < 8 * 1024, "frames are left out, and do not queue: {}", wire.bytes - before);
    assert!(wire.is_given_back(), "{}", wire.screen());
    ground.nothing_runs();
}

#[test]
fn a_terminal_that_takes_nothing_any_more_holds_up_nobody() {
    let ground = Ground::new();
    let mut wire = Wire::start(&ground, "exec \"$@\"");
    wire.wait("Read this.");
    wire.wait("one $");
    wire.type_text("\x1b2sh -c 'while :; do i=$((i+1)); echo nobody reads it $i; done'\r");
    await_true("the command", || Wire::has_child("nobody reads it"));
    // That a terminal takes nothing more is told by nothing: a second of frames is more than any holds back.
    std::thread::sleep(Duration::from_millis(1_500));
    assert!(memory(wire.pid()) < MEMORY, "{} MiB", memory(wire.pid()));
    wire.end();
    let took = wire.ended();
    assert!(took < PROMPTLY, "{took:?}");
    ground.nothing_runs();
}

/// MiB that the program may have in memory: it has its course and its screen.
const MEMORY: u64 = 200;

fn memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}
