//! The whole program on pipes, in folders of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A data folder and a course's folder, gone at the end of the test.
pub struct Stage {
    folder: tempfile::TempDir,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Told {
    pub out: String,
    pub err: String,
    pub status: i32,
}

impl Stage {
    /// With the course of these files; `course.toml` is added.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let stage = Self { folder: tempfile::tempdir().unwrap() };
        let manifest = "format = 1\nid = \"tiny\"\ntitle = \"Tiny\"\nversion = \"1.0.0\"\nauthors = [\"A\"]\n\
                        licence = \"CC0\"\ngo = \"1.24\"\nchapters = [\"01-first\"]\n";
        for (path, text) in [("course.toml", manifest)].iter().chain(files) {
            let path = stage.course().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        stage
    }

    pub fn course(&self) -> PathBuf {
        self.folder.path().join("course")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The program with its data folder and this course, its input typed.
    pub fn run(&self, args: &[&str], typed: &str) -> Told {
        let course = self.course();
        let mut all = vec!["--course", course.to_str().unwrap()];
        all.extend(args);
        run(&self.data(), &all, typed)
    }
}

/// The program with this data folder. Where nothing confines, a story is not about that.
pub fn run(data: &Path, args: &[&str], typed: &str) -> Told {
    run_with(data, &[], &[&["--allow-unconfined"], args].concat(), typed)
}

/// The program with this data folder and more environment.
pub fn run_with(data: &Path, env: &[(&str, &str)], args: &[&str], typed: &str) -> Told {
    let mut child = Command::new(env!("CARGO_BIN_EXE_haveago"))
        .args(args)
        .envs(env.iter().copied())
        .env("HAVEAGO_DATA", data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end before it has read all.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    told(&child.wait_with_output().unwrap())
}

fn told(output: &Output) -> Told {
    Told {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        status: output.status.code().unwrap_or(-1),
    }
}

/// A data folder of its own with Go's build cache shared by all tests: building the standard library takes longer
/// than all the rest.
pub fn data_with_warm_cache() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    crate::support::go_base();
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    fs::create_dir_all(&cache).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(cache, data.path().join("cache")).unwrap();
    data
}
