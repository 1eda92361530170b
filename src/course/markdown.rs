//! Markdown as a tree of nodes with their places, before anything is made of them.

mod builder;

use std::ops::Range;

use super::Problem;
use super::model::{AlertKind, Inline, Table};
use super::names;
use super::source::{Pieces, Source};

/// A file read once.
#[derive(Debug)]
pub struct Document {
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
    /// What `#…` of a link may name.
    pub anchors: Vec<String>,
    pub problems: Vec<Problem>,
}

/// The target of a link or an image, and where it stands, in bytes.
#[derive(Debug)]
pub struct Link {
    pub url: String,
    pub at: usize,
}

#[derive(Debug)]
pub struct Node {
    /// In bytes of the source.
    pub at: Range<usize>,
    pub kind: NodeKind,
}

#[derive(Debug)]
pub enum NodeKind {
    Heading {
        level: u8,
        id: Option<String>,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Quote {
        alert: Option<AlertKind>,
        nodes: Vec<Node>,
    },
    Code(Code),
    Table(Table),
    Rule,
    Footnote {
        label: String,
        nodes: Vec<Node>,
    },
    /// An HTML comment: what stands between `<!--` and `-->`; `at` is the place of that.
    Comment(String),
}

#[derive(Debug)]
pub struct Item {
    pub at: usize,
    pub checked: Option<bool>,
    pub nodes: Vec<Node>,
}

#[derive(Debug)]
pub struct Code {
    /// The info string as written, and where it begins; empty for an indented block.
    pub info: String,
    pub info_at: usize,
    pub text: Pieces,
}

/// Reads a file.
pub fn read(source: &Source) -> Document {
    let mut document = builder::build(source);
    document.anchors = anchors(&document.nodes);
    document
}

fn anchors(nodes: &[Node]) -> Vec<String> {
    nodes
        .iter()
        .filter_map(|node| match &node.kind {
            NodeKind::Heading { id, text, .. } => {
                Some(id.clone().unwrap_or_else(|| names::slug(&super::model::plain_text(text))))
            }
            NodeKind::Paragraph(_)
            | NodeKind::List { .. }
            | NodeKind::Quote { .. }
            | NodeKind::Code(_)
            | NodeKind::Table(_)
            | NodeKind::Rule
            | NodeKind::Footnote { .. }
            | NodeKind::Comment(_) => None,
        })
        .collect()
}
