//! What has been done for good: the fold of all events.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Event, Question, Record};
use crate::course::model::LessonIndex;
use crate::course::{Chapter, Course, Lesson, Step, StepId};
use crate::judge::evidence::CommandSeen;

/// Commands kept a step: a check looks after every command, so an older one has had its look.
pub const COMMANDS_KEPT: usize = 50;
/// Lines of history kept; when there are more, the oldest go.
const HISTORY_KEPT: usize = 5_000;

/// Everything that is remembered of one learner in one course.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    pub steps: BTreeMap<StepId, StepProgress>,
    /// Where the learner was last: the step and the reader's first line.
    pub place: Option<(StepId, usize)>,
    /// Command lines, oldest first, neighbours that are the same kept once.
    pub history: Vec<String>,
    /// The open file of each lesson (`chapter/lesson`).
    pub open_files: BTreeMap<String, String>,
    /// The terminal's directory in each lesson.
    pub directories: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepProgress {
    /// Seconds since 1970.
    pub passed_at: Option<u64>,
    pub helped: bool,
    pub tries: u32,
    /// Sources of the conditions that were seen true.
    pub met: BTreeSet<String>,
    pub hints: BTreeSet<usize>,
    pub solution_shown: bool,
    /// Quiz index → the options picked last, and whether they were right. A right answer stays.
    pub quizzes: BTreeMap<usize, (Vec<usize>, bool)>,
    /// Prediction index → what was typed first, and whether it was right.
    pub predictions: BTreeMap<usize, (String, bool)>,
    /// The questions whose first answer was wrong.
    pub missed: BTreeSet<Question>,
    /// The questions that were asked again after the step was passed.
    pub reviewed: BTreeMap<Question, Reviewed>,
    pub orders: BTreeMap<usize, Vec<usize>>,
    pub answer: Option<String>,
    /// The latest commands, at most 50; none once the step is passed.
    pub commands: Vec<CommandSeen>,
}

/// How a question stands that was asked again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// When it was asked last, in seconds since 1970.
    pub at: u64,
    /// How often it has been answered right since it was answered wrong.
    pub right_in_a_row: u32,
}

/// How much of something is done; optional steps and steps for other systems do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    /// Of the passed ones, those passed after the solution was shown.
    pub helped: usize,
    pub total: usize,
}

impl Tally {
    #[must_use]
    pub fn is_done(self) -> bool {
        self.passed == self.total
    }
}

impl Progress {
    /// All records from the first to the last.
    #[must_use]
    pub fn fold<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut progress = Self::default();
        for record in records {
            progress.apply(record);
        }
        progress
    }

    /// Takes one record in.
    pub fn apply(&mut self, record: &Record) {
        match &record.event {
            Event::Opened { step, scroll } => self.place = Some((step.clone(), *scroll)),
            Event::Passed { step, helped } => self.step(step).pass(record.at, *helped),
            Event::Met { step, condition } => {
                self.step(step).met.insert(condition.clone());
            }
            Event::Tried { step } => {
                let step = self.step(step);
                step.tries = step.tries.saturating_add(1);
            }
            Event::HintShown { step, hint } => {
                self.step(step).hints.insert(*hint);
            }
            Event::SolutionShown { step } => self.step(step).solution_shown = true,
            Event::QuizAnswered { step, quiz, picked, right } => self.step(step).answer_quiz(*quiz, picked, *right),
            Event::Predicted { step, prediction, text, right } => self.step(step).predict(*prediction, text, *right),
            Event::Reviewed { step, question, right } => self.step(step).review(record.at, *question, *right),
            Event::Arranged { step, order, lines } => {
                self.step(step).orders.insert(*order, lines.clone());
            }
            Event::Answered { step, text } => self.step(step).answer = Some(text.clone()),
            Event::Entered { line } => self.enter(line),
            Event::Ran { step, line, exit, output } => {
                self.step(step).run(CommandSeen { line: line.clone(), exit: *exit, output: output.clone() });
            }
            Event::FileOpened { lesson, file } => {
                self.open_files.insert(lesson.clone(), file.clone());
            }
            Event::Directory { lesson, dir } => {
                self.directories.insert(lesson.clone(), dir.clone());
            }
        }
    }

    /// Whether the step has been passed.
    #[must_use]
    pub fn has_passed(&self, step: &StepId) -> bool {
        self.steps.get(step).is_some_and(|step| step.passed_at.is_some())
    }

    /// How many of the course's steps for this system (a GOOS word) are passed, optional ones left out.
    #[must_use]
    pub fn passed_in(&self, course: &Course, os: &str) -> usize {
        self.in_course(course, os).passed
    }

    #[must_use]
    pub fn in_course(&self, course: &Course, os: &str) -> Tally {
        self.tally(course.lessons().flat_map(|(_, _, lesson)| lesson.steps_on(os)))
    }

    #[must_use]
    pub fn in_chapter(&self, chapter: &Chapter, os: &str) -> Tally {
        self.tally(chapter.lessons.iter().flat_map(|lesson| lesson.steps_on(os)))
    }

    #[must_use]
    pub fn in_lesson(&self, lesson: &Lesson, os: &str) -> Tally {
        self.tally(lesson.steps_on(os))
    }

    /// The step to do next: the first that is not passed from the learner's place on, else from the beginning on.
    /// None when all that count are passed.
    #[must_use]
    pub fn next_step<'a>(&self, course: &'a Course, os: &'a str) -> Option<(LessonIndex, &'a Step)> {
        let steps = || course.lessons().flat_map(|(at, _, lesson)| lesson.steps_on(os).map(move |step| (at, step)));
        let is_open = |(_, step): &(LessonIndex, &Step)| !step.optional && !self.has_passed(&step.id);
        let from_here = self
            .place
            .as_ref()
            .and_then(|(here, _)| steps().skip_while(|(_, step)| step.id != *here).find(|step| is_open(step)));
        from_here.or_else(|| steps().find(|step| is_open(step)))
    }

    /// Whether going to `step` of the lesson `at` is going into a chapter for the first time: its own page comes before
    /// its first step, as long as nothing of it is passed and the learner does not come back to that step.
    #[must_use]
    pub fn opens_chapter(&self, course: &Course, at: LessonIndex, step: &Step, os: &str) -> bool {
        let Some(chapter) = course.chapters.get(at.chapter) else { return false };
        let first = chapter.lessons.iter().flat_map(|lesson| lesson.steps_on(os)).next();
        let comes_back = self.place.as_ref().is_some_and(|(here, _)| *here == step.id);
        !chapter.page.is_empty()
            && first.is_some_and(|first| first.id == step.id)
            && !comes_back
            && self.in_chapter(chapter, os).passed == 0
    }

    /// Where to open: the step the learner was at last, else the next one to do, else the first.
    #[must_use]
    pub fn resume<'a>(&self, course: &'a Course, os: &'a str) -> Option<(LessonIndex, &'a Step)> {
        let steps = || course.lessons().flat_map(|(at, _, lesson)| lesson.steps_on(os).map(move |step| (at, step)));
        let last = self.place.as_ref().and_then(|(here, _)| steps().find(|(_, step)| step.id == *here));
        last.or_else(|| self.next_step(course, os)).or_else(|| steps().next())
    }

    fn tally<'a>(&self, steps: impl Iterator<Item = &'a Step>) -> Tally {
        let mut tally = Tally::default();
        for step in steps.filter(|step| !step.optional) {
            tally.total += 1;
            if let Some(done) = self.steps.get(&step.id).filter(|done| done.passed_at.is_some()) {
                tally.passed += 1;
                tally.helped += usize::from(done.helped);
            }
        }
        tally
    }

    fn step(&mut self, step: &StepId) -> &mut StepProgress {
        self.steps.entry(step.clone()).or_default()
    }

    fn enter(&mut self, line: &str) {
        if self.history.last().is_some_and(|last| last == line) {
            return;
        }
        self.history.push(line.to_owned());
        if self.history.len() > HISTORY_KEPT + HISTORY_KEPT / 10 {
            self.history.drain(..self.history.len() - HISTORY_KEPT);
        }
    }
}

impl StepProgress {
    /// The first pass counts: a second instance that passes the same step later changes neither time nor help.
    fn pass(&mut self, at: u64, helped: bool) {
        if self.passed_at.is_none() {
            self.passed_at = Some(at);
            self.helped = helped;
            self.commands.clear();
        }
    }

    fn answer_quiz(&mut self, quiz: usize, picked: &[usize], right: bool) {
        if !right && !self.quizzes.contains_key(&quiz) {
            self.missed.insert(Question::Quiz(quiz));
        }
        let answered = self.quizzes.entry(quiz).or_default();
        if right || !answered.1 {
            *answered = (picked.to_vec(), right);
        }
    }

    fn predict(&mut self, prediction: usize, text: &str, right: bool) {
        if !right && !self.predictions.contains_key(&prediction) {
            self.missed.insert(Question::Prediction(prediction));
        }
        self.predictions.entry(prediction).or_insert_with(|| (text.to_owned(), right));
    }

    fn review(&mut self, at: u64, question: Question, right: bool) {
        let before = self.reviewed.get(&question).map_or(0, |reviewed| reviewed.right_in_a_row);
        let right_in_a_row = if right { before.saturating_add(1) } else { 0 };
        self.reviewed.insert(question, Reviewed { at, right_in_a_row });
    }

    fn run(&mut self, command: CommandSeen) {
        if self.passed_at.is_none() {
            keep_latest(&mut self.commands, command);
        }
    }
}

/// Adds `command`, and lets the oldest go when there are more than [`COMMANDS_KEPT`].
pub(super) fn keep_latest(commands: &mut Vec<CommandSeen>, command: CommandSeen) {
    commands.push(command);
    let surplus = commands.len().saturating_sub(COMMANDS_KEPT);
    commands.drain(..surplus);
}
