//! Small courses for the tests.

use std::collections::BTreeMap;

use crate::course::{Course, Lesson, Loaded, Problem, Step, load};

pub const MANIFEST: &str = "format = 1\nid = \"c\"\ntitle = \"C\"\nversion = \"1.0.0\"\ngo = \"1.24\"\n\
                            licence = \"CC-BY-4.0\"\nchapters = [\"01-x\"]\n";

/// Files of a course with these beside course.toml and the chapter's page.
pub fn files(others: &[(&str, &str)]) -> BTreeMap<String, String> {
    let base = [("course.toml", MANIFEST), ("01-x/README.md", "# X\n\nWhat it gives.\n")];
    base.iter().chain(others).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// A course with one lesson, `01-x/01-y.md`.
pub fn one(lesson: &str) -> Loaded {
    load(&files(&[("01-x/01-y.md", lesson)]))
}

/// The same with one step `## S {#s}`, whose text begins in line 5.
pub fn one_step(text: &str) -> Loaded {
    one(&format!("# T\n\n## S {{#s}}\n\n{text}"))
}

pub fn course(loaded: Loaded) -> Course {
    assert_eq!(shown(&loaded.problems), Vec::<String>::new());
    loaded.course.expect("a course")
}

pub fn lesson(loaded: Loaded) -> Lesson {
    course(loaded).chapters.remove(0).lessons.remove(0)
}

pub fn step(text: &str) -> Step {
    lesson(one_step(text)).steps.remove(0)
}

pub fn shown(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// Asserts that these are the problems of the lesson, each as `line:column: fault; mend`.
#[track_caller]
pub fn assert_problems(loaded: &Loaded, expected: &[&str]) {
    let seen: Vec<String> =
        shown(&loaded.problems).iter().map(|text| text.trim_start_matches("01-x/01-y.md:").to_owned()).collect();
    assert_eq!(seen, expected);
}
