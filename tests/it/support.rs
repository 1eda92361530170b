//! What the stories are told with: a terminal that runs the program, folders to run it in, the Go of this machine.

pub mod learner;
pub mod server;
pub mod terminal;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use learner::Learner;
pub use terminal::Terminal;

/// The program under test.
pub fn haveago() -> &'static str {
    env!("CARGO_BIN_EXE_haveago")
}

/// A data folder of its own whose build cache is shared by all tests, so that the standard library is built once.
pub fn data() -> tempfile::TempDir {
    let data = tempfile::Builder::new().prefix("haveago-test-").tempdir().expect("a temporary folder");
    share_go_cache(data.path());
    data
}

/// Gives the data folder the shared build cache.
pub fn share_go_cache(data: &Path) {
    std::fs::create_dir_all(data.join("cache")).expect("the cache folder");
    std::os::unix::fs::symlink(go_cache(), data.join("cache").join("go-build")).expect("a link to the shared cache");
}

/// One build cache for all tests of a run and the next ones.
pub fn go_cache() -> &'static Path {
    static CACHE: OnceLock<PathBuf> = OnceLock::new();
    CACHE.get_or_init(|| {
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache").join("go-build");
        std::fs::create_dir_all(&cache).expect("the shared cache");
        cache
    })
}
