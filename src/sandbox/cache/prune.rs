//! What a course's commands had to build before the base had it, taken away again once it has: nothing lies there twice.

use std::fs::{self, File};
use std::path::Path;

/// Looks through all that lies on top of `edition`. A top that a command has just now is left to the next time.
pub(super) fn prune(tops: &Path, edition: &Path) {
    for top in fs::read_dir(tops).into_iter().flatten().flatten() {
        let lock = File::options().write(true).open(top.path().join("lock"));
        if let Ok(lock) = lock
            && lock.try_lock().is_ok()
        {
            prune_top(&top.path().join("files"), edition);
        }
    }
}

/// What is the same in both is removed above. With the lock no program is there that could change it meanwhile; but one
/// may have laid links before.
fn prune_top(files: &Path, edition: &Path) {
    for folder in fs::read_dir(files).into_iter().flatten().flatten() {
        if !folder.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let below = edition.join(folder.file_name());
        for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            let (Ok(above), Ok(below)) = (file.metadata(), fs::metadata(below.join(file.file_name()))) else {
                continue;
            };
            // Go names each by what is in it, or by what it is made of.
            if above.is_file() && above.len() == below.len() {
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::prune;

    #[test]
    fn what_the_base_has_goes_and_all_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (tops, edition, users) =
            (folder.path().join("tops"), folder.path().join("edition"), folder.path().join("users"));
        for path in [tops.join("0/files/0a"), tops.join("1/files/0a"), edition.join("0a"), users.clone()] {
            fs::create_dir_all(path).unwrap();
        }
        for top in ["0", "1"] {
            fs::write(tops.join(top).join("lock"), "").unwrap();
            for (name, text) in [("1-d", "same"), ("2-d", "another"), ("3-d", "its own")] {
                fs::write(tops.join(top).join("files/0a").join(name), text).unwrap();
            }
        }
        for path in [edition.join("0a/1-d"), edition.join("0a/2-d"), users.join("1-d")] {
            fs::write(path, "same").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(&users, tops.join("0/files/0b")).unwrap();
        fs::create_dir(edition.join("0b")).unwrap();
        fs::write(edition.join("0b/1-d"), "same").unwrap();
        let busy = File::options().write(true).open(tops.join("1/lock")).unwrap();
        busy.lock().unwrap();
        prune(&tops, &edition);
        let left = |top: &str| fs::read_dir(tops.join(top).join("files/0a")).unwrap().count();
        assert_eq!((left("0"), left("1")), (2, 3));
        assert!(users.join("1-d").exists());
    }
}
