//! What must hold for any series of edits.

use proptest::prelude::*;

use super::super::{Change, Direction, Document, Draft, Motion, Position, Restored};

#[derive(Clone, Debug)]
enum Act {
    Type(char),
    Insert(String),
    Newline,
    Backspace,
    Delete,
    WordLeft,
    WordRight,
    Indent,
    Dedent,
    Comment,
    Duplicate,
    Up,
    Down,
    Go(Motion, bool),
    Select(usize, usize, usize, usize),
    Find(String),
    Replace(String),
    Undo,
    Redo,
}

fn act(document: &mut Document, act: &Act) {
    match act {
        Act::Type(character) => document.type_char(*character),
        Act::Insert(text) => document.insert_text(text),
        Act::Newline => document.newline(),
        Act::Backspace => document.backspace(),
        Act::Delete => document.delete(),
        Act::WordLeft => document.delete_word_left(),
        Act::WordRight => document.delete_word_right(),
        Act::Indent => document.indent(),
        Act::Dedent => document.dedent(),
        Act::Comment => document.toggle_comment("//"),
        Act::Duplicate => document.duplicate_lines(),
        Act::Up => drop(document.move_lines_up()),
        Act::Down => drop(document.move_lines_down()),
        Act::Go(motion, select) => document.go(*motion, *select),
        Act::Select(a, b, c, d) => document.select(Position::new(*a, *b), Position::new(*c, *d)),
        Act::Find(words) => drop(document.find(words, Direction::Next, false)),
        Act::Replace(text) => document.replace_all_text(text),
        Act::Undo => drop(document.undo()),
        Act::Redo => drop(document.redo()),
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("a"),
        Just("foo "),
        Just("\n"),
        Just("\r\n"),
        Just("\t"),
        Just("{"),
        Just("}"),
        Just("é"),
        Just("e\u{301}"),
        Just("世"),
        Just("👨‍👩‍👧"),
        Just("\r"),
        Just("// "),
        Just("  "),
        Just("\u{301}"),
        Just("🇩🇪"),
        Just("\u{feff}"),
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

fn any_motion() -> impl Strategy<Value = Motion> {
    prop_oneof![
        Just(Motion::Left),
        Just(Motion::Right),
        Just(Motion::WordLeft),
        Just(Motion::WordRight),
        (0..3_usize).prop_map(Motion::Up),
        (0..3_usize).prop_map(Motion::Down),
        Just(Motion::LineStart),
        Just(Motion::LineEnd),
        Just(Motion::TextStart),
        Just(Motion::TextEnd),
    ]
}

fn any_act() -> impl Strategy<Value = Act> {
    let characters = prop_oneof![Just('x'), Just('}'), Just('\u{301}'), Just('世'), Just('\t'), Just('\u{7}')];
    prop_oneof![
        6 => characters.prop_map(Act::Type),
        3 => any_text().prop_map(Act::Insert),
        2 => Just(Act::Newline), 4 => Just(Act::Backspace), 2 => Just(Act::Delete),
        1 => Just(Act::WordLeft), 1 => Just(Act::WordRight), 1 => Just(Act::Indent), 1 => Just(Act::Dedent),
        1 => Just(Act::Comment), 1 => Just(Act::Duplicate), 1 => Just(Act::Up), 1 => Just(Act::Down),
        5 => (any_motion(), any::<bool>()).prop_map(|(motion, select)| Act::Go(motion, select)),
        3 => (0..9_usize, 0..9_usize, 0..9_usize, 0..9_usize).prop_map(|(a, b, c, d)| Act::Select(a, b, c, d)),
        1 => any_text().prop_map(Act::Find), 1 => any_text().prop_map(Act::Replace),
        2 => Just(Act::Undo), 1 => Just(Act::Redo),
    ]
}

/// What someone who only hears of the changes makes of them: the bytes each says were replaced.
fn follow(old: &[u8], change: &Change, new: &[u8]) -> Vec<u8> {
    let inserted = new.get(change.start_byte..change.start_byte + change.inserted).unwrap_or_default();
    [&old[..change.start_byte], inserted, &old[change.start_byte + change.removed..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn undoing_all_gives_the_file_byte_for_byte_and_redoing_all_the_last_text(
        text in any_text(), acts in proptest::collection::vec(any_act(), 0..40)
    ) {
        let mut document = Document::new(&text);
        prop_assert_eq!(document.text(), text.clone());
        for one in &acts {
            act(&mut document, one);
            let selection = document.selection();
            for at in [selection.anchor, selection.cursor] {
                prop_assert!(document.lines()[at.line].is_char_boundary(at.byte), "{:?} after {:?}", at, one);
            }
        }
        // An undo among the acts may have left something to redo: that is beyond the last text.
        let last = document.text();
        let mut undone = 0;
        while document.undo() {
            undone += 1;
        }
        prop_assert_eq!(document.text(), text);
        prop_assert!(!document.dirty());
        for _ in 0..undone {
            prop_assert!(document.redo());
        }
        prop_assert_eq!(document.text(), last);
    }

    #[test]
    fn after_a_restart_all_can_be_undone_and_done_again(
        text in any_text(), acts in proptest::collection::vec(any_act(), 1..30), formatted in any_text()
    ) {
        let mut document = Document::new(&text);
        for one in &acts {
            act(&mut document, one);
        }
        let last = document.text();
        let Some(draft) = document.draft() else { return Ok(()) };
        let kept: Draft = serde_json::from_slice(&serde_json::to_vec(&draft).unwrap()).unwrap();
        prop_assert_eq!(&kept, &draft);
        let (mut again, restored) = Document::restore(&kept, Some(&text));
        prop_assert_eq!(again.text(), last.clone());
        prop_assert_eq!(again.lines(), document.lines());
        prop_assert_eq!(restored == Restored::Unsaved, document.dirty());
        let undone = std::iter::from_fn(|| again.undo().then_some(())).count();
        prop_assert_eq!(again.text(), text.clone());
        (0..undone).for_each(|_| assert!(again.redo()));
        prop_assert_eq!(again.text(), last.clone());

        // Whatever the disk has by then, nothing is lost: its text and the draft's are a few steps apart.
        let (mut again, _) = Document::restore(&kept, Some(&formatted));
        let mut seen = vec![again.text()];
        while again.undo() {
            seen.push(again.text());
        }
        prop_assert!(seen.contains(&last) && seen.contains(&formatted) || formatted == text, "{:?}", seen);
        prop_assert_eq!(again.text(), text);
    }

    #[test]
    fn a_history_of_another_text_does_no_harm(
        text in any_text(), acts in proptest::collection::vec(any_act(), 1..12), other in any_text()
    ) {
        let mut document = Document::new(&text);
        for one in &acts {
            act(&mut document, one);
        }
        let Some(draft) = document.draft() else { return Ok(()) };
        let mut tampered = serde_json::to_value(&draft).unwrap();
        tampered["text"] = other.into();
        let (mut again, _) = Document::restore(&serde_json::from_value(tampered).unwrap(), Some(&text));
        while again.undo() {}
        while again.redo() {}
        again.type_char('x');
        prop_assert!(again.text().contains('x'));
    }

    #[test]
    fn replacing_all_is_one_step_and_what_a_line_by_line_replacement_gives(
        text in any_text(), words in "[aAfo ]{1,3}", by in "[a-c]{0,3}", exact in any::<bool>(), line in 0..5_usize
    ) {
        let mut document = Document::new(&text);
        document.select(Position::new(line, 3), Position::new(line, 3));
        let count = document.matches(&words, exact).len();
        prop_assert_eq!(document.replace_matches(&words, exact, &by), count);
        if exact {
            prop_assert_eq!(document.text(), text.replace(&words, &by));
        }
        let is_changed = document.text() != text;
        prop_assert_eq!(document.undo(), is_changed);
        prop_assert_eq!(document.text(), text);
    }

    #[test]
    fn the_changes_tell_all_that_happened(text in any_text(), acts in proptest::collection::vec(any_act(), 1..12)) {
        let mut document = Document::new(&text);
        for one in &acts {
            let old = document.lines().join("\n").into_bytes();
            act(&mut document, one);
            let new = document.lines().join("\n").into_bytes();
            let changes = document.take_changes();
            if let [change] = changes.as_slice() {
                prop_assert_eq!(follow(&old, change, &new), new, "{:?}", one);
            }
            let grown: isize = changes.iter().map(|c| c.inserted.cast_signed() - c.removed.cast_signed()).sum();
            prop_assert_eq!(old.len().cast_signed() + grown, document.lines().join("\n").len().cast_signed());
        }
    }

    #[test]
    fn a_formatter_keeps_the_cursor_at_the_same_letter(
        words in proptest::collection::vec(("[a-z({}]{1,6}", "[ \n\t]{1,3}", "[ \n]{1,2}"), 1..20), pick in any::<usize>()
    ) {
        let old: String = words.iter().flat_map(|(word, blank, _)| [word.as_str(), blank]).collect();
        let new: String = words.iter().flat_map(|(word, _, blank)| [word.as_str(), blank]).collect();
        let places: Vec<usize> = old.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at + 1).collect();
        let (number, at) = (pick % places.len(), places[pick % places.len()]);
        let mut document = Document::new(&old);
        let cursor = Position::default().after(&old[..at]);
        document.select(cursor, cursor);
        document.replace_all_text(&new);
        let cursor = document.cursor();
        let before = document.lines()[..cursor.line].join("") + &document.lines()[cursor.line][..cursor.byte];
        prop_assert_eq!(before.chars().filter(|c| !c.is_whitespace()).count(), number + 1);
    }
}
