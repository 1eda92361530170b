//! From a key in the editor to its frame in a buffer, in a file of 10,000 lines on a large screen.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use crossterm::event::KeyCode;
use haveago::base::FilePath;
use haveago::course;
use haveago::tui::action::Focus;
use haveago::tui::msg::{Msg, ScratchShown};

use crate::sample::{Sample, ms};
use crate::stage::Stage;
use crate::table::{Bound, Figure};

/// Lines of the file.
const LINES: usize = 10_000;
/// Half a frame, in milliseconds: the terminal needs the other half.
const LIMIT: f64 = 8.0;
/// Keys before anything is measured.
const WARM_UP: usize = 20;

pub fn figures() -> Vec<Figure> {
    let mut stage = stage();
    let words: Vec<char> = "total += value(index, \"text\") // why ".chars().collect();
    let mut figures = Vec::new();
    for (place, line) in [("at the top", 8), ("in the middle", LINES / 2), ("near the end", LINES - 20)] {
        go_to(&mut stage, line);
        figures.push(figure(&format!("typing {place}"), 1_000, |time| stage.types(words[time % words.len()])));
        go_to(&mut stage, line);
        figures.push(figure(&format!("new lines {place}"), 300, |_| stage.presses(KeyCode::Enter)));
        figures.push(figure(&format!("deleting {place}"), 1_000, |_| stage.presses(KeyCode::Backspace)));
    }
    go_to(&mut stage, LINES / 2);
    figures.push(figure("moving down", 1_000, |_| stage.presses(KeyCode::Down)));
    go_to(&mut stage, LINES / 2);
    figures.push(figure("quotes, brackets, comments", 600, |time| {
        stage.types(['"', '"', '(', ')', '{', '}', '/', '/'][time % 8]);
    }));
    figures.push(figure("undoing", 400, |_| stage.with_ctrl('z')));
    stage.with_ctrl('f');
    figures.push(figure("searching", 300, |time| match ['v', 'a', 'l', 'u', 'e'].get(time % 6) {
        Some(letter) => stage.types(*letter),
        None => stage.presses(KeyCode::Delete),
    }));
    figures
}

/// Presses keys so many times; `key` is told which time it is.
fn figure(what: &str, times: usize, mut key: impl FnMut(usize)) -> Figure {
    (0..WARM_UP).for_each(&mut key);
    let mut sample = Sample::default();
    for time in WARM_UP..WARM_UP + times {
        let pressed = Instant::now();
        key(time);
        sample.push(pressed.elapsed());
    }
    Figure {
        what: format!("editor, 10,000 lines: {what}"),
        ours: format!("p50 {}, p99 {}", ms(sample.median()), ms(sample.quantile(0.99))),
        peer: "half a frame".to_owned(),
        value: sample.quantile(0.99).as_secs_f64() * 1000.0,
        bound: Bound::AtMost(LIMIT),
        unit: "ms",
    }
}

/// The program with the file open in the editor.
fn stage() -> Stage {
    let files = [
        (
            "course.toml",
            "format = 1\nid = \"tiny\"\ntitle = \"Tiny\"\nversion = \"1.0.0\"\nauthors = [\"A\"]\nlicence = \"CC0\"\ngo = \"1.24\"\nchapters = [\"01-first\"]\n",
        ),
        ("01-first/README.md", "# First\n\nA chapter.\n"),
        (
            "01-first/01-one.md",
            "# One\n\n## Write {#write}\n\nWrite it.\n\n```go file=main.go\npackage main\n```\n\n```check\nbuild\n```\n",
        ),
    ];
    let files: BTreeMap<String, String> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let mut stage = Stage::of(course::load(&files).course.unwrap());
    let visit = stage.state.at.visit;
    let root = PathBuf::from("/home/ada/haveago/tiny/first/one");
    let shown = ScratchShown { shown: "one".to_owned(), root, drafts: Vec::new() };
    stage.hears(Msg::ScratchOpened { visit, result: Ok(shown) });
    let path = FilePath::parse("main.go").unwrap();
    stage.hears(Msg::FileRead { visit, path, result: Ok(Some(program())), draft: None });
    stage.state.focus = Focus::Editor;
    stage.state.sandbox = Focus::Editor;
    stage
}

fn go_to(stage: &mut Stage, line: usize) {
    stage.state.editor.go_to(&FilePath::parse("main.go").unwrap(), line, 1);
    stage.presses(KeyCode::End);
}

/// A Go program of functions like those of a learner.
fn program() -> String {
    let mut text = "package main\n\nimport \"fmt\"\n\n".to_owned();
    let mut number = 0;
    while text.lines().count() + 12 < LINES {
        for _ in 0..50 {
            number += 1;
            let _ = write!(
                text,
                "// value{number} is worth a comment of some length.\nfunc value{number}(index int, name string) int {{\n\
                 \ttotal := 0\n\tfor i := range index {{\n\t\tif i%2 == 0 && name != \"odd\" {{\n\t\t\ttotal += i * {number}\n\
                 \t\t}}\n\t}}\n\tfmt.Println(\"value\", total, name)\n\treturn total\n}}\n\n"
            );
        }
    }
    text.push_str("func main() {\n\tfmt.Println(value1(3, \"x\"))\n}\n");
    text
}
