//! The first frame comes before the course has been read whole, and nothing that is typed meanwhile is lost.

use std::fs;

use crate::support::{self, terminal::Terminal};

const SIZE: (u16, u16) = (120, 36);

/// A course of 1,500 lessons, which takes a while to read.
fn long_course() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let body = "A sentence of a lesson, as long as those of lessons are.\n\n".repeat(40);
    let names: Vec<String> = (1..=15).map(|chapter| format!("{chapter:02}-part-{chapter}")).collect();
    for chapter in &names {
        fs::create_dir(folder.path().join(chapter)).unwrap();
        fs::write(folder.path().join(chapter).join("README.md"), "# A part\n\nWhat it gives.\n").unwrap();
        for lesson in 1..=100 {
            let text = format!("# Lesson {lesson} of many\n\n## Read\n\nHere lesson {lesson} begins. {body}");
            fs::write(folder.path().join(chapter).join(format!("{lesson:03}-lesson-{lesson}.md")), text).unwrap();
        }
    }
    let manifest = format!(
        "format = 1\nid = \"long\"\ntitle = \"Long\"\nversion = \"1\"\nauthors = [\"A\"]\nlicence = \"CC0\"\ngo = \"1.24\"\n\
         chapters = {names:?}\n"
    );
    fs::write(folder.path().join("course.toml"), manifest).unwrap();
    folder
}

#[test]
fn a_long_course_shows_its_page_first_and_counts_its_steps_when_it_is_read() {
    let (course, data) = (long_course(), support::data());
    let args = ["--course", course.path().to_str().unwrap()];
    let mut terminal = Terminal::start(&args, SIZE, data.path());
    // Pressed as soon as there is a page: it is turned over when there is a course to do it in.
    terminal.wait("first lesson").press("F8");
    terminal.wait("Here lesson 1 begins").wait("0 of 1500");
    let first = terminal.frames().remove(0).join("\n");
    assert!(first.contains("What it gives.") && first.contains("first lesson"), "{first}");
    assert!(first.contains(" … ") && !first.contains("of 1500"), "{first}");
    terminal.press("F8");
    terminal.wait("Here lesson 2 begins").press("Ctrl-q");
    assert_eq!(terminal.exit(), 0);
    // The next time it is the lesson where one was.
    let mut terminal = Terminal::start(&args, SIZE, data.path());
    terminal.wait("1 of 1500");
    let first = terminal.frames().remove(0).join("\n");
    assert!(first.contains("Here lesson 2 begins") && first.contains("Lesson 2 of many"), "{first}");
}
