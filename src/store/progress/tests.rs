//! Kills, two writers at once, torn, damaged and newer logs.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Log, OpenError, Opened, SaveError, folder_name, stamp};
use crate::course::StepId;
use crate::learner::progress::Reviewed;
use crate::learner::{Event, Question};

const SAVED_1: &str = include_str!("../../../tests/saved/events-1.jsonl");
/// Where the child of the kill test writes.
const CHILD_STATE: &str = "HAVEAGO_TEST_CHILD_STATE";
const CHILD_NAME: &str = "HAVEAGO_TEST_CHILD_NAME";

fn entered(line: impl Into<String>) -> Event {
    Event::Entered { line: line.into() }
}

fn open(state: &Path) -> Opened {
    Log::open(state, "c").expect("the log opens")
}

fn log_file(state: &Path) -> PathBuf {
    state.join("courses/c/events.jsonl")
}

/// A log with this text on a fresh disk.
fn lay(text: &[u8]) -> tempfile::TempDir {
    let state = tempfile::tempdir().unwrap();
    fs::create_dir_all(state.path().join("courses/c")).unwrap();
    fs::write(log_file(state.path()), text).unwrap();
    state
}

fn append(opened: &mut Opened, line: &str) -> usize {
    opened.log.append(&stamp(vec![entered(line)])).expect("it is saved").len()
}

#[test]
fn what_was_saved_is_there_again() {
    let state = tempfile::tempdir().unwrap();
    let mut opened = open(state.path());
    assert!(!log_file(state.path()).exists(), "looking creates nothing");
    append(&mut opened, "go run .");
    append(&mut opened, "ls");
    assert_eq!(open(state.path()).progress.history, ["go run .", "ls"]);
}

#[test]
fn format_1_loads_for_ever() {
    let state = lay(SAVED_1.as_bytes());
    let opened = open(state.path());
    assert_eq!(opened.notice, None);
    let progress = opened.progress;
    let init = StepId("go-fundamentals/why-and-how-of-go/start-a-project/init".to_owned());
    let step = &progress.steps[&init];
    assert_eq!((step.passed_at, step.helped, step.tries), (Some(1_795_400_008), true, 1));
    assert!(step.met.contains("file go.mod exists") && step.hints.contains(&1) && step.solution_shown);
    assert_eq!(progress.place, Some((init, 12)));
    assert_eq!(progress.history, ["go mod int"]);
    let quiz = &progress.steps[&StepId("go-fundamentals/why-and-how-of-go/start-a-project/quiz".to_owned())];
    assert_eq!(quiz.quizzes[&0], (vec![1, 2], false));
    assert_eq!(quiz.predictions[&0], ("Hello".to_owned(), true));
    assert_eq!((&quiz.orders[&0], quiz.answer.as_deref()), (&vec![2, 0, 1], Some("package main")));
    assert_eq!(progress.open_files["why-and-how-of-go/start-a-project"], "main.go");
    assert_eq!(progress.directories["why-and-how-of-go/start-a-project"], "hello");
}

#[test]
fn what_was_asked_again_loads_for_ever() {
    let state = lay(include_bytes!("../../../tests/saved/events-1-with-reviews.jsonl"));
    let opened = open(state.path());
    assert_eq!(opened.notice, None);
    let odd = StepId("go-fundamentals/why-and-how-of-go/where-go-is-used/odd".to_owned());
    let step = &opened.progress.steps[&odd];
    assert!(step.missed.contains(&Question::Quiz(0)));
    let reviewed = |at, right_in_a_row| Reviewed { at, right_in_a_row };
    assert_eq!(step.reviewed[&Question::Quiz(0)], reviewed(1_795_800_012, 1));
    assert_eq!(step.reviewed[&Question::Prediction(1)], reviewed(1_795_800_013, 1));
}

#[test]
fn two_instances_see_each_other_and_lose_nothing() {
    let state = tempfile::tempdir().unwrap();
    let (mut one, mut two) = (open(state.path()), open(state.path()));
    assert_eq!(append(&mut one, "one 0"), 0);
    append(&mut two, "two 0");
    assert_eq!(append(&mut one, "one 1"), 1, "it hears of the other's line");
    std::thread::scope(|scope| {
        for (name, opened) in [("one", &mut one), ("two", &mut two)] {
            scope.spawn(move || {
                for number in 2..60 {
                    append(opened, &format!("{name} {number}"));
                }
            });
        }
    });
    let history = open(state.path()).progress.history;
    for name in ["one", "two"] {
        let mine = history.iter().filter(|line| line.starts_with(name)).count();
        assert_eq!(mine, if name == "one" { 60 } else { 59 }, "{name}");
    }
}

#[test]
fn a_torn_last_line_costs_nothing_but_itself() {
    let whole = "{\"haveago\":\"progress\",\"format\":1}\n{\"at\":1,\"event\":\"entered\",\"line\":\"ls\"}\n";
    for torn in ["{\"at\":2,\"event\":\"ent", "\0\0\0\0\0", "{"] {
        let state = lay(format!("{whole}{torn}").as_bytes());
        let mut opened = open(state.path());
        assert_eq!((opened.notice.as_deref(), opened.progress.history.len()), (None, 1));
        append(&mut opened, "pwd");
        let again = open(state.path());
        assert_eq!((again.notice, again.progress.history), (None, vec!["ls".to_owned(), "pwd".to_owned()]));
    }
    for (text, lines) in
        [("{\"haveago\":\"prog", 1), (whole.trim_end(), 2), ("{\"haveago\":\"progress\",\"format\":1}", 1)]
    {
        let state = lay(text.as_bytes());
        append(&mut open(state.path()), "pwd");
        let again = open(state.path());
        assert_eq!((again.notice, again.progress.history.len()), (None, lines), "{text}");
    }
}

#[test]
fn a_damaged_log_is_set_aside_and_its_good_lines_go_on() {
    let good = "{\"at\":1,\"event\":\"entered\",\"line\":\"ls\"}\n";
    let unknown = "{\"at\":1,\"event\":\"of-tomorrow\",\"x\":1}\n";
    let header = "{\"haveago\":\"progress\",\"format\":1}\n";
    let texts: [Vec<u8>; 4] = [
        format!("{header}{good}%%%\n{unknown}").into_bytes(),
        format!("garbage\n{good}{unknown}").into_bytes(),
        format!("{good}{unknown}").into_bytes(),
        [header.as_bytes(), b"\xff\xfe\x00\n", good.as_bytes(), unknown.as_bytes()].concat(),
    ];
    for text in texts {
        let state = lay(&text);
        let mut opened = open(state.path());
        let notice = opened.notice.clone().expect("it is told");
        let copy = state.path().join("courses/c/events.damaged-1.jsonl");
        assert!(notice.contains(&copy.display().to_string()), "{notice}");
        assert_eq!(fs::read(copy).unwrap(), text);
        append(&mut opened, "pwd");
        let again = open(state.path());
        assert_eq!((again.notice, again.progress.history), (None, vec!["ls".to_owned(), "pwd".to_owned()]));
        let mended = fs::read_to_string(log_file(state.path())).unwrap();
        assert!(mended.starts_with("{\"haveago\":\"progress\",\"format\":1,\"mended\":1,\"sum\":"), "{mended}");
        assert!(mended.contains(unknown), "what it does not know it keeps");
    }
}

#[test]
fn bytes_that_were_never_a_log_are_set_aside() {
    let state = lay(&[0x80, 0x00, 0xff, 0x13]);
    let mut opened = open(state.path());
    assert!(opened.notice.is_some());
    append(&mut opened, "ls");
    assert_eq!(open(state.path()).progress.history, ["ls"]);
}

#[test]
fn an_instance_goes_on_when_another_has_mended_the_log() {
    let state = tempfile::tempdir().unwrap();
    let mut running = open(state.path());
    append(&mut running, "one");
    let text = fs::read_to_string(log_file(state.path())).unwrap();
    fs::write(log_file(state.path()), text.replace("{\"at\"", "%%%\n{\"at\"")).unwrap();
    assert!(open(state.path()).notice.is_some());
    append(&mut running, "two");
    let again = open(state.path());
    assert_eq!((again.notice, again.progress.history), (None, vec!["one".to_owned(), "two".to_owned()]));
}

#[test]
fn a_newer_log_is_refused_and_left_alone() {
    for text in ["{\"haveago\":\"progress\",\"format\":2}\n{\"x\":1}\n%%%", "{\"haveago\":\"progress\",\"format\":7}"] {
        let state = lay(text.as_bytes());
        let error = Log::open(state.path(), "c").expect_err("it is refused");
        assert!(matches!(error, OpenError::Newer { .. }));
        let sentence = error.to_string();
        assert!(sentence.contains("events.jsonl") && sentence.contains("update haveago"), "{sentence}");
        assert_eq!(fs::read_to_string(log_file(state.path())).unwrap(), text);
    }
    let state = tempfile::tempdir().unwrap();
    let mut running = open(state.path());
    append(&mut running, "one");
    fs::write(log_file(state.path()), "{\"haveago\":\"progress\",\"format\":2}\n").unwrap();
    assert!(matches!(running.log.append(&stamp(vec![entered("x")])), Err(SaveError::Newer { format: 2, .. })));
}

#[test]
fn what_cannot_be_saved_waits_and_is_saved_later() {
    let state = tempfile::tempdir().unwrap();
    let mut opened = open(state.path());
    // A file where the folder must be: it cannot be made, for any user.
    fs::write(state.path().join("courses"), "in the way").unwrap();
    let error = opened.log.append(&stamp(vec![entered("ls")])).expect_err("there is no folder");
    assert!(error.to_string().contains("you can go on"), "{error}");
    assert!(opened.log.has_unsaved());
    fs::remove_file(state.path().join("courses")).unwrap();
    append(&mut opened, "pwd");
    assert_eq!(open(state.path()).progress.history, ["ls", "pwd"]);
}

#[test]
fn a_strange_course_id_stays_inside() {
    assert_eq!(folder_name("go-fundamentals"), "go-fundamentals");
    assert_eq!(folder_name("../../etc"), "_2e_2e_2f_2e_2e_2fetc");
    assert_eq!(folder_name(""), "_");
}

/// Not a test: what the kill test starts, again and again, as a process of its own.
#[test]
fn child_of_the_kill_test() {
    let (Some(state), Some(name)) = (std::env::var_os(CHILD_STATE), std::env::var(CHILD_NAME).ok()) else { return };
    let mut opened = open(Path::new(&state));
    let deadline = Instant::now() + Duration::from_secs(20);
    for number in 0.. {
        append(&mut opened, &format!("{name} {number}"));
        println!("done {name} {number}");
        if Instant::now() > deadline {
            return;
        }
    }
}

fn start_child(state: &Path, name: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::progress::tests::child_of_the_kill_test", "--nocapture", "--test-threads=1"])
        .env(CHILD_STATE, state)
        .env(CHILD_NAME, name)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Reads what the child shows as done, kills it after `lines` of them, and returns all that it has shown.
fn kill_after(mut child: Child, lines: usize) -> Vec<String> {
    let mut shown = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        // The test harness writes its own words before the first line.
        let line = line.unwrap();
        shown.extend(line.split_once("done ").map(|(_, done)| done.to_owned()));
        if shown.len() == lines {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    shown
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_shown_as_done() {
    let state = tempfile::tempdir().unwrap();
    let mut shown = Vec::new();
    for round in 0..12 {
        let names = [format!("a{round}"), format!("b{round}")];
        let children = names.map(|name| start_child(state.path(), &name));
        let readers = children.map(|child| std::thread::spawn(move || kill_after(child, 1 + round * 7)));
        for reader in readers {
            shown.extend(reader.join().unwrap());
        }
        let opened = open(state.path());
        assert_eq!(opened.notice, None, "a kill damages nothing");
    }
    let raw = fs::read_to_string(log_file(state.path())).unwrap();
    assert!(shown.len() >= 900, "{}", shown.len());
    for done in &shown {
        assert!(raw.contains(&format!("\"line\":\"{done}\",\"sum\"")), "{done} is gone");
    }
}
