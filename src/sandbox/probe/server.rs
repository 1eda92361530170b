//! Requests to the learner's program: it is started, asked until it answers, and stopped with all it started.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Look;
use super::program::argv;
use crate::course::condition::{Http, RunHow};
use crate::judge::evidence::{Captured, HttpSeen, Stopped};
use crate::sandbox::process::{exit_code, group};

/// Between two tries to connect, until the program listens.
const RETRY: Duration = Duration::from_millis(20);

/// Bytes of an answer that are read.
const ANSWER_LIMIT: u64 = 1024 * 1024;

impl Look<'_> {
    /// Keeps the program up while it is asked everything in `wanted`.
    pub(super) fn serve(&self, program: &Path, how: &RunHow, wanted: &[Http]) -> (Captured, Vec<(Http, HttpSeen)>) {
        let start = Instant::now();
        let limit = how.timeout.unwrap_or(self.prober.program_timeout);
        let log = self.temp.join("server.log");
        match self.start(program, how, &log) {
            Ok(mut child) => {
                let answers =
                    wanted.iter().map(|http| (http.clone(), ask_until_up(http, &mut child, start + limit))).collect();
                (end(&mut child, &log, start), answers)
            }
            Err(error) => {
                let why = format!("the program cannot be started: {error}");
                let answers = wanted.iter().map(|http| (http.clone(), HttpSeen::NoAnswer(why.clone()))).collect();
                (Captured { exit: 127, stderr: why.clone(), output: why, ..Captured::default() }, answers)
            }
        }
    }

    /// Its output goes to a file, so that it never waits for a reader.
    fn start(&self, program: &Path, how: &RunHow, log: &Path) -> std::io::Result<Child> {
        let output = File::create(log)?;
        let argv = argv(program, how);
        let mut command = Command::new(program);
        command
            .args(&argv[1..])
            .current_dir(self.folder(how))
            .env_clear()
            .envs(self.prober.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        group::lead(&mut command);
        command.spawn()
    }
}

/// Stops the program if it still runs, and tells what it printed.
fn end(child: &mut Child, log: &Path, start: Instant) -> Captured {
    let stopped = matches!(child.try_wait(), Ok(None)).then_some(Stopped::Asked);
    if stopped.is_some() {
        group::kill(child);
    }
    let exit = child.wait().map_or(127, exit_code);
    let mut output = Vec::new();
    if let Ok(file) = File::open(log) {
        // What cannot be read of the log is left out; the answers tell the rest.
        let _ = file.take(ANSWER_LIMIT).read_to_end(&mut output);
    }
    let output = String::from_utf8_lossy(&output).into_owned();
    Captured { exit, stdout: output.clone(), stderr: String::new(), output, stopped, took: start.elapsed() }
}

fn ask_until_up(http: &Http, child: &mut Child, deadline: Instant) -> HttpSeen {
    loop {
        match ask(http, deadline) {
            Ok(answer) => return answer,
            Err(error) if error.kind() != ErrorKind::ConnectionRefused => {
                return HttpSeen::NoAnswer(error.to_string());
            }
            Err(_) if !matches!(child.try_wait(), Ok(None)) => {
                return HttpSeen::NoAnswer("the program has ended".to_owned());
            }
            Err(_) if Instant::now() >= deadline => {
                return HttpSeen::NoAnswer(format!("nothing listens on port {}", http.port));
            }
            Err(_) => thread::sleep(RETRY),
        }
    }
}

/// One request in HTTP/1.0, which ends with its connection.
fn ask(http: &Http, deadline: Instant) -> std::io::Result<HttpSeen> {
    let left = deadline.saturating_duration_since(Instant::now()).max(RETRY);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, http.port));
    let mut stream = TcpStream::connect_timeout(&address, left)?;
    stream.set_read_timeout(Some(left))?;
    stream.set_write_timeout(Some(left))?;
    let Http { method, path, port, .. } = http;
    write!(stream, "{method} {path} HTTP/1.0\r\nHost: localhost:{port}\r\nContent-Length: 0\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(ANSWER_LIMIT).read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    Ok(read_answer(&answer))
}

fn read_answer(answer: &str) -> HttpSeen {
    let status = answer
        .strip_prefix("HTTP/")
        .and_then(|rest| rest.split(' ').nth(1))
        .and_then(|word| word.split(['\r', '\n']).next())
        .and_then(|word| word.parse().ok());
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    match status {
        Some(status) => HttpSeen::Answer { status, body: body.to_owned() },
        None => HttpSeen::NoAnswer("what answers there does not speak HTTP".to_owned()),
    }
}
