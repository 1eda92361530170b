//! The spacing of questions that come again, and what is asked of one that does.

use std::collections::BTreeMap;

use super::{Again, Asking, DAY, Review};
use crate::course::{self, Course};
use crate::learner::event::{Event, Question, Record};
use crate::learner::progress::Progress;

const MANIFEST: &str = "format = 1\nid = \"c\"\ntitle = \"C\"\nversion = \"1.0.0\"\ngo = \"1.24\"\nlicence = \"CC0\"\n\
                        chapters = [\"01-x\"]\n";

/// The time at which everything is passed in these stories: any day will do.
const THEN: u64 = 1_000 * DAY;

/// A course of one lesson with this text.
fn course(lesson: &str) -> Course {
    let files = [
        ("course.toml", MANIFEST.to_owned()),
        ("01-x/README.md", "# X\n\nX.\n".to_owned()),
        ("01-x/01-y.md", format!("# Y\n\n{lesson}")),
    ];
    let files: BTreeMap<String, String> = files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    course::load(&files).course.unwrap()
}

/// A step of this id that asks a question.
fn quiz(id: &str) -> String {
    format!("## Step {id} {{#{id}}}\n\nWhich?\n\n- [ ] no\n- [x] yes\n\n")
}

fn abc() -> Course {
    course(&["a", "b", "c"].map(quiz).concat())
}

fn id(name: &str) -> course::StepId {
    course::StepId(format!("c/x/y/{name}"))
}

struct Story {
    course: Course,
    progress: Progress,
}

impl Story {
    fn of(course: Course) -> Self {
        Self { course, progress: Progress::default() }
    }

    fn hears(mut self, at: u64, event: Event) -> Self {
        self.progress.apply(&Record { at, event });
        self
    }

    fn passes(self, at: u64, name: &str) -> Self {
        self.hears(at, Event::Passed { step: id(name), helped: false })
    }

    /// The question of a lesson is answered.
    fn answers(self, name: &str, right: bool) -> Self {
        self.hears(THEN, Event::QuizAnswered { step: id(name), quiz: 0, picked: vec![0], right })
    }

    fn reviews(self, at: u64, name: &str, right: bool) -> Self {
        self.hears(at, Event::Reviewed { step: id(name), question: Question::Quiz(0), right })
    }

    fn review(&self, now: u64) -> Review<'_> {
        Review::of(&self.course, &self.progress, "linux", now)
    }

    /// The steps whose questions are due, in order.
    fn due(&self, now: u64) -> Vec<&str> {
        let name = |again: &Again<'_>| self.progress.steps.keys().find(|step| **step == again.step.id);
        let steps = self.review(now).due.into_iter().filter_map(|again| name(&again));
        steps.filter_map(|step| step.0.rsplit('/').next()).collect()
    }

    /// Days (rounded up) from `now` until something is due.
    fn next(&self, now: u64) -> Option<u64> {
        self.review(now).next.map(|left| left.div_ceil(DAY))
    }
}

#[test]
fn nothing_comes_again_that_was_not_passed_and_what_was_comes_after_two_days() {
    let story = Story::of(abc()).answers("a", true).passes(THEN, "b");
    assert_eq!(story.due(THEN), Vec::<&str>::new());
    assert_eq!(story.next(THEN), Some(2));
    assert_eq!(story.due(THEN + DAY), Vec::<&str>::new());
    assert_eq!(story.due(THEN + 2 * DAY), ["b"]);
    assert_eq!(Story::of(abc()).review(THEN), Review::default());
}

#[test]
fn who_learned_in_the_evening_is_asked_in_the_morning() {
    let story = Story::of(abc()).passes(THEN + DAY / 8 * 7, "a");
    assert_eq!(story.due(THEN + 2 * DAY + DAY / 2), ["a"]);
}

#[test]
fn right_answers_space_it_out_and_a_wrong_one_starts_again() {
    let mut story = Story::of(abc()).passes(THEN, "a");
    let mut now = THEN;
    for days in [2, 7, 21, 60, 180, 180, 180] {
        assert_eq!(story.next(now), Some(days), "after {} days", (now - THEN) / DAY);
        assert_eq!(story.due(now + (days - 1) * DAY), Vec::<&str>::new());
        now += days * DAY;
        assert_eq!(story.due(now), ["a"]);
        story = story.reviews(now, "a", true);
    }
    let story = story.reviews(now, "a", false);
    assert_eq!(story.next(now), Some(2));
    let story = story.reviews(now + 2 * DAY, "a", true);
    assert_eq!(story.next(now + 2 * DAY), Some(7));
}

#[test]
fn what_was_wrong_comes_first_then_what_has_waited_longest_for_its_time_then_the_courses_order() {
    let all = |story: Story, now| ["a", "b", "c"].iter().fold(story, |story, name| story.passes(now, name));
    assert_eq!(all(Story::of(abc()), THEN).due(THEN + 3 * DAY), ["a", "b", "c"]);
    let story = Story::of(abc()).answers("c", false).answers("c", true);
    let story = all(story, THEN);
    assert_eq!(story.due(THEN + 3 * DAY), ["c", "a", "b"], "wrong at first");
    let story = story.reviews(THEN + 3 * DAY, "c", true).reviews(THEN + 3 * DAY, "b", false);
    assert_eq!(
        story.due(THEN + 12 * DAY),
        ["b", "a", "c"],
        "wrong the last time, and six days for two before nine for seven"
    );
}

#[test]
fn a_prediction_comes_again_too_and_what_is_for_another_system_does_not() {
    let guess =
        "## Guess {#p}\n\n```go predict\npackage main\n\nfunc main() { println(1) }\n```\n\n```output\n1\n```\n\n";
    let other = "## Other {#o}\n\n<!-- os: windows -->\n\nWhich?\n\n- [ ] no\n- [x] yes\n\n";
    let story = Story::of(course(&format!("{guess}{other}"))).passes(THEN, "p").passes(THEN, "o");
    let review = story.review(THEN + 9 * DAY);
    let asked: Vec<Question> = review.due.iter().map(|again| again.question).collect();
    assert_eq!(asked, [Question::Prediction(0)]);
}

#[test]
fn a_clock_that_went_wrong_loses_no_question() {
    let story = Story::of(abc()).passes(THEN + 9_000 * DAY, "a").passes(0, "b");
    assert_eq!(story.due(THEN), ["a", "b"]);
    assert_eq!(story.due(0), Vec::<&str>::new(), "a clock that has just begun knows nothing");
    assert_eq!(story.due(u64::MAX), ["b", "a"], "and nothing overflows");
    let story = Story::of(abc()).passes(THEN + 60, "a");
    assert_eq!(story.due(THEN), Vec::<&str>::new(), "a minute ahead is no fault");
}

#[test]
fn the_first_answer_counts_and_any_number_of_tries_may_follow() {
    let story = Story::of(abc()).passes(THEN, "a");
    let review = story.review(THEN + 3 * DAY);
    let mut asking = Asking::begin(&review.due[0]);
    assert_eq!(asking.hand_in(), None, "nothing is picked");
    let pick = |asking: &mut Asking, option| {
        let step = asking.step.clone();
        asking.session.pick(&step, 0, option);
        asking.hand_in()
    };
    let told = Event::Reviewed { step: id("a"), question: Question::Quiz(0), right: false };
    assert_eq!(pick(&mut asking, 0), Some(vec![told]));
    assert!(!asking.is_done());
    assert_eq!(pick(&mut asking, 1), Some(Vec::new()));
    assert!(asking.is_done() && asking.first == Some(false));
}

#[test]
fn a_question_is_cut_out_with_what_it_needs_and_nothing_that_gives_it_away() {
    let text = "## Two traps {#t}\n\nHere is `shared`.[^told]\n\n### 1. First\n\nThe first?\n\n- [ ] one\n- [x] two\n\n\
                ### 2. Second\n\nThe second?\n\n- [x] three\n- [ ] four\n\nIt is three.[^gives]\n\n\
                [^told]: A note.\n\n[^gives]: Three.\n\n```check\nrun prints \"x\"\n```\n";
    let story = Story::of(course(text)).passes(THEN, "t");
    let review = story.review(THEN + 3 * DAY);
    let asked = Asking::begin(&review.due[1]);
    let text = format!("{:?}", asked.step.blocks);
    for (words, is_there) in [
        ("shared", true),
        ("A note.", true),
        ("The second?", true),
        ("The first?", false),
        ("It is three.", false),
        ("\"Three.\"", false),
    ] {
        assert_eq!(text.contains(words), is_there, "{words}: {text}");
    }
    assert_eq!((asked.step.quizzes.len(), asked.step.check.len()), (1, 0));
    assert_eq!(asked.step.quizzes[0], review.due[1].step.quizzes[1]);
}
