//! The whole lesson at the end of lesson-format.md.

use super::support::{lesson, one};
use crate::course::condition::{Fact, Pattern, Prints};
use crate::course::model::{BlockKind, Step, plain_text};

pub const LESSON: &str = include_str!("example.md");

#[test]
fn the_example_of_the_format_loads_without_problems() {
    let lesson = lesson(one(LESSON));
    assert_eq!(lesson.title, "Greet by name");
    let ids: Vec<&str> = lesson.steps.iter().map(|step| step.id.0.as_str()).collect();
    assert_eq!(ids, ["c/x/y/unused", "c/x/y/quiz"]);
    unused(&lesson.steps[0]);
    quiz(&lesson.steps[1]);
}

fn unused(step: &Step) {
    assert_eq!(step.title, "The error everyone meets");
    assert_eq!(step.place.to_string(), "01-x/01-y.md:3:1");
    assert_eq!(step.files[0].path.as_str(), "main.go");
    assert!(step.files[0].text.starts_with("package main\n"));
    assert_eq!(step.files[0].place.to_string(), "01-x/01-y.md:8:1");
    assert_eq!(step.solution.files.len(), 1);
    let Fact::Runs(run) = &step.check[0].fact else { panic!("{:?}", step.check) };
    assert_eq!(run.prints, Some(Prints::Contains(Pattern::Text("Hello, Ada".to_owned()))));
    assert_eq!(step.hints.len(), 2);
    assert_eq!(step.hints[0].when.as_deref(), Some("declared and not used"));
    assert_eq!(step.hints[1].when, None);
    let kinds: Vec<&BlockKind> = step.blocks.iter().map(|block| &block.kind).collect();
    let [BlockKind::Paragraph(_), BlockKind::Code(code), BlockKind::Paragraph(_), BlockKind::Check(range)] = kinds[..]
    else {
        panic!("{kinds:?}")
    };
    assert_eq!(code.fails.as_deref(), Some("declared and not used: name"));
    assert_eq!(code.file.as_ref().map(ToString::to_string).as_deref(), Some("main.go"));
    assert_eq!(*range, 0..1);
}

fn quiz(step: &Step) {
    let quiz = &step.quizzes[0];
    assert!(quiz.is_single());
    assert_eq!(quiz.options.iter().map(|option| option.right).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(plain_text(&quiz.options[0].text), "x = 4");
    assert_eq!(quiz.options.iter().map(|option| option.feedback.len()).collect::<Vec<_>>(), [1, 0, 1]);
    let BlockKind::Paragraph(feedback) = &quiz.options[2].feedback[0].kind else { panic!("no paragraph") };
    assert_eq!(plain_text(feedback), "This compares.");
    assert_eq!(step.blocks[0].kind, BlockKind::Quiz(0));
}
