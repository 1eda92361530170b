//! From a course to the first frame: the theme, the state, the first step.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crate::course::Course;
use crate::course::model::LessonIndex;
use crate::learner::{Progress, Session};
use crate::page::Page;
use crate::page::theme::{ThemeName, detect_depth, glyphs_for};
use crate::store::settings::{Settings, ThemeChoice};

use super::action::Focus;
use super::appearance::{self, Ground};
use super::clicks::Clicks;
use super::due::Due;
use super::effect::Effect;
use super::keymap::Keymap;
use super::pane::editor::Editor;
use super::pane::files::Files;
use super::pane::reader::Reader;
use super::pane::terminal::Terminal;
use super::state::{Anew, At, Known, Leaving, NoticeKind, Notices, Refused, Scratch, State, Toolchain, Trust};
use super::thread;
use super::update::{fit_panes, review, step};

/// How long a terminal may take to tell its background; one that knows the question answers in a few milliseconds.
const PATIENCE: Duration = Duration::from_millis(400);

/// Asks the terminal for its background beside the other work, when the settings leave the theme open.
#[must_use]
pub fn background(settings: &Settings) -> Option<JoinHandle<Option<ThemeName>>> {
    (settings.theme == ThemeChoice::Auto).then(|| {
        thread::spawn("background", || {
            let mut options = terminal_colorsaurus::QueryOptions::default();
            options.timeout = PATIENCE;
            let mode = terminal_colorsaurus::theme_mode(options).ok()?;
            Some(match mode {
                terminal_colorsaurus::ThemeMode::Dark => ThemeName::Dark,
                terminal_colorsaurus::ThemeMode::Light => ThemeName::Light,
            })
        })
    })
}

/// What is known of the terminal, by its environment and by what it told of its background.
#[must_use]
pub fn ground(background: Option<JoinHandle<Option<ThemeName>>>) -> Ground {
    let var = |name| std::env::var(name).ok();
    Ground {
        depth: detect_depth(var("NO_COLOR").as_deref(), var("COLORTERM").as_deref(), var("TERM").as_deref()),
        glyphs: glyphs_for(var("LC_ALL").as_deref(), var("LC_CTYPE").as_deref(), var("LANG").as_deref()),
        background: background.and_then(|asked| asked.join().ok().flatten()),
    }
}

/// The state before the first step is opened.
#[must_use]
pub fn state(course: Arc<Course>, progress: Progress, settings: &Settings, ground: Ground, size: (u16, u16)) -> State {
    let at = At { lesson: LessonIndex { chapter: 0, lesson: 0 }, step: 0, visit: 0 };
    let history = progress.history.clone();
    State {
        course,
        known: Known::Whole,
        os: crate::base::goos(),
        size,
        theme: appearance::theme(settings, &ground),
        ground,
        settings: settings.clone(),
        shown: settings.clone(),
        keeping: 0,
        keymap: Keymap::default(),
        progress,
        at,
        comes_back: false,
        reads_chapter: false,
        session: Session::default(),
        scratch: Scratch::Opening,
        last_root: None,
        toolchain: Toolchain::Looking,
        tier: None,
        preparing: None,
        reader: Reader::default(),
        terminal: Terminal::new("", &history),
        editor: Editor::default(),
        set_aside: Vec::new(),
        wanted_place: None,
        walked: None,
        taught: None,
        came_from: None,
        wanted_code: None,
        wanted_order: None,
        wanted_runs: Vec::new(),
        wanted_words: None,
        wanted_guess: None,
        files: Files::default(),
        focus: Focus::Reader,
        sandbox: Focus::Terminal,
        overlay: None,
        notices: Notices::default(),
        page: Page::default(),
        page_key: None,
        page_revision: 0,
        due: Due::default(),
        problems_asked: 0,
        clicks: Clicks::default(),
        refused: Refused::default(),
        looks: 0,
        unsaved: 0,
        now: Duration::ZERO,
        busy_since: None,
        epoch: std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        told_slow_build: false,
        leaving: Leaving::No,
        deaf: None,
        anew: Anew::default(),
        trust: Trust::default(),
    }
}

/// Opens the first step that is shown: the asked lesson's, else where the learner was last, else the course's first.
pub fn first(state: &mut State, lesson: Option<LessonIndex>, notice: Option<String>) -> Vec<Effect> {
    let mut effects = fit_panes(state);
    let last = state.progress.place.clone().and_then(|(id, scroll)| Some((state.find(&id)?, scroll)));
    let ((lesson, step), scroll) = match (lesson, last) {
        (Some(lesson), Some(((at, step), scroll))) if at == lesson => ((at, step), scroll),
        (Some(lesson), _) => ((lesson, first_open(state, lesson)), 0),
        (None, Some(last)) => last,
        (None, None) => ((first_with_steps(state), 0), 0),
    };
    state.comes_back = last.is_some_and(|(place, _)| place == (lesson, step));
    state.at = At { lesson, step, visit: 1 };
    state.reads_chapter = step::opens_chapter(state);
    effects.extend(step::enter(state, scroll));
    review::offer(state);
    if let Some(sentence) = notice {
        state.say(NoticeKind::Bad, sentence);
    }
    effects
}

fn first_open(state: &State, lesson: LessonIndex) -> usize {
    let passed = |step: &&crate::course::Step| state.progress.has_passed(&step.id);
    state.course.lesson(lesson).map_or(0, |lesson| {
        let done = lesson.steps_on(state.os).take_while(passed).count();
        if done == lesson.steps_on(state.os).count() { 0 } else { done }
    })
}

fn first_with_steps(state: &State) -> LessonIndex {
    let mut lessons = state.course.lessons();
    let found = lessons.find(|(_, _, lesson)| lesson.steps_on(state.os).next().is_some());
    found.map_or(state.at.lesson, |(at, _, _)| at)
}
