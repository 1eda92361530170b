//! How a cell of the engine looks in ours: colours and modifiers.

use alacritty_terminal::term::cell::{Cell, Flags};
use alacritty_terminal::vte::ansi::{Color as Ansi, NamedColor};
use ratatui::style::{Color, Modifier, Style};

/// The style of a cell; the sixteen colours keep their names, so that the outer terminal's palette decides.
pub fn style(cell: &Cell) -> Style {
    let (foreground, is_dim) = colour(cell.fg);
    let mut modifier = if cell.flags.is_empty() { Modifier::empty() } else { modifiers(cell.flags) };
    if is_dim {
        modifier |= Modifier::DIM;
    }
    let style = Style { fg: set(foreground), bg: set(colour(cell.bg).0), ..Style::new() };
    if modifier.is_empty() { style } else { style.add_modifier(modifier) }
}

/// The default colours are left to what is drawn on.
fn set(colour: Color) -> Option<Color> {
    (colour != Color::Reset).then_some(colour)
}

fn modifiers(flags: Flags) -> Modifier {
    [
        (Flags::BOLD, Modifier::BOLD),
        (Flags::DIM, Modifier::DIM),
        (Flags::ITALIC, Modifier::ITALIC),
        (Flags::ALL_UNDERLINES, Modifier::UNDERLINED),
        (Flags::INVERSE, Modifier::REVERSED),
        (Flags::STRIKEOUT, Modifier::CROSSED_OUT),
    ]
    .into_iter()
    .filter(|(flag, _)| flags.intersects(*flag))
    .fold(Modifier::empty(), |all, (_, modifier)| all | modifier)
}

/// The colour, and whether it is the dim form of it.
fn colour(colour: Ansi) -> (Color, bool) {
    match colour {
        Ansi::Spec(rgb) => (Color::Rgb(rgb.r, rgb.g, rgb.b), false),
        Ansi::Indexed(index) => (indexed(index), false),
        Ansi::Named(name) => named(name),
    }
}

fn indexed(index: u8) -> Color {
    const NAMES: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    NAMES.get(usize::from(index)).copied().unwrap_or(Color::Indexed(index))
}

fn named(name: NamedColor) -> (Color, bool) {
    match name {
        NamedColor::Foreground | NamedColor::Background | NamedColor::Cursor | NamedColor::BrightForeground => {
            (Color::Reset, false)
        }
        NamedColor::DimForeground => (Color::Reset, true),
        NamedColor::DimBlack => (Color::Black, true),
        NamedColor::DimRed => (Color::Red, true),
        NamedColor::DimGreen => (Color::Green, true),
        NamedColor::DimYellow => (Color::Yellow, true),
        NamedColor::DimBlue => (Color::Blue, true),
        NamedColor::DimMagenta => (Color::Magenta, true),
        NamedColor::DimCyan => (Color::Cyan, true),
        NamedColor::DimWhite => (Color::Gray, true),
        // The sixteen colours stand first, in the order of their numbers.
        name => (u8::try_from(name as usize).map_or(Color::Reset, indexed), false),
    }
}
