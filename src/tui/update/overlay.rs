//! What is drawn above the panes: contents, palette, help, questions.

use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::Rect;

use crate::base::prose::count;
use crate::course::Lesson;
use crate::course::model::LessonIndex;
use crate::course::search::{self, Index};
use crate::sandbox::doctor::Line;
use crate::sandbox::doctor::measured::Terminal;

use super::super::action::{Action, Command, Row};
use super::super::effect::{Allow, Effect, RunLine};
use super::super::layout::inside;
use super::super::pane::compare::CompareAction;
use super::super::pane::list::{Entry, List, ListAction};
use super::super::pane::search::Search;
use super::super::pane::settings::SettingsAction;
use super::super::pane::{doctor, help};
use super::super::state::{Answer, Examined, NoticeKind, Overlay, Spot, State};
use super::super::view::overlay_area;
use super::{act, asks, leave_as_asked, outside, over, quit, review, settings, step, stuck};

/// Lines that a page key moves in help.
const PAGE: usize = 10;

/// The course as a list, what is done marked, the open lesson selected.
pub fn contents(state: &State) -> Overlay {
    let mut entries = Vec::new();
    let mut at = None;
    for (number, chapter) in state.course.chapters.iter().enumerate() {
        if state.reads_chapter && number == state.at.lesson.chapter {
            at = Some(entries.len());
        }
        entries.push(Entry {
            value: (!chapter.page.is_empty()).then_some(Spot::Chapter(number)),
            mark: (" ", state.theme.text),
            text: format!("{} {}", number + 1, chapter.title),
            note: String::new(),
            indent: 0,
            is_heading: true,
        });
        for (index, lesson) in chapter.lessons.iter().enumerate() {
            let here = LessonIndex { chapter: number, lesson: index };
            if here == state.at.lesson && !state.reads_chapter {
                at = Some(entries.len());
            }
            entries.push(lesson_entry(state, here, lesson));
        }
    }
    Overlay::Contents(List::new("Contents", entries, at))
}

fn lesson_entry(state: &State, at: LessonIndex, lesson: &Lesson) -> Entry<Spot> {
    let steps: Vec<_> = lesson.steps_on(state.os).filter(|step| !step.optional).collect();
    let passed = steps.iter().filter(|step| state.progress.has_passed(&step.id)).count();
    let glyphs = state.theme.glyphs;
    let mark = if passed == steps.len() && passed > 0 {
        (glyphs.right, state.theme.right)
    } else if at == state.at.lesson {
        (glyphs.bullet, state.theme.accent)
    } else {
        (glyphs.open, state.theme.faint)
    };
    let minutes = lesson.minutes.map_or(String::new(), |minutes| format!("{minutes} min"));
    let note = match (passed, steps.len()) {
        (0, _) => minutes,
        (passed, all) if passed == all => "done".to_owned(),
        (passed, all) => format!("{passed} of {}", count(all, "step", "steps")),
    };
    let text = format!("{}.{} {}", at.chapter + 1, at.lesson + 1, lesson.title);
    Entry { value: Some(Spot::Lesson(at)), mark, text, note, indent: 1, is_heading: false }
}

/// Every command, to be found by its name.
pub fn palette(state: &State, commands: &[Row]) -> Overlay {
    let entries = commands
        .iter()
        .filter(|(command, _, _)| *command != Command::Palette)
        .map(|(command, keys, name)| Entry {
            value: Some(*command),
            mark: (" ", state.theme.text),
            text: (*name).to_owned(),
            note: keys.first().copied().unwrap_or("").to_owned(),
            indent: 0,
            is_heading: false,
        })
        .collect();
    Overlay::Palette(List::new("All commands", entries, None))
}

/// The search through everything that is read in the course.
pub fn search(state: &State) -> Overlay {
    Overlay::Search(Search::new(Arc::new(Index::of(&state.course, state.os))))
}

/// A key in a list, or in the help, which is read like one.
pub fn list(state: &mut State, action: ListAction) -> Vec<Effect> {
    let end_of_help = help::last_scroll(state);
    let end_of_doctor = doctor::last_scroll(state);
    match &mut state.overlay {
        Some(Overlay::Contents(list)) => match list.act(action) {
            Some(spot) => go(state, spot),
            None => Vec::new(),
        },
        Some(Overlay::Palette(list)) => match list.act(action) {
            Some(command) => pick(state, command),
            None => Vec::new(),
        },
        Some(Overlay::Search(search)) => match search.act(action) {
            Some(spot) => show(state, spot),
            None => Vec::new(),
        },
        Some(Overlay::Help { scroll }) => {
            *scroll = scrolled(*scroll, end_of_help, action);
            Vec::new()
        }
        Some(Overlay::Doctor(examined)) => {
            examined.scroll = scrolled(examined.scroll, end_of_doctor, action);
            Vec::new()
        }
        Some(
            Overlay::Install(_)
            | Overlay::Question { .. }
            | Overlay::Unconfined(_)
            | Overlay::Compare(_)
            | Overlay::Review(_),
        )
        | None => Vec::new(),
        Some(Overlay::Settings(_)) => match action {
            ListAction::Up => settings::act(state, SettingsAction::Up),
            ListAction::Down => settings::act(state, SettingsAction::Down),
            ListAction::PageUp
            | ListAction::PageDown
            | ListAction::Home
            | ListAction::End
            | ListAction::Pick
            | ListAction::Type(_)
            | ListAction::Backspace => Vec::new(),
        },
    }
}

/// A key in the comparison with the solution. It stood beside the learner's own text, so that taking it needs no other
/// question; undo has the text of before.
pub fn compare(state: &mut State, action: CompareAction) -> Vec<Effect> {
    let screen = Rect::new(0, 0, state.size.0, state.size.1);
    match state.overlay.take() {
        Some(Overlay::Compare(compare)) if action == CompareAction::Take => {
            asks::put_code(state, Some(compare.path), compare.solution, true)
        }
        Some(Overlay::Compare(mut compare)) => {
            compare.scroll(action, inside(overlay_area(&Overlay::Compare(compare.clone()), screen)).height);
            state.overlay = Some(Overlay::Compare(compare));
            Vec::new()
        }
        other => {
            state.overlay = other;
            Vec::new()
        }
    }
}

/// Where a text of lines that was at `scroll` stands after a key.
fn scrolled(scroll: usize, end: usize, action: ListAction) -> usize {
    let here = scroll.min(end);
    let there = match action {
        ListAction::Up => here.saturating_sub(1),
        ListAction::Down => here + 1,
        ListAction::PageUp => here.saturating_sub(PAGE),
        ListAction::PageDown => here + PAGE,
        ListAction::Home => 0,
        ListAction::End => end,
        ListAction::Pick | ListAction::Type(_) | ListAction::Backspace => here,
    };
    there.min(end)
}

/// Has the machine looked at; what is found comes line by line.
pub fn examine(state: &mut State) -> Vec<Effect> {
    state.overlay = Some(Overlay::Doctor(Examined::default()));
    vec![Effect::Examine(Terminal::of_environment(Some(state.size)))]
}

/// What the doctor has found; nobody is told when the page is closed.
pub fn examined(state: &mut State, found: Option<Line>) -> Vec<Effect> {
    if let Some(Overlay::Doctor(examined)) = &mut state.overlay {
        match found {
            Some(line) if !examined.is_done => examined.lines.push(line),
            Some(_) => {}
            None => examined.is_done = true,
        }
    }
    Vec::new()
}

/// Opens a lesson at its first step that is not passed, or a chapter's own page.
pub fn go(state: &mut State, spot: Spot) -> Vec<Effect> {
    state.overlay = None;
    let lesson = match spot {
        Spot::Chapter(chapter) => return step::open_chapter(state, chapter),
        Spot::Lesson(lesson) => lesson,
    };
    let open = state
        .course
        .lesson(lesson)
        .and_then(|lesson| lesson.steps_on(state.os).position(|step| !state.progress.has_passed(&step.id)));
    step::open(state, lesson, open.unwrap_or(0))
}

/// Opens a place that was searched for, where its words stand.
pub fn show(state: &mut State, spot: search::Spot) -> Vec<Effect> {
    let words = match state.overlay.take() {
        Some(Overlay::Search(search)) => Some(search.query().to_owned()),
        _ => None,
    };
    let effects = match spot {
        search::Spot::Chapter(chapter) => step::open_chapter(state, chapter),
        search::Spot::Step(lesson, number) => step::open_at(state, lesson, number),
    };
    state.wanted_words = words;
    effects
}

pub fn pick(state: &mut State, command: Command) -> Vec<Effect> {
    state.overlay = None;
    act(state, Action::Command(command))
}

/// What a yes does.
pub fn yes(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::PutCode { path, text } => asks::put_code(state, path, text, true),
        Answer::ShowSolution => stuck::show_solution(state),
        Answer::BeginAgain => over::begin(state),
        Answer::Leave => leave_as_asked(state),
        Answer::Quit => quit(state),
        Answer::WriteOrder { order } => asks::submit_order(state, order, true),
        Answer::OpenOutside => outside::open(state),
        Answer::TakeText { path, text } => outside::take(state, &path, &text),
    }
}

/// Takes away what is drawn above the panes; for a question that is a no. Where it has asked whether commands may run,
/// they may not.
pub fn close(state: &mut State) -> Vec<Effect> {
    let waiting = match state.overlay.take() {
        Some(Overlay::Unconfined(waiting)) => waiting,
        Some(Overlay::Question { yes: Answer::TakeText { path, text }, .. }) => {
            return outside::refuse(state, &path, text);
        }
        Some(Overlay::Review(reviewing)) => {
            review::end(state, &reviewing);
            return Vec::new();
        }
        Some(
            Overlay::Question { .. }
            | Overlay::Contents(_)
            | Overlay::Palette(_)
            | Overlay::Search(_)
            | Overlay::Help { .. }
            | Overlay::Doctor(_)
            | Overlay::Compare(_)
            | Overlay::Settings(_)
            | Overlay::Install(_),
        )
        | None => return Vec::new(),
    };
    let mut effects = Vec::new();
    for RunLine { tab, block, dir, .. } in waiting {
        let next = state.terminal.output(tab, block, b"not run: nothing would have confined it\r\n");
        effects.extend(asks::terminal(state, next));
        let next = state.terminal.ended(tab, block, NOT_RUN, Duration::ZERO, &dir);
        effects.extend(asks::terminal(state, next));
    }
    state.say(NoticeKind::Plain, "Nothing was run. You can read on; the next command asks again.");
    effects
}

/// The exit code of what was not run.
const NOT_RUN: i32 = 126;

/// Asks whether a command may run that nothing confines.
pub fn ask_unconfined(state: &mut State, run: RunLine) -> Vec<Effect> {
    match &mut state.overlay {
        Some(Overlay::Unconfined(waiting)) => waiting.push(run),
        Some(
            Overlay::Contents(_)
            | Overlay::Palette(_)
            | Overlay::Search(_)
            | Overlay::Help { .. }
            | Overlay::Doctor(_)
            | Overlay::Settings(_)
            | Overlay::Install(_)
            | Overlay::Compare(_)
            | Overlay::Review(_)
            | Overlay::Question { .. },
        )
        | None => state.overlay = Some(Overlay::Unconfined(vec![run])),
    }
    Vec::new()
}

/// They may, and do.
pub fn allow(state: &mut State, allow: Allow) -> Vec<Effect> {
    let Some(Overlay::Unconfined(waiting)) = state.overlay.take() else { return Vec::new() };
    std::iter::once(Effect::Allow(allow)).chain(waiting.into_iter().map(Effect::Run)).collect()
}
