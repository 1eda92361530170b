//! One open file: its text with what goes along with it.

use std::collections::VecDeque;
use std::ops::Range;

use super::{Diagnostic, Document};
use crate::base::FilePath;
use crate::edit::{Change, column};
use crate::go::colour::{GoColours, Spans, Splice};
use crate::page::code::highlight;

/// Rows of text that stay in sight above and below the cursor, where the pane has them.
const MARGIN: usize = 2;
/// Columns the view jumps by when a long line is followed.
const JUMP: usize = 8;
/// Texts in other languages than Go's are coloured up to so many lines: a line costs about 60 µs, at each key.
const SHORT: usize = 60;
/// … and up to so many bytes.
const LIGHT: usize = 8 * 1024;
/// Narrower panes have no line numbers.
const NARROW: u16 = 24;

#[derive(Clone, Debug)]
pub struct OpenFile {
    pub path: FilePath,
    pub document: Document,
    /// The first line and the first column of the text that are in sight.
    pub top: usize,
    pub left: usize,
    /// What build and vet have found.
    pub problems: Vec<Diagnostic>,
    /// The first thing that is no Go at all.
    pub syntax: Option<Diagnostic>,
    /// The changes since the tools began to look; none while the disk has not this text.
    pub since: Option<Vec<Change>>,
    /// Counts the texts it has had.
    pub revision: u64,
    /// Its standing when its draft was last kept.
    pub kept: (u64, bool),
    /// What another hand has put on the disk while there was unsaved text.
    pub theirs: Option<String>,
    /// The texts whose saving was asked for and not yet answered.
    pub asked: VecDeque<String>,
    /// The learner was told that closing loses unsaved text.
    pub warned: bool,
    colours: Colours,
}

/// How fast keys come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tempo {
    #[default]
    Typed,
    /// As no person types: colours wait until it is over.
    Flood,
}

/// Where the colours of a text come from.
#[derive(Clone, Debug)]
enum Colours {
    /// A syntax tree that follows each edit.
    Go(GoColours),
    /// Another language, all of it read anew after each edit, which is why only short texts have it.
    Other { language: String, spans: Vec<Spans> },
}

impl OpenFile {
    pub fn new(path: FilePath, text: &str) -> Self {
        Self::with(path, Document::new(text))
    }

    /// A file whose text has been worked on.
    pub fn with(path: FilePath, document: Document) -> Self {
        let kept = (0, document.dirty());
        let colours = Colours::new(&path, &document);
        Self {
            path,
            document,
            top: 0,
            left: 0,
            problems: Vec::new(),
            syntax: None,
            since: None,
            revision: 0,
            kept,
            theirs: None,
            asked: VecDeque::new(),
            warned: false,
            colours,
        }
    }

    /// Brings colours and problems up to date; true when the text has changed.
    pub fn follow(&mut self, tempo: Tempo) -> bool {
        let changes = self.document.take_changes();
        if changes.is_empty() {
            return false;
        }
        self.warned = false;
        self.revision += 1;
        self.move_problems(&changes);
        match &mut self.colours {
            Colours::Go(colours) => {
                let splices: Vec<Splice> = changes.iter().map(splice).collect();
                match tempo {
                    Tempo::Typed => colours.edit(&splices, self.document.lines()),
                    Tempo::Flood => colours.move_along(&splices),
                }
            }
            Colours::Other { language, spans } => match tempo {
                Tempo::Typed => *spans = read(language, &self.document),
                Tempo::Flood => {}
            },
        }
        true
    }

    /// Takes a text from outside; the cursor keeps its token and, where it can, its row on the screen.
    pub fn take_text(&mut self, text: &str, size: (u16, u16)) {
        let row = self.document.cursor().line.checked_sub(self.top);
        self.document.replace_all_text(text);
        self.follow(Tempo::Typed);
        if let Some(row) = row {
            self.top = self.document.cursor().line.saturating_sub(row);
            self.reveal(size);
        }
        self.top = self.top.min(self.document.lines().len() - 1);
    }

    /// Reads the colours anew where typing was too fast for them.
    pub fn catch_up(&mut self) {
        if let Colours::Go(colours) = &mut self.colours {
            colours.catch_up(self.document.lines());
        }
    }

    /// The line at the top when the last one is at the bottom: further down there is nothing to see.
    fn lowest(&self, height: u16) -> usize {
        self.document.lines().len().saturating_sub(usize::from(text_rows(height)).max(1))
    }

    /// Scrolls by so many lines, up when negative. The cursor stays where it is in the text.
    pub fn scroll(&mut self, lines: isize, height: u16) {
        self.top = self.top.saturating_add_signed(lines).min(self.lowest(height));
    }

    /// Scrolls so far that the cursor is in sight.
    pub fn reveal(&mut self, (width, height): (u16, u16)) {
        let cursor = self.document.cursor();
        let rows = usize::from(text_rows(height)).max(1);
        let margin = MARGIN.min((rows - 1) / 2);
        self.top =
            self.top.min(cursor.line.saturating_sub(margin)).max((cursor.line + margin + 1).saturating_sub(rows));
        self.top = self.top.min(self.lowest(height));
        let columns = usize::from(width.saturating_sub(self.gutter(width))).max(2);
        let column = column::screen_column(&self.document.lines()[cursor.line], cursor.byte);
        if column + 1 < columns {
            self.left = 0;
        } else if column < self.left + 1 || column + 2 > self.left + columns {
            self.left = (column + JUMP + 2).saturating_sub(columns).min(column);
        }
    }

    /// The columns left of the text: a mark, the line's number, a space.
    pub fn gutter(&self, width: u16) -> u16 {
        if width < NARROW {
            return 0;
        }
        let digits = self.document.lines().len().to_string().len() as u16;
        digits.max(2) + 2
    }

    /// The colours of the lines in sight.
    pub fn spans(&self, lines: Range<usize>) -> Vec<Spans> {
        match &self.colours {
            Colours::Go(colours) => colours.spans(self.document.lines(), lines),
            Colours::Other { spans, .. } => lines.map(|line| spans.get(line).cloned().unwrap_or_default()).collect(),
        }
    }
}

/// The rows for text: the last row of the pane is for messages, when it has two.
pub fn text_rows(height: u16) -> u16 {
    if height > 1 { height - 1 } else { height }
}

impl Colours {
    fn new(path: &FilePath, document: &Document) -> Self {
        let name = path.name();
        let language = match (name, name.rsplit_once('.')) {
            ("go.mod" | "go.work", _) => "go.mod",
            ("Makefile", _) => "makefile",
            // The go command knows its files by small letters alone.
            (_, Some((_, "go"))) => return Self::Go(GoColours::new(document.lines())),
            (_, Some((_, extension))) => extension,
            (_, None) => "text",
        };
        Self::Other { spans: read(language, document), language: language.to_owned() }
    }
}

fn read(language: &str, document: &Document) -> Vec<Spans> {
    let lines = document.lines();
    let is_short = language == "go.mod" || lines.len() <= SHORT;
    let is_light = lines.iter().map(String::len).sum::<usize>() <= LIGHT;
    if is_short && is_light { highlight(language, &lines.join("\n")) } else { Vec::new() }
}

fn splice(change: &Change) -> Splice {
    Splice {
        start: (change.start.line, change.start.byte),
        old_end: (change.old_end.line, change.old_end.byte),
        new_end: (change.new_end.line, change.new_end.byte),
        start_byte: change.start_byte,
        removed: change.removed,
        inserted: change.inserted,
    }
}
