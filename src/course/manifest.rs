//! course.toml: what a course is called, which Go it needs, and its chapters in order.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::source::Source;
use super::words::Fault;
use super::{Problem, names};
use crate::base::obeyed::readable;
use crate::base::{FilePath, Place};

/// The newest format that this program reads.
const FORMAT: u64 = 1;

const KEYS: &[&str] = &["format", "id", "title", "version", "authors", "licence", "go", "chapters", "proxy"];

/// What course.toml says, with what is missing filled in.
#[derive(Debug)]
pub struct Manifest {
    /// None when the course cannot be used: there is no id, or the format is too new.
    pub id: Option<String>,
    pub title: String,
    pub version: String,
    pub authors: Vec<String>,
    pub licence: String,
    pub go: (u32, u32),
    /// The folder of its module proxy, with the place where that is named.
    pub proxy: Option<(FilePath, Place)>,
    /// Folders in order, each with its place; none when there is no such list.
    pub chapters: Option<Vec<(String, Place)>>,
    /// Where the list of chapters begins.
    pub chapters_place: Place,
}

/// Reads the text of course.toml.
pub fn read(source: &Source, problems: &mut Vec<Problem>) -> Manifest {
    let (table, errors) = DeTable::parse_recoverable(source.text);
    for error in errors {
        // What is missing at the end of the text is missing behind its last word.
        let at = error.span().map_or(0, |span| span.start).min(source.text.trim_end().len());
        let fault = format!("this is not TOML: {}", error.message().lines().next().unwrap_or_default());
        problems.push(source.problem(at, Fault::new(0, fault, "correct it, as in `title = \"Go Fundamentals\"`")));
    }
    let mut reader = Reader { source, table: table.get_ref(), problems };
    reader.unknown_keys();
    let is_readable = reader.format();
    let id = reader.id().filter(|_| is_readable);
    let title = reader.text("title", "Go Fundamentals");
    let version = reader.text("version", "1.0.0");
    let go = reader.go();
    let (chapters, chapters_place) = reader.chapters();
    Manifest {
        title: title.unwrap_or_else(|| names::title(id.as_deref().unwrap_or("course"))),
        id,
        version: version.unwrap_or_else(|| "0.0.0".to_owned()),
        authors: reader.authors(),
        licence: reader.optional_text("licence").unwrap_or_default(),
        go,
        proxy: reader.proxy(),
        chapters,
        chapters_place,
    }
}

struct Reader<'a, 'p> {
    source: &'a Source<'a>,
    table: &'a DeTable<'a>,
    problems: &'p mut Vec<Problem>,
}

impl<'a> Reader<'a, '_> {
    fn fault(&mut self, at: usize, fault: impl Into<String>, mend: impl Into<String>) {
        self.problems.push(self.source.problem(at, Fault::new(0, fault, mend)));
    }

    fn unknown_keys(&mut self) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !KEYS.contains(&name) {
                let fault = Fault::unknown(key.span().start, "key", name, KEYS);
                self.problems.push(self.source.problem(0, fault));
            }
        }
    }

    fn get(&self, key: &str) -> Option<(Range<usize>, &'a DeValue<'a>)> {
        self.table.get(key).map(|value| (value.span(), value.get_ref()))
    }

    fn missing(&mut self, key: &str, example: &str) {
        self.fault(0, format!("`{key}` is missing"), format!("add `{key} = {example}`"));
    }

    fn wrong(&mut self, at: usize, key: &str, value: &DeValue, wanted: &str, example: &str) {
        let fault = format!("`{key}` takes {wanted}, and this is a TOML {}", value.type_str());
        self.fault(at, fault, format!("write `{key} = {example}`"));
    }

    /// Whether this program can read the course's format.
    fn format(&mut self) -> bool {
        let Some((span, value)) = self.get("format") else {
            self.missing("format", "1");
            return true;
        };
        let number = value.as_integer().and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok());
        match number {
            Some(FORMAT) => true,
            Some(newer) if newer > FORMAT => {
                let fault = format!(
                    "this course has format {newer}, and this haveago is too old for it: it reads format {FORMAT}"
                );
                self.fault(span.start, fault, "install a newer haveago");
                false
            }
            Some(_) => {
                self.fault(span.start, "there is no such format", "write `format = 1`");
                true
            }
            None => {
                self.wrong(span.start, "format", value, "a whole number", "1");
                true
            }
        }
    }

    fn id(&mut self) -> Option<String> {
        let id = self.text("id", "go-fundamentals")?;
        if !names::is_id(&id) {
            let at = self.get("id").map_or(0, |(span, _)| span.start);
            let slug = Some(names::slug(&id)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "my-course".to_owned());
            let fault = format!("the id `{id}` has other characters than lower-case letters, digits and hyphens");
            self.fault(at, fault, format!("write `id = \"{slug}\"`"));
            return Some(slug);
        }
        Some(id)
    }

    fn text(&mut self, key: &str, example: &str) -> Option<String> {
        if self.get(key).is_none() {
            self.missing(key, &format!("\"{example}\""));
        }
        let text = self.optional_text(key)?;
        if text.trim().is_empty() {
            let at = self.get(key).map_or(0, |(span, _)| span.start);
            self.fault(at, format!("`{key}` is empty"), format!("write `{key} = \"{example}\"`"));
            return None;
        }
        Some(text)
    }

    fn optional_text(&mut self, key: &str) -> Option<String> {
        let (span, value) = self.get(key)?;
        if value.as_str().is_none() {
            self.wrong(span.start, key, value, "a text", "\"…\"");
        }
        value.as_str().map(|text| readable(text).into_owned())
    }

    fn go(&mut self) -> (u32, u32) {
        const OLDEST: (u32, u32) = (1, 24);
        let Some(text) = self.text("go", "1.24") else { return OLDEST };
        names::version(&text).unwrap_or_else(|| {
            let at = self.get("go").map_or(0, |(span, _)| span.start);
            self.fault(at, format!("`{text}` is no version of Go"), "write, for example, `go = \"1.24\"`");
            OLDEST
        })
    }

    fn authors(&mut self) -> Vec<String> {
        let authors = self.list("authors", "[\"Ada Lovelace\"]").unwrap_or_default();
        authors.into_iter().map(|(author, _)| author).collect()
    }

    fn chapters(&mut self) -> (Option<Vec<(String, Place)>>, Place) {
        let example = "[\"01-first-steps\"]";
        let Some((span, _)) = self.get("chapters") else {
            self.missing("chapters", example);
            return (None, self.source.place(0));
        };
        let list = self.list("chapters", example);
        let mut chapters: Vec<(String, Place)> = Vec::new();
        for (folder, at) in list.iter().flatten() {
            if chapters.iter().any(|(earlier, _)| earlier == folder) {
                self.fault(*at, format!("the chapter `{folder}` is listed twice"), "keep one of them");
            } else {
                chapters.push((folder.clone(), self.source.place(*at)));
            }
        }
        (list.map(|_| chapters), self.source.place(span.start))
    }

    fn proxy(&mut self) -> Option<(FilePath, Place)> {
        let text = self.optional_text("proxy")?;
        let at = self.get("proxy").map_or(0, |(span, _)| span.start);
        match FilePath::parse(&text) {
            Ok(path) => Some((path, self.source.place(at))),
            Err(error) => {
                let fault = format!("`{text}` is no folder in this course: {error}");
                self.fault(at, fault, "write its path in the course, as in `proxy = \"proxy\"`");
                None
            }
        }
    }

    /// A list of texts with their places.
    fn list(&mut self, key: &str, example: &str) -> Option<Vec<(String, usize)>> {
        let (span, value) = self.get(key)?;
        let Some(array) = value.as_array() else {
            self.wrong(span.start, key, value, "a list of texts", example);
            return None;
        };
        let mut texts = Vec::new();
        for item in array {
            match item.get_ref().as_str() {
                Some(text) => texts.push((readable(text).into_owned(), item.span().start)),
                None => self.wrong(item.span().start, key, item.get_ref(), "a list of texts", example),
            }
        }
        Some(texts)
    }
}
