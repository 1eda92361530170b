//! The bytes of a log → its header, its records, and what is wrong with it.

use serde::Deserialize;
use serde_json::Value;

use super::FORMAT;
use crate::learner::Record;
use crate::store::sum;

/// What a log's bytes hold.
#[derive(Debug, Default)]
pub struct Contents {
    /// The header line with its line break; empty when there is none.
    pub header: Vec<u8>,
    /// How often the log has been mended, as its header says.
    pub mended: u32,
    pub records: Vec<Record>,
    /// The good lines below the header as they stand, those of kinds this program does not know among them.
    pub good: Vec<u8>,
    /// Whole lines that are no record.
    pub bad_lines: usize,
    pub bad_header: bool,
    /// Bytes from the beginning to the end of the last whole line.
    pub whole: u64,
    /// The last line is whole but for its line break, as an editor may leave it.
    pub lacks_line_break: bool,
}

impl Contents {
    /// Adds a whole line that has lost its break.
    fn take_in(&mut self, line: &[u8]) {
        if let Line::Record(record) = read_line(line) {
            self.records.push(record);
        }
        self.good.extend_from_slice(line);
        self.good.push(b'\n');
    }

    pub fn is_damaged(&self) -> bool {
        self.bad_header || self.bad_lines > 0
    }
}

#[derive(Deserialize)]
struct Header {
    haveago: String,
    format: u64,
    #[serde(default)]
    mended: u32,
}

/// The first line of a log that has been mended so often.
pub fn header(mended: u32) -> Vec<u8> {
    let mended = if mended == 0 { String::new() } else { format!(r#","mended":{mended}"#) };
    let mut header = format!("{{\"haveago\":\"progress\",\"format\":{FORMAT}{mended}}}").into_bytes();
    sum::seal(&mut header);
    header.push(b'\n');
    header
}

/// Reads a whole log.
///
/// # Errors
/// The format's number, when it is newer than [`FORMAT`].
pub fn read(bytes: &[u8]) -> Result<Contents, u64> {
    let first_end = bytes.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| at + 1);
    let (first, rest) = bytes.split_at(first_end);
    match serde_json::from_slice::<Header>(first) {
        Ok(_) if !sum::holds(first) => Ok(Contents { bad_header: true, ..read_tail(bytes) }),
        Ok(header) if header.haveago == "progress" && header.format > u64::from(FORMAT) => Err(header.format),
        Ok(header) if header.haveago == "progress" => {
            let contents = read_tail(rest);
            Ok(Contents {
                header: first.to_vec(),
                mended: header.mended,
                whole: contents.whole + first.len() as u64,
                lacks_line_break: contents.lacks_line_break || !first.ends_with(b"\n"),
                ..contents
            })
        }
        // Nothing, or the torn first write: no record has ever been whole.
        Ok(_) | Err(_) if self::header(0).starts_with(first) => Ok(Contents::default()),
        Ok(_) | Err(_) => Ok(Contents { bad_header: true, ..read_tail(bytes) }),
    }
}

/// Reads lines below the header.
pub fn read_tail(bytes: &[u8]) -> Contents {
    let mut contents = Contents::default();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let has_break = line.ends_with(b"\n");
        match read_line(line) {
            Line::Bad if has_break => {
                contents.bad_lines += 1;
                contents.whole += line.len() as u64;
                continue;
            }
            // Only its line break is another byte: it was whole once.
            Line::Bad if line.len() > 1 && !matches!(read_line(&line[..line.len() - 1]), Line::Bad) => {
                contents.bad_lines += 1;
                contents.take_in(&line[..line.len() - 1]);
                contents.whole += line.len() as u64;
                continue;
            }
            // Torn: its writer was killed before it could show anything as done.
            Line::Bad => break,
            Line::Record(record) => contents.records.push(record),
            Line::Unknown => {}
        }
        contents.whole += line.len() as u64;
        contents.good.extend_from_slice(line);
        if !has_break {
            contents.good.push(b'\n');
            contents.lacks_line_break = true;
        }
    }
    contents
}

enum Line {
    Record(Record),
    /// Of a kind that a later edition of this format knows: kept, and passed over.
    Unknown,
    Bad,
}

fn read_line(line: &[u8]) -> Line {
    if !sum::holds(line) {
        return Line::Bad;
    }
    if let Ok(record) = serde_json::from_slice(line) {
        return Line::Record(record);
    }
    match serde_json::from_slice::<Value>(line) {
        Ok(value) if value.get("event").is_some_and(Value::is_string) => Line::Unknown,
        Ok(_) | Err(_) => Line::Bad,
    }
}
