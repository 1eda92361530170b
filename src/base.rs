//! Small words everyone may use: places in files, safe relative paths, prose, display width, what can be printed, the
//! nearest right word.

pub mod nearest;
pub mod obeyed;
pub mod path;
pub mod place;
pub mod prose;
pub mod width;

pub use path::FilePath;
pub use place::Place;

/// The GOOS word of this machine: `linux`, `darwin`, `windows`, …
#[must_use]
pub fn goos() -> &'static str {
    if std::env::consts::OS == "macos" { "darwin" } else { std::env::consts::OS }
}

/// The GOARCH word of this machine: `amd64`, `arm64`, …
#[must_use]
pub fn goarch() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "loongarch64" => "loong64",
        "x86" => "386",
        other => other,
    }
}
