//! How far an installation is, in words: how much, how fast, how long it still takes.

use std::time::Duration;

use super::Phase;

/// Speed is told once there is something to tell it by.
const MEASURED: Duration = Duration::from_secs(1);
const MB: u64 = 1_000_000;

/// Remembers when fetching began, and with how much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    from: Option<(String, u64, Duration)>,
}

impl Pace {
    /// The phase as a sentence; `now` is the time since any fixed moment.
    pub fn sentence(&mut self, phase: &Phase, now: Duration) -> String {
        match phase {
            Phase::Fetching { from, done, total } => {
                let is_new = self.from.as_ref().is_none_or(|(known, first, _)| known != from || first > done);
                if is_new {
                    self.from = Some((from.clone(), *done, now));
                }
                let (first, since) = self.from.as_ref().map_or((*done, now), |(_, first, since)| (*first, *since));
                let of = total.map_or_else(String::new, |total| format!(" of {}", total / MB));
                let speed =
                    speed(done - first, now.saturating_sub(since), total.map(|total| total.saturating_sub(*done)));
                format!("Fetching Go from {from}: {}{of} MB{speed}", done / MB)
            }
            Phase::Checking => phase.name(),
            Phase::Unpacking { done, total } => format!("Unpacking Go: {} %", done * 100 / (*total).max(1)),
        }
    }
}

fn speed(bytes: u64, time: Duration, left: Option<u64>) -> String {
    if time < MEASURED || bytes == 0 {
        return String::new();
    }
    let each_second = bytes / time.as_secs().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a speed for people, with one digit")]
    let megabytes = each_second as f64 / MB as f64;
    let left = left.map_or_else(String::new, |left| format!(", {} s left", left / each_second.max(1)));
    format!(", {megabytes:.1} MB/s{left}")
}

impl Phase {
    /// What is being done, without numbers.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Fetching { from, .. } => format!("Fetching Go from {from}"),
            Self::Checking => "Comparing its checksum".to_owned(),
            Self::Unpacking { .. } => "Unpacking Go".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Pace, Phase};

    #[test]
    fn it_tells_how_much_how_fast_and_how_long() {
        let mut pace = Pace::default();
        let phase = |done, total| Phase::Fetching { from: "go.dev".to_owned(), done, total };
        let at = Duration::from_secs;
        assert_eq!(pace.sentence(&phase(20_000_000, Some(70_000_000)), at(5)), "Fetching Go from go.dev: 20 of 70 MB");
        assert_eq!(
            pace.sentence(&phase(30_000_000, Some(70_000_000)), at(9)),
            "Fetching Go from go.dev: 30 of 70 MB, 2.5 MB/s, 16 s left"
        );
        assert_eq!(pace.sentence(&phase(31_000_000, None), at(9)), "Fetching Go from go.dev: 31 MB, 2.8 MB/s");
        assert_eq!(pace.sentence(&Phase::Unpacking { done: 50, total: 200 }, at(9)), "Unpacking Go: 25 %");
    }
}
