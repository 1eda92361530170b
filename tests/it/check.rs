//! `haveago check` on tiny courses: what is true passes, and each kind of fault is told with its place and its mend.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use haveago::author::{Memo, Report, check};
use haveago::sandbox::{Dirs, confine, environment, helper, toolchain};
use haveago::store::source::CourseSource;

mod faults;
mod proofs;

/// Checks a course of one chapter with these lessons.
fn check_lessons(lessons: &[&str]) -> Report {
    let course = course(lessons);
    check(&CourseSource::Folder(course.path().to_owned()), None, &env(), &Memo::none(), &mut |_| {})
}

fn course(lessons: &[&str]) -> tempfile::TempDir {
    helper::set_program(PathBuf::from(env!("CARGO_BIN_EXE_haveago")));
    confine::allow_unconfined();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("01-one")).unwrap();
    write(
        "course.toml",
        "format = 1\nid = \"tiny\"\ntitle = \"Tiny\"\nversion = \"1.0.0\"\ngo = \"1.24\"\nlicence = \"CC0-1.0\"\n\
         authors = [\"Ada\"]\nchapters = [\"01-one\"]\n",
    );
    write("01-one/README.md", "# One\n\nA chapter.\n");
    for (index, lesson) in lessons.iter().enumerate() {
        write(&format!("01-one/0{}-lesson.md", index + 1).replace("lesson", NAMES[index]), lesson);
    }
    folder
}

const NAMES: [&str; 3] = ["first", "second", "third"];

/// The problems as a person reads them.
fn told(report: &Report) -> Vec<String> {
    report.problems.iter().map(ToString::to_string).collect()
}

/// The environment that learners get, with a build cache that is kept between runs, so that nothing is built twice.
pub fn env() -> Vec<(String, String)> {
    static ENV: OnceLock<Vec<(String, String)>> = OnceLock::new();
    let build = || {
        let dirs = Dirs::find(Some(Path::new(env!("CARGO_TARGET_TMPDIR")))).unwrap();
        #[cfg(unix)]
        crate::support::go_base();
        environment::build(&dirs, "tiny", Some(&toolchain::in_path().expect("these tests run a real Go")))
    };
    helper::set_program(PathBuf::from(env!("CARGO_BIN_EXE_haveago")));
    confine::allow_unconfined();
    ENV.get_or_init(build).clone()
}
