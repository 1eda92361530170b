//! The dozen styles that everything on the screen is drawn with, and the glyphs.

use ratatui::style::Style;

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
    /// The ground of code blocks (background only).
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
}

/// Signs with a plain fall-back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub right: &'static str,
    pub wrong: &'static str,
    pub here: &'static str,
    pub open: &'static str,
    pub bar: &'static str,
    pub bullet: &'static str,
    pub full: &'static str,
    pub empty: &'static str,
    pub rule: &'static str,
}

pub const FANCY: Glyphs =
    Glyphs {
        right: "✓", wrong: "✗", here: "▸", open: "○", bar: "│", bullet: "•", full: "█", empty: "░", rule: "─"
    };
pub const PLAIN: Glyphs =
    Glyphs { right: "+", wrong: "x", here: ">", open: "o", bar: "|", bullet: "*", full: "#", empty: ".", rule: "-" };

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
        let _ = (name, depth);
        let plain = Style::new();
        Self {
            text: plain,
            dim: plain,
            faint: plain,
            title: plain,
            link: plain,
            accent: plain,
            right: plain,
            wrong: plain,
            warn: plain,
            code: plain,
            ground: plain,
            selection: plain,
            focus: plain,
            keyword: plain,
            string: plain,
            number: plain,
            comment: plain,
            function: plain,
            type_name: plain,
            glyphs,
        }
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
}
