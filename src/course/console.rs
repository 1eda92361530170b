//! Console blocks: commands after `$ `, each with the output shown below it.

use super::Problem;
use super::model::ConsoleCommand;
use super::source::{Pieces, Source};

/// The commands of a block.
pub fn read(text: &Pieces, source: &Source, problems: &mut Vec<Problem>) -> Vec<ConsoleCommand> {
    let mut commands: Vec<ConsoleCommand> = Vec::new();
    let mut has_stray = false;
    for (line, offset) in text.lines() {
        let command = if line == "$" { Some("") } else { line.strip_prefix("$ ") };
        match (command, commands.last_mut()) {
            (Some(command), _) if command.trim().is_empty() => {
                problems.push(Problem::new(
                    source.place(offset),
                    "after `$` there is no command",
                    "write a command, or take the line away",
                ));
            }
            (Some(command), _) => commands.push(ConsoleCommand {
                line: command.trim().to_owned(),
                output: Vec::new(),
                place: source.place(offset + line.len() - command.trim_start().len()),
            }),
            (None, Some(last)) => last.output.push(line.to_owned()),
            (None, None) => {
                if !has_stray && !line.trim().is_empty() {
                    has_stray = true;
                    problems.push(Problem::new(
                        source.place(offset),
                        "this line stands before the first command",
                        "begin a command with `$ `",
                    ));
                }
            }
        }
    }
    commands
}
