//! The helper, its shell language and its pseudo-terminals, with real processes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use haveago::judge::evidence::Captured;
use haveago::sandbox::{Ended, confine, helper, run_line};

mod go;
mod language;
mod problems;
pub mod terminal;

/// A folder for a learner, and the environment of their commands.
struct Place {
    root: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        helper::set_program(PathBuf::from(env!("CARGO_BIN_EXE_haveago")));
        confine::allow_unconfined();
        Self { root: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        // A temporary folder may stand behind a link, and the shell tells the true path.
        self.root.path().canonicalize().unwrap()
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn env(&self) -> Vec<(String, String)> {
        vec![
            ("PATH".to_owned(), std::env::var("PATH").unwrap()),
            ("HOME".to_owned(), self.path().join(".home").display().to_string()),
        ]
    }

    fn run(&self, line: &str) -> Captured {
        self.run_from(line, &self.path(), &self.env(), "").0
    }

    fn run_from(&self, line: &str, dir: &Path, env: &[(String, String)], stdin: &str) -> (Captured, Ended) {
        run_line(line, dir, &self.path(), env, stdin, Duration::from_mins(1), 64 << 20)
    }

    /// Exit code and both streams of a line.
    fn says(&self, line: &str) -> (i32, String) {
        let seen = self.run(line);
        (seen.exit, seen.output)
    }
}
