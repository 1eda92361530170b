//! From a letter typed into the search of the course's text to its frame, in a course of 10,000 lessons.

use std::time::Instant;

use crossterm::event::KeyCode;
use haveago::course;
use haveago::store::CourseSource;

use crate::ground;
use crate::sample::{Sample, ms};
use crate::stage::Stage;
use crate::table::{Bound, Figure};

/// A frame at 60 a second, in milliseconds.
const FRAME: f64 = 16.0;
const TIMES: usize = 40;

pub fn figures() -> Vec<Figure> {
    let folder =
        ground::courses("10000", 100, 100, &"A sentence of a lesson, as long as those of lessons are.\n\n".repeat(12));
    let files = CourseSource::Folder(folder).read().expect("the course is there");
    let mut stage = Stage::of(course::load(&files).course.expect("the course loads"));
    let opened = Instant::now();
    stage.types('/');
    let opened = opened.elapsed();
    let mut sample = Sample::default();
    for _ in 0..TIMES {
        for words in ["lesson 42", "those of zebras", "sentence long"] {
            for letter in words.chars() {
                let pressed = Instant::now();
                stage.types(letter);
                sample.push(pressed.elapsed());
            }
            words.chars().for_each(|_| stage.presses(KeyCode::Backspace));
        }
    }
    vec![Figure {
        what: "search as one types, 10,000 lessons".to_owned(),
        ours: format!("p50 {}, p99 {} (opened in {})", ms(sample.median()), ms(sample.quantile(0.99)), ms(opened)),
        peer: "one frame".to_owned(),
        value: sample.quantile(0.99).as_secs_f64() * 1000.0,
        bound: Bound::AtMost(FRAME),
        unit: "ms",
    }]
}
