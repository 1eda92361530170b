//! The words on a fence: the language, and what the block is for.

use super::words::{self, Fault, WordKind};
use crate::base::FilePath;
use crate::base::nearest::nearest;

/// A fence's info string, understood.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Info {
    /// Lower-case; empty when there is none.
    pub language: String,
    pub role: Role,
    pub fails: Option<String>,
    /// `src=`: the path as written, and where it begins in the info string.
    pub src: Option<(String, usize)>,
}

/// What a block is for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Role {
    #[default]
    Show,
    File(FilePath),
    Solution(FilePath),
    Test(FilePath),
    Order(FilePath),
    Mutant(FilePath),
    Predict,
    Output,
    Check,
    Console,
    ConsoleSolution,
}

impl Role {
    /// Whether the block does something in a step, beyond being read.
    pub fn needs_step(&self) -> bool {
        match self {
            Self::Show | Self::Console => false,
            Self::File(_)
            | Self::Solution(_)
            | Self::Test(_)
            | Self::Order(_)
            | Self::Mutant(_)
            | Self::Predict
            | Self::Output
            | Self::Check
            | Self::ConsoleSolution => true,
        }
    }
}

const WORDS: &[&str] = &["file=", "solution=", "test=", "fails=", "order=", "mutant=", "predict", "src="];

/// Reads an info string; places of faults are bytes from its beginning. What is wrong is left out.
pub fn read(info: &str) -> (Info, Vec<Fault>) {
    let mut faults = Vec::new();
    let words = words::split(info).unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    });
    let Some((first, rest)) = words.split_first() else {
        let language = info.split_whitespace().next().unwrap_or_default().to_lowercase();
        return (Info { language, ..Info::default() }, faults);
    };
    let mut reading = Reading { info: Info::default(), role_word: None, faults };
    match &first.kind {
        WordKind::Bare => reading.language(first.at, first.raw),
        WordKind::Pair { .. } | WordKind::Text(_) | WordKind::Regex(_) => {
            let fault = format!("the fence begins with `{}` instead of a language", first.raw);
            reading.fault(first.at, fault, format!("write `go {}`", first.raw));
        }
    }
    for word in rest {
        match &word.kind {
            WordKind::Bare => reading.bare(word.at, word.raw),
            WordKind::Pair { key, value, value_at } => reading.pair(word.at, key, value, *value_at),
            WordKind::Text(_) | WordKind::Regex(_) => reading.unknown(word.at, word.raw),
        }
    }
    reading.finish()
}

struct Reading {
    info: Info,
    /// The word that gave the role, for the message when there is a second one.
    role_word: Option<String>,
    faults: Vec<Fault>,
}

impl Reading {
    fn fault(&mut self, at: usize, fault: String, mend: impl Into<String>) {
        self.faults.push(Fault::new(at, fault, mend));
    }

    fn language(&mut self, at: usize, word: &str) {
        self.info.language = word.to_lowercase();
        match self.info.language.as_str() {
            "check" => self.info.role = Role::Check,
            "console" => self.info.role = Role::Console,
            "output" => self.info.role = Role::Output,
            other => {
                if let Some(near) = nearest(other, ["check", "console", "output"]) {
                    self.fault(at, format!("the language `{word}` is not known"), format!("write `{near}`"));
                }
            }
        }
    }

    fn bare(&mut self, at: usize, word: &str) {
        match (word, &self.info.role) {
            ("solution", Role::Console) => self.info.role = Role::ConsoleSolution,
            ("predict", Role::Show) => self.role(at, "predict", Role::Predict),
            ("predict", _) if self.role_word.is_some() => self.role(at, "predict", Role::Predict),
            ("file" | "solution" | "test" | "order" | "mutant", Role::Show) => {
                let example = if word == "test" { "main_test.go" } else { "main.go" };
                self.fault(at, format!("`{word}` needs a file name"), format!("write `{word}={example}`"));
            }
            ("fails" | "src", Role::Show) => {
                let example = if word == "fails" { "\"declared and not used\"" } else { "main.go" };
                self.fault(at, format!("`{word}` needs a value"), format!("write `{word}={example}`"));
            }
            _ => self.unknown(at, word),
        }
    }

    fn pair(&mut self, at: usize, key: &str, value: &str, value_at: usize) {
        if matches!(self.info.role, Role::Check | Role::Console | Role::ConsoleSolution | Role::Output) {
            return self.unknown(at, key);
        }
        match key {
            "file" => self.file_role(at, key, value, value_at, Role::File),
            "solution" => self.file_role(at, key, value, value_at, Role::Solution),
            "test" => self.file_role(at, key, value, value_at, Role::Test),
            "order" => self.file_role(at, key, value, value_at, Role::Order),
            "mutant" => self.file_role(at, key, value, value_at, Role::Mutant),
            "fails" if value.is_empty() => {
                self.fault(value_at, "`fails=` is empty".to_owned(), "write the text its output has, in double quotes");
            }
            "fails" => self.info.fails = Some(value.to_owned()),
            "src" => self.info.src = Some((value.to_owned(), value_at)),
            "predict" => self.fault(at, "`predict` takes no value".to_owned(), "write `predict`"),
            _ => self.unknown(at, &format!("{key}=")),
        }
    }

    fn file_role(&mut self, at: usize, key: &str, value: &str, value_at: usize, role: fn(FilePath) -> Role) {
        match FilePath::parse(value) {
            Err(error) => {
                self.fault(value_at, format!("`{value}` is no file name that can be used here"), error.to_string());
            }
            Ok(path) if key == "test" && !path.name().ends_with("_test.go") => {
                let fault = format!("`{path}` is no name of a test file: Go looks only into `…_test.go`");
                self.fault(value_at, fault, "write, for example, `test=main_test.go`");
            }
            Ok(path) => self.role(at, &format!("{key}="), role(path)),
        }
    }

    fn role(&mut self, at: usize, word: &str, role: Role) {
        if let Some(first) = &self.role_word {
            let fault = format!("a block is `{first}` or `{word}`, not both");
            return self.fault(at, fault, "write two blocks");
        }
        let only_go = matches!(role, Role::Test(_) | Role::Order(_) | Role::Mutant(_) | Role::Predict);
        if only_go && self.info.language != "go" {
            let fault = format!("`{word}` is for Go only, and this block is `{}`", self.info.language);
            return self.fault(at, fault, format!("begin the fence with `go`, or take `{word}` away"));
        }
        self.role_word = Some(word.to_owned());
        self.info.role = role;
    }

    fn unknown(&mut self, at: usize, word: &str) {
        let known: &[&str] = match self.info.role {
            Role::Console | Role::ConsoleSolution => &["solution"],
            Role::Check | Role::Output => {
                let fault = format!("a `{}` block takes no further words", self.info.language);
                return self.fault(at, fault, format!("take `{word}` away"));
            }
            Role::Show
            | Role::File(_)
            | Role::Solution(_)
            | Role::Test(_)
            | Role::Order(_)
            | Role::Mutant(_)
            | Role::Predict => WORDS,
        };
        self.faults.push(Fault::unknown(at, "fence word", word, known));
    }

    fn finish(mut self) -> (Info, Vec<Fault>) {
        if self.info.fails.is_some() && !matches!(self.info.role, Role::Show | Role::File(_)) {
            let role = self.role_word.clone().unwrap_or_default();
            self.fault(0, format!("`fails=` and `{role}` do not go together"), "write two blocks");
            self.info.fails = None;
        }
        if self.info.fails.is_some() && self.info.language != "go" {
            let fault = format!("`fails=` is for Go only, and this block is `{}`", self.info.language);
            self.fault(0, fault, "begin the fence with `go`, or take `fails=` away");
        }
        (self.info, self.faults)
    }
}
