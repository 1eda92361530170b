//! Laying out the longest lesson of the course.

use std::time::Instant;

use haveago::course;
use haveago::learner::Session;
use haveago::page::theme::{Depth, FANCY, ThemeName};
use haveago::page::{PageView, Theme, reflow};
use haveago::store::CourseSource;

use crate::sample::{Sample, ms};
use crate::table::{Bound, Figure};

pub fn figures() -> Vec<Figure> {
    let files = CourseSource::Embedded.read().expect("the course is there");
    let began = Instant::now();
    let course = course::load(&files).course.expect("the course loads");
    let loaded = began.elapsed();
    let theme = Theme::new(ThemeName::Dark, Depth::True, FANCY);
    let session = Session::default();
    let mut worst = Sample::default();
    // As the program does, when the lesson before is opened.
    course.lessons().for_each(|(_, _, lesson)| haveago::page::code::prepare(lesson));
    for (_, _, lesson) in course.lessons() {
        let mut longest = std::time::Duration::ZERO;
        for (index, step) in lesson.steps.iter().enumerate() {
            let view = PageView { lesson, step, with_intro: index == 0, session: &session, own: &[], answer_draft: "" };
            let began = Instant::now();
            std::hint::black_box(reflow(&view, 76, &theme));
            longest = longest.max(began.elapsed());
        }
        worst.push(longest);
    }
    vec![Figure {
        what: "reflow of a step, worst of the course".to_owned(),
        ours: format!("{} (median of lessons {})", ms(worst.quantile(1.0)), ms(worst.median())),
        peer: format!("the whole course parsed in {}", ms(loaded)),
        value: worst.quantile(1.0).as_secs_f64() * 1000.0,
        bound: Bound::AtMost(16.0),
        unit: "ms",
    }]
}
