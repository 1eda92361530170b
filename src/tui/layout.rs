//! Where everything stands on a screen of a given size. Pure, so that drawing, mouse and program sizes agree.

use ratatui::layout::Rect;

/// Below this width the two panes become tabs.
pub const SIDE_BY_SIDE: u16 = 100;
/// Below this size nothing useful fits, and a sentence asks for more room.
pub const SMALLEST: (u16, u16) = (40, 12);

/// The areas of the screen. A pane's area includes its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The screen is too small to work in.
    TooSmall,
    /// One pane at a time, with a line of tabs above it.
    Tabs { tabs: Rect, pane: Rect, status: Rect },
    /// The lesson on the left, the sandbox on the right.
    SideBySide { reader: Rect, sandbox: Rect, status: Rect },
}

impl Layout {
    /// The layout of a screen of `width` × `height` cells.
    #[must_use]
    pub fn of(width: u16, height: u16) -> Self {
        if width < SMALLEST.0 || height < SMALLEST.1 {
            return Self::TooSmall;
        }
        let status = Rect::new(0, height - 1, width, 1);
        if width < SIDE_BY_SIDE {
            return Self::Tabs { tabs: Rect::new(0, 0, width, 1), pane: Rect::new(0, 1, width, height - 2), status };
        }
        // The text's measure is 76 columns; with its margins and frame a reader wider than 82 has only air in it.
        let reader = (width / 2).min(82);
        Self::SideBySide {
            reader: Rect::new(0, 0, reader, height - 1),
            sandbox: Rect::new(reader, 0, width - reader, height - 1),
            status,
        }
    }

    /// The lesson's frame; in tabs it is the one pane.
    #[must_use]
    pub fn reader(&self) -> Rect {
        match *self {
            Self::TooSmall => Rect::ZERO,
            Self::Tabs { pane, .. } => pane,
            Self::SideBySide { reader, .. } => reader,
        }
    }

    /// The frame of terminal, files and editor; in tabs it is the one pane.
    #[must_use]
    pub fn sandbox(&self) -> Rect {
        match *self {
            Self::TooSmall => Rect::ZERO,
            Self::Tabs { pane, .. } => pane,
            Self::SideBySide { sandbox, .. } => sandbox,
        }
    }
}

/// What is left inside a frame of one cell.
#[must_use]
pub fn inside(frame: Rect) -> Rect {
    Rect {
        x: frame.x.saturating_add(1),
        y: frame.y.saturating_add(1),
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(2),
    }
}

/// What the sandbox's panes draw in: its frame's inside, with a column of air at both sides.
#[must_use]
pub fn sandbox_inside(layout: &Layout) -> Rect {
    let area = inside(layout.sandbox());
    Rect { x: area.x + u16::from(area.width > 2), width: area.width.saturating_sub(2), ..area }
}

/// An area of at most `width` × `height` in the middle of the screen, for what is drawn above the panes.
#[must_use]
pub fn centred(screen: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(screen.width.saturating_sub(4));
    let height = height.min(screen.height.saturating_sub(2));
    Rect::new(screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 3, width, height)
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn every_size_has_a_layout_that_fits() {
        for width in 0..=300 {
            for height in 0..=80 {
                let layout = Layout::of(width, height);
                for area in [layout.reader(), layout.sandbox()] {
                    assert!(area.right() <= width && area.bottom() <= height, "{width}x{height}: {area:?}");
                }
            }
        }
        assert!(matches!(Layout::of(39, 12), Layout::TooSmall));
        assert!(matches!(Layout::of(99, 30), Layout::Tabs { .. }));
        assert!(matches!(Layout::of(100, 30), Layout::SideBySide { .. }));
    }
}
