//! Code of each language comes out in the kinds a reader expects, and nothing makes the colourers fall.

use proptest::prelude::*;

use super::highlight;
use crate::go::colour::Token;

/// The text of the first span of that kind.
fn first(language: &str, text: &str, wanted: Token) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    highlight(language, text).iter().zip(lines).find_map(|(spans, line)| {
        spans.iter().find(|(_, token)| *token == wanted).map(|(range, _)| line[range.clone()].to_owned())
    })
}

#[test]
fn module_files_have_their_directives_versions_and_comments() {
    let text = "module example.com/hello // mine\n\ngo 1.24\n\nrequire (\n\tgolang.org/x/text v0.3.0\n)\n";
    let spans = highlight("gomod", text);
    assert_eq!(spans[0], vec![(0..6, Token::Keyword), (25..32, Token::Comment)]);
    assert_eq!(spans[2], vec![(0..2, Token::Keyword), (3..7, Token::Number)]);
    assert_eq!(spans[5], vec![(19..25, Token::Number)]);
    assert_eq!(first("mod", "module http://x", Token::Comment), None);
}

#[test]
fn other_languages_are_coloured_by_their_grammars() {
    assert_eq!(first("json", "{\"name\": \"Ada\", \"age\": 36}", Token::Type).as_deref(), Some("\"name\""));
    assert_eq!(first("json", "{\"age\": 36}", Token::Number).as_deref(), Some("36"));
    assert_eq!(first("bash", "if true; then # yes\nfi", Token::Keyword).as_deref(), Some("if"));
    assert_eq!(first("bash", "x=1 # yes", Token::Comment).as_deref(), Some("# yes"));
    assert_eq!(first("python", "def hello():\n    return 'x'", Token::Function).as_deref(), Some("hello"));
    assert_eq!(first("toml", "go = \"1.24\"", Token::String).as_deref(), Some("\"1.24\""));
    assert_eq!(first("javascript", "let x = 1", Token::Keyword).as_deref(), Some("let"));
}

#[test]
fn consoles_and_diffs_mark_their_lines() {
    assert_eq!(
        highlight("console", "$ go run .\nhello"),
        vec![vec![(0..2, Token::Comment)], vec![(0..5, Token::Comment)]]
    );
    assert_eq!(
        highlight("diff", "+a\n-b\n c"),
        vec![vec![(0..2, Token::String)], vec![(0..2, Token::Keyword)], vec![]]
    );
}

#[test]
fn a_language_that_is_not_known_is_plain() {
    assert_eq!(highlight("klingon", "a\nb"), vec![vec![], vec![]]);
    assert_eq!(highlight("", ""), Vec::<Vec<_>>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_text_makes_a_colourer_fall(
        language in prop::sample::select(vec!["go", "gomod", "json", "sh", "diff", "toml", "python", "console", "text"]),
        text in "[ -~\\n\\tä世{}\"'`$#/]{0,120}",
    ) {
        let spans = highlight(language, &text);
        let lines: Vec<&str> = text.lines().collect();
        prop_assert_eq!(spans.len(), lines.len());
        for (line, spans) in lines.iter().zip(spans) {
            let mut end = 0;
            for (range, _) in spans {
                prop_assert!(range.start >= end && line.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
