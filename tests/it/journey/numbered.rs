//! The journeys that the program is made for, each at several sizes of the screen, from the first sentence to the last.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use haveago::base::FilePath;
use haveago::course::Step;

use crate::install::{Place, asks_go, real_module};
use crate::stage;
use crate::support::learner::{embedded, letters};
use crate::support::{self, Learner, Terminal};

/// Tabs, side by side, and with much room.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// A learner in front of a screen of this size, in the lesson of this number.
fn begin(lesson: &str, size: (u16, u16), data: &Path) -> Learner {
    Learner::at_work(Terminal::start(&[lesson], size, data))
}

/// Goes through the steps of a lesson (its chapter and its number, from 1), as far as the one of this id: those before it
/// are done, or passed by.
fn go_to(learner: &mut Learner, (chapter, number): (usize, usize), id: &str, does: bool) -> Step {
    let course = embedded();
    let of_lesson = |at: &haveago::course::model::LessonIndex| (at.chapter + 1, at.lesson + 1) == (chapter, number);
    let (at, _, lesson) = course.lessons().find(|(at, _, _)| of_lesson(at)).expect("the lesson");
    let steps: Vec<&Step> = lesson.steps_on(haveago::base::goos()).collect();
    for (index, step) in steps.iter().enumerate() {
        learner.arrive(at, (index + 1, steps.len()), step);
        if step.id.0.ends_with(&format!("/{id}")) {
            return (*step).clone();
        }
        if does {
            learner.pass(step);
        }
        learner.terminal.press("F8");
    }
    panic!("no step is called {id}");
}

/// Waits until the lesson says this, however it is set.
fn says(learner: &mut Learner, words: &str) {
    learner.terminal.press("Alt-1");
    let wanted = letters(words);
    learner.terminal.watch(words, |terminal| letters(&terminal.reader().join(" ")).contains(&wanted));
}

fn leave(mut learner: Learner) {
    learner.terminal.press("Ctrl-Q");
    assert_eq!(learner.terminal.exit(), 0);
    assert_eq!(learner.terminal.withheld(), Vec::<&str>::new());
}

#[test]
fn journey_1_from_nothing() {
    for size in SIZES {
        let place = Place::new();
        let data = place.path("data");
        support::share_go_cache(&data);
        let path = place.path("bin").display().to_string();
        let mut terminal = Terminal::start_with(&[], size, &data, &[("PATH", &path), ("GOPROXY", "off")]);
        // One sentence, what it costs and where it goes, and the two other ways.
        terminal.wait("here is no Go on this machine").wait("Install Go 1.27.0 for haveago alone, ").wait(" MB");
        terminal.wait("Nothing else on this").wait("Use an archive of Go that I have").wait("Read on without Go");
        let archive = real_module().filter(|_| size.0 == 80);
        let Some(module) = archive else {
            terminal.press("Up Enter");
            terminal.wait("You read on without Go.");
            terminal.press("F8");
            terminal.wait("Three kinds of software");
            leave(Learner::at_work(terminal));
            continue;
        };
        let name = format!("v0.0.1-go1.27.4.{}.zip", haveago::install::this_system());
        let archive = place.lay(&name, &module);
        terminal.press("Down Enter");
        terminal.wait("a folder with it, or its address");
        terminal.paste(&archive);
        terminal.wait(&archive[archive.len() - 12..]);
        terminal.press("Enter");
        terminal.wait("Go is installed.");
        let mut learner = Learner::at_work(terminal);
        asks_go(&mut learner);
        leave(learner);
    }
}

#[test]
fn journey_2_init_run_build() {
    for (size, lessons) in [((80, 24), 2..=5), ((200, 50), 3..=8)] {
        let data = support::data();
        let course = embedded();
        let mut learner = begin(&format!("1.{}", lessons.start()), size, data.path());
        let mut passed = 0;
        for number in lessons {
            let (at, _, lesson) = course.lessons().nth(number - 1).expect("a lesson of chapter 1");
            let steps: Vec<&Step> = lesson.steps_on(haveago::base::goos()).collect();
            for (index, step) in steps.iter().enumerate() {
                learner.arrive(at, (index + 1, steps.len()), step);
                learner.pass(step);
                learner.terminal.press("F8");
                passed += 1;
            }
        }
        learner.terminal.until("the next lesson", |screen| !screen.contains("✓ Done"));
        leave(learner);
        let told = stage::run(data.path(), &["progress"], "").out;
        assert!(told.contains(&format!(": {passed} of ")), "{size:?}: {told}");
    }
}

#[test]
fn journey_3_stuck() {
    for size in SIZES {
        let data = support::data();
        let mut learner = begin("1.3", size, data.path());
        let step = go_to(&mut learner, (1, 3), "init", false);
        learner.terminal.press("Alt-1 F2");
        says(&mut learner, "Hint 1 of 4");
        // What went wrong is said, explained, and chooses the next hint.
        let seen = learner.run("go mod init https://github.com/you/myapp");
        assert!(seen.contains("malformed module path") && seen.contains("│ why"), "{size:?}: {seen}");
        says(&mut learner, "there is no go.mod");
        learner.terminal.press("F2");
        says(&mut learner, "Go does not accept this path. Leave https:// away");
        // Nobody is held up.
        learner.terminal.press("F8");
        says(&mut learner, "It is a text file, so look into it:");
        learner.terminal.press("F7");
        says(&mut learner, "Put your own name in place of yourusername");
        learner.terminal.press("F4");
        learner.terminal.wait("counts as done with help");
        learner.terminal.press("Enter");
        learner.terminal.gone("counts as done with help");
        learner.pass(&step);
        leave(learner);
        let told = stage::run(data.path(), &["progress", "--json"], "").out;
        let report: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(report["helped"], 1, "{size:?}: {told}");
    }
}

#[test]
fn journey_3_the_solution_beside_ones_own() {
    for size in SIZES {
        let data = support::data();
        let mut learner = begin("1.2", size, data.path());
        let step = go_to(&mut learner, (1, 2), "mend", false);
        learner.terminal.press("Alt-1 F4");
        learner.terminal.wait("counts as done with help");
        learner.terminal.press("Enter");
        if size.0 >= 100 {
            learner.terminal.wait("yours").wait("the solution");
            learner.terminal.press("Enter");
            learner.terminal.gone("the solution").wait("var apples int = 3");
        } else {
            says(&mut learner, "var apples int = 3");
        }
        learner.pass(&step);
        leave(learner);
    }
}

#[test]
fn journey_4_back_on_thursday() {
    for size in SIZES {
        let data = support::data();
        let mut learner = begin("1.4", size, data.path());
        let _ = go_to(&mut learner, (1, 4), "errors", false);
        learner.run("mkdir monday");
        says(&mut learner, "Three ways to miss the door");
        let page = learner.terminal.reader();
        // With much room all of it is on the screen.
        if learner.terminal.screen().contains("more below") {
            learner.terminal.press("Down Down Down");
            let read = |terminal: &Terminal| terminal.reader()[0] == page[3];
            learner.terminal.watch("the page to be scrolled", read);
        }
        let page = learner.terminal.reader();
        leave(learner);

        let mut learner = Learner::at_work(Terminal::start(&[], size, data.path()));
        learner.terminal.watch("the page as it was left", |terminal| terminal.reader() == page);
        learner.terminal.press("Alt-2 Up");
        learner.terminal.wait("$ mkdir monday");
        learner.terminal.press("Enter");
        let seen = learner.ended();
        assert!(seen.contains("of that name"), "{size:?}: the folder is the same: {seen}");
        leave(learner);
        let told = stage::run(data.path(), &["progress"], "").out;
        assert!(told.contains("1.4 The entry point"), "{size:?}: {told}");
    }
}

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

#[test]
fn journey_6_no_screen() {
    for size in SIZES {
        let data = support::data();
        let mut terminal = Terminal::start(&["--plain"], size, data.path());
        terminal.wait("[1.1 Where Go is used] $");
        assert!(terminal.raw().contains("Chapter 1: Why and how of Go"), "{}", terminal.raw());
        for wanted in ["Step 2 of 6", "Step 3 of 6"] {
            terminal.type_text(":next\r");
            terminal.wait(wanted);
        }
        terminal.type_text("go version\r");
        terminal.wait("Step done: Say hello to your own Go.").wait("steps are done");
        terminal.type_text(":hint\r");
        terminal.type_text(":quit\r");
        terminal.wait("Your progress is saved.");
        assert_eq!(terminal.exit(), 0);
        let raw = terminal.raw();
        assert!(!raw.contains('\x1b'), "{size:?}: nothing is drawn: {raw:?}");
        assert!(raw.contains("Question 1"), "{size:?}: {raw}");
    }
}

#[test]
fn journey_9_before_the_workshop() {
    let data = support::data();
    let mut terminal = Terminal::start(&["doctor"], SIZES[0], data.path());
    terminal.wait("READY");
    assert_eq!(terminal.exit(), 0, "{}", terminal.raw());
    for size in SIZES {
        let mut terminal = Terminal::start(&[], size, data.path());
        terminal.wait("Why and how of Go");
        terminal.press("Ctrl-P");
        terminal.type_text("doctor");
        terminal.press("Enter");
        terminal.wait("Is this machine ready?").wait("READY");
        terminal.press("Esc");
        terminal.gone("Is this machine ready?");
        leave(Learner::at_work(terminal));
    }
}
