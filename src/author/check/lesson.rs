//! A chain of lessons in one scratch directory, lesson by lesson and step by step.

use super::ground::Ground;
use super::{Lab, Proved};
use crate::base::Place;
use crate::course::Problem;
use crate::course::model::{Block, CodeBlock, Lesson, Step, code_blocks};

/// The proof of one lesson while it goes on.
pub(super) struct Proof<'a> {
    pub lab: &'a Lab,
    pub ground: &'a mut Ground,
    pub problems: Vec<Problem>,
    pub steps: usize,
}

/// Proves `chain` in order and hands each lesson's outcome to `tell`.
pub(super) fn prove_chain(lab: &Lab, chain: &[&Lesson], tell: &mut dyn FnMut(Proved)) {
    let mut ground = Ground::new(&lab.env);
    for lesson in chain {
        let mut proved = Proved {
            file: lesson.file.to_string(),
            problems: Vec::new(),
            steps: 0,
            skipped: reason_to_skip(lab, lesson),
        };
        if proved.skipped.is_none() {
            match &mut ground {
                Ok(ground) => (proved.problems, proved.steps) = prove_lesson(lab, lesson, ground),
                Err(why) => proved.problems.push(Problem::new(
                    Place::new(lesson.file.clone(), 1, 1),
                    format!("there is no place to prove this lesson in: {why}"),
                    "set TMPDIR to a folder outside of any project",
                )),
            }
        }
        tell(proved);
    }
}

fn reason_to_skip(lab: &Lab, lesson: &Lesson) -> Option<String> {
    let (major, minor) = lesson.go.filter(|_| lab.is_too_old_for(lesson))?;
    Some(format!("it needs Go {major}.{minor} and this is {}", lab.version))
}

fn prove_lesson(lab: &Lab, lesson: &Lesson, ground: &mut Ground) -> (Vec<Problem>, usize) {
    ground.inner.go_home();
    let mut proof = Proof { lab, ground, problems: Vec::new(), steps: 0 };
    proof.shown_code(&lesson.intro);
    let mut open = Transcripts::of(&lesson.intro);
    proof.transcripts(&mut open);
    proof.untrue(open);
    let steps: Vec<&Step> = lesson.steps_on(crate::base::goos()).collect();
    for step in &steps {
        let before = proof.problems.len();
        proof.step(step);
        if proof.problems.len() == before {
            proof.steps += 1;
        }
    }
    for step in steps {
        proof.hints(step);
    }
    (proof.problems, proof.steps)
}

/// The console blocks that have not been seen true yet, each with the problem that was seen last.
#[derive(Default)]
pub(super) struct Transcripts<'a> {
    open: Vec<(&'a CodeBlock, Option<Problem>)>,
}

impl<'a> Transcripts<'a> {
    /// Those of a step: in its text and in its hints.
    pub(super) fn of_step(step: &'a Step) -> Self {
        let mut all = Self::of(&step.blocks);
        all.open.extend(step.hints.iter().flat_map(|hint| Self::of(&hint.blocks).open));
        all
    }

    pub(super) fn of(blocks: &'a [Block]) -> Self {
        let is_console = |code: &&CodeBlock| !code.commands.is_empty();
        Self {
            open: code_blocks(blocks).into_iter().map(|(_, code)| code).filter(is_console).map(|c| (c, None)).collect(),
        }
    }
}

impl Proof<'_> {
    /// Runs the transcripts that are not yet true, one after the other, and then undoes what they did. A transcript
    /// must be true at one moment of its step: when the step opens, or after any part of its solution.
    pub(super) fn transcripts(&mut self, transcripts: &mut Transcripts<'_>) {
        if transcripts.open.is_empty() {
            return;
        }
        let run = |ground: &mut Ground| {
            for (block, problem) in &mut transcripts.open {
                *problem = run_block(ground, block);
            }
        };
        if let Err(error) = self.ground.undone(run) {
            self.machine(&error);
        }
        transcripts.open.retain(|(_, problem)| problem.is_some());
    }

    /// Reports what was true at no moment.
    pub(super) fn untrue(&mut self, transcripts: Transcripts<'_>) {
        self.problems.extend(transcripts.open.into_iter().filter_map(|(_, problem)| problem));
    }

    /// The machine's own trouble, at the place where the proof stands.
    pub(super) fn machine(&mut self, error: &std::io::Error) {
        self.problems.push(super::whole(
            &format!("the scratch directory cannot be written: {error}"),
            "make room in the temporary folder, and check again",
        ));
    }
}

fn run_block(ground: &mut Ground, block: &CodeBlock) -> Option<Problem> {
    let mut problem = None;
    for command in &block.commands {
        let output = ground.run(&command.line).output;
        if problem.is_none() {
            problem = super::step::untrue(command, &output);
        }
    }
    problem
}
