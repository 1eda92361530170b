//! From an explanation to the lesson that teaches it, and back.

use crate::course::model::LessonIndex;
use crate::go::explain::Explanation;
use crate::tutor;

use super::super::action::{Command, key_of};
use super::super::effect::Effect;
use super::super::state::{NoticeKind, Spot, State};
use super::{overlay, step};

/// Where more is to be read of an explanation, when this course has the lesson and it is not the open one: words, and the
/// lesson's key.
pub fn lead(state: &mut State, why: &Explanation) -> Option<(String, String)> {
    let at = find(state, why.lesson.as_deref()?).filter(|at| *at != state.at.lesson)?;
    state.taught = Some(at);
    let words = format!("More in {}: {} opens it.", name(state, at), key_of(Command::Taught));
    Some((words, tutor::scratch::lesson_key(&state.course, at)))
}

/// The lesson of the last explanation; from there, back to where the learner was.
pub fn go(state: &mut State) -> Vec<Effect> {
    if let Some((lesson, index)) = state.came_from.take()
        && state.taught == Some(state.at.lesson)
    {
        return step::open(state, lesson, index);
    }
    if let Some(at) = state.taught.filter(|at| *at != state.at.lesson) {
        return leave_for(state, at);
    }
    state.say(NoticeKind::Plain, "No explanation in the terminal leads to another lesson now.");
    Vec::new()
}

/// The lesson whose words were clicked on.
pub fn open(state: &mut State, key: &str) -> Vec<Effect> {
    match find(state, key).filter(|at| *at != state.at.lesson) {
        Some(at) => leave_for(state, at),
        None => Vec::new(),
    }
}

fn leave_for(state: &mut State, at: LessonIndex) -> Vec<Effect> {
    state.came_from = Some((state.at.lesson, state.at.step));
    state.taught = Some(at);
    let effects = overlay::go(state, Spot::Lesson(at));
    let text = format!("This is {}. {} leads back to where you were.", name(state, at), key_of(Command::Taught));
    state.say(NoticeKind::Plain, text);
    effects
}

fn find(state: &State, key: &str) -> Option<LessonIndex> {
    let mut lessons = state.course.lessons().map(|(at, _, _)| at);
    lessons.find(|at| tutor::scratch::lesson_key(&state.course, *at) == key)
}

fn name(state: &State, at: LessonIndex) -> String {
    let title = state.course.lesson(at).map_or("", |lesson| lesson.title.as_str());
    format!("{}.{} {title}", at.chapter + 1, at.lesson + 1)
}
