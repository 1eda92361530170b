//! The rules of passing, hints and remembering, told as stories of one step.

use super::{Event, HintOutcome, Progress, Record, Session};
use crate::base::{FilePath, Place};
use crate::course::model::{Chapter, Course, Hint, Lesson, Order, Prediction, Quiz, QuizOption};
use crate::course::{Condition, Fact, Step, StepId};
use crate::judge::evidence::{Captured, CommandSeen};
use crate::judge::{Evidence, Finding, Judgement, Verdict};

fn place() -> Place {
    Place::new("l.md", 1, 1)
}

fn step(id: &str, checks: &[&str]) -> Step {
    let condition = |source: &&str| Condition {
        now: source.starts_with("now "),
        fact: Fact::Builds,
        place: place(),
        source: (*source).to_owned(),
    };
    Step { check: checks.iter().map(condition).collect(), ..Step::bare(StepId(id.to_owned()), id.to_owned(), place()) }
}

fn quiz(right: &[bool]) -> Quiz {
    let option = |right: &bool| QuizOption { right: *right, text: Vec::new(), feedback: Vec::new() };
    Quiz { options: right.iter().map(option).collect(), place: place() }
}

fn order(lines: &[&str], shuffled: &[usize]) -> Order {
    Order {
        path: FilePath::parse("main.go").unwrap(),
        lines: lines.iter().map(|&line| line.to_owned()).collect(),
        text: lines.join("\n"),
        shuffled: shuffled.to_vec(),
        place: place(),
    }
}

fn hint(when: Option<&str>) -> Hint {
    Hint { when: when.map(str::to_owned), blocks: Vec::new(), place: place() }
}

fn command(line: &str, exit: i32, output: &str) -> CommandSeen {
    CommandSeen { line: line.to_owned(), exit, output: output.to_owned() }
}

fn unmet() -> Judgement {
    Judgement::Unmet(Finding { seen: "seen: nothing".to_owned(), advice: None })
}

/// A look at everything that is wanted, judged by `judge(source line)`.
fn look(session: &mut Session, step: &Step, judge: impl Fn(&str) -> Judgement) -> Vec<Event> {
    let wanted = session.wanted(step);
    let verdict = Verdict { judgements: wanted.iter().map(|(_, condition)| judge(&condition.source)).collect() };
    let indexes: Vec<usize> = wanted.iter().map(|(index, _)| *index).collect();
    session.judged(step, &indexes, &verdict)
}

fn met_when(holds: &[&str]) -> impl Fn(&str) -> Judgement {
    let holds: Vec<String> = holds.iter().map(|&source| source.to_owned()).collect();
    move |source| if holds.iter().any(|held| held == source) { Judgement::Met } else { unmet() }
}

fn remember(progress: &mut Progress, events: &[Event]) {
    for event in events {
        progress.apply(&Record { at: 7, event: event.clone() });
    }
}

#[test]
fn a_condition_seen_true_stays_true_and_survives_a_restart() {
    let step = step("c/1/1/a", &["build", "vet"]);
    let mut progress = Progress::default();
    let mut session = Session::open(&step, &progress);
    let events = look(&mut session, &step, met_when(&["build"]));
    assert_eq!(events, [Event::Met { step: step.id.clone(), condition: "build".to_owned() }]);
    remember(&mut progress, &events);

    let mut session = Session::open(&step, &progress);
    assert_eq!(session.wanted(&step).len(), 1, "only what is open is looked at");
    remember(&mut progress, &look(&mut session, &step, met_when(&["vet"])));
    assert!(session.passed && progress.has_passed(&step.id));
    assert!(session.wanted(&step).is_empty());
    assert_eq!(progress.steps[&step.id].passed_at, Some(7));
}

#[test]
fn now_conditions_pass_only_together() {
    let step = step("c/1/1/a", &["build", "now vet", "now fmt"]);
    let mut session = Session::open(&step, &Progress::default());
    look(&mut session, &step, met_when(&["build", "now vet"]));
    look(&mut session, &step, met_when(&["now fmt"]));
    assert!(!session.passed, "each was true, never both at once");
    assert_eq!(session.wanted(&step).iter().map(|(index, _)| *index).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(session.conditions.iter().map(|state| state.met).collect::<Vec<_>>(), [true, false, true]);
    look(&mut session, &step, met_when(&["now vet", "now fmt"]));
    assert!(session.passed);
}

#[test]
fn a_try_is_counted_after_an_act_with_a_finding_only() {
    let step = step("c/1/1/a", &["build"]);
    let mut session = Session::open(&step, &Progress::default());
    assert!(look(&mut session, &step, met_when(&[])).is_empty(), "a look on opening is no try");
    session.ran(command("ls", 0, ""));
    assert!(look(&mut session, &step, |_| Judgement::NotSeen).is_empty(), "nothing seen is no try");
    session.saved();
    assert_eq!(look(&mut session, &step, met_when(&[])), [Event::Tried { step: step.id.clone() }]);
    assert_eq!(session.tries, 1);
    assert!(session.conditions[0].finding.is_some());
}

#[test]
fn a_quiz_needs_the_right_answer_and_takes_any_number_of_tries() {
    let mut step = step("c/1/1/q", &[]);
    step.quizzes = vec![quiz(&[false, true, false]), quiz(&[true, true, false])];
    let mut session = Session::open(&step, &Progress::default());
    session.pick(&step, 0, 0);
    session.pick(&step, 0, 2);
    assert_eq!(session.quizzes[0].picked, [2], "a single choice has one pick");
    session.submit_quiz(&step, 0);
    assert!(!session.quizzes[0].is_right());
    session.pick(&step, 0, 1);
    session.submit_quiz(&step, 0);
    assert!(session.quizzes[0].is_right() && !session.passed);
    assert!(session.submit_quiz(&step, 1).is_empty(), "nothing picked is no answer");
    session.pick(&step, 1, 1);
    session.pick(&step, 1, 0);
    let events = session.submit_quiz(&step, 1);
    assert_eq!(events.last(), Some(&Event::Passed { step: step.id.clone(), helped: false }));
}

#[test]
fn a_prediction_is_graded_and_never_blocks() {
    let mut step = step("c/1/1/p", &[]);
    step.predictions = vec![Prediction { code: String::new(), output: "1\n2\n".to_owned(), place: place() }];
    for (typed, right) in [("1\n2", true), ("1 \n2\n", true), ("12", false)] {
        let mut session = Session::open(&step, &Progress::default());
        session.set_prediction(0, typed);
        session.predict(&step, 0);
        assert_eq!(session.predictions[0].answered, Some((typed.to_owned(), right)));
        assert!(session.passed);
        session.set_prediction(0, "again");
        assert!(session.predict(&step, 0).is_empty(), "the output is known now");
    }
}

#[test]
fn an_order_may_exchange_identical_lines_and_is_kept_between_runs() {
    let mut step = step("c/1/1/o", &[]);
    step.orders = vec![order(&["a {", "}", "b {", "}"], &[3, 2, 1, 0])];
    let mut progress = Progress::default();
    let mut session = Session::open(&step, &progress);
    assert_eq!(session.orders[0].text(&step.orders[0]), "}\nb {\n}\na {\n");
    session.submit_order(&step, 0);
    assert!(!session.passed);
    remember(&mut progress, &session.move_line(0, 3, 0));
    assert!(session.move_line(0, 0, 9).is_empty(), "a place outside is refused");

    let mut session = Session::open(&step, &progress);
    assert_eq!(session.orders[0].arranged, [0, 3, 2, 1], "the brackets are exchanged");
    session.submit_order(&step, 0);
    assert!(session.passed);

    let mut session = Session::open(&step, &Progress::default());
    assert!(session.arrange(0, &[0, 0, 1, 2]).is_empty(), "each line has one place");
    session.arrange(0, &[3, 2, 1, 0]);
    session.submit_order(&step, 0);
    assert!(session.passed, "all at once");
}

#[test]
fn an_order_with_a_check_is_judged_by_the_check() {
    let mut step = step("c/1/1/o", &["build"]);
    step.orders = vec![order(&["a", "b"], &[1, 0])];
    let mut session = Session::open(&step, &Progress::default());
    session.submit_order(&step, 0);
    assert!(!session.passed && !session.orders[0].right);
    look(&mut session, &step, met_when(&["build"]));
    assert!(session.passed && session.orders[0].right);
}

#[test]
fn a_step_with_a_check_and_a_quiz_needs_both() {
    let mut step = step("c/1/1/b", &["build"]);
    step.quizzes = vec![quiz(&[true, false])];
    let mut session = Session::open(&step, &Progress::default());
    look(&mut session, &step, met_when(&["build"]));
    assert!(!session.passed);
    session.pick(&step, 0, 0);
    session.submit_quiz(&step, 0);
    assert!(session.passed);
}

#[test]
fn reading_on_passes_a_reading_step_and_no_other() {
    let reading = step("c/1/1/r", &[]);
    let mut session = Session::open(&reading, &Progress::default());
    assert_eq!(session.read_on(&reading), [Event::Passed { step: reading.id.clone(), helped: false }]);
    let task = step("c/1/1/t", &["build"]);
    assert!(Session::open(&task, &Progress::default()).read_on(&task).is_empty());
}

#[test]
fn hints_that_were_called_for_come_first_each_once_then_the_solution_is_offered() {
    let mut step = step("c/1/1/h", &["build"]);
    step.hints = vec![hint(None), hint(Some("unused")), hint(Some("go.mod")), hint(Some("never seen")), hint(None)];
    step.solution.commands =
        vec![crate::course::model::ConsoleCommand { line: "go build".to_owned(), output: Vec::new(), place: place() }];
    let mut session = Session::open(&step, &Progress::default());
    session.ran(command("go build", 1, "go.mod file not found"));
    session.ran(command("go build", 1, "declared and unused"));
    session.ran(command("cat go.mod", 0, "module go.mod"));
    let mut given = Vec::new();
    for _ in 0..5 {
        given.push(session.next_hint(&step).0);
    }
    let hints = [1, 2, 0, 4].map(HintOutcome::Hint);
    assert_eq!(given[..4], hints);
    assert_eq!(given[4], HintOutcome::OfferSolution);
    assert_eq!(session.show_solution().len(), 1);
    assert!(session.show_solution().is_empty(), "it is told once");
    assert_eq!(session.next_hint(&step).0, HintOutcome::NothingLeft);
    let events = look(&mut session, &step, met_when(&["build"]));
    assert_eq!(events.last(), Some(&Event::Passed { step: step.id.clone(), helped: true }));
}

#[test]
fn a_long_output_is_saved_by_its_ends_and_commands_are_bounded() {
    let step = step("c/1/1/a", &["build"]);
    let mut progress = Progress::default();
    let mut session = Session::open(&step, &progress);
    let output = format!("first{}last", "é".repeat(50_000));
    for _ in 0..60 {
        let events = session.ran(command("go run .", 0, &output));
        let [Event::Ran { output: saved, .. }] = events.as_slice() else { panic!("{events:?}") };
        assert!(saved.len() < 8_300 && saved.starts_with("first") && saved.ends_with("last"));
        remember(&mut progress, &events);
    }
    assert_eq!((session.commands.len(), progress.steps[&step.id].commands.len()), (50, 50));
}

#[test]
fn an_answer_is_trimmed_and_kept() {
    let step = step("c/1/1/a", &["answer \"main\""]);
    let mut progress = Progress::default();
    let mut session = Session::open(&step, &progress);
    assert!(session.answer().is_empty());
    session.set_answer(" main\n");
    remember(&mut progress, &session.answer());
    assert_eq!(Session::open(&step, &progress).answer.as_deref(), Some("main"));
}

#[test]
fn a_fault_that_a_save_brought_up_calls_for_its_hint_before_older_commands() {
    let mut step = step("c/1/1/h", &["build"]);
    step.hints = vec![hint(None), hint(Some("undefined")), hint(Some("unused")), hint(Some("15"))];
    let mut session = Session::open(&step, &Progress::default());
    session.ran(command("go build", 1, "undefined: x"));
    session.ran(command("go run .", 0, "15"));
    session.saved();
    let build = Captured { exit: 1, output: "declared and unused".to_owned(), ..Captured::default() };
    session.looked(&Evidence { build: Some(build), ..Evidence::default() });
    let given = |session: &mut Session| session.next_hint(&step).0;
    assert_eq!(given(&mut session), HintOutcome::Hint(2), "what the save brought up");
    session.ran(command("go vet", 1, "it prints 15"));
    assert_eq!(given(&mut session), HintOutcome::Hint(3), "the latest command that failed");
    assert_eq!(given(&mut session), HintOutcome::Hint(1), "an older one");
}

fn course() -> Course {
    let lesson = |id: &str, steps: Vec<Step>| Lesson {
        id: id.to_owned(),
        file: format!("{id}.md").into(),
        title: id.to_owned(),
        minutes: None,
        goal: None,
        continues: false,
        go: None,
        teaches: Vec::new(),
        os: Vec::new(),
        intro: Vec::new(),
        steps,
    };
    let mut windows = step("c/1/x/win", &[]);
    windows.os = vec!["windows".to_owned()];
    let mut extra = step("c/1/x/extra", &[]);
    extra.optional = true;
    Course {
        id: "c".to_owned(),
        title: "C".to_owned(),
        version: "1".to_owned(),
        authors: Vec::new(),
        licence: String::new(),
        go: (1, 24),
        proxy: None,
        chapters: vec![Chapter {
            id: "1".to_owned(),
            folder: "01-1".to_owned(),
            title: "One".to_owned(),
            page: Vec::new(),
            lessons: vec![
                lesson("x", vec![step("c/1/x/a", &[]), windows, extra, step("c/1/x/b", &[])]),
                lesson("y", vec![step("c/1/y/a", &[])]),
            ],
        }],
    }
}

#[test]
fn counts_and_the_next_step_know_system_and_option() {
    let course = course();
    let mut progress = Progress::default();
    let id = |text: &str| StepId(text.to_owned());
    let next = |progress: &Progress| progress.next_step(&course, "linux").map(|(_, step)| step.id.0.clone());
    assert_eq!(next(&progress).as_deref(), Some("c/1/x/a"));
    remember(&mut progress, &[Event::Opened { step: id("c/1/y/a"), scroll: 3 }]);
    assert_eq!(next(&progress).as_deref(), Some("c/1/y/a"));
    remember(&mut progress, &[Event::Passed { step: id("c/1/y/a"), helped: true }]);
    assert_eq!(next(&progress).as_deref(), Some("c/1/x/a"), "at the end it goes round");
    assert_eq!(progress.resume(&course, "linux").map(|(_, step)| step.id.0.as_str()), Some("c/1/y/a"));
    let tally = progress.in_course(&course, "linux");
    assert_eq!((tally.passed, tally.helped, tally.total), (1, 1, 3));
    for passed in ["c/1/x/a", "c/1/x/b"] {
        remember(&mut progress, &[Event::Passed { step: id(passed), helped: false }]);
    }
    assert_eq!(next(&progress), None);
    assert!(progress.in_chapter(&course.chapters[0], "linux").is_done());
}

#[test]
fn the_history_keeps_neighbours_once_and_a_right_quiz_answer_stays() {
    let mut progress = Progress::default();
    let enter = |line: &str| Event::Entered { line: line.to_owned() };
    remember(&mut progress, &[enter("ls"), enter("ls"), enter("pwd"), enter("ls")]);
    assert_eq!(progress.history, ["ls", "pwd", "ls"]);
    let step = StepId("c/1/1/q".to_owned());
    let answered = |picked, right| Event::QuizAnswered { step: step.clone(), quiz: 0, picked: vec![picked], right };
    remember(&mut progress, &[answered(1, true), answered(0, false)]);
    assert_eq!(progress.steps[&step].quizzes[&0], (vec![1], true));
}

#[test]
fn what_was_mended_calls_for_no_hint_any_more() {
    let mut step = step("c/1/1/s", &["build"]);
    step.hints = vec![hint(None), hint(Some("outside function body"))];
    let mut session = Session::open(&step, &Progress::default());
    let ran = |exit, output: &str| CommandSeen { line: "go run .".to_owned(), exit, output: output.to_owned() };
    session.ran(ran(1, "non-declaration statement outside function body\n"));
    assert_eq!(session.clone().next_hint(&step).0, HintOutcome::Hint(1));
    session.ran(ran(0, "Mind the step\nWelcome\n"));
    assert_eq!(session.next_hint(&step).0, HintOutcome::Hint(0));
}
