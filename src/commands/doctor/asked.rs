//! What the terminal itself answers: how wide a wide character is on it, and whether it knows bracketed paste.

#[cfg(unix)]
use std::io::{Read, Write};
#[cfg(unix)]
use std::time::{Duration, Instant};

/// How long it may take; one that knows the questions answers in a few milliseconds.
#[cfg(unix)]
const PATIENCE: Duration = Duration::from_millis(700);

/// A wide character and where the cursor stands behind it, the mode of bracketed paste, and last what every terminal
/// answers.
#[cfg(unix)]
const QUESTIONS: &str = "\r\u{4e16}\x1b[6n\r\x1b[K\x1b[?2004$p\x1b[c";

/// Columns of a wide character, and whether it knows bracketed paste; none for what it does not tell.
#[cfg(unix)]
pub(super) fn terminal() -> (Option<u16>, Option<bool>) {
    let Ok(mut tty) = std::fs::File::options().read(true).write(true).open("/dev/tty") else { return (None, None) };
    if crossterm::terminal::enable_raw_mode().is_err() {
        return (None, None);
    }
    let answer = tty.write_all(QUESTIONS.as_bytes()).ok().map(|()| answer(&mut tty));
    // One that cannot be given back as it was is told by what follows on it.
    let _ = crossterm::terminal::disable_raw_mode();
    read(&answer.unwrap_or_default())
}

#[cfg(not(unix))]
pub(super) fn terminal() -> (Option<u16>, Option<bool>) {
    (None, None)
}

/// What it sends until it has answered the last question.
#[cfg(unix)]
fn answer(tty: &mut std::fs::File) -> String {
    let start = Instant::now();
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"c") && start.elapsed() < PATIENCE && bytes.len() < 4096 {
        let left = PATIENCE.saturating_sub(start.elapsed());
        let mut ends = [rustix::event::PollFd::new(tty, rustix::event::PollFlags::IN)];
        let pause = rustix::event::Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
        let mut buffer = [0; 256];
        match rustix::event::poll(&mut ends, Some(&pause)) {
            Ok(1..) => match tty.read(&mut buffer) {
                Ok(size @ 1..) => bytes.extend_from_slice(&buffer[..size]),
                Ok(0) | Err(_) => break,
            },
            Ok(0) | Err(_) => break,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(unix)]
fn read(answer: &str) -> (Option<u16>, Option<bool>) {
    let parts = || answer.split("\x1b[").skip(1);
    // Row and column, counted from 1.
    let column = parts().find_map(|part| part.strip_suffix('R')?.split_once(';')?.1.parse::<u16>().ok());
    // 0: it does not know that mode.
    let mode = parts().find_map(|part| part.strip_prefix("?2004;")?.strip_suffix("$y"));
    (column.and_then(|column| column.checked_sub(1)), mode.map(|mode| mode != "0"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::read;

    #[test]
    fn answers_are_read_as_far_as_they_came() {
        assert_eq!(read("\x1b[12;3R\x1b[?2004;2$y\x1b[?62;22c"), (Some(2), Some(true)));
        assert_eq!(read("\x1b[1;2R\x1b[?2004;0$y\x1b[?6c"), (Some(1), Some(false)));
        assert_eq!(read("\x1b[?6c"), (None, None));
        assert_eq!(read(""), (None, None));
    }
}
