//! Words that make every message read right: counts, lists, quoted output.

/// `1 step`, `2 steps`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

/// A fault as errors have it, set as a sentence: a capital letter first, a full stop last.
#[must_use]
pub fn sentence(fault: &str) -> String {
    let mut letters = fault.chars();
    let first = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    let stop = if fault.ends_with(['.', '?', '!', ':']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::{count, list};

    #[test]
    fn counts_and_lists_read_right() {
        assert_eq!(count(1, "step", "steps"), "1 step");
        assert_eq!(count(0, "step", "steps"), "0 steps");
        assert_eq!(list(&["a", "b", "c"], "and"), "a, b and c");
        assert_eq!(list(&["a"], "or"), "a");
    }
}
