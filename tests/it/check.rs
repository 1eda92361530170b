//! `haveago check` on tiny courses: what is true passes, and each kind of fault is told with its place and its mend.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use haveago::author::{Memo, Report, check};
use haveago::sandbox::helper;
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

/// The machine's own Go and its build cache, so that nothing is built twice.
pub fn env() -> Vec<(String, String)> {
    static CACHE: OnceLock<String> = OnceLock::new();
    let cache = CACHE.get_or_init(|| {
        let asked = Command::new("go").args(["env", "GOCACHE"]).output().expect("these tests run a real Go");
        String::from_utf8(asked.stdout).unwrap().trim().to_owned()
    });
    let home = std::env::temp_dir();
    [
        ("PATH", std::env::var("PATH").unwrap()),
        ("HOME", home.display().to_string()),
        ("GOPATH", home.join("haveago-gopath").display().to_string()),
        ("GOCACHE", cache.clone()),
        ("GOTOOLCHAIN", "local".to_owned()),
        ("GOPROXY", "off".to_owned()),
        ("GOENV", "off".to_owned()),
        ("GOFLAGS", String::new()),
        ("GOWORK", String::new()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
