//! Go in a lesson: every block is as gofmt writes it, whole files compile, `fails=` and predictions are true.

use std::fs;
use std::path::Path;

use super::lesson::Proof;
use super::transcript;
use crate::base::Place;
use crate::course::Problem;
use crate::course::condition::{Condition, Fact, Run, RunHow};
use crate::course::model::{Block, CodeBlock, CourseFile, Step, StepId, code_blocks};
use crate::go::diagnostic;
use crate::go::source::is_go_file;
use crate::judge::evidence::{Captured, Evidence, RunSeen};
use crate::sandbox::probe::{GoProber, LearnerSeen, Prober};

impl Proof<'_> {
    /// The step's shown and hidden Go.
    pub(super) fn code(&mut self, step: &Step) {
        self.shown_code(&step.blocks);
        for hint in &step.hints {
            self.shown_code(&hint.blocks);
        }
        for quiz in &step.quizzes {
            for option in &quiz.options {
                self.shown_code(&option.feedback);
            }
        }
        self.failing_starters(step);
        let fails = |file: &CourseFile| {
            code_blocks(&step.blocks)
                .iter()
                .any(|(_, code)| code.file.as_ref() == Some(&file.path) && code.fails.is_some())
        };
        // Where the step asks for gofmt, its starter is there to be formatted.
        let is_to_be_formatted = step.check.iter().any(|condition| condition.fact == Fact::Formatted);
        for file in step.files.iter().filter(|file| is_go_file(file.path.name()) && !fails(file)) {
            if is_to_be_formatted {
                self.formatted(&file.place, &file.text, Parses::Must);
            } else {
                self.gofmt(&file.place, &file.text, Parses::Must);
            }
        }
        let hidden = step.solution.files.iter().chain(&step.tests).chain(&step.mutants);
        for file in hidden.filter(|file| is_go_file(file.path.name())) {
            self.gofmt(&file.place, &file.text, Parses::Must);
        }
        for prediction in &step.predictions {
            self.gofmt(&below(&prediction.place), &prediction.code, Parses::Must);
        }
        for order in &step.orders {
            self.gofmt(&below(&order.place), &order.text, Parses::Must);
        }
    }

    /// A starter fails as it says: in the scratch directory, in its own folder there, or all by itself, for another
    /// fault of the same step may hide it.
    fn failing_starters(&mut self, step: &Step) {
        for (_, block) in code_blocks(&step.blocks) {
            let (Some(path), Some(fails)) = (&block.file, &block.fails) else { continue };
            let Some(file) = step.files.iter().find(|file| file.path == *path) else { continue };
            let root = self.ground.root().to_owned();
            let mut output = self.output_in(&root);
            if let (false, Some(folder)) = (output.contains(fails), path.under(&root).parent()) {
                output += &self.output_in(folder);
            }
            if !output.contains(fails) {
                output += &self.output_alone(&file.text);
            }
            self.must_fail(&file.place, fails, &output);
        }
    }

    /// Blocks that are there to be read: fragments parse, whole files compile (or fail as they say).
    pub(super) fn shown_code(&mut self, blocks: &[Block]) {
        for (place, block) in code_blocks(blocks) {
            if block.language != "go" {
                continue;
            }
            let place = below(place);
            match (&block.file, &block.fails) {
                (Some(_), Some(_)) => {
                    self.gofmt(&place, &block.text, Parses::May);
                }
                (Some(_), None) => {}
                (None, Some(fails)) => {
                    self.gofmt(&place, &block.text, Parses::May);
                    let output = self.output_alone(&block.text);
                    self.must_fail(&place, fails, &output);
                }
                (None, None) => {
                    if self.gofmt(&place, &block.text, Parses::Must) && is_whole_file(block) {
                        self.must_compile(&place, &block.text);
                    }
                }
            }
        }
    }

    /// Whether the text parses; a problem when it does not though it must, or is not as gofmt writes it.
    fn gofmt(&mut self, place: &Place, text: &str, parses: Parses) -> bool {
        let Some(formatted) = self.formatted(place, text, parses) else { return false };
        let (wanted, has) = (formatted.trim_end(), text.trim_end());
        if wanted != has {
            let same = wanted.lines().zip(has.lines()).take_while(|(a, b)| a == b).count();
            let line = wanted.lines().nth(same).unwrap_or_default().replace('\t', "→");
            let at = Place { line: place.line + u32::try_from(same).unwrap_or(0), ..place.clone() };
            self.problems.push(Problem::new(
                at,
                "this Go is not as gofmt writes it",
                format!("write this line as `{line}` (`→` is a tab), or put the block through gofmt"),
            ));
        }
        true
    }

    /// The text as gofmt writes it; none where it does not parse, and a problem when it must.
    fn formatted(&mut self, place: &Place, text: &str, parses: Parses) -> Option<String> {
        let captured = self.lab.tool(&["gofmt"], self.ground.root(), text);
        if captured.exit == 0 {
            return Some(captured.stdout);
        }
        if parses == Parses::Must {
            // Of a fragment gofmt tells the line right and the column wrong.
            let said = captured.stderr.lines().next().unwrap_or_default();
            let mut parts = said.splitn(4, ':');
            let line = parts.nth(1).and_then(|line| line.parse::<u32>().ok()).unwrap_or(1);
            let at = Place { line: place.line + line - 1, ..place.clone() };
            let message = parts.nth(1).unwrap_or(said).trim();
            self.problems.push(Problem::new(
                at,
                format!("this Go does not parse: {message}"),
                "mend it, or say what it fails with: `fails=\"…\"`",
            ));
        }
        None
    }

    /// Compiles alone, or else beside the other files of the scratch directory.
    fn must_compile(&mut self, place: &Place, text: &str) {
        let evidence = self.evidence_alone(text, &[Fact::Builds], false);
        let Some(alone) = evidence.build.filter(|build| build.exit != 0) else { return };
        let beside = self.evidence_alone(text, &[Fact::Builds], true);
        if beside.build.is_some_and(|build| build.exit == 0) {
            return;
        }
        let message = diagnostic::read(&alone.output).first().map_or(alone.output.clone(), ToString::to_string);
        self.problems.push(Problem::new(
            place.clone(),
            format!("this file does not compile: {}", message.trim()),
            "mend it, say what it fails with (`fails=\"…\"`), or show a part of it only",
        ));
    }

    fn must_fail(&mut self, place: &Place, fails: &str, output: &str) {
        if !output.contains(fails) {
            let first = output.lines().find(|line| !line.is_empty() && !line.starts_with('#'));
            let seen = first.map_or("it builds and runs".to_owned(), |line| format!("seen: `{}`", line.trim()));
            self.problems.push(Problem::new(
                place.clone(),
                format!("this does not fail with `{fails}`; {seen}"),
                "write a part of the message that Go gives, letter by letter",
            ));
        }
    }

    /// What building, vetting and running the package in `folder` says where it fails.
    fn output_in(&mut self, folder: &Path) -> String {
        let evidence = observe(&GoProber::new(folder, self.lab.env.clone()), &[Fact::Builds, run(), Fact::Vets]);
        self.keep(failures(&evidence))
    }

    fn output_alone(&mut self, text: &str) -> String {
        let evidence = self.evidence_alone(text, &[Fact::Builds, run(), Fact::Vets], false);
        self.keep(failures(&evidence))
    }

    fn keep(&mut self, output: String) -> String {
        self.ground.outputs.push(output.clone());
        output
    }

    /// Looks at a program of one file in a folder of its own; `beside` adds the scratch directory's files, but those
    /// with another `func main`.
    fn evidence_alone(&mut self, text: &str, facts: &[Fact], beside: bool) -> Evidence {
        let Ok(temp) = tempfile::Builder::new().prefix("haveago-block-").tempdir() else { return Evidence::default() };
        if beside {
            for entry in fs::read_dir(self.ground.root()).into_iter().flatten().flatten() {
                let content = fs::read_to_string(entry.path()).unwrap_or_default();
                let name = entry.file_name();
                let is_wanted = is_go_file(&name.to_string_lossy()) && !content.contains("func main(");
                if is_wanted || name == "go.mod" {
                    // A file that cannot be written is missed by the compiler, which says so.
                    let _ = fs::write(temp.path().join(name), content);
                }
            }
        }
        let _ = fs::write(temp.path().join("haveago_block.go"), text);
        observe(&GoProber::new(temp.path(), self.lab.env.clone()), facts)
    }

    /// A program prints what the course says it prints.
    pub(super) fn predictions(&mut self, step: &Step) {
        for prediction in &step.predictions {
            let evidence = self.evidence_alone(&prediction.code, &[run()], false);
            let shown: Vec<String> = prediction.output.lines().map(str::to_owned).collect();
            let fault = match evidence.runs.first() {
                Some((_, RunSeen::Ran(seen))) if transcript::is_true(&shown, &seen.output) => continue,
                Some((_, RunSeen::Ran(seen))) => match transcript::first_difference(&shown, &seen.output) {
                    (Some(shown), Some(seen)) => format!("this prints `{seen}`, not `{shown}`"),
                    (Some(shown), None) => format!("this does not print `{shown}`"),
                    (None, Some(seen)) => format!("this also prints `{seen}`"),
                    (None, None) => "this prints something else".to_owned(),
                },
                Some((_, RunSeen::NotBuilt(seen))) => format!("this does not build: {}", first_message(seen)),
                None => "this could not be run".to_owned(),
            };
            let mend = "write in the `output` block below it what it prints";
            self.problems.push(Problem::new(prediction.place.clone(), fault, mend));
        }
    }

    /// A planted bug that does not build is caught by any test at all.
    pub(super) fn mutants_build(&mut self, step: &Step) {
        for mutant in &step.mutants {
            let env = self.lab.env.clone();
            let files = step.solution.files.iter().filter(|file| file.path != mutant.path).chain([mutant]);
            let tried = self.ground.undone(|ground| -> std::io::Result<Evidence> {
                for file in files {
                    ground.inner.put(file)?;
                }
                Ok(observe(&GoProber::new(ground.root(), env), &[Fact::Builds]))
            });
            match tried.and_then(|evidence| evidence) {
                Err(error) => self.machine(&error),
                Ok(Evidence { build: Some(build), .. }) if build.exit != 0 => self.problems.push(Problem::new(
                    mutant.place.clone(),
                    format!("this planted bug does not build: {}", first_message(&build)),
                    "plant a bug that compiles, else any test finds it",
                )),
                Ok(_) => {}
            }
        }
    }
}

/// A block's text begins in the line after its fence.
fn below(fence: &Place) -> Place {
    Place { line: fence.line + 1, column: 1, ..fence.clone() }
}

/// A step that hides no tests and plants no bugs.
fn no_step() -> Step {
    Step::bare(StepId(String::new()), String::new(), Place::new("", 1, 1))
}

/// Looks at facts that no step of a course asks for.
fn observe(prober: &GoProber, facts: &[Fact]) -> Evidence {
    let place = Place::new("", 1, 1);
    let condition =
        |fact: &Fact| Condition { now: false, fact: fact.clone(), place: place.clone(), source: String::new() };
    let wanted: Vec<Condition> = facts.iter().map(condition).collect();
    prober.observe(&wanted, &no_step(), &LearnerSeen { commands: &[], answer: None })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Parses {
    Must,
    /// It is there to fail, and may fail by not being Go.
    May,
}

fn is_whole_file(block: &CodeBlock) -> bool {
    block.text.lines().any(|line| line.starts_with("package "))
}

fn first_message(captured: &Captured) -> String {
    diagnostic::read(&captured.output).first().map_or_else(|| captured.output.trim().to_owned(), ToString::to_string)
}

fn run() -> Fact {
    Fact::Runs(Run { how: RunHow::default(), exits: 0, prints: None })
}

fn failures(evidence: &Evidence) -> String {
    let runs = evidence.runs.iter().map(|(_, seen)| match seen {
        RunSeen::NotBuilt(captured) | RunSeen::Ran(captured) => captured,
    });
    let failed = evidence.build.iter().chain(runs).chain(&evidence.vet).filter(|captured| captured.exit != 0);
    failed.map(|captured| captured.output.as_str()).collect::<Vec<_>>().join("\n")
}
