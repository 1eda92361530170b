//! Completion of the word at the cursor: commands, the parts of `go`, flags, and the names in a folder.

mod word;
mod words;

use std::ops::Range;

use self::word::{Word, quoted};

/// The names in a folder, as asked for by [`folder_wanted`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The folder as it was asked for: `.`, `cmd/`, `~/haveago/`.
    pub dir: String,
    /// Each name, and whether it is a folder.
    pub entries: Vec<(String, bool)>,
}

/// What completion comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the line and what stands there instead.
    pub replace: Option<(Range<usize>, String)>,
    /// What it could be, when it is not clear.
    pub candidates: Vec<String>,
}

/// A word that the one at the cursor could become.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    /// The whole word, unquoted.
    value: String,
    /// As listed.
    shown: String,
    is_folder: bool,
}

/// The folder whose names completion needs, if it needs any: `.` or what stands before the last `/`, with it.
#[must_use]
pub fn folder_wanted(line: &str, cursor: usize) -> Option<String> {
    let word = Word::at(line, cursor);
    wants_files(&word).then(|| {
        let folder = folder_of(&word.value);
        if folder.is_empty() { ".".to_owned() } else { folder.to_owned() }
    })
}

/// Completes the word at `cursor`: wholly when it is clear, else as far as all candidates agree, else not,
/// with the candidates to choose from.
#[must_use]
pub fn complete(line: &str, cursor: usize, listing: Option<&Listing>) -> Completion {
    let word = Word::at(line, cursor);
    let candidates = candidates(&word, listing);
    let range = word.start..cursor;
    match candidates.as_slice() {
        [] => Completion::default(),
        [only] => {
            let end = if only.is_folder { "/" } else { " " };
            let text = format!("{}{end}", quoted(&only.value, word.quote, true));
            Completion { replace: Some((range, text)), candidates: Vec::new() }
        }
        several => {
            let common = common_start(several);
            let shown = several.iter().map(|candidate| candidate.shown.clone()).collect();
            let replace = (common.len() > word.value.len()).then(|| (range, quoted(&common, word.quote, false)));
            Completion { replace, candidates: shown }
        }
    }
}

fn candidates(word: &Word, listing: Option<&Listing>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = words::known(word)
        .into_iter()
        .filter(|known| known.starts_with(&word.value))
        .map(|known| Candidate { value: known.to_owned(), shown: known.to_owned(), is_folder: false })
        .collect();
    if let Some(listing) = listing.filter(|_| wants_files(word)) {
        found.extend(files(word, listing));
    }
    found.sort_by(|a, b| a.shown.cmp(&b.shown));
    found.dedup();
    found
}

fn files<'a>(word: &'a Word, listing: &'a Listing) -> impl Iterator<Item = Candidate> + 'a {
    let folder = folder_of(&word.value);
    let start = &word.value[folder.len()..];
    let folders_only = matches!(word.before.first().map(String::as_str), Some("cd" | "mkdir"));
    listing
        .entries
        .iter()
        .filter(move |(name, is_folder)| {
            let is_hidden = name.starts_with('.') && !start.starts_with('.');
            name.starts_with(start) && !is_hidden && (*is_folder || !folders_only) && !name.contains(char::is_control)
        })
        .map(move |(name, is_folder)| Candidate {
            value: format!("{folder}{name}"),
            shown: if *is_folder { format!("{name}/") } else { name.clone() },
            is_folder: *is_folder,
        })
}

/// Whether the word may be a path: not a command's name, not a flag, and not where `go` takes its own words only.
fn wants_files(word: &Word) -> bool {
    if word.value.contains('/') {
        return true;
    }
    !word.value.starts_with('-') && !word.before.is_empty() && !words::takes_only_known(&word.before)
}

fn folder_of(value: &str) -> &str {
    value.rfind('/').map_or("", |slash| &value[..=slash])
}

fn common_start(candidates: &[Candidate]) -> String {
    let Some((first, rest)) = candidates.split_first() else { return String::new() };
    let mut common = first.value.as_str();
    for other in rest {
        let length =
            common.chars().zip(other.value.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        common = &common[..length];
    }
    common.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Completion, Listing, complete, folder_wanted};

    fn listing() -> Listing {
        let names =
            [("main.go", false), ("main_test.go", false), ("my notes.txt", false), ("cmd", true), (".git", true)];
        Listing { dir: ".".into(), entries: names.map(|(name, is_folder)| (name.to_owned(), is_folder)).to_vec() }
    }

    /// The line after Tab, and what it lists.
    fn tab(line: &str) -> (String, Vec<String>) {
        let listing = listing();
        let listing = folder_wanted(line, line.len()).map(|_| listing);
        let Completion { replace, candidates } = complete(line, line.len(), listing.as_ref());
        let mut text = line.to_owned();
        if let Some((range, new)) = replace {
            text.replace_range(range, &new);
        }
        (text, candidates)
    }

    #[test]
    fn commands_and_the_parts_of_go_are_completed() {
        assert_eq!(tab("mkd").0, "mkdir ");
        assert_eq!(tab("go ve"), ("go ve".into(), vec!["version".into(), "vet".into()]));
        assert_eq!(tab("go vers").0, "go version ");
        assert_eq!(tab("go mod i").0, "go mod init ");
        assert_eq!(tab("go test -cov").0, "go test -cover");
        assert_eq!(tab("GOOS=linux go b").0, "GOOS=linux go bu");
        assert_eq!(tab("ls && go bui").0, "ls && go build ");
    }

    #[test]
    fn names_are_completed_as_far_as_they_agree() {
        assert_eq!(tab("cat mai"), ("cat main".into(), vec!["main.go".into(), "main_test.go".into()]));
        assert_eq!(tab("go run main.").0, "go run main.go ");
        assert_eq!(tab("cat .g").0, "cat .git/");
        assert_eq!(tab("cd ").0, "cd cmd/");
        assert_eq!(tab("cat zzz"), ("cat zzz".into(), vec![]));
    }

    #[test]
    fn names_with_blanks_are_quoted() {
        assert_eq!(tab("cat my").0, "cat \"my notes.txt\" ");
        assert_eq!(tab("cat 'my n").0, "cat 'my notes.txt' ");
        assert_eq!(tab("cat my\\ no").0, "cat \"my notes.txt\" ");
    }

    #[test]
    fn the_folder_of_the_word_is_asked_for() {
        assert_eq!(folder_wanted("go r", 4), None);
        assert_eq!(folder_wanted("cat ", 4), Some(".".into()));
        assert_eq!(folder_wanted("cat cmd/ma", 10), Some("cmd/".into()));
        assert_eq!(folder_wanted("./my", 4), Some("./".into()));
        assert_eq!(tab("./mai").0, "./main");
    }
}
