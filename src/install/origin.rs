//! Where an archive of Go comes from: a file, a folder, an address, the official downloads, or a module proxy.

use std::fs;
use std::path::{Path, PathBuf};

use super::place::Site;
use super::release::{Release, Releases, archive_name, module_version};
use super::{InstallError, Phase, Wanted, Watcher, download, sums};
use crate::go::version::GoVersion;

/// Where the official archives are.
const OFFICIAL: &str = "https://go.dev/dl/";
/// The module that toolchains are versions of.
const MODULE: &str = "golang.org/toolchain";

/// A place that a person has named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, or a folder that has the archive in it.
    Path(PathBuf),
    /// An address of the archive.
    Url(String),
}

impl Origin {
    /// Reads what a person wrote.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.starts_with("http://") || text.starts_with("https://") {
            Self::Url(text.to_owned())
        } else {
            Self::Path(PathBuf::from(text))
        }
    }
}

/// What the installation depends on besides what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// `linux-amd64`
    pub system: String,
    /// A folder with archives, as on an instructor's stick.
    pub kit: Option<PathBuf>,
    /// The address below which the official archives are.
    pub official: String,
    /// Module proxies, as `GOPROXY` has them; none where it is not set.
    pub proxies: String,
}

impl Surroundings {
    /// As the environment says: `HAVEAGO_KIT`, `HAVEAGO_GO_DOWNLOADS` (a mirror of the official archives) and `GOPROXY`.
    #[must_use]
    pub fn of_this_machine() -> Self {
        let var = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            system: super::release::this_system(),
            kit: var("HAVEAGO_KIT").map(PathBuf::from),
            official: var("HAVEAGO_GO_DOWNLOADS").unwrap_or_else(|| OFFICIAL.to_owned()),
            proxies: var("GOPROXY").unwrap_or_default(),
        }
    }
}

/// An archive that is here, and whose bytes are the right ones, or will be once it is unpacked.
#[derive(Debug)]
pub struct Fetched {
    pub file: PathBuf,
    /// Its name for people.
    pub name: String,
    /// The sum that its files must have.
    pub module_sum: Option<String>,
    /// It is a copy of ours.
    is_ours: bool,
}

impl Fetched {
    /// It has served, or is of no use. A file of the learner's stays.
    pub fn forget(&self) {
        if self.is_ours {
            // One that cannot be removed now is removed by the next installation.
            let _ = fs::remove_file(&self.file);
        }
    }
}

/// Gets the archive from where it was asked for, else from the first place that has it.
pub fn fetch(
    wanted: &Wanted,
    site: &Site,
    releases: &Releases,
    around: &Surroundings,
    watcher: Watcher<'_>,
) -> Result<Fetched, InstallError> {
    match &wanted.from {
        Some(Origin::Path(path)) if path.is_dir() => in_folder(path, wanted, releases, around, watcher),
        Some(Origin::Path(path)) if path.is_file() => in_file(path, releases, watcher),
        Some(Origin::Path(path)) => Err(InstallError::NotThere(path.clone())),
        Some(Origin::Url(url)) => from_address(url, site, releases, watcher),
        None => from_usual_places(wanted, site, releases, around, watcher),
    }
}

/// A file of the learner's own: one that is known, or that has its checksum beside it.
fn in_file(file: &Path, releases: &Releases, watcher: Watcher<'_>) -> Result<Fetched, InstallError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = |source| InstallError::Read { path: file.to_owned(), source };
    if watcher(Phase::Checking).is_break() {
        return Err(InstallError::Stopped);
    }
    let found = sums::of_file(file).map_err(read)?;
    if releases.by_sum(&found).is_none() {
        let beside = file.with_file_name(format!("{name}.sha256"));
        let text = fs::read_to_string(&beside).unwrap_or_default();
        let expected = sums::written(&text).ok_or_else(|| InstallError::NoChecksum { what: name.clone() })?;
        if found != expected {
            return Err(InstallError::WrongChecksum { what: name, expected, found });
        }
    }
    Ok(Fetched { file: file.to_owned(), name, module_sum: None, is_ours: false })
}

/// The archive in a kit: of the wanted version, else the newest that is there.
fn in_folder(
    folder: &Path,
    wanted: &Wanted,
    releases: &Releases,
    around: &Surroundings,
    watcher: Watcher<'_>,
) -> Result<Fetched, InstallError> {
    let read = |source| InstallError::Read { path: folder.to_owned(), source };
    let mut found: Vec<(GoVersion, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        let entry = entry.map_err(read)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let version =
            name.split_once(&format!(".{}.", around.system)).and_then(|(version, _)| GoVersion::parse(version));
        if let Some(version) = version.filter(|version| archive_name(*version, &around.system) == name) {
            found.push((version, entry.path()));
        }
    }
    found.retain(|(version, _)| wanted.version.is_none_or(|wanted| wanted == *version));
    found.sort();
    if let Some((_, file)) = found.pop() {
        return in_file(&file, releases, watcher);
    }
    let newest = releases.newest(&around.system).map(|release| release.version);
    let version = wanted.version.or(newest).unwrap_or(crate::go::version::OLDEST);
    let name = archive_name(version, &around.system);
    Err(InstallError::NotInFolder { folder: folder.to_owned(), system: around.system.clone(), name })
}

fn from_address(url: &str, site: &Site, releases: &Releases, watcher: Watcher<'_>) -> Result<Fetched, InstallError> {
    let name = url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or("go").to_owned();
    let file = site.download(&name)?;
    download::file(url, &file, watcher)?;
    let known = |found: &str| releases.by_sum(found).is_some();
    checked(file, name, watcher, |found| {
        if known(found) {
            return Ok(Some(found.to_owned()));
        }
        Ok(download::text(&format!("{url}.sha256"))?.as_deref().and_then(sums::written))
    })
}

/// The kit, the official archives, then module proxies; the last fault is told when none has it.
fn from_usual_places(
    wanted: &Wanted,
    site: &Site,
    releases: &Releases,
    around: &Surroundings,
    watcher: Watcher<'_>,
) -> Result<Fetched, InstallError> {
    if let Some(kit) = &around.kit
        && let Ok(fetched) = in_folder(kit, wanted, releases, around, watcher)
    {
        return Ok(fetched);
    }
    let release = match wanted.version {
        Some(version) => releases.of(version).ok_or(InstallError::Unknown(version))?,
        None => releases.newest(&around.system).ok_or_else(|| InstallError::NoneForSystem(around.system.clone()))?,
    };
    let mut fault = InstallError::NoneForSystem(around.system.clone());
    if let Some(sum) = release.archive_sum(&around.system) {
        match official(release, sum, site, around, watcher) {
            Err(error) if is_final(&error) => return Err(error),
            Err(error) => fault = error,
            Ok(fetched) => return Ok(fetched),
        }
    }
    let Some(sum) = release.module_sum(&around.system) else { return Err(fault) };
    for proxy in around.proxies.split([',', '|']).map(str::trim).filter(|proxy| proxy.starts_with("http")) {
        match module(release, sum, proxy, site, around, watcher) {
            Err(error) if is_final(&error) => return Err(error),
            Err(error) => fault = error,
            Ok(fetched) => return Ok(fetched),
        }
    }
    Err(fault)
}

/// Whether no other place would help.
fn is_final(error: &InstallError) -> bool {
    matches!(error, InstallError::Stopped | InstallError::NoRoom { .. } | InstallError::Write { .. })
}

fn official(
    release: &Release,
    sum: &str,
    site: &Site,
    around: &Surroundings,
    watcher: Watcher<'_>,
) -> Result<Fetched, InstallError> {
    let name = release.archive_name(&around.system);
    let file = site.download(&name)?;
    download::file(&format!("{}/{name}", around.official.trim_end_matches('/')), &file, watcher)?;
    checked(file, name, watcher, |_| Ok(Some(sum.to_owned())))
}

fn module(
    release: &Release,
    sum: &str,
    proxy: &str,
    site: &Site,
    around: &Surroundings,
    watcher: Watcher<'_>,
) -> Result<Fetched, InstallError> {
    let version = module_version(release.version, &around.system);
    let name = format!("{version}.zip");
    let file = site.download(&name)?;
    download::file(&format!("{}/{MODULE}/@v/{name}", proxy.trim_end_matches('/')), &file, watcher)?;
    Ok(Fetched { file, name, module_sum: Some(sum.to_owned()), is_ours: true })
}

/// Compares what was fetched with its checksum, and removes it where it is not the same.
fn checked(
    file: PathBuf,
    name: String,
    watcher: Watcher<'_>,
    expected: impl FnOnce(&str) -> Result<Option<String>, InstallError>,
) -> Result<Fetched, InstallError> {
    if watcher(Phase::Checking).is_break() {
        return Err(InstallError::Stopped);
    }
    let found = sums::of_file(&file).map_err(|source| InstallError::Read { path: file.clone(), source })?;
    let fetched = Fetched { file, name: name.clone(), module_sum: None, is_ours: true };
    match expected(&found)? {
        Some(expected) if expected == found => Ok(fetched),
        Some(expected) => {
            fetched.forget();
            Err(InstallError::WrongChecksum { what: name, expected, found })
        }
        None => {
            fetched.forget();
            Err(InstallError::NoChecksum { what: name })
        }
    }
}
