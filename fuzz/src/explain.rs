//! The explainer: whatever a command printed, it says nothing or at most two sentences that can be shown.

use haveago::go::{diagnostic, explain, place};

use super::support::{assert_readable, in_time};

/// Longer than this is no sentence to read at a glance. The typed line may be a part of it.
const LONGEST: usize = 700;

/// The first line is what was typed, the second the exit status (and the names of files beside it), the rest the output.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (typed, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let (exit, output) = rest.split_once('\n').unwrap_or(("1", rest));
    let mut words = exit.split_whitespace();
    let exit = words.next().and_then(|exit| exit.parse().ok()).unwrap_or(1);
    let names: Vec<&str> = words.collect();
    let told = in_time("explaining", || explain::explain_among(typed, exit, output, &names));
    assert_eq!(told, explain::explain_among(typed, exit, output, &names));
    if let Some(told) = told {
        assert!(exit != 0 || typed.contains([';', '|']), "nothing failed: {told:?}");
        is_short(typed, &told.text);
        assert!(explain::ids().contains(&told.id.as_str()) || !told.id.is_empty(), "{told:?}");
        assert_eq!(told.lesson, explain::lesson_of(&told.id));
    }
    is_in_the_output(output);
}

fn is_short(typed: &str, text: &str) {
    assert_readable(text);
    assert!(!text.contains('\n'), "several lines: {text}");
    assert!(text.chars().count() <= LONGEST + 2 * typed.chars().count(), "{} letters: {text}", text.len());
    // In what is typed there may be backticks.
    if typed.contains('`') {
        return;
    }
    assert_eq!(text.matches('`').count() % 2, 0, "a backtick is open: {text}");
    let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join("x");
    // Versions have stops in them, too.
    let ends =
        prose.char_indices().filter(|(at, c)| matches!(c, '.' | '?') && !prose[at + 1..].starts_with(|c| c != ' '));
    let sentences = ends.count();
    assert!((1..=2).contains(&sentences), "{sentences} sentences: {text}");
    assert!(text.ends_with(['.', '?']), "{text}");
}

/// What else is read from outputs: places to click on, the compiler's messages, the line where it panicked.
fn is_in_the_output(output: &str) {
    for line in output.lines() {
        for found in place::places(line) {
            assert!(line.get(found.range.clone()).is_some_and(|text| !text.is_empty()), "{found:?} in {line:?}");
        }
    }
    for message in in_time("reading messages", || diagnostic::read(output)) {
        assert!(output.contains(&message.file) && !message.message.is_empty(), "{message:?}");
    }
    let own = in_time("finding the panic", || explain::own_frame(output, |_| true));
    assert!(own.is_none_or(|place| place.contains(':')));
}
