//! `ls`: what is in a folder.

use std::fs::Metadata;
use std::io::{self, IsTerminal};
use std::path::Path;

use super::{Call, MISUSED, reason};
use crate::base::width::width;
use crate::sandbox::helper::find::can_start;

/// Columns of the screen where that is not told, as in a check on pipes.
const COLUMNS: usize = 80;

pub(super) fn ls(call: &mut Call) -> io::Result<i32> {
    let Some((options, paths)) = call.options("ls", "la1AhF") else { return Ok(MISUSED) };
    let has = |letter| options.contains(letter);
    let layout = if has('l') {
        Layout::Long
    } else if has('1') || !call.is_on_screen() {
        Layout::Lines
    } else {
        Layout::Columns
    };
    let style = Style { layout, marks: call.is_on_screen() };
    let hidden = has('a') || has('A');
    let paths = if paths.is_empty() { vec![".".to_owned()] } else { paths };
    let (mut files, mut folders, mut exit) = (Vec::new(), Vec::new(), 0);
    for name in &paths {
        let path = call.dir.join(name);
        match path.symlink_metadata() {
            Ok(_) if path.is_dir() => folders.push(name),
            Ok(meta) => files.push(Entry::new(name, &path, &meta)),
            Err(error) => {
                call.complain(&format!("ls: {name}: {}", reason(&error)))?;
                exit = 1;
            }
        }
    }
    let mut text = style.draw(&files);
    for name in folders {
        if paths.len() > 1 {
            text.push_str(if text.is_empty() { "" } else { "\n" });
            text.push_str(name);
            text.push_str(":\n");
        }
        text.push_str(&style.draw(&entries(&call.dir.join(name), hidden)?));
    }
    call.stdout.write_all(text.as_bytes())?;
    Ok(exit)
}

fn entries(dir: &Path, hidden: bool) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in dir.read_dir()? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if hidden || !name.starts_with('.') {
            entries.push(Entry::new(&name, &entry.path(), &entry.metadata()?));
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

struct Entry {
    name: String,
    mark: &'static str,
    bytes: u64,
    rights: String,
}

impl Entry {
    fn new(name: &str, path: &Path, meta: &Metadata) -> Self {
        let mark = if meta.is_symlink() {
            "@"
        } else if meta.is_dir() {
            "/"
        } else if can_start(path, meta) {
            "*"
        } else {
            ""
        };
        // A name could carry codes that move the cursor.
        let name = name.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
        Self { name, mark, bytes: meta.len(), rights: rights(path, meta) }
    }
}

fn rights(path: &Path, meta: &Metadata) -> String {
    let kind = if meta.is_symlink() {
        'l'
    } else if meta.is_dir() {
        'd'
    } else {
        '-'
    };
    #[cfg(unix)]
    let mode = {
        use std::os::unix::fs::PermissionsExt;
        let _ = path;
        meta.permissions().mode()
    };
    #[cfg(not(unix))]
    let mode = {
        let write = if meta.permissions().readonly() { 0 } else { 0o200 };
        let run = if meta.is_dir() || can_start(path, meta) { 0o111 } else { 0 };
        0o444 | write | run
    };
    let bits = (0..9).rev().zip("rwxrwxrwx".chars());
    std::iter::once(kind).chain(bits.map(|(bit, letter)| if mode >> bit & 1 == 1 { letter } else { '-' })).collect()
}

#[derive(Clone, Copy)]
enum Layout {
    Long,
    Lines,
    Columns,
}

struct Style {
    layout: Layout,
    /// The learner sees it, and not another command: kinds are marked.
    marks: bool,
}

impl Style {
    fn draw(&self, entries: &[Entry]) -> String {
        let name =
            |entry: &Entry| if self.marks { format!("{}{}", entry.name, entry.mark) } else { entry.name.clone() };
        match self.layout {
            Layout::Long => {
                let digits = entries.iter().map(|entry| entry.bytes.to_string().len()).max().unwrap_or(0);
                let line = |entry: &Entry| format!("{} {:>digits$}  {}\n", entry.rights, entry.bytes, name(entry));
                entries.iter().map(line).collect()
            }
            Layout::Lines => entries.iter().map(|entry| name(entry) + "\n").collect(),
            Layout::Columns => columns(&entries.iter().map(name).collect::<Vec<_>>(), screen_columns()),
        }
    }
}

pub(super) fn screen_columns() -> usize {
    if !io::stdout().is_terminal() {
        return COLUMNS;
    }
    crossterm::terminal::size().map_or(COLUMNS, |(columns, _)| usize::from(columns))
}

/// Names side by side, read down and then across, in as few rows as fit.
fn columns(names: &[String], room: usize) -> String {
    let fits = |rows: usize| {
        let used: usize = names.chunks(rows).map(|column| widest(column) + 2).sum();
        used.saturating_sub(2) <= room
    };
    let Some(rows) = (1..=names.len()).find(|rows| fits(*rows) || *rows == names.len()) else { return String::new() };
    let columns: Vec<&[String]> = names.chunks(rows).collect();
    let mut text = String::new();
    for row in 0..rows {
        let mut line = String::new();
        for (column, widest) in columns.iter().map(|column| (column, widest(column))) {
            let Some(name) = column.get(row) else { continue };
            line.push_str(name);
            line.push_str(&" ".repeat(widest - width(name) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn widest(names: &[String]) -> usize {
    names.iter().map(|name| width(name)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn names_stand_in_columns_that_fit() {
        let names = ["a", "bbbb", "cc", "d", "ee"].map(str::to_owned);
        assert_eq!(columns(&names, 80), "a  bbbb  cc  d  ee\n");
        assert_eq!(columns(&names, 11), "a     d\nbbbb  ee\ncc\n");
        assert_eq!(columns(&names, 1), "a\nbbbb\ncc\nd\nee\n");
        assert_eq!(columns(&[], 80), "");
    }
}
