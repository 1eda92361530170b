//! What is measured on: folders, courses that are made for it, the Go of this machine.

use std::fs;
use std::path::{Path, PathBuf};

use haveago::sandbox::toolchain::{self, Toolchain};
use haveago::sandbox::{Dirs, environment};

use crate::support::terminal::Terminal;
use crate::table::{Bound, Figure};

/// Kept between runs, so that Go builds its standard library once.
pub fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("figures");
    fs::create_dir_all(&folder).expect("a folder for the benches");
    folder
}

/// A data folder whose caches are kept and whose work and progress are new.
pub fn data() -> PathBuf {
    let data = folder().join("data");
    for part in ["work", "state"] {
        if data.join(part).exists() {
            fs::remove_dir_all(data.join(part)).expect("the folder of the last run goes");
        }
    }
    fs::create_dir_all(&data).expect("a data folder");
    data
}

pub fn toolchain() -> Toolchain {
    toolchain::in_path().expect("the benches need Go on the PATH")
}

/// The environment of a learner's commands.
pub fn environment(dirs: &Dirs) -> Vec<(String, String)> {
    environment::build(dirs, "bench", Some(&toolchain()))
}

/// A module with a program in a folder of its own, below the data folder's work.
pub fn module(dirs: &Dirs, name: &str, source: &str) -> PathBuf {
    let folder = dirs.work.join(name);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("go.mod"), format!("module example.com/{name}\n\ngo 1.24\n")).expect("go.mod");
    fs::write(folder.join("main.go"), source).expect("main.go");
    folder
}

pub const HELLO: &str = "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"Hello, Go!\")\n}\n";

/// A course of one lesson with one step whose text is `body`.
pub fn course(name: &str, body: &str) -> PathBuf {
    courses(name, 1, 1, body)
}

/// A course of so many chapters of so many lessons, all with the same body.
pub fn courses(name: &str, chapters: usize, lessons: usize, body: &str) -> PathBuf {
    let course = folder().join("courses").join(name);
    if course.exists() {
        fs::remove_dir_all(&course).expect("the course of the last run goes");
    }
    let write = |path: String, text: String| {
        let path = course.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file of the course");
    };
    let mut names = Vec::new();
    for chapter in 1..=chapters {
        let folder = format!("{chapter:03}-part-{chapter}");
        write(format!("{folder}/README.md"), format!("# Part {chapter}\n\nWhat it gives.\n"));
        for lesson in 1..=lessons {
            let text = format!("# Lesson {lesson}\n<!-- minutes: 5 -->\n\n## Work {{#work}}\n\n{body}\n");
            write(format!("{folder}/{lesson:03}-lesson-{lesson}.md"), text);
        }
        names.push(format!("\"{folder}\""));
    }
    let manifest = format!(
        "format = 1\nid = \"bench-{name}\"\ntitle = \"Bench\"\nversion = \"1.0.0\"\nauthors = [\"A\"]\nlicence = \"CC0\"\n\
         go = \"1.24\"\nchapters = [{}]\n",
        names.join(", ")
    );
    write("course.toml".to_owned(), manifest);
    course
}

/// The program on this course, in a terminal of this size, once its screen stands and nothing is prepared any more.
pub fn open(course: &Path, data: &Path, size: (u16, u16)) -> Terminal {
    let mut terminal = Terminal::start(&["--course", &course.to_string_lossy()], size, data);
    // The chapter's own page comes first.
    terminal.wait("first lesson");
    terminal.press("F8");
    terminal.gone("first lesson");
    terminal
}

/// The memory that a process of ours has, and has had at most.
pub fn memory(what: &str, pid: u32) -> Figure {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let mib = |name: &str| -> f64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("the kernel counts it");
        line.split_whitespace().next().and_then(|kib| kib.parse::<f64>().ok()).expect("a number") / 1024.0
    };
    let (now, most) = (mib("VmRSS:"), mib("VmHWM:"));
    Figure {
        what: what.to_owned(),
        ours: format!("{now:.0} MiB, at most {most:.0} MiB"),
        peer: String::new(),
        value: now,
        bound: Bound::AtMost(60.0),
        unit: "MiB",
    }
}

/// What stands in the status line of every screen.
pub const STATUS: &str = "F1";
