//! Several measurements of one thing.

use std::time::Duration;

/// Durations, sorted once they are asked for.
#[derive(Clone, Debug, Default)]
pub struct Sample(Vec<Duration>);

impl Sample {
    pub fn push(&mut self, one: Duration) {
        self.0.push(one);
    }

    /// The value below which `part` (0 to 1) of them lie.
    pub fn quantile(&self, part: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        #[expect(clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "an index of a short list")]
        let index = ((sorted.len() - 1) as f64 * part).round() as usize;
        sorted[index]
    }

    pub fn median(&self) -> Duration {
        self.quantile(0.5)
    }

    /// How many times as long as `peer` it takes, by the medians.
    pub fn ratio(&self, peer: &Self) -> f64 {
        self.median().as_secs_f64() / peer.median().as_secs_f64()
    }
}

/// Milliseconds with as many digits as they are worth.
pub fn ms(duration: Duration) -> String {
    let ms = duration.as_secs_f64() * 1000.0;
    if ms < 10.0 { format!("{ms:.2} ms") } else { format!("{ms:.1} ms") }
}
