//! Go: whether there is one that will do, and how long a small program takes it.

use std::path::Path;
use std::time::Duration;

use super::{Line, Patient, measured};
use crate::sandbox::check::{self, Place};
use crate::sandbox::confine::{self, Class, Tier};
use crate::sandbox::process::Job;
use crate::sandbox::{environment, toolchain};

/// What is built for the examination has a cache of its own, as a course has.
const EXAMINATION: &str = "doctor";

const MAIN: &str = "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"ready\")\n}\n";
const MODULE: &str = "module example.com/doctor\n\ngo 1.24\n";

/// Less than a look may take, so that the look itself tells it.
const PATIENCE: Duration = Duration::from_secs(18);

pub(super) fn found(patient: &Patient) -> Vec<Line> {
    vec![match toolchain::find(patient.go.as_deref(), &patient.dirs.toolchains()) {
        Ok(found) => Line::good("Go", format!("{} at {}", found.version, found.go.display())),
        Err(error) => {
            let sentence = error.to_string();
            let (says, mend) = sentence.split_once("; ").unwrap_or((&sentence, "install Go from https://go.dev/dl/"));
            Line::stop("Go", says, mend)
        }
    }]
}

/// Builds and runs a program of our own, as a learner's would be.
pub(super) fn timed_build(patient: &Patient) -> Vec<Line> {
    let Ok(found) = toolchain::find(patient.go.as_deref(), &patient.dirs.toolchains()) else { return Vec::new() };
    let folder = std::fs::create_dir_all(&patient.dirs.cache)
        .and_then(|()| tempfile::Builder::new().prefix("doctor-").tempdir_in(&patient.dirs.cache))
        .and_then(|folder| {
            std::fs::write(folder.path().join("main.go"), MAIN)?;
            std::fs::write(folder.path().join("go.mod"), MODULE)?;
            Ok(folder)
        });
    // What cannot be written is another line's.
    let Ok(folder) = folder else { return Vec::new() };
    let root = folder.path().canonicalize().unwrap_or_else(|_| folder.path().to_owned());
    let env = environment::build(&patient.dirs, EXAMINATION, Some(&found));
    let program = if cfg!(windows) { "./ready.exe" } else { "./ready" };
    let run = |argv: &[&str], class| run(argv, &root, &env, class);
    let work = || {
        let built = run(&["go", "build", "-o", program, "."], Class::Go);
        let ran = (built.exit == 0).then(|| run(&[program], Class::Program));
        (built, ran)
    };
    // It is our own program: nobody has to trust a course for it.
    let (built, ran) = if confine::unanswered().is_some() { confine::within(Tier::None, "", work) } else { work() };
    let times = measured::Build {
        stopped: built.stopped.is_some(),
        fault: [Some(&built), ran.as_ref()]
            .into_iter()
            .flatten()
            .find(|seen| seen.exit != 0)
            .map(|seen| seen.output.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no word").to_owned()),
        built: built.took,
        ran: ran.as_ref().map_or(Duration::ZERO, |ran| ran.took),
    };
    vec![measured::build(&times)]
}

fn run(argv: &[&str], root: &Path, env: &[(String, String)], class: Class) -> crate::judge::evidence::Captured {
    let argv: Vec<String> = argv.iter().map(|word| (*word).to_owned()).collect();
    let job = Job { argv: &argv, dir: root, env, stdin: "", timeout: PATIENCE, output_limit: 1 << 20 };
    check::run(&job, Place { root, also: root, class })
}
