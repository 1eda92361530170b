//! Whole ways through the program, on a real terminal, by keys alone.

mod by_hand;
mod fifth;
mod machine;
mod numbered;
mod own_editor;
mod wrong_turns;

use haveago::course::{Course, Step};

use crate::stage;
use crate::support::learner::embedded;
use crate::support::{self, Learner};

#[test]
fn the_course_is_passed_by_keys_alone() {
    let data = support::data();
    let course = embedded();
    let os = haveago::base::goos();
    let mut learner = Learner::begin(&[], data.path());
    for (at, _, lesson) in course.lessons() {
        let steps: Vec<&Step> = lesson.steps_on(os).collect();
        for (index, step) in steps.iter().enumerate() {
            learner.arrive(at, (index + 1, steps.len()), step);
            learner.pass(step);
            learner.terminal.press("F8");
        }
    }
    learner.terminal.wait("Well done!");
    learner.terminal.press("Ctrl-Q");
    assert_eq!(learner.terminal.exit(), 0);
    all_is_done_alone(&course, data.path());
}

/// What `haveago progress` says: every step passed, none with help.
fn all_is_done_alone(course: &Course, data: &std::path::Path) {
    let total = course.step_count(haveago::base::goos());
    let told = stage::run(data, &["progress"], "");
    assert!(told.out.starts_with(&format!("{}: {total} of {total} steps done.\n", course.title)), "{}", told.out);
    let told = stage::run(data, &["progress", "--json"], "");
    let report: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!((&report["passed"], &report["total"], &report["helped"]), (&total.into(), &total.into(), &0.into()));
    assert_eq!(report["next"], serde_json::Value::Null);
}
