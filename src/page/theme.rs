//! The dozen styles that everything on the screen is drawn with, and the glyphs.

mod detect;
mod load;
#[cfg(test)]
mod tests;

use ratatui::style::Style;

pub use detect::{detect_depth, glyphs_for};

use crate::go::colour::Token;

/// Every style on the screen. Drawing code never names a colour of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub text: Style,
    /// Less than text: secondary words.
    pub dim: Style,
    /// Least: borders, rules, line numbers.
    pub faint: Style,
    pub title: Style,
    pub link: Style,
    pub accent: Style,
    pub right: Style,
    pub wrong: Style,
    pub warn: Style,
    /// Inline code.
    pub code: Style,
    /// The ground of code blocks (background only; none where the terminal has too few colours for it).
    pub ground: Style,
    pub selection: Style,
    /// The focused pane's border and title.
    pub focus: Style,
    pub keyword: Style,
    pub string: Style,
    pub number: Style,
    pub comment: Style,
    pub function: Style,
    pub type_name: Style,
    pub glyphs: Glyphs,
    /// Ink and paper of everything that names none, where the theme is not made for the terminal's own.
    pub sheet: Option<Style>,
    /// What the styles were made for: drawing that cannot lean on colour asks here.
    pub depth: Depth,
}

/// Signs with a plain fall-back, each one column wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub right: &'static str,
    pub wrong: &'static str,
    pub here: &'static str,
    pub open: &'static str,
    pub bar: &'static str,
    pub bullet: &'static str,
    /// The bullet of a list inside a list.
    pub inner_bullet: &'static str,
    pub full: &'static str,
    pub empty: &'static str,
    pub rule: &'static str,
    /// Before the rest of a code line that went on below.
    pub wrap: &'static str,
    /// There is more below.
    pub down: &'static str,
    /// Top left, top right, bottom left, bottom right of a box.
    pub corners: [&'static str; 4],
    /// Between two facts on one line.
    pub dot: &'static str,
}

pub const FANCY: Glyphs = Glyphs {
    right: "✓",
    wrong: "✗",
    here: "▸",
    open: "○",
    bar: "│",
    bullet: "•",
    inner_bullet: "◦",
    full: "█",
    empty: "░",
    rule: "─",
    wrap: "↳",
    down: "▾",
    corners: ["╭", "╮", "╰", "╯"],
    dot: "·",
};
pub const PLAIN: Glyphs = Glyphs {
    right: "+",
    wrong: "x",
    here: ">",
    open: "o",
    bar: "|",
    bullet: "*",
    inner_bullet: "-",
    full: "#",
    empty: ".",
    rule: "-",
    wrap: "\\",
    down: "v",
    corners: ["+", "+", "+", "+"],
    dot: "-",
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeName {
    Dark,
    Light,
    HighContrast,
}

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// `NO_COLOR` or a terminal without colour: only bold, italic, underline and reverse.
    None,
    Ansi16,
    Ansi256,
    True,
}

impl Theme {
    /// The theme of that name at that depth.
    #[must_use]
    pub fn new(name: ThemeName, depth: Depth, glyphs: Glyphs) -> Self {
        let tokens = load::tokens(name);
        Self {
            text: tokens.text.style(depth),
            dim: tokens.dim.style(depth),
            faint: tokens.faint.style(depth),
            title: tokens.title.style(depth),
            link: tokens.link.style(depth),
            accent: tokens.accent.style(depth),
            right: tokens.right.style(depth),
            wrong: tokens.wrong.style(depth),
            warn: tokens.warn.style(depth),
            code: tokens.code.style(depth),
            ground: tokens.ground.style(depth),
            selection: tokens.selection.style(depth),
            focus: tokens.focus.style(depth),
            keyword: tokens.keyword.style(depth),
            string: tokens.string.style(depth),
            number: tokens.number.style(depth),
            comment: tokens.comment.style(depth),
            function: tokens.function.style(depth),
            type_name: tokens.type_name.style(depth),
            sheet: None,
            glyphs,
            depth,
        }
    }

    /// The same for a terminal whose own ground may be another: a person chose it, so it brings its own.
    #[must_use]
    pub fn chosen(name: ThemeName, depth: Depth, glyphs: Glyphs) -> Self {
        Self { sheet: load::sheet(name, depth), ..Self::new(name, depth, glyphs) }
    }

    /// The style of a piece of code.
    #[must_use]
    pub fn token(&self, token: Token) -> Style {
        match token {
            Token::Keyword => self.keyword,
            Token::String => self.string,
            Token::Number => self.number,
            Token::Comment => self.comment,
            Token::Function => self.function,
            Token::Type => self.type_name,
            Token::Plain => self.text,
        }
    }

    /// Whether code blocks can be told by their ground.
    #[must_use]
    pub fn has_ground(&self) -> bool {
        self.ground.bg.is_some()
    }
}
