//! The embedded course, learned from its first step to its last by what its own solutions say, with real Go.

use std::fmt::Write as _;

use haveago::course::condition::Pattern;
use haveago::course::model::SolutionPart;
use haveago::course::{self, Course, Fact, Step};
use haveago::store::CourseSource;

use crate::stage;

/// What is typed to pass `step` and go on.
fn typed(step: &Step) -> String {
    let mut text = String::new();
    for part in step.solution_parts() {
        match part {
            SolutionPart::File(file) => {
                let _ = write!(text, "cd\n:type {}\n{}", file.path, file.text);
                text.push_str(if file.text.ends_with('\n') { ".\n" } else { "\n.\n" });
            }
            SolutionPart::Command(command) => {
                let _ = writeln!(text, "{}", command.line);
            }
        }
    }
    for quiz in &step.quizzes {
        let right = quiz.options.iter().enumerate().filter(|(_, option)| option.right);
        let numbers: Vec<String> = right.map(|(index, _)| (index + 1).to_string()).collect();
        let _ = writeln!(text, ":pick {}", numbers.join(" "));
    }
    for prediction in &step.predictions {
        let _ = write!(text, ":answer\n{}\n.\n", prediction.output.trim_end());
    }
    for order in &step.orders {
        let place = |line: usize| order.shuffled.iter().position(|&shown| shown == line).unwrap() + 1;
        let numbers: Vec<String> = (0..order.lines.len()).map(place).map(|number| number.to_string()).collect();
        let _ = writeln!(text, ":order {}", numbers.join(" "));
    }
    for condition in &step.check {
        if let Fact::Answers(patterns) = &condition.fact {
            let words = patterns.iter().find_map(|pattern| match pattern {
                Pattern::Text(words) => Some(words),
                Pattern::Regex(_) => None,
            });
            let _ = writeln!(text, ":answer {}", words.expect("the answer is told as a text"));
        }
    }
    text + ":next\n"
}

fn embedded() -> Course {
    course::load(&CourseSource::Embedded.read().unwrap()).course.expect("the course loads")
}

#[test]
fn the_whole_course_is_passed_line_by_line() {
    let os = haveago::base::goos();
    let data = stage::data_with_warm_cache();
    let course = embedded();
    let script: String = course.lessons().flat_map(|(_, _, lesson)| lesson.steps_on(os)).map(typed).collect();
    let told = stage::run(data.path(), &["--plain"], &script);
    assert_eq!((told.status, told.err.as_str()), (0, ""));
    let failed = told.out.split("\nStep ").find(|step| step.contains("This step is not done yet"));
    assert_eq!(failed, None, "the first step that its own solution does not pass");
    let total = course.step_count(os);
    let progress = stage::run(data.path(), &["progress"], "");
    let all = format!("{}: {total} of {total} steps done.\n", course.title);
    assert!(progress.out.starts_with(&all), "{}\n{}", progress.out, told.out);
}
