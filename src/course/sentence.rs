//! Each condition as the learner reads it: one sentence without a full stop, code between backticks.

use super::condition::{Condition, Ending, Fact, Feature, Http, Pattern, Prints, Ran, Run, RunHow, Target, Tests};

impl Condition {
    /// The learner's sentence: "`go.mod` exists", "your program prints `Hello, Go!`". Code stands between single
    /// backticks, or between double ones where it has a backtick itself, as in Markdown.
    #[must_use]
    pub fn sentence(&self) -> String {
        let sentence = self.fact.sentence();
        if self.now { format!("right now, {sentence}") } else { sentence }
    }

    /// The text of several lines that the sentence speaks of as "these 2 lines"; faces show it below the sentence.
    #[must_use]
    pub fn lines(&self) -> Option<&str> {
        let pattern = match &self.fact {
            Fact::FileContains(_, pattern) => pattern,
            Fact::Ran(ran) => ran.prints.as_ref()?,
            Fact::Http(http) => http.prints.as_ref()?,
            Fact::Runs(run) => match run.prints.as_ref()? {
                Prints::Contains(pattern) => pattern,
                Prints::Exactly(text) => return several_lines(text),
            },
            Fact::FileExists(_)
            | Fact::FileMissing(_)
            | Fact::BinaryExists(_)
            | Fact::BinaryStatic(_)
            | Fact::BinaryFor(..)
            | Fact::Builds
            | Fact::Vets
            | Fact::Formatted
            | Fact::Tests(_)
            | Fact::TestsCatchMutants
            | Fact::Uses { .. }
            | Fact::Answers(_) => return None,
        };
        match pattern {
            Pattern::Text(text) => several_lines(text),
            Pattern::Regex(_) => None,
        }
    }
}

impl Ran {
    /// The command as it is typed.
    #[must_use]
    pub fn line(&self) -> String {
        let words: Vec<String> = self.words.iter().map(|word| quoted(word, "")).collect();
        words.join(" ")
    }
}

/// The word as a shell takes it for one: in quotes where it is empty, or has a space, a quote or one of `signs`.
fn quoted(word: &str, signs: &str) -> String {
    let is_sign = |c: char| c.is_whitespace() || "'\"".contains(c) || signs.contains(c);
    if !word.is_empty() && !word.contains(is_sign) {
        return word.to_owned();
    }
    if word.contains('\'') && !word.contains(['"', '$', '`', '\\']) {
        return format!("\"{word}\"");
    }
    format!("'{}'", word.replace('\'', "'\"'\"'"))
}

/// The text without its last line end, where that is more than one line.
fn several_lines(text: &str) -> Option<&str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.trim_matches('\n').contains('\n').then_some(text)
}

impl Fact {
    fn sentence(&self) -> String {
        match self {
            Self::FileExists(path) => format!("{} exists", code(path.as_str())),
            Self::FileContains(path, Pattern::Text(text)) => {
                format!("{} contains {}", code(path.as_str()), expected(text))
            }
            Self::FileContains(path, Pattern::Regex(regex)) => {
                format!("{} matches {}", code(path.as_str()), code(regex.as_str()))
            }
            Self::FileMissing(path) => format!("there is no {}", code(path.as_str())),
            Self::BinaryExists(path) => format!("{} is a program for this machine", code(path.as_str())),
            Self::BinaryStatic(path) => format!("{} needs no shared library", code(path.as_str())),
            Self::BinaryFor(path, target) => format!("{} is a program for {}", code(path.as_str()), system(target)),
            Self::Ran(ran) => self::ran(ran),
            Self::Builds => "your program builds".to_owned(),
            Self::Vets => "`go vet` finds nothing".to_owned(),
            Self::Formatted => "the code is formatted as gofmt does".to_owned(),
            Self::Tests(tests) => self::tests(tests),
            Self::TestsCatchMutants => "your tests pass, and they catch every planted bug".to_owned(),
            Self::Runs(run) => self::run(run),
            Self::Uses { feature, wanted: true } => format!("you {}", uses(feature)),
            Self::Uses { feature, wanted: false } => format!("you do not {}", uses(feature)),
            Self::Answers(_) => "you answered the question".to_owned(),
            Self::Http(http) => self::http(http),
        }
    }
}

fn ran(ran: &Ran) -> String {
    let command = code(&ran.line());
    match (ran.ends, &ran.prints) {
        (Ending::Works | Ending::Either, None) => format!("you ran {command}"),
        (Ending::Works | Ending::Either, Some(pattern)) => {
            format!("you ran {command}, and it printed {}", text(pattern))
        }
        (Ending::Fails, None) => format!("{command} fails"),
        (Ending::Fails, Some(pattern)) => format!("{command} fails and says {}", text(pattern)),
    }
}

fn tests(tests: &Tests) -> String {
    let passes = match &tests.only {
        Some(name) => format!("the test {} passes", code(name)),
        None => "the tests pass".to_owned(),
    };
    if tests.race { format!("{passes} under the race detector") } else { passes }
}

fn run(run: &Run) -> String {
    let program = match &run.how.dir {
        Some(dir) => format!("the program in {}", code(dir.as_str())),
        None => "your program".to_owned(),
    };
    let prints = match &run.prints {
        Some(Prints::Contains(pattern)) => Some(format!("prints {}", text(pattern))),
        Some(Prints::Exactly(text)) if text.trim_end_matches('\n').is_empty() => Some("prints nothing".to_owned()),
        Some(Prints::Exactly(text)) => Some(format!("prints exactly {}", expected(text))),
        None => None,
    };
    let ends = match (run.exits, &prints) {
        (0, Some(_)) => None,
        (0, None) => Some("runs and ends without an error".to_owned()),
        (status, _) => Some(format!("ends with exit status {status}")),
    };
    let does: Vec<String> = prints.into_iter().chain(ends).collect();
    format!("{}{program} {}", circumstances(&run.how), does.join(" and "))
}

/// "started with `-n 3` and with `3 4` typed in, ": what comes before the program does anything.
fn circumstances(how: &RunHow) -> String {
    let mut parts = Vec::new();
    if !how.args.is_empty() {
        let args: Vec<String> = how.args.iter().map(|arg| quoted(arg, "*?$&|;<>()#`\\")).collect();
        parts.push(format!("started with {}", code(&args.join(" "))));
    }
    if let Some(stdin) = &how.stdin {
        parts.push(typed_in(stdin));
    }
    if how.race {
        parts.push("under the race detector".to_owned());
    }
    if let Some(timeout) = how.timeout {
        parts.push(format!("within {timeout:?}"));
    }
    if parts.is_empty() { String::new() } else { format!("{}, ", crate::base::prose::list(&parts, "and")) }
}

/// As many lines as can be read in a sentence are told one by one.
fn typed_in(stdin: &str) -> String {
    let lines: Vec<&str> = stdin.trim_end_matches('\n').split('\n').collect();
    match lines.as_slice() {
        [""] => "with nothing typed in".to_owned(),
        [_, _, ..] if lines.len() <= 5 && !lines.contains(&"") => {
            let lines: Vec<String> = lines.iter().map(|line| code(line)).collect();
            format!("with the lines {} typed in", crate::base::prose::list(&lines, "and"))
        }
        [..] => format!("with {} typed in", code(stdin)),
    }
}

fn http(http: &Http) -> String {
    let request = code(&format!("{} {}", http.method, http.path));
    let answer = format!("{request} on port {} is answered with {}", http.port, http.status);
    match &http.prints {
        Some(pattern) => format!("{answer} and {}", text(pattern)),
        None => answer,
    }
}

fn uses(feature: &Feature) -> String {
    match feature {
        Feature::Func(name) => format!("declare a function {}", code(name)),
        Feature::Type(name) => format!("declare a type {}", code(name)),
        Feature::Call(name) => format!("call {}", code(name)),
        Feature::Import(path) => format!("import {}", code(path)),
        Feature::Package(name) => format!("name the package {}", code(name)),
        Feature::Construct(word) => construct(word),
    }
}

fn construct(word: &str) -> String {
    let told = match word {
        "type-switch" => "use a type switch",
        "if-init" => "use an `if` with a statement of its own before the condition",
        "for-cond" => "use a `for` with nothing but a condition",
        "label" => "use a label",
        "short-var" => "declare a variable with `:=`",
        "assign" => "assign with `=`",
        "slice" => "use a slice",
        "array" => "use an array",
        "pointer" => "use a pointer",
        "closure" => "use a function without a name",
        "method" => "declare a method",
        "generic" => "use type parameters",
        "variadic" => "declare a function that takes any number of values, with `...`",
        keyword => return format!("use {}", code(keyword)),
    };
    told.to_owned()
}

fn system(target: &Target) -> String {
    let os = match target.os.as_str() {
        "linux" => "Linux",
        "darwin" => "macOS",
        "windows" => "Windows",
        "freebsd" => "FreeBSD",
        "openbsd" => "OpenBSD",
        "netbsd" => "NetBSD",
        other => other,
    };
    match &target.arch {
        Some(arch) => format!("{os} on {}", code(arch)),
        None => os.to_owned(),
    }
}

fn text(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Text(text) => expected(text),
        Pattern::Regex(regex) => format!("something that matches {}", code(regex.as_str())),
    }
}

/// What is asked for, as code; several lines are only spoken of, and shown by [`Condition::lines`].
fn expected(text: &str) -> String {
    match several_lines(text) {
        Some(lines) => format!("these {} lines", lines.split('\n').count()),
        None => code(text),
    }
}

/// A text as code: its last line end left off, others, tabs and what terminals obey made visible.
fn code(text: &str) -> String {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r");
    // As a check is written, where such a character can only be one of ASCII.
    let shown = |c: char| if c.is_control() { format!("\\x{:02x}", u32::from(c)) } else { c.to_string() };
    let text: String = text.chars().map(shown).collect();
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
