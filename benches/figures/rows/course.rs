//! The proof of the whole course, beside the same go commands one after the other in a shell.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use haveago::author::{self, Memo};
use haveago::course::{self, Course};
use haveago::sandbox::{self, Dirs, helper};
use haveago::store::{CourseSource, Settings};
use haveago::tutor;
use serde_json::Value;

use crate::ground;
use crate::support;
use crate::table::{Bound, Figure};

/// The word that makes the bench do the shell's part.
pub const SHELL: &str = "course-in-a-shell";
/// The word that makes the bench stand before the helper.
pub const BEFORE: &str = "before-the-helper";

/// A proof of the whole course takes minutes and cannot be hurried; it is done once.
pub fn figures() -> Vec<Figure> {
    let ground = Ground::new();
    ground.forget();
    let began = Instant::now();
    ground.prove(None);
    let ours = began.elapsed();
    ground.forget();
    let (count, peer) = ground.shell();
    vec![Figure {
        what: "the proof of the whole course".to_owned(),
        ours: format!("{:.0} s", ours.as_secs_f64()),
        peer: format!("its {count} go commands in a shell {:.0} s", peer.as_secs_f64()),
        value: ours.as_secs_f64() / peer.as_secs_f64(),
        bound: Bound::AtMost(0.6),
        unit: "×",
    }]
}

struct Ground {
    data: PathBuf,
    dirs: Dirs,
    course: Course,
}

impl Ground {
    fn new() -> Self {
        let data = ground::folder().join("course");
        fs::create_dir_all(&data).expect("a data folder");
        let dirs = Dirs::find(Some(&data)).expect("folders");
        let files = CourseSource::Embedded.read().expect("the course is there");
        Self { data, dirs, course: course::load(&files).course.expect("the course loads") }
    }

    /// Nothing is built yet, for us as for the shell, but Go's own packages.
    fn forget(&self) {
        if self.dirs.cache.exists() {
            fs::remove_dir_all(&self.dirs.cache).expect("the caches go");
        }
        let toolchain = ground::toolchain();
        sandbox::fill_cache(&self.dirs, &self.course.id, &toolchain);
    }

    fn prove(&self, lesson: Option<&str>) {
        let (toolchain, mut env) = tutor::surroundings(&self.dirs, &self.course.id, &Settings::default());
        tutor::offer_modules(&mut env, &self.dirs, &CourseSource::Embedded, &self.course);
        toolchain.expect("the benches need Go on the PATH");
        let report = author::check(&CourseSource::Embedded, lesson, &env, &Memo::none(), &mut |_| {});
        assert!(report.is_proved(), "{}", report.details());
    }

    fn log(&self) -> PathBuf {
        self.data.join("shell.log")
    }

    /// How many go commands the proof has, and how long they take in a shell, one after the other.
    fn shell(&self) -> (usize, Duration) {
        fs::write(self.log(), "").expect("the log");
        let bench = std::env::current_exe().expect("the bench knows its file");
        let done = Command::new(bench).arg(SHELL).status().expect("the bench starts");
        assert!(done.success(), "the shell's part is done");
        let log = fs::read_to_string(self.log()).expect("the log");
        let times: Vec<f64> = log.lines().map(|line| line.parse().expect("seconds")).collect();
        assert!(!times.is_empty(), "the proof runs go");
        (times.len(), Duration::from_secs_f64(times.iter().sum()))
    }
}

/// Proves the course lesson by lesson with [`before`] for a helper. It is a process of its own, which can have another
/// helper.
pub fn in_a_shell() {
    let ground = Ground::new();
    let script = ground.data.join("before");
    let bench = std::env::current_exe().expect("the bench knows its file");
    let text = format!("#!/bin/sh\nexec '{}' {BEFORE} '{}' \"$@\"\n", bench.display(), ground.log().display());
    fs::write(&script, text).expect("what stands before the helper");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("its rights");
    helper::set_program(script);
    let lessons: Vec<_> = ground.course.lessons().map(|(_, _, lesson)| lesson).collect();
    for (index, lesson) in lessons.iter().enumerate() {
        // What a lesson continues is proved with it.
        if lessons.get(index + 1).is_none_or(|next| !next.continues) {
            ground.prove(Some(&lesson.title));
        }
    }
}

/// Runs a go command as a shell would, where and when the proof runs it and before it does, puts the folders back, notes
/// the time, and becomes the helper that was called. The words are the log and the helper's own.
pub fn before(words: &[String]) {
    let [log, words @ ..] = words else { panic!("the log is named") };
    // The helper is handed a folder with its order.
    let order = words.last().and_then(|folder| {
        let order = fs::read(Path::new(folder).join("request.json")).ok()?;
        serde_json::from_slice(&order).ok()
    });
    let go = order.as_ref().and_then(go_of);
    if let (Some(order), Some((mut command, dir))) = (order.as_ref(), go) {
        let took = undone(&own_folders(order), || {
            let began = Instant::now();
            command.current_dir(dir).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().expect("the shell starts");
            began.elapsed()
        });
        let mut log = fs::OpenOptions::new().append(true).open(log).expect("the log");
        writeln!(log, "{}", took.as_secs_f64()).expect("the log");
    }
    let error = Command::new(support::haveago()).args(words).exec();
    panic!("the helper does not start: {error}");
}

/// The command of an order that runs go, and where.
fn go_of(order: &Value) -> Option<(Command, PathBuf)> {
    let work = &order["work"];
    let (mut command, work) = if let Some(program) = work.get("Program") {
        let argv: Vec<String> = serde_json::from_value(program["argv"].clone()).ok()?;
        let name = Path::new(argv.first()?).file_name()?;
        let mut command = Command::new(&argv[0]);
        command.args(&argv[1..]);
        (command, (name == "go").then_some(program)?)
    } else {
        let line = work.get("Line")?;
        let text = line["line"].as_str()?;
        let mut command = Command::new("sh");
        command.args(["-c", text]);
        (command, text.split_whitespace().any(|word| word == "go").then_some(line)?)
    };
    let env: Vec<(String, String)> = serde_json::from_value(work["env"].clone()).ok()?;
    // A cache of its own: what one has built, the other has to build, too.
    let own = |name: &str, value: String| if name == "GOCACHE" { format!("{value}-of-the-shell") } else { value };
    command.env_clear().envs(env.into_iter().map(|(name, value)| (name.clone(), own(&name, value))));
    Some((command, work["dir"].as_str()?.into()))
}

/// The folders of the proof that the command may write in; caches are not among them.
fn own_folders(order: &Value) -> Vec<PathBuf> {
    let writable: Vec<PathBuf> = serde_json::from_value(order["plan"]["writable"].clone()).unwrap_or_default();
    let temporary = std::env::temp_dir().canonicalize().expect("a folder for temporary files");
    writable.into_iter().filter(|folder| folder.starts_with(&temporary)).collect()
}

/// Does `work`, and puts the folders back as they were.
fn undone<T>(folders: &[PathBuf], work: impl FnOnce() -> T) -> T {
    let kept = tempfile::tempdir().expect("a folder");
    let copies: Vec<PathBuf> = (0..folders.len()).map(|number| kept.path().join(number.to_string())).collect();
    for (folder, copy) in folders.iter().zip(&copies) {
        copy_all(folder, copy);
    }
    let result = work();
    for (folder, copy) in folders.iter().zip(&copies) {
        for entry in fs::read_dir(folder).expect("it is there").flatten() {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let gone = if is_folder { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
            gone.expect("what the shell left goes");
        }
        copy_all(&copy.join("."), folder);
    }
    result
}

/// Copies with all times and rights.
fn copy_all(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status().expect("cp starts");
    assert!(done.success(), "{} is copied", from.display());
}
