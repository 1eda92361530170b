//! The bracket that belongs to the one at the cursor.

use std::ops::Range;

use crate::edit::Position;
use crate::go::colour::{Spans, Token};

const PAIRS: [(u8, u8); 3] = [(b'(', b')'), (b'[', b']'), (b'{', b'}')];

/// The bracket at or before the cursor and its other half, where both are in the lines in sight, whose colours are
/// `spans`. Brackets in strings and comments do not count.
pub fn pair(lines: &[String], sight: Range<usize>, spans: &[Spans], cursor: Position) -> Option<(Position, Position)> {
    let code = Code { lines, spans, sight };
    let behind = cursor.byte.checked_sub(1).map(|byte| Position::new(cursor.line, byte));
    [Some(cursor), behind].into_iter().flatten().find_map(|at| code.other_half(at).map(|other| (at, other)))
}

struct Code<'a> {
    lines: &'a [String],
    spans: &'a [Spans],
    sight: Range<usize>,
}

impl Code<'_> {
    fn other_half(&self, at: Position) -> Option<Position> {
        if !self.sight.contains(&at.line) || !self.is_code(at) {
            return None;
        }
        let bracket = *self.lines[at.line].as_bytes().get(at.byte)?;
        let (open, close) = *PAIRS.iter().find(|(open, close)| [*open, *close].contains(&bracket))?;
        let forward = bracket == open;
        let mut depth = 0_usize;
        let brackets =
            self.places(at, forward).filter(|(place, byte)| [open, close].contains(byte) && self.is_code(*place));
        for (place, byte) in brackets {
            depth = if byte == bracket { depth + 1 } else { depth - 1 };
            if depth == 0 {
                return Some(place);
            }
        }
        None
    }

    /// The bytes from `at` on to the end of what is in sight, or back to its start.
    fn places(&self, at: Position, forward: bool) -> Box<dyn Iterator<Item = (Position, u8)> + '_> {
        let in_line = |line: usize| {
            self.lines[line].bytes().enumerate().map(move |(byte, letter)| (Position::new(line, byte), letter))
        };
        if forward {
            Box::new((at.line..self.sight.end).flat_map(in_line).skip(at.byte))
        } else {
            let back = (self.sight.start..=at.line)
                .rev()
                .flat_map(move |line| in_line(line).collect::<Vec<_>>().into_iter().rev());
            Box::new(back.skip_while(move |(place, _)| *place > at))
        }
    }

    fn is_code(&self, at: Position) -> bool {
        let spans = at.line.checked_sub(self.sight.start).and_then(|row| self.spans.get(row));
        spans.is_none_or(|spans| {
            !spans
                .iter()
                .any(|(range, token)| range.contains(&at.byte) && matches!(token, Token::String | Token::Comment))
        })
    }
}
