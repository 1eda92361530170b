//! Whatever is written in a lesson, loading it does not panic, and every problem has a place inside the file.

use proptest::prelude::*;

use super::example::LESSON;
use super::support::one;
use crate::course::report;

/// Pieces that mean something to the parser, to be thrown into a lesson.
const PIECES: &[&str] = &[
    "```",
    "~~~",
    "\n",
    "> ",
    "> [!TIP]\n",
    "- [ ] ",
    "- [x] ",
    "## ",
    "# ",
    "<!-- ",
    " -->",
    "<!-- when: ",
    "\t",
    "é",
    "\u{301}",
    "世",
    "\r\n",
    "\"",
    "\\",
    "/",
    "|",
    "[a](",
    ")",
    "[^1]",
    "**",
    "{#",
    "}",
    "file=",
    "src=",
    "$ ",
    "\0",
    "```go predict\n",
    "```output\n",
    "```check\n",
    "    ",
    "<div>",
    "&amp;",
    "`",
    "---\n",
    "\u{feff}",
    "1. ",
    "---|---\n",
];

fn mutation() -> impl Strategy<Value = (prop::sample::Index, usize, prop::sample::Index)> {
    (any::<prop::sample::Index>(), 0..20usize, any::<prop::sample::Index>())
}

/// Cuts `length` characters at a place and puts a piece there.
fn mutate(text: &str, mutations: &[(prop::sample::Index, usize, prop::sample::Index)]) -> String {
    mutations.iter().fold(text.to_owned(), |text, (at, length, piece)| {
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len() + 1);
        let rest = (at + length).min(chars.len());
        let piece = PIECES[piece.index(PIECES.len())];
        chars[..at].iter().chain(piece.chars().collect::<Vec<_>>().iter()).chain(&chars[rest..]).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn loading_never_panics(mutations in prop::collection::vec(mutation(), 1..24)) {
        let text = mutate(LESSON, &mutations);
        let loaded = one(&text);
        prop_assert!(loaded.course.is_some());
        let lines = text.lines().count() as u32;
        for problem in loaded.problems.iter().filter(|problem| problem.place.file.ends_with("01-y.md")) {
            prop_assert!(problem.place.line <= lines + 1, "{problem}");
            prop_assert!(report::render(problem, Some(&text)).contains(&problem.place.to_string()), "{problem}");
        }
    }

    #[test]
    fn any_text_at_all_is_read(text in "\\PC{0,200}", line in "[a-z \"/\\\\=:.é]{0,40}") {
        one(&text);
        one(&format!("# T\n\n## S\n\n```check\n{line}\n```\n\n```go {line}\n```\n"));
    }

    #[test]
    fn an_order_is_never_shown_solved(lines in prop::collection::vec("[ab]", 0..6)) {
        let lines: Vec<String> = lines;
        match crate::course::order::shuffle(&lines) {
            None => prop_assert!(lines.windows(2).all(|pair| pair[0] == pair[1])),
            Some(order) => {
                let mut sorted = order.clone();
                sorted.sort_unstable();
                prop_assert_eq!(sorted, (0..lines.len()).collect::<Vec<_>>());
                prop_assert!(order.iter().zip(&lines).any(|(index, line)| &lines[*index] != line));
            }
        }
    }
}
