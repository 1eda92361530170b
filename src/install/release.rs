//! The releases of Go that haveago knows, each archive with its checksum.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::go::version::GoVersion;

/// Versions, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Releases(Vec<Release>);

/// One version of Go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    pub version: GoVersion,
    /// System (`linux-amd64`) → SHA-256 of the official archive, in hexadecimal.
    archives: BTreeMap<String, String>,
    /// System → sum of the module that holds the same (`h1:…`), and its size in bytes.
    modules: BTreeMap<String, (String, u64)>,
}

#[derive(Debug, Deserialize)]
struct File {
    release: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    version: String,
    #[serde(default)]
    archives: BTreeMap<String, String>,
    #[serde(default)]
    modules: BTreeMap<String, (String, u64)>,
}

impl Releases {
    /// The ones that came with this program.
    #[must_use]
    pub fn known() -> Self {
        // A test holds that the file can be read.
        Self::parse(include_str!("../../assets/go-toolchains.toml")).unwrap_or_default()
    }

    /// Reads the text of such a file; none when something in it is wrong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let file: File = toml::from_str(text).ok()?;
        let release = |row: Row| {
            let version = GoVersion::parse(&row.version)?;
            Some(Release { version, archives: row.archives, modules: row.modules })
        };
        let mut releases = file.release.into_iter().map(release).collect::<Option<Vec<Release>>>()?;
        releases.sort_by_key(|release| release.version);
        Some(Self(releases))
    }

    #[must_use]
    pub fn of(&self, version: GoVersion) -> Option<&Release> {
        self.0.iter().find(|release| release.version == version)
    }

    /// The newest whose official archive for `system` is known by its checksum.
    #[must_use]
    pub fn newest(&self, system: &str) -> Option<&Release> {
        self.0.iter().rev().find(|release| release.archives.contains_key(system))
    }

    /// Which archive has this checksum.
    #[must_use]
    pub fn by_sum(&self, sha256: &str) -> Option<GoVersion> {
        let has = |release: &&Release| release.archives.values().any(|known| known == sha256);
        self.0.iter().find(has).map(|release| release.version)
    }
}

impl Release {
    /// SHA-256 of the official archive for `system`.
    #[must_use]
    pub fn archive_sum(&self, system: &str) -> Option<&str> {
        self.archives.get(system).map(String::as_str)
    }

    /// The sum of the module for `system`.
    #[must_use]
    pub fn module_sum(&self, system: &str) -> Option<&str> {
        self.modules.get(system).map(|(sum, _)| sum.as_str())
    }

    /// About how many bytes are fetched for `system`.
    #[must_use]
    pub fn size(&self, system: &str) -> Option<u64> {
        self.modules.get(system).map(|(_, bytes)| *bytes)
    }

    /// Its official archive's name.
    #[must_use]
    pub fn archive_name(&self, system: &str) -> String {
        archive_name(self.version, system)
    }
}

/// The name of the official archive: `go1.27.0.linux-amd64.tar.gz`.
pub(super) fn archive_name(version: GoVersion, system: &str) -> String {
    let ending = if system.starts_with("windows") { "zip" } else { "tar.gz" };
    format!("go{version}.{system}.{ending}")
}

/// The version of the module that holds the release: `v0.0.1-go1.27.0.linux-amd64`.
pub(super) fn module_version(version: GoVersion, system: &str) -> String {
    format!("v0.0.1-go{version}.{system}")
}

/// This machine in the words of the archives: `linux-amd64`.
#[must_use]
pub fn this_system() -> String {
    let arch = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        "arm" => "armv6l",
        "powerpc64" => "ppc64le",
        "loongarch64" => "loong64",
        other => other,
    };
    format!("{}-{arch}", crate::base::goos())
}

#[cfg(test)]
mod tests {
    use super::Releases;
    use crate::go::version::{GoVersion, OLDEST};

    #[test]
    fn the_known_releases_can_be_read_and_have_whole_checksums() {
        let known = Releases::known();
        let newest = known.newest("linux-amd64").unwrap();
        assert_eq!(newest.version, GoVersion { major: 1, minor: 27, patch: 0 });
        assert_eq!(newest.archive_name("windows-arm64"), "go1.27.0.windows-arm64.zip");
        for release in &known.0 {
            assert!(release.version >= OLDEST);
            for (system, sum) in &release.archives {
                assert!(sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit()), "{system}");
                assert_eq!(known.by_sum(sum), Some(release.version));
            }
            for (system, (sum, size)) in &release.modules {
                assert!(sum.starts_with("h1:") && sum.ends_with('=') && sum.len() == 47, "{system}");
                assert!((50_000_000..200_000_000).contains(size), "{system}");
            }
        }
    }
}
