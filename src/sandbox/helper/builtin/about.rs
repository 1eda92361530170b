//! What the shell knows of itself: where it is, what it has run, what its names stand for.

use std::fmt::Write as _;
use std::io;

use super::{COMMANDS, Call, MISUSED};
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
    let width = lines.iter().map(|(usage, _)| crate::base::width::width(usage)).max().unwrap_or(0);
    let mut text = String::from("These work on every system; every program of yours, and go, work beside them.\n\n");
    for (usage, does) in lines {
        let gap = width - crate::base::width::width(usage) + 2;
        writeln!(text, "  {usage}{}{does}", " ".repeat(gap)).map_err(io::Error::other)?;
    }
    let others = shellwords::THEIRS.iter().filter(|word| **word != ":").copied().collect::<Vec<_>>().join(", ");
    writeln!(text, "\nAlso {others}; pipes |, && and || and ;, > and >> and <, $NAME, $(COMMAND), *, \"quotes\".")
        .map_err(io::Error::other)?;
    call.stdout.write_all(text.as_bytes())?;
    Ok(0)
}
