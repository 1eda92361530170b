//! `haveago progress`: where the learner is, what is done of each chapter, and what is next.

use std::fmt::Write as _;

use serde::Serialize;

use crate::base::prose;
use crate::course::model::LessonIndex;
use crate::course::{Course, Step};
use crate::learner::{Progress, Review, Tally};
use crate::tutor::lookup;

/// What `--json` prints. Other programs read it: fields are added, never renamed or removed.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    format: u32,
    course: CourseName<'a>,
    #[serde(flatten)]
    done: Done,
    /// The step the learner looked at last; null before the first.
    at: Option<Place<'a>>,
    /// The step to do next; null when all are done.
    next: Option<Place<'a>>,
    /// Questions of passed steps that `haveago review` asks again now.
    review_due: usize,
    chapters: Vec<ChapterDone<'a>>,
}

#[derive(Debug, Serialize)]
struct CourseName<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
}

/// Counts of steps.
#[derive(Clone, Copy, Debug, Serialize)]
struct Done {
    passed: usize,
    helped: usize,
    total: usize,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    /// `1.3`
    lesson: String,
    lesson_title: &'a str,
    step: &'a str,
    step_title: &'a str,
    /// Of the lesson's steps, from 1.
    step_number: usize,
    steps: usize,
}

#[derive(Debug, Serialize)]
struct ChapterDone<'a> {
    number: usize,
    id: &'a str,
    title: &'a str,
    #[serde(flatten)]
    done: Done,
    lessons: Vec<LessonDone<'a>>,
}

#[derive(Debug, Serialize)]
struct LessonDone<'a> {
    number: String,
    id: &'a str,
    title: &'a str,
    minutes: Option<u32>,
    #[serde(flatten)]
    done: Done,
}

impl From<Tally> for Done {
    fn from(tally: Tally) -> Self {
        Self { passed: tally.passed, helped: tally.helped, total: tally.total }
    }
}

impl<'a> Report<'a> {
    /// What is done on this system (a GOOS word) at `now`, in seconds since 1970.
    #[must_use]
    pub fn new(course: &'a Course, progress: &Progress, os: &'a str, now: u64) -> Self {
        let place = |(at, step): (LessonIndex, &'a Step)| {
            let lesson = course.lesson(at)?;
            let steps: Vec<&Step> = lesson.steps_on(os).collect();
            Some(Place {
                lesson: lookup::number_of(at),
                lesson_title: &lesson.title,
                step: &step.id.0,
                step_title: &step.title,
                step_number: steps.iter().position(|other| other.id == step.id)? + 1,
                steps: steps.len(),
            })
        };
        let at = progress.place.as_ref().and_then(|_| progress.resume(course, os));
        Self {
            format: 1,
            course: CourseName { id: &course.id, title: &course.title, version: &course.version },
            done: progress.in_course(course, os).into(),
            at: at.and_then(place),
            next: progress.next_step(course, os).and_then(place),
            review_due: Review::of(course, progress, os, now).due.len(),
            chapters: chapters(course, progress, os),
        }
    }

    #[must_use]
    pub fn json(&self) -> String {
        // Plain data with text keys: turning it into JSON cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}: {}.\n", self.course.title, sentence(self.done));
        if let Some(at) = &self.at {
            let _ = writeln!(text, "You are at {}.", at.words());
        }
        match &self.next {
            Some(next) if self.at.as_ref().is_some_and(|at| at.step == next.step) => {}
            Some(next) => {
                let _ = writeln!(text, "Next is {}.", next.words());
            }
            None => text.push_str("Every step is done.\n"),
        }
        if self.review_due > 0 {
            let due = prose::count(self.review_due, "question is", "questions are");
            let _ = writeln!(text, "{due} due again; `haveago review` asks two at a time.");
        }
        text.push('\n');
        for chapter in &self.chapters {
            let _ = writeln!(text, "{} {}: {}", chapter.number, chapter.title, sentence(chapter.done));
        }
        text
    }
}

impl Place<'_> {
    fn words(&self) -> String {
        let Self { lesson, lesson_title, step: _, step_title, step_number, steps } = self;
        format!("{lesson} {lesson_title}, step {step_number} of {steps}: {step_title}")
    }
}

fn chapters<'a>(course: &'a Course, progress: &Progress, os: &str) -> Vec<ChapterDone<'a>> {
    let lessons = |c: usize| {
        let numbered = course.chapters[c].lessons.iter().enumerate();
        numbered.map(move |(l, lesson)| LessonDone {
            number: lookup::number_of(LessonIndex { chapter: c, lesson: l }),
            id: &lesson.id,
            title: &lesson.title,
            minutes: lesson.minutes,
            done: progress.in_lesson(lesson, os).into(),
        })
    };
    let numbered = course.chapters.iter().enumerate();
    numbered
        .map(|(c, chapter)| ChapterDone {
            number: c + 1,
            id: &chapter.id,
            title: &chapter.title,
            done: progress.in_chapter(chapter, os).into(),
            lessons: lessons(c).collect(),
        })
        .collect()
}

/// `12 of 174 steps done, 1 of them with the solution shown`
fn sentence(done: Done) -> String {
    let mut text = format!("{} of {} done", done.passed, prose::count(done.total, "step", "steps"));
    if done.helped > 0 {
        let _ = write!(text, ", {} of them with the solution shown", done.helped);
    }
    text
}
