//! Tables: columns share the room fairly and cells wrap; where there is too little, rows become lists of facts.

use ratatui::text::Span;

use super::sheet::{Setting, spans_width};
use super::{Page, PageLine};
use crate::base::width::width;
use crate::course::Inline;
use crate::course::model::{Align, Table, plain_text};

/// Below this measure a table is told row by row.
const TOO_NARROW: usize = 30;
/// A column narrower than this shows no words.
const NARROWEST: usize = 5;
const GAP: usize = 3;

impl Setting<'_> {
    pub(super) fn table(&self, table: &Table, room: usize) -> Page {
        let columns = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
        if columns == 0 {
            return Page::default();
        }
        let gaps = GAP * (columns - 1);
        if room < gaps + columns * NARROWEST || (room < TOO_NARROW && columns > 1) {
            return self.told(table, room);
        }
        let widths = shared(&wishes(table, columns), room - gaps);
        let mut page = self.table_row(table, &table.head, &widths, true);
        let rules = widths.iter().map(|width| Span::styled(self.theme.glyphs.rule.repeat(*width), self.theme.faint));
        page.push(joined(rules.map(|rule| vec![rule]).collect(), &widths));
        let rows: Vec<Page> = table.rows.iter().map(|row| self.table_row(table, row, &widths, false)).collect();
        let are_apart = rows.iter().any(|row| row.lines.len() > 1);
        for (index, row) in rows.into_iter().enumerate() {
            if are_apart && index > 0 {
                page.gap(1);
            }
            page.append(row);
        }
        page
    }

    fn table_row(&self, table: &Table, cells: &[Vec<Inline>], widths: &[usize], is_head: bool) -> Page {
        let style = if is_head { self.theme.title } else { self.theme.text };
        let mut row = Page::default();
        let set = widths.iter().enumerate().map(|(index, width)| {
            let inlines = cells.get(index).map_or(&[] as &[Inline], Vec::as_slice);
            let mut cell = self.inlines(inlines, style, *width);
            align(&mut cell, *width, table.align.get(index).copied().unwrap_or(Align::Left));
            cell
        });
        let set: Vec<Page> = set.collect();
        let height = set.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        for line in 0..height {
            let parts: Vec<PageLine> =
                set.iter().map(|cell| cell.lines.get(line).cloned().unwrap_or_default()).collect();
            let mut links = Vec::new();
            let mut left = 0;
            for (part, width) in parts.iter().zip(widths) {
                let moved =
                    |(range, url): &(std::ops::Range<u16>, String)| (range.start + left..range.end + left, url.clone());
                links.extend(part.links.iter().map(moved));
                left += (width + GAP) as u16;
            }
            let spans = parts.into_iter().map(|part| part.line.spans).collect();
            row.lines.push(PageLine { line: joined(spans, widths).into(), links });
        }
        let mut left = 0;
        for (mut cell, width) in set.into_iter().zip(widths) {
            for target in &mut cell.targets {
                target.columns = target.columns.start + left..target.columns.end + left;
            }
            row.targets.append(&mut cell.targets);
            left += (width + GAP) as u16;
        }
        row
    }

    /// The table as words: `head: value`, one under the other, an empty line between the rows.
    fn told(&self, table: &Table, room: usize) -> Page {
        let mut page = Page::default();
        if table.rows.is_empty() {
            table.head.iter().for_each(|head| page.append(self.inlines(head, self.theme.title, room)));
        }
        for row in &table.rows {
            let mut facts = Page::default();
            for (index, cell) in row.iter().enumerate() {
                let head = table.head.get(index).filter(|head| !head.is_empty());
                let mut text = Vec::new();
                if let Some(head) = head {
                    text.push(Inline::Strong(head.clone()));
                    text.push(Inline::Text(": ".to_owned()));
                }
                text.extend(cell.iter().cloned());
                facts.append(self.inlines(&text, self.theme.text, room));
            }
            page.append_apart(facts);
        }
        page
    }
}

/// Cells' spans on one line, each filled to its column's width.
fn joined(cells: Vec<Vec<Span<'static>>>, widths: &[usize]) -> Vec<Span<'static>> {
    let last = cells.len().saturating_sub(1);
    let mut spans = Vec::new();
    for (index, (cell, width)) in cells.into_iter().zip(widths).enumerate() {
        let fill = width.saturating_sub(spans_width(&cell));
        spans.extend(cell);
        if index < last {
            spans.push(Span::raw(" ".repeat(fill + GAP)));
        }
    }
    spans
}

fn align(cell: &mut Page, width: usize, align: Align) {
    let mut moved = Vec::new();
    for line in &mut cell.lines {
        let free = width.saturating_sub(spans_width(&line.line.spans));
        let left = match align {
            Align::Left => 0,
            Align::Center => free / 2,
            Align::Right => free,
        };
        if left > 0 {
            line.line.spans.insert(0, Span::raw(" ".repeat(left)));
            line.links.iter_mut().for_each(|(range, _)| *range = range.start + left as u16..range.end + left as u16);
        }
        moved.push(left as u16);
    }
    for target in &mut cell.targets {
        let left = moved.get(target.lines.start).copied().unwrap_or(0);
        // A link of several lines, each moved by its own free room, is somewhere in the cell.
        let is_one_line = target.lines.len() == 1;
        target.columns =
            if is_one_line { target.columns.start + left..target.columns.end + left } else { 0..width as u16 };
    }
}

/// What a column would like: all of its widest cell, and at least its longest word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wish {
    all: usize,
    word: usize,
}

fn wishes(table: &Table, columns: usize) -> Vec<Wish> {
    let mut wishes = vec![Wish { all: 1, word: 1 }; columns];
    for row in table.rows.iter().chain([&table.head]) {
        for (wish, cell) in wishes.iter_mut().zip(row) {
            let text = plain_text(cell);
            let widest = text.lines().map(width).max().unwrap_or(0);
            // Signs that are not in the plain text: backticks without colour, the numbers of notes.
            let extra = cell.iter().filter(|inline| !matches!(inline, Inline::Text(_))).count() * 2;
            let word = text.split_whitespace().map(width).max().unwrap_or(0);
            wish.all = wish.all.max(widest + extra);
            wish.word = wish.word.max(word.min(24));
        }
    }
    wishes
}

/// Shares `room` out: columns that need less than an equal share get what they need, the others share the rest; then
/// columns whose longest word would break take from those with room to spare.
fn shared(wishes: &[Wish], room: usize) -> Vec<usize> {
    let mut widths = vec![0; wishes.len()];
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|index| wishes[*index].all);
    let mut left = room;
    for (done, index) in order.iter().enumerate() {
        let share = left / (wishes.len() - done);
        widths[*index] = wishes[*index].all.min(share).max(1);
        left = left.saturating_sub(widths[*index]);
    }
    for needy in 0..wishes.len() {
        while widths[needy] < wishes[needy].word {
            let spare = |index: &usize| widths[*index].saturating_sub(wishes[*index].word.max(NARROWEST));
            let Some(rich) = (0..wishes.len()).max_by_key(spare).filter(|index| spare(index) > 0) else { break };
            widths[rich] -= 1;
            widths[needy] += 1;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::{Wish, shared};

    #[test]
    fn narrow_columns_keep_what_they_need_and_words_are_not_broken_for_nothing() {
        let wish = |all, word| Wish { all, word };
        assert_eq!(shared(&[wish(4, 4), wish(6, 6)], 40), [4, 6]);
        assert_eq!(shared(&[wish(4, 4), wish(60, 6), wish(60, 6)], 40), [4, 18, 18]);
        assert_eq!(shared(&[wish(30, 14), wish(60, 6)], 20), [14, 6]);
    }
}
