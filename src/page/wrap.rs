//! Styled text → rows of at most so many columns. Words break at spaces, long words anywhere, wide (Chinese, Japanese)
//! characters between one another; nothing is cut and nothing is hyphenated.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;

use crate::base::width::graphemes;

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run<'a> {
    pub text: Cow<'a, str>,
    pub style: Style,
    /// The number of the link it belongs to.
    pub link: Option<usize>,
    /// Does not break at its spaces: short code reads better whole.
    pub keep: bool,
}

impl<'a> Run<'a> {
    pub fn new(text: impl Into<Cow<'a, str>>, style: Style) -> Self {
        Self { text: text.into(), style, link: None, keep: false }
    }
}

/// A row of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub spans: Vec<Span<'static>>,
    /// Columns of the row → number of the link.
    pub links: Vec<(Range<usize>, usize)>,
    /// Columns it takes.
    pub width: usize,
}

/// A character as the screen has it, with the run it comes from.
#[derive(Clone, Copy, Debug)]
struct Glyph<'a> {
    text: &'a str,
    width: usize,
    run: usize,
}

impl Glyph<'_> {
    fn is_space(&self) -> bool {
        matches!(self.text, " " | "\t")
    }

    fn is_line_end(&self) -> bool {
        matches!(self.text, "\n" | "\r\n")
    }
}

/// Breaks plain words into rows of at most `width` columns.
#[must_use]
pub fn wrap_plain(text: &str, width: usize) -> Vec<String> {
    let rows = wrap(&[Run::new(text, Style::new())], width);
    rows.into_iter().map(|row| row.spans.iter().map(|span| span.content.as_ref()).collect()).collect()
}

/// Breaks running text into rows. Text without any character gives one empty row.
pub(super) fn wrap(runs: &[Run<'_>], width: usize) -> Vec<Row> {
    let width = width.max(1);
    let glyphs = glyphs_of(runs, width);
    let mut rows = Vec::new();
    let mut start = 0;
    loop {
        let (end, next) = prose_break(&glyphs, runs, start, width);
        rows.push(row(&glyphs[start..end], runs));
        if next >= glyphs.len() {
            return rows;
        }
        start = next;
    }
}

/// Breaks one line of code into rows: every space is kept, and the rows after the first have `later` columns.
pub(super) fn wrap_code(runs: &[Run<'_>], first: usize, later: usize) -> Vec<Row> {
    let (first, later) = (first.max(1), later.max(1));
    let glyphs = glyphs_of(runs, later.min(first));
    let mut rows = Vec::new();
    let mut start = 0;
    while start < glyphs.len() || rows.is_empty() {
        let end = code_break(&glyphs, start, if rows.is_empty() { first } else { later });
        rows.push(row(&glyphs[start..end], runs));
        start = end;
    }
    rows
}

/// Characters that take columns, with those no terminal may be sent replaced.
fn glyphs_of<'a>(runs: &'a [Run<'_>], width: usize) -> Vec<Glyph<'a>> {
    let mut glyphs = Vec::with_capacity(runs.iter().map(|run| run.text.len()).sum());
    for (run, piece) in runs.iter().enumerate() {
        for (text, columns) in graphemes(&piece.text) {
            let glyph = Glyph { text, width: columns, run };
            if glyph.is_line_end() || text == "\t" {
                glyphs.push(Glyph { width: usize::from(text == "\t"), ..glyph });
            } else if text.contains(char::is_control) {
                glyphs.push(Glyph { text: "\u{fffd}", width: 1, run });
            } else if columns > width {
                glyphs.push(Glyph { text: "?", width: 1, run });
            } else if columns > 0 {
                glyphs.push(glyph);
            }
        }
    }
    glyphs
}

/// Where the row that begins at `start` ends, and where the next begins.
fn prose_break(glyphs: &[Glyph<'_>], runs: &[Run<'_>], start: usize, width: usize) -> (usize, usize) {
    let mut used = 0;
    let mut best = None;
    let mut at = start;
    while let Some(glyph) = glyphs.get(at) {
        if glyph.is_line_end() {
            return (trimmed(glyphs, start, at), at + 1);
        }
        let breaks_at_space = glyph.is_space() && !runs[glyph.run].keep;
        if breaks_at_space && at > start && !glyphs[at - 1].is_space() {
            best = Some((at, after_spaces(glyphs, at)));
        } else if may_break_before(glyphs, runs, start, at) {
            best = Some((at, at));
        }
        if used + glyph.width > width {
            return match best {
                Some((end, next)) => (end, next),
                None if breaks_at_space => (at, after_spaces(glyphs, at)),
                None => (at.max(start + 1), at.max(start + 1)),
            };
        }
        used += glyph.width;
        at += 1;
    }
    (trimmed(glyphs, start, at), at)
}

fn trimmed(glyphs: &[Glyph<'_>], start: usize, end: usize) -> usize {
    let spaces = glyphs[start..end].iter().rev().take_while(|glyph| glyph.is_space()).count();
    end - spaces
}

/// The first glyph after the spaces at `at`; a line end right behind them ends the same row.
fn after_spaces(glyphs: &[Glyph<'_>], at: usize) -> usize {
    let next = at + glyphs[at..].iter().take_while(|glyph| glyph.is_space()).count();
    if glyphs.get(next).is_some_and(Glyph::is_line_end) { next + 1 } else { next }
}

/// Whether a word may be parted before `at`: between wide characters, and after a hyphen inside a word.
fn may_break_before(glyphs: &[Glyph<'_>], runs: &[Run<'_>], start: usize, at: usize) -> bool {
    if at <= start || glyphs[at].is_space() || glyphs[at - 1].is_space() || runs[glyphs[at].run].keep {
        return false;
    }
    let (before, here) = (glyphs[at - 1], glyphs[at]);
    if before.width == 2 || here.width == 2 {
        return !closes(here.text) && !opens(before.text);
    }
    let is_letter = |glyph: &Glyph<'_>| glyph.text.chars().all(char::is_alphabetic);
    before.text == "-" && is_letter(&here) && at >= start + 3 && is_letter(&glyphs[at - 2]) && !runs[before.run].keep
}

fn closes(text: &str) -> bool {
    matches!(
        text,
        "。" | "、"
            | "，"
            | "．"
            | "："
            | "；"
            | "？"
            | "！"
            | "）"
            | "」"
            | "』"
            | "】"
            | "》"
            | "〉"
            | "”"
            | "’"
    ) || matches!(text, "." | "," | ":" | ";" | "?" | "!" | ")" | "]" | "}" | "…")
}

fn opens(text: &str) -> bool {
    matches!(text, "（" | "「" | "『" | "【" | "《" | "〈" | "“" | "‘" | "(" | "[" | "{")
}

/// The end of a row of code: after a space or a comma in its last third, if there is one, else where it is full.
fn code_break(glyphs: &[Glyph<'_>], start: usize, width: usize) -> usize {
    let mut used = 0;
    let mut end = start;
    while let Some(glyph) = glyphs.get(end) {
        if used + glyph.width > width {
            let early = start + (end - start) * 2 / 3;
            let good = (early.max(start + 1)..=end).rev().find(|at| matches!(glyphs[at - 1].text, " " | ","));
            return good.unwrap_or(end.max(start + 1));
        }
        used += glyph.width;
        end += 1;
    }
    end
}

fn row(glyphs: &[Glyph<'_>], runs: &[Run<'_>]) -> Row {
    let mut row = Row::default();
    for part in glyphs.chunk_by(|a, b| a.run == b.run) {
        let text: String = part.iter().map(|glyph| if glyph.text == "\t" { " " } else { glyph.text }).collect();
        let run = &runs[part[0].run];
        let end = row.width + part.iter().map(|glyph| glyph.width).sum::<usize>();
        if let Some(link) = run.link {
            match row.links.last_mut() {
                Some((range, last)) if *last == link && range.end == row.width => range.end = end,
                Some(_) | None => row.links.push((row.width..end, link)),
            }
        }
        row.spans.push(Span::styled(text, run.style));
        row.width = end;
    }
    row
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::{Run, wrap, wrap_code};

    fn rows(text: &str, width: usize) -> Vec<String> {
        texts(wrap(&[Run::new(text, Style::new())], width))
    }

    fn texts(rows: Vec<super::Row>) -> Vec<String> {
        rows.into_iter().map(|row| row.spans.iter().map(|span| span.content.as_ref()).collect()).collect()
    }

    #[test]
    fn words_break_at_spaces_and_long_words_anywhere() {
        assert_eq!(rows("one two three", 7), ["one two", "three"]);
        assert_eq!(rows("one two three", 8), ["one two", "three"]);
        assert_eq!(rows("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(rows("a\nb  ", 9), ["a", "b"]);
        assert_eq!(rows("", 9), [""]);
        assert_eq!(rows("a cross-compiled one", 9), ["a cross-", "compiled", "one"]);
        assert_eq!(rows("go build -o x", 10), ["go build", "-o x"]);
    }

    #[test]
    fn wide_and_combining_characters_keep_their_columns() {
        assert_eq!(rows("世界世界", 5), ["世界", "世界"]);
        assert_eq!(rows("世界。世", 4), ["世", "界。", "世"]);
        assert_eq!(rows("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(rows("世", 1), ["?"]);
        assert_eq!(rows("a\u{1b}[31mb", 20), ["a\u{fffd}[31mb"]);
    }

    #[test]
    fn a_word_of_several_styles_stays_whole_and_short_code_keeps_its_spaces() {
        let bold = Style::new().bold();
        let runs = [Run::new("say ", Style::new()), Run::new("hello", bold), Run::new(", you", Style::new())];
        assert_eq!(texts(wrap(&runs, 9)), ["say", "hello,", "you"]);
        let code = Run { keep: true, ..Run::new("go mod init", bold) };
        assert_eq!(texts(wrap(&[Run::new("then run ", Style::new()), code], 14)), ["then run", "go mod init"]);
    }

    #[test]
    fn code_keeps_every_space() {
        let code = [Run::new("    if a := b(); a {", Style::new())];
        assert_eq!(texts(wrap_code(&code, 14, 8)), ["    if a := ", "b(); a {"]);
        assert_eq!(texts(wrap_code(&[Run::new("abcdefgh", Style::new())], 4, 2)), ["abcd", "ef", "gh"]);
    }
}
