//! The terminal we draw on: taken over at the start, given back as it was, whatever happens.

use std::io::{self, Write};
use std::sync::{Arc, Once};
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::pen::{Desk, Left, Pen};
use super::state::State;
use super::view;

/// The terminal while it is ours. Dropping it gives it back.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Pen>>,
    /// What is drawn and not written yet.
    desk: Arc<Desk>,
    mouse: bool,
    /// Columns and rows that frames have. They follow the state's, never the terminal's own, which may have others already.
    size: (u16, u16),
    /// Nothing that stands on the terminal can be relied on: the next frame is drawn from nothing.
    is_stale: bool,
    /// The terminal's settings as they were before it was lent.
    lent: Option<Before>,
}

/// What the terminal is set to.
#[cfg(unix)]
#[derive(Debug)]
struct Before(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Before {
    fn now() -> Self {
        Self(rustix::termios::tcgetattr(io::stdin()).ok())
    }

    fn set(&self) -> io::Result<()> {
        use rustix::termios::{OptionalActions, tcsetattr};
        self.0.as_ref().map_or(Ok(()), |before| Ok(tcsetattr(io::stdin(), OptionalActions::Now, before)?))
    }
}

/// Elsewhere it is for the other program to leave it as it was.
#[cfg(not(unix))]
#[derive(Debug)]
struct Before;

#[cfg(not(unix))]
impl Before {
    fn now() -> Self {
        Self
    }

    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as on Unix")]
    fn set(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Screen {
    /// Takes the terminal over. A panic gives it back first and then prints.
    ///
    /// # Errors
    /// When the terminal cannot be set up.
    pub fn take(mouse: bool) -> io::Result<Self> {
        give_back_on_panic();
        let size = size()?;
        let (terminal, desk) = enter(mouse, size)?;
        Ok(Self { terminal, desk, mouse, size, is_stale: false, lent: None })
    }

    /// Gives the terminal to another program, as a shell would; nothing is drawn until [`Self::take_back`].
    pub fn lend(&mut self) {
        self.desk.put_down();
        give_back();
        self.lent = Some(Before::now());
    }

    #[must_use]
    pub fn is_lent(&self) -> bool {
        self.lent.is_some()
    }

    /// Takes the terminal back, in whatever state the other program has left it.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take_back(&mut self) -> io::Result<()> {
        let Some(before) = self.lent.take() else { return Ok(()) };
        // One that crashed has left its own settings, which are not to be what the shell gets back at the end.
        before.set()?;
        io::stdout().write_all(UNDONE)?;
        (self.terminal, self.desk) = enter(self.mouse, self.size)?;
        Ok(())
    }

    /// Whether the terminal has taken all that was drawn. Where it has not, `wake` is called as soon as it has: until then
    /// another frame would only wait behind it.
    pub fn is_free_or(&self, wake: impl FnOnce() + Send + 'static) -> bool {
        self.desk.is_free_or(wake)
    }

    /// Waits until the terminal has taken all that was drawn, at most for `patience`.
    pub fn await_free(&self, patience: Duration) {
        self.desk.await_free(patience);
    }

    /// Columns and rows of the frames.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// The terminal has this size now, and has perhaps lost what was on it.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.is_stale = true;
    }

    /// Draws one frame, shown at once by terminals that can.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, state: &State) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.is_stale) {
            self.terminal.resize(area(self.size))?;
        }
        self.terminal.draw(|frame| {
            if let Some(cursor) = view::view(state, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        if on {
            execute!(self.terminal.backend_mut(), EnableMouseCapture)
        } else {
            execute!(self.terminal.backend_mut(), DisableMouseCapture)
        }
    }

    /// Puts `text` into the system's clipboard by way of the terminal (OSC 52).
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        match self.desk.put_down() {
            Left::Nothing => {}
            Left::CutShort => {
                // A sequence that was cut short is not to swallow what comes now.
                let _ = io::stdout().write_all(b"\x18");
            }
            Left::Stuck => {
                let _ = disable_raw_mode();
                return;
            }
        }
        give_back();
    }
}

/// What a program may have set and not unset: keys as applications want them, a part of the screen that scrolls, reports
/// of mouse and focus, brackets around pastes, other encodings of keys, colours.
const UNDONE: &[u8] = b"\x1b[?1l\x1b>\x1b[r\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\
                        \x1b[>4;0m\x1b[<u\x1b[0m";

/// The terminal's columns and rows.
///
/// # Errors
/// When it does not say.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

fn area((width, height): (u16, u16)) -> Rect {
    Rect::new(0, 0, width, height)
}

/// Sets the terminal up for drawing frames of this size.
fn enter(mouse: bool, size: (u16, u16)) -> io::Result<(Terminal<CrosstermBackend<Pen>>, Arc<Desk>)> {
    enable_raw_mode()?;
    let mut out = Pen::new();
    let desk = out.desk();
    execute!(out, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, SetTitle("haveago"))?;
    if mouse {
        execute!(out, EnableMouseCapture)?;
    }
    let viewport = Viewport::Fixed(area(size));
    Ok((Terminal::with_options(CrosstermBackend::new(out), TerminalOptions { viewport })?, desk))
}

/// Leaves the terminal as it was. Failing here can be told nobody: the terminal is gone.
fn give_back() {
    let mut out = io::stdout();
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// The exit status of a panic, as the main thread has it.
const FAULT: i32 = 101;

fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            eprintln!("haveago stopped because of a fault of its own. Your work and progress are saved.");
            print(info);
            // Without one of its threads it would go on, deaf or dumb, on a terminal that is not its own any more.
            if std::thread::current().name() != Some("main") {
                std::process::exit(FAULT);
            }
        }));
    });
}
