//! Answers to questions: what was typed is taken apart, and what came of it is told.

use std::io::{self, Write};

use super::face::say;
use super::input::Input;
use super::text;
use crate::base::prose;
use crate::course::Step;
use crate::course::model::Quiz;
use crate::learner::Session;

/// The options that these numbers (from 1) mean, of the question with this index.
///
/// # Errors
/// A sentence: there is none such, or too many.
pub fn options(quiz: &Quiz, index: usize, numbers: &[usize]) -> Result<Vec<usize>, String> {
    if let Some(number) = numbers.iter().find(|&&number| number > quiz.options.len()) {
        let options = prose::count(quiz.options.len(), "option", "options");
        return Err(format!("There is no option {number}; question {} has {options}.", index + 1));
    }
    if quiz.is_single() && numbers.len() > 1 {
        return Err(format!("Question {} has one right answer; pick one.", index + 1));
    }
    let mut picked: Vec<usize> = numbers.iter().map(|number| number - 1).collect();
    picked.sort_unstable();
    picked.dedup();
    Ok(picked)
}

/// Tells whether the picked options are right, and what the course says to them.
pub fn tell_pick(step: &Step, session: &Session, index: usize, picked: &[usize]) -> io::Result<()> {
    say(if session.quizzes[index].is_right() { "Right." } else { "Not right yet; try again." })?;
    write!(io::stdout(), "{}", text::feedback(&step.quizzes[index], picked))
}

/// Tells whether the prediction is right, and if not, what is printed.
pub fn tell_prediction(step: &Step, session: &Session, index: usize) -> io::Result<()> {
    match &session.predictions[index].answered {
        Some((_, true)) => say("Right."),
        Some((_, false)) => {
            writeln!(io::stdout(), "Not quite. It prints:\n")?;
            let output = step.predictions[index].output.trim_end();
            output.lines().try_for_each(|line| writeln!(io::stdout(), "    {line}"))
        }
        None => say("An answer needs some text."),
    }
}

/// Several lines; none when the input ends before a single `.`.
pub fn lines(input: &mut Input, what: &str) -> io::Result<Option<String>> {
    if input.is_terminal {
        say(&format!("{what} A line with a single . ends it."))?;
    }
    input.until_dot()
}
