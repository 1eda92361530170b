//! Hidden tests and planted bugs, laid over the learner's files by an overlay: they are never in the folder itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::Look;
use super::go_tool::packages;
use crate::base::FilePath;
use crate::course::condition::Tests;
use crate::course::model::CourseFile;
use crate::judge::evidence::{Captured, MutantsSeen, OVERLAY};

impl Look<'_> {
    /// The hidden tests; where the step has none, the learner's own.
    pub(super) fn tests(&self, tests: &Tests) -> Captured {
        let hidden = &self.step.tests;
        let names: Vec<String> = match &tests.only {
            Some(name) => vec![name.clone()],
            None => hidden.iter().flat_map(|file| test_names(&file.text)).collect(),
        };
        let pattern = format!("^({})$", names.join("|"));
        let mut words = Vec::new();
        if tests.race {
            words.push("-race");
        }
        if !names.is_empty() {
            words.extend(["-run", &pattern]);
        }
        self.test(&hidden.iter().collect::<Vec<_>>(), &words, &self.targets(hidden))
    }

    /// The learner's tests on the solution, and when they pass there, on each planted bug.
    pub(super) fn mutants(&self) -> MutantsSeen {
        let mutants = &self.step.mutants;
        let changed: Vec<&CourseFile> = self
            .step
            .solution
            .files
            .iter()
            .filter(|file| mutants.iter().any(|mutant| mutant.path == file.path))
            .collect();
        let targets = self.tested(mutants);
        let folder = mutants.first().and_then(|mutant| mutant.path.as_str().rsplit_once('/'));
        let folder = folder.and_then(|(folder, _)| FilePath::parse(folder).ok());
        let on_solution = self.test(&changed, &[], &targets);
        if on_solution.exit != 0 {
            return MutantsSeen { folder, on_solution, caught: vec![false; mutants.len()] };
        }
        let is_caught = |mutant: &CourseFile| {
            let beside = changed.iter().copied().filter(|file| file.path != mutant.path);
            self.test(&beside.chain([mutant]).collect::<Vec<_>>(), &[], &targets).exit != 0
        };
        MutantsSeen { folder, on_solution, caught: mutants.iter().map(is_caught).collect() }
    }

    /// The packages of the planted bugs, as what lies in other folders is of other steps; files by name without a module.
    fn tested(&self, mutants: &[CourseFile]) -> Vec<String> {
        let root = &self.prober.root;
        let found = packages(root, "./...");
        if found == ["./..."] {
            return mutants.iter().map(|mutant| folder(&mutant.path)).collect::<BTreeSet<_>>().into_iter().collect();
        }
        if found == ["."] { found } else { with_tests(root, found) }
    }

    /// `go test` with `files` as if they stood in the scratch directory.
    fn test(&self, files: &[&CourseFile], words: &[&str], targets: &[String]) -> Captured {
        let overlay = match self.overlay(files) {
            Ok(overlay) => overlay,
            Err(error) => {
                let why = format!("the tests cannot be laid down: {error}\n");
                return Captured { exit: 127, stderr: why.clone(), output: why, ..Captured::default() };
            }
        };
        let words: Vec<&str> = ["test", "-overlay", &overlay].into_iter().chain(words.iter().copied()).collect();
        self.go(&self.prober.root, &words, targets)
    }

    /// Writes `files` into the look's own folder and a list that tells Go where they are to be seen.
    fn overlay(&self, files: &[&CourseFile]) -> std::io::Result<String> {
        let mut replace = serde_json::Map::new();
        for (index, file) in files.iter().enumerate() {
            let copy = self.temp.join(format!("{OVERLAY}{index}.go"));
            fs::write(&copy, &file.text)?;
            let seen_at = file.path.under(&self.prober.root).to_string_lossy().into_owned();
            replace.insert(seen_at, serde_json::Value::String(copy.to_string_lossy().into_owned()));
        }
        let list = self.temp.join("overlay.json");
        fs::write(&list, serde_json::json!({ "Replace": replace }).to_string())?;
        Ok(list.to_string_lossy().into_owned())
    }

    /// The packages that have hidden tests; all of them where there are none; files by name without a module.
    fn targets(&self, hidden: &[CourseFile]) -> Vec<String> {
        let root = &self.prober.root;
        let found = packages(root, "./...");
        if found != ["./..."] && found != ["."] {
            let tests =
                hidden.iter().filter(|file| !file.path.as_str().contains('/')).map(|file| file.path.to_string());
            let found = if hidden.is_empty() { with_tests(root, found) } else { found };
            return found.into_iter().chain(tests).collect();
        }
        let folders: BTreeSet<String> = hidden.iter().map(|file| folder(&file.path)).collect();
        if folders.is_empty() { found } else { folders.into_iter().collect() }
    }
}

fn folder(path: &FilePath) -> String {
    path.as_str().rsplit_once('/').map_or_else(|| ".".to_owned(), |(folder, _)| format!("./{folder}"))
}

/// The files and the learner's test files beside them.
fn with_tests(root: &Path, files: Vec<String>) -> Vec<String> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    files.into_iter().chain(names.filter(|name| name.ends_with("_test.go"))).collect()
}

/// The names of the tests, examples and fuzz tests that a file declares.
fn test_names(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| line.strip_prefix("func "))
        .filter_map(|rest| rest.split('(').next())
        .filter(|name| ["Test", "Example", "Fuzz"].iter().any(|kind| name.starts_with(kind)) && *name != "TestMain")
        .map(str::to_owned)
        .collect()
}
