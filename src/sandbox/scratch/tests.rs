//! The learner's files: what is theirs stays, and no path leads out.

use super::{Entry, Laid, Scratch, ScratchError, open};
use crate::base::FilePath;
use crate::sandbox::Dirs;

fn scratch() -> (tempfile::TempDir, Scratch) {
    let data = tempfile::tempdir().unwrap();
    let dirs = Dirs::find(Some(data.path())).unwrap();
    let scratch = open(&dirs, "go", "01-why", "02-start").unwrap();
    (data, scratch)
}

fn path(text: &str) -> FilePath {
    FilePath::parse(text).unwrap()
}

#[test]
fn a_file_is_laid_once_and_the_learners_own_stays() {
    let (_data, scratch) = scratch();
    let file = path("cmd/app/main.go");
    assert_eq!(scratch.lay(&file, "package main\n").unwrap(), Laid::Written);
    scratch.save(&file, "mine\n").unwrap();
    assert_eq!(scratch.lay(&file, "package main\n").unwrap(), Laid::KeptYours);
    assert_eq!(scratch.read(&file).unwrap(), "mine\n");
    let names: Vec<Entry> = scratch.list(Some(&path("cmd/app"))).unwrap();
    assert_eq!(names, [Entry { name: "main.go".to_owned(), is_dir: false, executable: false }]);
    assert!(scratch.list(None).unwrap()[0].is_dir);
}

#[test]
fn ids_cannot_lead_out() {
    let data = tempfile::tempdir().unwrap();
    let dirs = Dirs::find(Some(data.path())).unwrap();
    for id in ["..", "a/b", "", "/etc", "c:"] {
        assert!(matches!(open(&dirs, "go", id, "x"), Err(ScratchError::Name(_))), "{id}");
    }
}

#[test]
#[cfg(unix)]
fn saving_keeps_the_rights() {
    use std::os::unix::fs::PermissionsExt;
    let (_data, scratch) = scratch();
    let (file, place) = (path("run.sh"), scratch.root.join("run.sh"));
    scratch.save(&file, "one").unwrap();
    assert_eq!(place.metadata().unwrap().permissions().mode() & 0o777, 0o644);
    std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o755)).unwrap();
    scratch.save(&file, "two").unwrap();
    assert_eq!(place.metadata().unwrap().permissions().mode() & 0o777, 0o755);
    assert!(scratch.list(None).unwrap()[0].executable);
}

#[test]
#[cfg(unix)]
fn links_pipes_and_giants_are_refused() {
    use std::os::unix::fs::symlink;
    let (data, scratch) = scratch();
    let outside = data.path().join("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("secret"), "secret").unwrap();
    symlink(&outside, scratch.root.join("way")).unwrap();
    symlink(outside.join("secret"), scratch.root.join("link.go")).unwrap();
    for file in ["way/secret", "link.go", "way/new"] {
        assert!(matches!(scratch.read(&path(file)), Err(ScratchError::Link(_))), "{file}");
        assert!(matches!(scratch.save(&path(file), "x"), Err(ScratchError::Link(_))), "{file}");
    }
    assert!(matches!(scratch.lay(&path("way/new"), "x"), Err(ScratchError::Link(_))));
    assert_eq!(scratch.lay(&path("link.go"), "x").unwrap(), Laid::KeptYours);
    assert!(matches!(scratch.list(Some(&path("way"))), Err(ScratchError::Link(_))));
    assert_eq!(std::fs::read_to_string(outside.join("secret")).unwrap(), "secret");

    let fifo = scratch.root.join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    assert!(matches!(scratch.read(&path("fifo")), Err(ScratchError::Special(_))));
    assert!(matches!(scratch.save(&path("fifo"), "x"), Err(ScratchError::Special(_))));
    std::fs::File::create(scratch.root.join("giant")).unwrap().set_len(super::LARGEST + 1).unwrap();
    assert!(matches!(scratch.read(&path("giant")), Err(ScratchError::Huge(_))));
    std::fs::write(scratch.root.join("bytes"), b"\xff\xfe").unwrap();
    assert!(matches!(scratch.read(&path("bytes")), Err(ScratchError::NotText(_))));
    assert!(matches!(scratch.read(&path("nothing")), Err(ScratchError::Missing(_))));
    scratch.save(&path("giant"), "small now").unwrap();
    assert_eq!(scratch.read(&path("giant")).unwrap(), "small now");
}
