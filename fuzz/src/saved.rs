//! Saved state: whatever is in a file of ours, it is loaded or a sentence says why not, nothing good in it is lost, and
//! what is saved is what is loaded again.

use std::fs;
use std::path::{Path, PathBuf};

use haveago::base::FilePath;
use haveago::course::{Course, Step};
use haveago::edit::{Document, Restored};
use haveago::learner::{Event, Progress, Record, Session};
use haveago::store::settings::table::SETTINGS;
use haveago::store::settings::{GlyphChoice, ThemeChoice};
use haveago::store::{Consent, CourseSource, Drafts, Log, OpenError, Settings, SettingsError};

use super::support::{self, assert_line, in_time};

/// The first line says of which kind the file is, the rest is the file.
pub fn run(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let file = data.get(end + 1..).unwrap_or_default();
    let folder = folder();
    match &data[..end] {
        b"events" => events(folder.path(), file),
        b"settings" => settings(folder.path(), file),
        b"draft" => draft(folder.path(), file),
        b"consent" => consent(folder.path(), file),
        _ => {}
    }
}

/// In memory, where the system has that: thousands of files are written a second.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder")
}

fn laid(path: PathBuf, file: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, file).expect("written");
}

/// A lesson that has one of everything that is kept.
const LESSON: &str = "# T\n\n## Run {#run}\n\n```go file=main.go\npackage main\n```\n\n> [!TIP]\n> A hint.\n\n\
    ```check\nran \"go run .\"\nnow file main.go exists\nanswer \"42\"\n```\n\n## Ask {#ask}\n\nWhich?\n\n- [ ] one\n- [x] two\n\n\
    ## Guess {#guess}\n\n```go predict\npackage main\n\nfunc main() { println(1) }\n```\n\n```output\n1\n```\n\n\
    ## Sort {#sort}\n\n```go order=main.go\npackage main\n\nfunc main() {\n\tprintln(1)\n}\n```\n";

fn events(state: &Path, file: &[u8]) {
    laid(state.join("courses/c/events.jsonl"), file);
    let opened = match in_time("opening the progress", || Log::open(state, "c")) {
        Ok(opened) => opened,
        Err(error @ OpenError::Newer { .. }) => {
            assert_line(&error.to_string());
            assert_eq!(fs::read(state.join("courses/c/events.jsonl")).expect("there"), file, "it is left alone");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let before = opened.progress;
    if let Some(notice) = &opened.notice {
        assert_line(notice);
        let copies = fs::read_dir(state.join("courses/c")).expect("there");
        let is_kept = |copy: fs::DirEntry| fs::read(copy.path()).is_ok_and(|copy| copy == file);
        assert!(copies.flatten().any(is_kept), "the damaged file is set aside as it was");
    }
    every_record_is_written_as_it_is_read(file);
    let again = Log::open(state, "c").expect("it was opened before");
    assert_eq!((&again.progress, &again.notice), (&before, &None), "what is mended needs no more mending");
    // Another one goes on with it.
    let mut log = again.log;
    let course = support::course(LESSON).expect("a sound course");
    let record = record(&course);
    log.append(std::slice::from_ref(&record)).expect("appended");
    let mut after = before;
    after.apply(&record);
    let last = Log::open(state, "c").expect("it was opened before");
    assert_eq!((&last.progress, &last.notice), (&after, &None), "one event more");
    resumed(&after, &course);
}

fn every_record_is_written_as_it_is_read(file: &[u8]) {
    for line in file.split(|byte| *byte == b'\n') {
        if let Ok(record) = serde_json::from_slice::<Record>(line) {
            let written = serde_json::to_vec(&record).expect("a record is plain data");
            assert!(!written.contains(&b'\n'), "a record is one line");
            assert_eq!(serde_json::from_slice::<Record>(&written).expect("read again"), record);
        }
    }
}

fn record(course: &Course) -> Record {
    let step = steps(course).next().expect("there is a step").id.clone();
    Record { at: 7, event: Event::Passed { step, helped: false } }
}

fn steps(course: &Course) -> impl Iterator<Item = &Step> {
    course.lessons().flat_map(|(_, _, lesson)| &lesson.steps)
}

/// The steps are opened where the progress left them, and used.
fn resumed(progress: &Progress, course: &Course) {
    assert!(progress.resume(course, "linux").is_some());
    let tally = progress.in_course(course, "linux");
    assert!(tally.helped <= tally.passed && tally.passed <= tally.total, "{tally:?}");
    for step in steps(course) {
        let mut session = Session::open(step, progress);
        assert_eq!(session.conditions.len(), step.check.len());
        assert!(session.passed || !progress.has_passed(&step.id));
        let was_passed = session.passed;
        for order in 0..session.orders.len() {
            session.move_line(order, 0, 1);
            session.submit_order(step, order);
        }
        session.pick(step, 0, 1);
        session.submit_quiz(step, 0);
        session.set_prediction(0, "1");
        session.predict(step, 0);
        session.next_hint(step);
        session.read_on(step);
        assert!(session.passed || !was_passed, "what is passed stays so");
    }
}

fn settings(state: &Path, file: &[u8]) {
    let path = state.join("settings.toml");
    laid(path.clone(), file);
    let loaded = match in_time("reading the settings", || Settings::load(state)) {
        Ok(loaded) => loaded,
        Err(error) => {
            let text = String::from_utf8_lossy(file);
            if let SettingsError::Wrong { place, .. } = &error {
                let lines: Vec<&str> = text.split('\n').collect();
                let line = lines.get(place.line as usize - 1).unwrap_or_else(|| panic!("{error}"));
                assert!(place.column as usize <= line.chars().count() + 1, "{error}");
            }
            assert_line(&error.to_string());
            assert!(Settings::default().keep(&["theme"], state).is_err(), "it is left alone");
            assert_eq!(fs::read(&path).expect("there"), file, "it is left alone");
            return;
        }
    };
    let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    let changed = Settings {
        theme: if loaded.theme == ThemeChoice::Light { ThemeChoice::Dark } else { ThemeChoice::Light },
        glyphs: GlyphChoice::Plain,
        mouse: !loaded.mouse,
        editor: Some("a \"quoted\"\\ editor\t'x'".to_owned()),
        ..loaded.clone()
    };
    for wanted in [&loaded, &changed, &loaded] {
        let kept = wanted.keep(&names, state).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(&kept, wanted);
        assert_eq!(&Settings::load(state).unwrap_or_else(|error| panic!("{error}")), wanted);
    }
    let text = fs::read_to_string(&path).expect("there");
    let is_remark = |line: &&str| line.trim_start().starts_with('#');
    for remark in String::from_utf8_lossy(file).lines().filter(is_remark) {
        assert!(text.lines().any(|line| line == remark) || file.contains(&b'"') || file.contains(&b'\''), "{remark:?}");
    }
}

/// The text on the disk follows the draft's file behind a line `=== disk`, where there is one.
fn draft(state: &Path, file: &[u8]) {
    let file = String::from_utf8_lossy(file);
    let (kept, disk) = file.split_once("\n=== disk\n").map_or((&*file, None), |(kept, disk)| (kept, Some(disk)));
    let root = Path::new("/work/c/x/y");
    let path = FilePath::parse("main.go").expect("a path");
    laid(state.join("drafts/c/x/y/main.go.json"), kept.as_bytes());
    let drafts = Drafts::new(state);
    let Some(draft) = in_time("reading a draft", || drafts.read(root, &path)) else { return };
    assert!(drafts.unsaved(root).0.len() <= 1);
    let (mut document, restored) = in_time("taking a draft up", || Document::restore(&draft, disk));
    let text = document.text();
    match restored {
        Restored::Saved => assert!(disk.is_none_or(|disk| disk == text), "the disk's text is shown"),
        Restored::Unsaved => assert!(draft.is_unsaved()),
        Restored::Conflict(theirs) => assert!(draft.is_unsaved() && disk == Some(theirs.as_str())),
    }
    // Saved and loaded it is the same.
    if let Some(again) = document.draft() {
        drafts.keep(root, &path, Some(&again)).expect("kept");
        let read = drafts.read(root, &path).expect("just kept");
        assert_eq!(read, again);
        assert_eq!(Document::restore(&read, disk).0.text(), text);
    }
    wandered(&mut document);
    drafts.saved(root, &path, &text);
    drafts.keep(root, &path, None).expect("removed");
    assert!(drafts.read(root, &path).is_none());
}

/// Through the whole history and back: where it fits the text, all is as it was.
fn wandered(document: &mut Document) {
    let text = document.text();
    let mut undone = 0;
    while undone < 1_000 && in_time("undo", || document.clone().undo()) && document.undo() {
        undone += 1;
        is_sound(document);
    }
    let mut redone = 0;
    while redone < undone && document.redo() {
        redone += 1;
        is_sound(document);
    }
    assert!(redone < undone || document.text() == text, "what is done again is what was undone");
    document.type_char('x');
    is_sound(document);
    document.undo();
}

fn is_sound(document: &Document) {
    let selection = document.selection();
    for at in [selection.anchor, selection.cursor] {
        assert_eq!(document.nearest(at), at, "the cursor stands where there is a place");
    }
    assert!(!document.lines().is_empty());
}

fn consent(state: &Path, file: &[u8]) {
    laid(state.join("unconfined.txt"), file);
    let ours = Consent::of(state, &CourseSource::Embedded);
    let was_given = ours.is_given();
    let elsewhere = Consent::of(state, &CourseSource::Folder(state.to_owned()));
    assert!(!elsewhere.is_given(), "nobody can know the folder");
    match ours.keep() {
        Ok(()) => assert!(ours.is_given() && !elsewhere.is_given()),
        Err(error) => assert!(!was_given && std::str::from_utf8(file).is_err(), "{error}"),
    }
}
