//! One lesson's or chapter's file: title, introduction, steps.

use std::collections::BTreeMap;

use super::Problem;
use super::blocks::{Blocks, Room};
use super::markdown::{Document, Node, NodeKind};
use super::model::{Block, Lesson, Step, StepId, plain_text};
use super::source::Source;
use super::words::Fault;
use super::{names, rules};

/// All files of the course by their path.
pub type Files = BTreeMap<String, String>;

/// What a file must know of the course around it.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    pub files: &'a Files,
    /// The oldest Go of the course.
    pub go: (u32, u32),
    /// No lesson comes before.
    pub is_first: bool,
}

/// The title and the blocks of a chapter's own page.
pub fn chapter(document: Document, source: &Source, setting: Setting, problems: &mut Vec<Problem>) -> Page {
    let mut blocks = Blocks::new(source, setting);
    let (title, nodes) = title(document.nodes, source, &mut blocks.problems);
    let page = blocks.blocks(nodes, &mut Room::Chapter);
    problems.extend(blocks.finish());
    Page { title, page }
}

pub struct Page {
    pub title: Option<String>,
    pub page: Vec<Block>,
}

/// A lesson; `path` is `course/chapter/lesson`, which its steps' ids begin with.
pub fn lesson(
    document: Document,
    source: &Source,
    setting: Setting,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Lesson {
    let id = path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut blocks = Blocks::new(source, setting);
    let (title, nodes) = title(document.nodes, source, &mut blocks.problems);
    let mut lesson = empty(id, title, source);
    let mut parts = parts(nodes).into_iter();
    if let Some(intro) = parts.next() {
        lesson.intro = blocks.blocks(intro.nodes, &mut Room::Intro(&mut lesson));
        blocks.end_of_part();
    }
    for part in parts {
        let step = step(part, &lesson.steps, path, &mut blocks);
        rules::step(&step, &mut blocks.problems);
        lesson.steps.push(step);
    }
    problems.extend(blocks.finish());
    lesson
}

fn empty(id: String, title: Option<String>, source: &Source) -> Lesson {
    Lesson {
        title: title.unwrap_or_else(|| names::title(&id)),
        id,
        file: source.file.clone(),
        minutes: None,
        goal: None,
        continues: false,
        go: None,
        teaches: Vec::new(),
        os: Vec::new(),
        intro: Vec::new(),
        steps: Vec::new(),
    }
}

/// Takes the title out of the nodes.
fn title(nodes: Vec<Node>, source: &Source, problems: &mut Vec<Problem>) -> (Option<String>, Vec<Node>) {
    let mut found = None;
    let mut rest = Vec::new();
    for node in nodes {
        let NodeKind::Heading { level: 1, text, .. } = &node.kind else {
            rest.push(node);
            continue;
        };
        if found.is_some() {
            let fault = Fault::new(node.at.start, "there is a second title", "begin a step with `##`");
            problems.push(source.problem(0, fault));
            rest.push(node);
            continue;
        }
        let title = plain_text(text).trim().to_owned();
        if title.is_empty() {
            let fault = Fault::new(node.at.start, "the title is empty", "write it after the `#`");
            problems.push(source.problem(0, fault));
        }
        found = Some(title);
    }
    if found.is_none() {
        let mend = "begin the file with `# ` and its title";
        problems.push(source.problem(0, Fault::new(0, "there is no title", mend)));
    }
    (found.filter(|title| !title.is_empty()), rest)
}

/// What stands below one `##` heading; the first part, before any, has none.
struct Part {
    heading: Option<Node>,
    nodes: Vec<Node>,
}

fn parts(nodes: Vec<Node>) -> Vec<Part> {
    let mut parts = vec![Part { heading: None, nodes: Vec::new() }];
    for node in nodes {
        if matches!(node.kind, NodeKind::Heading { level: 2, .. }) {
            parts.push(Part { heading: Some(node), nodes: Vec::new() });
        } else if let Some(last) = parts.last_mut() {
            last.nodes.push(node);
        }
    }
    parts
}

fn step(part: Part, before: &[Step], path: &str, blocks: &mut Blocks) -> Step {
    let (at, id, title) = match part.heading {
        Some(Node { at, kind: NodeKind::Heading { id, text, .. } }) => {
            (at.start, id, plain_text(&text).trim().to_owned())
        }
        Some(Node { at, .. }) => (at.start, None, String::new()),
        None => (0, None, String::new()),
    };
    let id = step_id(at, id, &title, before, path, blocks);
    let mut step = Step::bare(id, title, blocks.source.place(at));
    step.blocks = blocks.blocks(part.nodes, &mut Room::Step(&mut step));
    blocks.end_of_part();
    step
}

/// A valid and unique id, whatever the author wrote.
fn step_id(at: usize, id: Option<String>, title: &str, before: &[Step], path: &str, blocks: &mut Blocks) -> StepId {
    let (written, is_written) = match id {
        Some(id) => (id, true),
        None => (names::slug(title), false),
    };
    let mut id = written.clone();
    if !names::is_id(&written) {
        id = match names::slug(&written) {
            slug if slug.is_empty() => format!("step-{}", before.len() + 1),
            slug => slug,
        };
        if is_written {
            let fault = format!("the id `{written}` has other characters than lower-case letters, digits and hyphens");
            blocks.fault(at, fault, format!("write `{{#{id}}}`"));
        } else {
            let fault = "no id can be made from this heading";
            blocks.fault(at, fault, format!("write one after it, as in `## Heading {{#{id}}}`"));
        }
    }
    let full = |id: &str| StepId(format!("{path}/{id}"));
    if let Some(twin) = before.iter().find(|step| step.id == full(&id)) {
        let fault = format!("the id `{id}` is that of the step in line {} already", twin.place.line);
        blocks.fault(at, fault, "give this heading an id of its own, as in `{#another-id}`");
        // One of so many numbers is not taken by the steps before.
        let mut numbered = (2..before.len() + 3).map(|number| format!("{id}-{number}"));
        id = numbered.find(|id| before.iter().all(|step| step.id != full(id))).unwrap_or(id);
    }
    full(&id)
}
