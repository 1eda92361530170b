//! What the objects of the standard library depend on, as a name: where one of these is another, so is the base.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::sandbox::Toolchain;

/// The name of a folder for what this Go builds, with the compilers for C that are found on `path`: whether there is one
/// decides whether Go uses it. Where a Go lies is nothing to what it builds of itself. `more` is whatever else it depends
/// on.
pub(super) fn name(toolchain: &Toolchain, path: &str, more: &str) -> String {
    let mut hash = Hash::new();
    // With the time of the release, and what is special about it.
    hash.add(&fs::read(toolchain.goroot.join("VERSION")).unwrap_or_default());
    for compiler in ["gcc", "clang", "cc"] {
        if let Some(place) = on(path, &format!("{compiler}{}", std::env::consts::EXE_SUFFIX)) {
            hash.file(&place);
        }
    }
    hash.add(more.as_bytes());
    let (os, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("go{}-{os}-{machine}-{:016x}", toolchain.version, hash.0)
}

fn on(path: &str, program: &str) -> Option<PathBuf> {
    std::env::split_paths(path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// FNV-1a: the same for ever, unlike the hashes of the standard library.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        // The end counts, so that no two texts are as one other.
        for byte in bytes.iter().chain(&[0]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds which file it is: another one at the same place has another size or time.
    fn file(&mut self, path: &Path) {
        self.add(path.to_string_lossy().as_bytes());
        let Ok(file) = fs::metadata(path) else { return };
        let time = file.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        self.add(format!("{} {}", file.len(), time.unwrap_or_default().as_nanos()).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::name;
    use crate::go::version::GoVersion;
    use crate::sandbox::Toolchain;

    #[test]
    fn another_go_or_another_compiler_has_another_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let go = |goroot: PathBuf| Toolchain {
            go: goroot.join("bin/go"),
            goroot,
            version: GoVersion::parse("go1.26.3").unwrap(),
        };
        for (root, version) in [("a", "go1.26.3\n"), ("same", "go1.26.3\n"), ("b", "go1.26.3 X:more\n")] {
            std::fs::create_dir(path(root)).unwrap();
            std::fs::write(path(root).join("VERSION"), version).unwrap();
        }
        let bin = path("bin").display().to_string();
        let first = name(&go(path("a")), &bin, "");
        assert_eq!(first, name(&go(path("same")), &bin, ""));
        assert!(first.starts_with("go1.26.3-"), "{first}");
        let mut all = vec![first, name(&go(path("b")), &bin, ""), name(&go(path("a")), &bin, "more")];
        std::fs::create_dir(path("bin")).unwrap();
        std::fs::write(path("bin").join(format!("gcc{}", std::env::consts::EXE_SUFFIX)), "").unwrap();
        all.push(name(&go(path("a")), &bin, ""));
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "{all:?}");
    }
}
