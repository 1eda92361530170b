//! What a terminal can show, told from its environment.

use super::{Depth, FANCY, Glyphs, PLAIN};

/// The colours a terminal has, from the values of `NO_COLOR`, `COLORTERM` and `TERM`.
#[must_use]
pub fn detect_depth(no_color: Option<&str>, colorterm: Option<&str>, term: Option<&str>) -> Depth {
    if no_color.is_some_and(|value| !value.is_empty()) {
        return Depth::None;
    }
    let term = term.unwrap_or_default();
    if term == "dumb" || term.starts_with("vt1") || term.starts_with("vt2") {
        return Depth::None;
    }
    if matches!(colorterm, Some("truecolor" | "24bit")) || speaks_true_colour(term) {
        return Depth::True;
    }
    if term.contains("256color") {
        return Depth::Ansi256;
    }
    // Windows sets no TERM; its console has had true colour since 2017.
    if term.is_empty() && cfg!(windows) { Depth::True } else { Depth::Ansi16 }
}

fn speaks_true_colour(term: &str) -> bool {
    const KNOWN: [&str; 6] = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"];
    term.ends_with("-direct") || KNOWN.iter().any(|known| term.starts_with(known))
}

/// The signs a terminal can be trusted with, from the values of `LC_ALL`, `LC_CTYPE` and `LANG`: the first that is
/// set and not empty decides, as in every other program.
#[must_use]
pub fn glyphs_for(lc_all: Option<&str>, lc_ctype: Option<&str>, lang: Option<&str>) -> Glyphs {
    let locale = [lc_all, lc_ctype, lang].into_iter().flatten().find(|value| !value.is_empty()).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    if cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8") { FANCY } else { PLAIN }
}
