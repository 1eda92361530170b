//! A course's module proxy as a folder that Go can read: the course's own, or one laid out of the program.

use std::borrow::Cow;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::CourseSource;
use super::source::embedded_below;
use crate::base::FilePath;

impl CourseSource {
    /// The folder of the proxy that is at `inside` in the course. That of the embedded course is laid below `cache`
    /// when it is needed first, under a name that its content makes.
    ///
    /// # Errors
    /// When it is not there, leads out of the course, or cannot be laid.
    pub fn proxy(&self, inside: &FilePath, cache: &Path) -> io::Result<PathBuf> {
        match self {
            Self::Embedded => lay(&embedded_below(inside), &cache.join("proxies")),
            Self::Folder(folder) => {
                let folder = fs::canonicalize(folder)?;
                let proxy = fs::canonicalize(folder.join(inside.as_str()))?;
                if proxy.is_dir() && proxy.starts_with(&folder) {
                    Ok(proxy)
                } else {
                    Err(io::Error::new(ErrorKind::InvalidInput, "it is no folder in the course"))
                }
            }
        }
    }
}

/// Lays the files in a folder of their own in `all`: put there in one step, so that after a kill there is all or nothing.
fn lay(files: &[(String, Cow<'static, [u8]>)], all: &Path) -> io::Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    let folder = all.join(format!("{:016x}", hasher.finish()));
    if folder.is_dir() {
        return Ok(folder);
    }
    fs::create_dir_all(all)?;
    let fresh = tempfile::Builder::new().prefix(".laying-").tempdir_in(all)?;
    for (path, bytes) in files {
        let path = fresh.path().join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    match fs::rename(fresh.path(), &folder) {
        // Another haveago may have been first; what it has laid is the same.
        Err(error) if !folder.is_dir() => Err(error),
        Ok(()) | Err(_) => Ok(folder),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::fs;

    use super::lay;
    use crate::base::FilePath;
    use crate::store::CourseSource;

    #[test]
    fn the_embedded_proxy_is_laid_once_and_whole() {
        let cache = tempfile::tempdir().unwrap();
        let inside = FilePath::parse("proxy").unwrap();
        let folder = CourseSource::Embedded.proxy(&inside, cache.path()).unwrap();
        let versions = folder.join("learn.example/greet/@v");
        assert_eq!(fs::read_to_string(versions.join("list")).unwrap(), "v1.0.0\nv1.1.0\n");
        assert!(fs::read(versions.join("v1.1.0.zip")).unwrap().starts_with(b"PK\x03\x04"));
        fs::write(folder.join("mark"), "").unwrap();
        assert_eq!(CourseSource::Embedded.proxy(&inside, cache.path()).unwrap(), folder);
        assert!(folder.join("mark").exists(), "what is there is not laid again");
        assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_a_kill_left_is_not_taken_for_the_proxy_and_other_content_has_another_folder() {
        let all = tempfile::tempdir().unwrap();
        fs::create_dir(all.path().join(".laying-abc")).unwrap();
        let of = |text: &'static str| [("a/b".to_owned(), Cow::Borrowed(text.as_bytes()))];
        let one = lay(&of("one"), all.path()).unwrap();
        let other = lay(&of("other"), all.path()).unwrap();
        assert_ne!(one, other);
        assert_eq!(fs::read_to_string(one.join("a/b")).unwrap(), "one");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_course_is_no_proxy() {
        let (course, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), course.path().join("proxy")).unwrap();
        let source = CourseSource::Folder(course.path().to_owned());
        let inside = FilePath::parse("proxy").unwrap();
        assert!(source.proxy(&inside, outside.path()).is_err());
        fs::remove_file(course.path().join("proxy")).unwrap();
        fs::create_dir(course.path().join("proxy")).unwrap();
        assert_eq!(source.proxy(&inside, outside.path()).unwrap(), course.path().canonicalize().unwrap().join("proxy"));
    }
}
