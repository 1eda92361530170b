//! What the settings make of the screen, on the terminal that haveago runs in.

use crate::page::Theme;
use crate::page::theme::{Depth, FANCY, Glyphs, PLAIN, ThemeName};
use crate::store::settings::{GlyphChoice, Settings, ThemeChoice};

/// What is known of the terminal: what settings that leave something open go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// How many colours it has.
    pub depth: Depth,
    /// The signs that its locale can show.
    pub glyphs: Glyphs,
    /// The theme for its background, where it was asked for that and told it.
    pub background: Option<ThemeName>,
}

/// The theme of the settings, or the one for the terminal's background. Only the latter leaves that as it is: where the
/// terminal does not tell, nothing is known of it.
#[must_use]
pub fn theme(settings: &Settings, ground: &Ground) -> Theme {
    let glyphs = match settings.glyphs {
        GlyphChoice::Fancy => FANCY,
        GlyphChoice::Plain => PLAIN,
        GlyphChoice::Auto => ground.glyphs,
    };
    let chosen = |name| Theme::chosen(name, ground.depth, glyphs);
    match (settings.theme, ground.background) {
        (ThemeChoice::Auto, Some(name)) => Theme::new(name, ground.depth, glyphs),
        (ThemeChoice::Auto, None) | (ThemeChoice::Dark, _) => chosen(ThemeName::Dark),
        (ThemeChoice::Light, _) => chosen(ThemeName::Light),
        (ThemeChoice::HighContrast, _) => chosen(ThemeName::HighContrast),
    }
}
