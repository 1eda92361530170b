//! A learner at the keyboard who passes steps by keys alone, told by the course what is right.

use std::path::Path;

use haveago::base::FilePath;
use haveago::course::condition::Pattern;
use haveago::course::model::{LessonIndex, Order, Prediction, Quiz, SolutionPart, plain_text};
use haveago::course::{self, Course, Fact, Step};
use haveago::learner::progress::StepProgress;
use haveago::store::CourseSource;
use haveago::tui::layout::Layout;
use haveago::tutor::scratch::file_to_edit;

use super::Terminal;

/// The screen on which a learner works: lesson and sandbox side by side.
const SIZE: (u16, u16) = (120, 36);

/// The course that is inside the program.
pub fn embedded() -> Course {
    course::load(&CourseSource::Embedded.read().expect("the course is there")).course.expect("the course loads")
}

/// A step with its lesson, its number in it and how many there are.
pub type Place<'a> = (LessonIndex, (usize, usize), &'a Step);

/// Every step of this system, in order.
pub fn places(course: &Course) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    for (at, _, lesson) in course.lessons() {
        let steps: Vec<&Step> = lesson.steps_on(haveago::base::goos()).collect();
        places.extend(steps.iter().enumerate().map(|(index, step)| (at, (index + 1, steps.len()), *step)));
    }
    places
}

/// A learner with the program in front of them.
pub struct Learner {
    pub terminal: Terminal,
    /// Files are written with vim, as the learner's own editor.
    pub has_vim: bool,
}

impl Learner {
    /// Starts the program with `args`.
    pub fn begin(args: &[&str], data: &Path) -> Self {
        Self::at_work(Terminal::start(args, SIZE, data))
    }

    /// In front of a program that runs already.
    pub fn at_work(terminal: Terminal) -> Self {
        Self { terminal, has_vim: false }
    }

    /// Waits until this step is open, the files it comes with in the editor. On the first way into a chapter its own page
    /// is read before.
    pub fn arrive(&mut self, at: LessonIndex, (number, steps): (usize, usize), step: &Step) {
        if self.has_tabs() {
            self.terminal.press("Alt-1");
        }
        let row = usize::from(self.has_tabs());
        let chapter = format!(" Chapter {} ", at.chapter + 1);
        let lesson = format!(" {}.{} ", at.chapter + 1, at.lesson + 1);
        let count = format!(" {number}/{steps} ");
        let is_there = |screen: &str| {
            let title = screen.lines().nth(row).unwrap_or("");
            title.contains(&lesson) && title.contains(&count)
        };
        let reads_chapter = |screen: &str| screen.lines().nth(row).is_some_and(|title| title.contains(&chapter));
        self.terminal.until(&format!("step{count}of{lesson}"), |screen| is_there(screen) || reads_chapter(screen));
        if reads_chapter(&self.terminal.screen()) {
            self.terminal.press("F8");
            self.terminal.until(&format!("step{count}of{lesson}"), is_there);
        }
        if let Some(file) = file_to_edit(step) {
            self.shows_file(file);
        }
    }

    /// Whether there is room for one pane at a time only.
    fn has_tabs(&self) -> bool {
        matches!(self.terminal.layout(), Layout::Tabs { .. })
    }

    /// Does all that `step` asks for, except going on.
    pub fn pass(&mut self, step: &Step) {
        self.pass_rest(step, &StepProgress::default());
    }

    /// Does what is left of a step that was begun before.
    pub fn pass_rest(&mut self, step: &Step, before: &StepProgress) {
        for part in step.solution_parts() {
            match part {
                SolutionPart::File(file) => self.write(&file.path, &file.text),
                SolutionPart::Command(command) => {
                    let seen = self.run(&command.line);
                    // Long output has pushed the prompt, and its mark with it, off the screen.
                    let mut prompts = seen.lines().filter(|row| row.contains(&format!("$ {}", command.line)));
                    let marked = prompts.all(|row| row.ends_with(['✓', '✗']));
                    assert!(marked, "`{}` has its mark:\n{seen}", command.line);
                }
            }
        }
        let is_right = |quiz: &usize| before.quizzes.get(quiz).is_some_and(|(_, right)| *right);
        for (_, quiz) in step.quizzes.iter().enumerate().filter(|(index, _)| !is_right(index)) {
            self.answer_quiz(quiz);
        }
        let is_open = |index: &usize| !before.predictions.contains_key(index);
        for (_, prediction) in step.predictions.iter().enumerate().filter(|(index, _)| is_open(index)) {
            self.predict(prediction);
        }
        for (index, order) in step.orders.iter().enumerate() {
            self.put_in_order(order, before.orders.get(&index).unwrap_or(&order.shuffled));
        }
        for condition in &step.check {
            if let Fact::Answers(patterns) = &condition.fact {
                self.answer(patterns);
            }
        }
        if !step.is_reading() {
            self.terminal.wait("✓ Done");
        }
    }

    /// Runs a command in the terminal, nothing of earlier ones in sight; what is to be seen when it has ended.
    pub fn run(&mut self, line: &str) -> String {
        self.enter(line);
        self.ended()
    }

    /// Types a command on a cleared screen.
    pub fn enter(&mut self, line: &str) {
        self.terminal.press("Alt-2 Ctrl-L");
        self.terminal.wait("Type a command and press Enter");
        self.terminal.type_text(line);
        self.terminal.press("Enter");
    }

    /// Waits until the command has ended: there is a new prompt, and nothing typed at it.
    pub fn ended(&mut self) -> String {
        self.terminal.watch("the command to end", |terminal| {
            terminal.sandbox().iter().rfind(|row| !row.is_empty()).is_some_and(|row| row.ends_with(" $"))
        });
        self.terminal.sandbox().join("\n")
    }

    /// Puts `text` into a file with the editor, and saves it.
    pub fn write(&mut self, path: &FilePath, text: &str) {
        if !self.is_shown(path) {
            self.open(path);
        }
        if self.has_vim {
            return self.write_in_vim(path, text);
        }
        self.terminal.press("Alt-3 Ctrl-A");
        self.terminal.gone("is saved.");
        self.terminal.paste(text);
        self.terminal.press("Ctrl-S");
        self.terminal.wait("is saved.");
    }

    /// … with vim, which gets the whole screen and gives it back.
    fn write_in_vim(&mut self, path: &FilePath, text: &str) {
        self.terminal.press("Alt-3 F12");
        let name = path.name().to_owned();
        self.terminal.until("vim to have the screen", |screen| {
            !screen.contains('┃') && screen.lines().last().is_some_and(|row| row.contains(&name))
        });
        let keys = text.trim_end().replace('\n', "\r");
        self.terminal.type_text(&format!(":%d\ri{keys}\x1b:wq\r"));
        self.terminal.until("the screen to be given back", |screen| screen.contains('┃'));
    }

    /// Opens a file: one that is there by picking it in the files pane, a new one by name.
    fn open(&mut self, path: &FilePath) {
        self.terminal.press("Alt-4 Home");
        let is_there = tree(&self.terminal.sandbox()).iter().any(|(_, name)| name == path.as_str());
        if is_there {
            self.open_from_files(path);
        } else {
            self.run("cd");
            self.enter(&format!("edit {path}"));
            self.shows_file(path);
        }
    }

    /// Whether the editor's tab has this file.
    fn is_shown(&self, path: &FilePath) -> bool {
        let title = self.terminal.screen().lines().next().unwrap_or_default().to_owned();
        title.contains(&format!(" {path} ")) || title.contains(&format!(" {path} * "))
    }

    fn open_from_files(&mut self, path: &FilePath) {
        self.terminal.press("Alt-4 Home");
        let place = |terminal: &Terminal| {
            let rows = tree(&terminal.sandbox());
            let is_at_top = rows.first().is_some_and(|(is_selected, _)| *is_selected);
            rows.iter().position(|(_, name)| name == path.as_str()).filter(|_| is_at_top)
        };
        self.terminal.watch(&format!("`{path}` among the files"), |terminal| place(terminal).is_some());
        for row in 1..=place(&self.terminal).unwrap_or(0) {
            self.terminal.press("Down");
            self.terminal.watch("the file below to be selected", |terminal| terminal.sandbox()[row].starts_with('▸'));
        }
        self.terminal.press("Enter");
        self.shows_file(path);
    }

    fn shows_file(&mut self, path: &FilePath) {
        let tab = format!(" {path} ");
        let shown = |screen: &str| screen.lines().next().is_some_and(|title| title.contains(&tab));
        self.terminal.until(&format!("`{path}` in the editor"), shown);
    }

    fn answer_quiz(&mut self, quiz: &Quiz) {
        let (open, picked) = if quiz.is_single() { ("( )", "(•)") } else { ("[ ]", "[x]") };
        for option in quiz.options.iter().filter(|option| option.right) {
            let text = letters(&plain_text(&option.text));
            self.select(&plain_text(&option.text), |rows, at| {
                let shown = rows[at].split_once(open).map(|(_, shown)| letters(shown)).unwrap_or_default();
                // A long option goes on in the next row.
                shown == text || shown.len() > 20 && text.starts_with(&shown)
            });
            self.terminal.press("Enter");
            self.selection_is("the option to be picked", |row| row.is_some_and(|row| row.contains(picked)));
        }
        self.push("[ Check answer ]");
    }

    fn predict(&mut self, prediction: &Prediction) {
        let button = "[ Check prediction ]";
        self.select(button, |rows, at| rows[at].contains(button));
        self.terminal.press("Left");
        self.selection_is("the field above the button", |row| row.is_some_and(|row| !row.contains(button)));
        self.terminal.type_text(&prediction.output.trim_end().replace('\n', "\r"));
        self.push(button);
    }

    fn answer(&mut self, patterns: &[Pattern]) {
        let text = patterns.iter().find_map(|pattern| match pattern {
            Pattern::Text(text) => Some(text),
            Pattern::Regex(_) => None,
        });
        self.select("the answer's field", |rows, at| at > 0 && rows[at - 1].contains("Your answer, then Enter:"));
        self.terminal.type_text(text.expect("the answer is told as a text"));
        self.terminal.press("Enter");
    }

    fn put_in_order(&mut self, order: &Order, arranged: &[usize]) {
        let mut arranged = arranged.to_vec();
        for place in 0..order.lines.len() {
            let from = (place..arranged.len()).find(|at| order.lines[arranged[*at]] == order.lines[place]);
            let from = from.expect("the line is further down");
            self.select(&format!("line {}", from + 1), |rows, at| number(&rows[at]) == Some(from + 1));
            for to in (place..from).rev() {
                self.terminal.press("Alt-Up");
                self.selection_is("the line to be moved", |row| row.and_then(number) == Some(to + 1));
            }
            let line = arranged.remove(from);
            arranged.insert(place, line);
        }
        self.push("[ Check order ]");
    }

    /// Selects a button and presses it; it is gone when what it hands in is right.
    fn push(&mut self, button: &str) {
        self.select(button, |rows, at| rows[at].contains(button));
        self.terminal.press("Enter");
        self.selection_is("the answer to be right", |row| row.is_none_or(|row| !row.contains(button)));
    }

    /// Goes from thing to thing in the reader until the selected row is the wanted one.
    fn select(&mut self, what: &str, is_it: impl Fn(&[String], usize) -> bool) {
        self.terminal.press("Alt-1");
        let row = usize::from(self.has_tabs());
        let is_lesson = |screen: &str| screen.lines().nth(row).is_some_and(|title| title.starts_with("┏ "));
        self.terminal.until("the lesson to have the keys", is_lesson);
        loop {
            let rows = self.terminal.reader();
            if let Some(at) = selected(&rows)
                && is_it(&rows, at)
            {
                return;
            }
            self.terminal.press("Right");
            self.terminal.watch(&format!("`{what}` to be found in the lesson"), |terminal| terminal.reader() != rows);
        }
    }

    fn selection_is(&mut self, wanted: &str, is_so: impl Fn(Option<&str>) -> bool) {
        self.terminal.watch(wanted, |terminal| {
            let rows = terminal.reader();
            is_so(selected(&rows).map(|at| rows[at].as_str()))
        });
    }
}

/// The row with the selection's sign in its margin.
fn selected(rows: &[String]) -> Option<usize> {
    rows.iter().position(|row| row.starts_with('▸'))
}

/// The number at the start of a selected row.
fn number(row: &str) -> Option<usize> {
    row.trim_start_matches('▸').split_whitespace().next()?.parse().ok()
}

/// What is left of words however they are set: no blanks, no backticks, no bars beside them.
pub fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '`' | '│')).collect()
}

/// The rows of the files pane: whether each is selected, and its path; folders end in a slash.
fn tree(rows: &[String]) -> Vec<(bool, String)> {
    let mut folders: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let text: String = row.chars().skip(1).collect();
        let depth = (text.len() - text.trim_start().len()).saturating_sub(1) / 2;
        let name = text.split_whitespace().next().unwrap_or("").to_owned();
        folders.truncate(depth);
        found.push((row.starts_with('▸'), format!("{}{name}", folders.concat())));
        if name.ends_with('/') {
            folders.push(name);
        }
    }
    found
}
