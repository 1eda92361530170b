//! What is known of editors by their names: whether they draw in the terminal, and how they take a line and a column.

use super::Takes;

#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub name: &'static str,
    pub takes: TakesWhen,
    pub place: PlaceAs,
}

/// How an editor is told a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceAs {
    /// It is not: the file alone.
    None,
    /// `+call cursor(3,5) FILE`
    CursorCall,
    /// `+3 FILE`
    PlusLine,
    /// `+3,5 FILE`
    PlusLineComma,
    /// `+3:5 FILE`
    PlusLineColon,
    /// `FILE:3:5`
    Behind,
    /// `-g FILE:3:5`
    GotoFlag,
    /// `--line 3 --column 5 FILE`
    LineFlags,
}

/// When an editor takes the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakesWhen {
    Terminal,
    Window,
    /// Vim's `-g` asks for a window.
    TerminalUnlessG,
    /// A window where there is a display, unless `-nw` or `-t` asks for the terminal.
    Emacs,
}

impl TakesWhen {
    pub fn with(self, args: &[String], has_windows: bool) -> Takes {
        let has = |flags: &[&str]| args.iter().any(|arg| flags.contains(&arg.as_str()));
        let is_window = match self {
            Self::Terminal => false,
            Self::Window => true,
            Self::TerminalUnlessG => has(&["-g"]),
            Self::Emacs => has_windows && !has(&["-nw", "-t", "-tty", "--tty", "--no-window-system"]),
        };
        if is_window { Takes::Window } else { Takes::Terminal }
    }
}

const fn known(name: &'static str, takes: TakesWhen, place: PlaceAs) -> Known {
    Known { name, takes, place }
}

pub const KNOWN: &[Known] = &[
    known("vim", TakesWhen::TerminalUnlessG, PlaceAs::CursorCall),
    known("nvim", TakesWhen::Terminal, PlaceAs::CursorCall),
    known("vi", TakesWhen::Terminal, PlaceAs::PlusLine),
    known("gvim", TakesWhen::Window, PlaceAs::CursorCall),
    known("nano", TakesWhen::Terminal, PlaceAs::PlusLineComma),
    known("pico", TakesWhen::Terminal, PlaceAs::PlusLine),
    known("micro", TakesWhen::Terminal, PlaceAs::PlusLineColon),
    known("kak", TakesWhen::Terminal, PlaceAs::PlusLineColon),
    known("hx", TakesWhen::Terminal, PlaceAs::Behind),
    known("helix", TakesWhen::Terminal, PlaceAs::Behind),
    known("joe", TakesWhen::Terminal, PlaceAs::PlusLine),
    known("mg", TakesWhen::Terminal, PlaceAs::PlusLine),
    known("ne", TakesWhen::Terminal, PlaceAs::PlusLineComma),
    known("emacs", TakesWhen::Emacs, PlaceAs::PlusLineColon),
    known("emacsclient", TakesWhen::Emacs, PlaceAs::PlusLineColon),
    known("code", TakesWhen::Window, PlaceAs::GotoFlag),
    known("code-insiders", TakesWhen::Window, PlaceAs::GotoFlag),
    known("codium", TakesWhen::Window, PlaceAs::GotoFlag),
    known("cursor", TakesWhen::Window, PlaceAs::GotoFlag),
    known("zed", TakesWhen::Window, PlaceAs::Behind),
    known("zeditor", TakesWhen::Window, PlaceAs::Behind),
    known("subl", TakesWhen::Window, PlaceAs::Behind),
    known("goland", TakesWhen::Window, PlaceAs::LineFlags),
    known("idea", TakesWhen::Window, PlaceAs::LineFlags),
    known("gedit", TakesWhen::Window, PlaceAs::PlusLineColon),
    known("kate", TakesWhen::Window, PlaceAs::None),
    known("notepad", TakesWhen::Window, PlaceAs::None),
];
