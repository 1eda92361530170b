//! The full screen without a terminal and without Go: keys in, screens out, and a small obedient world in between.

mod world;

pub use world::WORK;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use haveago::course;
use haveago::course::condition::{Fact, RunHow};
use haveago::edit::Draft;
use haveago::judge::Evidence;
use haveago::learner::{Event, Progress};
use haveago::page::theme::{Depth, FANCY, ThemeName};
use haveago::store::CourseSource;
use haveago::store::settings::Settings;
use haveago::tui::appearance::Ground;
use haveago::tui::effect::Effect;
use haveago::tui::msg::{Msg, ProgramEnd};
use haveago::tui::state::State;
use haveago::tui::{settle, start, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// The program on its stage. The world answers at once unless it is [`Stage::slow`]; programs and looks at the check
/// wait for the story to answer them.
pub struct Stage {
    pub state: State,
    /// Every effect since the start, in order.
    pub asked: Vec<Effect>,
    /// The text of each file by `root/path`.
    pub disk: BTreeMap<String, String>,
    /// The draft of each file by `root/path`.
    pub drafts: BTreeMap<String, Draft>,
    /// Why nothing can be written.
    pub disk_full: bool,
    /// What was set aside, the last at the end.
    pub set_aside: Vec<BTreeMap<String, String>>,
    /// What gofmt makes of a text.
    pub gofmt: fn(&str) -> String,
    waiting: Vec<Effect>,
    slow: bool,
}

/// The manifest of a course with one chapter.
const MANIFEST: &str = "format = 1\nid = \"tiny\"\ntitle = \"Tiny\"\nversion = \"1.0.0\"\nauthors = [\"A\"]\n\
                        licence = \"CC0\"\ngo = \"1.24\"\nchapters = [\"01-first\"]\n";

impl Stage {
    /// The course of these files, at 80x24; `course.toml` and the chapter's page are added, and that is turned over.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let own = [("course.toml", MANIFEST), ("01-first/README.md", "# First\n\nA chapter.\n")];
        let all = own.iter().chain(files).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self::opened(&all, (80, 24)).keys("F8")
    }

    /// The first lessons of "Go Fundamentals" as they once were, at this size: what is written in the real ones
    /// changes without changing a picture.
    pub fn pictured(size: (u16, u16)) -> Self {
        Self::at_the_beginning(size).keys("F8")
    }

    /// The same at the first chapter's own page, as it is seen on the first start.
    pub fn at_the_beginning(size: (u16, u16)) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens/course");
        Self::opened(&CourseSource::Folder(folder).read().unwrap(), size)
    }

    fn opened(files: &BTreeMap<String, String>, size: (u16, u16)) -> Self {
        let loaded = course::load(files);
        assert!(loaded.problems.is_empty(), "{:#?}", loaded.problems);
        let ground = Ground { depth: Depth::Ansi16, glyphs: FANCY, background: Some(ThemeName::Dark) };
        let course = Arc::new(loaded.course.unwrap());
        let settings = Settings::default();
        let state = start::state(course, Progress::default(), &settings, ground, size);
        let stage = Self {
            state,
            asked: Vec::new(),
            disk: BTreeMap::new(),
            drafts: BTreeMap::new(),
            disk_full: false,
            set_aside: Vec::new(),
            gofmt: str::to_owned,
            waiting: Vec::new(),
            slow: false,
        };
        stage.starts()
    }

    fn starts(mut self) -> Self {
        let first = start::first(&mut self.state, None, None);
        self.take(first);
        self.hears(Msg::Toolchain(Ok("1.27.0".to_owned())))
    }

    /// The program is killed, and started again: only what is on the disk is left.
    pub fn starts_after_a_kill(mut self) -> Self {
        let (course, progress, size) = (self.state.course.clone(), self.state.progress.clone(), self.state.size);
        let ground = self.state.ground;
        self.state = start::state(course, progress, &Settings::default(), ground, size);
        (self.asked, self.waiting, self.slow) = (Vec::new(), Vec::new(), false);
        self.starts()
    }

    /// The program is left, and started again so many days later.
    pub fn comes_back_after(mut self, days: u64) -> Self {
        let (progress, size, ground) = (self.state.progress.clone(), self.state.size, self.state.ground);
        let (settings, later) = (self.state.settings.clone(), self.state.epoch + days * 24 * 60 * 60);
        self.state = start::state(self.state.course.clone(), progress, &settings, ground, size);
        self.state.epoch = later;
        (self.asked, self.waiting, self.slow) = (Vec::new(), Vec::new(), false);
        self.starts()
    }

    /// So much time has passed since the start, and nothing else has happened.
    pub fn waits_until(self, millis: u64) -> Self {
        self.hears(Msg::Tick(Duration::from_millis(millis)))
    }

    /// No save that waits is ever answered.
    pub fn loses_answers(mut self) -> Self {
        self.waiting.retain(|effect| !matches!(effect, Effect::SaveFile { .. }));
        self
    }

    /// From here on the world takes its time: what is asked of it waits for [`Stage::catch_up`].
    pub fn slow(mut self) -> Self {
        self.slow = true;
        self
    }

    /// The world does all that was asked of it, in order.
    pub fn catch_up(mut self) -> Self {
        self.slow = false;
        self.answer();
        self
    }

    /// Keys by their names, with blanks between them.
    pub fn keys(self, names: &str) -> Self {
        names.split_whitespace().fold(self, |stage, name| stage.hears(Msg::Key(key(name))))
    }

    /// A text, letter by letter.
    pub fn types(self, text: &str) -> Self {
        text.chars().fold(self, |stage, c| {
            let code = if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
            stage.hears(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)))
        })
    }

    /// A press of the left button.
    pub fn clicks(self, column: u16, row: u16) -> Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row)
    }

    pub fn mouse(self, kind: MouseEventKind, column: u16, row: u16) -> Self {
        self.hears(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    /// Clicks the first place of the screen with these words.
    pub fn clicks_on(mut self, words: &str) -> Self {
        let (column, row) = self.find(words);
        self.clicks(column, row)
    }

    pub fn resizes(self, width: u16, height: u16) -> Self {
        self.hears(Msg::Resized(width, height))
    }

    /// One message, as the loop gives it.
    pub fn hears(mut self, msg: Msg) -> Self {
        let effects = update::update(&mut self.state, msg);
        settle::settle(&mut self.state);
        self.take(effects);
        self
    }

    /// The program that was started last prints.
    pub fn prints(self, text: &str) -> Self {
        let run = self.last_run();
        let bytes = text.replace('\n', "\r\n").into_bytes();
        self.hears(Msg::Output { tab: run.tab, block: run.block, bytes })
    }

    /// The program that was started last ends.
    pub fn ends(self, exit: i32) -> Self {
        let run = self.last_run();
        let dir_shown = self.state.terminal.dir().to_owned();
        let end = ProgramEnd { exit, took: Duration::from_millis(120), dir_shown, leave: false };
        self.hears(Msg::Ended { tab: run.tab, block: run.block, end })
    }

    /// A whole command: typed, run, printed, ended.
    pub fn runs(self, line: &str, output: &str, exit: i32) -> Self {
        self.keys("Alt-2").types(line).keys("Enter").prints(output).ends(exit)
    }

    /// Answers the last look at the check with this evidence; its commands and answer are added.
    pub fn sees(self, mut evidence: Evidence) -> Self {
        let Some(Effect::Observe(look)) = self.asked.iter().rfind(|effect| matches!(effect, Effect::Observe(_))) else {
            panic!("nobody asked for a look");
        };
        evidence.commands.clone_from(&look.commands);
        evidence.answer.clone_from(&look.answer);
        let wanted = look.wanted.iter().map(|(index, _)| *index).collect();
        let (visit, quiet) = (look.visit, look.quiet);
        self.hears(Msg::Observed { visit, wanted, quiet, evidence: Box::new(evidence) })
    }

    /// The screen as text, one line a row, and where the cursor is.
    pub fn screen(&mut self) -> String {
        let (buf, cursor) = self.draw();
        let mut text = String::new();
        for y in 0..buf.area.height {
            text.push_str(row(&buf, y).trim_end());
            text.push('\n');
        }
        match cursor {
            Some(at) => writeln!(text, "[cursor in column {}, row {}]", at.x + 1, at.y + 1).unwrap(),
            None => text.push_str("[no cursor]\n"),
        }
        text
    }

    pub fn draw(&mut self) -> (Buffer, Option<Position>) {
        settle::settle(&mut self.state);
        let (width, height) = self.state.size;
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = view::view(&self.state, &mut buf);
        (buf, cursor)
    }

    /// The last row: the progress, or what was just said.
    pub fn status(&mut self) -> String {
        let (buf, _) = self.draw();
        row(&buf, buf.area.height - 1).trim().to_owned()
    }

    /// Whether these words are drawn in this style, where they are seen first.
    pub fn is_styled(&mut self, words: &str, style: Style) -> bool {
        let at = self.find(words);
        let (buf, _) = self.draw();
        let cell = &buf[at];
        cell.fg == style.fg.unwrap_or(cell.fg) && cell.modifier.contains(style.add_modifier)
    }

    /// Column and row of these words.
    pub fn find(&mut self, words: &str) -> (u16, u16) {
        let (buf, _) = self.draw();
        for y in 0..buf.area.height {
            let text = row(&buf, y);
            if let Some(at) = text.find(words) {
                return (text[..at].width() as u16, y);
            }
        }
        panic!("\"{words}\" is not on the screen:\n{}", self.screen());
    }

    pub fn shows(&mut self, words: &str) -> bool {
        self.screen().contains(words)
    }

    /// The events handed over to be saved, in order.
    pub fn saved(&self) -> Vec<&Event> {
        let saves =
            self.asked.iter().filter_map(|effect| if let Effect::Save(events) = effect { Some(events) } else { None });
        saves.flatten().collect()
    }

    /// The command lines that were started, in order.
    pub fn started(&self) -> Vec<&str> {
        let runs =
            self.asked.iter().filter_map(|effect| if let Effect::Run(run) = effect { Some(&run.line) } else { None });
        runs.map(String::as_str).collect()
    }

    /// How the last look wants the program to be run.
    pub fn wanted_runs(&mut self) -> Vec<RunHow> {
        let looks = self
            .asked
            .iter()
            .rev()
            .find_map(|effect| if let Effect::Observe(look) = effect { Some(look) } else { None });
        let facts = looks.into_iter().flat_map(|look| &look.wanted).map(|(_, condition)| &condition.fact);
        facts.filter_map(|fact| if let Fact::Runs(run) = fact { Some(run.how.clone()) } else { None }).collect()
    }

    /// The id of the open step, without its lesson.
    pub fn step(&self) -> &str {
        let id = &self.state.step().unwrap().id.0;
        id.rsplit_once('/').unwrap().1
    }

    fn last_run(&self) -> haveago::tui::effect::RunLine {
        let last =
            self.asked.iter().rev().find_map(|effect| if let Effect::Run(run) = effect { Some(run) } else { None });
        last.expect("a program was started").clone()
    }

    fn take(&mut self, effects: Vec<Effect>) {
        self.asked.extend(effects.iter().cloned());
        self.waiting.extend(effects);
        if !self.slow {
            self.answer();
        }
    }
}

/// A row's text, each wide character once.
fn row(buf: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut x = 0;
    while x < buf.area.width {
        let symbol = buf[(x, y)].symbol();
        text.push_str(symbol);
        x += (symbol.width() as u16).max(1);
    }
    text
}

/// A key by the name that help shows.
pub fn key(name: &str) -> KeyEvent {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = name;
    for (prefix, modifier) in
        [("Ctrl-", KeyModifiers::CONTROL), ("Alt-", KeyModifiers::ALT), ("Shift-", KeyModifiers::SHIFT)]
    {
        if let Some(after) = rest.strip_prefix(prefix) {
            modifiers |= modifier;
            rest = after;
        }
    }
    let code = match rest {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        "Tab" => KeyCode::Tab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "Backspace" => KeyCode::Backspace,
        "Space" => KeyCode::Char(' '),
        _ if rest.len() > 1 && rest.starts_with('F') => KeyCode::F(rest[1..].parse().unwrap()),
        _ => {
            let mut letters = rest.chars();
            let letter = letters.next().unwrap();
            assert!(letters.next().is_none(), "`{name}` is no key");
            KeyCode::Char(if modifiers.is_empty() { letter } else { letter.to_ascii_lowercase() })
        }
    };
    KeyEvent { kind: KeyEventKind::Press, ..KeyEvent::new(code, modifiers) }
}
