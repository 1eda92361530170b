//! The scratch directory of a chain of lessons, as a learner's would be: files laid, commands run, state carried on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::base::FilePath;
use crate::course::model::CourseFile;
use crate::judge::evidence::Captured;
use crate::sandbox::run_line;

/// How long a command of a lesson may take; the first one may have to build the standard library.
const TIMEOUT: Duration = Duration::from_mins(2);
const OUTPUT_LIMIT: u64 = 8_000_000;

#[derive(Debug)]
pub(super) struct Ground {
    temp: tempfile::TempDir,
    /// The scratch directory.
    pub root: PathBuf,
    /// Where the terminal stands.
    dir: PathBuf,
    env: Vec<(String, String)>,
    /// The starters laid so far: a new one may replace them, the learner's own work never.
    starters: BTreeMap<FilePath, BTreeSet<String>>,
    /// Files that a solution of this lesson wrote: the learner's own work.
    own: BTreeSet<FilePath>,
    /// Everything that was printed so far, for `when:`.
    pub outputs: Vec<String>,
}

impl Ground {
    /// A fresh scratch directory outside any module and any git checkout, or why there is none.
    pub fn new(env: &[(String, String)]) -> Result<Self, String> {
        let temp = tempfile::Builder::new().prefix("haveago-check-").tempdir().map_err(|error| error.to_string())?;
        let root = temp.path().join("work");
        fs::create_dir(&root).map_err(|error| error.to_string())?;
        let root = root.canonicalize().map_err(|error| error.to_string())?;
        let stranger = root.ancestors().flat_map(|dir| [dir.join("go.mod"), dir.join("go.work"), dir.join(".git")]);
        if let Some(stranger) = stranger.into_iter().find(|path| path.exists()) {
            return Err(format!("the temporary folder lies in a Go module or a git checkout: {}", stranger.display()));
        }
        let dir = root.clone();
        Ok(Self {
            temp,
            root,
            dir,
            env: env.to_vec(),
            starters: BTreeMap::new(),
            own: BTreeSet::new(),
            outputs: Vec::new(),
        })
    }

    /// A new lesson begins: the terminal stands in the scratch directory again.
    pub fn go_home(&mut self) {
        self.dir.clone_from(&self.root);
        self.own.clear();
    }

    /// Lays a step's starter files as `tutor::scratch::lay` does for a learner: where there is no such file, or an
    /// untouched starter. Answers with those that are not laid though another text of this lesson stands there.
    pub fn lay<'a>(&mut self, files: &'a [CourseFile]) -> io::Result<Vec<&'a CourseFile>> {
        let mut kept = Vec::new();
        for file in files {
            let before = self.starters.entry(file.path.clone()).or_default();
            let is_free = match fs::read_to_string(file.path.under(&self.root)) {
                Ok(text) => text == file.text || before.contains(&text),
                Err(error) => error.kind() == io::ErrorKind::NotFound,
            };
            before.insert(file.text.clone());
            if is_free {
                self.write(file)?;
            } else if self.own.contains(&file.path) {
                kept.push(file);
            }
        }
        Ok(kept)
    }

    /// Writes a file of the solution as the learner would save it.
    pub fn put(&mut self, file: &CourseFile) -> io::Result<()> {
        self.own.insert(file.path.clone());
        self.write(file)
    }

    fn write(&self, file: &CourseFile) -> io::Result<()> {
        let path = file.path.under(&self.root);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, &file.text)
    }

    /// Runs a command line as the learner's terminal does.
    pub fn run(&mut self, line: &str) -> Captured {
        let (captured, ended) = run_line(line, &self.dir, &self.root, &self.env, "", TIMEOUT, OUTPUT_LIMIT);
        self.dir = ended.dir;
        self.env = ended.env;
        self.outputs.push(captured.output.clone());
        captured
    }

    /// Does `work`, and then puts the scratch directory and the terminal back as they were. The work is done in the
    /// very same folder, so that messages with its path and the build cache are as the learner has them.
    pub fn undone<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> io::Result<T> {
        let copy = self.temp.path().join("copy");
        copy_folder(&self.root, &copy)?;
        let (dir, env) = (self.dir.clone(), self.env.clone());
        let result = work(self);
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        }
        for entry in fs::read_dir(&copy)? {
            let entry = entry?;
            fs::rename(entry.path(), self.root.join(entry.file_name()))?;
        }
        fs::remove_dir(&copy)?;
        (self.dir, self.env) = (dir, env);
        Ok(result)
    }
}

/// Copies what is in `from` into the new folder `to`; links and pipes, which no lesson needs, are left out.
pub(super) fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
