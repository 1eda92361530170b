//! The nearest right word to a mistyped one.

/// The candidate closest to `word`, if one is close enough that a person probably meant it:
/// at most a third of its letters (and at least one) wrong, swapped neighbours counting as one.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        // Each letter more or less is one that is wrong.
        .filter(|candidate| {
            let letters = candidate.chars().count();
            letters.abs_diff(word.chars().count()) <= (letters / 3).max(1)
        })
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance: inserts, deletes, changes and swaps of neighbours, each at cost 1.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_finds_its_word_and_a_stranger_finds_none() {
        let words = ["init", "tidy", "vendor", "graph"];
        assert_eq!(nearest("int", words), Some("init"));
        assert_eq!(nearest("tdiy", words), Some("tidy"));
        assert_eq!(nearest("frobnicate", words), None);
    }
}
