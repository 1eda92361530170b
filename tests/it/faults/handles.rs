//! No more files can be opened, and no more pseudo-terminals.

use std::fs;

use rustix::process::{Pid, Resource, Rlimit, prlimit};

use crate::support::faults::{Ground, apart, prompt, says, to_step, type_into_notes};
use crate::support::wire::Wire;

/// Lets the program open so many files at most; none: as many as before.
fn limit(pid: u32, most: u64) -> u64 {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    let before =
        prlimit(pid, Resource::Nofile, Rlimit { current: Some(most), maximum: Some(4096) }).expect("it is set");
    before.current.unwrap_or(4096)
}

#[test]
fn files_that_run_out_at_a_moment_are_told_of_and_all_goes_on_when_there_are_again() {
    let ground = Ground::new();
    let mut terminal = ground.start();
    terminal.wait("one $");
    to_step(&mut terminal, "Write");
    type_into_notes(&mut terminal, "mine ");
    terminal.wait("   confined");
    let before = limit(terminal.pid(), 3);
    terminal.press("Ctrl-S");
    says(&mut terminal, "Too many open files");
    terminal.press("Alt-2");
    terminal.type_text("echo all is we''ll\r");
    terminal.wait("exit 126 ✗");
    says(&mut terminal, "Too many open files");
    limit(terminal.pid(), before.min(1024));
    terminal.wait("✓ Done");
    assert_eq!(fs::read_to_string(ground.lesson().join("notes.txt")).unwrap(), "mine starter\n");
    terminal.press("Ctrl-L");
    terminal.wait("Type a command and press Enter");
    terminal.type_text("echo all is we''ll\r");
    terminal.wait("all is well");
    prompt(&mut terminal);
    terminal.press("Ctrl-Q");
    assert_eq!((terminal.exit(), ground.passed()), (0, 2));
}

#[test]
fn a_start_with_too_few_files_goes_on_or_says_what_is_missing() {
    let ground = Ground::new();
    for most in [4, 6, 8, 10, 12, 16] {
        let mut wire = Wire::start(&ground, &format!("ulimit -n {most}; \"$@\"; echo ended with $?"));
        wire.until("the lesson or the end", |screen| screen.contains("Read this.") || screen.contains("ended with"));
        let screen = wire.screen().replace('\n', "");
        let is_told =
            screen.contains("Too many open files") || screen.contains("the keys of this terminal cannot be read");
        assert!(!screen.contains("ended with") || is_told && screen.contains("ended with 1"), "{most}: {screen}");
        wire.hang_up();
    }
    ground.nothing_runs();
}

#[test]
fn without_a_pseudo_terminal_the_block_says_so_and_all_else_goes_on() {
    apart(|| {
        let ground = Ground::new();
        // The test's own terminal is open by then, and its mounts are nobody else's.
        let none = "for file in /dev/ptmx /dev/pts/ptmx; do mount --bind /dev/null $file; done; exec \"$@\"";
        let mut wire = Wire::start(&ground, none);
        wire.wait("Read this.");
        wire.type_text("\x1b2echo all is we''ll\r");
        wire.wait("there is no free terminal for this command");
        wire.wait("close a tab and");
        assert!(!wire.screen().contains("Os {"), "{}", wire.screen());
        wire.type_text("\x1b[19~");
        wire.wait("Write into");
        wire.type_text("\x11");
        wire.ended();
        assert_eq!(ground.passed(), 1);
    });
}
