//! Printing that ends in peace when nobody reads any more.

use std::io::{self, ErrorKind, Write};

use crate::base::obeyed::readable;

/// Prints `text` on standard output, readable whoever wrote it: courses and programs are told of in it. A reader that
/// has gone away (`haveago contents | head -1`) has what it wanted.
///
/// # Errors
/// When standard output cannot be written for another reason.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(readable(text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// Prints a sentence on standard error; where that is closed there is no one to tell.
pub fn tell(sentence: &str) {
    let _ = writeln!(io::stderr(), "haveago: {}", readable(sentence));
}
