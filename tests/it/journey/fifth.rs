//! Journey 5: catching up, and a step begun once more.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use haveago::base::FilePath;

use super::numbered::{SIZES, begin, go_to, leave};
use crate::stage;
use crate::support::{self, Learner, Terminal};

#[test]
fn journey_5_catch_up() {
    for size in SIZES {
        let data = support::data();
        let root = data.path().join("work/go-fundamentals/why-and-how-of-go/start-a-project");
        let mut learner = begin("1.3", size, data.path());
        let _ = go_to(&mut learner, (1, 3), "init", false);
        learner.run("go mod init example.com/mine");
        learner.run("mkdir notes");
        learner.write(&FilePath::parse("notes/day.txt").unwrap(), "my own words\n");
        leave(learner);
        let own = tree(&root);

        let told = stage::run(data.path(), &["goto", "1.6"], "");
        assert_eq!((told.status, told.err.as_str()), (0, ""), "{size:?}");
        assert!(told.out.contains("solutions leave them after 1.5 go run."), "{}", told.out);
        let kept = root.with_file_name("start-a-project.kept-1");
        assert!(told.out.contains(&kept.display().to_string()), "{}", told.out);
        assert_eq!(tree(&kept), own, "{size:?}");

        let mut learner = Learner::at_work(Terminal::start(&[], size, data.path()));
        let _ = go_to(&mut learner, (1, 6), "build", false);
        let seen = learner.run("go run .");
        assert!(seen.contains("My name is Ada.") && seen.contains("Nice to meet you."), "{size:?}: {seen}");
        leave(learner);
        let told = stage::run(data.path(), &["progress"], "").out;
        assert!(told.contains("You are at 1.6 go build, step 1 of") && told.contains(": 2 of "), "{size:?}: {told}");
    }
}

#[test]
fn journey_5_a_step_begun_once_more() {
    for size in SIZES {
        let data = support::data();
        let root = data.path().join("work/go-fundamentals/why-and-how-of-go/start-a-project");
        stage::run(data.path(), &["goto", "1.6"], "");
        let mut learner = Learner::at_work(Terminal::start(&[], size, data.path()));
        let _ = go_to(&mut learner, (1, 6), "start", true);
        learner.write(&FilePath::parse("main.go").unwrap(), "package main\n\nfunc spoilt() {}\n");
        learner.run("rm greet.go");
        let own = tree(&root);
        learner.terminal.press("Ctrl-P");
        learner.terminal.type_text("reset this");
        learner.terminal.press("Enter");
        learner.terminal.wait("Begin this step once more?");
        learner.terminal.press("Enter");
        learner.terminal.wait("This step begins once more.");
        assert_eq!(tree(&root.with_file_name("start-a-project.kept-1")), own, "{size:?}");
        let seen = learner.run("./myapp");
        assert!(seen.contains("Nice to meet you."), "what the step before has built is there: {size:?}: {seen}");
        assert!(learner.run("go run .").contains("My name is Ada."), "{size:?}");
        learner.terminal.press("Ctrl-P");
        learner.terminal.type_text("undo the reset");
        learner.terminal.press("Enter");
        learner.terminal.wait("Your own files are back.");
        assert_eq!(tree(&root), own, "{size:?}");
        let lessons = std::fs::read_dir(root.parent().expect("the chapter's folder")).expect("the folder");
        assert_eq!(lessons.count(), 1, "{size:?}: what was laid and not touched is in nobody's way");
        leave(learner);
    }
}

#[test]
fn journey_5_while_another_window_is_open() {
    let data = support::data();
    let root = data.path().join("work/go-fundamentals/why-and-how-of-go/start-a-project");
    stage::run(data.path(), &["goto", "1.5"], "");
    let mut learner = begin("1.5", SIZES[1], data.path());
    let _ = go_to(&mut learner, (1, 5), "file", false);
    learner.terminal.press("Alt-3 Ctrl-Home");
    learner.terminal.type_text("// typed here\r");
    learner.terminal.wait("// typed here").wait("main.go *");
    let told = stage::run(data.path(), &["goto", "1.6"], "");
    assert_eq!(told.status, 0, "{}", told.err);
    // What lies there now is another text, and neither is lost.
    learner.terminal.wait("was changed by another program");
    learner.terminal.press("Enter");
    learner.terminal.wait("greet()").press("Alt-4");
    learner.terminal.wait("greet.go").wait("main.go.yours");
    let yours = std::fs::read_to_string(root.join("main.go.yours")).unwrap();
    assert!(yours.starts_with("// typed here\n"), "{yours}");
    let kept = std::fs::read_to_string(root.with_file_name("start-a-project.kept-1").join("main.go")).unwrap();
    assert!(kept.contains("My name is Ada.") && !kept.contains("greet()"), "{kept}");
    leave(learner);
}

/// Every file below a folder, with its bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("the file");
                files.insert(path.strip_prefix(folder).expect("below it").to_owned(), bytes);
            }
        }
    }
    files
}
