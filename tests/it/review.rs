//! Questions from earlier lessons, asked again line by line.

use std::fs;
use std::path::Path;

use haveago::learner::{Asking, Event, Progress, Record, Review};
use haveago::store::CourseSource;
use haveago::store::progress::now;
use serde_json::Value;

use crate::stage::Stage;

const LESSON: &str = "# Names\n\n## Which one? {#which}\n\nA name begins with a letter.\n\nWhich is a name?\n\n\
                      - [ ] `4x`\n  - It begins with a digit.\n- [x] `x4`\n\n## Guess {#guess}\n\n```go predict\n\
                      package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"hi\")\n}\n```\n\n\
                      ```output\nhi\n```\n\nThat was it.\n\n## All {#all}\n\nPick all.\n\n- [x] a\n- [ ] b\n- [x] c\n";

fn stage() -> Stage {
    Stage::with(&[("01-first/README.md", "# First\n\nAll there is.\n"), ("01-first/01-names.md", LESSON)])
}

/// Makes all that was done in a course so many days older. The sums go: a log without any is as good.
pub fn make_older(data: &Path, course: &str, days: u64) {
    let log = data.join("state/courses").join(course).join("events.jsonl");
    let text = fs::read_to_string(&log).unwrap();
    let older = text.lines().map(|line| {
        let mut event: Value = serde_json::from_str(line).unwrap();
        let fields = event.as_object_mut().unwrap();
        fields.remove("sum");
        if let Some(at) = fields.get("at").and_then(Value::as_u64) {
            fields.insert("at".to_owned(), (at - days * 24 * 60 * 60).into());
        }
        event.to_string() + "\n"
    });
    fs::write(&log, older.collect::<String>()).unwrap();
}

/// A learner who has passed all three steps so many days ago, the prediction wrong at first.
fn learned(days: u64) -> Stage {
    let stage = stage();
    let told = stage.run(&["--plain"], ":pick 2\n:next\n:answer ho\n:next\n:pick 1 3\n");
    assert!(told.out.contains("3 of 3 steps are done"), "{}", told.out);
    make_older(&stage.data(), "tiny", days);
    stage
}

#[test]
fn a_log_that_was_made_older_is_whole() {
    let stage = learned(8);
    let log = stage.data().join("state/courses/tiny/events.jsonl");
    let last = fs::read_to_string(log).unwrap().lines().last().map(str::to_owned).unwrap();
    let at = serde_json::from_str::<Value>(&last).unwrap()["at"].as_u64().unwrap();
    assert!((7 * 86_400..9 * 86_400).contains(&(now() - at)), "{last}");
    let told = stage.run(&["progress"], "");
    assert_eq!((told.err.as_str(), told.status), ("", 0), "nothing is damaged");
    assert!(told.out.starts_with("Tiny: 3 of 3 steps done."), "{}", told.out);
    assert!(told.out.contains("3 questions are due again; `haveago review` asks two at a time.\n"), "{}", told.out);
    let report: Value = serde_json::from_str(&stage.run(&["progress", "--json"], "").out).unwrap();
    assert_eq!(report["review_due"], 3);
}

#[test]
fn nothing_is_asked_before_its_time_and_it_is_said_when_that_is() {
    let told = stage().run(&["review"], "");
    assert_eq!((told.err.as_str(), told.status), ("", 0));
    assert!(told.out.starts_with("There is nothing to review yet"), "{}", told.out);
    let told = learned(0).run(&["review"], "1\n");
    assert_eq!(told.out, "No question is due. The next one comes in 2 days.\n");
    assert_eq!((told.err.as_str(), told.status), ("", 0));
}

#[test]
fn two_are_asked_what_was_wrong_at_first_before_the_other_and_answers_are_judged() {
    let stage = learned(8);
    let told = stage.run(&["review"], "ho\n:pick 3\n1\n2\n");
    let wanted = "
Review, 1 of 2: Guess (lesson 1.1 Names)

What does this program print?

    package main

    import \"fmt\"

    func main() {
    \tfmt.Println(\"hi\")
    }

Type it as :answer TEXT, or :answer alone for several lines

[Review] > ho
Not quite. It prints:

    hi

Review, 2 of 2: Which one? (lesson 1.1 Names)

A name begins with a letter.

Which is a name?

Question (one answer is right):
1. `4x`
2. `x4`
Pick by number, as in :pick 2

[Review] > :pick 3
There is no option 3; question 1 has 2 options.

[Review] > 1
Not right yet; try again.
It begins with a digit.

[Review] > 2
Right.

0 of 2 right at once. 1 more is due; `haveago review` asks the next ones.
";
    assert_eq!(told.out, wanted);
    assert_eq!((told.err.as_str(), told.status), ("", 0));
    // The next time it is the other one; both of these come again in two days.
    let told = stage.run(&["review"], "1, 3\n");
    assert!(told.out.contains("Review, 1 of 1: All"), "{}", told.out);
    assert!(told.out.ends_with("Right.\n\nRight at once. The next question comes in 2 days.\n"), "{}", told.out);
    let told = stage.run(&["progress"], "");
    assert!(told.out.starts_with("Tiny: 3 of 3 steps done."), "passed steps stay: {}", told.out);
    make_older(&stage.data(), "tiny", 2);
    let told = stage.run(&["review"], "");
    assert!(told.out.contains("1 of 2: Which one?"), "wrong the last time: {}", told.out);
    assert!(
        told.out.ends_with("[Review] > \n\n2 questions are due; `haveago review` asks the next ones.\n"),
        "{}",
        told.out
    );
}

#[test]
fn a_question_is_passed_by_and_left() {
    let stage = learned(8);
    let told = stage.run(&["review"], ":next\n:hint\n:quit\n");
    assert!(told.out.contains(":next passes it by, :read prints it\nagain, :quit leaves."), "{}", told.out);
    assert!(told.out.ends_with("3 questions are due; `haveago review` asks the next ones.\n"), "{}", told.out);
    assert_eq!(told.status, 0);
}

#[test]
fn the_face_of_lines_offers_it_if_wanted() {
    let stage = learned(8);
    let told = stage.run(&["--plain"], ":review\nhi\n2\n:quit\n");
    let offer = "Two questions from earlier lessons are waiting, if you like: :review asks.\n";
    assert!(told.out.contains(offer), "{}", told.out);
    let end = "Both right at once. 1 more is due; :review asks the next ones.\n\n[1.1 Names] $ :quit\n";
    assert!(told.out.contains(end), "{}", told.out);
    fs::create_dir_all(stage.data().join("state")).unwrap();
    fs::write(stage.data().join("state/settings.toml"), "review = false\n").unwrap();
    let told = stage.run(&["--plain"], ":quit\n");
    assert!(!told.out.contains("waiting"), "{}", told.out);
}

#[test]
fn every_question_of_the_course_can_be_asked_alone_and_its_right_answer_is_right() {
    let read = CourseSource::Embedded.read().unwrap();
    let course = haveago::course::load(&read).course.unwrap();
    let os = haveago::base::goos();
    let steps = course.lessons().flat_map(|(_, _, lesson)| lesson.steps_on(os));
    let passed = steps.map(|step| Event::Passed { step: step.id.clone(), helped: false });
    let records: Vec<Record> = passed.map(|event| Record { at: 0, event }).collect();
    let review = Review::of(&course, &Progress::fold(&records), os, now());
    assert!(review.due.len() > 100);
    for again in &review.due {
        let mut asking = Asking::begin(again);
        let step = asking.step.clone();
        assert!(step.blocks.len() > 1 || !step.predictions.is_empty(), "{}: nothing leads up to it", step.id);
        for quiz in &step.quizzes {
            let right = quiz.options.iter().enumerate().filter(|(_, option)| option.right);
            right.for_each(|(option, _)| asking.session.pick(&step, 0, option));
        }
        for prediction in &step.predictions {
            asking.session.set_prediction(0, prediction.output.clone());
        }
        asking.hand_in().unwrap();
        assert!(asking.is_done() && asking.first == Some(true), "{}: {:?}", step.id, again.question);
    }
}
