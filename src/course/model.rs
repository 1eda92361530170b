//! The course as data: chapters of lessons, lessons of steps, steps of blocks.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::condition::Condition;
pub use super::solution::{ConsoleCommand, CourseFile, Solution, SolutionPart};
use crate::base::{FilePath, Place};

mod within;

pub use within::{code_blocks, each_block, notes_referred};

/// A whole course. Ids never change once learners have it: their progress hangs on them.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    pub id: String,
    pub title: String,
    pub version: String,
    pub authors: Vec<String>,
    pub licence: String,
    /// The oldest Go the course supports: major and minor, as `(1, 24)`.
    pub go: (u32, u32),
    /// The folder in the course that Go gets modules from, as from a module proxy.
    pub proxy: Option<FilePath>,
    pub chapters: Vec<Chapter>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// The folder's name without its number: `why-and-how-of-go`.
    pub id: String,
    /// The folder's name: `01-why-and-how-of-go`.
    pub folder: String,
    pub title: String,
    /// The chapter's own page below its title.
    pub page: Vec<Block>,
    pub lessons: Vec<Lesson>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The file's name without its number and ending: `start-a-project`.
    pub id: String,
    /// The file inside the course: `01-why-and-how-of-go/03-start-a-project.md`.
    pub file: Arc<str>,
    pub title: String,
    pub minutes: Option<u32>,
    pub goal: Option<String>,
    /// Goes on in the scratch directory of the lesson before.
    pub continues: bool,
    /// Where newer than the course's.
    pub go: Option<(u32, u32)>,
    pub teaches: Vec<String>,
    /// Only on these systems (GOOS words); empty means everywhere.
    pub os: Vec<String>,
    /// The prose before the first step.
    pub intro: Vec<Block>,
    pub steps: Vec<Step>,
}

/// `course/chapter/lesson/step`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub String);

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub id: StepId,
    pub title: String,
    pub place: Place,
    /// Everything the learner reads, in order, the hidden parts left out.
    pub blocks: Vec<Block>,
    /// All conditions of the step's check blocks, in order; [`BlockKind::Check`] names ranges of it.
    pub check: Vec<Condition>,
    pub hints: Vec<Hint>,
    /// Starter files: laid when the step opens, never over the learner's own work.
    pub files: Vec<CourseFile>,
    pub solution: Solution,
    /// Hidden test files.
    pub tests: Vec<CourseFile>,
    /// Planted bugs, each the whole file with the bug.
    pub mutants: Vec<CourseFile>,
    pub quizzes: Vec<Quiz>,
    pub predictions: Vec<Prediction>,
    pub orders: Vec<Order>,
    /// `<!-- os: linux, macos -->` inside the step; empty means everywhere.
    pub os: Vec<String>,
    /// `<!-- optional -->`: not needed for the lesson to count as done.
    pub optional: bool,
    /// `<!-- minutes: 3 -->`
    pub minutes: Option<u32>,
    /// `<!-- note: … -->`: for the teacher.
    pub notes: Vec<String>,
}

impl Step {
    /// One that shows and asks nothing.
    #[must_use]
    pub fn bare(id: StepId, title: String, place: Place) -> Self {
        Self {
            id,
            title,
            place,
            blocks: Vec::new(),
            check: Vec::new(),
            hints: Vec::new(),
            files: Vec::new(),
            solution: Solution::default(),
            tests: Vec::new(),
            mutants: Vec::new(),
            quizzes: Vec::new(),
            predictions: Vec::new(),
            orders: Vec::new(),
            os: Vec::new(),
            optional: false,
            minutes: None,
            notes: Vec::new(),
        }
    }
}

impl Step {
    /// A step for reading: passed when the learner moves on.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.check.is_empty() && self.quizzes.is_empty() && self.predictions.is_empty() && self.orders.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// `when:`: given only, and then first, after a command's output had this text.
    pub when: Option<String>,
    pub blocks: Vec<Block>,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Quiz {
    pub options: Vec<QuizOption>,
    pub place: Place,
}

impl Quiz {
    /// One right option: a single choice.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.options.iter().filter(|option| option.right).count() == 1
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct QuizOption {
    pub right: bool,
    pub text: Vec<Inline>,
    /// Shown when this option was picked.
    pub feedback: Vec<Block>,
}

/// "What will this print?": the learner types it, then it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The program, a whole file.
    pub code: String,
    /// What it prints, as the course says and the proof checks.
    pub output: String,
    pub place: Place,
}

/// Lines to be put in order; the result is compiled and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub path: FilePath,
    /// In the right order, without the line ends. Blank lines are left out: gofmt says where they stand.
    pub lines: Vec<String>,
    /// The block as written, blank lines and all.
    pub text: String,
    /// The order in which the lines are first shown: a permutation of `0..lines.len()`, never the identity,
    /// and the same on every machine.
    pub shuffled: Vec<usize>,
    pub place: Place,
}

/// A block of what is read, with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub place: Place,
    pub kind: BlockKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    Heading {
        level: u8,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    /// `start` is the first number of a numbered list.
    List {
        start: Option<u64>,
        items: Vec<ListItem>,
    },
    Quote(Vec<Block>),
    Alert {
        kind: AlertKind,
        blocks: Vec<Block>,
    },
    Code(CodeBlock),
    Table(Table),
    Rule,
    Footnote {
        label: String,
        blocks: Vec<Block>,
    },
    /// The conditions `step.check[range]`, as sentences with marks.
    Check(Range<usize>),
    /// `step.quizzes[index]`.
    Quiz(usize),
    /// `step.predictions[index]`.
    Prediction(usize),
    /// `step.orders[index]`.
    Order(usize),
    /// `<!-- pause -->`: a presenter stops here.
    Pause,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// `Some` for a task list outside a step (inside one it is a quiz).
    pub checked: Option<bool>,
    pub blocks: Vec<Block>,
}

/// GFM alerts; `[!TIP]` is a hint inside a step and an ordinary alert elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CodeBlock {
    /// The first word of the info string, lower-case; empty when there is none.
    pub language: String,
    pub text: String,
    /// The commands of a `console` block.
    pub commands: Vec<ConsoleCommand>,
    /// `file=`: this is the step's starter for that file. A `go` block without it can still be sent to the editor.
    pub file: Option<FilePath>,
    /// `fails="…"`: shown as code that does not compile or run, with this in its output.
    pub fails: Option<String>,
    /// `<!-- highlight: 6 | 7-8 -->`: groups of line numbers from 1.
    pub highlight: Vec<Vec<u32>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub align: Vec<Align>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(String),
    Code(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strike(Vec<Inline>),
    Link {
        url: String,
        text: Vec<Inline>,
    },
    Image {
        url: String,
        alt: String,
    },
    FootnoteRef(String),
    /// A line end in the source: a space on the screen.
    SoftBreak,
    HardBreak,
}

impl Course {
    /// Every lesson in order, with its chapter's and its own index.
    pub fn lessons(&self) -> impl Iterator<Item = (LessonIndex, &Chapter, &Lesson)> {
        self.chapters.iter().enumerate().flat_map(|(c, chapter)| {
            chapter
                .lessons
                .iter()
                .enumerate()
                .map(move |(l, lesson)| (LessonIndex { chapter: c, lesson: l }, chapter, lesson))
        })
    }

    /// The lesson whose scratch directory `at` works in: the start of its chain of `continues`.
    #[must_use]
    pub fn scratch_of(&self, at: LessonIndex) -> LessonIndex {
        let up_to_here = self.lessons().map(|(index, _, lesson)| (index, lesson)).take_while(|(index, _)| *index <= at);
        up_to_here.filter(|(_, lesson)| !lesson.continues).last().map_or(at, |(index, _)| index)
    }

    #[must_use]
    pub fn lesson(&self, at: LessonIndex) -> Option<&Lesson> {
        self.chapters.get(at.chapter)?.lessons.get(at.lesson)
    }

    /// How many steps there are on this system (a GOOS word), optional ones left out.
    #[must_use]
    pub fn step_count(&self, os: &str) -> usize {
        self.lessons().flat_map(|(_, _, lesson)| lesson.steps_on(os)).filter(|step| !step.optional).count()
    }
}

impl Lesson {
    /// The steps that are for this system (a GOOS word).
    pub fn steps_on<'a>(&'a self, os: &'a str) -> impl Iterator<Item = &'a Step> {
        let here = move |list: &[String]| list.is_empty() || list.iter().any(|word| word == os);
        self.steps.iter().filter(move |step| here(&self.os) && here(&step.os))
    }
}

/// A lesson by its place in the course, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LessonIndex {
    pub chapter: usize,
    pub lesson: usize,
}

/// Concatenates the plain text of inlines, for widths, titles and plain output.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link { text: inner, .. } => {
                text.push_str(&plain_text(inner));
            }
            Inline::Image { alt, .. } => text.push_str(alt),
            Inline::FootnoteRef(label) => {
                text.push('[');
                text.push_str(label);
                text.push(']');
            }
            Inline::SoftBreak => text.push(' '),
            Inline::HardBreak => text.push('\n'),
        }
    }
    text
}
