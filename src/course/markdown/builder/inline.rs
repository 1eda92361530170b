//! Running text: emphasis, code, links, pictures, and the comments that stand in it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::{Builder, DEEPEST, is_block};
use crate::base::obeyed::readable;
use crate::course::markdown::{Link, Node, NodeKind};
use crate::course::model::{Inline, plain_text};
use crate::course::source::Pieces;

impl<'t> Builder<'_, 't> {
    /// The inlines of a block whose start has been taken, with its end.
    pub fn inlines_and_end(&mut self) -> Vec<Inline> {
        let inlines = self.inlines();
        self.events.next();
        inlines
    }

    /// The inlines up to the next block or end, which is left.
    pub fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, at)) = self.events.next_if(|(event, _)| is_inline(event)) {
            match event {
                // Mathematics is not switched on: it is text.
                Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                    // What is written as `&#27;` arrives as the character itself.
                    push_text(&mut inlines, &readable(&text));
                }
                Event::Code(code) => inlines.push(Inline::Code(code.to_string())),
                Event::SoftBreak => inlines.push(Inline::SoftBreak),
                Event::HardBreak => inlines.push(Inline::HardBreak),
                Event::FootnoteReference(label) => inlines.push(Inline::FootnoteRef(label.to_string())),
                Event::InlineHtml(html) | Event::Html(html) => self.inline_html(&html, &at, &mut inlines),
                Event::TaskListMarker(checked) => self.marker = Some(checked),
                Event::Start(tag) => inlines.extend(self.span(tag, &at)),
                Event::End(_) | Event::Rule => {}
            }
        }
        inlines
    }

    fn span(&mut self, tag: Tag<'t>, at: &Range<usize>) -> Option<Inline> {
        if self.depth >= DEEPEST {
            self.too_deep(at);
            return None;
        }
        self.depth += 1;
        let text = self.inlines_and_end();
        self.depth -= 1;
        let address = |url: &CowStr<'t>| readable(url).into_owned();
        Some(match tag {
            Tag::Strong => Inline::Strong(text),
            Tag::Strikethrough => Inline::Strike(text),
            Tag::Link { link_type, dest_url, .. } => {
                let url = match link_type {
                    LinkType::Email => format!("mailto:{}", address(&dest_url)),
                    _ => address(&dest_url),
                };
                self.links.push(Link { url: url.clone(), at: at.start });
                Inline::Link { url, text }
            }
            Tag::Image { dest_url, .. } => {
                let url = address(&dest_url);
                self.links.push(Link { url: url.clone(), at: at.start });
                Inline::Image { url, alt: plain_text(&text) }
            }
            // Emphasis, and what is not switched on.
            _ => Inline::Emphasis(text),
        })
    }

    fn inline_html(&mut self, html: &CowStr<'t>, at: &Range<usize>, inlines: &mut Vec<Inline>) {
        if matches!(html.trim().to_ascii_lowercase().as_str(), "<br>" | "<br/>" | "<br />") {
            return inlines.push(Inline::HardBreak);
        }
        let mut piece = Pieces::default();
        piece.push(html, at.start);
        self.html(&piece);
    }

    /// Comments become nodes; other HTML is a problem, since no terminal shows it.
    pub fn html(&mut self, html: &Pieces) {
        let mut position = 0;
        while let Some(rest) = html.text.get(position..) {
            let comment = rest.find("<!--");
            let other = comment.map_or(rest, |start| &rest[..start]);
            if !other.trim().is_empty() {
                let at = position + other.len() - other.trim_start().len();
                let mend = "write it in Markdown; only comments, `<!-- … -->`, are allowed";
                self.problem(html.offset(at).unwrap_or(0), "HTML is not shown in a terminal", mend);
            }
            let Some(start) = comment.map(|start| position + start) else { break };
            let inner = start + "<!--".len();
            let Some(length) = html.text.get(inner..).and_then(|inner| inner.find("-->")) else {
                self.problem(html.offset(start).unwrap_or(0), "this comment has no end", "close it with `-->`");
                break;
            };
            let text = html.text[inner..inner + length].to_owned();
            let begin = html.offset(inner).unwrap_or(0);
            self.comments.push(Node { at: begin..begin + length, kind: NodeKind::Comment(text) });
            position = inner + length + "-->".len();
        }
    }
}

fn is_inline(event: &Event) -> bool {
    match event {
        Event::Start(tag) => !is_block(tag),
        Event::End(_) | Event::Rule => false,
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::TaskListMarker(_) => true,
    }
}

fn push_text(inlines: &mut Vec<Inline>, text: &str) {
    if let Some(Inline::Text(last)) = inlines.last_mut() {
        last.push_str(text);
    } else {
        inlines.push(Inline::Text(text.to_owned()));
    }
}
