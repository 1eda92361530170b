//! The pane as it looks.

use ratatui::style::Modifier;

use super::*;
use crate::base::width::width;

fn screen(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += width(symbol).max(1) as u16;
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

fn said(message: &str) -> Vec<Diagnostic> {
    vec![wrong(6, 6, message)]
}

#[test]
fn at_40_columns_with_something_wrong() {
    let mut editor = editor(MAIN);
    editor.diagnostics(&path("main.go"), said("undefined: fmt.Prinln, which is a long message about a small mistake"));
    assert_eq!(
        screen(&draw(&editor, 40, 10).0),
        "  1 package main\n  2\n  3 import \"fmt\"\n  4\n  5 func main() {\n✗ 6     fmt.Println(\"Hello, 世界\")\n  7 }\n  8\n\n\
         ✗ 1 problem, in line 6: Alt-E        1:1\n"
    );
    editor.go_to(&path("main.go"), 6, 2);
    assert_eq!(
        screen(&draw(&editor, 40, 10).0),
        "  1 package main\n  2\n  3 import \"fmt\"\n  4\n  5 func main() {\n✗ 6     fmt.Println(\"Hello, 世界\")\n  7 }\n  8\n\
         ✗ undefined: fmt.Prinln, which is a long\nmessage about a small mistake\n"
    );
}

#[test]
fn at_80_columns_while_searching() {
    let mut editor = editor(MAIN);
    editor.resize(80, 6);
    editor.act(Act::Find);
    typed(&mut editor, "main");
    editor.act(Act::Newline);
    let (buffer, cursor) = draw(&editor, 80, 6);
    assert_eq!(
        screen(&buffer),
        "  3 import \"fmt\"\n  4\n  5 func main() {\n  6     fmt.Println(\"Hello, 世界\")\n  7 }\n\
         Find: main  2 of 2, Enter or Up for more\n"
    );
    assert_eq!(cursor, Some(Place::new(10, 5)));
    assert_eq!(buffer[(9, 2)].bg, theme().selection.bg.unwrap());
    assert_ne!(buffer[(13, 2)].bg, theme().selection.bg.unwrap());
}

#[test]
fn at_20_columns_there_are_no_line_numbers_and_wide_characters_are_never_halved() {
    let mut editor = editor("\tab世界世界世界世界世界\n\u{7}x\n");
    editor.resize(20, 4);
    assert_eq!(screen(&draw(&editor, 20, 4).0), "    ab世界世界世界世\n?x\n\n                 1:1\n");
    editor.resize(19, 4);
    assert_eq!(screen(&draw(&editor, 19, 4).0), "    ab世界世界世界\n?x\n\n                1:1\n");
}

#[test]
fn an_empty_editor_says_how_a_file_comes_in() {
    let text = screen(&draw(&Editor::new(), 40, 6).0);
    assert_eq!(
        text,
        "\n No file is open. Open one from the\n files pane, or have the lesson's code\n put here with its key.\n\n\n"
    );
}

#[test]
fn code_is_coloured_its_brackets_are_paired_and_mistakes_underlined() {
    let mut editor = editor(MAIN);
    editor.diagnostics(&path("main.go"), said("wrong"));
    editor.go_to(&path("main.go"), 5, 13);
    let (buffer, _) = draw(&editor, 40, 10);
    let style = |x: u16, y: u16| (buffer[(x, y)].fg, buffer[(x, y)].modifier.contains(Modifier::UNDERLINED));
    assert_eq!(style(4, 0).0, theme().keyword.fg.unwrap());
    assert_eq!(style(20, 5).0, theme().string.fg.unwrap());
    assert!(style(16, 4).1, "the bracket at the cursor");
    assert!(style(4, 6).1, "and its other half");
    assert!(style(12, 5).1 && !style(11, 5).1 && !style(19, 5).1, "the word that is wrong");
    assert_eq!(buffer[(30, 4)].bg, theme().ground.bg.unwrap(), "the cursor's line");
}

#[test]
fn the_module_file_has_its_colours_while_it_is_typed() {
    let mut editor = Editor::new();
    editor.resize(40, 10);
    editor.open(path("go.mod"), Some("// mine\n".to_owned()));
    editor.act(Act::Go(Motion::TextEnd));
    typed(&mut editor, "module example.com/x");
    let (buffer, _) = draw(&editor, 40, 10);
    assert_eq!((buffer[(4, 0)].fg, buffer[(4, 1)].fg), (theme().comment.fg.unwrap(), theme().keyword.fg.unwrap()));
}

#[test]
fn any_size_can_be_drawn() {
    let mut editor = editor(MAIN);
    editor.diagnostics(&path("main.go"), said("wrong in more words than there is room for"));
    editor.go_to(&path("main.go"), 6, 20);
    for (width, height) in [(1, 1), (1, 5), (2, 2), (3, 1), (24, 1), (25, 2), (200, 50)] {
        editor.resize(width, height);
        let (_, cursor) = draw(&editor, width, height);
        assert!(cursor.is_none_or(|at| at.x < width && at.y < height), "{width}x{height}");
        draw(&Editor::new(), width, height);
        draw(&editor, height, width);
    }
}
