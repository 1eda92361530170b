//! The lesson a person means: by its number, its id, or words of its title.

use crate::base::{nearest, prose};
use crate::course::Course;
use crate::course::model::LessonIndex;

/// Finds a lesson by `1.3`, `1` (a chapter's first), `start-a-project`, `chapter/lesson`, or words of its title.
///
/// # Errors
/// A sentence: there is none such (with the nearest), or there are several.
pub fn lesson(course: &Course, text: &str) -> Result<LessonIndex, String> {
    let text = text.trim();
    if let Some(number) = number(text) {
        return by_number(course, number, text);
    }
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let exact = course.lessons().find(|(_, chapter, lesson)| {
        same(&lesson.id, text) || same(&lesson.title, text) || same(&format!("{}/{}", chapter.id, lesson.id), text)
    });
    if let Some((at, ..)) = exact {
        return Ok(at);
    }
    let wanted: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let found: Vec<LessonIndex> = course
        .lessons()
        .filter(|(_, _, lesson)| !wanted.is_empty() && has_words(&lesson.title, &lesson.id, &wanted))
        .map(|(at, ..)| at)
        .collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown(course, text)),
        several => {
            let names: Vec<String> = several.iter().take(5).map(|&at| title(course, at)).collect();
            Err(format!("several lessons are called so: {}; give the number", prose::list(&names, "and")))
        }
    }
}

/// `1.3` of a lesson, as people count.
#[must_use]
pub fn number_of(at: LessonIndex) -> String {
    format!("{}.{}", at.chapter + 1, at.lesson + 1)
}

/// `1.3 Start a project`.
#[must_use]
pub fn title(course: &Course, at: LessonIndex) -> String {
    let title = course.lesson(at).map_or("", |lesson| lesson.title.as_str());
    format!("{} {title}", number_of(at))
}

/// Chapter and lesson, as people count.
fn number(text: &str) -> Option<(usize, usize)> {
    match text.split_once('.') {
        Some((chapter, lesson)) => Some((chapter.parse().ok()?, lesson.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    }
}

fn by_number(course: &Course, (chapter, lesson): (usize, usize), text: &str) -> Result<LessonIndex, String> {
    let chapters = course.chapters.len();
    let Some(found) = chapter.checked_sub(1).and_then(|index| course.chapters.get(index)) else {
        let there_are = prose::count(chapters, "chapter", "chapters");
        return Err(format!("there is no lesson {text}: the course has {there_are}"));
    };
    if lesson == 0 || lesson > found.lessons.len() {
        let there_are = prose::count(found.lessons.len(), "lesson", "lessons");
        return Err(format!("there is no lesson {text}: chapter {chapter} has {there_are}"));
    }
    Ok(LessonIndex { chapter: chapter - 1, lesson: lesson - 1 })
}

/// Whether each wanted word begins a word of the title or of the id.
fn has_words(title: &str, id: &str, wanted: &[String]) -> bool {
    let words = format!("{title} {id}").to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
    wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())))
}

fn unknown(course: &Course, text: &str) -> String {
    let lower = text.to_lowercase();
    let names: Vec<(LessonIndex, String)> = course
        .lessons()
        .flat_map(|(at, _, lesson)| {
            let whole = [lesson.id.clone(), lesson.title.to_lowercase()];
            let words = lesson.id.split('-').filter(|word| word.len() > 3).map(str::to_owned);
            whole.into_iter().chain(words).map(move |name| (at, name)).collect::<Vec<_>>()
        })
        .collect();
    let near = nearest::nearest(&lower, names.iter().map(|(_, name)| name.as_str()));
    match near.and_then(|near| names.iter().find(|(_, name)| name == near)) {
        Some((at, _)) => format!("there is no lesson `{text}`; did you mean {}?", title(course, *at)),
        None => format!("there is no lesson `{text}`; `haveago contents` lists them all"),
    }
}

#[cfg(test)]
mod tests {
    use super::lesson;
    use crate::course::model::{Chapter, Course, Lesson, LessonIndex};

    fn course() -> Course {
        let lesson = |title: &str| Lesson {
            id: title.to_lowercase().replace(' ', "-"),
            file: "x.md".into(),
            title: title.to_owned(),
            minutes: None,
            goal: None,
            continues: false,
            go: None,
            teaches: Vec::new(),
            os: Vec::new(),
            intro: Vec::new(),
            steps: Vec::new(),
        };
        let chapter = |id: &str, titles: &[&str]| Chapter {
            id: id.to_owned(),
            folder: format!("01-{id}"),
            title: id.to_owned(),
            page: Vec::new(),
            lessons: titles.iter().map(|title| lesson(title)).collect(),
        };
        Course {
            id: "c".to_owned(),
            title: "C".to_owned(),
            version: String::new(),
            authors: Vec::new(),
            licence: String::new(),
            go: (1, 24),
            proxy: None,
            chapters: vec![
                chapter("why", &["Where Go is used", "Start a project"]),
                chapter("values", &["Start values", "Strings"]),
            ],
        }
    }

    #[test]
    fn a_lesson_is_found_by_number_id_and_words() {
        let course = course();
        let at = |chapter, lesson| Ok(LessonIndex { chapter, lesson });
        for (text, found) in [
            ("1.2", at(0, 1)),
            ("2", at(1, 0)),
            ("start-a-project", at(0, 1)),
            ("why/start-a-project", at(0, 1)),
            ("start project", at(0, 1)),
            ("Proj", at(0, 1)),
            ("STRINGS", at(1, 1)),
        ] {
            assert_eq!(lesson(&course, text), found, "{text}");
        }
    }

    #[test]
    fn an_unknown_lesson_is_told_with_what_there_is() {
        let course = course();
        for (text, sentence) in [
            ("3.1", "there is no lesson 3.1: the course has 2 chapters"),
            ("1.9", "there is no lesson 1.9: chapter 1 has 2 lessons"),
            ("0.1", "there is no lesson 0.1: the course has 2 chapters"),
            ("start", "several lessons are called so: 1.2 Start a project and 2.1 Start values; give the number"),
            ("porject", "there is no lesson `porject`; did you mean 1.2 Start a project?"),
            ("strngs", "there is no lesson `strngs`; did you mean 2.2 Strings?"),
            ("quux", "there is no lesson `quux`; `haveago contents` lists them all"),
        ] {
            assert_eq!(lesson(&course, text), Err(sentence.to_owned()), "{text}");
        }
    }
}
