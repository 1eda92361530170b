//! The offer to install Go, where there is none: three ways, then how far it is.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::base::width::width;
use crate::install::{Pace, Phase};
use crate::page::{Theme, wrap_plain};

/// What is shown above the panes while Go is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Install {
    /// Why lessons cannot run.
    fault: String,
    /// The version that is offered and how many bytes are fetched for it; none where no ready one is known.
    offer: Option<(String, Option<u64>)>,
    stage: Stage,
    selected: usize,
    /// An archive, a folder or an address, as it is typed.
    from: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Offered,
    Typing,
    Working { pace: Pace, sentence: String },
    Failed(String),
}

/// A way to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Fetch,
    UseArchive,
    ReadOn,
}

/// A key in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstallAction {
    Up,
    Down,
    Pick,
    /// Picks this one, counted from the top.
    PickAt(usize),
    Type(char),
    Paste(String),
    Backspace,
    /// One step back: to the ways, or out.
    Back,
}

/// What is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstallAsk {
    /// Install, from what was typed where something was.
    Start(Option<String>),
    Stop,
    Close,
}

impl Install {
    #[must_use]
    pub fn new(fault: &str, offer: Option<(String, Option<u64>)>) -> Self {
        Self { fault: fault.to_owned(), offer, stage: Stage::Offered, selected: 0, from: String::new() }
    }

    fn ways(&self) -> Vec<Way> {
        let all = [Way::Fetch, Way::UseArchive, Way::ReadOn];
        all.into_iter().filter(|way| *way != Way::Fetch || self.offer.is_some()).collect()
    }

    fn words(&self, way: Way) -> String {
        match (way, &self.offer) {
            (Way::Fetch, Some((version, size))) => {
                let size = size.map_or_else(String::new, |bytes| format!(", {} MB", bytes / 1_000_000));
                format!("Install Go {version} for haveago alone{size}")
            }
            (Way::Fetch, None) => String::new(),
            (Way::UseArchive, _) => "Use an archive of Go that I have".to_owned(),
            (Way::ReadOn, _) => "Read on without Go".to_owned(),
        }
    }

    /// Whether letters are typed into it.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.stage == Stage::Typing
    }

    #[must_use]
    pub fn is_working(&self) -> bool {
        matches!(self.stage, Stage::Working { .. })
    }

    /// What the keys do here, for the status line.
    #[must_use]
    pub fn keys(&self) -> Vec<(&'static str, &'static str)> {
        match self.stage {
            Stage::Offered | Stage::Failed(_) => vec![("Up Down", "choose"), ("Enter", "do it"), ("Esc", "read on")],
            Stage::Typing => vec![("Enter", "install it"), ("Esc", "back")],
            Stage::Working { .. } => vec![("Esc", "stop; it can go on later")],
        }
    }

    pub fn act(&mut self, action: InstallAction) -> Option<InstallAsk> {
        let ways = self.ways();
        match (action, &self.stage) {
            (InstallAction::Back, Stage::Typing) => self.stage = Stage::Offered,
            (InstallAction::Back, Stage::Working { .. }) => return Some(InstallAsk::Stop),
            (InstallAction::Back, Stage::Offered | Stage::Failed(_)) => return Some(InstallAsk::Close),
            (InstallAction::Type(letter), Stage::Typing) => self.from.push(letter),
            (InstallAction::Paste(text), Stage::Typing) => self.from.push_str(text.lines().next().unwrap_or("").trim()),
            (InstallAction::Backspace, Stage::Typing) => drop(self.from.pop()),
            (InstallAction::Pick, Stage::Typing) if !self.from.trim().is_empty() => {
                return Some(self.start(Some(self.from.trim().to_owned())));
            }
            (InstallAction::Up, Stage::Offered | Stage::Failed(_)) => {
                self.selected = self.selected.checked_sub(1).unwrap_or(ways.len() - 1);
            }
            (InstallAction::Down, Stage::Offered | Stage::Failed(_)) => {
                self.selected = (self.selected + 1) % ways.len();
            }
            (InstallAction::PickAt(index), Stage::Offered | Stage::Failed(_)) if index < ways.len() => {
                self.selected = index;
                return self.pick(ways[index]);
            }
            (InstallAction::Pick, Stage::Offered | Stage::Failed(_)) => return self.pick(ways[self.selected]),
            _ => {}
        }
        None
    }

    fn pick(&mut self, way: Way) -> Option<InstallAsk> {
        match way {
            Way::Fetch => Some(self.start(None)),
            Way::UseArchive => {
                self.stage = Stage::Typing;
                None
            }
            Way::ReadOn => Some(InstallAsk::Close),
        }
    }

    fn start(&mut self, from: Option<String>) -> InstallAsk {
        self.stage = Stage::Working { pace: Pace::default(), sentence: "Beginning …".to_owned() };
        InstallAsk::Start(from)
    }

    /// How far it is.
    pub fn tell(&mut self, phase: &Phase, now: Duration) {
        if let Stage::Working { pace, sentence } = &mut self.stage {
            *sentence = pace.sentence(phase, now);
        }
    }

    /// It has come to nothing.
    pub fn fail(&mut self, fault: String) {
        self.stage = Stage::Failed(fault);
        self.selected = 0;
    }

    /// Its lines, for a width; each with the way that it is, if it is one.
    fn lines(&self, columns: usize) -> Vec<(String, Option<usize>)> {
        let text = |text: &str| wrap_plain(text, columns).into_iter().map(|line| (line, None)).collect::<Vec<_>>();
        let mut lines = text(&self.fault);
        lines.push((String::new(), None));
        if let Stage::Failed(fault) = &self.stage {
            lines.extend(text(fault));
            lines.push((String::new(), None));
        }
        match &self.stage {
            Stage::Offered | Stage::Failed(_) => {
                let ways = self.ways();
                lines.extend(ways.iter().enumerate().map(|(index, way)| (self.words(*way), Some(index))));
                lines.push((String::new(), None));
                lines.extend(text("It goes into haveago's own folder. Nothing else on this computer is changed."));
            }
            Stage::Typing => {
                lines.extend(text("The file, a folder with it, or its address (https://…):"));
                lines.push((String::new(), None));
            }
            Stage::Working { sentence, .. } => lines.extend(text(sentence)),
        }
        lines
    }

    /// How high it is with its frame, for a width inside.
    #[must_use]
    pub fn height(&self, columns: u16) -> u16 {
        self.lines(usize::from(columns)).len() as u16 + 4
    }

    /// The way that is drawn in this row of `area`.
    #[must_use]
    pub fn way_at(&self, row: u16, area: Rect) -> Option<usize> {
        let index = usize::from(row.checked_sub(area.y + 1)?);
        self.lines(columns(area)).get(index)?.1
    }

    /// Draws it; answers with where the cursor stands, if something is typed.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let room = columns(area);
        for (row, (line, way)) in self.lines(room).iter().enumerate().take(usize::from(area.height.saturating_sub(1))) {
            let y = area.y + 1 + row as u16;
            match way {
                Some(index) if *index == self.selected => {
                    buf.set_stringn(area.x + 1, y, theme.glyphs.here, 1, theme.accent);
                    buf.set_stringn(area.x + 3, y, line, room, theme.text.add_modifier(Modifier::BOLD));
                }
                Some(_) => drop(buf.set_stringn(area.x + 3, y, line, room, theme.text)),
                None => drop(buf.set_stringn(area.x + 1, y, line, room + 2, theme.text)),
            }
        }
        if !self.is_typing() {
            return None;
        }
        let y = area.y + (self.lines(room).len() as u16).min(area.height.saturating_sub(1));
        // The end of what is typed is what is looked at.
        let mut seen = self.from.as_str();
        while width(seen) >= room {
            seen = seen.char_indices().nth(1).map_or("", |(next, _)| &seen[next..]);
        }
        buf.set_stringn(area.x + 1, y, seen, room, theme.accent);
        Some(Position::new(area.x + 1 + width(seen) as u16, y))
    }
}

fn columns(area: Rect) -> usize {
    usize::from(area.width).saturating_sub(4).max(1)
}
