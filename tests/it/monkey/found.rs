//! What the monkey has found, each told alone.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{self, Learner, Terminal};

/// Waits for a whole frame of this size.
fn fits(terminal: &mut Terminal, (columns, _): (u16, u16)) {
    let wanted = format!("a frame of {columns} columns");
    terminal.watch(&wanted, |terminal| {
        let status = terminal.screen().lines().last().unwrap_or("").to_owned();
        "┓┐".contains(&terminal.letter(columns - 1, 0)) && !status.trim().is_empty()
    });
}

fn begin(size: (u16, u16)) -> (tempfile::TempDir, Terminal) {
    let data = support::data();
    let terminal = Terminal::start(&[], size, data.path());
    (data, terminal)
}

fn leave(mut terminal: Terminal) {
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
    assert!(terminal.is_given_back());
}

#[test]
fn a_size_is_heard_in_the_middle_of_an_escape_sequence() {
    let (_data, mut terminal) = begin((160, 50));
    terminal.wait("Chapter 1: ");
    // The last bytes of a key are still under way.
    terminal.type_text("\x1b[1;");
    for size in [(110, 30), (180, 50), (101, 20)] {
        terminal.resize(size);
        fits(&mut terminal, size);
    }
    terminal.type_text("2A");
    leave(terminal);
}

#[test]
fn a_size_that_comes_with_a_key_is_heard_and_so_is_the_key() {
    let (_data, mut terminal) = begin((120, 36));
    terminal.wait("Chapter 1: ");
    for round in 0..40 {
        let size = (110 + round % 20, 36);
        let (key, is_open) = if round % 2 == 0 { ("F1", true) } else { ("Esc", false) };
        // Both reach the program while it sleeps, so that it wakes once for both.
        terminal.resize(size);
        terminal.press(key);
        fits(&mut terminal, size);
        terminal.until("the key to be heard", |screen| screen.contains("Esc closes") == is_open);
    }
    leave(terminal);
}

#[test]
fn a_size_that_changes_at_the_start_is_heard() {
    for wait in 0..8 {
        let (_data, mut terminal) = begin((120, 36));
        terminal.comes_within("never", Duration::from_millis(wait * 8));
        terminal.resize((150, 40));
        terminal.wait("Chapter 1: ");
        fits(&mut terminal, (150, 40));
        leave(terminal);
    }
}

#[test]
fn what_ends_us_while_we_ask_the_terminal_its_colours_leaves_it_as_it_was() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let (_data, mut terminal) = begin((120, 36));
        // It does not answer before it is looked at.
        terminal.is_taken();
        terminal.signal(signal);
        assert_eq!(terminal.exit(), 0);
        assert_eq!(terminal.withheld(), Vec::<&str>::new());
    }
}

#[test]
fn a_mouse_left_of_everything_and_keys_that_no_terminal_sends_do_no_harm() {
    let (_data, mut terminal) = begin((120, 36));
    terminal.wait("Chapter 1: ");
    for odd in ["\x1b[<0;0;0M", "\x1b[<32;65535;65535M", "\x1b[M   ", "\x1b[0;0R", "\x1b[<255;9;9m", "\x1b[99~"] {
        terminal.type_text(odd);
        terminal.press("F1");
        terminal.wait("Esc closes");
        terminal.press("Esc");
        terminal.gone("Esc closes");
    }
    leave(terminal);
}

#[test]
fn what_ends_the_learners_own_editor_does_not_end_us() {
    let data = support::data();
    let editor = data.path().join("plain-editor");
    // What it says is another each time: below our screen there is still what it has said before.
    let script = "#!/bin/sh\necho . >> \"$0-starts\"\necho \"start $(($(wc -l < \"$0-starts\"))) of the editor\"\nread -r line\n";
    std::fs::write(&editor, script).expect("the editor");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).expect("its rights");
    let env = [("VISUAL", ""), ("EDITOR", editor.to_str().expect("a path"))];
    let mut terminal = Terminal::start_with(&["1.4"], (120, 36), data.path(), &env);
    let is_open = |screen: &str| screen.lines().next().is_some_and(|title| title.contains(" go.mod "));
    terminal.until("a file to be open", is_open);
    for (start, key) in [(1, "\x1c"), (2, "\x03")] {
        terminal.press("Alt-3 F12");
        terminal.wait(&format!("start {start} of the editor"));
        terminal.type_text(key);
        terminal.wait("Your editor plain-editor ended with a fault");
    }
    // Sent by another program it is for us, an editor there or not.
    terminal.press("Alt-3 F12");
    terminal.wait("start 3 of the editor");
    terminal.signal(Signal::INT);
    assert_eq!(terminal.exit(), 0);
    assert!(terminal.is_given_back());
}

#[test]
fn a_shell_gets_its_terminal_when_it_stops_us_and_we_get_it_back() {
    let data = support::data();
    let script = format!(
        "set -m; '{}' 1.1; echo \"stopped $?\"; read -r line; fg >/dev/null; echo \"ended $?\"",
        support::haveago()
    );
    let env = [("HAVEAGO_DATA", data.path().to_str().expect("a path")), (haveago::sandbox::warm::VARIABLE, "off")];
    let mut shell = Terminal::of("bash", &["-c", &script], (120, 36), &env);
    shell.wait("Chapter 1: ");
    shell.press("Alt-2");
    shell.type_text("echo before");
    shell.wait("$ echo before");
    kill_process(program(data.path()), Signal::TSTP).expect("it runs");
    shell.wait("stopped 1");
    assert_eq!(shell.withheld(), Vec::<&str>::new());
    shell.resize((130, 40));
    shell.type_text("\n");
    shell.wait("$ echo before");
    fits(&mut shell, (130, 40));
    shell.press("Enter");
    shell.until("the command to run", |screen| screen.lines().filter(|row| row.contains("before")).count() == 2);
    let mut learner = Learner::at_work(shell);
    learner.ended();
    learner.terminal.press("Ctrl-Q");
    learner.terminal.wait("ended 0");
    assert!(learner.terminal.is_given_back());
}

/// As in a container: the one who has started us is led from outside, and has no number here.
#[cfg(target_os = "linux")]
#[test]
fn who_stops_us_where_the_shell_is_not_to_be_seen_does_no_harm() {
    let data = support::data();
    let script = format!("'{}' 1.1; echo \"ended $?\"", support::haveago());
    let env = [("HAVEAGO_DATA", data.path().to_str().expect("a path")), (haveago::sandbox::warm::VARIABLE, "off")];
    let apart = ["--user", "--map-root-user", "--pid", "--fork"];
    if !std::process::Command::new("unshare").args(apart).arg("true").status().is_ok_and(|status| status.success()) {
        println!("skipped: this machine gives no processes of one's own");
        return;
    }
    let args: Vec<&str> = apart.into_iter().chain(["sh", "-c", &script]).collect();
    let mut shell = Terminal::of("unshare", &args, (120, 36), &env);
    shell.wait("Chapter 1: ");
    kill_process(program(data.path()), Signal::TSTP).expect("it runs");
    shell.press("F1");
    shell.wait("Esc closes");
    shell.press("Esc");
    shell.gone("Esc closes");
    shell.press("Ctrl-Q");
    shell.wait("ended 0");
    assert!(shell.is_given_back());
}

/// The one that knows of this folder and is the program itself.
fn program(data: &std::path::Path) -> Pid {
    let is_it = |process: &std::path::PathBuf| {
        std::fs::read(process.join("cmdline")).is_ok_and(|words| words.starts_with(support::haveago().as_bytes()))
    };
    let process = support::running_in(data).into_iter().find(is_it).expect("it runs");
    let number = process.file_name().and_then(|name| name.to_str()?.parse().ok());
    number.and_then(Pid::from_raw).expect("a number")
}
