//! Links between the files of a course lead somewhere.

use std::collections::BTreeMap;

use super::Problem;
use super::lesson::Files;
use super::words::Fault;
use crate::base::nearest::nearest;

/// What one file links to, and what it can be linked to by.
#[derive(Debug)]
pub struct Links {
    pub file: String,
    /// Target and place.
    pub targets: Vec<(String, crate::base::Place)>,
    pub anchors: Vec<String>,
}

/// One problem for each link to a file, folder or heading that is not there.
pub fn check(all: &[Links], files: &Files, problems: &mut Vec<Problem>) {
    let anchors: BTreeMap<&str, &[String]> =
        all.iter().map(|links| (links.file.as_str(), links.anchors.as_slice())).collect();
    for links in all {
        for (url, place) in &links.targets {
            if let Err(fault) = target(url, &links.file, files, &anchors) {
                problems.push(Problem::new(place.clone(), fault.what, fault.mend));
            }
        }
    }
}

fn target(url: &str, from: &str, files: &Files, anchors: &BTreeMap<&str, &[String]>) -> Result<(), Fault> {
    if has_scheme(url) || url.starts_with("//") {
        return Ok(());
    }
    let (path, anchor) = url.split_once('#').map_or((url, None), |(path, anchor)| (path, Some(anchor)));
    if path.is_empty() && anchor.is_none() {
        return Err(Fault::new(0, "this link has no target", "write where it leads, between the parentheses"));
    }
    if path.starts_with('/') {
        let mend = "write it as seen from this file, as in `../02-values/01-types.md`";
        return Err(Fault::new(0, format!("the link `{url}` begins at the root of the disk"), mend));
    }
    let path = decode(path.split('?').next().unwrap_or(path));
    let file = if path.is_empty() { Some(from.to_owned()) } else { resolve(from, &path) };
    let file = file.ok_or_else(|| {
        Fault::new(
            0,
            format!("the link `{url}` leads out of the course"),
            "link to a file of the course, or to an address",
        )
    })?;
    if !exists(&file, files) {
        return Err(no_file(url, &file, from, files));
    }
    let (Some(anchor), Some(known)) = (anchor, anchors.get(file.as_str())) else { return Ok(()) };
    let anchor = decode(anchor);
    if anchor.is_empty() || known.contains(&anchor) {
        return Ok(());
    }
    let mend = match nearest(&anchor, known.iter().map(String::as_str)) {
        Some(near) => format!("write `#{near}`"),
        None => "give the heading this id, as in `## Heading {#id}`".to_owned(),
    };
    Err(Fault::new(0, format!("`{file}` has no heading `#{anchor}`"), mend))
}

fn no_file(url: &str, file: &str, from: &str, files: &Files) -> Fault {
    let folder = folder(file);
    let beside = files.keys().filter(|path| self::folder(path) == folder);
    let mend = match nearest(file, beside.map(String::as_str)) {
        Some(near) if folder == self::folder(from) => format!("write `{}`", near.rsplit('/').next().unwrap_or(near)),
        Some(near) => format!("`{near}` is there; correct the link"),
        None => format!("correct the link, or add the file `{file}`"),
    };
    Fault::new(0, format!("the link `{url}` leads nowhere: there is no `{file}`"), mend)
}

/// `https:`, `mailto:` and the like.
fn has_scheme(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` as seen from the file `from`; none when it leads out of the course.
fn resolve(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder(from).split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// A file, or a folder with a file in it.
fn exists(path: &str, files: &Files) -> bool {
    let folder = format!("{path}/");
    path.is_empty()
        || files.contains_key(path)
        || files.range(folder.clone()..).next().is_some_and(|(file, _)| file.starts_with(&folder))
}

/// `%20` and the like become what they stand for.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            Some(_) | None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
