//! The theme files, parsed once, and their entries as styles at each depth of colour.

use std::sync::OnceLock;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use super::{Depth, ThemeName};

/// A theme file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ThemeFile {
    pub assumes: Assumes,
    pub tokens: Tokens,
}

/// The terminal's own colours that the theme was measured against.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Assumes {
    pub ground: String,
    pub text: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Tokens {
    pub text: Entry,
    pub dim: Entry,
    pub faint: Entry,
    pub title: Entry,
    pub link: Entry,
    pub accent: Entry,
    pub right: Entry,
    pub wrong: Entry,
    pub warn: Entry,
    pub code: Entry,
    pub ground: Entry,
    pub selection: Entry,
    pub focus: Entry,
    pub keyword: Entry,
    pub string: Entry,
    pub number: Entry,
    pub comment: Entry,
    pub function: Entry,
    pub type_name: Entry,
}

/// One token as the file has it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Entry {
    pub fg: Option<String>,
    pub bg: Option<String>,
    pub ansi: Option<String>,
    pub ansi_bg: Option<String>,
    pub marks: Vec<Mark>,
}

/// What a token has beside its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mark {
    Bold,
    Italic,
    Underline,
    /// Shown in reverse where there is no ground for it.
    Reverse,
}

/// The parsed tokens of a theme. The files are part of the program and a test parses them all, so that a fault in one
/// is found there; should one slip through, its text is unstyled and still readable.
pub(super) fn tokens(name: ThemeName) -> &'static Tokens {
    &file(name).tokens
}

/// The colours that the theme was measured against, as a style.
pub(super) fn sheet(name: ThemeName, depth: Depth) -> Option<Style> {
    let Assumes { ground, text } = &file(name).assumes;
    let (ground, text): (Color, Color) = (ground.parse().ok()?, text.parse().ok()?);
    match (depth, name) {
        (Depth::None, _) => None,
        (Depth::Ansi16, ThemeName::Light) => Some(Style::new().fg(Color::Black).bg(Color::White)),
        (Depth::Ansi16, ThemeName::Dark | ThemeName::HighContrast) => {
            Some(Style::new().fg(Color::White).bg(Color::Black))
        }
        (Depth::Ansi256, _) => Some(Style::new().fg(nearest(text)).bg(nearest(ground))),
        (Depth::True, _) => Some(Style::new().fg(text).bg(ground)),
    }
}

pub(super) fn file(name: ThemeName) -> &'static ThemeFile {
    static DARK: OnceLock<ThemeFile> = OnceLock::new();
    static LIGHT: OnceLock<ThemeFile> = OnceLock::new();
    static HIGH_CONTRAST: OnceLock<ThemeFile> = OnceLock::new();
    let cell = match name {
        ThemeName::Dark => &DARK,
        ThemeName::Light => &LIGHT,
        ThemeName::HighContrast => &HIGH_CONTRAST,
    };
    cell.get_or_init(|| toml::from_str(source(name)).unwrap_or_default())
}

pub(super) fn source(name: ThemeName) -> &'static str {
    match name {
        ThemeName::Dark => include_str!("../../../assets/themes/dark.toml"),
        ThemeName::Light => include_str!("../../../assets/themes/light.toml"),
        ThemeName::HighContrast => include_str!("../../../assets/themes/high-contrast.toml"),
    }
}

impl Entry {
    pub(super) fn style(&self, depth: Depth) -> Style {
        let (fg, bg) = match depth {
            Depth::None => (None, None),
            Depth::Ansi16 => (colour(self.ansi.as_ref()), colour(self.ansi_bg.as_ref())),
            Depth::Ansi256 => (colour(self.fg.as_ref()).map(nearest), colour(self.bg.as_ref()).map(nearest)),
            Depth::True => (colour(self.fg.as_ref()), colour(self.bg.as_ref())),
        };
        let modifier = |mark: &Mark| match mark {
            Mark::Bold => Modifier::BOLD,
            Mark::Italic => Modifier::ITALIC,
            Mark::Underline => Modifier::UNDERLINED,
            Mark::Reverse if bg.is_none() => Modifier::REVERSED,
            Mark::Reverse => Modifier::empty(),
        };
        let modifiers = self.marks.iter().map(modifier).fold(Modifier::empty(), Modifier::union);
        Style { fg, bg, ..Style::new().add_modifier(modifiers) }
    }
}

fn colour(text: Option<&String>) -> Option<Color> {
    text?.parse().ok()
}

/// The nearest of the 240 fixed colours (the first 16 are the user's own, and may be anything).
fn nearest(colour: Color) -> Color {
    let Color::Rgb(red, green, blue) = colour else { return colour };
    let distance = |index: u8| {
        let other = fixed(index);
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        // The eye tells green best and red worst.
        2 * square(red, other.0) + 4 * square(green, other.1) + 3 * square(blue, other.2)
    };
    (16..=255).min_by_key(|index| distance(*index)).map_or(colour, Color::Indexed)
}

/// Red, green and blue of one of the fixed colours: a cube of 6x6x6, then 24 greys.
pub(super) fn fixed(index: u8) -> (u8, u8, u8) {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    if index >= 232 {
        let grey = 8 + 10 * (index - 232);
        return (grey, grey, grey);
    }
    let place = usize::from(index.saturating_sub(16));
    (STEPS[place / 36 % 6], STEPS[place / 6 % 6], STEPS[place % 6])
}
