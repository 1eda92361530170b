//! What a folder holds, as one sum: whether anything in it was changed since.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

use super::open_no_link;

/// Names that are looked at; a folder with more has no sum.
const MOST_NAMES: usize = 2_000;
/// Bytes that are read.
const MOST_BYTES: u64 = 64 << 20;
/// Folders in folders.
const DEEPEST: usize = 40;

/// The sum of all names, rights and bytes below the folder, and of where links lead. None where there is more than is
/// looked through, something that is no file, folder or link, or something that cannot be read.
#[must_use]
pub fn sum(folder: &Path) -> Option<String> {
    let mut walk = Walk { sum: Sha256::new(), names: 0, bytes: 0 };
    walk.folder(folder, 0).ok()?;
    Some(BASE64_STANDARD.encode(walk.sum.finalize()))
}

struct Walk {
    sum: Sha256,
    names: usize,
    bytes: u64,
}

impl Walk {
    fn folder(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        let mut entries = fs::read_dir(folder)?.take(MOST_NAMES).collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        self.names += entries.len();
        if self.names >= MOST_NAMES || depth > DEEPEST {
            return Err(io::Error::other("there is too much in it"));
        }
        for entry in entries {
            let (path, meta) = (entry.path(), entry.metadata()?);
            self.part(entry.file_name().as_encoded_bytes());
            self.part(&rights(&meta).to_le_bytes());
            if meta.is_dir() {
                self.part(b"folder");
                self.folder(&path, depth + 1)?;
                self.part(b"end");
            } else if meta.is_symlink() {
                self.part(b"link");
                self.part(fs::read_link(path)?.as_os_str().as_encoded_bytes());
            } else if meta.is_file() {
                self.part(b"file");
                self.file(&path)?;
            } else {
                return Err(io::Error::other("it is no file"));
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let mut bytes = Vec::new();
        open_no_link(path)?.take(MOST_BYTES - self.bytes + 1).read_to_end(&mut bytes)?;
        self.bytes += bytes.len() as u64;
        if self.bytes > MOST_BYTES {
            return Err(io::Error::other("there is too much in it"));
        }
        self.part(&bytes);
        Ok(())
    }

    /// Its length goes before it, so that two parts are never taken for two others.
    fn part(&mut self, bytes: &[u8]) {
        self.sum.update((bytes.len() as u64).to_le_bytes());
        self.sum.update(bytes);
    }
}

fn rights(meta: &fs::Metadata) -> u32 {
    #[cfg(unix)]
    {
        std::os::unix::fs::PermissionsExt::mode(&meta.permissions())
    }
    #[cfg(not(unix))]
    {
        u32::from(meta.permissions().readonly())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{MOST_NAMES, sum};

    #[test]
    fn each_change_changes_it_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |name: &str, text: &str| fs::write(root.join(name), text).unwrap();
        let mut seen = vec![sum(root).unwrap()];
        let mut is_new = || {
            let now = sum(root).unwrap();
            assert!(!seen.contains(&now), "{seen:?}");
            seen.push(now);
        };
        write("a", "bc");
        is_new();
        write("a", "bcd");
        is_new();
        fs::rename(root.join("a"), root.join("ab")).unwrap();
        is_new();
        fs::create_dir(root.join("sub")).unwrap();
        is_new();
        write("sub/c", "");
        is_new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{PermissionsExt, symlink};
            fs::set_permissions(root.join("ab"), fs::Permissions::from_mode(0o755)).unwrap();
            is_new();
            symlink("ab", root.join("link")).unwrap();
            is_new();
            fs::remove_file(root.join("link")).unwrap();
            symlink("sub", root.join("link")).unwrap();
            is_new();
        }
        let before = sum(root);
        write("ab", "bcd");
        assert_eq!(sum(root), before);
    }

    #[test]
    fn what_is_too_much_has_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(sum(&folder.path().join("none")), None);
        for number in 0..MOST_NAMES {
            fs::write(folder.path().join(number.to_string()), "").unwrap();
        }
        assert_eq!(sum(folder.path()), None);
        let folder = tempfile::tempdir().unwrap();
        fs::File::create(folder.path().join("big")).unwrap().set_len((64 << 20) + 1).unwrap();
        assert_eq!(sum(folder.path()), None);
    }
}
