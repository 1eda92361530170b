//! A base copied into a course's own cache, where the kernel cannot lay one over the other. Never by a second name for the
//! same file: what is written through one is read through the other.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Copies each file that is not there yet. What is there is the course's, and stays.
///
/// # Errors
/// When something cannot be copied, or another program is at it.
pub(crate) fn fill(from: &Path, to: &Path) -> io::Result<()> {
    let lock = OpenOptions::new().write(true).create(true).truncate(false).open(to.join("copying"))?;
    lock.try_lock().map_err(io::Error::from)?;
    for folder in fs::read_dir(from)? {
        let folder = folder?;
        let target = to.join(folder.file_name());
        fs::create_dir_all(&target)?;
        // The records come after what they speak of: a copy that is cut short promises nothing that is not there.
        for records in [false, true] {
            for file in fs::read_dir(folder.path())? {
                let file = file?;
                let name = file.file_name();
                if name.to_string_lossy().ends_with("-a") == records {
                    copy(&file.path(), &target, &target.join(name))?;
                }
            }
        }
    }
    Ok(())
}

/// Whole or not at all. A disk that can share the bytes of two files until one of them is changed does so.
fn copy(from: &Path, folder: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        return Ok(());
    }
    let mut source = File::open(from)?;
    let beside = folder.join(format!("copy-{}", std::process::id()));
    let written = (|| {
        let mut target = OpenOptions::new().write(true).create(true).truncate(true).open(&beside)?;
        io::copy(&mut source, &mut target)?;
        // Go throws away what has not been used for days, and this shall stay.
        target.set_modified(source.metadata()?.modified()?)?;
        fs::rename(&beside, to)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::fill;

    #[test]
    fn what_is_missing_is_copied_and_is_no_second_name() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for path in [from.join("0a"), to.join("0a")] {
            std::fs::create_dir_all(path).unwrap();
        }
        let time = SystemTime::UNIX_EPOCH + Duration::from_hours(400_000);
        for name in ["0a/1-d", "0a/1-a", "0a/2-a"] {
            std::fs::write(from.join(name), name).unwrap();
            std::fs::File::open(from.join(name)).unwrap().set_modified(time).unwrap();
        }
        std::fs::write(to.join("0a/2-a"), "its own").unwrap();
        fill(&from, &to).unwrap();
        let text = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
        assert_eq!((text("to/0a/1-d"), text("to/0a/2-a")), ("0a/1-d".to_owned(), "its own".to_owned()));
        assert_eq!(to.join("0a/1-a").metadata().unwrap().modified().unwrap(), time);
        assert_eq!(to.join("0a").read_dir().unwrap().count(), 3);
        let other = std::fs::File::open(to.join("copying")).unwrap();
        other.lock().unwrap();
        assert!(fill(&from, &to).is_err());
        std::fs::write(to.join("0a/1-d"), "poison").unwrap();
        assert_eq!(text("from/0a/1-d"), "0a/1-d");
    }
}
