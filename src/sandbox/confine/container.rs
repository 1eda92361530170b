//! Names and texts for a process of Windows: its rights by folder, its command line, its environment.

use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The container of all commands; it may read Go and our own binary.
pub(super) const NAME: &str = "haveago.commands";

/// The path as most of the system's calls know it: a canonical one begins with `\\?\`.
pub(crate) fn plain(path: &Path) -> String {
    let path = path.to_string_lossy();
    match path.strip_prefix(r"\\?\") {
        Some(rest) => match rest.strip_prefix(r"UNC\") {
            Some(share) => format!(r"\\{share}"),
            None => rest.to_owned(),
        },
        None => path.into_owned(),
    }
}

/// The capability that opens the folder at `path` and nothing else: so one course's command cannot enter the folder of
/// another, though all run in the same container. Names differ in case only by accident on this system.
pub(super) fn capability(path: &Path) -> String {
    let digest = Sha256::digest(plain(path).to_lowercase().as_bytes());
    let mut sid = "S-1-15-3-1024".to_owned();
    for word in digest.chunks_exact(4) {
        let word = word.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        // Writing into a text cannot fail.
        let _ = write!(sid, "-{word}");
    }
    sid
}

/// The arguments as one text, quoted as programs of this system take it apart again.
pub(super) fn command_line(args: &[String]) -> String {
    args.iter().map(|arg| quoted(arg)).collect::<Vec<_>>().join(" ")
}

fn quoted(arg: &str) -> String {
    if !arg.is_empty() && !arg.contains([' ', '\t', '\n', '\u{b}', '"']) {
        return arg.to_owned();
    }
    let mut text = String::from('"');
    let mut backslashes = 0;
    for letter in arg.chars() {
        match letter {
            '\\' => backslashes += 1,
            '"' => {
                // Before a quote, and only there, a backslash speaks for what follows it.
                text.extend(std::iter::repeat_n('\\', backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        text.push(letter);
    }
    text.extend(std::iter::repeat_n('\\', backslashes));
    text.push('"');
    text
}

/// The environment as the system takes it: sorted, each ended by a zero, and one more at the end. What has a zero inside
/// is left out.
pub(super) fn environment(env: &[(String, String)]) -> Vec<u16> {
    let mut env: Vec<String> = env
        .iter()
        .filter(|(name, value)| !name.is_empty() && !name.contains(['=', '\0']) && !value.contains('\0'))
        .map(|(name, value)| format!("{name}={value}\0"))
        .collect();
    env.sort_by_key(|entry| entry.to_uppercase());
    if env.is_empty() {
        env.push("\0".to_owned());
    }
    env.push("\0".to_owned());
    env.concat().encode_utf16().collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{capability, command_line, environment, plain};

    #[test]
    fn paths_lose_what_only_some_calls_know() {
        assert_eq!(plain(Path::new(r"\\?\C:\Users\a b")), r"C:\Users\a b");
        assert_eq!(plain(Path::new(r"\\?\UNC\server\share\x")), r"\\server\share\x");
        assert_eq!(plain(Path::new(r"C:\x")), r"C:\x");
    }

    #[test]
    fn each_folder_has_a_capability_of_its_own() {
        let one = capability(Path::new(r"C:\Users\ann\haveago\a"));
        assert_eq!(one, capability(Path::new(r"\\?\c:\users\ann\haveago\A")), "the same place by another spelling");
        assert_ne!(one, capability(Path::new(r"C:\Users\ann\haveago\b")));
        let numbers: Vec<&str> = one.strip_prefix("S-1-15-3-1024-").unwrap().split('-').collect();
        assert_eq!(numbers.len(), 8);
        assert!(numbers.iter().all(|number| number.parse::<u32>().is_ok()), "{one}");
    }

    #[test]
    fn arguments_come_out_as_they_went_in() {
        let args = |args: &[&str]| command_line(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        assert_eq!(args(&[r"C:\a\b.exe", "__sandbox"]), r"C:\a\b.exe __sandbox");
        assert_eq!(args(&[r"C:\Program Files\x.exe", ""]), "\"C:\\Program Files\\x.exe\" \"\"");
        assert_eq!(args(&[r#"say "hi""#]), r#""say \"hi\"""#);
        assert_eq!(args(&[r"C:\a folder\"]), r#""C:\a folder\\""#, "a backslash at the end does not eat the quote");
        assert_eq!(args(&[r#"a\" b"#]), r#""a\\\" b""#);
    }

    #[test]
    fn the_environment_is_sorted_and_ends_twice() {
        let env = [("b", "2"), ("A", "1"), ("bad=name", "x"), ("c", "\0")];
        let env: Vec<(String, String)> = env.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(String::from_utf16(&environment(&env)).unwrap(), "A=1\0b=2\0\0");
        assert_eq!(environment(&[]), [0, 0]);
    }
}
