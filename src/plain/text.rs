//! Blocks of a lesson → lines of plain text: no escape codes, nothing told by place or colour alone.

use crate::base::width;
use crate::course::model::{AlertKind, CodeBlock, ListItem, Order, Prediction, Quiz, Table, plain_text};
use crate::course::{Block, BlockKind, Inline, Step};
use crate::learner::Session;

/// Columns of a line; code is not wrapped.
pub const WIDTH: usize = 76;

/// A step with what has been done in it, for the blocks that name its conditions and questions.
#[derive(Clone, Copy, Debug)]
pub struct Open<'a> {
    pub step: &'a Step,
    pub session: &'a Session,
}

/// The blocks as text, each line ended, a blank line between blocks.
#[must_use]
pub fn page(blocks: &[Block], open: Option<Open<'_>>) -> String {
    lines(blocks, open, WIDTH).into_iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

/// The step as far as it may be read by now.
#[must_use]
pub fn step(open: Open<'_>) -> String {
    let text = page(open.session.readable(&open.step.blocks), Some(open));
    let more = if open.session.hides_some(&open.step.blocks) { "\nMore follows your prediction.\n" } else { "" };
    text + more
}

/// What has become readable since `before` blocks were.
#[must_use]
pub fn rest_of_step(open: Open<'_>, before: usize) -> String {
    let blocks = open.session.readable(&open.step.blocks).get(before..).unwrap_or_default();
    page(blocks, Some(open))
}

/// `text` wrapped at [`WIDTH`], each line ended.
#[must_use]
pub fn paragraph(text: &str) -> String {
    wrap(text, WIDTH).into_iter().fold(String::new(), |text, line| text + &line + "\n")
}

/// Inlines as text: code between backticks, links followed by where they lead.
#[must_use]
pub fn inline(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for part in inlines {
        match part {
            Inline::Text(part) => text.push_str(part),
            Inline::Code(code) => text.extend(["`", code, "`"]),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => text.push_str(&inline(inner)),
            Inline::Link { url, text: inner } if plain_text(inner) == *url => text.push_str(url),
            Inline::Link { url, text: inner } => text.extend([&inline(inner), " (", url, ")"]),
            Inline::Image { alt, .. } => text.extend(["[picture: ", alt, "]"]),
            Inline::FootnoteRef(label) => text.extend([" [", label, "]"]),
            Inline::SoftBreak => text.push(' '),
            Inline::HardBreak => text.push('\n'),
        }
    }
    text
}

fn lines(blocks: &[Block], open: Option<Open<'_>>, width: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for block in blocks {
        let new = block_lines(&block.kind, open, width);
        if !all.is_empty() && !new.is_empty() {
            all.push(String::new());
        }
        all.extend(new);
    }
    all
}

fn block_lines(kind: &BlockKind, open: Option<Open<'_>>, width: usize) -> Vec<String> {
    match kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => wrap(&inline(text), width),
        BlockKind::List { start, items } => list(*start, items, open, width),
        BlockKind::Quote(blocks) => indented("> ", "> ", lines(blocks, open, inside(width, 2))),
        BlockKind::Alert { kind, blocks } => alert(*kind, &lines(blocks, open, width), width),
        BlockKind::Code(code) => code_block(code, open),
        BlockKind::Table(table) => table_lines(table, width),
        BlockKind::Footnote { label, blocks } => {
            indented(&format!("[{label}] "), "    ", lines(blocks, open, inside(width, 4)))
        }
        BlockKind::Check(range) => open.map_or_else(Vec::new, |open| check(open, range.clone(), width)),
        BlockKind::Quiz(index) => {
            open.and_then(|open| Some(quiz(open, *index, open.step.quizzes.get(*index)?, width))).unwrap_or_default()
        }
        BlockKind::Prediction(index) => {
            open.and_then(|open| Some(prediction(open, *index, open.step.predictions.get(*index)?))).unwrap_or_default()
        }
        BlockKind::Order(index) => {
            open.and_then(|open| order(open, *index, open.step.orders.get(*index)?)).unwrap_or_default()
        }
        BlockKind::Rule | BlockKind::Pause => Vec::new(),
    }
}

fn list(start: Option<u64>, items: &[ListItem], open: Option<Open<'_>>, width: usize) -> Vec<String> {
    let mut all = Vec::new();
    for (number, item) in (start.unwrap_or(1)..).zip(items) {
        let mut mark = if start.is_some() { format!("{number}. ") } else { "- ".to_owned() };
        match item.checked {
            Some(true) => mark.push_str("(done) "),
            Some(false) => mark.push_str("(open) "),
            None => {}
        }
        let below = " ".repeat(if start.is_some() { width::width(&format!("{number}. ")) } else { 2 });
        let mut body: Vec<String> = Vec::new();
        for block in &item.blocks {
            let new = block_lines(&block.kind, open, inside(width, mark.len()));
            // A list inside an item follows its line closely; anything else has a blank line before it.
            if !body.is_empty() && !new.is_empty() && !matches!(block.kind, BlockKind::List { .. }) {
                body.push(String::new());
            }
            body.extend(new);
        }
        all.extend(indented(&mark, &below, body));
    }
    all
}

fn alert(kind: AlertKind, body: &[String], width: usize) -> Vec<String> {
    let word = match kind {
        AlertKind::Note => "Note",
        AlertKind::Tip => "Tip",
        AlertKind::Important => "Important",
        AlertKind::Warning => "Warning",
        AlertKind::Caution => "Caution",
    };
    let end = body.iter().position(String::is_empty).unwrap_or(body.len());
    let (first, rest) = body.split_at(end);
    let mut all = wrap(&format!("{word}: {}", first.join(" ")), width);
    all.extend_from_slice(rest);
    all
}

fn code_block(code: &CodeBlock, open: Option<Open<'_>>) -> Vec<String> {
    let mut all = Vec::new();
    // Whether it fails may be what the step asks.
    let fails = code.fails.as_ref().filter(|_| !open.is_some_and(|open| open.session.asks(open.step)));
    match (&code.file, fails) {
        (Some(file), Some(_)) => all.extend([format!("In `{file}`, which fails:"), String::new()]),
        (Some(file), None) => all.extend([format!("In `{file}`:"), String::new()]),
        (None, Some(_)) => all.extend(["This code fails:".to_owned(), String::new()]),
        (None, None) => {}
    }
    all.extend(code_lines(&code.text));
    all
}

fn code_lines(text: &str) -> Vec<String> {
    text.trim_end().lines().map(|line| format!("    {line}")).collect()
}

/// Each row as a list of "head: value".
fn table_lines(table: &Table, width: usize) -> Vec<String> {
    let mut all = Vec::new();
    for row in &table.rows {
        let cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        for (number, (column, cell)) in cells.enumerate() {
            let head = table.head.get(column).map(|head| inline(head)).filter(|head| !head.is_empty());
            let text = head.map_or_else(String::new, |head| head + ": ") + &inline(cell);
            let mark = if number == 0 { "- " } else { "  " };
            all.extend(indented(mark, "    ", wrap(&text, inside(width, 4))));
        }
    }
    all
}

fn check(open: Open<'_>, range: std::ops::Range<usize>, width: usize) -> Vec<String> {
    let mut all = vec!["To do:".to_owned()];
    for index in range {
        let (Some(condition), Some(state)) = (open.step.check.get(index), open.session.conditions.get(index)) else {
            continue;
        };
        let done = if state.met { " (done)" } else { "" };
        let colon = if condition.lines().is_some() { ":" } else { "" };
        let mut body = wrap(&format!("{}{done}{colon}", condition.sentence()), inside(width, 4));
        body.extend(condition.lines().map(code_lines).unwrap_or_default());
        all.extend(indented(&format!("{}. ", index + 1), "   ", body));
    }
    all
}

/// A question with its options; after an answer, with what the course says to the options picked.
fn quiz(open: Open<'_>, index: usize, quiz: &Quiz, width: usize) -> Vec<String> {
    let state = &open.session.quizzes[index];
    let how = if quiz.is_single() { "one answer is right" } else { "pick all right answers" };
    let done = if state.is_right() { ", answered" } else { "" };
    let number = if open.step.quizzes.len() > 1 { format!(" {}", index + 1) } else { String::new() };
    let mut all = vec![format!("Question{number} ({how}{done}):")];
    for (number, option) in quiz.options.iter().enumerate() {
        let body = wrap(&inline(&option.text), inside(width, 4));
        all.extend(indented(&format!("{}. ", number + 1), "   ", body));
    }
    if !state.is_right() {
        let example = if quiz.is_single() { ":pick 2" } else { ":pick 1 3" };
        all.push(format!("Pick by number, as in {example}"));
    }
    all
}

/// What the course says to the options that were picked.
#[must_use]
pub fn feedback(quiz: &Quiz, picked: &[usize]) -> String {
    let options = picked.iter().filter_map(|&option| quiz.options.get(option));
    options.map(|option| page(&option.feedback, None)).collect()
}

fn prediction(open: Open<'_>, index: usize, prediction: &Prediction) -> Vec<String> {
    let mut all = vec!["What does this program print?".to_owned(), String::new()];
    all.extend(code_lines(&prediction.code));
    all.push(String::new());
    match open.session.predictions.get(index).and_then(|state| state.answered.as_ref()) {
        Some(_) => {
            all.extend(["It prints:".to_owned(), String::new()]);
            all.extend(code_lines(&prediction.output));
        }
        None => all.push("Type it as :answer TEXT, or :answer alone for several lines".to_owned()),
    }
    all
}

fn order(open: Open<'_>, index: usize, order: &Order) -> Option<Vec<String>> {
    let state = open.session.orders.get(index)?;
    let done = if state.right { " (done)" } else { "" };
    let mut all = vec![format!("Put these lines in order, for `{}`{done}:", order.path), String::new()];
    for (number, &line) in (1..).zip(&state.arranged) {
        all.push(format!("{number:>3}  {}", order.lines.get(line)?));
    }
    if !state.right {
        all.extend([String::new(), "Give the numbers in the right order, as in :order 3 1 2".to_owned()]);
    }
    Some(all)
}

/// The lines with `first` before the first and `below` before the others.
fn indented(first: &str, below: &str, lines: Vec<String>) -> Vec<String> {
    let mark = |number: usize| if number == 0 { first } else { below };
    lines
        .into_iter()
        .enumerate()
        .map(|(number, line)| format!("{}{line}", mark(number)).trim_end().to_owned())
        .collect()
}

fn inside(width: usize, margin: usize) -> usize {
    width.saturating_sub(margin).max(20)
}

/// Stands for a space that may not be lost: a character that no text has.
const KEPT_SPACE: char = '\u{e000}';

/// `text` with the spaces of such code kept as has more than one together.
fn keep_spaces(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let kept = parts.map(|(number, part)| {
        if number % 2 == 1 && part.contains("  ") {
            part.replace(' ', KEPT_SPACE.encode_utf8(&mut [0; 4]))
        } else {
            part.to_owned()
        }
    });
    kept.collect::<Vec<_>>().join("`")
}

/// Breaks `text` between words into lines of at most `columns`; a longer word stands alone, whole.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    broken(&keep_spaces(text), columns).into_iter().map(|line| line.replace(KEPT_SPACE, " ")).collect()
}

fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut all = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for word in part.split([' ', '\t']).filter(|word| !word.is_empty()) {
            let wide = width::width(word);
            if used > 0 && used + 1 + wide > columns {
                all.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += wide;
        }
        all.push(line);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{page, paragraph};
    use crate::base::Place;
    use crate::course::model::{Align, CodeBlock, ListItem, Table};
    use crate::course::{Block, BlockKind, Inline};

    fn block(kind: BlockKind) -> Block {
        Block { place: Place::new("l.md", 1, 1), kind }
    }

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text(words.to_owned())]
    }

    fn said(words: &str) -> Block {
        block(BlockKind::Paragraph(text(words)))
    }

    #[test]
    fn a_paragraph_is_wrapped_and_a_long_word_stays_whole() {
        let wrapped = paragraph(&format!("{} {}", "word ".repeat(20).trim(), "x".repeat(90)));
        let widths: Vec<usize> = wrapped.lines().map(str::len).collect();
        assert_eq!(widths, [74, 24, 90]);
    }

    #[test]
    fn spaces_in_code_are_kept() {
        assert_eq!(paragraph("It prints `a  b   c` and  no more."), "It prints `a  b   c` and no more.\n");
    }

    #[test]
    fn lists_tables_code_and_links_are_plain_lines() {
        let item = |blocks| ListItem { checked: None, blocks };
        let inner = block(BlockKind::List { start: None, items: vec![item(vec![said("inside")])] });
        let link = Inline::Link { url: "https://go.dev".to_owned(), text: text("the site") };
        let table = Table {
            align: vec![Align::Left; 2],
            head: vec![text("Command"), text("Does")],
            rows: vec![vec![vec![Inline::Code("go run".to_owned())], text("runs")]],
        };
        let code = CodeBlock {
            language: "go".to_owned(),
            text: "package main\n\nfunc main() {}\n".to_owned(),
            commands: Vec::new(),
            file: crate::base::FilePath::parse("main.go").ok(),
            fails: None,
            highlight: Vec::new(),
        };
        let blocks = [
            block(BlockKind::Paragraph(vec![Inline::Text("See ".to_owned()), link])),
            block(BlockKind::List {
                start: Some(9),
                items: vec![item(vec![said("nine"), inner]), item(vec![said("ten")])],
            }),
            block(BlockKind::Table(table)),
            block(BlockKind::Code(code)),
            block(BlockKind::Quote(vec![said("quoted")])),
        ];
        let wanted = "See the site (https://go.dev)\n\n9. nine\n   - inside\n10. ten\n\n- Command: `go run`\n  Does: runs\n\n\
                      In `main.go`:\n\n    package main\n\n    func main() {}\n\n> quoted\n";
        assert_eq!(page(&blocks, None), wanted);
    }
}
