//! Whatever is pressed, pasted, clicked and resized: it draws, inside the screen, and never panics.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use haveago::judge::Evidence;
use haveago::tui::msg::Msg;
use proptest::prelude::*;

use super::{at_lesson, stage};
use crate::tutor_stage::Stage;

#[test]
fn every_size_draws_with_everything_that_lies_over_the_panes() {
    let scenes = ["F1", "F3", "Ctrl-P", "F8 F8 F4", "Alt-2 F1", "Alt-3", "Alt-4 F1", "F8 Right"];
    for scene in scenes {
        let mut stage =
            stage().runs("go version", "a line that is a little longer\nthan others\n", 1).keys("Alt-1").keys(scene);
        for width in [1, 2, 3, 9, 20, 39, 40, 41, 60, 79, 99, 100, 101, 140, 200, 220] {
            for height in [1, 2, 3, 4, 8, 11, 12, 13, 24, 36, 60] {
                stage = stage.resizes(width, height);
                inside(&mut stage);
            }
        }
    }
}

/// Draws, and the cursor is on the screen.
fn inside(stage: &mut Stage) {
    let (buf, cursor) = stage.draw();
    assert!(cursor.is_none_or(|at| buf.area.contains(at)), "{cursor:?} in {:?}", buf.area);
}

fn key() -> impl Strategy<Value = Msg> {
    let named = prop::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Null,
    ]);
    let function = (1_u8..=10).prop_map(KeyCode::F);
    let letter =
        prop_oneof![any::<char>(), prop::char::range('a', 'z'), prop::char::range(' ', '~')].prop_map(KeyCode::Char);
    let modifiers = prop_oneof![
        4 => Just(KeyModifiers::NONE),
        1 => Just(KeyModifiers::CONTROL),
        1 => Just(KeyModifiers::ALT),
        1 => Just(KeyModifiers::SHIFT),
        1 => Just(KeyModifiers::CONTROL | KeyModifiers::ALT),
    ];
    (prop_oneof![3 => named, 2 => function, 3 => letter], modifiers)
        .prop_map(|(code, modifiers)| Msg::Key(KeyEvent::new(code, modifiers)))
}

fn mouse() -> impl Strategy<Value = Msg> {
    let kind = prop::sample::select(vec![
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Down(MouseButton::Right),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Up(MouseButton::Left),
        MouseEventKind::ScrollUp,
        MouseEventKind::ScrollDown,
        MouseEventKind::Moved,
    ]);
    (kind, 0_u16..230, 0_u16..70)
        .prop_map(|(kind, column, row)| Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}

/// What happens: mostly keys; a program prints and ends; a look is answered.
#[derive(Clone, Debug)]
enum Happening {
    Says(Msg),
    Prints(String),
    Ends(i32),
    Sees,
}

fn happening() -> impl Strategy<Value = Happening> {
    let text = prop_oneof!["[ -~\\n\\t]{0,60}", any::<String>()];
    prop_oneof![
        12 => key().prop_map(Happening::Says),
        3 => mouse().prop_map(Happening::Says),
        1 => text.clone().prop_map(|text| Happening::Says(Msg::Paste(text))),
        1 => (1_u16..=220, 1_u16..=60).prop_map(|(width, height)| Happening::Says(Msg::Resized(width, height))),
        1 => text.prop_map(Happening::Prints),
        1 => (0..3).prop_map(Happening::Ends),
        1 => Just(Happening::Sees),
    ]
}

fn play(stage: Stage, happening: Happening) -> Stage {
    match happening {
        Happening::Says(msg) => stage.hears(msg),
        Happening::Prints(_) | Happening::Ends(_) if stage.started().is_empty() => stage,
        Happening::Prints(text) => stage.prints(&text),
        Happening::Ends(exit) => stage.ends(exit),
        Happening::Sees if stage.state.looks > 0 => stage.sees(Evidence::default()),
        Happening::Sees => stage,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn anything_goes(happenings in prop::collection::vec(happening(), 1..120), lesson in prop::sample::select(vec!["One", "Two", "Three"])) {
        let mut stage = at_lesson(lesson);
        for happening in happenings {
            stage = play(stage, happening);
            inside(&mut stage);
            prop_assert_eq!(stage.state.unsaved, 0);
        }
    }
}
