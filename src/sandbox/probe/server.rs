//! Requests to the learner's program: it is started, asked until it answers, and stopped with all it started.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::Look;
use super::program::{OUTPUT_LIMIT, argv};
use crate::course::condition::{Http, RunHow};
use crate::judge::evidence::{Captured, HttpSeen, Stopped};
use crate::sandbox::check;
use crate::sandbox::confine::Class;
use crate::sandbox::process::Job;

/// Between two tries to connect, until the program listens.
const RETRY: Duration = Duration::from_millis(20);

/// For the start and the end of a program that is asked, beyond the time for its answers.
const AROUND: Duration = Duration::from_secs(5);

/// Bytes of an answer that are read.
const ANSWER_LIMIT: u64 = 1024 * 1024;

/// A request, as the helper sends it: it is where the program can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ask {
    pub method: String,
    pub port: u16,
    pub path: String,
}

/// What came back: status and body, or why nothing did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer(Result<(u16, String), String>);

impl Look<'_> {
    /// Keeps the program up while it is asked everything in `wanted`.
    pub(super) fn serve(&self, program: &Path, how: &RunHow, wanted: &[Http]) -> (Captured, Vec<(Http, HttpSeen)>) {
        let limit = how.timeout.unwrap_or(self.prober.program_timeout);
        let job = Job {
            argv: &argv(program, how),
            dir: &self.folder(how),
            env: &self.prober.env,
            stdin: "",
            timeout: limit + AROUND,
            output_limit: OUTPUT_LIMIT,
        };
        let ask = |http: &Http| Ask { method: http.method.clone(), port: http.port, path: http.path.clone() };
        let asks: Vec<Ask> = wanted.iter().map(ask).collect();
        let (captured, answers) = check::serve(&job, self.place(Class::Program), &asks, limit);
        let mut answers = answers.into_iter().map(seen);
        let answers = wanted.iter().map(|http| (http.clone(), answers.next().unwrap_or_else(|| no_answer(&captured))));
        let answers = answers.collect();
        (captured, answers)
    }
}

fn seen(Answer(answer): Answer) -> HttpSeen {
    match answer {
        Ok((status, body)) => HttpSeen::Answer { status, body },
        Err(why) => HttpSeen::NoAnswer(why),
    }
}

fn no_answer(captured: &Captured) -> HttpSeen {
    let first = captured.output.lines().find(|line| !line.trim().is_empty());
    HttpSeen::NoAnswer(match (captured.stopped, first) {
        (Some(Stopped::Asked) | None, Some(first)) => format!("the program has ended with `{first}`"),
        (Some(Stopped::Asked) | None, None) => "the program has ended".to_owned(),
        (Some(_), _) => "the program was stopped at a limit".to_owned(),
    })
}

/// The answer to `ask`, waited for until the deadline or until the program has ended.
pub(crate) fn answer(ask: &Ask, deadline: Instant, has_ended: &dyn Fn() -> bool) -> Answer {
    Answer(ask_until_up(ask, has_ended, deadline))
}

fn ask_until_up(what: &Ask, has_ended: &dyn Fn() -> bool, deadline: Instant) -> Result<(u16, String), String> {
    loop {
        match ask(what, deadline) {
            Ok(answer) => return answer,
            Err(error) if error.kind() != ErrorKind::ConnectionRefused => return Err(error.to_string()),
            Err(_) if has_ended() => return Err("the program has ended".to_owned()),
            Err(_) if Instant::now() >= deadline => return Err(format!("nothing listens on port {}", what.port)),
            Err(_) => thread::sleep(RETRY),
        }
    }
}

/// One request in HTTP/1.0, which ends with its connection.
fn ask(what: &Ask, deadline: Instant) -> std::io::Result<Result<(u16, String), String>> {
    let left = deadline.saturating_duration_since(Instant::now()).max(RETRY);
    let Ask { method, port, path } = what;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, *port));
    let mut stream = TcpStream::connect_timeout(&address, left)?;
    stream.set_read_timeout(Some(left))?;
    stream.set_write_timeout(Some(left))?;
    // In one piece: a server may answer and hang up after the first it reads.
    let request = format!("{method} {path} HTTP/1.0\r\nHost: localhost:{port}\r\nContent-Length: 0\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    match stream.take(ANSWER_LIMIT).read_to_end(&mut answer) {
        // A server that hangs up roughly has answered all the same.
        Err(error) if answer.is_empty() => return Err(error),
        Err(_) | Ok(_) => {}
    }
    let answer = String::from_utf8_lossy(&answer).into_owned();
    Ok(read_answer(&answer))
}

fn read_answer(answer: &str) -> Result<(u16, String), String> {
    let status = answer
        .strip_prefix("HTTP/")
        .and_then(|rest| rest.split(' ').nth(1))
        .and_then(|word| word.split(['\r', '\n']).next())
        .and_then(|word| word.parse().ok());
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    match status {
        Some(status) => Ok((status, body.to_owned())),
        None => Err("what answers there does not speak HTTP".to_owned()),
    }
}
