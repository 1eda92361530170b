//! From the events of the Markdown parser to a tree of nodes.

mod inline;

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd,
};

use super::{Code, Document, Item, Link, Node, NodeKind};
use crate::course::Problem;
use crate::course::model::{AlertKind, Align, Inline, Table};
use crate::course::source::{Pieces, Source};
use crate::course::words::Fault;

/// How deep lists, quotes and emphasis may lie in each other: far more than anyone reads, far less than a stack holds.
const DEEPEST: usize = 24;

/// What `CommonMark` and GFM have, and `{#id}` on headings. Front matter is recognised to say that there is none.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    .union(Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);

pub fn build(source: &Source) -> Document {
    let events = Parser::new_ext(source.text, OPTIONS).into_offset_iter().peekable();
    let mut builder = Builder {
        events,
        source,
        comments: Vec::new(),
        links: Vec::new(),
        problems: Vec::new(),
        marker: None,
        depth: 0,
    };
    let nodes = builder.nodes();
    Document { nodes, links: builder.links, anchors: Vec::new(), problems: builder.problems }
}

struct Builder<'s, 't> {
    events: Peekable<OffsetIter<'t>>,
    source: &'s Source<'t>,
    /// Comments inside the paragraph that is being read: they become nodes after it.
    comments: Vec<Node>,
    links: Vec<Link>,
    problems: Vec<Problem>,
    /// The task marker of the list item that is being read.
    marker: Option<bool>,
    depth: usize,
}

impl<'t> Builder<'_, 't> {
    /// The nodes up to the end of what they are in, and that end.
    fn nodes(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        while let Some((event, at)) = self.events.peek().cloned() {
            match event {
                Event::End(_) => {
                    self.events.next();
                    break;
                }
                Event::Rule => {
                    self.events.next();
                    nodes.push(Node { at, kind: NodeKind::Rule });
                }
                Event::Start(tag) if is_block(&tag) => {
                    self.events.next();
                    self.block(tag, at, &mut nodes);
                }
                Event::TaskListMarker(checked) => {
                    self.events.next();
                    self.marker = Some(checked);
                }
                Event::Start(_)
                | Event::Text(_)
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::SoftBreak
                | Event::HardBreak => {
                    let text = self.inlines();
                    nodes.push(Node { at, kind: NodeKind::Paragraph(text) });
                }
            }
            nodes.append(&mut self.comments);
        }
        nodes
    }

    /// A block whose start has been taken, with its end.
    fn block(&mut self, tag: Tag<'t>, at: Range<usize>, nodes: &mut Vec<Node>) {
        if self.depth >= DEEPEST {
            return self.too_deep(&at);
        }
        self.depth += 1;
        let kind = match tag {
            Tag::Paragraph => Some(NodeKind::Paragraph(self.inlines_and_end())),
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| id.to_string());
                Some(NodeKind::Heading { level: number(level), id, text: self.inlines_and_end() })
            }
            Tag::BlockQuote(kind) => Some(NodeKind::Quote { alert: kind.map(alert), nodes: self.nodes() }),
            Tag::CodeBlock(kind) => Some(NodeKind::Code(self.code(&kind, &at))),
            Tag::List(start) => Some(NodeKind::List { start, items: self.items() }),
            Tag::FootnoteDefinition(label) => {
                Some(NodeKind::Footnote { label: label.to_string(), nodes: self.nodes() })
            }
            Tag::Table(alignments) => Some(NodeKind::Table(self.table(&alignments))),
            Tag::HtmlBlock => {
                self.html_block();
                None
            }
            Tag::MetadataBlock(_) => {
                self.skip();
                let mend = "write what it says as comments under the title, as in `<!-- minutes: 3 -->`";
                self.problem(at.start, "lessons have no front matter", mend);
                None
            }
            // The other tags are not blocks, or come only inside the ones above.
            _ => {
                self.skip();
                None
            }
        };
        self.depth -= 1;
        nodes.extend(kind.map(|kind| Node { at, kind }));
    }

    fn too_deep(&mut self, at: &Range<usize>) {
        self.skip();
        let fault = format!("this lies in more than {DEEPEST} other blocks");
        self.problem(at.start, &fault, "write it with fewer levels");
    }

    fn problem(&mut self, at: usize, fault: &str, mend: &str) {
        self.problems.push(self.source.problem(at, Fault::new(0, fault, mend)));
    }

    /// Everything up to the end of what has been started.
    fn skip(&mut self) {
        let mut open = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
    }

    fn code(&mut self, kind: &CodeBlockKind, at: &Range<usize>) -> Code {
        let (info, info_at) = match kind {
            CodeBlockKind::Indented => (String::new(), at.start),
            // From the source: the parser takes the backslashes out of it.
            CodeBlockKind::Fenced(_) => {
                self.look_for_end(at);
                self.info(at)
            }
        };
        let mut text = Pieces::default();
        while let Some((event, at)) = self.events.next_if(|(event, _)| matches!(event, Event::Text(_))) {
            if let Event::Text(piece) = event {
                text.push(&piece, at.start);
            }
        }
        self.skip();
        Code { info, info_at, text }
    }

    /// Markdown lets the end of the text close a fence: for an author that is a slip that hides all the rest.
    fn look_for_end(&mut self, at: &Range<usize>) {
        let block = self.source.text.get(at.clone()).unwrap_or_default().trim();
        let mark = if block.starts_with('~') { '~' } else { '`' };
        let length = block.len() - block.trim_start_matches(mark).len();
        let last = block.lines().skip(1).last().unwrap_or_default();
        let last = last.trim_start_matches([' ', '\t', '>']);
        if last.len() < length || !last.trim_end_matches(mark).is_empty() {
            let mend = format!("close it with `{}` in a line of its own", String::from(mark).repeat(length));
            self.problem(at.start, "this block has no end", &mend);
        }
    }

    fn info(&self, at: &Range<usize>) -> (String, usize) {
        let line = self.source.text.get(at.clone()).and_then(|text| text.lines().next()).unwrap_or_default();
        let indented = line.trim_start();
        let info = indented.trim_start_matches(if indented.starts_with('~') { '~' } else { '`' }).trim_start();
        (info.trim_end().to_owned(), at.start + line.len() - info.len())
    }

    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let outer = self.marker.take();
                    let nodes = self.nodes();
                    let checked = std::mem::replace(&mut self.marker, outer);
                    items.push(Item { at: at.start, checked, nodes });
                }
                _ => break,
            }
        }
        items
    }

    fn table(&mut self, alignments: &[Alignment]) -> Table {
        let align = alignments
            .iter()
            .map(|alignment| match alignment {
                Alignment::None | Alignment::Left => Align::Left,
                Alignment::Center => Align::Center,
                Alignment::Right => Align::Right,
            })
            .collect();
        let mut table = Table { align, head: Vec::new(), rows: Vec::new() };
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => table.head = self.cells(),
                Event::Start(Tag::TableRow) => {
                    let row = self.cells();
                    table.rows.push(row);
                }
                _ => break,
            }
        }
        table
    }

    fn cells(&mut self) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.events.next() {
            cells.push(self.inlines_and_end());
        }
        cells
    }

    fn html_block(&mut self) {
        let mut html = Pieces::default();
        for (event, at) in self.events.by_ref() {
            match event {
                Event::Html(piece) | Event::Text(piece) | Event::InlineHtml(piece) => html.push(&piece, at.start),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        self.html(&html);
    }
}

fn is_block(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}
