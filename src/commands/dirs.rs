//! Where things live on this machine, by the system's conventions or below one folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use etcetera::base_strategy::{BaseStrategy, Xdg};

use crate::sandbox::Dirs;

/// The folders of this haveago: below `data` when it is given, else where the system's conventions put them.
///
/// # Errors
/// When there is no home folder, or `data` cannot be made absolute.
pub fn find(data: Option<&Path>) -> Result<Dirs> {
    if let Some(data) = data.filter(|data| !data.as_os_str().is_empty()) {
        let data = std::path::absolute(data).with_context(|| format!("{} is no usable folder", data.display()))?;
        return Ok(Dirs { work: data.join("work"), state: data.join("state"), cache: data.join("cache") });
    }
    let no_home = "your home folder is not known; name a folder with `--data DIR`";
    let home = etcetera::home_dir().context(no_home)?;
    let (state, cache) = if cfg!(windows) { windows().context(no_home)? } else { unix().context(no_home)? };
    Ok(Dirs { work: home.join("haveago"), state: state.join("haveago"), cache: cache.join("haveago") })
}

/// On macOS as on Linux: what is written by hand (the settings) is looked for there by people who use a terminal.
fn unix() -> Result<(PathBuf, PathBuf)> {
    let base = Xdg::new()?;
    let state = base.state_dir().unwrap_or_else(|| base.home_dir().join(".local/state"));
    Ok((state, base.cache_dir()))
}

fn windows() -> Result<(PathBuf, PathBuf)> {
    let base = etcetera::base_strategy::Windows::new()?;
    Ok((base.data_dir().join("state"), base.cache_dir().join("cache")))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn data_moves_everything() {
        let data = std::env::temp_dir().join("somewhere");
        let dirs = find(Some(&data)).unwrap();
        for folder in [dirs.work, dirs.state, dirs.cache] {
            assert!(folder.starts_with(&data), "{}", folder.display());
        }
    }
}
