//! Several redirections of one command, which the shell language takes one at a time: each but the first goes around
//! the command in a subshell of its own, `(sort < in) > out`.

use std::path::Path;

/// The line with a subshell for each redirection too many. None where nesting would say something else: when a stream
/// goes two ways, or to where another goes (`> all 2>&1`).
pub(super) fn nested(line: &str) -> Option<String> {
    let mut found = String::with_capacity(line.len() + 4);
    for command in commands(line) {
        let redirects = redirects(command);
        if redirects.len() < 2 {
            found.push_str(command);
            continue;
        }
        let mut streams: Vec<&str> = redirects.iter().map(|at| stream(&command[*at..])).collect();
        streams.sort_unstable();
        streams.dedup();
        let is_apart = streams.len() == redirects.len() && (!streams.contains(&"&") || streams == ["&", "0"]);
        if !is_apart || duplicates(command) {
            return None;
        }
        let ends = &redirects[1..];
        let start = command.len() - command.trim_start().len();
        let mut nested = command[start..ends[0]].trim_end().to_owned();
        for (index, from) in ends.iter().enumerate() {
            let to = ends.get(index + 1).copied().unwrap_or(command.len());
            nested = format!("({nested}) {}", command[*from..to].trim_end());
        }
        found.push_str(&command[..start]);
        found.push_str(&nested);
        found.push_str(&command[command.trim_end().len()..]);
    }
    Some(found)
}

/// The file that a line of one command reads from by `<` and that is not in `dir`: told by us before anything runs, as the
/// shell language names it by its whole path. None where the name has signs that the shell would take otherwise.
pub(super) fn missing_input<'a>(line: &'a str, dir: &Path) -> Option<&'a str> {
    let [command] = commands(line)[..] else { return None };
    let reads = redirects(command).into_iter().filter_map(|at| {
        let rest = command[at..].strip_prefix('<').or_else(|| command[at..].strip_prefix("0<"))?;
        rest.split_whitespace().next()
    });
    let is_plain = |name: &&str| name.chars().all(|c| c.is_alphanumeric() || "._-/".contains(c));
    reads.into_iter().filter(is_plain).find(|name| !dir.join(name).exists())
}

/// Which stream a redirection is of: `0`, `1`, `2`, or `&` for both that are written.
fn stream(redirect: &str) -> &str {
    let sign = redirect.find(['<', '>']).unwrap_or(0);
    match (&redirect[..sign], redirect[sign..].starts_with('<')) {
        ("", true) => "0",
        ("", false) => "1",
        (number, _) => number,
    }
}

/// The line cut before and after each `;`, `|`, `&&`, bracket and line end that stands outside quotes.
fn commands(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, sign) in outside_quotes(line) {
        let after_redirect = line[..at].ends_with('>') || line[at + sign.len_utf8()..].starts_with('>');
        if matches!(sign, ';' | '|' | '&' | '(' | ')' | '\n') && !(sign == '&' && after_redirect) {
            parts.extend([&line[start..at], &line[at..=at]]);
            start = at + 1;
        }
    }
    parts.push(&line[start..]);
    parts
}

/// Where the redirections of a command begin, with the number of what is redirected.
fn redirects(command: &str) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (at, sign) in outside_quotes(command) {
        let before = &command[..at];
        if !matches!(sign, '<' | '>') || before.ends_with(['<', '>']) {
            continue;
        }
        let numbered = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '&');
        let is_number = numbered.is_empty() || numbered.ends_with(char::is_whitespace);
        found.push(if is_number { numbered.len() } else { at });
    }
    found
}

fn duplicates(command: &str) -> bool {
    outside_quotes(command).iter().any(|(at, sign)| *sign == '>' && command[at + 1..].starts_with('&'))
}

/// The signs that no quote and no backslash takes their meaning from.
fn outside_quotes(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let mut quote = None;
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some('\''), _) => {}
            (_, '\\') => {
                letters.next();
            }
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(letter),
            (None, _) => found.push((at, letter)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{missing_input, nested};

    #[test]
    fn an_input_that_is_not_there_is_found_where_its_name_is_plain() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (line, missing) in [
            ("cat < zzz.txt 2> f.txt", Some("zzz.txt")),
            ("sort <no/where > out", Some("no/where")),
            ("cat < Cargo.toml", None),
            ("cat < $NAME", None),
            ("echo a > b", None),
            ("cat a > zzz.txt; cat < zzz.txt", None),
            ("echo '< zzz.txt'", None),
        ] {
            assert_eq!(missing_input(line, dir), missing, "{line}");
        }
    }

    #[test]
    fn each_redirection_too_many_gets_a_subshell() {
        for (line, expected) in [
            ("sort < in > out", "(sort < in) > out"),
            ("go build 2> err > out", "(go build 2> err) > out"),
            ("a <in 2>err >out; b > c", "((a <in) 2>err) >out; b > c"),
            ("echo '<>' \"> >\" > a", "echo '<>' \"> >\" > a"),
            ("cat < a 2> b | sort > c", "(cat < a) 2> b | sort > c"),
            ("a >> b", "a >> b"),
            ("a &> b", "a &> b"),
        ] {
            assert_eq!(nested(line).as_deref(), Some(expected));
        }
        for line in ["a > b > c", "a > b 2>&1", "a &> b 2> c"] {
            assert_eq!(nested(line), None, "{line}");
        }
    }
}
