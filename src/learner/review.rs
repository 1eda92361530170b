//! Which questions of passed steps come again, and when: later each time that they are answered right.

mod asking;
#[cfg(test)]
mod tests;

use super::event::Question;
use super::progress::{Progress, StepProgress};
use crate::course::model::LessonIndex;
use crate::course::{Course, Step};

pub use asking::Asking;

/// Questions that are asked at once.
pub const AT_ONCE: usize = 2;

/// Seconds of a day.
const DAY: u64 = 24 * 60 * 60;
/// Days after which a question comes again, by how often in a row it was answered right when it came again; after the
/// last of them it goes on coming at that distance.
const DAYS: [u64; 5] = [2, 7, 21, 60, 180];
/// Who learned in the evening is asked from the morning of the day on.
const EARLIER: u64 = DAY / 2;

/// A question that comes again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Again<'a> {
    pub lesson: LessonIndex,
    pub step: &'a Step,
    pub question: Question,
}

/// The questions that come again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review<'a> {
    /// Those that are due, the one that needs it most first.
    pub due: Vec<Again<'a>>,
    /// Seconds until the next of the others is due; none where there are no others.
    pub next: Option<u64>,
}

impl<'a> Review<'a> {
    /// What is due of the course's questions for this system (a GOOS word) at `now`, in seconds since 1970: first those
    /// that were answered wrong the last time, then those that are most overdue for the time they were to wait. Between
    /// equals the course's order holds.
    #[must_use]
    pub fn of(course: &'a Course, progress: &Progress, os: &'a str, now: u64) -> Self {
        let mut review = Self::default();
        let mut due: Vec<(Standing, Again<'a>)> = Vec::new();
        let steps = course.lessons().flat_map(|(at, _, lesson)| lesson.steps_on(os).map(move |step| (at, step)));
        for (lesson, step) in steps {
            let Some((passed_at, done)) = passed(progress, step) else { continue };
            for question in questions(step) {
                let standing = Standing::of(question, done, passed_at, now);
                match standing.wait.checked_sub(standing.waited).filter(|left| *left > 0) {
                    Some(left) => review.next = Some(review.next.map_or(left, |next| next.min(left))),
                    None => due.push((standing, Again { lesson, step, question })),
                }
            }
        }
        due.sort_by(|(one, _), (other, _)| one.urgency(other));
        review.due = due.into_iter().map(|(_, again)| again).collect();
        review
    }
}

/// When the step was passed, and what is known of it.
fn passed<'p>(progress: &'p Progress, step: &Step) -> Option<(u64, &'p StepProgress)> {
    let done = progress.steps.get(&step.id)?;
    Some((done.passed_at?, done))
}

fn questions(step: &Step) -> impl Iterator<Item = Question> {
    let quizzes = (0..step.quizzes.len()).map(Question::Quiz);
    quizzes.chain((0..step.predictions.len()).map(Question::Prediction))
}

/// How a question stands; times in seconds.
#[derive(Clone, Copy, Debug)]
struct Standing {
    was_wrong: bool,
    /// Since it was asked last.
    waited: u64,
    /// What it is to wait, more than nothing.
    wait: u64,
}

impl Standing {
    fn of(question: Question, done: &StepProgress, passed_at: u64, now: u64) -> Self {
        let reviewed = done.reviewed.get(&question);
        let in_a_row = reviewed.map_or(0, |reviewed| reviewed.right_in_a_row);
        let days = DAYS[(in_a_row as usize).min(DAYS.len() - 1)];
        Self {
            was_wrong: reviewed.map_or_else(|| done.missed.contains(&question), |_| in_a_row == 0),
            waited: since(reviewed.map_or(passed_at, |reviewed| reviewed.at), now),
            wait: days * DAY - EARLIER,
        }
    }

    /// Whether it comes before another.
    fn urgency(&self, other: &Self) -> std::cmp::Ordering {
        // What share of its time each has waited, without fractions.
        let share = |one: &Self, other: &Self| u128::from(one.waited) * u128::from(other.wait);
        other.was_wrong.cmp(&self.was_wrong).then_with(|| share(other, self).cmp(&share(self, other)))
    }
}

/// Seconds from `at` to `now`. A time that is more than a day ahead is of a clock that went wrong: it says nothing, and
/// counts as long ago, so that no question is lost by it.
fn since(at: u64, now: u64) -> u64 {
    if at > now.saturating_add(DAY) { now } else { now.saturating_sub(at) }
}
