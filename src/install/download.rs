//! Fetching a file by HTTP: gone on with after a break, bounded, watched.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, BodyReader, Error};

use super::{InstallError, Phase, Watcher};

/// For so long a server may be silent.
const SILENCE: Duration = Duration::from_secs(30);
const CONNECT: Duration = Duration::from_secs(15);
/// How often it is asked whether to stop.
const LOOK_UP: Duration = Duration::from_millis(200);
/// No archive of Go is larger.
const LARGEST: u64 = 600_000_000;
/// No file of a checksum is larger.
const SUM_BYTES: u64 = 4096;
/// How often a broken connection is taken up again by itself.
const TRIES: u32 = 3;

const TRY_AGAIN: &str = "look at your connection, then try again: what was fetched is kept";
const ELSEWHERE: &str = "check the address, or give the archive with `--from FILE`";

/// Fetches `url` to the end of `file`, which may hold the first part of it already.
pub fn file(url: &str, file: &Path, watcher: Watcher<'_>) -> Result<(), InstallError> {
    let mut tries = 0;
    loop {
        let before = size(file);
        match part(url, file, watcher) {
            Err(Broken::Off(reason)) => {
                // Each part that came is one step further.
                tries = if size(file) > before { 0 } else { tries + 1 };
                if tries >= TRIES {
                    return Err(InstallError::Fetch { url: url.to_owned(), reason, mend: TRY_AGAIN });
                }
            }
            Err(Broken::For(error)) => return Err(error),
            Ok(()) => return Ok(()),
        }
    }
}

/// A small text, such as a checksum; none where the server has no such file.
pub fn text(url: &str) -> Result<Option<String>, InstallError> {
    let mut response = match agent().get(url).call() {
        Ok(response) => response,
        Err(Error::StatusCode(404 | 410)) => return Ok(None),
        Err(error) => return Err(fault(url, &error)),
    };
    let text = response.body_mut().with_config().limit(SUM_BYTES).read_to_string();
    text.map(Some).map_err(|error| fault(url, &error))
}

enum Broken {
    /// The connection; it can be taken up again.
    Off(String),
    For(InstallError),
}

fn part(url: &str, path: &Path, watcher: Watcher<'_>) -> Result<(), Broken> {
    let have = size(path);
    let mut request = agent().get(url);
    if have > 0 {
        request = request.header("Range", format!("bytes={have}-"));
    }
    let response = match request.call() {
        Ok(response) => response,
        // All of it is here: there is nothing behind its end.
        Err(Error::StatusCode(416)) if have > 0 => return Ok(()),
        Err(error @ (Error::Timeout(_) | Error::Io(_))) => return Err(Broken::Off(words(&error))),
        Err(error) => return Err(Broken::For(fault(url, &error))),
    };
    // A server that does not know how to go on begins again.
    let goes_on = response.status() == 206;
    let length = response.headers().get("content-length").and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let write = |source| Broken::For(InstallError::Write { path: path.to_owned(), source });
    let mut file = OpenOptions::new().create(true).append(goes_on).write(true).truncate(!goes_on).open(path);
    let file = file.as_mut().map_err(|error| write(io::Error::new(error.kind(), error.to_string())))?;
    let done = if goes_on { have } else { 0 };
    let progress = Progress { url, done, total: length.map(|length| length + done) };
    progress.check_size()?;
    if let (Some(total), Some(folder)) = (progress.total, path.parent()) {
        super::place::has_room(folder, total.saturating_sub(done)).map_err(Broken::For)?;
    }
    copy(response.into_body().into_reader(), file, progress, watcher, &write)
}

struct Progress<'a> {
    url: &'a str,
    done: u64,
    total: Option<u64>,
}

impl Progress<'_> {
    fn check_size(&self) -> Result<(), Broken> {
        if self.done.max(self.total.unwrap_or(0)) <= LARGEST {
            return Ok(());
        }
        let reason = format!("it is larger than {} MB", LARGEST / 1_000_000);
        Err(Broken::For(InstallError::Fetch { url: self.url.to_owned(), reason, mend: ELSEWHERE }))
    }
}

fn copy(
    body: BodyReader<'static>,
    file: &mut File,
    mut progress: Progress<'_>,
    watcher: Watcher<'_>,
    write: &dyn Fn(io::Error) -> Broken,
) -> Result<(), Broken> {
    let parts = read_beside(body);
    let mut heard = Instant::now();
    loop {
        let phase = Phase::Fetching { from: host(progress.url).to_owned(), done: progress.done, total: progress.total };
        if watcher(phase) == ControlFlow::Break(()) {
            return Err(Broken::For(InstallError::Stopped));
        }
        let part = match parts.recv_timeout(LOOK_UP) {
            Ok(part) => part.map_err(|error| Broken::Off(error.to_string()))?,
            Err(RecvTimeoutError::Timeout) if heard.elapsed() < SILENCE => continue,
            Err(RecvTimeoutError::Timeout) => return Err(Broken::Off("the server has fallen silent".to_owned())),
            Err(RecvTimeoutError::Disconnected) => Vec::new(),
        };
        if part.is_empty() {
            let is_whole = progress.total.is_none_or(|total| progress.done >= total);
            return if is_whole { Ok(()) } else { Err(Broken::Off("the connection ended too early".to_owned())) };
        }
        heard = Instant::now();
        file.write_all(&part).map_err(write)?;
        progress.done += part.len() as u64;
        progress.check_size()?;
    }
}

/// Reads on a thread of its own, so that a server that says nothing keeps nobody from stopping. It ends with the
/// connection, or when nobody takes what it reads.
fn read_beside(mut body: BodyReader<'static>) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, parts) = sync_channel(4);
    std::thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let part = body.read(&mut buffer).map(|count| buffer[..count].to_vec());
            let is_last = part.as_ref().map_or(true, Vec::is_empty);
            if sender.send(part).is_err() || is_last {
                return;
            }
        }
    });
    parts
}

/// Proxies are those of the environment, certificates those of the system.
fn agent() -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .timeout_connect(Some(CONNECT))
        .timeout_per_read(Some(SILENCE))
        .user_agent(concat!("haveago/", env!("CARGO_PKG_VERSION")));
    config.build().new_agent()
}

fn fault(url: &str, error: &Error) -> InstallError {
    let mend = match error {
        Error::StatusCode(_) | Error::BadUri(_) => ELSEWHERE,
        _ => TRY_AGAIN,
    };
    InstallError::Fetch { url: url.to_owned(), reason: words(error), mend }
}

fn words(error: &Error) -> String {
    match error {
        Error::StatusCode(404) => "there is no such file (404)".to_owned(),
        Error::StatusCode(code) => format!("the server says no ({code})"),
        Error::HostNotFound => "its host is not found".to_owned(),
        Error::Timeout(_) => "the server does not answer".to_owned(),
        Error::Io(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// The host of an address, for people.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.rsplit('@').next().unwrap_or(host)
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |data| data.len())
}
