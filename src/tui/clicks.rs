//! Presses of the mouse that follow each other at one place: two are a word, three a line.

use std::time::Duration;

/// Presses further apart are no double click.
const TOGETHER: Duration = Duration::from_millis(400);

/// The last press of the left button.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clicks {
    last: Option<((u16, u16), Duration, u8)>,
}

impl Clicks {
    /// Takes in a press at a place at a time, and says which in a row it is: 1, 2 or 3, then 1 again.
    pub fn count(&mut self, at: (u16, u16), now: Duration) -> u8 {
        let count = match self.last {
            Some((place, time, count)) if place == at && now.saturating_sub(time) <= TOGETHER && count < 3 => count + 1,
            Some(_) | None => 1,
        };
        self.last = Some((at, now, count));
        count
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Clicks;

    #[test]
    fn presses_count_when_they_come_together_at_one_place() {
        let mut clicks = Clicks::default();
        let mut press = |at: (u16, u16), millis: u64| clicks.count(at, Duration::from_millis(millis));
        assert_eq!([press((1, 1), 0), press((1, 1), 200), press((1, 1), 500), press((1, 1), 600)], [1, 2, 3, 1]);
        assert_eq!([press((2, 1), 700), press((2, 1), 1_200), press((2, 1), 1_600)], [1, 1, 2]);
    }
}
