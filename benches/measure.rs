//! Times of one thing done many times: the median and the slowest of a hundred, beside the limit it must keep.

use std::time::{Duration, Instant};

/// Runs before anything is measured.
const WARM_UP: usize = 20;

/// The figures of a bench so far.
pub struct Figures {
    limit: Duration,
    measured: usize,
    missed: usize,
}

impl Figures {
    /// Figures whose 99th percentile must be below `limit`.
    pub fn below(limit: Duration) -> Self {
        Self { limit, measured: 0, missed: 0 }
    }

    /// Does `work` so many times and prints what it took. `work` is told which time it is.
    pub fn measure(&mut self, name: &str, times: usize, mut work: impl FnMut(usize)) {
        (0..WARM_UP).for_each(&mut work);
        let mut took: Vec<Duration> = (0..times)
            .map(|time| {
                let began = Instant::now();
                work(WARM_UP + time);
                began.elapsed()
            })
            .collect();
        took.sort_unstable();
        let of_hundred = |percent: usize| took[(times * percent / 100).min(times - 1)];
        let (p50, p99, most, limit) = (of_hundred(50), of_hundred(99), took[times - 1], self.limit);
        let kept = p99 < limit;
        let verdict = if kept { "kept" } else { "NOT KEPT" };
        println!("{name:<50} p50 {p50:>9.1?}  p99 {p99:>9.1?}  most {most:>9.1?}  limit {limit:?}: {verdict}");
        self.measured += 1;
        self.missed += usize::from(!kept);
    }

    /// Ends the bench, with the status of a failure when a limit was not kept.
    pub fn conclude(&self) {
        if self.missed > 0 {
            eprintln!("{} of {} limits are not kept", self.missed, self.measured);
            std::process::exit(1);
        }
    }
}
