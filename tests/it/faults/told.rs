//! `docs/reliability.md` tells the truth: each of its rows names tests that exist.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn each_row_names_tests_that_exist() {
    let text = fs::read_to_string(root().join("docs/reliability.md")).unwrap();
    let table = text.split("\n## Long runs").next().unwrap_or_default();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 10, "{rows:#?}");
    let mut faults = Vec::new();
    for row in rows {
        let names: Vec<&str> = last_cell(row).split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            faults.push(format!("no test: {row}"));
        }
        faults.extend(names.into_iter().filter(|name| !exists(name)).map(|name| format!("no such test: {name}")));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn last_cell(row: &str) -> &str {
    row.trim_end_matches(['|', ' ']).rsplit(" | ").next().unwrap_or_default()
}

/// A test is named as `cargo test` names it: modules, then the function. Those of the library begin with a room's name.
fn exists(name: &str) -> bool {
    let Some((modules, function)) = name.rsplit_once("::") else { return false };
    let path = modules.replace("::", "/");
    let inside = path.trim_end_matches("/tests");
    let files = [format!("tests/it/{path}.rs"), format!("src/{path}.rs"), format!("src/{inside}.rs")];
    files.iter().any(|file| has(&root().join(file), function))
}

fn has(file: &Path, function: &str) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    let text = text.replace("\n    fn ", "\nfn ");
    text.split(&format!("\nfn {function}(")).next().is_some_and(|before| {
        before.len() < text.len() && before.lines().rev().take(3).any(|line| line.trim() == "#[test]")
    })
}
