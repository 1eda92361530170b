//! One folder laid over another, so that a command sees both as one and changes only what lies on top.

use std::ffi::CString;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use rustix::mount::MountFlags;

use super::Layers;

/// Commands that can run at the same time, each with a top of its own. Further ones do without.
const MOST: u32 = 32;

impl Layers {
    /// Decides on a top that no other command has, and keeps it as long as the answer is kept. The kernel makes no promise
    /// for one that lies on two at once.
    pub(super) fn take(&mut self) -> Option<File> {
        (0..MOST).find_map(|number| {
            let top = self.tops.join(number.to_string());
            for folder in ["files", "work"] {
                fs::create_dir_all(top.join(folder)).ok()?;
            }
            let lock = File::options().create(true).truncate(false).write(true).open(top.join("lock")).ok()?;
            lock.try_lock().ok()?;
            self.top = Some(top.canonicalize().ok()?);
            Some(lock)
        })
    }

    /// What is changed lands here.
    pub(super) fn changed(&self) -> Option<std::path::PathBuf> {
        self.top.as_ref().map(|top| top.join("files"))
    }

    /// Lays them. Only for the first process of new namespaces, which may.
    pub(super) fn lay(&self) -> io::Result<()> {
        let top = self.top.as_deref().ok_or(io::ErrorKind::NotFound)?;
        let work = top.join("work");
        // The kernel marks a top that it does not bring to the disk at each end of a command, and then lays it once only.
        // After a loss of power the mark would be right; but what is lost then is what Go can tell, and builds again.
        let mark = work.join("work/incompat/volatile");
        let _ = fs::remove_file(mark.join("dirty"));
        let _ = fs::remove_dir(&mark);
        let _ = fs::remove_dir(work.join("work/incompat"));
        let files = top.join("files");
        let [base, files, work] = [&self.base, &files, &work].map(|path| text(path));
        let options =
            format!("lowerdir={},upperdir={},workdir={},userxattr,index=off,xino=off,volatile", base?, files?, work?);
        let options = CString::new(options)?;
        let flags = MountFlags::NOSUID | MountFlags::NODEV;
        Ok(rustix::mount::mount("overlay", &self.at, "overlay", flags, options.as_c_str())?)
    }
}

/// The path among options; some letters have a meaning there.
fn text(path: &Path) -> io::Result<&str> {
    path.to_str().filter(|path| !path.contains([',', ':', '\\'])).ok_or_else(|| io::ErrorKind::InvalidFilename.into())
}
