//! Pseudo-random numbers, the same for the same seed.

use std::ops::Range;
use std::time::{SystemTime, UNIX_EPOCH};

/// Numbers by xorshift.
#[derive(Clone, Debug)]
pub struct Chance(u64);

/// A seed that no run had before.
pub fn fresh() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    u64::try_from(since.as_millis()).expect("before the year 500,000,000")
}

impl Chance {
    /// The numbers of this seed. Seeds that are near to each other begin far apart.
    pub fn of(seed: u64) -> Self {
        Self((seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (seed >> 32)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// One of the numbers of the range.
    pub fn within(&mut self, range: Range<u64>) -> u64 {
        // The higher bits are the better ones.
        range.start + (self.next() >> 11) % (range.end - range.start)
    }

    /// One of so many: an index.
    pub fn below(&mut self, count: usize) -> usize {
        self.within(0..count as u64) as usize
    }

    /// Whether it is this one time out of so many.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.within(0..times) == 0
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
