//! Standard input, line by line, without reading ahead: what follows a line belongs to the program it starts.

use std::io::{self, ErrorKind, IsTerminal, Read};

/// A longer line is cut: nobody types it.
const LONGEST: usize = 1024 * 1024;

#[derive(Debug)]
pub struct Input {
    #[cfg(unix)]
    bytes: std::fs::File,
    #[cfg(not(unix))]
    bytes: io::Stdin,
    pub is_terminal: bool,
}

impl Input {
    /// Our standard input.
    ///
    /// # Errors
    /// When it is closed.
    #[cfg_attr(not(unix), allow(clippy::unnecessary_wraps, reason = "it is copied on Unix"))]
    pub fn open() -> io::Result<Self> {
        let stdin = io::stdin();
        let is_terminal = stdin.is_terminal();
        #[cfg(unix)]
        let bytes = std::fs::File::from(std::os::fd::AsFd::as_fd(&stdin).try_clone_to_owned()?);
        #[cfg(not(unix))]
        let bytes = stdin;
        Ok(Self { bytes, is_terminal })
    }

    /// The next line without its end; none when the input has ended.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let mut byte = [0];
        loop {
            match self.bytes.read(&mut byte) {
                Ok(0) if line.is_empty() => return Ok(None),
                Ok(0) => break,
                Ok(_) if byte[0] == b'\n' => break,
                Ok(_) if line.len() < LONGEST => line.push(byte[0]),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned()))
    }

    /// The lines up to one with a single `.`, each ended; none when the input ends before it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn until_dot(&mut self) -> io::Result<Option<String>> {
        let mut text = String::new();
        while let Some(line) = self.line()? {
            if line == "." {
                return Ok(Some(text));
            }
            text.push_str(&line);
            text.push('\n');
        }
        Ok(None)
    }
}
