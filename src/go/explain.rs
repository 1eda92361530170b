//! What a failed command means, for someone who meets its message for the first time, and how to go on.

mod command;
mod output;
mod rules;
#[cfg(test)]
mod tests;

use crate::base::obeyed::readable;
use output::Output;

/// An explanation of what went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Which one: `unused-var`. The same mistake made again has the same name.
    pub id: String,
    /// At most two sentences, with backticks around code.
    pub text: String,
    /// There are further errors, and the text says to mend this one first.
    pub more: bool,
    /// The lesson of "Go Fundamentals" that teaches it, as `chapter/lesson`.
    pub lesson: Option<String>,
}

/// Explains the first error of a command.
///
/// `line` is what was typed (empty where that is not known: all is looked at then), `exit` the exit status and
/// `output` what was printed, standard output and errors together, colours and all. `None` when nothing failed, when
/// the learner stopped it, or when there is nothing to say that the message does not say itself.
#[must_use]
pub fn explain(line: &str, exit: i32, output: &str) -> Option<Explanation> {
    explain_among(line, exit, output, &[])
}

/// The same, where the names of the files are known among which the command was run.
#[must_use]
pub fn explain_among(line: &str, exit: i32, output: &str, names: &[&str]) -> Option<Explanation> {
    if exit == INTERRUPTED || exit == 0 && !hides_failure(line) {
        return None;
    }
    let output = Output::read(output);
    let found = match exit {
        // Something later in the line succeeded; only what is surely a message of the compiler counts then.
        0 => rules::find(line, &output, rules::Reach::Placed),
        _ => command::find(line, &output, names).or_else(|| rules::find(line, &output, rules::Reach::All)),
    }?;
    let more = output.has_further(found.at);
    // What stands in it of the output or of what was typed is printed with it.
    let text = with_articles(&readable(&found.text));
    let text = if more { first_of_many(&text) } else { text };
    let lesson = rules::lesson_of(&found.id);
    Some(Explanation { id: found.id, text, more, lesson })
}

/// What is said about the explanation of this name, each wording once, with `…` for what the message would tell.
#[must_use]
pub fn by_id(id: &str) -> Vec<String> {
    rules::wordings(id)
}

/// The names of all explanations.
#[must_use]
pub fn ids() -> Vec<&'static str> {
    rules::ids()
}

/// The lesson that teaches what the explanation of this name is about.
#[must_use]
pub fn lesson_of(id: &str) -> Option<String> {
    rules::lesson_of(id)
}

/// The text with "an `int8`" where a name that was put in begins so.
fn with_articles(text: &str) -> String {
    ["a", "e", "i", "o"].iter().fold(text.to_owned(), |text, sound| {
        let text = text.replace(&format!(" a `{sound}"), &format!(" an `{sound}"));
        text.replace(&format!("A `{sound}"), &format!("An `{sound}"))
    })
}

/// `main.go:8`: the first line in the trace of a panic that is not Go's own and in a file that `is_own`.
#[must_use]
pub fn own_frame(output: &str, is_own: impl Fn(&str) -> bool) -> Option<String> {
    Output::read(output).own_frame_in(is_own)
}

/// Exit status of what was stopped with Ctrl-C.
const INTERRUPTED: i32 = 130;

/// What was found out about one line of the output.
#[derive(Clone, Debug)]
struct Found {
    id: String,
    text: String,
    /// Index of the output's line; `None` where the command itself tells enough.
    at: Option<usize>,
}

/// Whether the line's exit status may be that of another command than the one that failed.
fn hides_failure(line: &str) -> bool {
    line.contains([';', '|', '\n'])
}

fn first_of_many(text: &str) -> String {
    let starts_with_name = ["Go ", "Go'", "JSON "].iter().any(|name| text.starts_with(name));
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !starts_with_name => {
            format!("Fix this one first: {}{}", first.to_lowercase(), letters.as_str())
        }
        Some(_) | None => format!("Fix this one first: {text}"),
    }
}
