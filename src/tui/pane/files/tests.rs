//! The files pane: its list and what its keys ask for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{FileRow, FileWork, Files, FilesAction as Act, FilesAsk, Mark};
use crate::base::FilePath;
use crate::page::theme::{Depth, FANCY, Theme, ThemeName};

fn row(path: &str, is_dir: bool, size: u64, mark: Mark, note: Option<&str>) -> FileRow {
    FileRow {
        path: FilePath::parse(path).unwrap(),
        depth: path.matches('/').count(),
        is_dir,
        size,
        mark,
        note: note.map(str::to_owned),
    }
}

fn files() -> Files {
    let mut files = Files::new();
    files.resize(6);
    files.set(vec![
        row("cmd", true, 0, Mark::Same, None),
        row("cmd/serve", true, 0, Mark::Same, None),
        row("cmd/serve/main.go", false, 4_120, Mark::Same, None),
        row("cmd2.go", false, 7, Mark::Same, None),
        row("go.mod", false, 43, Mark::Changed, None),
        row("myapp", false, 2_300_000, Mark::New, Some("ELF, 2.3 MB, static")),
    ]);
    files
}

fn screen(files: &Files, width: u16, height: u16) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    files.render(buffer.area, &mut buffer, &Theme::new(ThemeName::Dark, Depth::True, FANCY), true);
    let rows = buffer.content.chunks(usize::from(width));
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned())
        .collect::<Vec<String>>()
        .join("\n")
}

fn path(files: &Files) -> &str {
    files.selected().map_or("", |row| row.path.as_str())
}

#[test]
fn the_tree_at_40_and_80_columns() {
    assert_eq!(
        screen(&files(), 40, 7),
        "▸ cmd/\n    serve/\n      main.go                    4.1 kB\n  cmd2.go                           7 B\n\
         \u{20} go.mod  changed                  43 B\n  myapp  new        ELF, 2.3 MB, static\n\
         \u{20} n new file  f folder  r rename"
    );
    assert_eq!(
        screen(&files(), 80, 7).lines().nth(5),
        Some(format!("  myapp  new{}ELF, 2.3 MB, static", " ".repeat(80 - 12 - 20)).as_str())
    );
    assert_eq!(screen(&files(), 12, 7).lines().nth(5), Some("  myapp  new"), "the name comes first");
    assert_eq!(screen(&files(), 6, 7).lines().nth(5), Some("  mya…"));
    screen(&files(), 1, 1);
}

#[test]
fn an_empty_folder_says_so() {
    assert!(screen(&Files::new(), 80, 3).contains("This folder is empty."));
}

#[test]
fn files_open_and_folders_fold() {
    let mut files = files();
    assert_eq!(files.act(Act::Enter), []);
    assert_eq!(screen(&files, 40, 7).lines().next(), Some("▸ cmd/ …"));
    files.act(Act::Down);
    assert_eq!(path(&files), "cmd2.go", "what is in the folder is hidden, its namesake is not");
    assert_eq!(files.act(Act::Enter), [FilesAsk::Open(FilePath::parse("cmd2.go").unwrap())]);
    files.act(Act::First);
    files.act(Act::Enter);
    files.act(Act::Down);
    assert_eq!(path(&files), "cmd/serve");
}

#[test]
fn the_selection_stays_with_its_file_and_in_sight() {
    let mut files = files();
    files.act(Act::Last);
    assert_eq!(path(&files), "myapp");
    assert_eq!(files.click(0, 0), [], "the first row in sight is a folder now");
    assert_eq!(path(&files), "cmd/serve");
    files.act(Act::Enter);
    files.act(Act::PageDown);
    files.set(vec![row("a", false, 1, Mark::New, None), row("myapp", false, 1, Mark::Same, None)]);
    assert_eq!(path(&files), "myapp");
    files.set(vec![row("a", false, 1, Mark::Same, None)]);
    assert_eq!(path(&files), "a");
    files.set(Vec::new());
    assert_eq!(files.act(Act::Enter), []);
    files.wheel(5);
    assert_eq!(files.click(0, 3), []);
}

fn typed(files: &mut Files, text: &str) {
    for letter in text.chars() {
        assert_eq!(files.act(Act::Type(letter)), []);
    }
}

#[test]
fn files_are_made_renamed_and_deleted_and_that_is_taken_back() {
    let mut files = files();
    let path = |text: &str| FilePath::parse(text).unwrap();
    files.act(Act::NewFile);
    assert!(files.wants_text());
    typed(&mut files, "sub/a.goo");
    files.act(Act::Backspace);
    assert!(screen(&files, 40, 7).ends_with("New file: cmd/sub/a.go"));
    assert_eq!(files.act(Act::Enter), [FilesAsk::Work(FileWork::MakeFile(path("cmd/sub/a.go")))]);
    files.act(Act::Last);
    files.act(Act::NewFolder);
    files.act(Act::Paste("docs\nmore".to_owned()));
    assert_eq!(files.act(Act::Enter), [FilesAsk::Work(FileWork::MakeFolder(path("docs")))]);
    files.act(Act::Rename);
    typed(&mut files, "2");
    let work = FileWork::Rename { from: path("myapp"), to: path("myapp2") };
    assert_eq!(files.act(Act::Enter), [FilesAsk::Work(work.clone())]);
    files.done(&work, None);
    assert_eq!(files.act(Act::Delete), [FilesAsk::Work(FileWork::Delete(path("myapp")))]);
    files.done(&FileWork::Delete(path("myapp")), Some("/trash/1/myapp".into()));
    let back = FileWork::BringBack { path: path("myapp"), kept: "/trash/1/myapp".into() };
    assert_eq!(files.act(Act::Undo), [FilesAsk::Work(back)]);
    assert_eq!(files.act(Act::Undo), [FilesAsk::Work(FileWork::Rename { from: path("myapp2"), to: path("myapp") })]);
    assert!(matches!(files.act(Act::Undo).as_slice(), [FilesAsk::Say(_)]));
}

#[test]
fn a_name_that_cannot_be_is_told_and_esc_drops_it() {
    let mut files = files();
    files.act(Act::Last);
    for name in ["../out", "/etc/x", "a\\b", "  "] {
        files.act(Act::NewFile);
        typed(&mut files, name);
        assert!(matches!(files.act(Act::Enter).as_slice(), [FilesAsk::Say(_)]), "{name}");
    }
    files.act(Act::NewFile);
    files.act(Act::Cancel);
    assert!(!files.wants_text());
    assert_eq!(files.click(3, 5), [], "the last row offers the same by mouse");
    assert!(files.wants_text());
}

#[test]
fn names_that_terminals_would_obey_are_shown_and_not_obeyed() {
    let mut files = Files::new();
    files.set(vec![row("safe\u{202e}og.exe", false, 1, Mark::Same, None)]);
    assert!(screen(&files, 40, 7).contains("safe\u{fffd}og.exe"));
}
