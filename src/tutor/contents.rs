//! The list of chapters and lessons, with what is done of them.

use std::fmt::Write as _;

use crate::base::prose;
use crate::course::model::LessonIndex;
use crate::course::{Course, Lesson};
use crate::learner::Progress;
use crate::tutor::lookup;

/// The list as text: one line a lesson, its mark first.
#[must_use]
pub fn text(course: &Course, progress: &Progress, os: &str) -> String {
    let mut text = format!("{}\n", course.title);
    for (c, chapter) in course.chapters.iter().enumerate() {
        let _ = write!(text, "\n{} {}\n", c + 1, chapter.title);
        for (l, lesson) in chapter.lessons.iter().enumerate() {
            let at = LessonIndex { chapter: c, lesson: l };
            let _ = writeln!(text, "  {}", line(course, at, lesson, progress, os));
        }
    }
    text
}

/// `[-] 1.3 Start a project, 12 min, 2 of 5 steps done`
fn line(course: &Course, at: LessonIndex, lesson: &Lesson, progress: &Progress, os: &str) -> String {
    let tally = progress.in_lesson(lesson, os);
    let mark = match tally.passed {
        0 => "[ ]",
        _ if tally.is_done() => "[x]",
        _ => "[-]",
    };
    let mut line = format!("{mark} {}", lookup::title(course, at));
    if let Some(minutes) = lesson.minutes {
        let _ = write!(line, ", {minutes} min");
    }
    if lesson.steps_on(os).next().is_none() && !lesson.steps.is_empty() {
        line.push_str(", not for this system");
    } else if tally.is_done() && tally.total > 0 {
        line.push_str(", done");
    } else if tally.passed > 0 {
        let _ = write!(line, ", {} of {} done", tally.passed, prose::count(tally.total, "step", "steps"));
    }
    line
}
