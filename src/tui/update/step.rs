//! Going from step to step, and looking at a step's checks.

use crate::base::width::truncate;
use crate::course::Step;
use crate::course::model::LessonIndex;
use crate::judge::{Evidence, judge_open};
use crate::learner::{Event, Session};
use crate::page::TargetKind;
use crate::tutor;

use super::super::action::{Command, Focus, key_of};
use super::super::effect::{Effect, Look};
use super::super::layout::Layout;
use super::super::pane::reader::Reader;
use super::super::state::{At, NoticeKind, Scratch, State};
use super::keep;

/// Opens a step: its session as progress left it, its scratch directory, its file. On the first way into a chapter, the
/// chapter's own page is read before.
pub fn open(state: &mut State, lesson: LessonIndex, step: usize) -> Vec<Effect> {
    let mut effects = close(state);
    state.at = At { lesson, step, visit: state.at.visit + 1 };
    state.reads_chapter = opens_chapter(state);
    effects.extend(arrive(state));
    effects
}

/// Opens a step itself, also where it is the first of a chapter that nothing is known of.
pub fn open_at(state: &mut State, lesson: LessonIndex, step: usize) -> Vec<Effect> {
    let mut effects = open(state, lesson, step);
    if state.reads_chapter {
        effects.extend(turn_page(state, false));
    }
    effects
}

/// Opens a chapter's own page, its first step behind it.
pub fn open_chapter(state: &mut State, chapter: usize) -> Vec<Effect> {
    let first = state
        .course
        .lessons()
        .find(|(at, _, lesson)| at.chapter == chapter && lesson.steps_on(state.os).next().is_some());
    let Some(lesson) = first.map(|(at, _, _)| at) else { return Vec::new() };
    let mut effects = close(state);
    state.at = At { lesson, step: 0, visit: state.at.visit + 1 };
    state.reads_chapter = true;
    effects.extend(arrive(state));
    effects
}

/// Whether the way to the open step leads into its chapter for the first time.
#[must_use]
pub fn opens_chapter(state: &State) -> bool {
    let at = state.at.lesson;
    state.step().is_some_and(|step| state.progress.opens_chapter(&state.course, at, step, state.os))
}

/// Turns from the chapter's own page to the step behind it, or back.
pub(super) fn turn_page(state: &mut State, reads_chapter: bool) -> Vec<Effect> {
    state.reads_chapter = reads_chapter;
    state.reader = Reader::default();
    state.stale_page();
    super::focus(state, Focus::Reader)
}

/// What leaving the open step needs.
fn close(state: &mut State) -> Vec<Effect> {
    let mut effects = keep::save_all(state);
    effects.extend(remember_place(state));
    effects.extend(leave(state));
    effects
}

fn arrive(state: &mut State) -> Vec<Effect> {
    let mut effects = enter(state, 0);
    if matches!(state.layout(), Layout::Tabs { .. }) {
        // One pane at a time: the new page is what was asked for.
        effects.extend(super::focus(state, Focus::Reader));
    }
    effects
}

/// What a freshly shown step needs; `scroll` is the reader's first line.
pub fn enter(state: &mut State, scroll: usize) -> Vec<Effect> {
    let Some(step) = state.step().cloned() else { return Vec::new() };
    state.session = Session::open(&step, &state.progress);
    if state.reads_chapter
        || step.is_reading()
        || !(step.quizzes.is_empty() && step.predictions.is_empty() && step.orders.is_empty())
    {
        // What is to be done here is done in the lesson.
        state.focus = Focus::Reader;
    }
    state.reader = Reader { scroll, selected: None };
    state.looks = 0;
    (state.wanted_code, state.wanted_place) = (None, None);
    state.scratch = Scratch::Opening;
    state.stale_page();
    let mut effects = state.record(vec![Event::Opened { step: step.id.clone(), scroll }]);
    effects.extend(open_folder(state));
    effects
}

/// Has the step's folder made ready.
#[must_use]
pub fn open_folder(state: &State) -> Option<Effect> {
    let step = state.step()?.id.clone();
    let key = tutor::scratch::lesson_key(&state.course, state.at.lesson);
    let dir = state.progress.directories.get(&key).filter(|dir| *dir != ".").cloned();
    Some(Effect::OpenScratch { visit: state.at.visit, lesson: state.at.lesson, step, dir })
}

/// A step for reading is passed by moving on.
fn leave(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.step().cloned().filter(|_| !state.reads_chapter) else { return Vec::new() };
    let events = state.session.read_on(&step);
    state.record(events)
}

/// Where the learner is, and the file they have before them, so that the next start opens there.
pub fn remember_place(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.step() else { return Vec::new() };
    let step = step.id.clone();
    let scroll = if state.reads_chapter { 0 } else { state.reader.scroll };
    let is_known = state.progress.place == Some((step.clone(), scroll));
    let place = (!is_known).then_some(Event::Opened { step, scroll });
    let events = place.into_iter().chain(open_file(state)).collect();
    state.record(events)
}

/// The file in the editor, where another is remembered.
fn open_file(state: &State) -> Option<Event> {
    // While the folder is being made ready, the editor still has the files of the lesson before.
    state.root().filter(|root| state.last_root.as_ref() == Some(root))?;
    let file = state.editor.current()?.0.to_string();
    let lesson = tutor::scratch::lesson_key(&state.course, state.at.lesson);
    (state.progress.open_files.get(&lesson) != Some(&file)).then_some(Event::FileOpened { lesson, file })
}

/// Selects the page's first field that waits for an answer; false when there is none, or one is selected already.
pub fn select_field(state: &mut State) -> bool {
    let height = state.reader_height();
    let session = &state.session;
    let waits = |kind: &TargetKind| match kind {
        TargetKind::Answer => !session.passed,
        TargetKind::Prediction(index) => session.predictions.get(*index).is_some_and(|field| field.answered.is_none()),
        TargetKind::Command(_)
        | TargetKind::Code { .. }
        | TargetKind::Link(_)
        | TargetKind::Place { .. }
        | TargetKind::QuizOption { .. }
        | TargetKind::QuizSubmit(_)
        | TargetKind::PredictionSubmit(_)
        | TargetKind::OrderLine { .. }
        | TargetKind::OrderSubmit(_)
        | TargetKind::Condition(_)
        | TargetKind::Compared(_) => false,
    };
    if state.reader.wants_text(&state.page) || !state.page.targets.iter().any(|target| waits(&target.kind)) {
        return false;
    }
    state.reader.select(&state.page, height, waits);
    state.reader.wants_text(&state.page)
}

/// The next step, over the lesson's end into the next lesson; from a chapter's own page its first step.
pub fn next(state: &mut State) -> Vec<Effect> {
    if state.reads_chapter {
        return turn_page(state, false);
    }
    if state.at.step + 1 < state.steps_in_lesson() {
        return open(state, state.at.lesson, state.at.step + 1);
    }
    if let Some(lesson) = neighbour(state, true) {
        open(state, lesson, 0)
    } else {
        let effects = leave(state);
        let (passed, all) = state.score();
        let text = if passed == all {
            "That was the whole course. Well done!".to_owned()
        } else {
            format!("This is the last step. {passed} of {all} are done; F3 shows which are open.")
        };
        state.say(NoticeKind::Good, text);
        effects
    }
}

/// The step before, over the lesson's start into the lesson before; before a chapter's first step, its own page.
pub fn previous(state: &mut State) -> Vec<Effect> {
    let before = neighbour(state, false);
    let is_first_of_chapter = before.is_none_or(|at| at.chapter != state.at.lesson.chapter) && state.at.step == 0;
    if is_first_of_chapter && !state.reads_chapter && state.chapter().is_some_and(|chapter| !chapter.page.is_empty()) {
        return turn_page(state, true);
    }
    if state.at.step > 0 {
        return open(state, state.at.lesson, state.at.step - 1);
    }
    if let Some(at) = before {
        let steps = state.course.lesson(at).map_or(0, |lesson| lesson.steps_on(state.os).count());
        open(state, at, steps.saturating_sub(1))
    } else {
        state.say(NoticeKind::Plain, "This is the first step of the course.");
        Vec::new()
    }
}

/// The nearest lesson after (or before) this one that has a step on this system.
fn neighbour(state: &State, after: bool) -> Option<LessonIndex> {
    let has_steps =
        |at: &LessonIndex| state.course.lesson(*at).is_some_and(|lesson| lesson.steps_on(state.os).next().is_some());
    let all = state.course.lessons().map(|(at, _, _)| at).filter(has_steps);
    if after { all.into_iter().find(|at| *at > state.at.lesson) } else { all.filter(|at| *at < state.at.lesson).last() }
}

/// Asks for a look at every condition that is still open.
pub fn look(state: &mut State) -> Vec<Effect> {
    ask_for_look(state, false)
}

/// … before the learner has done anything: what is so already ticks itself, and nothing is complained about.
pub fn look_quietly(state: &mut State) -> Vec<Effect> {
    ask_for_look(state, true)
}

fn ask_for_look(state: &mut State, quiet: bool) -> Vec<Effect> {
    let (Some(step), Some(root)) = (state.step(), state.root()) else { return Vec::new() };
    let wanted = state.session.wanted(step);
    if wanted.is_empty() {
        return Vec::new();
    }
    let look = Look {
        visit: state.at.visit,
        root,
        lesson: state.at.lesson,
        step: step.id.clone(),
        wanted,
        quiet,
        commands: state.session.commands.clone(),
        answer: state.session.answer.clone(),
    };
    state.looks += 1;
    vec![Effect::Observe(look)]
}

/// Takes in what a look has seen.
pub fn observed(state: &mut State, wanted: &[usize], quiet: bool, evidence: &Evidence) -> Vec<Effect> {
    state.looks = state.looks.saturating_sub(1);
    if wanted.is_empty() {
        // Overtaken by a newer look, which is the one that judges.
        return Vec::new();
    }
    let Some(step) = state.step().cloned() else { return Vec::new() };
    let conditions: Vec<_> = wanted.iter().filter_map(|index| step.check.get(*index)).cloned().collect();
    let was_passed = state.session.passed;
    let verdict = judge_open(&conditions, &step.check, evidence);
    state.session.looked(evidence);
    let events = state.session.judged(&step, wanted, &verdict);
    if quiet {
        for condition in &mut state.session.conditions {
            condition.finding = None;
        }
    }
    state.stale_page();
    tell_hidden_finding(state);
    if state.session.passed && !was_passed {
        praise(state);
    }
    state.record(events)
}

/// What was seen stands below its line of the check; where that is not on the screen, the status line says it.
fn tell_hidden_finding(state: &mut State) {
    let mut found = state.session.conditions.iter().enumerate();
    let Some((index, finding)) = found.find_map(|(index, it)| Some((index, it.finding.as_ref()?))) else {
        return;
    };
    // The page's end, where that was asked for and the page has not been set yet.
    let height = usize::from(state.reader_height());
    let top = state.reader.scroll.min(state.page.lines.len().saturating_sub(height));
    let end = top + height.saturating_sub(2);
    let line = state.page.targets.iter().find(|target| target.kind == TargetKind::Condition(index));
    let is_seen = line.is_none_or(|target| (top..end).contains(&target.lines.start));
    if !is_seen || state.reads_chapter || !state.shows_reader() {
        let text = format!("Not yet: {}", finding.seen);
        state.say(NoticeKind::Plain, text);
    }
}

/// Says that the step is done, and what comes next.
pub fn praise(state: &mut State) {
    let next = key_of(Command::NextStep);
    let last_of_lesson = state.at.step + 1 == state.steps_in_lesson();
    let done = if state.session.helped { "Done, with help." } else { "Done!" };
    let text = match (last_of_lesson, state.lesson()) {
        (true, Some(lesson)) => format!("{done} That was \"{}\". {next} goes on to the next lesson.", lesson.title),
        (true, None) | (false, _) => format!("{done} {next} goes on."),
    };
    state.say(NoticeKind::Good, text);
}

/// A prediction that is not what Go prints is worth a look: the first line that differs is said, and the comparison is
/// brought onto the screen once it is laid out.
pub fn tell_wrong_guess(state: &mut State, step: &Step, prediction: usize) {
    let Some(asked) = step.predictions.get(prediction) else { return };
    let answered = state.session.predictions.get(prediction).and_then(|guess| guess.answered.as_ref());
    let Some((text, _)) = answered else { return };
    let (said, prints) = first_difference(text, &asked.output);
    let goes_on = if state.session.passed { format!(" {} goes on.", key_of(Command::NextStep)) } else { String::new() };
    let text = format!("You said {said}, Go says {prints}.{goes_on}");
    state.say(NoticeKind::Plain, text);
    state.wanted_guess = Some(prediction);
}

/// The first lines that are not the same, fit to be said.
fn first_difference(said: &str, prints: &str) -> (String, String) {
    let mut lines = (said.trim_end().lines(), prints.trim_end().lines());
    loop {
        match (lines.0.next(), lines.1.next()) {
            (Some(a), Some(b)) if a.trim_end() == b.trim_end() => {}
            (None, None) => return (quoted(None), quoted(None)),
            (a, b) => return (quoted(a), quoted(b)),
        }
    }
}

fn quoted(line: Option<&str>) -> String {
    match line.map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => format!("`{}`", truncate(line, GUESS)),
        None => "nothing more".to_owned(),
    }
}

/// Columns of a line that is said in a notice.
const GUESS: usize = 40;
