//! Every saved file cut at every length and with every bit turned: nothing of it is taken for something else, what is
//! whole is used, and what is damaged is told of and never written over.

use std::fs;
use std::path::Path;

use super::progress::{Log, OpenError};
use super::{Drafts, Settings};
use crate::base::FilePath;
use crate::edit::{Document, Draft};
use crate::learner::Progress;

const EVENTS: &[u8] = include_bytes!("../../tests/saved/events-1-with-sums.jsonl");
const DRAFT: &[u8] = include_bytes!("../../tests/saved/draft-1-with-sum.json");
const ROOT: &str = "/home/ada/haveago/tiny/first/two";

/// Every way to turn one bit.
fn turned(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> + '_ {
    (0..bytes.len() * 8).map(|bit| {
        let mut bytes = bytes.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        (bit, bytes)
    })
}

/// Lays the file on a fresh disk and opens it.
fn opened(bytes: &[u8]) -> (tempfile::TempDir, Progress, Option<String>) {
    let state = tempfile::tempdir().unwrap();
    let folder = state.path().join("courses/c");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("events.jsonl"), bytes).unwrap();
    let opened = Log::open(state.path(), "c").unwrap();
    (state, opened.progress, opened.notice)
}

fn copies(state: &Path) -> Vec<Vec<u8>> {
    let files = fs::read_dir(state.join("courses/c")).unwrap().flatten();
    let copies = files.filter(|file| file.file_name().to_string_lossy().contains("damaged"));
    copies.map(|file| fs::read(file.path()).unwrap()).collect()
}

/// The progress of the first so many lines.
fn of_lines(count: usize) -> Progress {
    let text: Vec<u8> = EVENTS.split_inclusive(|byte| *byte == b'\n').take(count).flatten().copied().collect();
    opened(&text).1
}

#[test]
fn progress_cut_anywhere_keeps_each_whole_line() {
    let breaks = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').count() - 1;
    for length in 0..=EVENTS.len() {
        let text = &EVENTS[..length];
        let (_state, progress, notice) = opened(text);
        // A line whose break alone is missing is whole.
        let is_whole = EVENTS.get(length) == Some(&b'\n');
        assert_eq!(progress, of_lines(breaks(text) + usize::from(is_whole)), "{length}");
        assert_eq!(notice, None, "{length}: it was cut as by a kill");
    }
}

#[test]
fn progress_with_a_turned_bit_loses_at_most_that_line_and_the_damaged_file_is_kept() {
    let lines = EVENTS.split_inclusive(|byte| *byte == b'\n').count();
    let whole = of_lines(lines);
    for (bit, text) in turned(EVENTS) {
        // The disk is asked for some of them only: it is slow.
        if bit % 97 == 0 {
            let (state, progress, notice) = opened(&text);
            assert_eq!(notice.is_some(), copies(state.path()) == [text.clone()], "{bit}");
            assert!(notice.is_some() || progress == whole, "{bit}: what is lost is told");
        }
        let contents = super::progress::look(&text).unwrap_or_else(|format| panic!("{bit}: format {format}"));
        let progress = Progress::fold(&contents.records);
        assert!(contents.is_damaged() || progress == whole, "{bit}: nothing is taken for something else");
        // Two lines are one where the break between them is gone; the header is a line as well.
        assert!(contents.records.len() + 4 >= lines, "{bit}: {}", contents.records.len());
    }
}

#[test]
fn a_log_of_a_newer_haveago_is_left_as_it_is_with_or_without_a_sum() {
    for header in ["{\"haveago\":\"progress\",\"format\":2}\n", "{\"haveago\":\"progress\",\"format\":2,\"more\":1}\n"]
    {
        let state = tempfile::tempdir().unwrap();
        let folder = state.path().join("courses/c");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("events.jsonl"), header).unwrap();
        assert!(matches!(Log::open(state.path(), "c"), Err(OpenError::Newer { format: 2, .. })));
        assert_eq!(fs::read_to_string(folder.join("events.jsonl")).unwrap(), header);
    }
}

/// A disk with this draft, and its place there.
fn with_draft(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let state = tempfile::tempdir().unwrap();
    let place = state.path().join("drafts/tiny/first/two/main.go.json");
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(&place, bytes).unwrap();
    (state, place)
}

#[test]
fn a_damaged_draft_is_told_of_and_set_aside_and_never_written_over() {
    let main = FilePath::parse("main.go").unwrap();
    let cut = (0..DRAFT.len()).map(|length| (length, DRAFT[..length].to_vec()));
    let whole = whole_draft();
    for (number, text) in cut.chain(turned(DRAFT)) {
        let read = super::drafts::look(&text);
        assert!(read.is_none() || read == whole, "{number}: nothing is taken for something else");
        // The disk is asked for some of them only: it is slow.
        if number % 53 != 0 {
            continue;
        }
        let (state, place) = with_draft(&text);
        let drafts = Drafts::new(state.path());
        let (draft, told) = drafts.take_up(Path::new(ROOT), &main);
        if told.is_none() {
            // A bit in the key of the sum, or in its last digits' surroundings: the draft itself is whole.
            assert_eq!(draft, whole, "{number}");
            continue;
        }
        assert_eq!(draft, None, "{number}");
        let aside = place.with_file_name("main.go.json.damaged-1");
        assert!(told.unwrap().contains(&aside.display().to_string()), "{number}");
        let mut document = Document::new("");
        document.type_char('x');
        drafts.keep(Path::new(ROOT), &main, document.draft().as_ref()).unwrap();
        assert_eq!(fs::read(aside).unwrap(), text, "{number}");
    }
}

fn whole_draft() -> Option<Draft> {
    let (state, _) = with_draft(DRAFT);
    Drafts::new(state.path()).read(Path::new(ROOT), &FilePath::parse("main.go").unwrap())
}

#[test]
fn drafts_that_cannot_be_read_are_found_when_the_lesson_is_opened() {
    let newer = String::from_utf8_lossy(include_bytes!("../../tests/saved/draft-1.json"))
        .replace("\"format\":1", "\"format\":2");
    for (text, why) in [(newer.as_bytes(), "a newer haveago has written it"), (&DRAFT[..50], "it is damaged")] {
        let (state, place) = with_draft(text);
        let (unsaved, told) = Drafts::new(state.path()).unsaved(Path::new(ROOT));
        assert!(unsaved.is_empty() && told.len() == 1 && told[0].contains(why), "{told:?}");
        assert!(told[0].contains("your text in `main.go`"), "{told:?}");
        assert_eq!(fs::read(place.with_file_name("main.go.json.damaged-1")).unwrap(), text);
        assert_eq!(Drafts::new(state.path()).unsaved(Path::new(ROOT)), (Vec::new(), Vec::new()), "it is told once");
    }
}

#[test]
fn settings_cut_or_turned_hold_as_far_as_they_can_be_read_and_stay_as_they_are() {
    let text = "# Mine.\ntheme = \"light\" # é\nmouse = false\n";
    let state = tempfile::tempdir().unwrap();
    let file = state.path().join("settings.toml");
    let cut = (0..=text.len()).map(|length| (length, text.as_bytes()[..length].to_vec()));
    for (number, bytes) in cut.chain(turned(text.as_bytes())) {
        fs::write(&file, &bytes).unwrap();
        let (settings, told) = Settings::load_what_holds(state.path());
        let strict = Settings::load(state.path());
        assert_eq!(strict.is_err(), told.is_some(), "{number}");
        if let Some(told) = told {
            assert!(told.contains("settings.toml") && told.ends_with("left as it is."), "{told}");
            assert!(settings.keep(&["mouse"], state.path()).is_err(), "{number}: it is not written over");
        }
        assert_eq!(fs::read(&file).unwrap(), bytes, "{number}");
    }
    fs::write(&file, "theme = \"light\"\nmuose = false\nglyphs = \"plain\"\n").unwrap();
    let (settings, told) = Settings::load_what_holds(state.path());
    assert_eq!(
        (settings.theme, settings.glyphs),
        (super::settings::ThemeChoice::Light, super::settings::GlyphChoice::Plain)
    );
    assert!(told.unwrap().contains("settings.toml:2:1: there is no setting `muose`; write `mouse`."));
}
