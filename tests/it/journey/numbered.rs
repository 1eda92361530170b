//! The journeys that the program is made for, each at several sizes of the screen, from the first sentence to the last.

use std::path::Path;

use haveago::course::Step;
use haveago::learner::{Event, Record};
use haveago::store::{Log, progress};

use crate::install::{Place, asks_go, real_module};
use crate::review::make_older;
use crate::stage;
use crate::support::learner::{embedded, letters};
use crate::support::{self, Learner, Terminal};

/// Tabs, side by side, and with much room.
pub const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// A learner in front of a screen of this size, in the lesson of this number.
pub fn begin(lesson: &str, size: (u16, u16), data: &Path) -> Learner {
    Learner::at_work(Terminal::start(&[lesson], size, data))
}

/// Goes through the steps of a lesson (its chapter and its number, from 1), as far as the one of this id: those before it
/// are done, or passed by.
pub fn go_to(learner: &mut Learner, (chapter, number): (usize, usize), id: &str, does: bool) -> Step {
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

pub fn leave(mut learner: Learner) {
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

/// The first two steps of the course that are one question with one right answer, and that answer's number.
fn questions(course: &haveago::course::Course) -> Vec<(&Step, usize)> {
    let steps = course.lessons().flat_map(|(_, _, lesson)| lesson.steps_on(haveago::base::goos()));
    let asked = steps.filter(|step| step.predictions.is_empty() && step.check.is_empty());
    let asked = asked.filter_map(|step| match step.quizzes.as_slice() {
        [quiz] if quiz.is_single() => Some((step, quiz.options.iter().position(|option| option.right)? + 1)),
        _ => None,
    });
    asked.take(2).collect()
}

/// Makes all that was done a week older, and passes these steps on that day as well.
fn a_week_goes_by(data: &Path, steps: &[(&Step, usize)]) {
    make_older(data, "go-fundamentals", 8);
    let at = progress::now() - 8 * 24 * 60 * 60;
    let passed = steps.iter().map(|(step, _)| Event::Passed { step: step.id.clone(), helped: false });
    let records: Vec<Record> = passed.map(|event| Record { at, event }).collect();
    let mut opened = Log::open(&data.join("state"), "go-fundamentals").expect("the log opens");
    opened.log.append(&records).expect("it is saved");
}

/// The two questions come first, as they are wanted: asked for among all commands, answered by their numbers.
fn answers_two_questions(learner: &mut Learner, asked: &[(&Step, usize)]) {
    learner.terminal.wait("Two questions from earlier lessons are waiting");
    learner.terminal.press("Ctrl-P");
    learner.terminal.type_text("review");
    learner.terminal.press("Enter");
    for (index, (step, right)) in asked.iter().enumerate() {
        learner.terminal.wait(&format!("Review {} of 2", index + 1)).wait(&step.title);
        learner.terminal.type_text(&right.to_string());
        learner.terminal.press("Enter");
        learner.terminal.wait("✓ Right");
        learner.terminal.press("Enter");
    }
    learner.terminal.wait("Both right at once.");
}

/// Waits until the editor's tab has the file that was begun on Monday.
fn has_notes(learner: &mut Learner) {
    let is_open = |screen: &str| screen.lines().next().is_some_and(|tabs| tabs.contains(" monday/notes.txt "));
    learner.terminal.until("the notes in the editor", is_open);
}

#[test]
fn journey_4_back_on_thursday() {
    for size in SIZES {
        let data = support::data();
        let course = embedded();
        let asked = questions(&course);
        let mut learner = begin("1.4", size, data.path());
        let _ = go_to(&mut learner, (1, 4), "errors", false);
        learner.run("mkdir monday");
        learner.run("cd monday");
        learner.enter("edit notes.txt");
        has_notes(&mut learner);
        learner.terminal.type_text("come back");
        learner.terminal.press("Ctrl-S");
        learner.terminal.wait("is saved.");
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
        a_week_goes_by(data.path(), &asked);

        let mut learner = Learner::at_work(Terminal::start(&[], size, data.path()));
        let is_left = |terminal: &Terminal| terminal.reader() == page;
        learner.terminal.watch("the page as it was left", is_left);
        answers_two_questions(&mut learner, &asked);
        learner.terminal.watch("the page as it was left", is_left);
        // The file, with its text.
        has_notes(&mut learner);
        learner.terminal.press("Alt-3");
        learner.terminal.wait("come back");
        // The directory, and what was typed in it.
        learner.terminal.press("Alt-2");
        learner.terminal.watch("the terminal in its directory", |terminal| {
            terminal.sandbox().iter().any(|row| row.ends_with("/monday $"))
        });
        learner.terminal.press("Up Up");
        learner.terminal.wait("$ cd monday");
        learner.terminal.press("Up");
        learner.terminal.wait("$ mkdir monday");
        learner.terminal.press("Down Down Down");
        let seen = learner.run("cat notes.txt");
        assert!(seen.contains("come back"), "{size:?}: the folder is the same: {seen}");
        leave(learner);
        let told = stage::run(data.path(), &["progress"], "").out;
        assert!(told.contains("1.4 The entry point"), "{size:?}: {told}");
        let told = stage::run(data.path(), &["review"], "").out;
        assert_eq!(told, "No question is due. The next one comes in 7 days.\n", "{size:?}");
    }
}

#[test]
fn journey_4_where_the_directory_is_gone() {
    let data = support::data();
    let mut learner = begin("1.1", SIZES[0], data.path());
    let _ = go_to(&mut learner, (1, 1), "three", false);
    learner.run("mkdir monday");
    learner.run("cd monday");
    leave(learner);
    let folder = data.path().join("work/go-fundamentals/why-and-how-of-go/where-go-is-used");
    std::fs::remove_dir(folder.join("monday")).expect("it is there, and empty");
    let mut learner = Learner::at_work(Terminal::start(&[], SIZES[0], data.path()));
    learner.terminal.wait("1.1 Where Go is used");
    learner.terminal.press("Alt-2");
    learner.terminal.watch("the terminal in the lesson's folder", |terminal| {
        terminal.sandbox().iter().any(|row| row.ends_with("where-go-is-used $"))
    });
    leave(learner);
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
        assert!(raw.contains("Question (one answer is right):"), "{size:?}: {raw}");
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
