//! A sum at the end of what is written as JSON, so that a flipped bit is seen when it is read.

/// What stands before the sum, which is the last member of its object.
const KEY: &[u8] = b",\"sum\":";

/// Puts the sum of a JSON object at its end. The object has members.
pub(super) fn seal(object: &mut Vec<u8>) {
    if object.pop().is_some() {
        let sum = sum(object);
        object.extend_from_slice(KEY);
        object.extend_from_slice(sum.to_string().as_bytes());
        object.push(b'}');
    }
}

/// Whether the sum at the end is that of what stands before it. What was written without one is taken as it is.
pub(super) fn holds(object: &[u8]) -> bool {
    let object = object.trim_ascii_end();
    let Some(at) = object.windows(KEY.len()).rposition(|bytes| bytes == KEY) else { return true };
    let (text, rest) = object.split_at(at);
    let written = rest[KEY.len()..].strip_suffix(b"}").and_then(|digits| str::from_utf8(digits).ok());
    written.is_some_and(|written| written == sum(text).to_string())
}

/// FNV-1a: another byte anywhere always makes another sum.
fn sum(text: &[u8]) -> u32 {
    text.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::{holds, seal};

    #[test]
    fn a_sum_fits_its_own_text_alone() {
        let mut object = br#"{"line":"echo ,\"sum\":1}"}"#.to_vec();
        assert!(holds(&object), "there is none");
        seal(&mut object);
        assert!(holds(&object) && holds(&[object.as_slice(), b"\n"].concat()));
        let value: serde_json::Value = serde_json::from_slice(&object).unwrap();
        assert_eq!(value["line"], ",\"sum\":1}".replacen("", "echo ", 1));
        let last_of_text = object.len() - 1;
        for at in 0..last_of_text {
            object[at] ^= 1;
            let is_json = serde_json::from_slice::<serde_json::Value>(&object).is_ok();
            // A key that is no longer `sum` tells nothing; what it stood for is whole.
            let is_seen = !is_json || !holds(&object) || !object.windows(7).any(|bytes| bytes == b",\"sum\":");
            assert!(is_seen, "{at}");
            object[at] ^= 1;
        }
    }
}
