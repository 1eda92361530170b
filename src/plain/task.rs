//! What the learner does in a step: commands, files, answers, hints; and what is told of it.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::face::{Face, say};
use super::{answer, editor, text};
use crate::base::{FilePath, prose};
use crate::course::Fact;
use crate::course::model::LessonIndex;
use crate::go::diagnostic::Diagnostic;
use crate::go::explain::{Explanation, explain};
use crate::go::source::is_go_file;
use crate::learner::{Event, HintOutcome};
use crate::sandbox::gofmt::{self, Formatted};
use crate::sandbox::probe::GoProber;
use crate::sandbox::room;
use crate::tutor::{self, lookup, scratch};

impl Face<'_> {
    /// A command for the shell, and a look at what came of it.
    pub fn command(&mut self, line: &str) -> anyhow::Result<ControlFlow<()>> {
        self.save(vec![Event::Entered { line: line.to_owned() }])?;
        if !self.may_run()? {
            return Ok(ControlFlow::Continue(()));
        }
        if !self.folder_stands()? {
            return Ok(ControlFlow::Continue(()));
        }
        self.look_for_go()?;
        let before = self.shell.place();
        let ran = match self.shell.run(line, &self.progress.history) {
            Ok(ran) => ran,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Err(error.into()),
            Err(error) => {
                say(&format!("The command cannot be started ({error})."))?;
                return Ok(ControlFlow::Continue(()));
            }
        };
        if ran.leave {
            return self.quit();
        }
        if ran.seen.exit != 0 {
            say(&format!("Exit status {}.", ran.seen.exit))?;
            if let Some(fault) = room::fault(&self.dirs, &self.shell.scratch.root) {
                say(&prose::sentence(&fault))?;
            }
        }
        let why = explain(&ran.seen.line, ran.seen.exit, &ran.seen.output);
        if let Some(why) = &why {
            say(&format!("Why: {}", why.text))?;
            self.tell_lesson(why)?;
        }
        let mut events = self.session.ran(ran.seen);
        if let Some(dir) = self.shell.place().filter(|place| before.as_ref() != Some(place)) {
            events.push(Event::Directory { lesson: scratch::lesson_key(self.course, self.at), dir });
        }
        self.save(events)?;
        self.look()?;
        if why.is_some_and(|why| self.session.mistook(&why.id)) && !self.step.hints.is_empty() {
            say("That is the same message again; :hint gives a hint.")?;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Says once that Go is gone.
    fn look_for_go(&mut self) -> io::Result<()> {
        let gone = self.go.take_if(|go| !go.is_file());
        gone.map_or(Ok(()), |gone| {
            say(&format!(
                "The Go at {} is gone. Put it back; or leave, have `haveago go install` get one for haveago alone, and \
                 start again.",
                gone.display()
            ))
        })
    }

    /// The lesson that teaches what went wrong, where the course has it and it is another one.
    fn tell_lesson(&self, why: &Explanation) -> io::Result<()> {
        let key = |at| scratch::lesson_key(self.course, at);
        let is_it = |at: &LessonIndex| why.lesson.as_ref() == Some(&key(*at)) && *at != self.at;
        match self.course.lessons().map(|(at, _, _)| at).find(is_it) {
            Some(at) => say(&format!("More in lesson {}.", lookup::title(self.course, at))),
            None => Ok(()),
        }
    }

    /// Looks at what is open, and tells what is new.
    fn look(&mut self) -> io::Result<()> {
        let before: Vec<bool> = self.session.conditions.iter().map(|condition| condition.met).collect();
        let passed = self.session.passed;
        let prober = GoProber::new(&self.shell.scratch.root, self.shell.env.clone())
            .speaking_of(scratch::spoken_of(self.course, self.at));
        let events = tutor::look(&mut self.session, self.step, &prober);
        self.save(events)?;
        for (index, was_met) in before.into_iter().enumerate() {
            let (state, condition) = (&self.session.conditions[index], &self.step.check[index]);
            if state.met && !was_met {
                say(&format!("Done: {}.", condition.sentence()))?;
            } else if state.finding.is_some() && state.finding != self.told[index] {
                self.tell_finding(index)?;
            } else if was_met && !state.met {
                say(&format!("No longer so: {}.", condition.sentence()))?;
            }
            self.told[index].clone_from(&self.session.conditions[index].finding);
        }
        self.tell_pass(passed)
    }

    fn tell_finding(&self, index: usize) -> io::Result<()> {
        let Some(finding) = &self.session.conditions[index].finding else { return Ok(()) };
        let advice = finding.advice.as_ref().map_or_else(String::new, |advice| format!(" {}", prose::sentence(advice)));
        let what = self.step.check[index].sentence();
        say(&format!("Not yet: {what}. {}{advice}", prose::sentence(&finding.seen)))
    }

    /// Tells that the step is done, when it is now and was not before.
    fn tell_pass(&self, before: bool) -> io::Result<()> {
        if before || !self.session.passed {
            return Ok(());
        }
        let tally = self.progress.in_course(self.course, crate::base::goos());
        let count = prose::count(tally.total, "step", "steps");
        let title = prose::sentence(&self.step.title);
        say(&format!("Step done: {title} {} of {count} are done; :next goes on.", tally.passed))
    }

    /// Looks, and tells all of it.
    pub fn check(&mut self) -> io::Result<()> {
        if self.session.passed {
            return say("This step is done; :next goes on.");
        }
        if self.step.check.is_empty() {
            return say("This step has nothing to look at; :read prints it again.");
        }
        if !self.may_run()? {
            return Ok(());
        }
        self.told.fill(None);
        let met: Vec<bool> = self.session.conditions.iter().map(|condition| condition.met).collect();
        self.look()?;
        for (index, was_met) in met.into_iter().enumerate() {
            let (state, condition) = (&self.session.conditions[index], &self.step.check[index]);
            if was_met && state.met {
                say(&format!("Done: {}.", condition.sentence()))?;
            } else if !state.met && state.finding.is_none() {
                say(&format!("Open: {}.", condition.sentence()))?;
            }
        }
        Ok(())
    }

    pub fn hint(&mut self) -> io::Result<()> {
        let (outcome, events) = self.session.next_hint(self.step);
        self.save(events)?;
        match outcome {
            HintOutcome::Hint(index) => {
                writeln!(io::stdout(), "Hint {}:", self.session.hints_shown.len())?;
                write!(io::stdout(), "{}", text::page(&self.step.hints[index].blocks, None))
            }
            HintOutcome::OfferSolution => {
                let none =
                    if self.step.hints.is_empty() { "This step has no hints" } else { "There are no more hints" };
                say(&format!("{none}. :solution shows the solution; the step then counts as done with help."))
            }
            HintOutcome::NothingLeft => say("There are no more hints."),
        }
    }

    pub fn solution(&mut self) -> io::Result<()> {
        let solution = &self.step.solution;
        if solution.is_empty() {
            return say("This step has no solution to show.");
        }
        let events = self.session.show_solution();
        self.save(events)?;
        let mut out = io::stdout();
        for file in &solution.files {
            writeln!(out, "In `{}`:\n", file.path)?;
            file.text.lines().try_for_each(|line| writeln!(out, "{}", format!("    {line}").trim_end()))?;
            writeln!(out)?;
        }
        if !solution.commands.is_empty() {
            writeln!(out, "Type:\n")?;
            solution.commands.iter().try_for_each(|command| writeln!(out, "    {}", command.line))?;
        }
        Ok(())
    }

    /// An answer: to the first prediction that is open, else to the step's question.
    pub fn answer(&mut self, text: Option<String>) -> io::Result<()> {
        let open = self.session.predictions.iter().position(|prediction| prediction.answered.is_none());
        let asks = self.step.check.iter().any(|condition| matches!(condition.fact, Fact::Answers(_)));
        if open.is_none() && !asks {
            return say("Nothing in this step asks for an answer.");
        }
        let Some(text) =
            text.map_or_else(|| answer::lines(&mut self.input, "Type the answer."), |text| Ok(Some(text)))?
        else {
            return say("The answer is not handed in: the line with a single . is missing.");
        };
        if let Some(index) = open {
            return self.predict(index, text);
        }
        self.session.set_answer(text);
        let events = self.session.answer();
        self.save(events)?;
        self.look()
    }

    fn predict(&mut self, index: usize, text: String) -> io::Result<()> {
        let passed = self.session.passed;
        let readable = self.session.readable(&self.step.blocks).len();
        self.session.set_prediction(index, text);
        let events = self.session.predict(self.step, index);
        self.save(events)?;
        answer::tell_prediction(self.step, &self.session, index)?;
        let rest = text::rest_of_step(text::Open { step: self.step, session: &self.session }, readable);
        if !rest.is_empty() {
            write!(io::stdout(), "\n{rest}")?;
        }
        self.tell_pass(passed)
    }

    /// Options of the first question that is not answered right yet.
    pub fn pick(&mut self, numbers: &[usize]) -> io::Result<()> {
        let Some(index) = self.session.quizzes.iter().position(|quiz| !quiz.is_right()) else {
            return say(if self.step.quizzes.is_empty() {
                "This step has no question to pick from."
            } else {
                "Every question of this step is answered; :next goes on."
            });
        };
        let quiz = &self.step.quizzes[index];
        let picked = match answer::options(quiz, index, numbers) {
            Ok(picked) => picked,
            Err(sentence) => return say(&sentence),
        };
        let passed = self.session.passed;
        for &option in &picked {
            self.session.pick(self.step, index, option);
        }
        let events = self.session.submit_quiz(self.step, index);
        self.save(events)?;
        answer::tell_pick(self.step, &self.session, index, &picked)?;
        self.tell_pass(passed)
    }

    /// An arrangement of the first lines that do not stand right yet.
    pub fn order(&mut self, numbers: &[usize]) -> io::Result<()> {
        let Some(index) = self.session.orders.iter().position(|order| !order.right) else {
            return say("This step has no lines to put in order.");
        };
        let positions: Vec<usize> = numbers.iter().map(|number| number - 1).collect();
        let passed = self.session.passed;
        let events = self.session.arrange(index, &positions);
        if events.is_empty() {
            let count = self.session.orders[index].arranged.len();
            return say(&format!("Give each number from 1 to {count} once."));
        }
        self.save(events)?;
        let events = self.session.submit_order(self.step, index);
        self.save(events)?;
        if self.step.check.is_empty() {
            if !self.session.orders[index].right {
                say("Not right yet; :read prints the lines as they stand now.")?;
            }
            return self.tell_pass(passed);
        }
        let order = &self.step.orders[index];
        let text = self.session.orders[index].text(order);
        self.write(&order.path, &text)
    }

    /// A file, typed line by line.
    pub fn type_file(&mut self, name: &str) -> io::Result<()> {
        let path = match self.named(name) {
            Ok(path) => path,
            Err(sentence) => return say(&sentence),
        };
        let what = format!("Type {}.", self.called(&path));
        let Some(text) = answer::lines(&mut self.input, &what)? else {
            return say(&format!("{} is not written: the line with a single . is missing.", self.called(&path)));
        };
        self.write(&path, &text)
    }

    fn write(&mut self, path: &FilePath, text: &str) -> io::Result<()> {
        if let Err(error) = self.shell.scratch.save(path, text) {
            return say(&prose::sentence(&error.to_string()));
        }
        let lines = prose::count(text.lines().count(), "line", "lines");
        say(&format!("{} is written, {lines}.", self.called(path)))?;
        self.format(path)?;
        self.session.saved();
        self.look()
    }

    /// Go is kept as gofmt writes it, or as typed where gofmt cannot read it.
    fn format(&self, path: &FilePath) -> io::Result<()> {
        let scratch = &self.shell.scratch;
        let text = scratch.read(path).unwrap_or_default();
        if !is_go_file(path.name()) || text.trim().is_empty() {
            return Ok(());
        }
        match gofmt::format(&text, &scratch.root, &self.shell.env) {
            Formatted::Text(formatted) if formatted != text => match scratch.save(path, &formatted) {
                Ok(()) => say("gofmt has set its spaces and lines in order."),
                Err(error) => say(&prose::sentence(&error.to_string())),
            },
            Formatted::Refused(Some(Diagnostic { line, message, .. })) => {
                let message = message.lines().next().unwrap_or_default();
                say(&format!("It stays as it is: gofmt stops at line {line}, {message}."))
            }
            Formatted::Text(_) | Formatted::Refused(None) | Formatted::NotAsked => Ok(()),
        }
    }

    pub fn edit(&mut self, name: &str) -> io::Result<()> {
        let path = match self.named(name) {
            Ok(path) => path,
            Err(sentence) => return say(&sentence),
        };
        if !self.input.is_terminal {
            return say(":edit needs a terminal; :type writes a file line by line.");
        }
        if let Err(sentence) =
            editor::open(self.editor.as_deref(), &path.under(&self.shell.scratch.root), &self.shell.dir)
        {
            return say(&sentence);
        }
        let lesson = scratch::lesson_key(self.course, self.at);
        self.save(vec![Event::FileOpened { lesson, file: path.to_string() }])?;
        self.format(&path)?;
        self.session.saved();
        self.look()
    }

    /// The file that is meant: one of the step's own by the name that the step gives it, else the one called so in the
    /// directory of the prompt.
    fn named(&self, name: &str) -> Result<FilePath, String> {
        let is_own = |path: &FilePath| scratch::step_speaks_of(self.step).any(|own| own == path);
        let from_lesson = FilePath::parse(name).ok().filter(is_own);
        let here =
            self.shell.place().map(|place| if place == "." { name.to_owned() } else { format!("{place}/{name}") });
        match (here.map(|here| FilePath::parse(&here)), from_lesson) {
            (Some(Ok(here)), Some(own)) => Ok(if is_own(&here) { here } else { own }),
            (_, Some(own)) | (Some(Ok(own)), None) => Ok(own),
            (Some(Err(error)), None) => Err(format!("`{name}` is no file's name here: {error}.")),
            (None, None) => Err("You are outside of your folder; `cd` alone leads back to it.".to_owned()),
        }
    }

    /// How a file is spoken of: where the prompt stands elsewhere, with the folder that its name is seen from.
    fn called(&self, path: &FilePath) -> String {
        let is_home = self.shell.place().is_some_and(|place| place == ".");
        if is_home { format!("`{path}`") } else { format!("`{path}` in your lesson's folder") }
    }
}
