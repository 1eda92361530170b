//! What several targets need: a limit of time, a course around one lesson, and texts that terminals may be sent.

use std::collections::BTreeMap;
use std::time::Duration;

use haveago::base::obeyed::obeyed;
use haveago::course::{Course, load};

/// How long one input may take. The build of the tests is not optimised.
const LONGEST: Duration = Duration::from_millis(if cfg!(test) { 5_000 } else { 500 });

/// Runs `work`, which must be done in time.
pub fn in_time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = processor_time();
    let done = work();
    let took = processor_time().saturating_sub(begun);
    assert!(took <= LONGEST, "{what} takes {took:?}");
    done
}

/// What this thread has had of the processor: a machine may have other things to do.
#[cfg(unix)]
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// There it is not asked for.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    Duration::ZERO
}

/// The text has nothing in it that a terminal obeys instead of showing.
#[track_caller]
pub fn assert_readable(text: &str) {
    let found = obeyed(text).next();
    assert!(found.is_none(), "a terminal obeys {found:?} in {text:?}");
}

/// One line that a terminal shows as it is.
#[track_caller]
pub fn assert_line(text: &str) {
    assert!(!text.contains(char::is_control), "a control character in {text:?}");
}

const MANIFEST: &str = "format = 1\nid = \"c\"\ntitle = \"C\"\nversion = \"1.0.0\"\ngo = \"1.24\"\n\
                        licence = \"MIT\"\nchapters = [\"01-x\"]\n";

/// Where the lesson stands that [`files`] makes of a text.
pub const LESSON: &str = "01-x/01-y.md";

/// The files of a course: a line `=== PATH` begins one, what stands before the first is the lesson. A course.toml and
/// a page of the chapter are there in any case.
pub fn files(text: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> =
        [("course.toml", MANIFEST), ("01-x/README.md", "# X\n\nWhat it gives.\n")]
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .into();
    let mut path = LESSON.to_owned();
    let mut file = String::new();
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix("=== ") {
            let next = next.trim_end_matches(['\n', '\r']).to_owned();
            files.insert(std::mem::replace(&mut path, next), std::mem::take(&mut file));
        } else {
            file.push_str(line);
        }
    }
    files.insert(path, file);
    files
}

/// The course of [`files`], as far as it could be understood.
pub fn course(text: &str) -> Option<Course> {
    load(&files(text)).course
}

/// A few numbers from the beginning of an input, written as bytes; the rest of it.
pub fn head<const N: usize>(data: &[u8]) -> Option<([u8; N], &[u8])> {
    data.split_first_chunk::<N>().map(|(head, rest)| (*head, rest))
}
