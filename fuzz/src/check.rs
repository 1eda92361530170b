//! The check language: a line is a condition with a sentence for people, or a problem at a place in the line.

use haveago::base::Place;
use haveago::base::obeyed::readable;
use haveago::course::condition::{Condition, Fact, parse};

use super::support::{assert_line, assert_readable, in_time};

/// Each line of the text is one of a check.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // The loader hands the parser nothing that a terminal obeys.
    for line in readable(&text).lines() {
        match in_time("reading a check line", || parse(line, here())) {
            Ok(condition) => is_told(line, &condition),
            Err(problem) => {
                let columns = 3..=line.chars().count() as u32 + 3;
                assert_eq!((&*problem.place.file, problem.place.line), ("l.md", 7), "{problem}");
                assert!(columns.contains(&problem.place.column), "{problem} in {line:?}");
                for words in [&problem.fault, &problem.mend] {
                    assert!(!words.trim().is_empty() && !words.ends_with('.'), "{problem}");
                    assert_readable(words);
                }
            }
        }
    }
}

fn here() -> Place {
    Place::new("l.md", 7, 3)
}

fn is_told(line: &str, condition: &Condition) {
    let sentence = condition.sentence();
    assert!(!sentence.trim().is_empty(), "nothing is said of {line:?}");
    assert_line(&sentence);
    assert_eq!(condition.source, line.trim());
    if let Some(lines) = condition.lines() {
        assert!(lines.contains('\n'), "{lines:?} is one line");
    }
    let again = parse(&condition.source, here()).unwrap_or_else(|problem| panic!("{:?}: {problem}", condition.source));
    assert_eq!((again.now, &again.fact), (condition.now, &condition.fact));
    if let Fact::Ran(ran) = &condition.fact {
        // What the learner is told to type is the command that is wanted.
        let typed = ran.line();
        let told = format!("ran {}", quoted(&typed));
        match parse(&told, here()).map(|condition| condition.fact) {
            Ok(Fact::Ran(read)) => assert_eq!(read.words, ran.words, "{typed}"),
            other => panic!("{told}: {other:?}"),
        }
    }
}

/// A text as a check line has it.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r"))
}
