//! The warm-up: while somebody reads, the standard library is built beforehand, so that their first `go run` answers at once.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use super::cache::{Base, CourseCache, Lack, ROOM, has_room};
use super::confine::{Class, Plan, Terminal, tier};
use super::helper::{self, Letter, Order, Program, Work};
use super::process::{self, Job, group};
use super::{Dirs, Toolchain, environment, line};

mod gate;

pub(super) use gate::First;
pub use gate::close;

/// The variable that says what is built: `off`, or packages with a semicolon between two stages. For tests, and for those
/// who know what they do.
pub const VARIABLE: &str = "HAVEAGO_WARM_UP";

/// What is built, in this order: what lessons need first comes first. After each stage commands have what is built so far.
const STAGES: &[&str] = &[
    "fmt",
    "errors os strconv strings",
    "testing",
    "bufio bytes cmp context io io/fs maps math math/rand math/rand/v2 path path/filepath slices sort sync sync/atomic time \
     unicode unicode/utf8",
    "encoding/json flag log log/slog os/exec os/signal regexp text/tabwriter text/template testing/synctest",
    "net/http net/http/httptest",
];

static ONE: Mutex<()> = Mutex::new(());

/// How far it is: packages of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub all: usize,
}

/// The stages, each with its packages.
pub(super) fn stages() -> Vec<Vec<String>> {
    let asked = std::env::var(VARIABLE).ok().filter(|asked| !asked.is_empty());
    let words = |stage: &str| stage.split_whitespace().map(str::to_owned).collect();
    match asked.as_deref() {
        Some("off") => Vec::new(),
        Some(asked) => asked.split(';').map(words).collect(),
        None => STAGES.iter().copied().map(words).collect(),
    }
}

/// How a step of the warm-up ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Done,
    /// A command came first.
    Interrupted,
    Failed,
}

/// Builds what is missing of the base and brings it to the course's commands, with pauses while one of them runs, until all
/// is done or [`close`] is called. `tell` is called when there is something to tell, and with none at the end of it. What
/// cannot be built is left to the commands: nothing is said of it.
pub fn up(dirs: &Dirs, course: &str, toolchain: &Toolchain, tell: &mut dyn FnMut(Option<Progress>)) {
    let stages = stages();
    // One in a program is enough.
    let Ok(_one) = ONE.try_lock() else { return };
    if stages.is_empty() || !gate::pass() {
        return;
    }
    let cache = CourseCache::new(dirs, course, Some(toolchain));
    let Some(base) = cache.base.clone() else { return };
    let Ok(place) = tempfile::Builder::new().prefix("haveago-warm-").tempdir() else { return };
    let Ok(root) = place.path().canonicalize() else { return };
    let warmer = Warmer { cache, base, env: env(dirs, &root, toolchain), root };
    // Another program that builds it is enough.
    if let Ok(Some(lock)) = warmer.base.take(toolchain) {
        warmer.base.sweep(toolchain);
        warmer.build(&stages, tell);
        drop(lock);
    }
    warmer.bring();
    warmer.cache.prune();
}

/// One warm-up.
struct Warmer {
    cache: CourseCache,
    base: Base,
    /// A folder with a small module: what is only built by a test is built for its own.
    root: PathBuf,
    env: Vec<(String, String)>,
}

/// The environment of learners' commands, but for the folders, of which none is theirs.
fn env(dirs: &Dirs, root: &Path, toolchain: &Toolchain) -> Vec<(String, String)> {
    let base = Base::of(&dirs.go_base(), toolchain).building();
    let (home, path) = (root.join("home"), root.join("gopath"));
    let _ = environment::without_telemetry(&home);
    let modules = path.join("pkg").join("mod");
    environment::in_folders(Some(toolchain), &environment::Folders { home, cache: base, modules, path })
}

impl Warmer {
    /// Stage after stage.
    fn build(&self, stages: &[Vec<String>], tell: &mut dyn FnMut(Option<Progress>)) {
        let built = self.base.newest().map_or(0, |(number, _)| number);
        if built >= stages.len() || !has_room(&self.base.building(), ROOM) {
            return;
        }
        let (mut done, all) = (self.packages(&stages[..built].concat()), self.packages(&stages.concat()));
        for number in built + 1..=stages.len() {
            let before = done;
            let is_built = loop {
                if !gate::pass() {
                    break false;
                }
                tell(Some(Progress { done: done.min(all), all }));
                let end = self.stage(&stages[..number], &mut || {
                    done += 1;
                    tell(Some(Progress { done: done.min(all), all }));
                });
                match end {
                    End::Done => break true,
                    End::Interrupted => {}
                    End::Failed => break false,
                }
            };
            if !is_built || self.base.publish(number).is_err() {
                break;
            }
            // What an earlier try has built is not built, and so not counted, again.
            done = done.max(before).max(self.packages(&stages[..number].concat()));
            self.bring();
        }
        tell(None);
    }

    /// Builds the last of `stages`, in all ways in which commands build it.
    fn stage(&self, stages: &[Vec<String>], is_built: &mut dyn FnMut()) -> End {
        let packages = stages.concat();
        if lay_module(&self.root, &packages).is_err() {
            return End::Failed;
        }
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
        let last = stages.last().cloned().unwrap_or_default();
        // What is vetted is looked through besides, with all that it needs.
        let mut commands = vec![[words(&["go", "build", "-v"]), last].concat(), words(&["go", "vet", "."])];
        if packages.iter().any(|package| package == "testing") {
            // Before a test all of it is vetted in another way.
            commands.push(words(&["go", "test", "."]));
        }
        for argv in commands {
            match self.run(&argv, is_built) {
                End::Done => {}
                other => return other,
            }
        }
        End::Done
    }

    /// Runs a go command that writes into the base, confined as every other.
    fn run(&self, argv: &[String], is_built: &mut dyn FnMut()) -> End {
        let order = Plan::new(&self.root, &self.env, Class::Go, Terminal::None).map(|mut plan| {
            plan.may_write(&self.base.building());
            plan.is_behind = true;
            let (dir, env) = (self.root.clone(), self.env.clone());
            let (argv, asks) = (argv.to_vec(), Vec::new());
            let program = Program { argv, dir, env, notice: None, asks, patience: Duration::ZERO };
            Order::new(plan, Work::Program(program))
        });
        // What a test prints is no package.
        let is_package = |line: &str| argv[1] == "build" && !line.contains(' ');
        order.map_or(End::Failed, |order| {
            run(order, &mut |line| {
                if is_package(line) {
                    is_built();
                }
            })
        })
    }

    /// Copies what is built to the course's commands, where that is how they get it.
    fn bring(&self) {
        let lack = || -> Option<Lack> { self.cache.lacks(tier().ok()?).filter(|lack| has_room(&lack.to, ROOM)) };
        while let Some(lack) = lack() {
            if !gate::pass() {
                return;
            }
            match lack.order(&self.root, true).map_or(End::Failed, |order| run(order, &mut |_| {})) {
                End::Done => lack.remember(),
                End::Interrupted => {}
                End::Failed => return,
            }
        }
    }

    /// How many packages these are with all that they need. Zero where Go does not say: it is for the eye only.
    fn packages(&self, packages: &[String]) -> usize {
        if packages.is_empty() {
            return 0;
        }
        let argv = [vec!["go".to_owned(), "list".to_owned(), "-deps".to_owned()], packages.to_vec()].concat();
        let timeout = Duration::from_secs(20);
        let job = Job { argv: &argv, dir: &self.root, env: &self.env, stdin: "", timeout, output_limit: 1 << 20 };
        let seen = process::run(&job);
        if seen.exit == 0 { seen.stdout.lines().filter(|line| *line != "unsafe").count() } else { 0 }
    }
}

/// A program that needs these packages, and a test.
fn lay_module(root: &Path, packages: &[String]) -> io::Result<()> {
    fs::write(root.join("go.mod"), "module example.com/warm\n\ngo 1.24\n")?;
    let mut program = "package main\n\n".to_owned();
    for package in packages {
        program.extend(["import _ \"", package, "\"\n"]);
    }
    fs::write(root.join("main.go"), program + "\nfunc main() {}\n")?;
    let test = "package main\n\nimport \"testing\"\n\nfunc TestNothing(t *testing.T) {}\n";
    fs::write(root.join("main_test.go"), test)
}

/// Does what is ordered behind all others, as long as no command comes. `on_line` gets what is printed on standard error.
fn run(order: Order, on_line: &mut dyn FnMut(&str)) -> End {
    let Ok(letter) = Letter::behind(order) else { return End::Failed };
    let Ok(program) = helper::program() else { return End::Failed };
    let mut command = Command::new(program);
    command.args(letter.args()).env_clear().envs(line::bare_env()).current_dir(line::safe_dir());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    group::lead(&mut command);
    group::leave_first(&mut command);
    let Ok(mut child) = command.spawn() else { return End::Failed };
    group::give_way(child.id());
    let lines = child.stderr.take();
    gate::hold(child);
    // They end with the last process that could print one.
    for line in lines.into_iter().flat_map(|lines| BufReader::new(lines).lines().map_while(Result::ok)) {
        on_line(&line);
    }
    let Some((mut child, is_ended)) = gate::release() else { return End::Failed };
    let is_done = child.wait().is_ok_and(|status| status.success()) && letter.told().is_some_and(|told| told.exit == 0);
    match (is_done, is_ended) {
        (true, _) => End::Done,
        (false, true) => End::Interrupted,
        (false, false) => End::Failed,
    }
}
