//! The files pane: its list and what its keys ask for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{FileRow, Files, FilesAction as Act, FilesAsk, Mark};
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
    files.resize(5);
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
        screen(&files(), 40, 6),
        "▸ cmd/\n    serve/\n      main.go                    4.1 kB\n  cmd2.go                           7 B\n\
         \u{20} go.mod  changed                  43 B\n  myapp  new        ELF, 2.3 MB, static"
    );
    assert_eq!(
        screen(&files(), 80, 6).lines().last(),
        Some(format!("  myapp  new{}ELF, 2.3 MB, static", " ".repeat(80 - 12 - 20)).as_str())
    );
    assert_eq!(screen(&files(), 12, 6).lines().last(), Some("  myapp  new"), "the name comes first");
    assert_eq!(screen(&files(), 6, 6).lines().last(), Some("  mya…"));
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
    assert_eq!(screen(&files, 40, 6).lines().next(), Some("▸ cmd/ …"));
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
    assert_eq!(files.click(0), [], "the first row in sight is a folder now");
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
    assert_eq!(files.click(3), []);
}
