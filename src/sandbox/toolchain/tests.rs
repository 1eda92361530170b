//! Which Go is found, and why one is refused.

use std::path::Path;

use super::{ToolchainError, in_folder};
#[cfg(unix)]
use crate::go::version::GoVersion;

/// A folder with a `bin/go` that answers what the script says.
#[cfg(unix)]
fn fake(script: &str) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let go = folder.path().join("bin").join("go");
    std::fs::create_dir(go.parent().unwrap()).unwrap();
    std::fs::write(&go, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&go, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[test]
#[cfg(unix)]
fn the_setting_may_name_the_folder_or_the_program() {
    let folder = fake("echo /usr/local/go; echo go1.27.3");
    for place in [folder.path().to_owned(), folder.path().join("bin/go")] {
        let found = in_folder(&place).unwrap();
        assert_eq!(found.version, GoVersion { major: 1, minor: 27, patch: 3 });
        assert_eq!(found.goroot, Path::new("/usr/local/go"));
    }
}

#[test]
#[cfg(unix)]
fn an_old_one_and_a_broken_one_are_told_with_a_mend() {
    let old = in_folder(fake("echo /opt/go; echo go1.19.1").path()).unwrap_err();
    assert!(old.to_string().contains("is 1.19.1, and lessons need 1.24.0 or newer; install"), "{old}");
    let broken = in_folder(fake("echo 'cannot find GOROOT' >&2; exit 2").path()).unwrap_err();
    assert!(broken.to_string().contains("does not answer: cannot find GOROOT; install"), "{broken}");
}

#[test]
fn a_setting_that_leads_nowhere_is_told() {
    let place = Path::new("/no/such/go");
    assert_eq!(in_folder(place), Err(ToolchainError::NotThere(place.to_owned())));
}
