//! What the stories are told with: a terminal that runs the program, folders to run it in, the Go of this machine.

pub mod terminal;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use terminal::Terminal;

/// The program under test.
pub fn haveago() -> &'static str {
    env!("CARGO_BIN_EXE_haveago")
}

/// The course of this repository.
pub fn lessons() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons")
}

/// A data folder of its own whose build cache is shared by all tests, so that the standard library is built once.
pub fn data() -> tempfile::TempDir {
    let data = tempfile::Builder::new().prefix("haveago-test-").tempdir().expect("a temporary folder");
    std::fs::create_dir_all(data.path().join("cache")).expect("the cache folder");
    let shared = go_cache();
    #[cfg(unix)]
    std::os::unix::fs::symlink(shared, data.path().join("cache").join("go-build")).expect("a link to the shared cache");
    #[cfg(not(unix))]
    let _ = shared;
    data
}

/// One build cache for all tests of a run and the next ones.
pub fn go_cache() -> &'static Path {
    static CACHE: OnceLock<PathBuf> = OnceLock::new();
    CACHE.get_or_init(|| {
        let cache = std::env::temp_dir().join("haveago-test-go-build");
        std::fs::create_dir_all(&cache).expect("the shared cache");
        cache
    })
}
