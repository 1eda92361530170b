//! The line that asks: for words to find, for what takes their place, for a line to go to.

use unicode_segmentation::UnicodeSegmentation;

use super::{Direction, Editor, EditorAction, Motion, Position};
use crate::base::prose;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Find,
    /// The words that are to be replaced.
    Replace,
    /// What takes the place of the words last searched for.
    By,
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

impl Question {
    fn searches(self) -> bool {
        matches!(self, Self::Find | Self::Replace)
    }
}

impl Editor {
    /// What stands before and after what is typed.
    pub(super) fn around(&self, prompt: &Prompt) -> (String, String) {
        let found = match prompt.found {
            Some((number, all)) => format!("{number} of {all}"),
            None => "not in this file".to_owned(),
        };
        let case = if self.exact { ", capitals matter" } else { "" };
        match prompt.question {
            Question::Find if prompt.typed.is_empty() => ("Find: ".to_owned(), String::new()),
            Question::Find if prompt.found.is_none() => ("Find: ".to_owned(), found + case),
            Question::Find => ("Find: ".to_owned(), format!("{found}{case}, Enter or Up for more")),
            Question::Replace if prompt.typed.is_empty() => ("Replace: ".to_owned(), String::new()),
            Question::Replace if prompt.found.is_none() => ("Replace: ".to_owned(), found + case),
            Question::Replace => ("Replace: ".to_owned(), format!("{found}{case}, Enter: by what?")),
            Question::By if prompt.found.is_none() => (format!("{} by: ", self.words), "none is left".to_owned()),
            Question::By => {
                (format!("{} by: ", self.words), format!("{found}{case}, Enter: this, Down: not this, Alt-A: all"))
            }
            Question::GoToLine => ("Go to line: ".to_owned(), String::new()),
        }
    }

    /// Gives the action to the prompt, if one is open. What the prompt has no use for comes back, and ends it.
    pub(super) fn act_in_prompt(&mut self, action: EditorAction) -> Option<EditorAction> {
        let Some(mut prompt) = self.prompt.take() else { return Some(action) };
        let is_search = prompt.question != Question::GoToLine;
        match action {
            EditorAction::Type(character) if !character.is_control() => {
                self.put_in(&mut prompt, character.encode_utf8(&mut [0; 4]));
            }
            EditorAction::Paste(text) => self.put_in(&mut prompt, text.lines().next().unwrap_or_default()),
            EditorAction::PasteCopied => {
                let text = self.copied.lines().next().unwrap_or_default().to_owned();
                self.put_in(&mut prompt, &text);
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
            EditorAction::Newline if prompt.question == Question::Replace => prompt.ask_by(),
            EditorAction::Newline if prompt.question == Question::By => self.replace_one(&mut prompt),
            EditorAction::ReplaceAll if prompt.question == Question::By => {
                self.replace_all(&prompt.typed);
                return None;
            }
            EditorAction::MatchCase if is_search => {
                self.exact = !self.exact;
                self.find_again(&mut prompt, Direction::Here);
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
                if is_search =>
            {
                prompt.fresh = false;
                self.find_again(&mut prompt, action.direction());
            }
            other => return Some(other),
        }
        self.prompt = Some(prompt);
        None
    }

    fn put_in(&mut self, prompt: &mut Prompt, text: &str) {
        if std::mem::take(&mut prompt.fresh) {
            prompt.typed.clear();
        }
        prompt.typed.push_str(text);
        self.look(prompt);
    }

    /// Opens the prompt, or goes on with the last words.
    pub(super) fn search(&mut self, action: &EditorAction) {
        let Some(file) = self.files.get_mut(self.current) else { return };
        let origin = file.document.selection().start();
        let question = match action {
            EditorAction::GoToLine => Question::GoToLine,
            EditorAction::Replace => Question::Replace,
            _ => Question::Find,
        };
        let mut prompt = Prompt { question, typed: String::new(), fresh: true, origin, found: None };
        if question.searches() {
            let selected = file.document.selected_text();
            let usable = !selected.is_empty() && !selected.contains('\n');
            prompt.typed = if usable { selected } else { self.words.clone() };
            if matches!(action, EditorAction::Find | EditorAction::Replace) {
                self.look(&mut prompt);
                prompt.fresh = true;
            } else {
                self.find_again(&mut prompt, action.direction());
            }
        }
        self.prompt = Some(prompt);
    }

    /// Finds what is typed so far, from where the search began.
    fn look(&mut self, prompt: &mut Prompt) {
        if !prompt.question.searches() {
            return;
        }
        if let Some(file) = self.files.get_mut(self.current) {
            file.document.select(prompt.origin, prompt.origin);
        }
        self.find_again(prompt, Direction::Here);
    }

    fn find_again(&mut self, prompt: &mut Prompt, direction: Direction) {
        if prompt.question.searches() {
            self.words.clone_from(&prompt.typed);
        }
        let size = self.room();
        if let Some(file) = self.files.get_mut(self.current) {
            prompt.found = file.document.find(&self.words, direction, self.exact);
            file.reveal(size);
        }
    }

    /// Replaces the selected match, and goes on to the next.
    fn replace_one(&mut self, prompt: &mut Prompt) {
        if prompt.found.is_none() {
            return;
        }
        if let Some(file) = self.files.get_mut(self.current) {
            file.document.insert_text(&prompt.typed);
        }
        self.find_again(prompt, Direction::Here);
    }

    fn replace_all(&mut self, by: &str) {
        let Some(file) = self.files.get_mut(self.current) else { return };
        let count = file.document.replace_matches(&self.words, self.exact, by);
        let places = prose::count(count, "place", "places");
        self.notice = Some(format!("Replaced in {places}. Ctrl-Z takes it back."));
    }

    pub(super) fn turn_case(&mut self) {
        self.exact = !self.exact;
        let how = if self.exact { "Capitals matter in searches." } else { "Capitals matter where you type some." };
        self.notice = Some(how.to_owned());
    }

    fn go_to_typed(&mut self, typed: &str) {
        let size = self.room();
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
    /// The words are there: by what are they to be replaced?
    fn ask_by(&mut self) {
        if self.found.is_some() {
            (self.question, self.fresh) = (Question::By, false);
            self.typed.clear();
        }
    }
}
