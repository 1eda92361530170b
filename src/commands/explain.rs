//! `haveago explain`: what a message of Go means, piped in, given as words, or asked for by name.

use std::io::{self, ErrorKind, IsTerminal, Read, Write};

use anyhow::{Result, bail};

use super::{Outcome, Usage, print};
use crate::base::nearest::nearest;
use crate::base::prose;
use crate::go::explain::{self, Explanation};

/// Bytes of the beginning and of the end of an output that are looked at.
const KEPT: usize = 64 * 1024;
/// Columns of the explanation.
const MEASURE: usize = 80;

const NONE: &str = "haveago knows no explanation for this.";

/// Explains the words, or what is piped in.
pub fn run(words: &[String]) -> Result<Outcome> {
    match words {
        [] if io::stdin().is_terminal() => bail!(Usage(
            "pipe a message into it, as in `go build 2>&1 | haveago explain`, or write it behind it in quotes"
                .to_owned()
        )),
        [] => piped()?,
        [id] if !explain::by_id(id).is_empty() => print(&about(id))?,
        words => print(&answer(&words.join(" ")))?,
    }
    Ok(Outcome::Done)
}

/// Hands on what comes in, unchanged and at once, and explains it at its end.
fn piped() -> io::Result<()> {
    let mut out = io::stdout();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut buffer = [0; 16 * 1024];
    let mut last = b'\n';
    loop {
        let count = match io::stdin().read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = &buffer[..count];
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            written => written?,
        }
        last = *bytes.last().unwrap_or(&last);
        let room = bytes.len().min(KEPT.saturating_sub(head.len()));
        head.extend_from_slice(&bytes[..room]);
        tail.extend_from_slice(&bytes[room..]);
        if tail.len() > 2 * KEPT {
            tail.drain(..tail.len() - KEPT);
        }
    }
    let gap = if last == b'\n' { "" } else { "\n" };
    let text = format!("{}\n{}", String::from_utf8_lossy(&head), String::from_utf8_lossy(&tail));
    print(&format!("{gap}\n{}", told(explain::explain("", 1, &text))))
}

fn answer(text: &str) -> String {
    let found = explain::explain("", 1, text);
    if found.is_none()
        && !text.contains(' ')
        && let Some(near) = nearest(text, explain::ids())
    {
        return format!("There is no explanation called `{text}`; did you mean `{near}`?\n");
    }
    told(found)
}

/// The explanation, its name, and the lesson.
fn told(found: Option<Explanation>) -> String {
    let Some(why) = found else { return format!("{NONE}\n") };
    let more = why.lesson.map(|lesson| more_in(&lesson)).unwrap_or_default();
    format!("{}{more}", paragraph(&format!("Why ({}): {}", why.id, why.text)))
}

/// All that is said under this name.
fn about(id: &str) -> String {
    let texts = explain::by_id(id);
    let more = explain::lesson_of(id).map(|lesson| more_in(&lesson)).unwrap_or_default();
    let cases = if texts.len() > 1 {
        prose::count(texts.len(), "case", "cases") + ", by what the message says:\n"
    } else {
        String::new()
    };
    let texts: Vec<String> = texts.iter().map(|text| paragraph(text)).collect();
    format!("{cases}{}{more}", texts.join("\n"))
}

fn more_in(lesson: &str) -> String {
    let id = lesson.rsplit_once('/').map_or(lesson, |(_, id)| id);
    format!("More: haveago {id}\n")
}

fn paragraph(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            word.clone_into(line);
        } else if line.chars().count() + 1 + word.chars().count() > MEASURE {
            lines.push(word.to_owned());
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}
