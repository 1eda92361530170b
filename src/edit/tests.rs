//! The document as the editor pane uses it.

use super::{Direction, Document, Motion, Position};

mod following;
mod properties;

/// A document whose cursor stands at `|`, with what is between `^` and `|` selected.
pub fn document(marked: &str) -> Document {
    let place = |mark: char, other: char| {
        let before = marked.split(mark).next().unwrap_or_default().replace(other, "");
        Position::default().after(&before)
    };
    let cursor = place('|', '^');
    let anchor = if marked.contains('^') { place('^', '|') } else { cursor };
    let mut document = Document::new(&marked.replace(['|', '^'], ""));
    document.select(anchor, cursor);
    document
}

/// The reverse of [`document`].
pub fn marked(document: &Document) -> String {
    let (selection, mut lines) = (document.selection(), document.lines().to_vec());
    let mut marks = vec![(selection.cursor, '|')];
    if !selection.is_empty() {
        marks.push((selection.anchor, '^'));
    }
    marks.sort_unstable();
    for (place, mark) in marks.into_iter().rev() {
        lines[place.line].insert(place.byte, mark);
    }
    lines.join("\n")
}

/// What `work` makes of a marked text.
fn after(text: &str, work: impl FnOnce(&mut Document)) -> String {
    let mut document = document(text);
    work(&mut document);
    marked(&document)
}

#[test]
fn a_new_line_has_the_indent_of_the_old_and_more_after_an_opening_bracket() {
    for (before, expected) in [
        ("\tx := 1|", "\tx := 1\n\t|"),
        ("func main() {|", "func main() {\n\t|"),
        ("\tif x {|}", "\tif x {\n\t\t|\n\t}"),
        ("f(|)", "f(\n\t|\n)"),
        ("\tcase 1:|", "\tcase 1:\n\t\t|"),
        ("\tx |// y", "\tx \n\t|// y"),
        ("|\tx", "\n|\tx"),
        ("a^b|c", "a\n|c"),
    ] {
        assert_eq!(after(before, Document::newline), expected, "{before:?}");
    }
}

#[test]
fn a_closing_bracket_on_a_blank_line_steps_out() {
    assert_eq!(after("{\n\t\t|", |d| d.type_char('}')), "{\n\t}|");
    assert_eq!(after("{\n      |", |d| d.type_char(')')), "{\n  )|");
    assert_eq!(after("\tx|", |d| d.type_char('}')), "\tx}|");
}

#[test]
fn deleting_takes_whole_graphemes_and_joins_lines() {
    assert_eq!(after("ae\u{301}|b", Document::backspace), "a|b");
    assert_eq!(after("|👨‍👩‍👧b", Document::delete), "|b");
    assert_eq!(after("a\n|b", Document::backspace), "a|b");
    assert_eq!(after("a|\nb", Document::delete), "a|b");
    assert_eq!(after("|a", Document::backspace), "|a");
    assert_eq!(after("fmt.Println|(x)", Document::delete_word_left), "fmt.|(x)");
    assert_eq!(after("a|  Println(x)", Document::delete_word_right), "a|(x)");
    assert_eq!(after("^a b|c", Document::delete_word_left), "|c");
}

#[test]
fn the_cursor_goes_where_people_expect() {
    let go = |text: &str, motion| after(text, |document| document.go(motion, false));
    assert_eq!(go("a.b|cd", Motion::WordLeft), "a.|bcd");
    assert_eq!(go("x := |  foo()", Motion::WordRight), "x :=   foo|()");
    assert_eq!(go("\tfoo|", Motion::LineStart), "\t|foo");
    assert_eq!(go("\t|foo", Motion::LineStart), "|\tfoo");
    assert_eq!(go("a\n|b", Motion::Left), "a|\nb");
    assert_eq!(go("^ab|c", Motion::Left), "|abc");
    assert_eq!(go("ab|c", Motion::Up(1)), "|abc");
    assert_eq!(go("a|bc", Motion::Down(1)), "abc|");
    assert_eq!(after("a|bc", |document| document.go(Motion::Right, true)), "a^b|c");
    assert_eq!(after("a\n\t世界|", |document| document.go_to(2, 3)), "a\n\t世|界");
    assert_eq!(after("a|", |document| document.go_to(99, 99)), "a|");
}

#[test]
fn moving_through_a_short_line_keeps_the_column() {
    let mut document = document("\tlong line|\nx\n\tlong line two");
    document.go(Motion::Down(1), false);
    assert_eq!(marked(&document), "\tlong line\nx|\n\tlong line two");
    document.go(Motion::Down(1), false);
    assert_eq!(marked(&document), "\tlong line\nx\n\tlong line| two");
}

#[test]
fn whole_lines_are_indented_commented_doubled_and_moved() {
    assert_eq!(after("^a\n\nb|", Document::indent), "\t^a\n\n\tb|");
    assert_eq!(after("a|b", Document::indent), "a\t|b");
    assert_eq!(after("^\ta\n      b\nc|", Document::dedent), "^a\n  b\nc|");
    assert_eq!(after("\t\ta|\n", |d| d.toggle_comment("//")), "\t\t// a|\n");
    assert_eq!(after("^\ta\n\n\t\tb|", |d| d.toggle_comment("//")), "^\t// a\n\n\t// \tb|");
    assert_eq!(after("^\t// a\n\t//b|", |d| d.toggle_comment("//")), "^\ta\n\tb|");
    assert_eq!(after("a|b\nc", Document::duplicate_lines), "ab\na|b\nc");
    let moved =
        |text: &str, up: bool| after(text, |d| assert!(if up { d.move_lines_up() } else { d.move_lines_down() }));
    assert_eq!(moved("a\nb|\nc\n", true), "b|\na\nc\n");
    assert_eq!(moved("^a\nb|\nc\n", false), "c\n^a\nb|\n");
    assert!(!document("a\nb|\n").move_lines_down(), "the final line break stays where it is");
    assert!(!document("a|\nb").move_lines_up());
}

#[test]
fn words_are_found_around_the_end_and_capitals_matter_when_given() {
    let mut document = document("Foo foo|\nfOO Ünï");
    assert_eq!(document.find("foo", Direction::Next, false), Some((3, 3)));
    assert_eq!(marked(&document), "Foo foo\n^fOO| Ünï");
    assert_eq!(document.find("foo", Direction::Next, false), Some((1, 3)));
    assert_eq!(document.find("foo", Direction::Previous, false), Some((3, 3)));
    assert_eq!(document.find("Foo", Direction::Here, false), Some((1, 1)));
    assert_eq!(document.find("ünÏ", Direction::Here, false), None);
    assert_eq!(document.find("ünï", Direction::Here, false), Some((1, 1)));
    assert_eq!(document.find("", Direction::Next, false), None);
}

#[test]
fn typing_is_undone_in_runs_and_everything_else_in_steps() {
    let mut document = document("|");
    for character in "abc".chars() {
        document.type_char(character);
    }
    document.newline();
    document.type_char('d');
    document.go(Motion::Left, false);
    document.type_char('e');
    document.insert_text("x\r\ny");
    let steps = ["abc\ne|d", "abc\n|d", "abc\n|", "abc|", "|"];
    assert_eq!(marked(&document), "abc\nex\ny|d");
    for (number, expected) in steps.into_iter().enumerate() {
        assert!(document.undo());
        // A step ends with the cursor where it was before it.
        let expected = if number == 1 { "abc\n|d" } else { expected };
        assert_eq!(marked(&document), expected);
    }
    assert!(!document.undo());
    while document.redo() {}
    assert_eq!(marked(&document), "abc\nex\ny|d");
}

#[test]
fn a_text_is_dirty_only_while_it_differs_from_the_saved_one() {
    let mut document = document("ab|\r\nc\r\n");
    assert!(!document.dirty());
    document.type_char('x');
    assert!(document.dirty());
    document.backspace();
    assert!(!document.dirty());
    document.newline();
    assert_eq!(document.text(), "ab\r\n\r\nc\r\n");
    document.mark_saved(&document.text());
    assert!(!document.dirty());
    document.undo();
    assert!(document.dirty());
}
