//! The house rules, held by machine: every file says what it is for, none is long, rooms import only whom they may,
//! and the pure rooms stay pure.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines of the longest file allowed.
const LONGEST: usize = 400;

/// Who may import whom: the room, and the rooms it may use. A room may always use itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("course", &["base"]),
    ("go", &["base", "course", "judge"]),
    ("judge", &["base", "course", "go"]),
    ("learner", &["base", "course", "judge"]),
    ("term", &["base", "page"]),
    ("edit", &["base", "go"]),
    ("page", &["base", "course", "go", "judge", "learner"]),
    ("sandbox", &["base", "course", "go", "judge"]),
    ("install", &["base", "go", "sandbox"]),
    ("store", &["base", "course", "edit", "learner", "judge"]),
    ("tutor", &["base", "course", "go", "judge", "learner", "sandbox", "store"]),
    ("author", &["base", "course", "go", "judge", "learner", "sandbox", "store", "tutor"]),
    (
        "commands",
        &["base", "cli", "course", "go", "judge", "learner", "sandbox", "install", "store", "tutor", "author"],
    ),
    ("plain", &["base", "course", "go", "judge", "learner", "sandbox", "store", "tutor"]),
    (
        "tui",
        &["base", "course", "edit", "go", "judge", "learner", "page", "sandbox", "install", "store", "term", "tutor"],
    ),
];

/// Rooms that touch nothing outside.
const PURE: &[&str] = &["base", "course", "go", "judge", "learner", "page", "edit", "term", "tui/pane", "tui/update"];

/// What touches the world.
const WORLD: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env::var",
    "std::env::args",
    "std::env::current_dir",
    "Instant::now",
    "SystemTime::now",
    "io::stdout",
    "println!",
    "eprintln!",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every source file with its path from the root and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = root();
    rust_files(&root.join(folder))
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).expect("readable"))
        })
        .collect()
}

/// The text without its tests and comments, so that prose about `std::fs` is no use of it.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn is_test(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/")
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_enough_to_see_whole() {
    let mut faults = Vec::new();
    for (name, text) in ["src", "tests/it", "benches"].into_iter().filter(|f| root().join(f).exists()).flat_map(sources)
    {
        if !text.starts_with("//!") {
            faults.push(format!("{name}: begin with a //! sentence that says what the file is for"));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            faults.push(format!("{name}: {lines} lines; split it by concept, {LONGEST} is the limit"));
        }
        if name.ends_with("/mod.rs") {
            faults.push(format!("{name}: write `foo.rs` beside `foo/`"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn rooms_import_only_whom_they_may() {
    let rooms: Vec<&str> = MAY_USE.iter().map(|(room, _)| *room).collect();
    let mut faults = Vec::new();
    for (name, text) in sources("src") {
        let room = name.trim_start_matches("src/").split('/').next().unwrap_or("").trim_end_matches(".rs").to_owned();
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == room) else { continue };
        if is_test(&name) {
            continue;
        }
        for used in rooms.iter().filter(|used| **used != room && !allowed.contains(used)) {
            if code(&text).contains(&format!("crate::{used}")) {
                faults.push(format!("{name}: the room `{room}` may not use `{used}`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn pure_rooms_touch_nothing_outside() {
    let mut faults = Vec::new();
    for (name, text) in sources("src") {
        let room = name.trim_start_matches("src/");
        let pure = PURE.iter().any(|pure| room.starts_with(&format!("{pure}/")) || room == format!("{pure}.rs"));
        if !pure || is_test(&name) {
            continue;
        }
        for word in WORLD {
            if code(&text).contains(word) {
                faults.push(format!("{name}: a pure room has `{word}`; let an effect do it"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["TODO", "FIXME", "XXX", "for now", "unimplemented!", "todo!"];
    let mut faults = Vec::new();
    for (name, text) in sources("src") {
        for (number, line) in text.lines().enumerate() {
            for word in words {
                if line.contains(word) {
                    faults.push(format!("{name}:{}: has `{word}`", number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
