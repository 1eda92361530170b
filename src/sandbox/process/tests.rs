//! Programs that end, flood, hang and cannot be started.

#[cfg(unix)]
use std::path::Path;
use std::time::Duration;
#[cfg(unix)]
use std::time::Instant;

use super::{Job, run};
#[cfg(unix)]
use crate::judge::evidence::{Captured, Stopped};

#[cfg(unix)]
fn sh(script: &str, stdin: &str, timeout: Duration, output_limit: u64) -> Captured {
    let argv = ["sh", "-c", script].map(str::to_owned);
    let env = [("PATH".to_owned(), std::env::var("PATH").unwrap_or_default())];
    run(&Job { argv: &argv, dir: Path::new("/"), env: &env, stdin, timeout, output_limit })
}

const LONG: Duration = Duration::from_secs(30);

#[test]
#[cfg(unix)]
fn both_streams_come_in_order_and_alone() {
    // The pauses are the program's own: without them the two pipes have no order to tell.
    let seen = sh("read a; echo out $a; sleep 0.1; echo err >&2; sleep 0.1; echo end; exit 3", "in\n", LONG, 1 << 20);
    assert_eq!((seen.exit, seen.stdout.as_str(), seen.stderr.as_str()), (3, "out in\nend\n", "err\n"));
    assert_eq!(seen.output, "out in\nerr\nend\n");
    assert_eq!(seen.stopped, None);
}

#[test]
#[cfg(unix)]
fn a_background_child_neither_hangs_us_nor_lives_on() {
    let start = Instant::now();
    let seen = sh("sleep 60 & echo $!", "", LONG, 1 << 20);
    assert!(start.elapsed() < Duration::from_secs(10));
    let pid = seen.stdout.trim();
    assert!(!Path::new("/proc").join(pid).join("exe").exists(), "{pid} is still there");
}

#[test]
#[cfg(unix)]
fn time_and_output_have_limits() {
    let seen = sh("sleep 60; echo no", "", Duration::from_millis(200), 1 << 20);
    assert_eq!((seen.exit, seen.stopped), (137, Some(Stopped::Time(Duration::from_millis(200)))));
    let seen = sh("yes", "", LONG, 100_000);
    assert_eq!(seen.stopped, Some(Stopped::Output(100_000)));
    assert!(seen.output.len() < 3 << 20);
}

#[test]
fn a_program_that_is_not_there_is_127_with_the_reason() {
    let argv = ["no-such-program-here".to_owned()];
    let dir = std::env::temp_dir();
    let seen = run(&Job { argv: &argv, dir: &dir, env: &[], stdin: "", timeout: LONG, output_limit: 1 });
    assert_eq!((seen.exit, seen.stderr.as_str()), (127, "no-such-program-here: no such program\n"));
}

#[test]
#[cfg(unix)]
fn a_signal_is_128_and_its_number() {
    assert_eq!(sh("kill -TERM $$", "", LONG, 1).exit, 143);
}
