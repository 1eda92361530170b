//! The go commands of a look: build, vet, gofmt, and what stands for the package where there is no module yet.

use std::fs;
use std::path::{Path, PathBuf};

use super::Look;
use super::files::{self, is_native_program};
use crate::base::FilePath;
use crate::go::source::is_go_file;
use crate::judge::evidence::Captured;
use crate::sandbox::check;
use crate::sandbox::confine::Class;
use crate::sandbox::process::Job;

/// Where a program goes that is built only to see whether it can be.
pub(in crate::sandbox) const NULL: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// Bytes that a go command may print before it is stopped.
pub(in crate::sandbox) const OUTPUT_LIMIT: u64 = 8_000_000;

impl Look<'_> {
    /// Every package builds. The null device as output keeps Go from writing a program into the folder.
    pub(super) fn build_all(&self) -> Captured {
        self.go(&self.prober.root, &["build", "-o", NULL], &packages(&self.prober.root, "./..."))
    }

    pub(super) fn vet(&self) -> Captured {
        self.go(&self.prober.root, &["vet"], &packages(&self.prober.root, "./..."))
    }

    pub(super) fn unformatted(&self) -> Result<Vec<String>, Captured> {
        let captured = self.tool(&self.prober.root, &["gofmt".to_owned(), "-l".to_owned(), ".".to_owned()]);
        if captured.exit != 0 || captured.stopped.is_some() {
            return Err(captured);
        }
        if captured.stdout.is_empty() && !files::has_go(&self.prober.root) {
            // Of a folder with nothing to format gofmt says nothing, where the other tools say this.
            let why = "gofmt: \".\" matched no packages\n".to_owned();
            return Err(Captured { exit: 1, stderr: why.clone(), output: why, ..captured });
        }
        Ok(captured.stdout.lines().map(|line| line.replace('\\', "/")).collect())
    }

    /// Builds the program of `dir` (the scratch directory itself where there is none) into the look's own folder.
    pub(super) fn build_program(&self, dir: Option<&FilePath>, race: bool) -> Result<PathBuf, Captured> {
        let folder = dir.map_or_else(|| self.prober.root.clone(), |dir| dir.under(&self.prober.root));
        if let Some(dir) = dir.filter(|_| !folder.is_dir()) {
            let why = format!("there is no folder `{dir}` yet: `mkdir {dir}` makes it\n");
            return Err(Captured { exit: 127, stderr: why.clone(), output: why, ..Captured::default() });
        }
        let name = format!("program-{}-{race}{}", dir.map_or("", FilePath::name), std::env::consts::EXE_SUFFIX);
        let program = self.temp.join(name);
        let output = program.to_string_lossy().into_owned();
        let mut words = vec!["build", "-o", &output];
        if race {
            words.push("-race");
        }
        let captured = self.go(&folder, &words, &packages(&folder, "."));
        if captured.exit != 0 || captured.stopped.is_some() {
            return Err(captured);
        }
        if is_native_program(&program) {
            return Ok(program);
        }
        let why = "this package is no program: a program is `package main` and has a `func main()`\n".to_owned();
        Err(Captured { exit: 1, stderr: why.clone(), output: why, ..captured })
    }

    /// `go WORDS TARGETS` in `dir`.
    pub(super) fn go(&self, dir: &Path, words: &[&str], targets: &[String]) -> Captured {
        let words = std::iter::once("go").chain(words.iter().copied()).map(str::to_owned);
        let argv: Vec<String> = words.chain(targets.iter().cloned()).collect();
        self.tool(dir, &argv)
    }

    fn tool(&self, dir: &Path, argv: &[String]) -> Captured {
        let job = Job {
            argv,
            dir,
            env: &self.prober.env,
            stdin: "",
            timeout: self.prober.tool_timeout,
            output_limit: OUTPUT_LIMIT,
        };
        let captured = check::run(&job, self.place(Class::Go));
        let is_missing = captured.exit == 127 && captured.output.contains("no such program");
        if is_missing { without_go(captured) } else { captured }
    }
}

fn without_go(captured: Captured) -> Captured {
    let why = "there is no Go on this machine yet, so nothing can be built or run\n".to_owned();
    Captured { stderr: why.clone(), output: why, ..captured }
}

/// What a go command is given in `folder`: `usual` inside a module; else the folder's Go files by name, so that the
/// first lessons work before there is a `go.mod`.
pub(in crate::sandbox) fn packages(folder: &Path, usual: &str) -> Vec<String> {
    let is_in_module =
        folder.ancestors().any(|folder| folder.join("go.mod").is_file() || folder.join("go.work").is_file());
    if is_in_module {
        return vec![usual.to_owned()];
    }
    let files = go_files(folder);
    // With nothing to build, the message about `.` is the one that learners meet.
    if files.is_empty() { vec![".".to_owned()] } else { files }
}

fn go_files(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_go_file(name) && !name.ends_with("_test.go") && !name.starts_with(['_', '.']))
        .collect();
    names.sort();
    names
}
