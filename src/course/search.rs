//! Finds text in a course, as it is typed.

use std::ops::Range;

use memchr::memmem::Finder;

use super::model::{Block, BlockKind, Course, LessonIndex, each_block, plain_text};

/// So many places are told; whoever has more to read through types another word.
pub const MOST: usize = 200;

/// As much of the text is looked at to find out which word is rare.
const SAMPLE: usize = 64 * 1024;

/// The text of a course: titles first, then what its pages say, a paragraph or a line of code a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// In lower case, each line with its end.
    folded: String,
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
struct Line {
    /// Where it ends in the folded text, its line end left out.
    end: usize,
    text: String,
    spot: Spot,
}

/// A page of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The own page of the chapter with this index.
    Chapter(usize),
    /// The lesson, and which of its steps on this system.
    Step(LessonIndex, usize),
}

impl Spot {
    /// Where it is, as people count: `3.2 Print a name ─ Say it twice`, with `rule` between lesson and step.
    #[must_use]
    pub fn name(self, course: &Course, os: &str, rule: &str) -> String {
        match self {
            Self::Chapter(number) => {
                let title = course.chapters.get(number).map_or("", |chapter| chapter.title.as_str());
                format!("Chapter {}: {title}", number + 1)
            }
            Self::Step(at, number) => {
                let Some(lesson) = course.lesson(at) else { return String::new() };
                let step = lesson.steps_on(os).nth(number).map_or("", |step| step.title.as_str());
                format!("{}.{} {} {rule} {step}", at.chapter + 1, at.lesson + 1, lesson.title)
            }
        }
    }
}

/// A place where all words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub spot: Spot,
    /// The paragraph or line.
    pub text: String,
    /// The bytes of `text` where the words stand, in order and without overlaps.
    pub words: Vec<Range<usize>>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// At most [`MOST`].
    pub hits: Vec<Hit>,
    /// There may be more.
    pub is_cut: bool,
}

impl Index {
    /// Everything that is read in `course` on the system `os` (a GOOS word); hints and solutions are not.
    #[must_use]
    pub fn of(course: &Course, os: &str) -> Self {
        let mut index = Self { folded: String::new(), lines: Vec::new() };
        for (number, chapter) in course.chapters.iter().enumerate().filter(|(_, chapter)| !chapter.page.is_empty()) {
            index.add(Spot::Chapter(number), &chapter.title);
        }
        let steps = || {
            course.lessons().flat_map(|(at, _, lesson)| {
                lesson
                    .steps_on(os)
                    .enumerate()
                    .map(move |(number, step)| (Spot::Step(at, number), number, lesson, step))
            })
        };
        for (spot, number, lesson, step) in steps() {
            if number == 0 {
                index.add(spot, &lesson.title);
            }
            index.add(spot, &step.title);
        }
        for (number, chapter) in course.chapters.iter().enumerate() {
            index.add_blocks(Spot::Chapter(number), &chapter.page);
        }
        for (spot, number, lesson, step) in steps() {
            if number == 0 {
                index.add_blocks(spot, &lesson.intro);
            }
            index.add_blocks(spot, &step.blocks);
        }
        index
    }

    fn add(&mut self, spot: Spot, text: &str) {
        for text in text.lines().map(str::trim).filter(|text| !text.is_empty()) {
            self.folded.extend(text.chars().flat_map(char::to_lowercase));
            self.lines.push(Line { end: self.folded.len(), text: text.to_owned(), spot });
            self.folded.push('\n');
        }
    }

    fn add_blocks(&mut self, spot: Spot, blocks: &[Block]) {
        each_block(blocks, &mut |block| match &block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => self.add(spot, &plain_text(text)),
            BlockKind::Code(code) => self.add(spot, &code.text),
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let cells: Vec<String> = row.iter().map(|cell| plain_text(cell)).collect();
                    self.add(spot, &cells.join("  "));
                }
            }
            _ => {}
        });
    }

    /// The lines that have every word of `query` in them, in lower case or not; titles first, each in the course's order.
    #[must_use]
    pub fn find(&self, query: &str) -> Found {
        let folded: String = query.chars().flat_map(char::to_lowercase).collect();
        let mut words: Vec<Finder<'_>> = folded.split_whitespace().map(Finder::new).collect();
        let mut found = Found::default();
        let sample = &self.folded.as_bytes()[..self.folded.len().min(SAMPLE)];
        // The one that is looked for first is the one that is seldom there.
        words.sort_by_key(|word| (word.find_iter(sample).count(), std::cmp::Reverse(word.needle().len())));
        let Some((rare, others)) = words.split_first() else { return found };
        let text = self.folded.as_bytes();
        let (mut from, mut next) = (0, 0);
        while let Some(at) = rare.find(&text[from..]).map(|at| at + from) {
            next += self.lines[next..].partition_point(|line| line.end <= at);
            let line = &self.lines[next];
            let begin = if next == 0 { 0 } else { self.lines[next - 1].end + 1 };
            let whole = &text[begin..line.end];
            if others.iter().all(|word| word.find(whole).is_some()) {
                if found.hits.len() == MOST {
                    found.is_cut = true;
                    break;
                }
                let places = places(&line.text, &folded);
                found.hits.push(Hit { spot: line.spot, text: line.text.clone(), words: places });
            }
            from = line.end + 1;
        }
        found
    }
}

/// Where the words of a folded query stand in a line.
fn places(text: &str, query: &str) -> Vec<Range<usize>> {
    // A letter in lower case may take more bytes or fewer than as it was written.
    let mut folded = String::new();
    let mut written: Vec<usize> = Vec::new();
    for (at, letter) in text.char_indices() {
        for small in letter.to_lowercase() {
            written.extend(std::iter::repeat_n(at, small.len_utf8()));
            folded.push(small);
        }
    }
    let end_of = |at: usize| text[at..].chars().next().map_or(at, |letter| at + letter.len_utf8());
    let mut places: Vec<Range<usize>> = query
        .split_whitespace()
        .flat_map(|word| folded.match_indices(word))
        .map(|(at, word)| written[at]..end_of(written[at + word.len() - 1]))
        .collect();
    places.sort_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            Some(_) | None => apart.push(place),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Index, MOST, Spot};
    use crate::course::load;
    use crate::course::model::LessonIndex;

    fn index(lesson: &str) -> Index {
        let manifest = "format = 1\nid = \"c\"\ntitle = \"C\"\nversion = \"1\"\ngo = \"1.24\"\nchapters = [\"01-a\"]\n";
        let files: BTreeMap<String, String> = [
            ("course.toml", manifest),
            ("01-a/README.md", "# Slices and maps\n\nYou count words.\n"),
            ("01-a/01-one.md", lesson),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into();
        Index::of(&load(&files).course.unwrap(), "linux")
    }

    const LESSON: &str = "# A SLICE grows\n\nWhy: **you** append.\n\n## First\n\nA slice has a length.\n\n```go\nnames := []string{\"Ada\"}\n```\n\n\
                          ## Second\n\n| İstanbul | two |\n|---|---|\n| slice | capacity |\n\n> [!NOTE]\n> Slices are cheap.\n";

    #[test]
    fn every_word_must_stand_in_the_line_and_titles_come_first() {
        let index = index(LESSON);
        let step = |number| Spot::Step(LessonIndex { chapter: 0, lesson: 0 }, number);
        let texts = |query: &str| -> Vec<(Spot, String)> {
            index.find(query).hits.into_iter().map(|hit| (hit.spot, hit.text)).collect()
        };
        let all = [
            (Spot::Chapter(0), "Slices and maps"),
            (step(0), "A SLICE grows"),
            (step(0), "A slice has a length."),
            (step(1), "slice  capacity"),
            (step(1), "Slices are cheap."),
        ];
        assert_eq!(texts("slice"), all.map(|(spot, text)| (spot, text.to_owned())));
        assert_eq!(texts("LENGTH slice"), [(step(0), "A slice has a length.".to_owned())]);
        assert_eq!(texts("[]string{"), [(step(0), "names := []string{\"Ada\"}".to_owned())]);
        assert_eq!(texts("you append"), [(step(0), "Why: you append.".to_owned())]);
        assert_eq!(texts("slice zebra"), []);
        assert_eq!(texts("  "), []);
    }

    #[test]
    fn the_words_are_marked_where_they_are_written() {
        let index = index(LESSON);
        let marked = |query: &str| {
            let hit = index.find(query).hits.remove(0);
            hit.words.iter().map(|range| hit.text[range.clone()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(marked("grow slice"), ["SLICE", "grow"]);
        assert_eq!(marked("lice sli"), ["Slice"], "what overlaps is one");
        // Its small letter is two characters.
        assert_eq!(marked("İSTANBUL two"), ["İstanbul", "two"]);
    }

    #[test]
    fn a_word_that_is_everywhere_ends_the_search_early() {
        let found = index(&format!("# L\n\n## S\n\n{}", "A word.\n\n".repeat(MOST + 50))).find("word");
        assert_eq!((found.hits.len(), found.is_cut), (MOST, true));
    }
}
