//! The word at the cursor, read as the shell reads it, and words written so that the shell reads them back.

/// The word up to the cursor and the words before it in the same command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Where it begins in the line, its quotes included.
    pub start: usize,
    /// Without quotes and backslashes.
    pub value: String,
    /// The quote it began with.
    pub quote: Option<char>,
    /// The command's words before it, assignments (`GOOS=linux`) left out.
    pub before: Vec<String>,
}

impl Word {
    /// Reads `line` up to `cursor`.
    pub fn at(line: &str, cursor: usize) -> Self {
        let mut word = Self::default();
        let mut open: Option<char> = None;
        let mut escaped = false;
        let text = line.get(..cursor).unwrap_or(line);
        for (at, c) in text.char_indices() {
            let next = at + c.len_utf8();
            match (escaped, open, c) {
                (true, _, _) => {
                    word.value.push(c);
                    escaped = false;
                }
                (false, None | Some('"'), '\\') => escaped = true,
                (false, None, '"' | '\'') => {
                    open = Some(c);
                    if at == word.start {
                        word.quote = Some(c);
                    }
                }
                (false, Some(quote), _) if quote == c => open = None,
                (false, None, ' ' | '\t' | '<' | '>') => word.next(next),
                (false, None, '|' | '&' | ';' | '(' | ')') => {
                    word = Self { start: next, ..Self::default() };
                }
                (false, _, _) => word.value.push(c),
            }
        }
        word
    }

    fn next(&mut self, start: usize) {
        let value = std::mem::take(&mut self.value);
        let is_assignment = self.before.is_empty() && value.contains('=');
        if !value.is_empty() && !is_assignment {
            self.before.push(value);
        }
        self.quote = None;
        self.start = start;
    }
}

/// `value` as a word of the shell, with the quote it was begun with, or one where it needs one; open at its end while
/// it is not `complete`.
pub fn quoted(value: &str, begun: Option<char>, complete: bool) -> String {
    let (home, rest) = if value.starts_with("~/") { value.split_at(2) } else { ("", value) };
    let needs_quote = rest.contains(|c: char| !(c.is_alphanumeric() || "/._-+=:@%,^~".contains(c)));
    let quote = match begun {
        Some('\'') if !rest.contains('\'') => '\'',
        Some(_) => '"',
        None if needs_quote => '"',
        None => return value.to_owned(),
    };
    let mut text = format!("{home}{quote}");
    for c in rest.chars() {
        if quote == '"' && matches!(c, '"' | '\\' | '$' | '`') {
            text.push('\\');
        }
        text.push(c);
    }
    if complete {
        text.push(quote);
    }
    text
}
