//! Questions from earlier lessons: offered to who comes back, asked above the panes, left at any time.

use haveago::learner::{Event, Question};
use haveago::tui::msg::Msg;
use haveago::tui::state::Overlay;

use crate::tutor_stage::Stage;

const LESSON: &str = "# One\n\n## Pick {#pick}\n\nWhich?\n\n- [ ] Left\n  - That is the other one.\n- [x] Right\n\n\
                      ## All {#all}\n\n```console\n$ go version\n```\n\nPick all.\n\n- [x] a\n- [ ] b\n- [x] c\n\n\
                      ## Guess {#guess}\n\n```go predict\npackage main\n\nimport \"fmt\"\n\nfunc main() {\n\
                      \tfmt.Println(\"hi\")\n}\n```\n\n```output\nhi\n```\n\n## The end {#end}\n\nFarewell.\n";

/// The sentence that offers them.
const OFFER: &str = "Two questions from earlier lessons are waiting, if you like: Ctrl-P, Review.";

/// A learner who has passed the three steps that ask, the prediction wrong.
fn learned() -> Stage {
    let stage = Stage::with(&[("01-first/01-one.md", LESSON)]);
    let stage = stage.keys("Right Right Enter Right Enter F8");
    let stage = stage.keys("Right Right Enter Right Right Enter Right Enter F8");
    let stage = stage.types("ho").keys("Right Enter F8");
    assert_eq!((stage.step(), stage.state.score()), ("end", (3, 4)));
    stage
}

fn asked(stage: Stage) -> Stage {
    stage.keys("Ctrl-P").types("review").keys("Enter")
}

fn reviewed(stage: &Stage) -> Vec<(&str, Question, bool)> {
    let reviewed = stage.saved().into_iter().filter_map(|event| match event {
        Event::Reviewed { step, question, right } => Some((step.0.rsplit('/').next()?, *question, *right)),
        _ => None,
    });
    reviewed.collect()
}

#[test]
fn they_are_offered_when_one_comes_back_after_days_and_not_forced() {
    let mut stage = learned().comes_back_after(1);
    assert!(!stage.shows("waiting"), "{}", stage.screen());
    let mut stage = stage.comes_back_after(7);
    assert!(stage.status().contains(OFFER), "{}", stage.status());
    assert!(stage.state.overlay.is_none() && stage.step() == "end", "one is where one was");
    let mut stage = stage.keys("Down");
    assert!(!stage.shows("waiting"), "and goes on");
}

#[test]
fn who_does_not_want_them_is_not_offered_any_and_may_still_ask() {
    let stage = learned().keys("Ctrl-P").types("settings").keys("Enter End Right Enter");
    assert!(!stage.state.settings.review);
    let mut stage = stage.comes_back_after(8);
    assert!(!stage.shows("waiting"), "{}", stage.screen());
    assert!(asked(stage).shows("Review 1 of 2"));
}

#[test]
fn where_none_is_due_it_is_said_when_the_next_one_is() {
    let mut stage = asked(learned().comes_back_after(0));
    assert_eq!(stage.status(), "▸ No question is due. The next one comes in 2 days.");
    let mut stage = asked(Stage::with(&[("01-first/01-one.md", LESSON)]));
    assert!(stage.shows("There is nothing to review yet"), "{}", stage.screen());
}

#[test]
fn two_are_asked_what_was_wrong_first_and_the_first_answer_counts() {
    let mut stage = asked(learned().comes_back_after(8));
    assert!(stage.shows("Review 1 of 2 ─ 1.1 One") && stage.shows("Guess"), "{}", stage.screen());
    let mut stage = stage.types("hi").keys("Down Enter");
    assert!(stage.shows("✓ Right") && !stage.shows("✓ Done"), "{}", stage.screen());
    let mut stage = stage.keys("Enter");
    assert!(stage.shows("Review 2 of 2") && stage.shows("Which?"), "{}", stage.screen());
    let mut stage = stage.types("1").keys("Enter");
    assert!(stage.shows("That is the other one.") && stage.shows("Not yet"), "{}", stage.screen());
    let stage = stage.types("2").keys("Enter");
    assert_eq!(reviewed(&stage), [("guess", Question::Prediction(0), true), ("pick", Question::Quiz(0), false)]);
    let mut stage = stage.keys("Enter");
    assert!(stage.state.overlay.is_none());
    let told = "▸ 1 of 2 right at once. 1 more is due; Ctrl-P, Review asks the next ones.";
    assert_eq!(stage.status(), told);
    assert_eq!((stage.step(), stage.state.score()), ("end", (3, 4)), "nothing is passed or lost by it");
    let mut stage = asked(stage);
    assert!(stage.shows("Review 1 of 1") && stage.shows("Pick all."), "{}", stage.screen());
    let mut stage = stage.types("13").keys("Enter Enter");
    assert_eq!(stage.status(), "✓ Right at once. The next question comes in 2 days.");
}

#[test]
fn arrows_and_the_mouse_answer_too_and_nothing_else_of_the_page_is_used() {
    let stage = asked(learned().comes_back_after(8)).keys("F8");
    let mut stage = stage.keys("Down Enter");
    assert!(stage.shows("(•) Right"), "{}", stage.screen());
    let mut stage = stage.keys("Enter");
    assert!(stage.shows("✓ Right"), "{}", stage.screen());
    let stage = asked(learned().comes_back_after(8)).keys("F8").clicks_on("Right").clicks_on("Check answer");
    assert_eq!(reviewed(&stage), [("pick", Question::Quiz(0), true)]);
    let stage = asked(asked(stage.keys("Esc")).keys("F8").types("x")).clicks_on("go version");
    assert!(stage.started().is_empty() && stage.state.terminal.line_is_empty());
}

#[test]
fn esc_leaves_at_any_time_and_keeps_what_was_answered() {
    let mut stage = asked(learned().comes_back_after(8)).keys("Esc");
    assert!(stage.state.overlay.is_none() && reviewed(&stage).is_empty());
    assert!(!stage.shows("at once"), "nothing was answered: {}", stage.status());
    let mut stage = asked(stage).hears(Msg::Paste("hi".to_owned())).keys("Down Enter Esc");
    assert_eq!(stage.status(), "✓ Right at once. 2 more are due; Ctrl-P, Review asks the next ones.");
    let mut stage = asked(stage).keys("Down Down Enter");
    assert!(matches!(stage.state.overlay, Some(Overlay::Review(_))));
    assert!(stage.status().contains("pick one, or type it, first"), "{}", stage.status());
}

#[test]
fn a_program_that_stays_open_for_days_knows_what_day_it_is() {
    let stage = learned().waits_until(8 * 24 * 60 * 60 * 1000);
    let mut stage = asked(stage).types("hi").keys("Down Enter Enter Esc");
    assert_eq!(stage.status(), "✓ Right at once. 2 more are due; Ctrl-P, Review asks the next ones.");
    let mut stage = asked(stage).keys("F8 F8");
    assert!(stage.state.overlay.is_none(), "{}", stage.screen());
}
