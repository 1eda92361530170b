//! Commands on texts: `cat`, `head`, `echo`.

use std::fs::File;
use std::io::{self, Read};

use deno_task_shell::ShellPipeReader;

use super::{Call, MISUSED, reason};

pub(super) fn cat(call: &mut Call) -> io::Result<i32> {
    let Some((_, paths)) = call.options("cat", "") else { return Ok(MISUSED) };
    each_input(call, "cat", &paths, |call, name, mut input| {
        let mut buffer = vec![0; 32 * 1024];
        let mut is_start = true;
        loop {
            let size = input.read(&mut buffer)?;
            if size == 0 {
                return Ok(0);
            }
            if is_start && name != "-" && call.is_on_screen() && buffer[..size].contains(&0) {
                call.complain(&format!("cat: {name} is not text, and would upset the screen"));
                return Ok(1);
            }
            is_start = false;
            call.stdout.write_all(&buffer[..size])?;
        }
    })
}

pub(super) fn head(call: &mut Call) -> io::Result<i32> {
    let Some((count, paths)) = head_arguments(call) else { return Ok(MISUSED) };
    let has_titles = paths.len() > 1;
    let mut is_first = true;
    each_input(call, "head", &paths, |call, name, mut input| {
        if has_titles {
            call.stdout.write_line(&format!("{}==> {name} <==", if is_first { "" } else { "\n" }))?;
            is_first = false;
        }
        let mut left = count;
        let mut buffer = vec![0; 8 * 1024];
        while left > 0 {
            let size = input.read(&mut buffer)?;
            if size == 0 {
                break;
            }
            let mut end = size;
            for (index, _) in buffer[..size].iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
                left -= 1;
                if left == 0 {
                    end = index + 1;
                    break;
                }
            }
            call.stdout.write_all(&buffer[..end])?;
        }
        Ok(0)
    })
}

/// `-n 5`, `-n5` and `-5` mean the same.
fn head_arguments(call: &mut Call) -> Option<(usize, Vec<String>)> {
    let (mut count, mut paths) = (Some(10), Vec::new());
    let mut args = std::mem::take(&mut call.args).into_iter();
    while let Some(arg) = args.next() {
        if arg == "-n" {
            count = args.next().and_then(|number| number.parse().ok());
        } else if let Some(number) = arg.strip_prefix("-n").or_else(|| arg.strip_prefix('-').filter(|n| !n.is_empty()))
        {
            count = number.parse().ok();
        } else {
            paths.push(arg);
        }
    }
    if count.is_none() {
        call.complain("head: write `head -n 5 FILE` for the first 5 lines");
    }
    Some((count?, paths))
}

pub(super) fn echo(call: &mut Call) -> io::Result<i32> {
    let mut words = call.args.as_slice();
    let mut end = "\n";
    let mut escapes = false;
    while let [option, rest @ ..] = words {
        match option.as_str() {
            "-n" => end = "",
            "-e" => escapes = true,
            "-ne" | "-en" => (end, escapes) = ("", true),
            _ => break,
        }
        words = rest;
    }
    let text = words.join(" ");
    let text = if escapes { unescape(&text) } else { text };
    call.stdout.write_all(format!("{text}{end}").as_bytes())?;
    Ok(0)
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('e') => out.push('\x1b'),
            Some('\\') => out.push('\\'),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

/// A file or the standard input.
enum Input {
    File(File),
    Standard(ShellPipeReader),
}

impl Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Standard(reader) => reader.read(buffer),
        }
    }
}

/// Does `work` on each file, or on the standard input when there is none; a file that cannot be read is named,
/// and the others are still done.
fn each_input(
    call: &mut Call,
    command: &str,
    paths: &[String],
    mut work: impl FnMut(&mut Call, &str, Input) -> io::Result<i32>,
) -> io::Result<i32> {
    if paths.is_empty() {
        let input = Input::Standard(call.stdin.clone());
        return work(call, "-", input);
    }
    let mut exit = 0;
    for name in paths {
        let input = if name == "-" { Ok(Input::Standard(call.stdin.clone())) } else { open(call, name) };
        match input.and_then(|input| work(call, name, input)) {
            Ok(code) => exit = exit.max(code),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Err(error),
            Err(error) => {
                call.complain(&format!("{command}: {name}: {}", reason(&error)));
                exit = 1;
            }
        }
    }
    Ok(exit)
}

fn open(call: &Call, name: &str) -> io::Result<Input> {
    let path = call.dir.join(name);
    if path.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    File::open(path).map(Input::File)
}
