//! Drafts as they are kept and found again.

use std::path::Path;

use super::Drafts;
use crate::base::FilePath;
use crate::edit::{Document, Draft, Restored};

/// A draft as the first version wrote it. Files of this format load for ever.
const SAVED_1: &str = include_str!("../../../tests/saved/draft-1.json");

fn path(text: &str) -> FilePath {
    FilePath::parse(text).expect("a path")
}

fn typed(saved: &str, typed: &str) -> Document {
    let mut document = Document::new(saved);
    typed.chars().for_each(|letter| document.type_char(letter));
    document
}

fn draft(saved: &str, letters: &str) -> Draft {
    typed(saved, letters).draft().expect("there is something to keep")
}

const ROOT: &str = "/home/ada/haveago/tiny/first/two";

#[test]
fn a_draft_is_there_again_for_its_own_file_only() {
    let state = tempfile::tempdir().expect("a folder");
    let (drafts, root) = (Drafts::new(state.path()), Path::new(ROOT));
    assert_eq!(drafts.read(root, &path("main.go")), None);
    assert!(drafts.unsaved(root).0.is_empty());
    let one = draft("package main\n", "// mine ");
    for name in ["main.go", "cmd/app/main.go"] {
        drafts.keep(root, &path(name), Some(&one)).expect("it is kept");
    }
    assert_eq!(drafts.read(root, &path("main.go")), Some(one));
    assert_eq!(drafts.read(Path::new("/home/ada/haveago/tiny/first/three"), &path("main.go")), None);
    assert_eq!(drafts.unsaved(root).0, [path("cmd/app/main.go"), path("main.go")]);
    drafts.keep(root, &path("main.go"), None).expect("it is removed");
    drafts.keep(root, &path("main.go"), None).expect("that it is not there is no fault");
    assert_eq!(drafts.unsaved(root).0, [path("cmd/app/main.go")]);
}

#[test]
fn what_was_saved_is_no_longer_unsaved_and_can_still_be_undone() {
    let state = tempfile::tempdir().expect("a folder");
    let (drafts, root, main) = (Drafts::new(state.path()), Path::new(ROOT), path("main.go"));
    drafts.keep(root, &main, Some(&draft("b\n", "a"))).expect("it is kept");
    drafts.saved(root, &main, "another text\n");
    assert_eq!(drafts.unsaved(root).0, [path("main.go")]);
    drafts.saved(root, &main, "ab\n");
    assert!(drafts.unsaved(root).0.is_empty());
    let kept = drafts.read(root, &main).expect("its history is kept");
    // A formatter has been there in the meantime.
    let (mut document, restored) = Document::restore(&kept, Some("a b\n"));
    assert_eq!((document.text().as_str(), restored), ("a b\n", Restored::Saved));
    assert!(document.undo() && document.undo());
    assert_eq!(document.text(), "b\n");
}

#[test]
fn what_is_no_draft_is_passed_over() {
    let state = tempfile::tempdir().expect("a folder");
    let (drafts, root, main) = (Drafts::new(state.path()), Path::new(ROOT), path("main.go"));
    let place = state.path().join("drafts/tiny/first/two/main.go.json");
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("it is made");
    let newer = SAVED_1.replace("\"format\":1", "\"format\":99");
    for text in ["", "{", "[1]", "{\"format\":1}", newer.as_str()] {
        std::fs::write(&place, text).expect("it is written");
        assert_eq!((drafts.read(root, &main), drafts.unsaved(root).0), (None, Vec::new()), "{text}");
    }
    std::fs::write(&place, SAVED_1.replace("main.go", "other.go")).expect("it is written");
    assert!(drafts.unsaved(root).0.is_empty(), "one that was put in another's place");
}

#[test]
fn the_first_format_loads_for_ever() {
    let state = tempfile::tempdir().expect("a folder");
    let (drafts, root, main) = (Drafts::new(state.path()), Path::new(ROOT), path("main.go"));
    let place = state.path().join("drafts/tiny/first/two/main.go.json");
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("it is made");
    std::fs::write(&place, SAVED_1).expect("it is written");
    assert_eq!(drafts.unsaved(root).0, [path("main.go")]);
    let draft = drafts.read(root, &main).expect("it is read");
    let (mut document, restored) = Document::restore(&draft, Some("package main\r\n"));
    assert_eq!((document.text().as_str(), restored), ("// é\r\npackage main\r\n", Restored::Unsaved));
    assert!(document.undo() && document.undo() && !document.undo());
    assert_eq!(document.text(), "package main\r\n");
    assert!(document.redo());
    assert_eq!(document.text(), "// épackage main\r\n");
}
