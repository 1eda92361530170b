//! What build and vet say about a learner's folder, whatever version of Go says it.

use std::path::Path;
use std::time::Duration;

use super::check::{self, Place};
use super::confine::Class;
use super::probe::go_tool::{NULL, OUTPUT_LIMIT, packages};
use super::process::Job;
use crate::base::FilePath;
use crate::go::diagnostic::{self, Diagnostic};
use crate::judge::evidence::Captured;

/// A first build with an empty cache builds the standard library.
const TIMEOUT: Duration = Duration::from_mins(2);

/// Something that is wrong at a place in a file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub path: FilePath,
    pub found: Diagnostic,
    /// The program can be built all the same.
    pub is_warning: bool,
}

/// What `go build` says about the folder `root`, and where that is nothing, what `go vet` says: both in the order in
/// which Go says it. Nothing is written into the folder. What has no place in one of its files is left out.
#[must_use]
pub fn find(root: &Path, env: &[(String, String)]) -> Vec<Problem> {
    let targets = packages(root, "./...");
    let built = go(root, env, &["build", "-o", NULL], &targets);
    if built.stopped.is_some() {
        return Vec::new();
    }
    if built.exit != 0 {
        return read(root, &built.stderr, false);
    }
    let vetted = go(root, env, &["vet"], &targets);
    // What vet marks with its name keeps it from looking at all: in the tests, which a build leaves out.
    let is_stuck = vetted.stderr.lines().any(|line| line.starts_with("vet: "));
    if vetted.stopped.is_some() { Vec::new() } else { read(root, &vetted.stderr, !is_stuck) }
}

fn read(root: &Path, told: &str, is_warning: bool) -> Vec<Problem> {
    let found = diagnostic::read(told).into_iter();
    found.filter_map(|found| Some(Problem { path: below(root, &found.file)?, found, is_warning })).collect()
}

/// The path from `root` on; none when it leads out, to Go's own files.
fn below(root: &Path, file: &str) -> Option<FilePath> {
    let file = Path::new(file).strip_prefix(root).map_or_else(|_| file.to_owned(), |path| path.display().to_string());
    FilePath::parse(&file.replace('\\', "/")).ok()
}

fn go(root: &Path, env: &[(String, String)], words: &[&str], targets: &[String]) -> Captured {
    let words = std::iter::once("go").chain(words.iter().copied()).map(str::to_owned);
    let argv: Vec<String> = words.chain(targets.iter().cloned()).collect();
    let job = Job { argv: &argv, dir: root, env, stdin: "", timeout: TIMEOUT, output_limit: OUTPUT_LIMIT };
    check::run(&job, Place { root, also: root, class: Class::Go })
}
