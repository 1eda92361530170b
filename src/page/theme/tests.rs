//! Every theme file parses, and everything in it can be read.

use ratatui::style::{Color, Modifier, Style};

use super::load::{Entry, ThemeFile, file, fixed, source};
use super::{Depth, FANCY, PLAIN, Theme, ThemeName, detect_depth};

const NAMES: [ThemeName; 3] = [ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast];

#[test]
fn every_theme_file_parses_and_every_colour_in_it_is_one() {
    for name in NAMES {
        let file: ThemeFile = toml::from_str(source(name)).unwrap();
        for (token, entry) in entries(&file) {
            for text in [&entry.fg, &entry.bg, &entry.ansi, &entry.ansi_bg].into_iter().flatten() {
                assert!(text.parse::<Color>().is_ok(), "{name:?} {token}: {text}");
            }
            assert_eq!(entry.fg.is_some(), entry.ansi.is_some(), "{name:?} {token} has a colour for 16 as well");
        }
    }
}

#[test]
fn every_pair_can_be_read() {
    for name in NAMES {
        let assumed = &file(name).assumes;
        let (ground, text) = (rgb(assumed.ground.parse().unwrap()), rgb(assumed.text.parse().unwrap()));
        for depth in [Depth::True, Depth::Ansi256] {
            let theme = Theme::new(name, depth, FANCY);
            let own = |style: Style| style.fg.map_or(text, rgb);
            let code = theme.ground.bg.map_or(ground, rgb);
            let selected = theme.selection.bg.map_or(ground, rgb);
            for (token, style, wanted) in styles(&theme) {
                for (place, below) in [("page", ground), ("code", code), ("selection", selected)] {
                    let above =
                        if place == "selection" { theme.selection.fg.map_or(own(style), rgb) } else { own(style) };
                    // Borders are never drawn on a selection.
                    if token == "faint" && place == "selection" {
                        continue;
                    }
                    let ratio = contrast(above, below);
                    assert!(ratio >= wanted, "{name:?} {depth:?}: {token} on {place} is {ratio:.2}:1");
                }
            }
        }
    }
}

#[test]
fn without_colour_only_modifiers_are_left_and_a_selection_is_still_seen() {
    let theme = Theme::new(ThemeName::Dark, Depth::None, FANCY);
    for (token, style, _) in styles(&theme) {
        assert_eq!((style.fg, style.bg), (None, None), "{token}");
    }
    assert!(theme.selection.add_modifier.contains(Modifier::REVERSED));
    assert!(theme.title.add_modifier.contains(Modifier::BOLD));
    assert!(theme.link.add_modifier.contains(Modifier::UNDERLINED));
    assert!(!theme.has_ground());
}

#[test]
fn sixteen_colours_are_named_ones() {
    for name in NAMES {
        let theme = Theme::new(name, Depth::Ansi16, PLAIN);
        for (token, style, _) in styles(&theme) {
            assert!(!matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_))), "{name:?} {token}");
        }
        assert_ne!(theme.right.fg, theme.wrong.fg);
    }
}

#[test]
fn the_terminal_is_told_from_its_environment() {
    assert_eq!(detect_depth(Some("1"), Some("truecolor"), Some("xterm-256color")), Depth::None);
    assert_eq!(detect_depth(Some(""), Some("truecolor"), Some("xterm")), Depth::True);
    assert_eq!(detect_depth(None, None, Some("dumb")), Depth::None);
    assert_eq!(detect_depth(None, None, Some("tmux-256color")), Depth::Ansi256);
    assert_eq!(detect_depth(None, None, Some("xterm-kitty")), Depth::True);
    assert_eq!(detect_depth(None, None, Some("linux")), Depth::Ansi16);
}

#[cfg(not(windows))]
#[test]
fn the_first_locale_that_is_set_decides_the_glyphs() {
    assert_eq!(super::glyphs_for(None, None, Some("de_DE.UTF-8")), FANCY);
    assert_eq!(super::glyphs_for(Some("C"), None, Some("de_DE.UTF-8")), PLAIN);
    assert_eq!(super::glyphs_for(Some(""), Some("C.utf8"), None), FANCY);
    assert_eq!(super::glyphs_for(None, None, None), PLAIN);
}

#[test]
fn every_glyph_takes_one_column() {
    for glyphs in [FANCY, PLAIN] {
        let mut all = vec![
            glyphs.right,
            glyphs.wrong,
            glyphs.here,
            glyphs.open,
            glyphs.bar,
            glyphs.bullet,
            glyphs.inner_bullet,
            glyphs.full,
            glyphs.empty,
            glyphs.rule,
            glyphs.wrap,
            glyphs.down,
            glyphs.dot,
        ];
        all.extend(glyphs.corners);
        for glyph in all {
            assert_eq!(crate::base::width::width(glyph), 1, "{glyph}");
        }
    }
}

fn styles(theme: &Theme) -> [(&'static str, Style, f64); 17] {
    [
        ("text", theme.text, 4.5),
        ("dim", theme.dim, 4.5),
        ("faint", theme.faint, 3.0),
        ("title", theme.title, 4.5),
        ("link", theme.link, 4.5),
        ("accent", theme.accent, 4.5),
        ("right", theme.right, 4.5),
        ("wrong", theme.wrong, 4.5),
        ("warn", theme.warn, 4.5),
        ("code", theme.code, 4.5),
        ("focus", theme.focus, 4.5),
        ("keyword", theme.keyword, 4.5),
        ("string", theme.string, 4.5),
        ("number", theme.number, 4.5),
        ("comment", theme.comment, 4.5),
        ("function", theme.function, 4.5),
        ("type", theme.type_name, 4.5),
    ]
}

fn entries(file: &ThemeFile) -> [(&'static str, &Entry); 19] {
    let t = &file.tokens;
    [
        ("text", &t.text),
        ("dim", &t.dim),
        ("faint", &t.faint),
        ("title", &t.title),
        ("link", &t.link),
        ("accent", &t.accent),
        ("right", &t.right),
        ("wrong", &t.wrong),
        ("warn", &t.warn),
        ("code", &t.code),
        ("ground", &t.ground),
        ("selection", &t.selection),
        ("focus", &t.focus),
        ("keyword", &t.keyword),
        ("string", &t.string),
        ("number", &t.number),
        ("comment", &t.comment),
        ("function", &t.function),
        ("type-name", &t.type_name),
    ]
}

fn rgb(colour: Color) -> (u8, u8, u8) {
    match colour {
        Color::Rgb(r, g, b) => (r, g, b),
        Color::Indexed(index) => fixed(index),
        other => panic!("{other:?} has no fixed value"),
    }
}

/// The contrast of two colours as the web's accessibility guidelines compute it: 1 to 21.
fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.039_28 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}
