//! The lesson loader: whatever the files of a course hold, what can be understood is read, and what is wrong is told
//! with a place that is there.

use std::collections::{BTreeMap, BTreeSet};

use haveago::base::obeyed::readable;
use haveago::course::{Block, BlockKind, Course, Loaded, Problem, Step, load, report};

use super::support::{self, assert_line, assert_readable, in_time};

/// The text is that of [`support::files`].
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let files = support::files(&text);
    let loaded = in_time("loading", || load(&files));
    assert_eq!(loaded, load(&files), "loading twice gives the same");
    for problem in &loaded.problems {
        is_placed(problem, &files);
    }
    let mut ids = BTreeSet::new();
    for (_, chapter, lesson) in loaded.course.iter().flat_map(Course::lessons) {
        assert_readable(&chapter.title);
        assert_readable(&lesson.title);
        for step in &lesson.steps {
            assert!(ids.insert(&step.id), "two steps are called {}", step.id);
            is_whole(step);
        }
    }
    is_the_same_on_windows(&text, &loaded);
}

/// Its place is in the file that it names, where there is one, and what it says can be printed.
fn is_placed(problem: &Problem, files: &BTreeMap<String, String>) {
    assert!(!problem.fault.trim().is_empty() && !problem.mend.trim().is_empty(), "{problem:?}");
    assert_readable(&problem.to_string());
    let place = &problem.place;
    let file = files.iter().find(|(path, _)| readable(path) == *place.file).map(|(_, text)| text.as_str());
    let text = file.unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let line = place.line.checked_sub(1).and_then(|line| lines.get(line as usize));
    let line = line.unwrap_or_else(|| panic!("{problem}: there are {} lines", lines.len()));
    assert!(place.column >= 1 && place.column as usize <= line.chars().count() + 1, "{problem}: {line:?}");
    let report = report::render(problem, file);
    assert!(report.contains(&place.to_string()), "{report}");
}

/// What the blocks name by number is there.
fn is_whole(step: &Step) {
    for condition in &step.check {
        assert_line(&condition.sentence());
    }
    for order in &step.orders {
        let mut sorted = order.shuffled.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..order.lines.len()), "{order:?}");
    }
    each_block(&step.blocks, &mut |block| match &block.kind {
        BlockKind::Check(range) => assert!(range.end <= step.check.len() && !range.is_empty(), "{block:?}"),
        BlockKind::Quiz(index) => assert!(*index < step.quizzes.len(), "{block:?}"),
        BlockKind::Prediction(index) => assert!(*index < step.predictions.len(), "{block:?}"),
        BlockKind::Order(index) => assert!(*index < step.orders.len(), "{block:?}"),
        BlockKind::Code(code) => assert_readable(&code.text),
        _ => {}
    });
}

fn each_block(blocks: &[Block], see: &mut impl FnMut(&Block)) {
    for block in blocks {
        see(block);
        match &block.kind {
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
                each_block(blocks, see);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| each_block(&item.blocks, see)),
            _ => {}
        }
    }
}

/// Git writes `\r\n` where Windows wants it, and some editors a byte order mark: the lesson is the same.
fn is_the_same_on_windows(text: &str, loaded: &Loaded) {
    if text.contains(['\r', '\u{feff}']) {
        return;
    }
    let mut files = support::files(text);
    for file in files.values_mut() {
        *file = file.replace('\n', "\r\n");
    }
    files.entry(support::LESSON.to_owned()).and_modify(|text| text.insert(0, '\u{feff}'));
    let windows = load(&files);
    assert_eq!(windows.problems, loaded.problems, "with \\r\\n other things are wrong");
    assert_eq!(windows.course, loaded.course, "with \\r\\n it is another lesson");
}
