//! A course from its files: course.toml, then the chapters in its order, then the links between them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use super::lesson::{self, Files, Setting};
use super::links::{self, Links};
use super::manifest::{self, Manifest};
use super::markdown;
use super::model::{Chapter, Course, Lesson};
use super::source::Source;
use super::{Problem, names};
use crate::base::nearest::nearest;
use crate::base::obeyed::{obeyed, readable};
use crate::base::{FilePath, Place};

/// What there is of a course, and all that is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// None only when there is no usable course.toml. With problems it is as much as could be understood.
    pub course: Option<Course>,
    /// By file, line and column.
    pub problems: Vec<Problem>,
}

/// Reads a course. `files` has every file by its path inside the course, with `/` between the parts: course.toml and
/// lessons as their text; other files too, since links may lead to them (their text may be empty where it is not text).
#[must_use]
pub fn load(files: &Files) -> Loaded {
    let (files, problems) = tamed(files);
    let files = files.as_ref();
    let mut loading = Loading { files, problems, links: Vec::new(), has_lesson: false };
    let course = loading.course();
    let mut problems = loading.problems;
    links::check(&loading.links, files, &mut problems);
    problems.sort();
    problems.dedup();
    Loaded { course, problems }
}

/// The files without the characters that terminals obey: a course from elsewhere is text, whatever stands in it. In
/// lessons each line with one is a problem. Lines end as on most systems: git may have written `\r\n`, and of a code
/// span over two lines that would make two spaces.
fn tamed(files: &Files) -> (Cow<'_, Files>, Vec<Problem>) {
    let mut problems = Vec::new();
    if files.iter().all(|(path, text)| !text.contains('\r') && obeyed(path).chain(obeyed(text)).next().is_none()) {
        return (Cow::Borrowed(files), problems);
    }
    let is_read = |path: &str| path == MANIFEST || Path::new(path).extension().is_some_and(|ending| ending == "md");
    for (path, text) in files.iter().filter(|(path, _)| is_read(path)) {
        let source = Source::new(&readable(path), text);
        let mut seen = 0;
        for (at, c) in obeyed(source.text) {
            let place = source.place(at);
            if std::mem::replace(&mut seen, place.line) != place.line {
                let fault =
                    format!("here stands the character U+{:04X}, which terminals obey and do not show", c as u32);
                problems.push(Problem::new(place, fault, "take it out; in Go write it as an escape, as in `\\x1b`"));
            }
        }
    }
    let tame = |(path, text): (&String, &String)| (readable(path).into_owned(), readable(text).replace("\r\n", "\n"));
    (Cow::Owned(files.iter().map(tame).collect()), problems)
}

/// The file that makes a folder a course.
pub const MANIFEST: &str = "course.toml";

struct Loading<'a> {
    files: &'a Files,
    problems: Vec<Problem>,
    links: Vec<Links>,
    /// A lesson has been read.
    has_lesson: bool,
}

impl Loading<'_> {
    fn problem(&mut self, place: Place, fault: impl Into<String>, mend: impl Into<String>) {
        self.problems.push(Problem::new(place, fault, mend));
    }

    fn course(&mut self) -> Option<Course> {
        let Some(text) = self.files.get(MANIFEST) else {
            let mend = "add a file `course.toml` with `format = 1`, `id`, `title`, `version`, `go` and `chapters`";
            self.problem(Place::new(MANIFEST, 1, 1), "this folder is no course: it has no course.toml", mend);
            return None;
        };
        let source = Source::new(MANIFEST, text);
        let manifest = manifest::read(&source, &mut self.problems);
        let folders = self.folders(&manifest);
        let proxy = self.proxy(&manifest);
        let mut chapters: Vec<Chapter> = Vec::new();
        for (folder, place) in folders {
            let chapter = self.chapter(&folder, &manifest);
            if let Some(twin) = chapters.iter().find(|twin| twin.id == chapter.id) {
                let fault = format!("the chapters `{}` and `{folder}` have the same id `{}`", twin.folder, chapter.id);
                self.problem(place, fault, "give one of the folders another name behind its number");
            } else {
                chapters.push(chapter);
            }
        }
        Some(Course {
            id: manifest.id?,
            title: manifest.title,
            version: manifest.version,
            authors: manifest.authors,
            licence: manifest.licence,
            go: manifest.go,
            proxy,
            chapters,
        })
    }

    /// The chapters' folders that are there, in the course's order.
    fn folders(&mut self, manifest: &Manifest) -> Vec<(String, Place)> {
        let there: BTreeSet<&str> =
            self.files.keys().filter_map(|path| lesson_path(path)).map(|(folder, _)| folder).collect();
        let Some(listed) = &manifest.chapters else {
            // Without a list the learner still reads what is there.
            return there.into_iter().map(|folder| (folder.to_owned(), manifest.chapters_place.clone())).collect();
        };
        for (folder, place) in listed.iter().filter(|(folder, _)| !there.contains(folder.as_str())) {
            let mend = match nearest(folder, there.iter().copied()) {
                Some(near) => format!("write `{near}`"),
                None => "add the folder with a `README.md` in it, or take it off the list".to_owned(),
            };
            self.problem(place.clone(), format!("there is no chapter `{folder}`"), mend);
        }
        for folder in there.iter().filter(|folder| listed.iter().all(|(name, _)| name != *folder)) {
            let fault = format!("the folder `{folder}` has lessons and is not listed");
            self.problem(manifest.chapters_place.clone(), fault, format!("add `\"{folder}\"` to `chapters`"));
        }
        listed.iter().filter(|(folder, _)| there.contains(folder.as_str())).cloned().collect()
    }

    /// The folder of the module proxy, if there are modules in it.
    fn proxy(&mut self, manifest: &Manifest) -> Option<FilePath> {
        let (path, place) = manifest.proxy.as_ref()?;
        let prefix = format!("{path}/");
        let below = self.files.range(prefix.clone()..).take_while(|(file, _)| file.starts_with(&prefix));
        if below.map(|(file, _)| file).any(|file| file.ends_with("/@v/list")) {
            return Some(path.clone());
        }
        let mend = format!("add one, as in `{prefix}learn.example/greet/@v/list`, or take the line out");
        self.problem(place.clone(), format!("there is no module in `{path}`"), mend);
        None
    }

    fn chapter(&mut self, folder: &str, manifest: &Manifest) -> Chapter {
        let (number, id) = names::numbered(folder);
        let readme = format!("{folder}/README.md");
        self.name(&readme, number, id, "folder");
        let mut chapter = Chapter {
            id: id.to_owned(),
            folder: folder.to_owned(),
            title: names::title(id),
            page: Vec::new(),
            lessons: Vec::new(),
        };
        match self.files.get(&readme) {
            None => {
                let mend = "add it: a title, one line on what the chapter gives, its goals";
                self.problem(Place::new(readme.as_str(), 1, 1), "this chapter has no page of its own", mend);
            }
            Some(text) => {
                let source = Source::new(&readme, text);
                let document = self.document(&source);
                let setting = Setting { files: self.files, go: manifest.go, is_first: false };
                let page = lesson::chapter(document, &source, setting, &mut self.problems);
                chapter.title = page.title.unwrap_or(chapter.title);
                chapter.page = page.page;
            }
        }
        self.lessons(&mut chapter, manifest);
        chapter
    }

    fn lessons(&mut self, chapter: &mut Chapter, manifest: &Manifest) {
        let prefix = format!("{}/", chapter.folder);
        let below = self.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        let mut lessons: Vec<(Option<u32>, &str, &String, &String)> = below
            .filter_map(|(path, text)| {
                let name = lesson_path(path)?.1;
                let (number, id) = names::numbered(name);
                (name != "README").then_some((number, id, path, text))
            })
            .collect();
        lessons.sort_by_key(|(number, ..)| number.unwrap_or(u32::MAX));
        if lessons.is_empty() {
            let place = Place::new(format!("{prefix}README.md"), 1, 1);
            self.problem(place, "this chapter has no lesson", "add one, as in `01-first-steps.md`");
        }
        for (number, id, path, text) in lessons {
            self.name(path, number, id, "file");
            if let Some(twin) = chapter.lessons.iter().find(|twin| twin.id == id) {
                let fault = format!("this lesson has the same id as `{}`: `{id}`", twin.file);
                self.problem(Place::new(path.as_str(), 1, 1), fault, "give the file another name behind its number");
                continue;
            }
            let course = manifest.id.as_deref().unwrap_or("course");
            let step_path = format!("{course}/{}/{id}", chapter.id);
            let lesson = self.lesson(path, text, &step_path, manifest);
            chapter.lessons.push(lesson);
        }
    }

    fn lesson(&mut self, path: &str, text: &str, step_path: &str, manifest: &Manifest) -> Lesson {
        let source = Source::new(path, text);
        let document = self.document(&source);
        let setting =
            Setting { files: self.files, go: manifest.go, is_first: !std::mem::replace(&mut self.has_lesson, true) };
        lesson::lesson(document, &source, setting, step_path, &mut self.problems)
    }

    /// Reads a file once, and keeps its links for the end.
    fn document(&mut self, source: &Source) -> markdown::Document {
        let mut document = markdown::read(source);
        self.problems.append(&mut document.problems);
        let links = document.links.drain(..).map(|link| (link.url, source.place(link.at))).collect();
        self.links.push(Links {
            file: source.file.to_string(),
            targets: links,
            anchors: std::mem::take(&mut document.anchors),
        });
        document
    }

    /// A folder's or file's name has a number, which orders it, and an id, on which progress hangs.
    fn name(&mut self, path: &str, number: Option<u32>, id: &str, what: &str) {
        let place = Place::new(path, 1, 1);
        if number.is_none() {
            let fault = format!("the {what}'s name begins with no number, so its turn is not told");
            self.problem(place.clone(), fault, format!("call it, for example, `01-{id}`"));
        }
        if !names::is_id(id) {
            let fault = format!(
                "the {what}'s name makes the id `{id}`, which is more than lower-case letters, digits and hyphens"
            );
            let slug =
                Some(names::slug(id)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "first-steps".to_owned());
            self.problem(place, fault, format!("call it, for example, `01-{slug}`"));
        }
    }
}

/// `01-x/02-y.md` → `("01-x", "02-y")`; none for files at other depths and of other kinds.
pub fn lesson_path(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.split_once('/')?;
    let name = name.strip_suffix(".md")?;
    (!name.contains('/') && !folder.starts_with('.')).then_some((folder, name))
}
