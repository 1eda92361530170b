//! Go versions as `go version` prints them.

use std::fmt;

/// `1.27.3`; release candidates and other suffixes are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoVersion {
    pub major: u32,
    pub minor: u32,
    pub patch: u32,
}

/// The oldest Go that lessons run on.
pub const OLDEST: GoVersion = GoVersion { major: 1, minor: 24, patch: 0 };

impl GoVersion {
    /// Reads `go1.27.3`, `1.27`, or the whole line `go version go1.27.3 linux/amd64`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let word = text.strip_prefix("go version ").map_or(text, |rest| rest.split(' ').next().unwrap_or(rest));
        let mut numbers = word.strip_prefix("go").unwrap_or(word).split('.').map(|part| {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u32>().ok()
        });
        let major = numbers.next()??;
        let minor = numbers.next()??;
        let patch = numbers.next().flatten().unwrap_or(0);
        Some(Self { major, minor, patch })
    }
}

impl fmt::Display for GoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::GoVersion;

    #[test]
    fn versions_are_read_as_go_prints_them() {
        let v = |major, minor, patch| Some(GoVersion { major, minor, patch });
        assert_eq!(GoVersion::parse("go version go1.27.3 linux/amd64"), v(1, 27, 3));
        assert_eq!(GoVersion::parse("go1.24"), v(1, 24, 0));
        assert_eq!(GoVersion::parse("go1.25rc2"), v(1, 25, 0));
        assert_eq!(GoVersion::parse("devel"), None);
    }
}
