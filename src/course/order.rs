//! The order in which lines to be put in order are first shown.

/// A permutation of `0..lines.len()` in which the lines read otherwise than in the right order, the same on every
/// machine. None when there is no such order: fewer than two different lines.
pub fn shuffle(lines: &[String]) -> Option<Vec<usize>> {
    let first = lines.first()?;
    let other = lines.iter().position(|line| line != first)?;
    let mut random = seed(lines);
    let mut order: Vec<usize> = (0..lines.len()).collect();
    // A handful of tries is enough but for nearly equal lines; then a swap that shows is made.
    for _ in 0..8 {
        for last in (1..order.len()).rev() {
            random = next(random);
            let at = (mix(random) % (last as u64 + 1)) as usize;
            order.swap(last, at);
        }
        if order.iter().zip(lines).any(|(index, line)| lines.get(*index) != Some(line)) {
            return Some(order);
        }
    }
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.swap(0, other);
    Some(order)
}

/// FNV-1a over the lines: the same text is shuffled the same way for ever.
fn seed(lines: &[String]) -> u64 {
    let bytes = lines.iter().flat_map(|line| line.bytes().chain([b'\n']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// `SplitMix64`.
fn next(state: u64) -> u64 {
    state.wrapping_add(0x9e37_79b9_7f4a_7c15)
}

fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
