//! What the shell knows of itself: where it is, what it has run, what its names stand for.

use std::fmt::Write as _;
use std::io;

use super::{COMMANDS, Call, MISUSED};
use crate::base::width::width;
use crate::sandbox::helper::find::{Places, on_path};
use crate::sandbox::helper::shellwords;

pub(super) fn pwd(call: &mut Call) -> io::Result<i32> {
    call.stdout.write_line(&call.dir.display().to_string())?;
    Ok(0)
}

/// It is no part of a line: where a line is read there is more than one file.
pub(super) fn alone(call: &mut Call) -> io::Result<i32> {
    call.complain("alone is a whole line of its own, without quotes and pipes: `alone ./myapp`")?;
    Ok(MISUSED)
}

/// The screen, what is above it, and the place to write.
pub(super) fn clear(call: &mut Call) -> io::Result<i32> {
    call.stdout.write_all(b"\x1b[H\x1b[2J\x1b[3J")?;
    Ok(0)
}

pub(super) fn history(call: &mut Call) -> io::Result<i32> {
    let mut text = String::new();
    for (index, line) in call.history.iter().enumerate() {
        writeln!(text, "{:>5}  {line}", index + 1).map_err(io::Error::other)?;
    }
    call.stdout.write_all(text.as_bytes())?;
    Ok(0)
}

pub(super) fn which(call: &mut Call) -> io::Result<i32> {
    let Some((_, names)) = call.options("which", "") else { return Ok(MISUSED) };
    let mut exit = 0;
    for name in names {
        let built_in = super::names().contains(&name.as_str());
        let places = Places { dir: &call.dir, path: &call.path };
        if built_in {
            call.stdout.write_line(&format!("{name}: built into this shell"))?;
        } else if let Some(file) = on_path(&name, places) {
            call.stdout.write_line(&file.display().to_string())?;
        } else {
            call.complain(&format!("which: there is no command {name}"))?;
            exit = 1;
        }
    }
    Ok(exit)
}

pub(super) fn help(call: &mut Call) -> io::Result<i32> {
    let mut lines: Vec<(&str, &str)> = COMMANDS.iter().map(|command| (command.usage, command.does)).collect();
    lines.extend([
        ("cd [FOLDER]", "goes into a folder; alone, back to the lesson's; `cd -` to the one before"),
        ("env [NAME=VALUE…] [COMMAND]", "shows the environment, or runs a command in another; -i: in an empty one"),
        ("exit", "closes this tab"),
        ("sleep SECONDS", "waits"),
        ("export NAME=VALUE", "sets a variable for the commands that follow"),
    ]);
    lines.sort_unstable();
    let room = super::ls::screen_columns();
    let above = broken("These work on every system; every program of yours, and go, work beside them.", room);
    let mut text = above.join("\n") + "\n\n";
    for (usage, does) in lines {
        text.push_str(&entry(usage, does, room));
    }
    let others = shellwords::THEIRS.iter().filter(|word| **word != ":").copied().collect::<Vec<_>>().join(", ");
    let also = format!("Also {others}; pipes |, && and || and ;, > and >> and <, $NAME, $(COMMAND), *, \"quotes\".");
    text.push('\n');
    for line in broken(&also, room) {
        writeln!(text, "{line}").map_err(io::Error::other)?;
    }
    call.stdout.write_all(text.as_bytes())?;
    Ok(0)
}

/// Where what a command does begins, unless its usage is longer.
const DOES: usize = 26;

/// A command and what it does, which goes on below itself where the screen is narrow.
fn entry(usage: &str, does: &str, room: usize) -> String {
    let lines = broken(does, room.saturating_sub(DOES).max(20));
    let margin = " ".repeat(DOES);
    let gap = match DOES.checked_sub(width(usage) + 4) {
        Some(rest) => " ".repeat(rest + 2),
        None => format!("\n{margin}"),
    };
    format!("  {usage}{gap}{}\n", lines.join(&format!("\n{margin}")))
}

/// Words in lines of at most `room` columns.
fn broken(text: &str, room: usize) -> Vec<String> {
    text.split(' ').fold(Vec::new(), |mut lines: Vec<String>, word| {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
        lines
    })
}

#[cfg(test)]
mod tests {
    use super::{broken, entry};
    use crate::base::width::width;

    #[test]
    fn what_a_command_does_stands_in_its_column_on_narrow_screens_too() {
        let does = "shows the environment, or runs a command in another; -i: in an empty one";
        for usage in ["ls PATH…", "env [NAME=VALUE…] [COMMAND]"] {
            let text = entry(usage, does, 57);
            assert!(text.lines().all(|line| width(line) <= 57), "{text}");
            assert!(text.lines().skip(1).all(|line| line.starts_with(&" ".repeat(26))), "{text}");
        }
        assert_eq!(entry("ls PATH…", "lists", 80), "  ls PATH…                lists\n");
        assert_eq!(broken("a bb ccc", 4), ["a bb", "ccc"]);
    }
}
