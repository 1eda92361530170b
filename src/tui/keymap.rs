//! Which key does what, here. The answer depends on what has the keys: a list above the panes, a running program, a pane.

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, COMMANDS, Command, Focus};
use super::effect::Allow;
use super::key::Key;
use super::pane::compare::{self, CompareAction};
use super::pane::editor::{self, EditorAction};
use super::pane::files;
use super::pane::install::InstallAction;
use super::pane::list::{self, ListAction};
use super::pane::reader::{self, ReaderAction};
use super::pane::review::{self, ReviewAction};
use super::pane::settings::{self, SettingsAction};
use super::pane::terminal::{self, TerminalAction};

/// What has the keys now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    Reader,
    /// The reader with a text field selected: letters go into it.
    ReaderField,
    Terminal,
    /// The terminal with an empty command line: Tab has nothing to complete and leaves.
    TerminalEmpty,
    /// A program runs in the terminal: it gets nearly every key.
    Program,
    Editor,
    Files,
    /// The files with a name asked for: letters go into it.
    FilesField,
    List,
    Help,
    Compare,
    Settings,
    Install,
    Review,
    Question,
    Unconfined,
}

/// The tables, each from key to action.
#[derive(Clone, Debug)]
pub struct Keymap {
    commands: HashMap<Key, Command>,
    reader: HashMap<Key, ReaderAction>,
    terminal: HashMap<Key, TerminalAction>,
    /// What stays with the terminal pane while a program has the other keys.
    program: HashMap<Key, TerminalAction>,
    editor: HashMap<Key, EditorAction>,
    files: HashMap<Key, files::FilesAction>,
    list: HashMap<Key, ListAction>,
    compare: HashMap<Key, CompareAction>,
    settings: HashMap<Key, SettingsAction>,
    review: HashMap<Key, ReviewAction>,
}

/// While a program runs these commands still work; every other key is the program's.
const KEPT_FROM_PROGRAMS: &[Command] = &[
    Command::NextPane,
    Command::PreviousPane,
    Command::NextStep,
    Command::PreviousStep,
    Command::StopProgram,
    Command::NextPlace,
];

fn table<A: Clone>(rows: &[(&str, A, &str)]) -> HashMap<Key, A> {
    rows.iter().filter_map(|(name, action, _)| Some((Key::parse(name)?, action.clone()))).collect()
}

impl Default for Keymap {
    fn default() -> Self {
        let commands = COMMANDS
            .iter()
            .flat_map(|(command, keys, _)| keys.iter().filter_map(|name| Some((Key::parse(name)?, *command))))
            .collect();
        Self {
            commands,
            reader: table(reader::KEYS),
            terminal: table(terminal::KEYS),
            program: table(terminal::KEYS_WHILE_RUNNING),
            editor: table(editor::KEYS),
            files: table(files::KEYS),
            list: table(list::KEYS),
            compare: table(compare::KEYS),
            settings: table(settings::KEYS),
            review: table(review::KEYS),
        }
    }
}

impl Keymap {
    /// What `event` asks for in `context`. `None`: nothing (or, in [`Context::Program`], the program's own key).
    #[must_use]
    pub fn look_up(&self, context: Context, event: &KeyEvent) -> Option<Action> {
        let key = Key::of(event);
        let command = self.commands.get(&key).copied();
        match context {
            Context::Program => {
                let command = command.filter(|command| KEPT_FROM_PROGRAMS.contains(command)).map(Action::Command);
                command.or_else(|| self.program.get(&key).cloned().map(Action::Terminal))
            }
            Context::List => self.in_list(key, event),
            Context::Help => matches!(event.code, KeyCode::Esc | KeyCode::F(1) | KeyCode::Enter | KeyCode::Char('q'))
                .then_some(Action::Close)
                .or_else(|| self.list.get(&key).copied().map(Action::List)),
            Context::Compare => match event.code {
                KeyCode::Esc | KeyCode::F(4) => Some(Action::Close),
                _ if command == Some(Command::Quit) => command.map(Action::Command),
                _ => self.compare.get(&key).copied().map(Action::Compare),
            },
            Context::Settings => match self.settings.get(&key) {
                Some(action) => Some(Action::Settings(*action)),
                None if event.code == KeyCode::Esc => Some(Action::Close),
                None => typed(event).map(SettingsAction::Type).map(Action::Settings),
            },
            Context::Install => in_install(event).map(Action::Install),
            Context::Review => self.in_review(key, event),
            Context::Question => match event.code {
                KeyCode::Enter | KeyCode::Char('y' | 'Y') => Some(Action::Yes),
                KeyCode::Esc | KeyCode::Char('n' | 'N') => Some(Action::Close),
                _ => None,
            },
            Context::Unconfined => match event.code {
                KeyCode::Char('t' | 'T') => Some(Action::Allow(Allow::ThisTime)),
                KeyCode::Char('a' | 'A') => Some(Action::Allow(Allow::Always)),
                KeyCode::Esc | KeyCode::Char('n' | 'N') => Some(Action::Close),
                _ => None,
            },
            Context::Reader => command.map(Action::Command).or_else(|| self.in_reader(key)),
            Context::ReaderField => command.map(Action::Command).or_else(|| self.in_field(key, event)),
            Context::Terminal | Context::TerminalEmpty => {
                if context == Context::TerminalEmpty
                    && let Some(command) = round(key)
                {
                    return Some(Action::Command(command));
                }
                command.map(Action::Command).or_else(|| {
                    let action = self.terminal.get(&key).or_else(|| self.program.get(&key)).cloned();
                    action.or_else(|| typed(event).map(TerminalAction::Type)).map(Action::Terminal)
                })
            }
            Context::Editor => command.map(Action::Command).or_else(|| {
                let action = self.editor.get(&key).cloned();
                action.or_else(|| typed(event).map(EditorAction::Type)).map(Action::Editor)
            }),
            Context::Files => command
                .or_else(|| round(key))
                .map(Action::Command)
                .or_else(|| self.files.get(&key).cloned().map(Action::Files)),
            Context::FilesField => in_name(event).map(Action::Files).or_else(|| command.map(Action::Command)),
        }
    }

    fn in_list(&self, key: Key, event: &KeyEvent) -> Option<Action> {
        if event.code == KeyCode::Esc || matches!(self.commands.get(&key), Some(Command::Contents | Command::Search)) {
            return Some(Action::Close);
        }
        let action = self.list.get(&key).copied();
        action.or_else(|| typed(event).map(ListAction::Type)).map(Action::List)
    }

    fn in_review(&self, key: Key, event: &KeyEvent) -> Option<Action> {
        match (self.review.get(&key), self.commands.get(&key)) {
            (Some(action), _) => Some(Action::Review(action.clone())),
            (None, Some(Command::Quit)) => Some(Action::Command(Command::Quit)),
            (None, _) if event.code == KeyCode::Esc => Some(Action::Close),
            (None, _) => typed(event).map(ReviewAction::Type).map(Action::Review),
        }
    }

    fn in_reader(&self, key: Key) -> Option<Action> {
        if let Some(command) = round(key) {
            return Some(Action::Command(command));
        }
        // In the reader nothing is typed, so the keys that readers of text know work as well.
        match key.to_string().as_str() {
            "?" => return Some(Action::Command(Command::Help)),
            "/" => return Some(Action::Command(Command::Search)),
            "Space" => return Some(Action::Reader(ReaderAction::PageDown)),
            _ => {}
        }
        self.reader.get(&key).cloned().map(Action::Reader)
    }

    fn in_field(&self, key: Key, event: &KeyEvent) -> Option<Action> {
        if let Some(command) = round(key) {
            return Some(Action::Command(command));
        }
        match event.code {
            KeyCode::Backspace => Some(Action::Reader(ReaderAction::Backspace)),
            KeyCode::Enter if event.modifiers.contains(KeyModifiers::ALT) => {
                Some(Action::Reader(ReaderAction::Newline))
            }
            _ => match typed(event) {
                Some(c) => Some(Action::Reader(ReaderAction::Type(c))),
                None => self.reader.get(&key).cloned().map(Action::Reader),
            },
        }
    }
}

/// Keys where a file's name is typed.
fn in_name(event: &KeyEvent) -> Option<files::FilesAction> {
    match event.code {
        KeyCode::Enter => Some(files::FilesAction::Enter),
        KeyCode::Esc => Some(files::FilesAction::Cancel),
        KeyCode::Backspace => Some(files::FilesAction::Backspace),
        _ => typed(event).map(files::FilesAction::Type),
    }
}

fn in_install(event: &KeyEvent) -> Option<InstallAction> {
    match event.code {
        KeyCode::Esc => Some(InstallAction::Back),
        KeyCode::Enter => Some(InstallAction::Pick),
        KeyCode::Up | KeyCode::BackTab => Some(InstallAction::Up),
        KeyCode::Down | KeyCode::Tab => Some(InstallAction::Down),
        KeyCode::Backspace => Some(InstallAction::Backspace),
        _ => typed(event).map(InstallAction::Type),
    }
}

/// Tab and Shift-Tab go round the panes where they have nothing else to do.
fn round(key: Key) -> Option<Command> {
    match key.to_string().as_str() {
        "Tab" => Some(Command::NextPane),
        "Shift-Tab" => Some(Command::PreviousPane),
        _ => None,
    }
}

/// The character a key types, if it types one. `AltGr` arrives as Ctrl+Alt on Windows and does type.
fn typed(event: &KeyEvent) -> Option<char> {
    let held = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    match event.code {
        KeyCode::Char(c) if held.is_empty() || held == KeyModifiers::CONTROL | KeyModifiers::ALT => Some(c),
        _ => None,
    }
}

/// The rows of help for a pane: key and what it does.
#[must_use]
pub fn help_rows(focus: Focus) -> Vec<(String, String)> {
    fn rows<A>(table: &[(&str, A, &str)]) -> Vec<(String, String)> {
        let labelled = table.iter().filter(|(_, _, label)| !label.is_empty());
        labelled.map(|(key, _, label)| ((*key).to_owned(), (*label).to_owned())).collect()
    }
    match focus {
        Focus::Reader => rows(reader::KEYS),
        Focus::Terminal => [rows(terminal::KEYS), rows(terminal::KEYS_WHILE_RUNNING)].concat(),
        Focus::Editor => rows(editor::KEYS),
        Focus::Files => rows(files::KEYS),
    }
}

#[cfg(test)]
mod tests {
    use super::super::action::COMMANDS;
    use super::super::key::Key;
    use super::{compare, editor, files, list, reader, review, settings, terminal};

    #[test]
    fn every_name_in_the_tables_is_a_key_and_no_key_stands_twice_in_one_table() {
        fn names<A>(table: &[(&'static str, A, &str)]) -> Vec<&'static str> {
            table.iter().map(|(name, _, _)| *name).collect()
        }
        let global: Vec<&str> = COMMANDS.iter().flat_map(|(_, keys, _)| keys.iter().copied()).collect();
        let tables = [
            global.clone(),
            names(reader::KEYS),
            [names(terminal::KEYS), names(terminal::KEYS_WHILE_RUNNING)].concat(),
            names(editor::KEYS),
            names(files::KEYS),
            names(list::KEYS),
            names(compare::KEYS),
            names(settings::KEYS),
            names(review::KEYS),
        ];
        for table in tables {
            let keys: Vec<Key> = table.iter().map(|name| Key::parse(name).expect(name)).collect();
            for (index, key) in keys.iter().enumerate() {
                assert!(!keys[..index].contains(key), "{key} stands twice");
            }
        }
        for name in [names(terminal::KEYS), names(editor::KEYS)].concat() {
            assert!(!global.contains(&name), "{name} is a global key: the pane would never get it");
        }
    }
}
