//! Lines on real pseudo-terminals.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use haveago::sandbox::Ended;
use haveago::sandbox::pty::{Handle, Request, spawn};

use super::Place;

/// Long enough for two busy cores; nothing waits for it when all is well.
pub const DEADLINE: Duration = Duration::from_mins(1);

type TakesOutput = Box<dyn FnMut(Vec<u8>) + Send>;
type TakesEnd = Box<dyn FnOnce(Ended) + Send>;

enum News {
    Output(Vec<u8>),
    Ended(Ended),
}

/// A running line as one who watches its terminal sees it.
pub struct Screen {
    pub handle: Handle,
    news: Receiver<News>,
    pub seen: Vec<u8>,
    pub bytes: usize,
}

impl Screen {
    pub(super) fn open(place: &Place, line: &str) -> Self {
        Self::open_with(place, line, &place.path(), place.env())
    }

    pub(super) fn open_with(place: &Place, line: &str, dir: &Path, env: Vec<(String, String)>) -> Self {
        let request = Request {
            line: line.to_owned(),
            dir: dir.to_owned(),
            root: place.path(),
            env,
            history: vec!["go version".to_owned()],
            size: (80, 24),
        };
        Self::watch(|output, end| spawn(request, output, end).unwrap())
    }

    /// Watches what is started with what takes its output and what takes its end.
    pub fn watch(start: impl FnOnce(TakesOutput, TakesEnd) -> Handle) -> Self {
        // Bounded, as the inbox of the program is: a flood waits for us.
        let (send, news) = sync_channel(64);
        let also = send.clone();
        let output = move |bytes| drop(send.send(News::Output(bytes)));
        let handle = start(Box::new(output), Box::new(move |ended| drop(also.send(News::Ended(ended)))));
        Self { handle, news, seen: Vec::new(), bytes: 0 }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }

    pub fn next(&mut self, until: Instant) -> Option<Ended> {
        match self.news.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(News::Output(bytes)) => {
                self.bytes += bytes.len();
                self.seen.extend(bytes);
                // A flood is counted, not kept.
                let excess = self.seen.len().saturating_sub(1 << 20);
                self.seen.drain(..excess);
                None
            }
            Ok(News::Ended(ended)) => Some(ended),
            Err(RecvTimeoutError::Timeout) => panic!("nothing came; the screen has: {}", self.text()),
            Err(RecvTimeoutError::Disconnected) => panic!("the end did not come; the screen has: {}", self.text()),
        }
    }

    pub fn await_text(&mut self, wanted: &str) -> &mut Self {
        let until = Instant::now() + DEADLINE;
        while !self.text().contains(wanted) {
            assert!(self.next(until).is_none(), "it ended without {wanted:?}: {}", self.text());
        }
        self
    }

    pub fn type_in(&mut self, text: &str) -> &mut Self {
        self.handle.write(text.as_bytes().to_vec());
        self
    }

    pub fn end(&mut self) -> Ended {
        let until = Instant::now() + DEADLINE;
        loop {
            if let Some(ended) = self.next(until) {
                return ended;
            }
        }
    }
}

#[test]
fn a_line_runs_on_a_terminal_and_hands_on_where_it_ended() {
    let place = Place::new();
    place.write("sub/x", "");
    let mut screen = Screen::open(&place, "sh -c 'test -t 0 && test -t 1 && echo tty $TERM'; cd sub; export A=b");
    let ended = screen.end();
    assert_eq!(screen.text(), "tty xterm-256color\r\n");
    assert_eq!((ended.exit, ended.leave), (0, false));
    assert_eq!(ended.dir, place.path().join("sub"));
    let mut screen = Screen::open_with(&place, "pwd; echo $A; history; ls | cat; exit 7", &ended.dir, ended.env);
    let ended = screen.end();
    assert_eq!(screen.text(), format!("{}\r\nb\r\n    1  go version\r\nx\r\n", place.path().join("sub").display()));
    assert_eq!((ended.exit, ended.leave), (7, true));
}

#[test]
fn ctrl_c_acts_within_100_ms_while_a_program_floods() {
    let place = Place::new();
    // Other programs may hold both cores for longer than that: the best of five tells what ours takes.
    let best = (0..5).map(|_| interrupt_a_flood(&place)).min().unwrap();
    assert!(best < Duration::from_millis(100), "{best:?}");
}

fn interrupt_a_flood(place: &Place) -> Duration {
    let mut screen = Screen::open(place, "yes; echo after");
    while screen.bytes < 1 << 20 {
        assert!(screen.next(Instant::now() + DEADLINE).is_none());
    }
    let start = Instant::now();
    screen.handle.interrupt();
    let ended = screen.end();
    assert_eq!(ended.exit, 130);
    assert!(!screen.text().contains("after"));
    start.elapsed()
}

#[test]
fn ctrl_c_gets_past_what_is_typed_and_not_read() {
    let place = Place::new();
    let mut screen = Screen::open(&place, "echo begun; sleep 99");
    screen.await_text("begun").type_in(&"typed ahead\r".repeat(20_000));
    screen.handle.interrupt();
    assert_eq!(screen.end().exit, 130);
}

#[test]
fn ctrl_c_ends_the_rest_of_the_line() {
    let place = Place::new();
    for line in [
        "echo begun; sleep 99; echo after",
        "echo begun; tail -f /dev/null; echo after",
        "echo begun && cat; echo after",
        "echo begun; sleep 99 || echo after",
        "echo begun; cat | cat; echo after",
        "echo begun; echo $(sleep 99); echo after",
    ] {
        let mut screen = Screen::open(&place, line);
        screen.await_text("begun");
        let start = Instant::now();
        screen.type_in("\u{3}");
        let ended = screen.end();
        assert_eq!(ended.exit, 130, "{line}: {}", screen.text());
        assert!(!screen.text().contains("after"), "{line}");
        assert!(start.elapsed() < Duration::from_secs(2), "{line}: {:?}", start.elapsed());
    }
}

#[test]
fn a_program_that_handles_ctrl_c_has_the_last_word() {
    let place = Place::new();
    let mut screen =
        Screen::open(&place, "sh -c 'trap \"echo bye; exit 0\" INT; echo begun; while :; do sleep 0.05; done'");
    screen.await_text("begun").type_in("\u{3}");
    assert_eq!(screen.end().exit, 0);
    assert!(screen.text().contains("bye"));
}

#[test]
fn a_program_reads_what_is_typed() {
    let place = Place::new();
    let mut screen = Screen::open(&place, "sh -c 'echo two numbers; read a b; echo sum $((a + b))'");
    screen.await_text("two numbers").type_in("19 23\r").await_text("sum 42");
    assert_eq!(screen.end().exit, 0);
    let mut screen = Screen::open(&place, "cat");
    screen.type_in("typed\r").await_text("typed\r\ntyped").type_in("\u{4}");
    assert_eq!(screen.end().exit, 0);
}

#[test]
fn full_screen_programs_open_and_close() {
    let place = Place::new();
    place.write("go.mod", "module example.com/hello\n");
    let mut screen = Screen::open(&place, "vim -u NONE -N go.mod");
    screen.await_text("example.com").type_in(":q\r");
    assert_eq!(screen.end().exit, 0);
    let mut screen = Screen::open(&place, "cat go.mod | less");
    screen.await_text("example.com").await_text("(END)").type_in("q");
    assert_eq!(screen.end().exit, 0);
}

#[test]
fn a_new_size_reaches_the_program() {
    let place = Place::new();
    let script = "sh -c 'trap \"stty size; exit 0\" WINCH; stty size; while :; do sleep 0.05; done'";
    let mut screen = Screen::open(&place, script);
    screen.await_text("24 80");
    screen.handle.resize(100, 30);
    screen.await_text("30 100");
    assert_eq!(screen.end().exit, 0);
}

#[test]
fn bytes_that_are_no_text_come_as_they_are() {
    let place = Place::new();
    let mut screen = Screen::open(&place, "sh -c 'printf \"\\\\377\\\\376ok\"'");
    assert_eq!(screen.end().exit, 0);
    assert_eq!(screen.seen, b"\xff\xfeok");
}

#[test]
fn stop_leaves_nothing_even_of_a_flood_with_its_own_groups() {
    let place = Place::new();
    // An interactive shell gives each of its jobs a process group of its own.
    let mut screen = Screen::open(&place, "sh -c 'set -m; sleep 301.25 & echo begun.; yes'");
    screen.await_text("begun.\r\n");
    comes_to_run("sleep 301.25");
    let start = Instant::now();
    screen.handle.stop();
    let ended = screen.end();
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!((ended.exit, ended.dir), (137, place.path()));
    assert!(!runs("sleep 301.25"), "it lives on");
}

#[test]
fn a_background_child_does_not_outlive_its_line() {
    let place = Place::new();
    let mut screen = Screen::open(&place, "sh -c 'sleep 302.25 & echo begun.'");
    assert_eq!(screen.end().exit, 0);
    assert!(screen.text().contains("begun."));
    assert!(!runs("sleep 302.25"), "it lives on");
}

#[test]
fn what_leaves_the_session_neither_holds_the_end_back_nor_lives_on() {
    let place = Place::new();
    if haveago::sandbox::confine::chosen().tier == Ok(haveago::sandbox::confine::Tier::Landlock) {
        // There it cannot be left at all.
        return;
    }
    let mut screen = Screen::open(&place, "setsid sh -c 'echo begun.; exec sleep 303.25'");
    comes_to_run("sleep 303.25");
    let start = Instant::now();
    screen.handle.stop();
    screen.end();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    if cfg!(target_os = "linux") {
        assert!(!runs("sleep 303.25"), "it lives on");
    }
}

/// Whether a process with these words lives. Its number would not tell: inside, processes have other numbers.
pub fn runs(words: &str) -> bool {
    let wanted = format!("{}\0", words.replace(' ', "\0"));
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|process| std::fs::read_to_string(process.path().join("cmdline")).ok())
        .any(|has| has == wanted)
}

/// Waits until it lives: a shell goes on before what it has started has begun.
pub fn comes_to_run(words: &str) {
    let until = Instant::now() + DEADLINE;
    while !runs(words) {
        assert!(Instant::now() < until, "{words} has not begun");
        std::thread::sleep(Duration::from_millis(5));
    }
}
