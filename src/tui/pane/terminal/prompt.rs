//! The line being typed, and what stands below it: the search, candidates, a word for who is new here.

use ratatui::text::{Line, Span};

use super::flow::{Flow, Look, prompt_columns, prompt_start};
use super::words::prose;
use crate::base::width::{truncate, width};
use crate::term::history::Browse;
use crate::term::{CommandLine, Tab};

/// Rows of candidates at most.
const CANDIDATE_ROWS: usize = 6;
const EMPTY: &str = "Type a command and press Enter. Tab completes, Up recalls.";

pub fn add(flow: &mut Flow<'_>, tab: &Tab, look: &Look<'_>) {
    let theme = look.theme;
    let start = flow.rows;
    let columns = prompt_columns(look.width);
    let (before, after) = tab.line.text().split_at(tab.line.cursor());
    let mut prompt = prompt_start(&tab.dir, look);
    prompt.push(before, theme.text, columns);
    let cursor = (start + prompt.rows.len() - 1, prompt.column as u16);
    prompt.push(after, theme.text, columns);
    prompt.push(look.suggestion, theme.faint, columns);
    // A character that begins the next row takes the cursor along.
    let moves_on = usize::from(cursor.1) >= columns && prompt.rows.len() > cursor.0 - start + 1;
    flow.cursor = Some(if moves_on { (cursor.0 + 1, 0) } else { cursor });
    flow.long(prompt.rows, None);
    match &tab.browse {
        Browse::Search { query, found, .. } => flow.rows_of(vec![search(query, found.is_some(), look)]),
        Browse::Not | Browse::At { .. } => {}
    }
    if !tab.candidates.is_empty() {
        flow.rows_of(candidates(&tab.candidates, look));
    }
    if tab.blocks.is_empty() && tab.line == CommandLine::default() && tab.browse == Browse::Not {
        flow.rows_of(prose(EMPTY, usize::from(look.width), theme.faint, theme.faint));
    }
}

fn search(query: &str, found: bool, look: &Look<'_>) -> Line<'static> {
    let mut line =
        Line::from(vec![Span::styled("search: ", look.theme.accent), Span::styled(query.to_owned(), look.theme.text)]);
    if !query.is_empty() && !found {
        line.push_span(Span::styled("  not found", look.theme.warn));
    }
    line
}

/// In columns, as `ls` lists: down, then right.
fn candidates(names: &[String], look: &Look<'_>) -> Vec<Line<'static>> {
    let columns = usize::from(look.width).max(1);
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0).min(columns);
    let across = ((columns + 2) / (widest + 2)).max(1);
    let rows = names.len().div_ceil(across);
    let mut lines: Vec<Line<'static>> = (0..rows.min(CANDIDATE_ROWS))
        .map(|row| {
            let text = names.iter().skip(row).step_by(rows).fold(String::new(), |mut text, name| {
                let name = truncate(name, widest);
                let padding = " ".repeat(widest - width(&name) + 2);
                text.push_str(&name);
                text.push_str(&padding);
                text
            });
            Line::styled(text.trim_end().to_owned(), look.theme.dim)
        })
        .collect();
    if rows > CANDIDATE_ROWS {
        let text = format!("{} in all; type more letters", names.len());
        lines.push(Line::styled(text, look.theme.faint));
    }
    lines
}
