//! The prober looks at the world for the judge: files, builds, tests, runs, requests; only what the conditions need.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::base::FilePath;
use crate::course::condition::{Condition, Fact, Http, RunHow, Tests};
use crate::course::{self, Step};
use crate::judge::evidence::{Captured, CommandSeen, Evidence};
use crate::sandbox::check::Place;
use crate::sandbox::confine::{self, Class};

mod files;
pub(super) mod go_tool;
mod program;
pub(super) mod server;
mod tests;

/// What the learner did, which no look at the world can tell.
#[derive(Clone, Copy, Debug)]
pub struct LearnerSeen<'a> {
    /// Since the step was opened, oldest first.
    pub commands: &'a [CommandSeen],
    pub answer: Option<&'a str>,
}

/// Sees what conditions ask for. The real one runs Go; a scripted one serves tests.
pub trait Prober {
    /// Looks at everything that `wanted`, conditions of `step`, need to be judged. What cannot be looked at
    /// (no Go on the machine, a file that may not be read) is evidence too.
    fn observe(&self, wanted: &[Condition], step: &Step, learner: &LearnerSeen<'_>) -> Evidence;
}

/// Looks at a scratch directory with the `go` that the environment's `PATH` finds. Writes nothing into the
/// directory; what the learner's program writes when it is run is the learner's.
#[derive(Clone, Debug)]
pub struct GoProber {
    /// The scratch directory, without links in it.
    root: PathBuf,
    /// The whole environment of what is run.
    env: Vec<(String, String)>,
    /// The files that the lessons of this directory speak of, where that is known.
    spoken_of: Option<BTreeSet<FilePath>>,
    /// How long a go command may take.
    pub tool_timeout: Duration,
    /// How long the learner's program may run, where the condition does not say.
    pub program_timeout: Duration,
}

impl GoProber {
    /// A prober for the scratch directory `root`, in an environment as [`crate::sandbox::environment`] makes it.
    #[must_use]
    pub fn new(root: &Path, env: Vec<(String, String)>) -> Self {
        Self {
            root: files::without_links(root),
            env,
            spoken_of: None,
            tool_timeout: Duration::from_mins(2),
            program_timeout: Duration::from_secs(10),
        }
    }

    /// Says which files the lessons of this directory speak of, so that none of them is taken for a misplaced one.
    #[must_use]
    pub fn speaking_of(self, files: BTreeSet<FilePath>) -> Self {
        Self { spoken_of: Some(files), ..self }
    }
}

impl Prober for GoProber {
    fn observe(&self, wanted: &[Condition], step: &Step, learner: &LearnerSeen<'_>) -> Evidence {
        let needs = Needs::of(wanted);
        let mut evidence = Evidence {
            commands: learner.commands.to_vec(),
            answer: learner.answer.map(str::to_owned),
            files: files::look(&self.root, &needs.files),
            spoken_of: self.spoken_of.clone(),
            ..Evidence::default()
        };
        if needs.has(Single::Sources) {
            evidence.sources = files::sources(&self.root);
        }
        if !needs.runs_go() {
            return evidence;
        }
        if let Err(why) = confine::tier() {
            refuse(&needs, &mut evidence, &why);
            return evidence;
        }
        match tempfile::Builder::new().prefix("haveago-probe-").tempdir() {
            Ok(temp) => Look { prober: self, step, temp: temp.path() }.run(&needs, &mut evidence),
            Err(error) => refuse(&needs, &mut evidence, &format!("no temporary folder can be made: {error}")),
        }
        evidence
    }
}

/// Looks that have no options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Single {
    Sources,
    Build,
    Vet,
    Format,
    Mutants,
}

/// What a list of conditions needs to be looked at, each thing once.
#[derive(Debug, Default)]
struct Needs {
    files: BTreeSet<FilePath>,
    /// What there is one of.
    single: BTreeSet<Single>,
    tests: Vec<Tests>,
    runs: Vec<RunHow>,
    http: Vec<Http>,
}

impl Needs {
    fn of(wanted: &[Condition]) -> Self {
        let mut needs = Self::default();
        for condition in wanted {
            needs.add(&condition.fact);
        }
        needs
    }

    fn add(&mut self, fact: &Fact) {
        match fact {
            Fact::FileExists(path) | Fact::FileContains(path, _) | Fact::FileMissing(path) => {
                self.files.insert(path.clone());
            }
            Fact::BinaryExists(path) | Fact::BinaryStatic(path) | Fact::BinaryFor(path, _) => {
                self.files.insert(path.clone());
                self.files.extend(FilePath::parse(&format!("{path}.exe")));
            }
            Fact::Ran(_) | Fact::Answers(_) => {}
            Fact::Builds => self.add_single(Single::Build),
            Fact::Vets => self.add_single(Single::Vet),
            Fact::Formatted => self.add_single(Single::Format),
            Fact::Tests(tests) => push_new(&mut self.tests, tests),
            Fact::TestsCatchMutants => self.add_single(Single::Mutants),
            Fact::Runs(run) => push_new(&mut self.runs, &run.how),
            Fact::Uses { .. } => self.add_single(Single::Sources),
            Fact::Http(http) => push_new(&mut self.http, http),
        }
    }

    fn add_single(&mut self, single: Single) {
        self.single.insert(single);
    }

    fn has(&self, single: Single) -> bool {
        self.single.contains(&single)
    }

    fn runs_go(&self) -> bool {
        let Self { files: _, single, tests, runs, http } = self;
        single.iter().any(|single| *single != Single::Sources)
            || !tests.is_empty()
            || !runs.is_empty()
            || !http.is_empty()
    }
}

fn push_new<T: Clone + PartialEq>(list: &mut Vec<T>, item: &T) {
    if !list.contains(item) {
        list.push(item.clone());
    }
}

/// One look: the prober, the step whose hidden files it uses, and a folder for what is built.
struct Look<'a> {
    prober: &'a GoProber,
    step: &'a Step,
    temp: &'a Path,
}

impl Look<'_> {
    /// Where the look's programs run.
    fn place(&self, class: Class) -> Place<'_> {
        Place { root: &self.prober.root, also: self.temp, class }
    }

    fn run(&self, needs: &Needs, evidence: &mut Evidence) {
        evidence.build = needs.has(Single::Build).then(|| self.build_all());
        evidence.vet = needs.has(Single::Vet).then(|| self.vet());
        evidence.unformatted = needs.has(Single::Format).then(|| self.unformatted());
        evidence.tests = needs.tests.iter().map(|tests| (tests.clone(), self.tests(tests))).collect();
        evidence.mutants = needs.has(Single::Mutants).then(|| self.mutants());
        self.runs(needs, evidence);
    }
}

/// The machine's own trouble, told in place of everything that was to be run.
fn refuse(needs: &Needs, evidence: &mut Evidence, why: &str) {
    let refused = || Captured { exit: 127, stderr: why.to_owned(), output: why.to_owned(), ..Captured::default() };
    evidence.build = needs.has(Single::Build).then(refused);
    evidence.vet = needs.has(Single::Vet).then(refused);
    evidence.unformatted = needs.has(Single::Format).then(|| Err(refused()));
    evidence.tests = needs.tests.iter().map(|tests| (tests.clone(), refused())).collect();
    evidence.runs =
        needs.runs.iter().map(|how| (how.clone(), crate::judge::evidence::RunSeen::NotBuilt(refused()))).collect();
}

/// The program that requests are sent to: the first one the step's check runs, else the scratch directory's own.
fn served(step: &Step) -> RunHow {
    let first = step.check.iter().find_map(|condition| match &condition.fact {
        course::Fact::Runs(run) => Some(run.how.clone()),
        _ => None,
    });
    first.unwrap_or_default()
}
