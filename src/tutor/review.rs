//! What is told of the questions that come again, in both faces.

use crate::base::prose;
use crate::learner::Review;
use crate::learner::review::AT_ONCE;

/// Seconds of a day.
const DAY: u64 = 24 * 60 * 60;

/// The beginning of the sentence that offers them, without its end and what to do; none when nothing is due.
#[must_use]
pub fn offer(review: &Review<'_>) -> Option<&'static str> {
    match review.due.len() {
        0 => None,
        1 => Some("A question from an earlier lesson is waiting, if you like"),
        _ => Some("Two questions from earlier lessons are waiting, if you like"),
    }
}

/// Why nothing is asked, when nothing is due.
#[must_use]
pub fn nothing_due(review: &Review<'_>) -> String {
    match review.next {
        Some(left) => format!("No question is due. The next one comes {}.", within(left)),
        None => "There is nothing to review yet: the questions of the steps that you pass come again, the first after \
                 two days."
            .to_owned(),
    }
}

/// What came of those that were asked (`right`: at the first answer), and what is left; `more` says how to go on.
#[must_use]
pub fn ended(right: usize, answered: usize, review: &Review<'_>, more: &str) -> String {
    let came = match (right, answered) {
        (_, 0) => String::new(),
        (1, 1) => "Right at once. ".to_owned(),
        (0, 1) => "That one comes again in two days. ".to_owned(),
        (right, answered) if right == answered => "Both right at once. ".to_owned(),
        (right, answered) => format!("{right} of {answered} right at once. "),
    };
    let left = match (review.due.len(), review.next) {
        (0, Some(left)) => format!("The next question comes {}.", within(left)),
        (0, None) => "No other question is due.".to_owned(),
        (due, _) if answered == 0 => format!("{} due; {more}.", prose::count(due, "question is", "questions are")),
        (due, _) => format!("{} due; {more}.", prose::count(due, "more is", "more are")),
    };
    came + &left
}

/// How many are asked at once of those that are due.
#[must_use]
pub fn at_once(review: &Review<'_>) -> usize {
    review.due.len().min(AT_ONCE)
}

/// `in 5 days`, counted as people do.
fn within(seconds: u64) -> String {
    match seconds.div_ceil(DAY) {
        0 | 1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, ended, nothing_due};
    use crate::learner::Review;

    #[test]
    fn what_is_left_is_told_in_days() {
        let next = |next| Review { due: Vec::new(), next };
        assert_eq!(nothing_due(&next(Some(60))), "No question is due. The next one comes tomorrow.");
        assert_eq!(nothing_due(&next(Some(4 * DAY + 1))), "No question is due. The next one comes in 5 days.");
        assert!(nothing_due(&next(None)).starts_with("There is nothing to review yet"));
        let told = |right, answered| ended(right, answered, &next(Some(2 * DAY)), "go on");
        assert_eq!(told(2, 2), "Both right at once. The next question comes in 2 days.");
        assert_eq!(told(1, 2), "1 of 2 right at once. The next question comes in 2 days.");
        assert_eq!(told(0, 0), "The next question comes in 2 days.");
    }
}
