//! Whatever is typed, printed, clicked and resized: nothing panics, and nothing is drawn outside the pane.

use proptest::prelude::*;
use ratatui::buffer::Cell;

use super::*;
use crate::tui::pane::terminal::{KEYS, KEYS_WHILE_RUNNING};

#[derive(Clone, Debug)]
enum Act {
    Type(&'static str),
    Key(usize),
    Raw(u8),
    Paste(&'static str),
    Print(Vec<&'static str>),
    End(i32),
    List,
    Resize(u16, u16),
    Mouse(u8, u16, u16),
    Explain(&'static str),
}

fn act() -> impl Strategy<Value = Act> {
    let typed =
        prop::sample::select(vec!["go run .", "世界 e\u{301}👨‍👩‍👧", "ls ", "\u{1b}[31m\t", "a very long line of words"]);
    let printed = prop::sample::select(vec![
        "\x1b[?1049h",
        "\x1b[?1049l",
        "\x1b[2J",
        "\x1b[H",
        "\x1b[?1000h\x1b[?1006h",
        "\x1b[?2026h",
        "\x1b]2;世 title\x07",
        "main.go:3:4: bad",
        "世界",
        "\r\n",
        "\r\n\r\n",
        "\t",
        "\x1b[65535b",
        "a long line of output of a program",
        "\x1b[7m",
    ]);
    prop_oneof![
        3 => typed.prop_map(Act::Type),
        3 => (0..KEYS.len() + KEYS_WHILE_RUNNING.len()).prop_map(Act::Key),
        1 => any::<u8>().prop_map(Act::Raw),
        1 => prop::sample::select(vec!["a\nb\nc", "clear\nhistory\n", "\x1b[201~\n", "x"]).prop_map(Act::Paste),
        4 => prop::collection::vec(printed, 0..20).prop_map(Act::Print),
        2 => (-1..130_i32).prop_map(Act::End),
        1 => Just(Act::List),
        1 => (0_u16..60, 0_u16..20).prop_map(|(columns, rows)| Act::Resize(columns, rows)),
        3 => (0_u8..6, 0_u16..60, 0_u16..20).prop_map(|(kind, column, row)| Act::Mouse(kind, column, row)),
        1 => prop::sample::select(vec!["`go mod` 世界", "", "`\n\n`a_word_that_is_far_too_long_for_it`"]).prop_map(Act::Explain),
    ]
}

fn apply(stage: &mut Stage, act: Act) {
    let running = stage.asks.iter().rev().find_map(|ask| match ask {
        TerminalAsk::Run { tab, block, .. } => Some((*tab, *block)),
        _ => None,
    });
    match act {
        Act::Type(text) => stage.type_in(text),
        Act::Key(index) => {
            let key = KEYS.iter().chain(KEYS_WHILE_RUNNING).nth(index);
            stage.act(key.map_or(TerminalAction::Enter, |key| key.1.clone()));
        }
        Act::Raw(byte) => {
            stage.terminal.raw_key(KeyEvent::new(KeyCode::Char(char::from(byte)), KeyModifiers::CONTROL));
        }
        Act::Paste(text) => stage.act(TerminalAction::Paste(text.into())),
        Act::Print(tokens) => {
            if let Some((tab, block)) = running {
                stage.terminal.output(tab, block, tokens.concat().as_bytes());
                stage.terminal.tick(Duration::from_secs(1));
            }
        }
        Act::End(exit) => {
            if let Some((tab, block)) = running {
                stage.end(tab, block, exit);
            }
        }
        Act::List => {
            let entries =
                vec![("a b".to_owned(), true), ("世界.go".to_owned(), false), ("\u{1b}[2J".to_owned(), false)];
            let tab = stage.terminal.current_tab();
            stage.terminal.listed(tab, &Listing { dir: ".".into(), entries });
        }
        Act::Resize(columns, rows) => drop(stage.terminal.resize(columns, rows)),
        Act::Mouse(kind, column, row) => drop(match kind {
            0 => stage.terminal.press(column, row),
            1 => stage.terminal.drag(column, row),
            2 => stage.terminal.release(column, row),
            3 => stage.terminal.double_click(column, row),
            4 => stage.terminal.wheel(column, row, true),
            _ => stage.terminal.wheel(column, row, false),
        }),
        Act::Explain(text) => {
            if let Some((_, block)) = running {
                stage.terminal.explain(block, text, None);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_pane_keeps_to_its_place(acts in prop::collection::vec(act(), 1..40), width in 1_u16..40, height in 1_u16..12) {
        let mut stage = Stage::new(width, height);
        let theme = Theme::new(ThemeName::Dark, Depth::None, FANCY);
        let area = Rect::new(2, 1, width, height);
        for act in acts {
            apply(&mut stage, act);
            let mut buf = Buffer::filled(Rect::new(0, 0, 45, 15), Cell::new("#"));
            for y in area.top()..area.bottom() {
                for x in area.left()..area.right() {
                    buf[(x, y)].reset();
                }
            }
            let cursor = stage.terminal.render(area, &mut buf, &theme, true, Some(Duration::from_secs(3)));
            prop_assert!(cursor.is_none_or(|cursor| area.contains(cursor)));
            for (index, cell) in buf.content.iter().enumerate() {
                let at = Position::from(buf.pos_of(index));
                prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
                prop_assert!(area.contains(at) || cell.symbol() == "#", "{:?} at {at}", cell.symbol());
                let end = usize::from(at.x) + crate::base::width::width(cell.symbol());
                prop_assert!(!area.contains(at) || end <= usize::from(area.right()), "{:?} at {at}", cell.symbol());
            }
            stage.terminal.act(TerminalAction::CopySelection);
            stage.terminal.named().for_each(drop);
        }
    }
}
