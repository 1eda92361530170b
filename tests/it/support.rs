//! What the stories are told with: a terminal that runs the program, folders to run it in, the Go of this machine.

#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "some stories are of Linux alone"))]
pub mod chance;
#[cfg(target_os = "linux")]
pub mod faults;
pub mod learner;
pub mod server;
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "some stories are of Linux alone"))]
pub mod terminal;
#[cfg(target_os = "linux")]
pub mod wire;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use learner::Learner;
pub use terminal::Terminal;

/// The program under test: the one that was built with the tests, or another that `HAVEAGO_PROGRAM` names.
pub fn haveago() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM
        .get_or_init(|| std::env::var("HAVEAGO_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_haveago").to_owned()))
}

/// A data folder of its own whose build cache is shared by all tests, so that the standard library is built once.
pub fn data() -> tempfile::TempDir {
    let data = tempfile::Builder::new().prefix("haveago-test-").tempdir().expect("a temporary folder");
    share_go_cache(data.path());
    data
}

/// Gives the data folder the shared build caches, and the standard library that is built.
pub fn share_go_cache(data: &Path) {
    std::fs::create_dir_all(data.join("cache")).expect("the cache folder");
    std::os::unix::fs::symlink(go_cache(), data.join("cache").join("go-build")).expect("a link to the shared cache");
    share_go_base(data);
}

/// Gives the data folder the standard library that is built, and nothing that tests have built.
pub fn share_go_base(data: &Path) {
    std::fs::create_dir_all(data.join("cache")).expect("the cache folder");
    std::os::unix::fs::symlink(go_base(), data.join("cache").join("go-base")).expect("a link to the shared base");
}

/// One folder of build caches for all tests of a run and the next ones.
pub fn go_cache() -> &'static Path {
    static CACHE: OnceLock<PathBuf> = OnceLock::new();
    CACHE.get_or_init(|| {
        let cache = shared().join("go-build");
        std::fs::create_dir_all(&cache).expect("the shared cache");
        cache
    })
}

/// The standard library, built once for all tests of a run and the next ones as it is for learners.
pub fn go_base() -> &'static Path {
    static BASE: OnceLock<PathBuf> = OnceLock::new();
    BASE.get_or_init(|| {
        // Another process, where no test's commands go before it.
        let mut command = std::process::Command::new(std::env::current_exe().expect("these tests"));
        command.args(["support::the_base_is_built", "--exact", "--ignored", "--quiet"]);
        command.env_remove(haveago::sandbox::warm::VARIABLE);
        assert!(command.stdout(std::process::Stdio::null()).status().is_ok_and(|status| status.success()));
        shared().join("go-base")
    })
}

#[test]
#[ignore = "it is run by the tests that need it"]
fn the_base_is_built() {
    haveago::sandbox::helper::set_program(PathBuf::from(haveago()));
    let dirs = haveago::sandbox::Dirs::find(shared().parent()).expect("the folders");
    let Ok(toolchain) = haveago::sandbox::toolchain::in_path() else { return };
    dirs.make("base").expect("the folders");
    haveago::sandbox::warm::up(&dirs, "base", &toolchain, &mut |_| {});
}

/// The processes that know of `folder` by their environment: the program and all that it has started.
#[cfg(target_os = "linux")]
pub fn running_in(folder: &Path) -> Vec<PathBuf> {
    let name = folder.to_string_lossy();
    let processes = std::fs::read_dir("/proc").expect("the processes");
    let paths = processes.flatten().map(|process| process.path());
    let knows = |path: &PathBuf| {
        std::fs::read(path.join("environ")).is_ok_and(|all| String::from_utf8_lossy(&all).contains(&*name))
    };
    paths.filter(knows).collect()
}

fn shared() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
}
