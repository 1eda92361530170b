//! The commands of a tab as rows, from the first prompt to the line being typed; only the rows that are seen are drawn.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::words::{Wrapped, prose, short_dir, time};
use crate::base::prose::count;
use crate::base::width::width;
use crate::page::Theme;
use crate::page::theme::PLAIN;
use crate::term::{BlockState, CommandBlock, Tab};

/// A program shows that it works after this long.
const PATIENCE: Duration = Duration::from_millis(150);

/// A run of rows that are drawn the same way.
pub struct Part<'a> {
    body: Body<'a>,
    /// At the right end of its first row, or of its last.
    right: Option<(Edge, Line<'static>)>,
    rows: usize,
}

enum Body<'a> {
    /// One text that was too long for one row.
    Long(Vec<Line<'static>>),
    /// Rows that stand for themselves.
    Rows(Vec<Line<'static>>),
    Output(&'a CommandBlock),
}

enum Edge {
    First,
    Last,
}

/// What the flow is laid out for.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub theme: &'a Theme,
    pub width: u16,
    /// What is offered behind the line being typed.
    pub suggestion: &'a str,
    /// The time, for the spinner; none where nothing may move.
    pub now: Option<Duration>,
}

/// All rows of a tab.
pub struct Flow<'a> {
    parts: Vec<Part<'a>>,
    /// Row and column of the cursor.
    pub cursor: Option<(usize, u16)>,
    pub rows: usize,
    /// The first row of each command, in order.
    starts: Vec<usize>,
    /// The first row of what the running program printed.
    pub running: Option<usize>,
}

impl<'a> Flow<'a> {
    pub fn of(tab: &'a Tab, look: &Look<'_>) -> Self {
        let mut flow = Self { parts: Vec::new(), cursor: None, rows: 0, starts: Vec::new(), running: None };
        if let Some(block) = tab.running().filter(|_| tab.full_screen()) {
            flow.output(block, None);
            return flow;
        }
        for block in &tab.blocks {
            flow.starts.push(flow.rows);
            flow.block(block, look);
        }
        if tab.running().is_none() {
            super::prompt::add(&mut flow, tab, look);
        }
        if !tab.queue.is_empty() {
            let lines = count(tab.queue.len(), "pasted line waits", "pasted lines wait");
            flow.rows_of(vec![Line::styled(format!("{lines} for this to end"), look.theme.faint)]);
        }
        flow
    }

    /// Draws the rows from `top` on; marks and times at the right only where `with_marks`.
    pub fn draw(&self, top: usize, area: Rect, buf: &mut Buffer, with_marks: bool) {
        let mut start = 0;
        for part in &self.parts {
            let end = start + part.rows;
            if end > top && start < top + usize::from(area.height) {
                let skipped = top.saturating_sub(start);
                let y = (start.saturating_sub(top)) as u16;
                let rows = Rect { y: area.y + y, height: area.height - y, ..area };
                part.draw(skipped, rows, buf, with_marks);
            }
            start = end;
        }
    }

    /// Whether the text of `row` goes on in the next row.
    pub fn wraps(&self, row: usize) -> bool {
        let mut start = 0;
        for part in &self.parts {
            if row < start + part.rows {
                return match &part.body {
                    Body::Long(lines) => row - start + 1 < lines.len(),
                    Body::Rows(_) => false,
                    Body::Output(block) => block.output_wraps(row - start),
                };
            }
            start += part.rows;
        }
        false
    }

    /// The index of the command whose rows these are.
    pub fn block_at(&self, row: usize) -> Option<usize> {
        self.starts.partition_point(|start| *start <= row).checked_sub(1)
    }

    /// The text of a row as it is drawn, marks at the right left out; one entry a column, the second of a wide
    /// character empty.
    pub fn row_cells(&self, row: usize, columns: u16) -> Vec<String> {
        let area = Rect::new(0, 0, columns, 1);
        let mut buf = Buffer::empty(area);
        self.draw(row, area, &mut buf, false);
        let mut cells: Vec<String> = (0..columns).map(|x| buf[(x, 0)].symbol().to_owned()).collect();
        for x in 1..cells.len() {
            if width(&cells[x - 1]) == 2 {
                cells[x].clear();
            }
        }
        cells
    }

    pub fn long(&mut self, lines: Vec<Line<'static>>, right: Option<Line<'static>>) {
        let rows = lines.len();
        self.push(Part { body: Body::Long(lines), right: right.map(|line| (Edge::First, line)), rows });
    }

    pub fn rows_of(&mut self, lines: Vec<Line<'static>>) {
        let rows = lines.len();
        self.push(Part { body: Body::Rows(lines), right: None, rows });
    }

    fn push(&mut self, part: Part<'a>) {
        self.rows += part.rows;
        self.parts.push(part);
    }

    fn output(&mut self, block: &'a CommandBlock, right: Option<Line<'static>>) {
        let start = self.rows;
        let right = right.map(|line| (Edge::Last, line));
        self.push(Part { body: Body::Output(block), right, rows: block.output_rows() });
        if let Some(emulator) = block.emulator() {
            self.running = Some(start);
            self.cursor = emulator.cursor().map(|(row, column)| (start + row, column));
        }
    }

    /// Prompt, output, tail and explanation of one command.
    fn block(&mut self, block: &'a CommandBlock, look: &Look<'_>) {
        let theme = look.theme;
        let prompt = block_prompt(block, look);
        let columns = usize::from(look.width);
        let room = columns.saturating_sub(if prompt.rows.len() == 1 { prompt.column + 1 } else { columns });
        let mark = mark(block, look);
        let BlockState::Ended { exit, took, output } = &block.state else {
            self.long(prompt.rows, Some(Line::from(mark)));
            self.output(block, None);
            return;
        };
        let words = if *exit == 0 { String::new() } else { format!("exit {exit}") };
        let is_beside_mark = words.is_empty() || width(&words) + 2 <= room;
        let mut right = Vec::new();
        if !words.is_empty() && is_beside_mark {
            right.push(Span::styled(format!("{words} "), theme.wrong));
        }
        right.push(mark);
        let mut tail = Line::styled(time(*took), theme.faint);
        if !is_beside_mark {
            tail.spans.insert(0, Span::styled(format!("{words} · "), theme.wrong));
        }
        let used = right.iter().map(Span::width).sum::<usize>();
        if output.is_empty() && used + 2 + tail.width() <= room {
            tail.push_span(Span::raw("  "));
            tail.spans.extend(right);
            self.long(prompt.rows, Some(tail));
        } else {
            self.long(prompt.rows, Some(Line::from(right)));
            let fits = !output.is_empty() && output.last_row_width() + 2 + tail.width() <= columns;
            self.output(block, fits.then(|| tail.clone()));
            if !fits {
                self.rows_of(vec![tail.right_aligned()]);
            }
        }
        if let Some(text) = &block.explanation {
            let lead = block.lead.as_ref().map(|lead| lead.words.as_str());
            self.rows_of(explanation(text, lead, look));
        }
    }
}

impl Part<'_> {
    fn draw(&self, skipped: usize, area: Rect, buf: &mut Buffer, with_marks: bool) {
        match &self.body {
            Body::Long(lines) | Body::Rows(lines) => {
                for (y, line) in lines.iter().skip(skipped).take(usize::from(area.height)).enumerate() {
                    draw_line(line, Rect { y: area.y + y as u16, height: 1, ..area }, buf, with_marks);
                }
            }
            Body::Output(block) => match &block.state {
                BlockState::Running { emulator, .. } => {
                    let height = area.height.min((self.rows - skipped) as u16);
                    emulator.draw(skipped, Rect { height, ..area }, buf);
                }
                BlockState::Ended { output, .. } => output.draw(skipped, area, buf),
            },
        }
        let Some((edge, line)) = self.right.as_ref().filter(|_| with_marks) else { return };
        let row = match edge {
            Edge::First => 0,
            Edge::Last => self.rows.saturating_sub(1),
        };
        if let Some(y) = row.checked_sub(skipped).filter(|y| *y < usize::from(area.height)) {
            draw_right(line, Rect { y: area.y + y as u16, height: 1, ..area }, buf);
        }
    }
}

fn draw_line(line: &Line<'_>, area: Rect, buf: &mut Buffer, with_marks: bool) {
    if line.alignment.is_some() {
        if with_marks {
            draw_right(line, area, buf);
        }
    } else {
        buf.set_line(area.x, area.y, line, area.width);
    }
}

fn draw_right(line: &Line<'_>, area: Rect, buf: &mut Buffer) {
    let taken = (line.width() as u16).min(area.width);
    buf.set_line(area.right() - taken, area.y, line, taken);
}

/// Columns for prompts: the mark and a blank stand to their right, so nothing jumps when a command ends.
pub fn prompt_columns(width: u16) -> usize {
    usize::from(width.saturating_sub(2)).max(2)
}

/// `dir $ `, laid.
pub fn prompt_start(dir: &str, look: &Look<'_>) -> Wrapped {
    let columns = prompt_columns(look.width);
    let mut wrapped = Wrapped::new();
    wrapped.push(&format!("{} $ ", short_dir(dir, columns / 2)), look.theme.dim, columns);
    wrapped
}

fn block_prompt(block: &CommandBlock, look: &Look<'_>) -> Wrapped {
    let mut wrapped = prompt_start(&block.dir_shown, look);
    wrapped.push(&block.line, look.theme.text.add_modifier(Modifier::BOLD), prompt_columns(look.width));
    wrapped
}

fn mark(block: &CommandBlock, look: &Look<'_>) -> Span<'static> {
    let glyphs = look.theme.glyphs;
    match &block.state {
        BlockState::Ended { exit: 0, .. } => Span::styled(glyphs.right, look.theme.right),
        BlockState::Ended { .. } => Span::styled(glyphs.wrong, look.theme.wrong),
        BlockState::Running { started, .. } => {
            let waited = look.now.zip(*started).map(|(now, started)| now.saturating_sub(started));
            let frames: &[&str] = if glyphs == PLAIN {
                &["-", "\\", "|", "/"]
            } else {
                &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧"]
            };
            let sign = match waited {
                Some(waited) if waited >= PATIENCE => frames[(waited.as_millis() / 120) as usize % frames.len()],
                Some(_) => " ",
                None => glyphs.here,
            };
            Span::styled(sign, look.theme.accent)
        }
    }
}

fn explanation(text: &str, lead: Option<&str>, look: &Look<'_>) -> Vec<Line<'static>> {
    let theme = look.theme;
    let columns = usize::from(look.width.saturating_sub(3)).max(2);
    let bar = || Span::styled(format!("{} ", theme.glyphs.bar), theme.accent);
    let title = Line::from(vec![bar(), Span::styled("why", theme.dim)]);
    let mut body = prose(text, columns, theme.text, theme.code);
    let lead = lead.filter(|lead| !lead.is_empty());
    body.extend(lead.into_iter().flat_map(|lead| prose(lead, columns, theme.link, theme.link)));
    let body = body.into_iter().map(|line| {
        let mut spans = vec![bar()];
        spans.extend(line.spans);
        Line::from(spans)
    });
    // The next prompt stands off, so that the words are seen to belong to the command above.
    std::iter::once(title).chain(body).chain([Line::default()]).collect()
}

/// Puts a sign over the right end of the last row: there is more below.
pub fn more_below(rows: usize, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let arrow = if theme.glyphs == PLAIN { "v" } else { "▼" };
    let line = Line::styled(format!(" {arrow} {rows} more below "), theme.accent);
    let taken = (line.width() as u16).min(area.width);
    let at = Position::new(area.right() - taken, area.bottom().saturating_sub(1));
    buf.set_line(at.x, at.y, &line, taken);
}
