//! What the machine may be like: without Go, with a small window, without colours, about to be shut down.

use rustix::process::Signal;

use crate::support::{self, Learner, Terminal};

#[test]
fn without_go_one_reads_and_is_told_what_is_missing() {
    let data = support::data();
    let nowhere = data.path().join("empty");
    std::fs::create_dir(&nowhere).unwrap();
    let mut terminal = Terminal::start_with(&[], (120, 36), data.path(), &[("PATH", &nowhere.to_string_lossy())]);
    terminal.wait("Chapter 1: ");
    terminal.wait("here is no Go on this machine");
    terminal.wait("Install Go 1.27.0 for haveago alone");
    terminal.press("Up Enter");
    terminal.wait("You read on without Go.");
    // It stays in view in short, and reading goes on.
    terminal.press("F8");
    terminal.wait("Three kinds of software");
    terminal.press("F8");
    terminal.wait("Which one is the odd one out?");
    terminal.wait("✗ no Go");
    terminal.press("F8");
    terminal.wait("Say hello to your own Go");
    let mut learner = Learner::at_work(terminal);
    let seen = learner.run("go version");
    assert!(seen.contains("go") && seen.lines().next().is_some_and(|row| row.ends_with('✗')), "{seen}");
    learner.terminal.press("Ctrl-Q");
    assert_eq!(learner.terminal.exit(), 0);
}

#[test]
fn a_small_window_asks_for_room_and_takes_it() {
    let data = support::data();
    let mut terminal = Terminal::start(&[], (30, 8), data.path());
    terminal.wait("haveago needs 40 columns");
    terminal.wait("30 and 8");
    terminal.resize((80, 24));
    terminal.wait("Chapter 1: ");
    terminal.resize((39, 24));
    terminal.wait("haveago needs 40 columns");
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
}

#[test]
fn a_theme_that_was_chosen_is_there_at_the_next_start() {
    let data = support::data();
    let settings = data.path().join("state/settings.toml");
    std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
    let mine = "# My own words.\nmouse = true\n\ntheme = \"dark\" # for the evening\n";
    std::fs::write(&settings, mine).unwrap();
    let is_light = |terminal: &Terminal| terminal.raw().contains("48;2;255;255;255");
    let mut terminal = Terminal::start(&[], (120, 36), data.path());
    terminal.wait("Why and how of Go");
    assert!(!is_light(&terminal));
    terminal.press("Ctrl-P");
    terminal.type_text("settings");
    terminal.press("Enter");
    terminal.wait("Enter: keep");
    terminal.press("Right");
    terminal.watch("the light theme to be tried out", is_light);
    terminal.press("Enter");
    terminal.wait("Saved.");
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), mine.replace("\"dark\"", "\"light\""));
    let mut terminal = Terminal::start(&[], (120, 36), data.path());
    terminal.wait("Why and how of Go");
    assert!(is_light(&terminal));
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
}

#[test]
fn no_color_means_no_colour_and_colour_means_colour() {
    let data = support::data();
    let look = |env: &[(&str, &str)]| {
        let mut terminal = Terminal::start_with(&[], (120, 36), data.path(), env);
        terminal.wait("Why and how of Go");
        terminal.press("Alt-3 Alt-4 F3");
        terminal.wait(" Contents ");
        terminal.press("Esc");
        terminal.gone(" Contents ");
        terminal.press("Ctrl-Q");
        assert_eq!(terminal.exit(), 0);
        colours(&terminal.raw())
    };
    assert_eq!(look(&[("NO_COLOR", "1")]), Vec::<String>::new());
    assert!(look(&[]).iter().any(|code| code.starts_with("38;2;")), "true colour where it is told of");
    let sixteen = look(&[("COLORTERM", ""), ("TERM", "xterm")]);
    assert!(!sixteen.is_empty() && !sixteen.iter().any(|code| code.contains(";2;")), "{sixteen:?}");
}

/// The colour codes in what was written: parameters of `ESC [ … m` that set a ground or a text colour.
fn colours(raw: &str) -> Vec<String> {
    let sequences = raw.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    let is_colour = |code: &String| {
        let first = code.split(';').next().and_then(|number| number.parse::<u32>().ok());
        first.is_some_and(|number| {
            (30..39).contains(&number) || (40..49).contains(&number) || (90..108).contains(&number)
        })
    };
    sequences.filter(is_colour).collect()
}

#[test]
fn the_terminal_is_given_back_whatever_ends_the_program() {
    let ends = [
        ("Ctrl-Q", None),
        ("SIGTERM", Some(Signal::TERM)),
        ("SIGHUP", Some(Signal::HUP)),
        ("SIGINT", Some(Signal::INT)),
    ];
    for (name, signal) in ends {
        let data = support::data();
        let mut terminal = Terminal::start(&[], (120, 36), data.path());
        terminal.wait("Chapter 1: ");
        assert!(!terminal.is_given_back(), "it is ours meanwhile");
        terminal.press("F8");
        terminal.wait("Three kinds of software");
        terminal.press("F8");
        terminal.wait("Which one is the odd one out?");
        match signal {
            Some(signal) => terminal.signal(signal),
            None => terminal.press("Ctrl-Q"),
        }
        assert_eq!(terminal.exit(), 0, "{name}");
        assert!(terminal.is_given_back(), "{name}");
        let told = crate::stage::run(data.path(), &["progress"], "").out;
        assert!(told.contains(": 1 of ") && told.contains("step 2 of"), "{name} loses nothing: {told}");
    }
}

#[test]
fn a_program_that_still_runs_is_asked_about_and_stopped() {
    let data = support::data();
    let mut learner = Learner::begin(&[], data.path());
    learner.terminal.wait("where-go-is-used $");
    learner.enter("sleep 1000");
    learner.terminal.wait("leave it running");
    learner.terminal.press("F6 Ctrl-Q");
    learner.terminal.wait("A program is still running. Stop it and leave?");
    learner.terminal.press("Enter");
    assert_eq!(learner.terminal.exit(), 0);
    assert!(learner.terminal.is_given_back());
}
