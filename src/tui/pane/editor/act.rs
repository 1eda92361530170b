//! What each action does.

use super::open::{OpenFile, text_rows};
use super::{Direction, Editor, EditorAction, EditorAsk, Motion};
use crate::base::FilePath;

pub const NO_FILE: &str =
    "No file is open. Open one from the files pane, or have the lesson's code put here with its key.";

impl Editor {
    /// Does what a key asks for. Whatever cannot be done is said in a notice or handed back as [`EditorAsk::Leave`].
    pub fn act(&mut self, action: EditorAction) -> Vec<EditorAsk> {
        self.notice = None;
        let Some(action) = self.act_in_prompt(action) else { return self.followed(Vec::new()) };
        if self.files.is_empty() {
            return self.act_without_file(&action);
        }
        let asks = match action {
            EditorAction::NextFile => self.turn_to(1),
            EditorAction::PreviousFile => self.turn_to(self.files.len() - 1),
            EditorAction::CloseFile => self.close_file(),
            EditorAction::NextProblem => self.go_to_problem(true),
            EditorAction::PreviousProblem => self.go_to_problem(false),
            EditorAction::ReplaceAll => {
                self.notice = Some("Ctrl-R first asks what to replace, and by what.".to_owned());
                Vec::new()
            }
            EditorAction::MatchCase => {
                self.turn_case();
                Vec::new()
            }
            EditorAction::Find
            | EditorAction::Replace
            | EditorAction::GoToLine
            | EditorAction::FindNext
            | EditorAction::FindPrevious => {
                self.search(&action);
                Vec::new()
            }
            EditorAction::Copy => self.copy(false),
            EditorAction::Cut => self.copy(true),
            EditorAction::PasteCopied => self.paste_copied(),
            other => {
                let rows = usize::from(text_rows(self.room().1));
                let Some(file) = self.files.get_mut(self.current) else { return Vec::new() };
                match act_on(file, other, rows) {
                    Ok(ask) => ask.into_iter().collect(),
                    Err(notice) => {
                        self.notice = Some(notice);
                        Vec::new()
                    }
                }
            }
        };
        self.followed(asks)
    }

    /// After an action: colours and problems follow the text, and the cursor is in sight.
    fn followed(&mut self, mut asks: Vec<EditorAsk>) -> Vec<EditorAsk> {
        let size = self.room();
        if let Some(file) = self.files.get_mut(self.current) {
            if file.follow(self.tempo) {
                asks.push(EditorAsk::Changed { path: file.path.clone() });
            }
            file.reveal(size);
        }
        asks
    }

    fn act_without_file(&mut self, action: &EditorAction) -> Vec<EditorAsk> {
        if matches!(action, EditorAction::Cancel | EditorAction::Indent | EditorAction::Dedent) {
            return vec![EditorAsk::Leave];
        }
        self.notice = Some(NO_FILE.to_owned());
        Vec::new()
    }

    fn turn_to(&mut self, steps: usize) -> Vec<EditorAsk> {
        if let [only] = self.files.as_slice() {
            self.notice = Some(format!("{} is the only open file.", only.path));
        }
        self.current = (self.current + steps) % self.files.len();
        Vec::new()
    }

    fn close_file(&mut self) -> Vec<EditorAsk> {
        let Some(file) = self.files.get_mut(self.current) else { return Vec::new() };
        if file.document.dirty() && !file.warned {
            file.warned = true;
            self.notice = Some(format!("{} has unsaved text. Save it, or close again to drop it.", file.path));
            return Vec::new();
        }
        self.files.remove(self.current);
        self.current = self.current.min(self.files.len().saturating_sub(1));
        Vec::new()
    }

    /// Copies, and with `cut` deletes, the selection or else the cursor's line.
    fn copy(&mut self, cut: bool) -> Vec<EditorAsk> {
        let Some(file) = self.files.get_mut(self.current) else { return Vec::new() };
        let before = file.document.selection();
        if before.is_empty() {
            file.document.select_line();
        }
        self.copied = file.document.selected_text();
        if cut {
            file.document.insert_text("");
        } else {
            file.document.select(before.anchor, before.cursor);
        }
        if self.copied.is_empty() {
            self.notice = Some("There is nothing here to copy.".to_owned());
            return Vec::new();
        }
        vec![EditorAsk::Copy(self.copied.clone())]
    }

    fn paste_copied(&mut self) -> Vec<EditorAsk> {
        if self.copied.is_empty() {
            let notice = "Nothing was copied here yet. To paste from another program, use your terminal's paste key.";
            self.notice = Some(notice.to_owned());
        } else if let Some(file) = self.files.get_mut(self.current) {
            file.document.insert_text(&self.copied);
        }
        Vec::new()
    }
}

/// Does what concerns the text of one file alone; an error is a notice.
fn act_on(file: &mut OpenFile, action: EditorAction, rows: usize) -> Result<Option<EditorAsk>, String> {
    let page = rows.saturating_sub(2).max(1);
    let document = &mut file.document;
    match action {
        EditorAction::Type(character) => document.type_char(character),
        EditorAction::Paste(text) => document.insert_text(&text),
        EditorAction::Newline => document.newline(),
        EditorAction::Backspace => document.backspace(),
        EditorAction::Delete => document.delete(),
        EditorAction::DeleteWordLeft => document.delete_word_left(),
        EditorAction::DeleteWordRight => document.delete_word_right(),
        EditorAction::Indent => document.indent(),
        EditorAction::Dedent => document.dedent(),
        EditorAction::ToggleComment => {
            let mark = comment_mark(&file.path)
                .ok_or_else(|| format!("{} is of a kind that has no line comments.", file.path))?;
            document.toggle_comment(mark);
        }
        EditorAction::DuplicateLines => document.duplicate_lines(),
        EditorAction::MoveLinesUp if !document.move_lines_up() => return Err("This is the first line.".to_owned()),
        EditorAction::MoveLinesDown if !document.move_lines_down() => return Err("This is the last line.".to_owned()),
        EditorAction::Go(motion) => document.go(motion, false),
        EditorAction::Select(motion) => document.go(motion, true),
        EditorAction::PageUp => document.go(Motion::Up(page), false),
        EditorAction::PageDown => document.go(Motion::Down(page), false),
        EditorAction::SelectPageUp => document.go(Motion::Up(page), true),
        EditorAction::SelectPageDown => document.go(Motion::Down(page), true),
        EditorAction::SelectAll => document.select_all(),
        EditorAction::SelectWord => document.select_word(),
        EditorAction::SelectLine => document.select_line(),
        EditorAction::Undo if !document.undo() => return Err("There is nothing to undo.".to_owned()),
        EditorAction::Redo if !document.redo() => return Err("There is nothing to do again.".to_owned()),
        EditorAction::Save => return Ok(Some(save(file))),
        EditorAction::Cancel if document.selection().is_empty() => return Ok(Some(EditorAsk::Leave)),
        EditorAction::Cancel => document.select(document.cursor(), document.cursor()),
        // The rest is done already, in a guard above or by the editor as a whole.
        EditorAction::MoveLinesUp
        | EditorAction::MoveLinesDown
        | EditorAction::Undo
        | EditorAction::Redo
        | EditorAction::PasteCopied
        | EditorAction::Copy
        | EditorAction::Cut
        | EditorAction::Find
        | EditorAction::FindNext
        | EditorAction::FindPrevious
        | EditorAction::Replace
        | EditorAction::ReplaceAll
        | EditorAction::MatchCase
        | EditorAction::NextProblem
        | EditorAction::PreviousProblem
        | EditorAction::GoToLine
        | EditorAction::NextFile
        | EditorAction::PreviousFile
        | EditorAction::CloseFile => {}
    }
    Ok(None)
}

/// What starts a comment in a file of that name.
fn comment_mark(path: &FilePath) -> Option<&'static str> {
    let name = path.name();
    let extension = name.rsplit_once('.').map_or(name, |(_, extension)| extension);
    match extension {
        "go" | "mod" | "work" | "js" | "ts" | "c" | "h" | "rs" | "java" | "proto" => Some("//"),
        "sh" | "yaml" | "yml" | "toml" | "py" | "mk" | "Makefile" | "Dockerfile" | "gitignore" | "env" => Some("#"),
        "sql" => Some("--"),
        _ => None,
    }
}

impl EditorAction {
    /// The way a search goes for this action.
    pub(super) fn direction(&self) -> Direction {
        if matches!(self, Self::FindPrevious | Self::Dedent | Self::Go(Motion::Up(_))) {
            Direction::Previous
        } else {
            Direction::Next
        }
    }
}

/// Asks for the file to be saved as it stands.
pub fn save(file: &mut OpenFile) -> EditorAsk {
    // Whoever saves has seen, or was told, what another hand has done; undo leads to it.
    file.theirs = None;
    let text = file.document.text();
    file.asked.push_back(text.clone());
    EditorAsk::Save { path: file.path.clone(), text }
}
