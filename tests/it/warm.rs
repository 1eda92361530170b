//! The standard library that is built beforehand: found by commands, out of their reach, and never in their way.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use haveago::sandbox::confine::{self, Tier};
use haveago::sandbox::{Dirs, Toolchain, environment, fill_cache, helper, run_line, toolchain, warm};

use crate::stage::Stage;
use crate::support::{self, Terminal};

/// On a busy machine that builds all of it.
const PATIENCE: Duration = Duration::from_mins(4);

/// A data folder with courses that have built nothing yet.
struct Ground {
    folder: tempfile::TempDir,
    dirs: Dirs,
    go: Toolchain,
}

impl Ground {
    fn new() -> Self {
        helper::set_program(PathBuf::from(support::haveago()));
        let folder = tempfile::Builder::new().prefix("haveago-warm-").tempdir().unwrap();
        support::share_go_base(folder.path());
        let dirs = Dirs::find(Some(folder.path())).unwrap();
        Self { dirs, folder, go: toolchain::in_path().unwrap() }
    }

    /// A lesson's folder of a course, with a program, and the environment of the course.
    fn course(&self, course: &str) -> (PathBuf, Vec<(String, String)>) {
        let env = environment::build(&self.dirs, course, Some(&self.go));
        let root = self.folder.path().join("work").join(course);
        fs::create_dir_all(&root).unwrap();
        lay_program(&root);
        (root.canonicalize().unwrap(), env)
    }
}

fn lay_program(root: &Path) {
    fs::write(root.join("go.mod"), "module example.com/hello\n\ngo 1.24\n").unwrap();
    let program = "package main\n\nimport (\n\t\"fmt\"\n\t\"strings\"\n)\n\n\
                   func main() { fmt.Println(strings.ToUpper(\"hello\")) }\n";
    fs::write(root.join("main.go"), program).unwrap();
    let test = "package main\n\nimport \"testing\"\n\nfunc TestIt(t *testing.T) { t.Log() }\n";
    fs::write(root.join("main_test.go"), test).unwrap();
}

fn run(line: &str, (root, env): &(PathBuf, Vec<(String, String)>)) -> (String, i32) {
    let (seen, _) = run_line(line, root, root, env, "", PATIENCE, 1 << 20);
    (seen.output, seen.exit)
}

fn tiers() -> Vec<Tier> {
    [Tier::Full, Tier::Landlock, Tier::None]
        .into_iter()
        .filter(|tier| {
            helper::set_program(PathBuf::from(support::haveago()));
            confine::chosen().why.iter().all(|(refused, _)| refused != tier)
        })
        .collect()
}

/// Each file below `folder` with its size and its time.
fn files(folder: &Path) -> BTreeMap<PathBuf, (u64, Option<std::time::SystemTime>)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(data) = entry.metadata() else { continue };
            if data.is_dir() {
                folders.push(entry.path());
            } else {
                found.insert(entry.path(), (data.len(), data.modified().ok()));
            }
        }
    }
    found
}

/// Packages that a command has built by itself: archives, by their first bytes.
fn built(folder: &Path) -> usize {
    let is_archive = |path: &&PathBuf| fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"!<arch>"));
    files(folder).keys().filter(is_archive).count()
}

#[test]
fn a_courses_first_commands_find_the_standard_library_built() {
    for tier in tiers() {
        let ground = Ground::new();
        let course = ground.course("first");
        confine::within(tier, "", || {
            fill_cache(&ground.dirs, "first", &ground.go);
            let copied = built(&ground.dirs.go_cache("first"));
            assert_eq!(copied > 50, tier != Tier::Full, "{tier:?}: {copied}");
            assert_eq!(run("go run .", &course), ("HELLO\n".to_owned(), 0), "{tier:?}");
            let (told, exit) = run("go vet . && go test .", &course);
            assert_eq!(exit, 0, "{tier:?}: {told}");
            // The program and its test, and not what they need.
            let new = built(&ground.dirs.go_builds("first")) - copied;
            assert!((1..10).contains(&new), "{tier:?}: {new}");
        });
    }
}

#[test]
fn what_one_course_does_to_its_cache_reaches_no_other_and_can_be_thrown_away() {
    let base = support::go_base();
    let before = files(base);
    for tier in tiers() {
        let ground = Ground::new();
        let (bad, good) = (ground.course("bad"), ground.course("good"));
        confine::within(tier, "", || {
            for course in ["bad", "good"] {
                fill_cache(&ground.dirs, course, &ground.go);
            }
            assert_eq!(run("go run .", &bad).1, 0, "{tier:?}");
            // By all names that there are: the same inode under two would do.
            let poison = "sh -c 'for f in $GOCACHE/[0-3]*/*-d; do [ -f $f ] && echo poison > $f; done; echo $f'";
            let (told, exit) = run(poison, &bad);
            assert_eq!(exit, 0, "{tier:?}: {told}");
            let (told, _) = run("sh -c 'grep -lsx poison $GOCACHE/[0-3]*/*-d 2> /dev/null | wc -l'", &bad);
            assert!(told.trim().parse::<usize>().is_ok_and(|count| count > 50), "{tier:?}: {told}");
            assert_eq!(run("go run .", &good), ("HELLO\n".to_owned(), 0), "{tier:?}");
            // All of it, at any time.
            let _ = std::process::Command::new("rm").arg("-rf").arg(ground.dirs.go_builds("bad")).status();
            let again = ground.course("bad");
            fill_cache(&ground.dirs, "bad", &ground.go);
            assert_eq!(run("go run .", &again), ("HELLO\n".to_owned(), 0), "{tier:?}");
        });
    }
    let changed: Vec<_> = before.iter().filter(|(path, seen)| files_differ(path, seen)).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

fn files_differ(path: &Path, seen: &(u64, Option<std::time::SystemTime>)) -> bool {
    let is_object = path.to_string_lossy().ends_with("-d");
    is_object && fs::metadata(path).map(|data| (data.len(), data.modified().ok())).ok().as_ref() != Some(seen)
}

#[test]
fn commands_at_the_same_time_have_each_a_top_of_their_own() {
    if !tiers().contains(&Tier::Full) {
        return;
    }
    let ground = Ground::new();
    let course = ground.course("busy");
    confine::within(Tier::Full, "", || {
        let (told, exit) = run("go run .", &course);
        assert_eq!((told.as_str(), exit), ("HELLO\n", 0));
    });
    std::thread::scope(|scope| {
        let both: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| confine::within(Tier::Full, "", || run("sleep 1; go run . && go clean -cache", &course)))
            })
            .collect();
        for one in both {
            assert_eq!(one.join().unwrap(), ("HELLO\n".to_owned(), 0));
        }
    });
    let tops = ground.dirs.go_builds("busy").join("tops");
    assert_eq!(fs::read_dir(tops).unwrap().count(), 2);
}

/// Lays what takes long to build where it is not built yet, as if it had been before an interruption. What is there stays
/// as it is, half-written files included.
fn seed(stage: &Stage) {
    let base = stage.data().join("cache/go-base");
    let built = fs::read_dir(support::go_base()).unwrap().flatten().map(|entry| entry.path());
    for folder in built.filter(|path| path.join("building").is_dir()) {
        let to = base.join(folder.file_name().unwrap());
        fs::create_dir_all(&to).unwrap();
        let mut copy = std::process::Command::new("cp");
        copy.arg("-rn").arg(folder.join("building")).arg(&to);
        assert!(copy.status().unwrap().success());
    }
}

/// A terminal with a lesson in front of a data folder where nothing is built, and the place where it will be.
struct Reading {
    stage: Stage,
    terminal: Terminal,
}

impl Reading {
    fn new(is_seeded: bool) -> Self {
        let lesson = "# Read\n<!-- minutes: 2 -->\n\n## Work {#work}\n\nText.\n";
        let stage =
            Stage::with(&[("01-first/README.md", "# First\n\nAll there is.\n"), ("01-first/01-read.md", lesson)]);
        if is_seeded {
            seed(&stage);
        }
        let terminal = Self::start(&stage);
        Self { stage, terminal }
    }

    fn start(stage: &Stage) -> Terminal {
        let course = stage.course();
        let args = ["--course", course.to_str().unwrap()];
        let mut terminal = Terminal::start_with(&args, (140, 36), &stage.data(), &[(warm::VARIABLE, "")]);
        terminal.press("Alt-2");
        terminal.wait("read $");
        terminal
    }

    /// Files of this kind in the base.
    fn count(&self, is_it: impl Fn(&Path) -> bool) -> usize {
        files(&self.stage.data().join("cache/go-base")).keys().filter(|path| is_it(path)).count()
    }

    fn being_built(&self) -> usize {
        self.count(|path| path.components().any(|part| part.as_os_str() == "building"))
    }

    /// Whether a process is there that builds into this base.
    fn is_building(&self) -> bool {
        let place = self.stage.data().join("cache/go-base").display().to_string();
        let is_part = |environ: Vec<u8>| {
            environ.split(|byte| *byte == 0).any(|it| {
                let it = String::from_utf8_lossy(it);
                it.starts_with("GOCACHE=") && it.contains(&place)
            })
        };
        let processes = fs::read_dir("/proc").unwrap().flatten();
        processes.filter_map(|process| fs::read(process.path().join("environ")).ok()).any(is_part)
    }

    fn editions(&self) -> usize {
        self.count(|path| path.ancestors().any(|folder| folder.file_name().is_some_and(|name| name == "6")))
    }

    fn await_that(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(start.elapsed() < PATIENCE, "waited for {what}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn while_somebody_reads_go_is_prepared_and_then_nothing_is_said_any_more() {
    let mut reading = Reading::new(true);
    reading.terminal.wait("preparing Go ");
    reading.await_that("the whole base", |reading| reading.editions() > 100);
    reading.terminal.gone("preparing Go");
    lay_program(&reading.stage.data().join("work/tiny/first/read"));
    reading.terminal.type_text("go run .\r");
    reading.terminal.wait("HELLO");
    let new = built(&reading.stage.data().join("cache/go-build"));
    assert!(new < 10, "{new}");
}

#[test]
fn a_kill_in_the_middle_leaves_nothing_that_is_taken_for_whole() {
    let mut reading = Reading::new(false);
    reading.await_that("a part of the base", |reading| reading.being_built() > 12);
    reading.terminal.kill();
    reading.await_that("the build to end with the program", |reading| !reading.is_building());
    let is_object = |path: &Path| path.to_string_lossy().ends_with("-d");
    let has_edition = |path: &Path| is_object(path) && !path.to_string_lossy().contains("/building/");
    let kept = reading.count(is_object);
    assert_eq!(reading.count(has_edition), 0);
    // It goes on with what is left (and here with what it would build next), and commands can use what comes of it.
    seed(&reading.stage);
    let mut again = Reading { terminal: Reading::start(&reading.stage), stage: reading.stage };
    assert!(kept > 0);
    again.await_that("a first edition", |reading| reading.count(has_edition) > 0);
    lay_program(&again.stage.data().join("work/tiny/first/read"));
    again.terminal.type_text("go run .\r");
    again.terminal.wait("HELLO");
    again.terminal.kill();
}

#[test]
fn a_command_goes_first_and_the_warm_up_goes_on_after_it() {
    let mut reading = Reading::new(false);
    reading.await_that("a beginning", Reading::is_building);
    reading.terminal.type_text("echo begun; sleep 20; echo over\r");
    reading.terminal.until("the command to run", |screen| screen.matches("begun").count() > 1);
    reading.await_that("the build to be put down", |reading| !reading.is_building());
    assert!(reading.terminal.screen().matches("over").count() < 2);
    reading.terminal.press("Ctrl-C");
    reading.await_that("the build to go on", Reading::is_building);
    reading.terminal.kill();
}

#[test]
#[ignore = "it measures: `cargo test --test it -- --ignored --nocapture cold_and_warmed`"]
fn the_first_run_cold_and_warmed() {
    for tier in tiers() {
        let ground = Ground::new();
        let cold = ground.course("cold");
        let warmed: Vec<_> = ["first", "second", "third", "fourth", "fifth"].map(|name| ground.course(name)).into();
        confine::within(tier, "", || {
            for name in ["first", "second", "third", "fourth", "fifth"] {
                fill_cache(&ground.dirs, name, &ground.go);
            }
            let time = |course: &(PathBuf, Vec<(String, String)>)| {
                let start = Instant::now();
                assert_eq!(run("go run .", course), ("HELLO\n".to_owned(), 0));
                start.elapsed().as_millis()
            };
            // The best of some: the machine has other things to do as well.
            let first = warmed.iter().map(time).min().unwrap();
            let second = warmed.iter().map(time).min().unwrap();
            fs::remove_file(ground.dirs.go_base()).unwrap();
            println!("{tier:?}: cold {} ms, warmed {first} ms, again {second} ms", time(&cold));
        });
    }
}
