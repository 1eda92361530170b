//! Building and running the learner's program: one build for all runs of a package, one run for all conditions on it.

use std::path::{Path, PathBuf};

use super::{Look, Needs, served};
use crate::base::FilePath;
use crate::course::condition::RunHow;
use crate::judge::evidence::{Captured, Evidence, HttpSeen, RunSeen};
use crate::sandbox::check;
use crate::sandbox::confine::Class;
use crate::sandbox::process::Job;

/// Bytes that a program may print before it is stopped.
pub(super) const OUTPUT_LIMIT: u64 = 8_000_000;

/// What was built of a package: a program or the reason there is none.
type Built = ((Option<FilePath>, bool), Result<PathBuf, Captured>);

impl Look<'_> {
    /// Runs each way of running once. The one that requests are sent to is kept up meanwhile.
    pub(super) fn runs(&self, needs: &Needs, evidence: &mut Evidence) {
        let mut built: Vec<Built> = Vec::new();
        let server = (!needs.http.is_empty()).then(|| served(self.step));
        for how in needs.runs.iter().filter(|how| Some(*how) != server.as_ref()) {
            let seen = match self.built(&mut built, how) {
                Ok(program) => RunSeen::Ran(self.run_program(&program, how)),
                Err(captured) => RunSeen::NotBuilt(captured),
            };
            evidence.runs.push((how.clone(), seen));
        }
        let Some(how) = server else { return };
        let seen = match self.built(&mut built, &how) {
            Ok(program) => {
                let (captured, answers) = self.serve(&program, &how, &needs.http);
                evidence.http = answers;
                RunSeen::Ran(captured)
            }
            Err(captured) => {
                let no_answer = HttpSeen::NoAnswer("the program does not build".to_owned());
                evidence.http = needs.http.iter().map(|http| (http.clone(), no_answer.clone())).collect();
                RunSeen::NotBuilt(captured)
            }
        };
        evidence.runs.push((how, seen));
    }

    fn built(&self, built: &mut Vec<Built>, how: &RunHow) -> Result<PathBuf, Captured> {
        let key = (how.dir.clone(), how.race);
        if let Some((_, result)) = built.iter().find(|(other, _)| *other == key) {
            return result.clone();
        }
        let result = self.build_program(how.dir.as_ref(), how.race);
        built.push((key, result.clone()));
        result
    }

    fn run_program(&self, program: &Path, how: &RunHow) -> Captured {
        let job = Job {
            argv: &argv(program, how),
            dir: &self.folder(how),
            env: &self.prober.env,
            stdin: how.stdin.as_deref().unwrap_or_default(),
            timeout: how.timeout.unwrap_or(self.prober.program_timeout),
            output_limit: OUTPUT_LIMIT,
        };
        check::run(&job, self.place(Class::Program))
    }

    /// Where the program runs: in its package's folder, as a learner who went there would run it.
    pub(super) fn folder(&self, how: &RunHow) -> PathBuf {
        how.dir.as_ref().map_or_else(|| self.prober.root.clone(), |dir| dir.under(&self.prober.root))
    }
}

pub(super) fn argv(program: &Path, how: &RunHow) -> Vec<String> {
    std::iter::once(program.to_string_lossy().into_owned()).chain(how.args.iter().cloned()).collect()
}
