//! The table of the figures, for people and for programs.

use serde::Serialize;

/// One row: what was measured, and what it is held against.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub what: String,
    /// What it is compared with, and what that took.
    pub peer: String,
    /// What was measured, in words.
    pub ours: String,
    /// The number that counts, in `unit`.
    pub value: f64,
    pub bound: Bound,
    pub unit: &'static str,
}

/// What a number must keep to.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Figure {
    pub fn holds(&self) -> bool {
        match self.bound {
            Bound::AtMost(limit) => self.value <= limit,
            Bound::AtLeast(limit) => self.value >= limit,
        }
    }

    fn bound(&self) -> String {
        let (sign, limit) = match self.bound {
            Bound::AtMost(limit) => ("≤", limit),
            Bound::AtLeast(limit) => ("≥", limit),
        };
        format!("{sign} {limit} {}", self.unit)
    }
}

/// As a table of Markdown, so that it can be copied into a page.
pub fn print(figures: &[Figure]) {
    let head = ["what", "ours", "beside", "figure", "must be", ""].map(str::to_owned);
    let row = |figure: &Figure| {
        let value = format!("{:.2} {}", figure.value, figure.unit);
        let mark = if figure.holds() { "holds" } else { "FALLS SHORT" };
        [figure.what.clone(), figure.ours.clone(), figure.peer.clone(), value, figure.bound(), mark.to_owned()]
    };
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(figures.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        println!("| {} |", cells.join(" | "));
        if index == 0 {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            println!("|-{}-|", rules.join("-|-"));
        }
    }
}

pub fn json(figures: &[Figure]) -> String {
    let rows: Vec<serde_json::Value> = figures
        .iter()
        .map(|figure| {
            let mut row = serde_json::to_value(figure).expect("plain data");
            row["holds"] = figure.holds().into();
            row
        })
        .collect();
    serde_json::to_string_pretty(&rows).expect("plain data") + "\n"
}
