//! Questions from earlier lessons again, line by line: `haveago review`, and `:review` at the prompt.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::answer;
use super::face::{keep, say};
use super::input::Input;
use super::text::{self, Open};
use super::word::{self, Line, Word};
use crate::course::Course;
use crate::learner::{Asking, Progress, Review};
use crate::store::{Log, progress};
use crate::tutor::{self, lookup};

/// What the questions are asked with.
pub struct Asker<'a> {
    pub course: &'a Course,
    pub progress: &'a mut Progress,
    pub log: &'a mut Log,
    pub input: &'a mut Input,
}

impl Asker<'_> {
    /// Asks the questions that are most due; where none is, says when the next one will be. `more` says how to be asked
    /// again.
    ///
    /// # Errors
    /// When standard input cannot be read, or standard output not be written.
    pub fn run(&mut self, more: &str) -> io::Result<()> {
        let review = Review::of(self.course, self.progress, crate::base::goos(), progress::now());
        if review.due.is_empty() {
            return say(&tutor::review::nothing_due(&review));
        }
        let all = tutor::review::at_once(&review);
        let asked: Vec<Asking> = review.due.iter().take(all).map(Asking::begin).collect();
        let (mut right, mut answered) = (0, 0);
        for (number, mut asking) in (1..).zip(asked) {
            let lesson = lookup::title(self.course, asking.lesson);
            writeln!(io::stdout())?;
            say(&format!("Review, {number} of {all}: {} (lesson {lesson})", asking.step.title))?;
            let goes_on = self.ask(&mut asking)?;
            answered += usize::from(asking.first.is_some());
            right += usize::from(asking.first == Some(true));
            if goes_on.is_break() {
                break;
            }
        }
        let review = Review::of(self.course, self.progress, crate::base::goos(), progress::now());
        writeln!(io::stdout())?;
        say(&tutor::review::ended(right, answered, &review, more))
    }

    /// Asks until there is nothing left to answer, or the learner goes on; a break: they leave.
    fn ask(&mut self, asking: &mut Asking) -> io::Result<ControlFlow<()>> {
        read(asking)?;
        while !asking.is_done() {
            write!(io::stdout(), "\n[Review] > ")?;
            io::stdout().flush()?;
            let Some(line) = self.input.line()? else {
                writeln!(io::stdout())?;
                return Ok(ControlFlow::Break(()));
            };
            if !self.input.is_terminal {
                writeln!(io::stdout(), "{line}")?;
            }
            match meant(&line, asking) {
                Line::Empty => {}
                Line::Wrong(sentence) => say(&sentence)?,
                Line::Tutor(Word::Pick(numbers)) => self.pick(asking, &numbers)?,
                Line::Tutor(Word::Answer(text)) => self.predict(asking, text)?,
                Line::Tutor(Word::Next) => return Ok(ControlFlow::Continue(())),
                Line::Tutor(Word::Read) => read(asking)?,
                Line::Tutor(Word::Quit) => return Ok(ControlFlow::Break(())),
                Line::Tutor(_) | Line::Shell(_) => say(HELP)?,
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn pick(&mut self, asking: &mut Asking, numbers: &[usize]) -> io::Result<()> {
        let Some(quiz) = asking.step.quizzes.first() else { return say(HELP) };
        let picked = match answer::options(quiz, 0, numbers) {
            Ok(picked) => picked,
            Err(sentence) => return say(&sentence),
        };
        for &option in &picked {
            asking.session.pick(&asking.step, 0, option);
        }
        self.hand_in(asking)?;
        answer::tell_pick(&asking.step, &asking.session, 0, &picked)
    }

    fn predict(&mut self, asking: &mut Asking, text: Option<String>) -> io::Result<()> {
        if asking.is_quiz() {
            return say(HELP);
        }
        let Some(text) = text.map_or_else(|| answer::lines(self.input, "Type the answer."), |text| Ok(Some(text)))?
        else {
            return say("The answer is not handed in: the line with a single . is missing.");
        };
        asking.session.set_prediction(0, text);
        self.hand_in(asking)?;
        answer::tell_prediction(&asking.step, &asking.session, 0)
    }

    fn hand_in(&mut self, asking: &mut Asking) -> io::Result<()> {
        match asking.hand_in() {
            Some(events) if !events.is_empty() => keep(self.progress, self.log, events),
            Some(_) | None => Ok(()),
        }
    }
}

/// What can be typed here.
const HELP: &str = "Answer as it is said below the question. :next passes it by, :read prints it again, :quit leaves.";

/// A line of the learner's; the bare number or text is an answer too, as nothing else can be meant here.
fn meant(line: &str, asking: &Asking) -> Line {
    match word::read(line) {
        Line::Shell(text) if asking.is_quiz() => word::read(&format!(":pick {text}")),
        Line::Shell(text) => Line::Tutor(Word::Answer(Some(text))),
        read @ (Line::Empty | Line::Tutor(_) | Line::Wrong(_)) => read,
    }
}

fn read(asking: &Asking) -> io::Result<()> {
    write!(io::stdout(), "\n{}", text::step(Open { step: &asking.step, session: &asking.session }))
}
