//! Threads with names: a debugger, a panic and the system's own lists tell them apart by those.

use std::thread::{Builder, JoinHandle};

/// Starts a thread; `name` is short, as systems keep 15 letters of it.
///
/// # Panics
/// When the system has no thread left, as [`std::thread::spawn`] does.
#[expect(clippy::panic, reason = "the standard library's own way does so, too")]
pub fn spawn<T: Send + 'static>(name: &'static str, work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    match Builder::new().name(name.to_owned()).spawn(work) {
        Ok(thread) => thread,
        Err(error) => panic!("no thread can be started: {error}"),
    }
}
