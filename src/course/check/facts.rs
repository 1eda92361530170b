//! The facts of the check language, one function a first word.

use std::time::Duration;

use super::reader::{self, Reader};
use crate::course::condition::{
    CONSTRUCTS, Ending, Fact, Feature, Http, Pattern, Prints, Ran, Run, RunHow, Target, Tests,
};
use crate::course::names;
use crate::course::words::{Fault, WordKind};

/// The words a line may start with, after `now`.
const FIRST: &[&str] = &[
    "file", "no", "binary", "ran", "build", "vet", "fmt", "test", "tests", "run", "uses", "forbids", "answer", "http",
];

pub fn fact(line: &mut Reader) -> Result<Fact, Fault> {
    match line.one_of("check word", FIRST)? {
        "file" => file(line),
        "no" => {
            line.one_of("word after `no`", &["file"])?;
            Ok(Fact::FileMissing(line.path()?))
        }
        "binary" => binary(line),
        "ran" => ran(line),
        "build" => Ok(Fact::Builds),
        "vet" => Ok(Fact::Vets),
        "fmt" => Ok(Fact::Formatted),
        "test" => tests(line),
        "tests" => {
            line.one_of("word after `tests`", &["catch"])?;
            line.one_of("word after `catch`", &["mutants"])?;
            Ok(Fact::TestsCatchMutants)
        }
        "run" => run(line),
        "uses" => Ok(Fact::Uses { feature: feature(line)?, wanted: true }),
        "forbids" => Ok(Fact::Uses { feature: feature(line)?, wanted: false }),
        "answer" => answer(line),
        // `one_of` gives no other word.
        _ => http(line),
    }
}

fn file(line: &mut Reader) -> Result<Fact, Fault> {
    let path = line.path()?;
    match line.one_of("word", &["exists", "contains", "matches"])? {
        "exists" => Ok(Fact::FileExists(path)),
        "contains" => Ok(Fact::FileContains(path, line.pattern()?)),
        _ => {
            let at = line.at();
            match line.pattern()? {
                Pattern::Text(_) => Err(Fault::new(
                    at,
                    "`matches` takes a regular expression between slashes",
                    "write `contains` for a text in quotes",
                )),
                regex @ Pattern::Regex(_) => Ok(Fact::FileContains(path, regex)),
            }
        }
    }
}

fn binary(line: &mut Reader) -> Result<Fact, Fault> {
    let path = line.path()?;
    if line.one_of("word", &["exists", "is"])? == "exists" {
        return Ok(Fact::BinaryExists(path));
    }
    if line.one_of("word after `is`", &["static", "for"])? == "static" {
        return Ok(Fact::BinaryStatic(path));
    }
    let (at, raw) = line.bare("system", "linux/arm64")?;
    let (os, arch) = raw.split_once('/').map_or((raw, None), |(os, arch)| (os, Some(arch)));
    let os = names::goos(os).ok_or_else(|| Fault::unknown(at, "system", os, names::SYSTEMS))?;
    if let Some(arch) = arch.filter(|arch| !names::ARCHITECTURES.contains(arch)) {
        let arch_at = at + raw.len() - arch.len();
        return Err(Fault::unknown(arch_at, "processor", arch, names::ARCHITECTURES));
    }
    Ok(Fact::BinaryFor(path, Target { os: os.to_owned(), arch: arch.map(str::to_owned) }))
}

fn ran(line: &mut Reader) -> Result<Fact, Fault> {
    let (at, command) = line.text("\"go mod init\"")?;
    let words = shell_words(at, &command)?;
    if words.is_empty() {
        return Err(Fault::new(at, "the command is empty", "write how it starts, as in `ran \"go build\"`"));
    }
    let mut ran = Ran { words, ends: Ending::Works, prints: None };
    while line.peek().is_some() {
        let at = line.at();
        let option = line.one_of("word after the command", &["fails", "or", "prints"])?;
        let is_first = match option {
            "prints" => ran.prints.replace(line.pattern()?).is_none(),
            "or" => {
                line.one_of("word after `or`", &["fails"])?;
                std::mem::replace(&mut ran.ends, Ending::Either) == Ending::Works
            }
            // `one_of` gives no other word.
            _ => std::mem::replace(&mut ran.ends, Ending::Fails) == Ending::Works,
        };
        once(at, if option == "or" { "fails" } else { option }, is_first)?;
    }
    Ok(Fact::Ran(ran))
}

fn tests(line: &mut Reader) -> Result<Fact, Fault> {
    let mut tests = Tests::default();
    while let Some(word) = line.next() {
        if word.raw == "race" {
            once(word.at, "race", !std::mem::replace(&mut tests.race, true))?;
        } else if word.raw.starts_with("Test") && word.raw.chars().all(|c| c.is_alphanumeric() || c == '_') {
            once(word.at, "a test's name", tests.only.replace(word.raw.to_owned()).is_none())?;
        } else {
            return Err(Fault::unknown(word.at, "word after `test`", word.raw, &["race", "TestName"]));
        }
    }
    Ok(Fact::Tests(tests))
}

const RUN_OPTIONS: &[&str] = &["in=", "args", "stdin", "timeout=", "race", "prints", "exits"];

fn run(line: &mut Reader) -> Result<Fact, Fault> {
    let mut how = RunHow::default();
    let mut prints = None;
    let mut exits = None;
    let mut args = None;
    while let Some(word) = line.next() {
        let first = match (&word.kind, word.raw) {
            (WordKind::Pair { key: "in", value, value_at }, _) => {
                how.dir.replace(reader::path(*value_at, value)?).is_none()
            }
            (WordKind::Pair { key: "timeout", value, value_at }, _) => {
                how.timeout.replace(duration(*value_at, value)?).is_none()
            }
            (WordKind::Bare, "args") => {
                let (at, text) = line.text("\"-n 3\"")?;
                args.replace(shell_words(at, &text)?).is_none()
            }
            (WordKind::Bare, "stdin") => how.stdin.replace(line.text("\"3 4\\n\"")?.1).is_none(),
            (WordKind::Bare, "race") => !std::mem::replace(&mut how.race, true),
            (WordKind::Bare, "prints") => prints.replace(prints_what(line)?).is_none(),
            (WordKind::Bare, "exits") => exits.replace(exit_status(line)?).is_none(),
            (WordKind::Pair { key, .. }, _) => {
                return Err(Fault::unknown(word.at, "option of `run`", &format!("{key}="), RUN_OPTIONS));
            }
            (WordKind::Bare | WordKind::Text(_) | WordKind::Regex(_), raw) => {
                return Err(Fault::unknown(word.at, "option of `run`", raw, RUN_OPTIONS));
            }
        };
        once(word.at, word.raw, first)?;
    }
    how.args = args.unwrap_or_default();
    Ok(Fact::Runs(Run { how, exits: exits.unwrap_or(0), prints }))
}

fn prints_what(line: &mut Reader) -> Result<Prints, Fault> {
    if !line.accept("exactly") {
        return Ok(Prints::Contains(line.pattern()?));
    }
    Ok(Prints::Exactly(line.text("\"7\\n\"")?.1))
}

fn exit_status(line: &mut Reader) -> Result<i32, Fault> {
    let (at, raw) = line.bare("number", "1")?;
    raw.parse::<u8>()
        .map(i32::from)
        .map_err(|_| Fault::new(at, format!("`{raw}` is no exit status"), "write a number from 0 to 255"))
}

fn duration(at: usize, raw: &str) -> Result<Duration, Fault> {
    let digits = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
    let number = raw[..digits].parse::<u32>().ok().filter(|number| *number > 0);
    match (number, &raw[digits..]) {
        (Some(number), "ms") => Ok(Duration::from_millis(number.into())),
        (Some(number), "s") => Ok(Duration::from_secs(number.into())),
        (Some(number), "m") => Ok(Duration::from_secs(u64::from(number) * 60)),
        (_, _) => Err(Fault::new(at, format!("`{raw}` is no time"), "write `5s`, `500ms` or `1m`")),
    }
}

/// Splits a command at its spaces; single and double quotes keep words together.
fn shell_words(at: usize, text: &str) -> Result<Vec<String>, Fault> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            Some(_) | None => word.get_or_insert_default().push(c),
        }
    }
    if let Some(open) = quote {
        return Err(Fault::new(at, format!("a quote in `{text}` has no end"), format!("close it with `{open}`")));
    }
    words.extend(word);
    Ok(words)
}

/// What `uses` and `forbids` take besides a construct.
const NAMED: &[&str] = &["func", "type", "call", "import", "package"];

fn feature(line: &mut Reader) -> Result<Feature, Fault> {
    let known: Vec<&'static str> = NAMED.iter().chain(CONSTRUCTS).copied().collect();
    Ok(match line.one_of("word of Go", &known)? {
        "func" => Feature::Func(line.bare("name", "func Double")?.1.to_owned()),
        "type" => Feature::Type(line.bare("name", "type Shape")?.1.to_owned()),
        "call" => Feature::Call(line.bare("name", "call fmt.Println")?.1.to_owned()),
        "package" => Feature::Package(line.bare("name", "package main")?.1.to_owned()),
        "import" => Feature::Import(line.text("import \"os\"")?.1),
        construct => Feature::Construct(construct),
    })
}

fn answer(line: &mut Reader) -> Result<Fact, Fault> {
    let mut answers = vec![line.pattern()?];
    while line.peek().is_some() {
        line.one_of("word between answers", &["or"])?;
        answers.push(line.pattern()?);
    }
    Ok(Fact::Answers(answers))
}

const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

fn http(line: &mut Reader) -> Result<Fact, Fault> {
    let method = line.one_of("method", METHODS)?.to_owned();
    let (at, target) = line.bare("port and path", ":8080/health")?;
    let (port, path) = target.split_at(target.find('/').unwrap_or(target.len()));
    let port = port.strip_prefix(':').and_then(|port| port.parse::<u16>().ok()).filter(|port| *port > 0);
    let port = port.ok_or_else(|| {
        Fault::new(at, format!("`{target}` is no port and path"), "write, for example, `:8080/health`")
    })?;
    let path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
    line.one_of("word after the path", &["is"])?;
    let (at, raw) = line.bare("status", "200")?;
    let status = raw.parse::<u16>().ok().filter(|status| (100..600).contains(status));
    let status =
        status.ok_or_else(|| Fault::new(at, format!("`{raw}` is no HTTP status"), "write a number from 100 to 599"))?;
    let mut prints = None;
    if line.peek().is_some() {
        line.one_of("word after the status", &["prints"])?;
        prints = Some(line.pattern()?);
    }
    Ok(Fact::Http(Http { method, port, path, status, prints }))
}

/// A second time is a mistake: one of the two would be lost.
fn once(at: usize, option: &str, is_first: bool) -> Result<(), Fault> {
    if is_first {
        return Ok(());
    }
    let word = option.split('=').next().unwrap_or(option);
    Err(Fault::new(at, format!("`{word}` is there twice"), "keep one of them"))
}
