//! One step: its check fails before and passes after its solution, and what it shows is true at some moment of it.

use super::lesson::{Proof, Transcripts};
use super::transcript;
use crate::course::Problem;
use crate::course::condition::{Condition, Fact, Pattern};
use crate::course::model::{ConsoleCommand, CourseFile, Step};
use crate::judge::evidence::{Captured, CommandSeen, Evidence, RunSeen};
use crate::judge::{Judgement, judge, judge_open};
use crate::learner::{Progress, Session};
use crate::sandbox::probe::{GoProber, LearnerSeen, Prober};
use crate::tutor::ground::{self, Deed};

impl Proof<'_> {
    pub(super) fn step(&mut self, step: &Step) {
        match self.ground.inner.lay(&step.files) {
            Ok(kept) => self.problems.extend(kept.into_iter().map(never_laid)),
            Err(error) => return self.machine(&error),
        }
        self.code(step);
        self.predictions(step);
        let mut transcripts = Transcripts::of_step(step);
        self.transcripts(&mut transcripts);
        let tried = Trial::new(step);
        self.mutants_build(step);
        self.solve(tried, &mut transcripts);
        self.untrue(transcripts);
        self.leaks(step);
    }

    /// The check must not pass as the step opens, must pass after the solution.
    fn solve(&mut self, mut trial: Trial, transcripts: &mut Transcripts<'_>) {
        self.before(&mut trial);
        let deeds = ground::deeds(&trial.step);
        trial.answer();
        if deeds.is_empty() {
            self.look(&mut trial);
        }
        for deed in &deeds {
            match deed {
                Deed::File(file) => {
                    if let Err(error) = self.ground.inner.put(file) {
                        return self.machine(&error);
                    }
                    trial.session.saved();
                }
                Deed::Lines(file) => {
                    if let Err(error) = self.ground.inner.arrange(file) {
                        return self.machine(&error);
                    }
                    trial.session.saved();
                }
                Deed::Command(command) => self.command(command, &mut trial),
            }
            self.look(&mut trial);
            self.transcripts(transcripts);
        }
        self.after(&trial);
    }

    fn command(&mut self, command: &ConsoleCommand, trial: &mut Trial) {
        let captured = self.ground.run(&command.line);
        if !command.output.is_empty() {
            self.problems.extend(untrue(command, &captured.output));
        }
        let seen = CommandSeen { line: command.line.clone(), exit: captured.exit, output: captured.output };
        // What would be saved of it is the learner's progress, and here is no learner.
        drop(trial.session.ran(seen));
    }

    /// Nothing was done yet: the check must not pass, and hidden tests must fail.
    fn before(&mut self, trial: &mut Trial) {
        let can_pass = trial.step.check.iter().all(|line| !matches!(line.fact, Fact::Ran(_) | Fact::Answers(_)));
        let tests: Vec<Condition> =
            trial.step.check.iter().filter(|line| matches!(line.fact, Fact::Tests(_))).cloned().collect();
        if !tests.is_empty() {
            let evidence = self.observe(&tests, trial);
            let verdict = judge(&tests, &evidence);
            if verdict.judgements.contains(&Judgement::Met) {
                let place = trial.step.tests.first().map_or(&trial.step.place, |test| &test.place);
                self.problems.push(Problem::new(
                    place.clone(),
                    "these hidden tests pass before the learner has done anything",
                    "test what the step asks for, so that they fail on the starter",
                ));
            }
        }
        let Some(first) = trial.step.check.first() else { return };
        let place = first.place.clone();
        if can_pass {
            self.look(trial);
            if trial.session.passed {
                self.problems.push(Problem::new(
                    place,
                    "this check passes before the learner has done anything",
                    "leave something to do in the starter, or ask for something that is not there yet",
                ));
            }
        }
    }

    /// Looks at what is open in the check, as it is looked at after each command and each save of a learner's.
    fn look(&mut self, trial: &mut Trial) {
        let (indexes, wanted): (Vec<usize>, Vec<Condition>) = trial.session.wanted(&trial.step).into_iter().unzip();
        if wanted.is_empty() {
            return;
        }
        let evidence = self.observe(&wanted, trial);
        let verdict = judge_open(&wanted, &trial.step.check, &evidence);
        drop(trial.session.judged(&trial.step, &indexes, &verdict));
    }

    fn observe(&mut self, wanted: &[Condition], trial: &Trial) -> Evidence {
        let prober = GoProber::new(self.ground.root(), self.lab.env.clone());
        let learner = LearnerSeen { commands: &trial.session.commands, answer: trial.session.answer.as_deref() };
        let evidence = prober.observe(wanted, &trial.step, &learner);
        self.ground.outputs.extend(printed(&evidence).map(|captured| captured.output.clone()));
        evidence
    }

    fn after(&mut self, trial: &Trial) {
        if trial.step.check.is_empty() && !trial.step.orders.is_empty() {
            self.order_builds(trial);
        }
        if trial.session.passed {
            return;
        }
        for (condition, state) in trial.step.check.iter().zip(&trial.session.conditions) {
            if state.met {
                continue;
            }
            let seen = state.finding.as_ref().map_or("nothing of the kind was seen", |finding| &finding.seen);
            self.problems.push(Problem::new(
                condition.place.clone(),
                format!("the solution does not pass `{}`: {seen}", condition.source.trim()),
                "mend the solution, or this line",
            ));
        }
    }

    fn order_builds(&mut self, trial: &Trial) {
        let Some(order) = trial.step.orders.first() else { return };
        let builds = Condition { now: false, fact: Fact::Builds, place: order.place.clone(), source: String::new() };
        let evidence = self.observe(std::slice::from_ref(&builds), trial);
        if let Some(Judgement::Unmet(finding)) = judge(&[builds], &evidence).judgements.pop() {
            self.problems.push(Problem::new(
                order.place.clone(),
                format!("these lines do not build in the order as written: {}", finding.seen),
                "write them in an order that builds",
            ));
        }
    }

    /// A hidden test that lies open in the scratch directory is no secret.
    fn leaks(&mut self, step: &Step) {
        for test in &step.tests {
            let lying = std::fs::read_to_string(test.path.under(self.ground.root()));
            if lying.is_ok_and(|text| text == test.text) {
                self.problems.push(Problem::new(
                    test.place.clone(),
                    format!("the hidden test `{}` lies open in the learner's folder", test.path),
                    "leave it out of the starter and of the solution",
                ));
            }
        }
    }
}

/// A learner who comes from the steps before has a file of their own there.
fn never_laid(file: &CourseFile) -> Problem {
    Problem::new(
        file.place.clone(),
        format!("this starter is never laid: by then `{}` is the learner's own work", file.path),
        "go on with that file, name another one, or begin a new lesson",
    )
}

/// A problem when the command does not print what is shown below it.
pub(super) fn untrue(command: &ConsoleCommand, output: &str) -> Option<Problem> {
    if transcript::is_true(&command.output, output) {
        return None;
    }
    let line = &command.line;
    let fault = match transcript::first_difference(&command.output, output) {
        (Some(shown), Some(seen)) => format!("`{line}` prints `{}` where `{}` is shown", seen.trim(), shown.trim()),
        (Some(shown), None) => format!("`{line}` does not print `{}`", shown.trim()),
        (None, Some(seen)) => format!("`{line}` also prints `{}`", seen.trim()),
        (None, None) => format!("`{line}` prints something else than is shown"),
    };
    let mend = "show what it prints; `...` stands for any lines, `…` for any text on a line";
    Some(Problem::new(command.place.clone(), fault, mend))
}

/// A step and a learner who does what its solution says.
struct Trial {
    /// Without what no solution is written for: quizzes, predictions, answers told by an expression alone.
    step: Step,
    session: Session,
}

impl Trial {
    fn new(step: &Step) -> Self {
        let mut step = step.clone();
        step.quizzes.clear();
        step.predictions.clear();
        let is_told = |fact: &Fact| match fact {
            Fact::Answers(patterns) => patterns.iter().any(|pattern| matches!(pattern, Pattern::Text(_))),
            _ => true,
        };
        step.check.retain(|condition| is_told(&condition.fact));
        let session = Session::open(&Step { orders: Vec::new(), ..step.clone() }, &Progress::default());
        Self { step, session }
    }

    fn answer(&mut self) {
        let texts = self.step.check.iter().filter_map(|condition| match &condition.fact {
            Fact::Answers(patterns) => patterns.iter().find_map(|pattern| match pattern {
                Pattern::Text(text) => Some(text.clone()),
                Pattern::Regex(_) => None,
            }),
            _ => None,
        });
        if let Some(text) = texts.into_iter().next() {
            self.session.set_answer(text);
            drop(self.session.answer());
        }
    }
}

/// Everything that a look ran.
fn printed(evidence: &Evidence) -> impl Iterator<Item = &Captured> {
    let runs = evidence.runs.iter().map(|(_, seen)| match seen {
        RunSeen::NotBuilt(captured) | RunSeen::Ran(captured) => captured,
    });
    let tests = evidence.tests.iter().map(|(_, captured)| captured);
    evidence.build.iter().chain(&evidence.vet).chain(tests).chain(runs)
}
