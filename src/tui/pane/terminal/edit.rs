//! Typing at the prompt: editing, history, search, completion, entering. All of it brings the prompt back into view.

use super::{Edit, Recall, Terminal, TerminalAsk};
use crate::term::Tab;
use crate::term::complete::{Listing, complete, folder_wanted};
use crate::term::history::Browse;
use crate::term::line::Motion;

impl Terminal {
    /// A letter: into the line, or into what is searched for.
    pub(super) fn typed(&mut self, c: char) -> Vec<TerminalAsk> {
        self.attend();
        let history = &self.history;
        let tab = &mut self.tabs[self.current];
        if !tab.browse.search_for(&mut tab.line, history, |query| query.push(c)) {
            tab.browse.accept();
            tab.line.insert(c.encode_utf8(&mut [0; 4]));
        }
        Vec::new()
    }

    pub(super) fn edit(&mut self, edit: Edit) -> Vec<TerminalAsk> {
        self.attend();
        let suggestion = self.suggestion().to_owned();
        let history = &self.history;
        let tab = &mut self.tabs[self.current];
        let shorten = |query: &mut String| query.truncate(query.char_indices().next_back().map_or(0, |(at, _)| at));
        if edit == Edit::Backspace && tab.browse.search_for(&mut tab.line, history, shorten) {
            return Vec::new();
        }
        tab.browse.accept();
        match edit {
            Edit::Go(Motion::Right | Motion::End | Motion::WordRight) if !suggestion.is_empty() => {
                tab.line.insert(&suggestion);
            }
            Edit::Go(motion) => tab.line.go(motion),
            Edit::Backspace => tab.line.backspace(),
            Edit::Delete => tab.line.delete(),
            Edit::Cut(motion) => tab.line.cut(motion),
            Edit::CutBlankWord => tab.line.cut_blank_word(),
            Edit::Yank => tab.line.yank(),
        }
        Vec::new()
    }

    pub(super) fn recall(&mut self, recall: Recall) -> Vec<TerminalAsk> {
        self.attend();
        let history = &self.history;
        let tab = &mut self.tabs[self.current];
        match recall {
            Recall::Before => tab.browse.up(&mut tab.line, history),
            Recall::After => tab.browse.down(&mut tab.line, history),
            Recall::Search => tab.browse.search(&mut tab.line, history),
            Recall::Cancel => tab.browse.cancel(&mut tab.line),
        }
        Vec::new()
    }

    /// What is offered behind the line: the rest of an earlier command.
    pub(super) fn suggestion(&self) -> &str {
        let tab = self.tab();
        let offers = tab.browse == Browse::Not && tab.line.at_end();
        if offers { self.history.suggestion(tab.line.text()).unwrap_or("") } else { "" }
    }

    pub(super) fn enter_line(&mut self) -> Vec<TerminalAsk> {
        self.attend();
        let tab = self.tab_mut();
        tab.browse.accept();
        let line = tab.line.take();
        self.start(self.current, &line)
    }

    /// Complete lines run in turn; the rest stays in the line.
    pub(super) fn paste(&mut self, text: &str) -> Vec<TerminalAsk> {
        self.attend();
        let tab = self.tab_mut();
        tab.browse.accept();
        let complete = tab.line.paste(text);
        tab.queue.extend(complete);
        let next = tab.queue.pop_front();
        next.map_or_else(Vec::new, |line| self.start(self.current, &line))
    }

    /// Ctrl-C at the prompt.
    pub(super) fn drop_line(&mut self) -> Vec<TerminalAsk> {
        self.attend();
        let tab = self.tab_mut();
        tab.line.take();
        tab.browse.accept();
        tab.queue.clear();
        Vec::new()
    }

    /// Ctrl-D at the prompt: deletes, or closes the tab when there is nothing to delete.
    pub(super) fn end_of_input(&mut self) -> Vec<TerminalAsk> {
        if self.tab().line.is_empty() { self.close_tab() } else { self.edit(Edit::Delete) }
    }

    pub(super) fn complete(&mut self) -> Vec<TerminalAsk> {
        self.attend();
        let tab = self.tab_mut();
        tab.browse.accept();
        let (text, cursor) = (tab.line.text().to_owned(), tab.line.cursor());
        let Some(dir) = folder_wanted(&text, cursor) else {
            apply_completion(tab, None);
            return Vec::new();
        };
        tab.waiting = Some((text, cursor, dir.clone()));
        vec![TerminalAsk::List { tab: tab.id, from: tab.dir.clone(), dir }]
    }

    /// The learner is at the prompt: it is shown, and what stood below it goes.
    fn attend(&mut self) {
        let tab = self.tab_mut();
        tab.top = None;
        tab.selection = None;
        tab.candidates.clear();
    }
}

/// Completes the word at the cursor, or lists what it could be.
pub fn apply_completion(tab: &mut Tab, listing: Option<&Listing>) {
    let completion = complete(tab.line.text(), tab.line.cursor(), listing);
    if let Some((range, text)) = completion.replace {
        tab.line.replace(range, &text);
        tab.candidates.clear();
    } else {
        tab.candidates = completion.candidates;
    }
}
