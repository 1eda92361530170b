//! The line that asks: for words to find, for a line to go to.

use unicode_segmentation::UnicodeSegmentation;

use super::{Direction, Editor, EditorAction, Motion, Position};
use crate::base::prose;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Find,
    GoToLine,
}

#[derive(Clone, Debug)]
pub struct Prompt {
    pub question: Question,
    pub typed: String,
    /// Nothing was typed yet: the first character replaces what was proposed.
    fresh: bool,
    /// Where the cursor was, and goes back to while the words grow.
    origin: Position,
    /// Which of how many matches is selected.
    found: Option<(usize, usize)>,
}

impl Prompt {
    /// What stands before and after what is typed.
    pub fn around(&self) -> (&'static str, String) {
        match self.question {
            Question::Find if self.typed.is_empty() => ("Find: ", String::new()),
            Question::Find => match self.found {
                Some((number, all)) => ("Find: ", format!("{number} of {all}, Enter or Up for more")),
                None => ("Find: ", "not in this file".to_owned()),
            },
            Question::GoToLine => ("Go to line: ", String::new()),
        }
    }
}

impl Editor {
    /// Gives the action to the prompt, if one is open. What the prompt has no use for comes back, and ends it.
    pub(super) fn act_in_prompt(&mut self, action: EditorAction) -> Option<EditorAction> {
        let Some(mut prompt) = self.prompt.take() else { return Some(action) };
        match action {
            EditorAction::Type(character) if !character.is_control() => {
                prompt.begin();
                prompt.typed.push(character);
                self.look(&mut prompt);
            }
            EditorAction::Paste(text) => {
                prompt.begin();
                prompt.typed.push_str(text.lines().next().unwrap_or_default());
                self.look(&mut prompt);
            }
            EditorAction::PasteCopied => {
                prompt.begin();
                prompt.typed.push_str(self.copied.lines().next().unwrap_or_default());
                self.look(&mut prompt);
            }
            EditorAction::Backspace => {
                prompt.fresh = false;
                let kept = prompt.typed.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
                prompt.typed.truncate(kept);
                self.look(&mut prompt);
            }
            EditorAction::Delete | EditorAction::DeleteWordLeft | EditorAction::DeleteWordRight => {
                prompt.fresh = false;
                prompt.typed.clear();
                self.look(&mut prompt);
            }
            EditorAction::Newline if prompt.question == Question::GoToLine => {
                self.go_to_typed(&prompt.typed);
                return None;
            }
            EditorAction::Cancel => return None,
            EditorAction::Newline
            | EditorAction::Find
            | EditorAction::FindNext
            | EditorAction::FindPrevious
            // A tab would take the place of the match.
            | EditorAction::Indent
            | EditorAction::Dedent
            | EditorAction::Go(Motion::Up(_) | Motion::Down(_))
                if prompt.question == Question::Find =>
            {
                prompt.fresh = false;
                self.step(&mut prompt, action.direction());
            }
            other => return Some(other),
        }
        self.prompt = Some(prompt);
        None
    }

    /// Opens the prompt, or goes on with the last words.
    pub(super) fn search(&mut self, action: &EditorAction) {
        let Some(file) = self.files.get_mut(self.current) else { return };
        let origin = file.document.selection().start();
        let question = if *action == EditorAction::GoToLine { Question::GoToLine } else { Question::Find };
        let mut prompt = Prompt { question, typed: String::new(), fresh: true, origin, found: None };
        if question == Question::Find {
            let selected = file.document.selected_text();
            let usable = !selected.is_empty() && !selected.contains('\n');
            prompt.typed = if usable { selected } else { self.words.clone() };
            if *action == EditorAction::Find {
                self.look(&mut prompt);
                prompt.fresh = true;
            } else {
                self.step(&mut prompt, action.direction());
            }
        }
        self.prompt = Some(prompt);
    }

    /// Finds what is typed so far, from where the search began.
    fn look(&mut self, prompt: &mut Prompt) {
        if prompt.question == Question::GoToLine {
            return;
        }
        if let Some(file) = self.files.get_mut(self.current) {
            file.document.select(prompt.origin, prompt.origin);
        }
        self.step(prompt, Direction::Here);
    }

    fn step(&mut self, prompt: &mut Prompt, direction: Direction) {
        let size = self.size;
        if let Some(file) = self.files.get_mut(self.current) {
            prompt.found = file.document.find(&prompt.typed, direction);
            file.reveal(size);
        }
        self.words.clone_from(&prompt.typed);
    }

    fn go_to_typed(&mut self, typed: &str) {
        let size = self.size;
        let Some(file) = self.files.get_mut(self.current) else { return };
        match typed.trim().parse::<usize>() {
            Ok(line) if line >= 1 && line <= file.document.lines().len() => {
                file.document.go_to(line, 1);
                file.reveal(size);
            }
            Ok(_) | Err(_) => {
                let lines = prose::count(file.document.lines().len(), "line", "lines");
                self.notice = Some(format!("There is no line “{typed}”: {} has {lines}.", file.path));
            }
        }
    }
}

impl Prompt {
    fn begin(&mut self) {
        if std::mem::take(&mut self.fresh) {
            self.typed.clear();
        }
    }
}
