//! The inside of a paragraph → styled runs: emphasis by style, code and links by their own tokens.

use std::borrow::Cow;

use ratatui::style::{Modifier, Style};

use super::theme::{Depth, FANCY, Theme};
use super::wrap::Run;
use crate::base::width::width;
use crate::course::Inline;

/// The runs of a text, and the addresses its links lead to (a run's `link` is an index of these).
#[derive(Debug, Default)]
pub(super) struct Text<'a> {
    pub runs: Vec<Run<'a>>,
    pub urls: Vec<&'a str>,
}

/// What runs are made with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink<'a> {
    pub theme: &'a Theme,
    /// The labels of the page's footnotes, in the order in which they are numbered.
    pub notes: &'a [&'a str],
    /// Code up to this many columns is kept on one line.
    pub keep: usize,
}

impl<'a> Ink<'a> {
    pub fn text(&self, inlines: &'a [Inline], style: Style) -> Text<'a> {
        let mut text = Text::default();
        self.add(inlines, style, None, &mut text);
        text
    }

    fn add(&self, inlines: &'a [Inline], style: Style, link: Option<usize>, to: &mut Text<'a>) {
        let with = |modifier| style.add_modifier(modifier);
        for inline in inlines {
            match inline {
                Inline::Text(text) => to.runs.push(Run { link, ..Run::new(text.as_str(), style) }),
                Inline::Code(code) => to.runs.push(Run { link, ..self.code(code, style) }),
                Inline::Emphasis(inner) => self.add(inner, with(Modifier::ITALIC), link, to),
                Inline::Strong(inner) => self.add(inner, with(Modifier::BOLD), link, to),
                Inline::Strike(inner) => self.add(inner, with(Modifier::CROSSED_OUT), link, to),
                Inline::Link { url, text } => {
                    to.urls.push(url);
                    let link = Some(to.urls.len() - 1);
                    self.add(text, style.patch(self.theme.link), link, to);
                }
                Inline::Image { alt, .. } => {
                    to.runs.push(Run { link, ..Run::new(format!("[picture: {alt}]"), style.patch(self.theme.dim)) });
                }
                Inline::FootnoteRef(label) => {
                    let sign = note_sign(self.notes, label, self.theme);
                    to.runs.push(Run { link, ..Run::new(sign, style.patch(self.theme.accent)) });
                }
                Inline::SoftBreak => to.runs.push(Run { link, ..Run::new(" ", style) }),
                Inline::HardBreak => to.runs.push(Run { link, ..Run::new("\n", style) }),
            }
        }
    }

    /// Where there is no colour to tell code by, it keeps the backticks it is written with.
    fn code(&self, code: &'a str, style: Style) -> Run<'a> {
        let text: Cow<'a, str> = if self.theme.depth == Depth::None { format!("`{code}`").into() } else { code.into() };
        let keep = width(&text) <= self.keep;
        Run { keep, ..Run::new(text, style.patch(self.theme.code)) }
    }

    /// A sentence of the program's own, in which backticks stand for code.
    pub fn sentence(&self, text: &'a str, style: Style) -> Vec<Run<'a>> {
        let mut runs = Vec::new();
        let mut rest = text;
        while let Some((before, code, after)) = next_code(rest) {
            runs.push(Run::new(before, style));
            runs.push(self.code(code, style));
            rest = after;
        }
        runs.push(Run::new(rest, style));
        runs
    }
}

/// What stands before the next code, the code, and what follows it. As many backticks close it as opened it.
fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('`')?;
    let ticks = text[start..].bytes().take_while(|byte| *byte == b'`').count();
    let (before, rest) = (&text[..start], &text[start + ticks..]);
    let (code, after) = rest.split_once(&"`".repeat(ticks))?;
    let is_padded = ticks > 1 && code.starts_with(' ') && code.ends_with(' ') && code.len() > 2;
    Some((before, if is_padded { &code[1..code.len() - 1] } else { code }, after))
}

/// The sign of a footnote: a raised number, or one in brackets where glyphs are plain.
pub(super) fn note_sign(notes: &[&str], label: &str, theme: &Theme) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let Some(index) = notes.iter().position(|note| *note == label) else { return format!("[{label}]") };
    let number = (index + 1).to_string();
    if theme.glyphs != FANCY {
        return format!("[{number}]");
    }
    number.chars().filter_map(|digit| digit.to_digit(10)).map(|digit| RAISED[digit as usize]).collect()
}
