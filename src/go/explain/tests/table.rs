//! The table itself: every row can be read, filled and understood.

use regex::Regex;

use crate::go::explain::rules::{Phase, Rules, fill};

fn rules() -> Rules {
    Rules::read(include_str!("../../../../assets/errors.toml")).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_name_in_a_text_is_a_group_of_its_row() {
    for row in &rules().rows {
        let pattern = Regex::new(&row.pattern).unwrap();
        let line = row.line.as_deref().map(|line| Regex::new(line).unwrap());
        let mut groups: Vec<&str> = pattern.capture_names().flatten().collect();
        groups.extend(line.iter().flat_map(|line| line.capture_names().flatten()));
        groups.push("at");
        if matches!(row.phase, Phase::Compile | Phase::Vet | Phase::Go) {
            groups.extend(["row", "file"]);
        }
        let filled = fill(&row.text, |name| groups.contains(&name).then(|| "x".to_owned()));
        assert!(filled.is_some(), "{}: {} names a group there is not", row.id, row.text);
    }
}

#[test]
fn every_text_keeps_the_house_s_manner() {
    for row in &rules().rows {
        let text = &row.text;
        assert_eq!(text.matches('`').count() % 2, 0, "{}: a backtick is open: {text}", row.id);
        let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join("x");
        let sentences = prose.split_terminator(['.', '?']).filter(|part| part.trim().len() > 1).count();
        assert!((1..=2).contains(&sentences), "{}: {sentences} sentences: {text}", row.id);
        assert!(!prose.contains('!'), "{}: {text}", row.id);
        assert!(text.ends_with(['.', '?']), "{}: {text}", row.id);
        assert!(text.len() <= 330, "{}: too long to read at a glance: {text}", row.id);
        for word in ["just", "simply", "obviously", "easy", "of course"] {
            let words: Vec<&str> = prose.split(|letter: char| !letter.is_alphabetic()).collect();
            assert!(!words.contains(&word), "{}: says `{word}`: {text}", row.id);
        }
    }
}

#[test]
fn what_is_taught_is_explained_and_stands_at_one_lesson() {
    let rules = rules();
    let mut seen = Vec::new();
    for id in rules.taught.iter().flat_map(|taught| &taught.ids) {
        assert!(rules.rows.iter().any(|row| row.id == *id), "there is no explanation called {id}");
        assert!(!seen.contains(&id), "{id} is taught twice");
        seen.push(id);
    }
}

#[test]
fn wordings_of_one_explanation_stand_together_or_differ() {
    let rows = rules().rows;
    for (index, row) in rows.iter().enumerate() {
        let twin = rows[..index]
            .iter()
            .any(|other| (&other.id, &other.pattern, &other.line) == (&row.id, &row.pattern, &row.line));
        assert!(!twin, "{}: two rows with the same pattern, the second never speaks", row.id);
    }
}
