//! Judgements on the commands the learner ran: which words they had, how they ended, what they printed.

use super::difference;
use super::evidence::{CommandSeen, Evidence};
use super::tell::{exit_and_line, found, quote, telling_line, unmet, unmet_with};
use super::verdict::Judgement;
use crate::base::nearest::nearest;
use crate::course::condition::{Condition, Fact, Pattern, Ran};

/// Flags of the go command whose value is the next word.
const FLAGS_WITH_VALUE: &[&str] =
    &["-o", "-C", "-p", "-mod", "-tags", "-ldflags", "-gcflags", "-asmflags", "-overlay", "-run", "-bench", "-count"];

pub(super) fn ran(ran: &Ran, check: &[Condition], evidence: &Evidence) -> Judgement {
    if evidence.commands.iter().any(|seen| holds(ran, seen)) {
        return Judgement::Met;
    }
    match evidence.commands.iter().rfind(|seen| is_of(ran, seen)) {
        // It was typed for another line of the check, and did there what it should.
        Some(seen) if others(check).any(|other| holds(other, seen)) => Judgement::NotSeen,
        Some(seen) => fell_short(ran, seen),
        None => evidence.commands.last().map_or(Judgement::NotSeen, |last| near_miss(ran, last, check)),
    }
}

/// The commands that a check asks for.
fn others(check: &[Condition]) -> impl Iterator<Item = &Ran> {
    check.iter().filter_map(|condition| if let Fact::Ran(ran) = &condition.fact { Some(ran) } else { None })
}

fn is_of(ran: &Ran, seen: &CommandSeen) -> bool {
    commands(&seen.line).iter().any(|words| starts(words, &ran.words))
}

fn holds(ran: &Ran, seen: &CommandSeen) -> bool {
    is_of(ran, seen)
        && (seen.exit != 0) == ran.fails
        && ran.prints.as_ref().is_none_or(|pattern| found(pattern, &seen.output))
}

/// The command was run, but did not end or print as it should.
fn fell_short(ran: &Ran, seen: &CommandSeen) -> Judgement {
    let line = quote(&seen.line);
    if seen.exit == 0 && ran.fails {
        return unmet(format!("{line} worked; here it is meant to fail"));
    }
    if seen.exit != 0 && !ran.fails {
        let said = format!("{line} {}", exit_and_line(seen.exit, &seen.output));
        let here = ran.words.first().is_some_and(|word| word.starts_with("./"));
        return match ran.words.first() {
            Some(word) if here && seen.exit == 127 && !seen.line.contains(word.as_str()) => {
                unmet_with(said, format!("a program of this folder is started with `./` before its name: `{word}`"))
            }
            Some(_) | None => unmet(said),
        };
    }
    match &ran.prints {
        Some(_) if ran.fails => match telling_line(&seen.output) {
            Some(message) => unmet(format!("{line} failed, with another message: {}", quote(message))),
            None => unmet(format!("{line} failed and printed nothing")),
        },
        Some(Pattern::Text(wanted)) => unmet(format!("{line} ran; {}", difference::lacks(wanted, &seen.output))),
        Some(Pattern::Regex(_)) if seen.output.trim().is_empty() => unmet(format!("{line} ran and printed nothing")),
        Some(Pattern::Regex(_)) => unmet(format!("{line} ran and printed {}", quote(seen.output.trim_start()))),
        None => unmet(format!("{line} {}", exit_and_line(seen.exit, &seen.output))),
    }
}

/// The last command, where it is nearly the one asked for and none that another condition asks for.
fn near_miss(ran: &Ran, last: &CommandSeen, check: &[Condition]) -> Judgement {
    let is_asked_for_elsewhere = |words: &[String]| others(check).any(|other| starts(words, &other.words));
    let wanted = normal(&ran.words);
    commands(&last.line)
        .iter()
        .find(|words| is_near(words, &wanted) && !is_asked_for_elsewhere(words))
        .map_or(Judgement::NotSeen, |_| {
            unmet(format!("you ran {}; {} is what the step asks for", quote(&last.line), quote(&ran.line())))
        })
}

/// Whether a person who typed `words` probably meant `wanted`: each word nearly right, spaces forgotten,
/// the end left off, or the program and its first word right and the next one another.
fn is_near(words: &[String], wanted: &[String]) -> bool {
    let is_word_near = |(typed, wanted): (&String, &String)| {
        typed.eq_ignore_ascii_case(wanted) || nearest(typed, [wanted.as_str()]).is_some() && wanted.chars().count() > 2
    };
    let all_near = words.len() >= wanted.len() && words.iter().zip(wanted).all(is_word_near);
    let spaces_forgotten = !wanted.is_empty() && words.concat().starts_with(&wanted.concat());
    let end_left_off = !words.is_empty() && words.len() < wanted.len() && wanted.starts_with(words);
    let next_is_another = wanted.len() > 2 && words.len() > 1 && words[..2] == wanted[..2];
    all_near || spaces_forgotten || end_left_off || next_is_another
}

/// Whether the command's words start as `wanted` does. Flags that are not asked for may stand between.
fn starts(words: &[String], wanted: &[String]) -> bool {
    let wanted = normal(wanted);
    let mut typed = words.iter().peekable();
    wanted.iter().enumerate().all(|(index, want)| {
        loop {
            let Some(word) = typed.next() else { return false };
            if word == want {
                return true;
            }
            if index == 0 || !word.starts_with('-') {
                return false;
            }
            if FLAGS_WITH_VALUE.contains(&word.as_str()) {
                typed.next();
            }
        }
    })
}

/// The commands of a line, each as its words: quotes taken off, `VAR=x` before the program dropped,
/// the program without its folder and its `.exe`.
#[must_use]
pub fn commands(line: &str) -> Vec<Vec<String>> {
    split(line).iter().map(|words| normal(words)).filter(|words| !words.is_empty()).collect()
}

fn normal(words: &[String]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().skip_while(|word| is_assignment(word)).cloned().collect();
    if let Some(program) = words.first_mut() {
        let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
        *program = name.strip_suffix(".exe").unwrap_or(name).to_owned();
    }
    words
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// Words as a shell sees them, cut into commands at `;`, `&`, `|` and line ends outside quotes.
fn split(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some('\''), _) => word.get_or_insert_default().push(c),
            // Windows paths keep their backslashes: one escapes only what a shell would take otherwise.
            (_, '\\') if characters.peek().is_some_and(|next| " \"'\\$;&|".contains(*next)) => {
                word.get_or_insert_default().extend(characters.next());
            }
            (Some(_), _) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ';' | '&' | '|' | '\n') => {
                push(&mut commands, word.take());
                commands.push(Vec::new());
            }
            (None, c) if c.is_whitespace() => push(&mut commands, word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    push(&mut commands, word);
    commands
}

fn push(commands: &mut [Vec<String>], word: Option<String>) {
    if let (Some(command), Some(word)) = (commands.last_mut(), word) {
        command.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn a_line_is_split_into_commands_as_a_shell_does() {
        for (line, expected) in [
            ("go mod init hello", vec![vec!["go", "mod", "init", "hello"]]),
            ("GOOS=windows CGO_ENABLED=0 go build", vec![vec!["go", "build"]]),
            (
                "mkdir a && cd a; ls | head -1",
                vec![vec!["mkdir", "a"], vec!["cd", "a"], vec!["ls"], vec!["head", "-1"]],
            ),
            ("./hello", vec![vec!["hello"]]),
            (".\\hello.exe x", vec![vec!["hello", "x"]]),
            ("/usr/local/go/bin/go version", vec![vec!["go", "version"]]),
            ("echo \"a && b\" 'c;d' e\\ f", vec![vec!["echo", "a && b", "c;d", "e f"]]),
            ("echo ''", vec![vec!["echo", ""]]),
            ("  ", vec![]),
        ] {
            assert_eq!(commands(line), expected, "{line}");
        }
    }
}
