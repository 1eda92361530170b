//! Names: ids from file names and headings, versions, and the words for systems and processors.

/// Systems as lessons may name them; `macos` is Go's `darwin`.
pub const SYSTEMS: &[&str] = &["linux", "macos", "windows", "darwin", "freebsd", "openbsd", "netbsd", "js", "wasip1"];

/// Processors as Go names them.
pub const ARCHITECTURES: &[&str] =
    &["amd64", "arm64", "386", "arm", "riscv64", "ppc64le", "s390x", "loong64", "mips64le", "wasm"];

/// Go's word for a system.
pub fn goos(word: &str) -> Option<&'static str> {
    let known = SYSTEMS.iter().copied().find(|system| *system == word)?;
    Some(if known == "macos" { "darwin" } else { known })
}

/// `01-start-a-project` → `(1, "start-a-project")`; no number where there is none.
pub fn numbered(name: &str) -> (Option<u32>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    match name[digits..].strip_prefix('-') {
        Some(rest) if digits > 0 => (name[..digits].parse().ok(), rest),
        Some(_) | None => (None, name),
    }
}

/// Lower-case letters, digits and hyphens, as every id is made of: safe in a path and in a saved file.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-' || c == '_')
}

/// A heading's id as other viewers make it: lower case, spaces to hyphens, punctuation gone.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            slug.push(c);
        } else if (c.is_whitespace() || c == '-') && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// An id as a title, where there is no better one: `start-a-project` → `Start a project`.
pub fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `1.25` → `(1, 25)`.
pub fn version(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.trim().split_once('.')?;
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    Some((number(major)?, number(minor)?))
}
