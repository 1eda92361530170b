//! What pages look like: golden texts of one rich lesson, styles where they carry meaning, and no line too wide ever.

mod any;
mod parts;

use std::collections::BTreeMap;

use crate::base::FilePath;
use crate::base::width::width;
use crate::course::{Lesson, load};
use crate::learner::{Progress, Session};
use crate::page::theme::{Depth, FANCY, PLAIN, ThemeName};
use crate::page::{Page, PageLine, PageView, Theme, reflow};

/// The lesson that shows every kind of block.
const RICH: &str = include_str!("../../../tests/pages/rich.md");

#[test]
fn a_rich_lesson_is_set_well_at_every_width() {
    for (columns, golden) in [
        (40, include_str!("../../../tests/pages/rich-40.txt")),
        (76, include_str!("../../../tests/pages/rich-76.txt")),
        (120, include_str!("../../../tests/pages/rich-120.txt")),
    ] {
        let lesson = lesson(RICH);
        let pages: Vec<String> =
            (0..lesson.steps.len()).map(|step| text(&page(&lesson, step, columns, &dark(), |_| {}))).collect();
        let got = pages.join("\n\n=== the next step\n\n") + "\n";
        if std::env::var_os("HAVEAGO_WRITE_GOLDEN").is_some() {
            std::fs::write(format!("tests/pages/rich-{columns}.txt"), &got).unwrap();
        } else {
            assert_eq!(got, golden, "at {columns} columns; HAVEAGO_WRITE_GOLDEN=1 writes it anew, for review");
        }
    }
}

fn dark() -> Theme {
    Theme::new(ThemeName::Dark, Depth::True, FANCY)
}

fn colourless() -> Theme {
    Theme::new(ThemeName::Dark, Depth::None, PLAIN)
}

/// A lesson from its Markdown, which must be without fault.
fn lesson(markdown: &str) -> Lesson {
    const COURSE: &str = "format = 1\nid = \"c\"\ntitle = \"C\"\nversion = \"1\"\ngo = \"1.24\"\nlicence = \"MIT\"\n\
                          chapters = [\"01-ch\"]\n";
    let files: BTreeMap<String, String> = [
        ("course.toml", COURSE),
        ("01-ch/README.md", "# Chapter\n"),
        ("01-ch/01-lesson.md", markdown),
        ("01-ch/gopher.png", ""),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .collect();
    let loaded = load(&files);
    assert_eq!(loaded.problems, vec![]);
    loaded.course.unwrap().chapters.remove(0).lessons.remove(0)
}

/// The page of a step, after `change` has been at its session.
fn page(lesson: &Lesson, step: usize, columns: u16, theme: &Theme, change: impl FnOnce(&mut Session)) -> Page {
    let mut session = Session::open(&lesson.steps[step], &Progress::default());
    change(&mut session);
    page_with(lesson, step, columns, theme, &session, &[])
}

fn page_with(
    lesson: &Lesson,
    step: usize,
    columns: u16,
    theme: &Theme,
    session: &Session,
    own: &[(FilePath, String)],
) -> Page {
    let view =
        PageView { lesson, step: &lesson.steps[step], with_intro: step == 0, session, own, answer_draft: "pack" };
    reflow(&view, columns, theme)
}

fn line_text(line: &PageLine) -> String {
    let text: String = line.line.spans.iter().map(|span| span.content.as_ref()).collect();
    text.trim_end().to_owned()
}

fn text(page: &Page) -> String {
    page.lines.iter().map(line_text).collect::<Vec<_>>().join("\n")
}

fn widest(page: &Page) -> usize {
    let columns = |line: &PageLine| line.line.spans.iter().map(|span| width(&span.content)).sum();
    page.lines.iter().map(columns).max().unwrap_or(0)
}
