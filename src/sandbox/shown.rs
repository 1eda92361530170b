//! One line of the shell language, its output handed on as it comes: for the face of lines, which shows and keeps it.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::Ended;
use super::confine::Terminal;
use super::helper::Request;
use super::line::{bare_env, ended, outlive_interrupts, prepare};
use super::process::exit_code;

/// How long output is waited for after the line has ended, before what it left running is taken to hold the pipe. Long
/// enough for a busy machine to hand on what the line printed last.
const AFTERMATH: Duration = Duration::from_secs(2);

/// Runs `line` with our own standard input, and hands both output streams, in the order in which they come, to `show`.
/// Ctrl-C reaches the line and not us: from the first call on it no longer ends this program.
///
/// # Errors
/// When the line cannot be started, or `show` fails (the line runs to its end all the same).
pub fn run_line_shown(
    line: &str,
    dir: &Path,
    root: &Path,
    env: &[(String, String)],
    history: &[String],
    show: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<Ended> {
    let request = Request {
        line: line.to_owned(),
        dir: dir.to_owned(),
        root: root.to_owned(),
        env: env.to_vec(),
        history: history.to_vec(),
    };
    let start = Instant::now();
    let (program, letter) = prepare(&request, Terminal::Shared)?;
    outlive_interrupts()?;
    let (reader, writer) = io::pipe()?;
    let mut command = Command::new(program);
    command.args(letter.args()).env_clear().envs(bare_env()).stdout(writer.try_clone()?).stderr(writer);
    let child = command.spawn()?;
    // Our own ends of the pipe go with the command: the reader then sees the end when the line's are closed.
    drop(command);
    let (sender, inbox) = sync_channel(16);
    let from_child = sender.clone();
    thread::spawn(move || read(reader, &sender));
    thread::spawn(move || wait(child, &from_child));
    let exit = follow(&inbox, show)?;
    Ok(ended(&letter, request, exit, start.elapsed()))
}

enum News {
    Output(Vec<u8>),
    OutputEnded,
    Exited(i32),
}

fn read(mut reader: impl Read, news: &SyncSender<News>) {
    let mut buffer = vec![0; 32 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) if news.send(News::Output(buffer[..count].to_vec())).is_err() => return,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    let _ = news.send(News::OutputEnded);
}

fn wait(mut child: Child, news: &SyncSender<News>) {
    let exit = child.wait().map_or(127, exit_code);
    let _ = news.send(News::Exited(exit));
}

/// Shows output until the line has ended and its output as well, and answers with its exit code.
fn follow(inbox: &Receiver<News>, show: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<i32> {
    let mut shown = Ok(());
    let mut exited = None;
    let mut output_ended = false;
    let exit = loop {
        let news = match exited {
            Some(exit) if output_ended => break exit,
            Some(exit) => match inbox.recv_timeout(AFTERMATH) {
                Ok(news) => news,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break exit,
            },
            None => match inbox.recv() {
                Ok(news) => news,
                Err(_) => break 127,
            },
        };
        match news {
            News::Output(bytes) if shown.is_ok() => shown = show(&bytes),
            News::Output(_) => {}
            News::OutputEnded => output_ended = true,
            News::Exited(exit) => exited = Some(exit),
        }
    };
    shown.map(|()| exit)
}
