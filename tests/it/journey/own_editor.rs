//! The learner's own editor: the whole screen and back, a crash, a window beside, saves from outside.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use haveago::course::Step;

use crate::support::learner::embedded;
use crate::support::{self, Learner, Terminal};

/// The screen.
const SIZE: (u16, u16) = (120, 36);

/// A program of this text, in a folder of its own.
fn program(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{text}")).expect("the program");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its rights");
    path
}

/// Waits until the lesson's folder is open, and a file of it.
fn opened(terminal: &mut Terminal, file: &str) {
    let tab = format!(" {file} ");
    let is_open = |screen: &str| screen.lines().next().is_some_and(|title| title.contains(&tab));
    terminal.until(&format!("`{file}` to be open"), is_open);
}

#[test]
fn a_lesson_is_done_with_vim() {
    let data = support::data();
    let course = embedded();
    let env = [("VISUAL", ""), ("EDITOR", "vim -u NONE -N")];
    let mut learner = Learner::at_work(Terminal::start_with(&["1.4"], SIZE, data.path(), &env));
    learner.has_vim = true;
    let (at, _, lesson) = course.lessons().nth(3).expect("lesson 1.4");
    let steps: Vec<&Step> = lesson.steps_on(haveago::base::goos()).collect();
    let writes = steps.iter().filter(|step| !step.solution.files.is_empty()).count();
    assert!(writes > 0, "the lesson has something to write");
    for (index, step) in steps.iter().enumerate() {
        learner.arrive(at, (index + 1, steps.len()), step);
        learner.pass(step);
        learner.terminal.press("F8");
    }
    learner.terminal.wait(" 1.5 ");
    learner.terminal.press("Ctrl-Q");
    assert_eq!(learner.terminal.exit(), 0);
    assert!(learner.terminal.is_given_back());
}

#[test]
fn an_editor_that_crashes_gives_the_screen_back_whatever_it_did_to_it() {
    let data = support::data();
    let text = "stty raw -echo\nprintf '\\033[?1049h\\033[?25l\\033[?1003h\\033[?1h\\033[31mCRASHING'\n\
                read -r go < \"$0.go\"\nkill -9 $$\n";
    let editor = program(data.path(), "crasher", text);
    let go = data.path().join("crasher.go");
    assert!(std::process::Command::new("mkfifo").arg(&go).status().expect("mkfifo").success());
    let env = [("VISUAL", ""), ("EDITOR", editor.to_str().expect("a path"))];
    let mut learner = Learner::at_work(Terminal::start_with(&["1.4"], SIZE, data.path(), &env));
    let terminal = &mut learner.terminal;
    terminal.wait("The entry point");
    opened(terminal, "go.mod");
    terminal.press("F12");
    terminal.wait("CRASHING");
    terminal.resize((100, 30));
    fs::write(&go, "now\n").expect("it reads");
    terminal.wait("Your editor crasher ended with a fault");
    terminal.until("the new size", |screen| screen.lines().next().is_some_and(|row| row.chars().count() == 100));
    assert_eq!(learner.run("echo all is well").lines().filter(|row| row.starts_with("all is well")).count(), 1);
    learner.terminal.press("Ctrl-Q");
    assert_eq!(learner.terminal.exit(), 0);
    assert!(learner.terminal.is_given_back());
}

#[test]
fn an_editor_with_a_window_runs_beside_and_its_saves_are_seen() {
    let data = support::data();
    let text = "echo \"$@\" > \"$(dirname \"$0\")/asked\"\nfile=${2%:*:*}\n\
                printf 'package main\\n\\nfunc main() {} // from outside\\n' > \"$file.new\"\nmv \"$file.new\" \"$file\"\n";
    let editor = program(data.path(), "code", text);
    fs::create_dir_all(data.path().join("state")).expect("a folder");
    let settings = format!("editor = \"{}\"\n", editor.display());
    fs::write(data.path().join("state/settings.toml"), settings).expect("the settings");
    let mut terminal = Terminal::start_with(&["1.2"], SIZE, data.path(), &[("EDITOR", "vim")]);
    terminal.wait("Compiled and typed");
    opened(&mut terminal, "main.go");
    terminal.press("Alt-3 F12");
    terminal.wait("func main() {} // from outside");
    let asked = fs::read_to_string(data.path().join("asked")).expect("it was started");
    assert!(asked.starts_with("-g ") && asked.trim_end().ends_with("main.go:1:1"), "{asked}");
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
}

#[test]
fn an_editor_that_is_not_there_is_told() {
    let data = support::data();
    let env = [("VISUAL", ""), ("EDITOR", "no-such-editor -x")];
    let mut terminal = Terminal::start_with(&["1.4"], SIZE, data.path(), &env);
    terminal.wait("The entry point");
    opened(&mut terminal, "go.mod");
    terminal.press("F12");
    terminal.wait("The editor no-such-editor that EDITOR names is not there");
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
}
