//! The whole program but for the terminal and the disk: keys in, frames in a buffer.

use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use haveago::course::Course;
use haveago::learner::Progress;
use haveago::page::theme::{Depth, FANCY, ThemeName};
use haveago::store::Settings;
use haveago::tui::appearance::Ground;
use haveago::tui::msg::Msg;
use haveago::tui::state::State;
use haveago::tui::{settle, start, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZE: (u16, u16) = (200, 50);

pub struct Stage {
    pub state: State,
    buffer: Buffer,
    now: Duration,
}

impl Stage {
    /// In the course's first step.
    pub fn of(course: Course) -> Self {
        let ground = Ground { depth: Depth::True, glyphs: FANCY, background: Some(ThemeName::Dark) };
        let mut state = start::state(Arc::new(course), Progress::default(), &Settings::default(), ground, SIZE);
        start::first(&mut state, None, None);
        Self { state, buffer: Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1)), now: Duration::ZERO }
    }

    /// One message as the loop takes it in, then a frame. The clock goes on as for a quick typist, so that drafts and
    /// looks at the syntax become due.
    pub fn hears(&mut self, msg: Msg) {
        self.now += Duration::from_millis(60);
        update::update(&mut self.state, Msg::Tick(self.now));
        update::update(&mut self.state, msg);
        // Saves are done at once here.
        self.state.unsaved = 0;
        settle::settle(&mut self.state);
        self.buffer.reset();
        view::view(&self.state, &mut self.buffer);
    }

    pub fn types(&mut self, letter: char) {
        self.presses(KeyCode::Char(letter));
    }

    pub fn presses(&mut self, code: KeyCode) {
        self.hears(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    pub fn with_ctrl(&mut self, letter: char) {
        self.hears(Msg::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)));
    }
}
