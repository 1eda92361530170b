//! The scratch directory of a chain of lessons, as a learner's would be: files laid, commands run, state carried on.

use std::fs;
use std::io;
use std::path::Path;

use crate::judge::evidence::Captured;
use crate::tutor::ground;

#[derive(Debug)]
pub(super) struct Ground {
    temp: tempfile::TempDir,
    pub inner: ground::Ground,
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
        Ok(Self { temp, inner: ground::Ground::new(root, env), outputs: Vec::new() })
    }

    /// The scratch directory.
    pub fn root(&self) -> &Path {
        self.inner.root()
    }

    /// Runs a command line as the learner's terminal does.
    pub fn run(&mut self, line: &str) -> Captured {
        let captured = self.inner.run(line);
        self.outputs.push(captured.output.clone());
        captured
    }

    /// Does `work`, and then puts the scratch directory and the terminal back as they were. The work is done in the
    /// very same folder, so that messages with its path and the build cache are as the learner has them.
    pub fn undone<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> io::Result<T> {
        let copy = self.temp.path().join("copy");
        copy_folder(self.root(), &copy)?;
        let terminal = self.inner.terminal.clone();
        let result = work(self);
        for entry in fs::read_dir(self.root())? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        }
        for entry in fs::read_dir(&copy)? {
            let entry = entry?;
            fs::rename(entry.path(), self.root().join(entry.file_name()))?;
        }
        fs::remove_dir(&copy)?;
        self.inner.terminal = terminal;
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
