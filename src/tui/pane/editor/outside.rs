//! Files that other programs write, rename and remove while they are open here.

use crate::base::FilePath;

use super::Editor;

impl Editor {
    /// A file or folder has another name: what is open of it goes on under that.
    pub fn renamed(&mut self, from: &FilePath, to: &FilePath) {
        for file in &mut self.files {
            if let Some(path) = moved(&file.path, from, to) {
                file.path = path;
                // What is under way is answered under the old name, and is not of this file any more.
                file.asked.clear();
            }
        }
    }

    /// A file or folder is gone: what is open of it is closed.
    pub fn removed(&mut self, path: &FilePath) {
        let current = self.files.get(self.current).map(|file| file.path.clone());
        self.files.retain(|file| moved(&file.path, path, path).is_none());
        let same = current.and_then(|path| self.files.iter().position(|file| file.path == path));
        self.current = same.unwrap_or(0);
    }
}

/// The path of what was at `path`, when it is `from` or in it, which is at `to` now.
fn moved(path: &FilePath, from: &FilePath, to: &FilePath) -> Option<FilePath> {
    let rest = path.as_str().strip_prefix(from.as_str())?;
    if rest.is_empty() || rest.starts_with('/') { FilePath::parse(&format!("{to}{rest}")).ok() } else { None }
}
