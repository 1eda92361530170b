//! The figures that the product must reach, each measured beside its peer or its limit in one run: `cargo bench`, or
//! `cargo bench -- confinement idle` for some of them. What stands in the table is also written as JSON.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a bench that cannot measure shall stop")]

mod ground;
mod rows;
mod sample;
mod stage;
mod table;

/// What the tests drive the program with.
#[path = "../../tests/it/support"]
mod support {
    #[expect(dead_code, reason = "benches need less of it than tests do")]
    pub mod terminal;

    /// The program that is measured.
    pub fn haveago() -> &'static str {
        env!("CARGO_BIN_EXE_haveago")
    }
}

use table::Figure;

/// A part of the table: its name, and what measures it.
type Part = (&'static str, fn() -> Vec<Figure>);

const PARTS: &[Part] = &[
    ("start", rows::start::figures),
    ("keys", rows::keys::figures),
    ("editor", rows::editor::figures),
    ("output", rows::output::figures),
    ("check", rows::check::figures),
    ("confinement", rows::confinement::figures),
    ("first", rows::first::figures),
    ("search", rows::search::figures),
    ("page", rows::page::figures),
    ("idle", rows::idle::figures),
    ("course", rows::course::figures),
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.split_first() {
        Some((word, _)) if word == rows::start::BARE => return rows::start::bare(),
        Some((word, _)) if word == rows::course::SHELL => return rows::course::in_a_shell(),
        Some((word, rest)) if word == rows::course::BEFORE => return rows::course::before(rest),
        Some(_) | None => {}
    }
    let words: Vec<String> = words.into_iter().filter(|word| !word.starts_with("--")).collect();
    let unknown = words.iter().find(|word| !PARTS.iter().any(|(name, _)| name == word));
    if let Some(unknown) = unknown {
        let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        eprintln!("there is no part `{unknown}`; there are {}", names.join(", "));
        std::process::exit(2);
    }
    haveago::sandbox::helper::set_program(support::haveago().into());
    let mut figures = Vec::new();
    for (name, measure) in PARTS.iter().filter(|(name, _)| words.is_empty() || words.iter().any(|word| word == name)) {
        eprintln!("measuring {name} …");
        figures.extend(measure());
    }
    table::print(&figures);
    let file = ground::folder().join("figures.json");
    std::fs::write(&file, table::json(&figures)).expect("the figures can be written");
    println!("\nThe same as JSON: {}", file.display());
}
