//! The prompt and the way through the course: what is open, what is printed on opening, what is saved.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::{Result, anyhow};

use super::Options;
use super::input::Input;
use super::review::Asker;
use super::shell::Shell;
use super::text::{self, Open};
use super::word::{self, Line, Word};
use crate::base::prose::{self, sentence};
use crate::course::model::LessonIndex;
use crate::course::{Course, Lesson, Step};
use crate::judge::Finding;
use crate::learner::{Event, Progress, Review, Session};
use crate::sandbox::scratch::ScratchError;
use crate::sandbox::{Dirs, warm};
use crate::store::{Consent, Log, progress};
use crate::tutor::{self, Opened, lookup, scratch};

/// Everything that is open.
pub struct Face<'a> {
    pub course: &'a Course,
    pub progress: Progress,
    log: Log,
    pub dirs: Dirs,
    /// The setting that names the learner's own editor.
    pub editor: Option<String>,
    pub consent: Consent,
    /// The `go` that lessons run, as long as it is there.
    pub go: Option<PathBuf>,
    pub input: Input,
    pub shell: Shell,
    pub at: LessonIndex,
    pub step: &'a Step,
    pub session: Session,
    /// The findings that have been told, one a condition: what has been said is not said again after each command.
    pub told: Vec<Option<Finding>>,
}

pub fn run(options: Options) -> Result<()> {
    let Options { dirs, opened, lesson, source, settings, consent } = options;
    let Opened { course, problems, progress, log, notice } = opened;
    let input = Input::open()?;
    let (toolchain, mut env) = tutor::surroundings(&dirs, &course.id, &settings);
    tutor::offer_modules(&mut env, &dirs, &source, &course);
    let plain = [("TERM", "dumb"), ("NO_COLOR", "1"), ("PAGER", "cat"), ("GIT_PAGER", "cat")];
    env.extend(plain.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let mut out = io::stdout();
    writeln!(out, "{}. :help lists what you can type.", course.title)?;
    if let Some(notice) = notice {
        write!(out, "{}", text::paragraph(&notice))?;
    }
    if !problems.is_empty() {
        let number = prose::count(problems.len(), "problem", "problems");
        let sentence =
            format!("This course has {number}; `haveago check` with its folder tells its author all of them.");
        write!(out, "{}", text::paragraph(&sentence))?;
    }
    if let Err(missing) = &toolchain {
        write!(out, "{}", text::paragraph(&sentence(&missing.to_string())))?;
    }
    // A script has no time to read, and nothing is gained for it.
    if let Ok(toolchain) = &toolchain
        && io::stdin().is_terminal()
    {
        let (dirs, course, toolchain) = (dirs.clone(), course.id.clone(), toolchain.clone());
        std::thread::spawn(move || warm::up(&dirs, &course, &toolchain, &mut |_| {}));
    }
    let review = Review::of(&course, &progress, crate::base::goos(), progress::now());
    if let Some(offer) = tutor::review::offer(&review).filter(|_| settings.review) {
        write!(out, "{}", text::paragraph(&format!("{offer}: :review asks.")))?;
    }
    let (at, step) = first(&course, &progress, lesson)?;
    let scratch = scratch::open(&dirs, &course, at)?;
    let shell = Shell { dir: scratch.root.clone(), scratch, env };
    let session = Session::open(step, &progress);
    let (editor, told) = (settings.editor, Vec::new());
    let go = toolchain.ok().map(|toolchain| toolchain.go);
    let mut face =
        Face { go, course: &course, progress, log, dirs, editor, consent, input, shell, at, step, session, told };
    face.go_into(at)?;
    face.enter_lesson()?;
    face.enter_step()?;
    while face.prompt()?.is_continue() {}
    warm::close();
    Ok(())
}

/// Where to begin: the lesson asked for, else where the learner was.
fn first<'a>(course: &'a Course, progress: &Progress, lesson: Option<LessonIndex>) -> Result<(LessonIndex, &'a Step)> {
    if let Some(at) = lesson {
        let found = course.lesson(at).and_then(|lesson| begin(lesson, progress));
        return found
            .map(|step| (at, step))
            .ok_or_else(|| anyhow!("lesson {} has no steps for this system", lookup::title(course, at)));
    }
    progress.resume(course, crate::base::goos()).ok_or_else(|| anyhow!("this course has no steps for this system"))
}

/// The step to begin a lesson at: its first open one, else its first.
fn begin<'a>(lesson: &'a Lesson, progress: &Progress) -> Option<&'a Step> {
    let open = lesson.steps_on(crate::base::goos()).find(|step| !progress.has_passed(&step.id));
    open.or_else(|| lesson.steps_on(crate::base::goos()).next())
}

impl<'a> Face<'a> {
    /// Everything the learner may come to want again, on the disk. A fault is told, and one goes on.
    pub fn save(&mut self, events: Vec<Event>) -> io::Result<()> {
        keep(&mut self.progress, &mut self.log, events)
    }

    /// One line of the learner's.
    fn prompt(&mut self) -> Result<ControlFlow<()>> {
        let place = self.shell.place().filter(|place| place != ".").map_or_else(String::new, |place| place + " ");
        write!(io::stdout(), "\n[{}] {place}$ ", lookup::title(self.course, self.at))?;
        io::stdout().flush()?;
        let Some(line) = self.input.line()? else {
            writeln!(io::stdout())?;
            return self.quit();
        };
        if !self.input.is_terminal {
            // Nothing else shows what was typed, and an answer needs its question.
            writeln!(io::stdout(), "{line}")?;
        }
        match word::read(&line) {
            Line::Empty => {}
            Line::Wrong(sentence) => say(&sentence)?,
            Line::Shell(line) => return self.command(&line),
            Line::Tutor(word) => return self.word(word),
        }
        Ok(ControlFlow::Continue(()))
    }

    fn word(&mut self, word: Word) -> Result<ControlFlow<()>> {
        match word {
            Word::Next => self.next()?,
            Word::Back => self.back()?,
            Word::Read => self.read()?,
            Word::Check => self.check()?,
            Word::Hint => self.hint()?,
            Word::Solution => self.solution()?,
            Word::Answer(text) => self.answer(text)?,
            Word::Pick(numbers) => self.pick(&numbers)?,
            Word::Order(numbers) => self.order(&numbers)?,
            Word::Type(name) => self.type_file(&name)?,
            Word::Edit(name) => self.edit(&name)?,
            Word::Chapter => self.chapter()?,
            Word::Contents => self.contents()?,
            Word::Search(words) => match tutor::search::text(self.course, &words, crate::base::goos()) {
                Ok(text) => write!(io::stdout(), "{text}")?,
                Err(fault) => say(&sentence(&fault))?,
            },
            Word::Goto(name) => match lookup::lesson(self.course, &name) {
                Ok(at) => self.goto(at)?,
                Err(fault) => say(&sentence(&fault))?,
            },
            Word::Review => self.review()?,
            Word::Reset => self.reset()?,
            Word::Undo => self.undo_reset()?,
            Word::Help => write!(io::stdout(), "{}", word::help())?,
            Word::Quit => return self.quit(),
        }
        Ok(ControlFlow::Continue(()))
    }

    pub fn quit(&mut self) -> Result<ControlFlow<()>> {
        let lost = self.log.give_up().map(|fault| sentence(&fault));
        say(&format!("{} Until next time.", lost.as_deref().unwrap_or("Your progress is saved.")))?;
        Ok(ControlFlow::Break(()))
    }

    fn next(&mut self) -> io::Result<()> {
        let events = self.session.read_on(self.step);
        let passed = !events.is_empty();
        self.save(events)?;
        if passed {
            say(&format!("Step done: {}", sentence(&self.step.title)))?;
        } else if !self.session.passed {
            say("This step is not done yet; :back leads to it again.")?;
        }
        match self.beside(1) {
            Some((at, step)) => self.open(at, step),
            None => say(&self.at_the_end()),
        }
    }

    fn back(&mut self) -> io::Result<()> {
        match self.beside(-1) {
            Some((at, step)) => self.open(at, step),
            None => say("This is the first step."),
        }
    }

    fn goto(&mut self, at: LessonIndex) -> io::Result<()> {
        match self.course.lesson(at).and_then(|lesson| begin(lesson, &self.progress)) {
            Some(step) => self.open(at, step),
            None => say("That lesson has no steps for this system."),
        }
    }

    /// The step so many further on.
    fn beside(&self, by: isize) -> Option<(LessonIndex, &'a Step)> {
        let lessons = self.course.lessons();
        let steps: Vec<(LessonIndex, &'a Step)> = lessons
            .flat_map(|(at, _, lesson)| lesson.steps_on(crate::base::goos()).map(move |step| (at, step)))
            .collect();
        let here = steps.iter().position(|(_, step)| step.id == self.step.id)?;
        steps.get(here.checked_add_signed(by)?).copied()
    }

    fn at_the_end(&self) -> String {
        let tally = self.progress.in_course(self.course, crate::base::goos());
        let done = format!("{} of {} are done", tally.passed, prose::count(tally.total, "step", "steps"));
        match self.progress.next_step(self.course, crate::base::goos()) {
            Some((at, step)) => {
                let next = lookup::title(self.course, at);
                format!("This was the last step; {done}. Still open: {} in {next}.", step.title)
            }
            None => format!("This was the last step, and {done}. You have finished {}!", self.course.title),
        }
    }

    fn open(&mut self, at: LessonIndex, step: &'a Step) -> io::Result<()> {
        let is_new_lesson = at != self.at;
        if is_new_lesson && let Err(error) = self.go_into(at) {
            return say(&sentence(&error.to_string()));
        }
        (self.at, self.step) = (at, step);
        self.session = Session::open(step, &self.progress);
        if is_new_lesson {
            self.enter_lesson()?;
        }
        self.enter_step()
    }

    /// Goes into the lesson's folder, where the learner was in it.
    fn go_into(&mut self, at: LessonIndex) -> Result<(), ScratchError> {
        let scratch = scratch::open(&self.dirs, self.course, at)?;
        let dir = self.progress.directories.get(&scratch::lesson_key(self.course, at));
        let dir = dir.map(|dir| scratch.root.join(dir)).filter(|dir| dir.is_dir());
        self.shell.dir = dir.unwrap_or_else(|| scratch.root.clone());
        self.shell.scratch = scratch;
        Ok(())
    }

    /// The lesson's title, folder and introduction.
    fn enter_lesson(&mut self) -> io::Result<()> {
        let (course, at) = (self.course, self.at);
        let (Some(chapter), Some(lesson)) = (course.chapters.get(at.chapter), course.lesson(at)) else { return Ok(()) };
        let mut out = io::stdout();
        if self.progress.opens_chapter(course, at, self.step, crate::base::goos()) {
            self.chapter()?;
            writeln!(out)?;
        } else {
            writeln!(out, "\nChapter {}: {}", at.chapter + 1, chapter.title)?;
        }
        let minutes = lesson.minutes.map_or_else(String::new, |minutes| format!(", {minutes} minutes"));
        writeln!(out, "Lesson {}{minutes}", lookup::title(course, at))?;
        writeln!(out, "Your folder: {}", self.shell.scratch.root.display())?;
        let intro = text::page(&lesson.intro, None);
        if intro.is_empty() { Ok(()) } else { write!(out, "\n{intro}") }
    }

    /// The chapter's own page.
    fn chapter(&self) -> io::Result<()> {
        let Some(chapter) = self.course.chapters.get(self.at.chapter) else { return Ok(()) };
        let page = text::page(&chapter.page, None);
        write!(io::stdout(), "\nChapter {}: {}\n\n{page}", self.at.chapter + 1, chapter.title)
    }

    /// The step's files and text.
    fn enter_step(&mut self) -> io::Result<()> {
        self.told = vec![None; self.step.check.len()];
        self.save(vec![Event::Opened { step: self.step.id.clone(), scroll: 0 }])?;
        self.read()?;
        if self.session.passed { Ok(()) } else { self.lay() }
    }

    /// Sees to it that the lesson's folder is there, with the step's files; false when it cannot be.
    pub fn folder_stands(&mut self) -> io::Result<bool> {
        match self.shell.scratch.stand_up() {
            Ok(false) => Ok(true),
            Ok(true) => {
                say("Your lesson's folder was removed. It is made anew, with the files of this step.")?;
                self.lay()?;
                Ok(true)
            }
            Err(error) => say(&sentence(&error.to_string())).map(|()| false),
        }
    }

    fn lay(&self) -> io::Result<()> {
        match scratch::lay(&self.shell.scratch, self.course, self.step) {
            Ok(laid) if laid.is_empty() => Ok(()),
            Ok(laid) => {
                let names: Vec<String> = laid.iter().map(|path| format!("`{path}`")).collect();
                let verb = if names.len() == 1 { "lies" } else { "lie" };
                say(&format!("\n{} {verb} in your folder.", prose::list(&names, "and")))
            }
            Err(error) => say(&sentence(&error.to_string())),
        }
    }

    fn read(&self) -> io::Result<()> {
        let steps: Vec<&Step> = self
            .course
            .lesson(self.at)
            .map(|lesson| lesson.steps_on(crate::base::goos()).collect())
            .unwrap_or_default();
        let number = steps.iter().position(|step| step.id == self.step.id).map_or(1, |index| index + 1);
        let done = if self.session.passed { " (done)" } else { "" };
        let mut out = io::stdout();
        writeln!(out, "\nStep {number} of {}: {}{done}\n", steps.len(), self.step.title)?;
        write!(out, "{}", text::step(Open { step: self.step, session: &self.session }))?;
        if self.step.is_reading() && !self.session.passed {
            writeln!(out, "\nThis step is for reading; :next goes on.")?;
        }
        Ok(())
    }

    fn review(&mut self) -> io::Result<()> {
        let Self { course, progress, log, input, .. } = self;
        Asker { course, progress, log, input }.run(":review asks the next ones")
    }

    fn contents(&self) -> io::Result<()> {
        let list = tutor::contents::text(self.course, &self.progress, crate::base::goos());
        write!(io::stdout(), "{list}")
    }
}

/// Takes events into the progress and saves them. A fault is told, and one goes on.
pub fn keep(progress: &mut Progress, log: &mut Log, events: Vec<Event>) -> io::Result<()> {
    let waited = log.has_unsaved();
    let records = progress::stamp(events);
    for record in &records {
        progress.apply(record);
    }
    match log.append(&records) {
        Ok(others) => {
            for record in &others {
                progress.apply(record);
            }
        }
        Err(error) if !waited => say(&sentence(&error.to_string()))?,
        Err(_) => {}
    }
    Ok(())
}

/// Prints a sentence, wrapped.
pub fn say(sentence: &str) -> io::Result<()> {
    write!(io::stdout(), "{}", text::paragraph(sentence))
}
