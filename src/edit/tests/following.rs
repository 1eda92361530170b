//! A formatter's text is taken with the cursor at the same token.

use super::{document, marked};

fn formatted(before: &str, after: &str) -> String {
    let mut document = document(before);
    document.replace_all_text(after);
    assert_eq!(document.text(), after);
    let result = marked(&document);
    assert!(document.undo());
    assert_eq!(document.text(), before.replace(['|', '^'], ""));
    assert!(!document.undo(), "one step");
    result
}

#[test]
fn the_cursor_stays_at_its_token() {
    for (before, after, expected) in [
        ("x:=1|\n", "x := 1\n", "x := 1|\n"),
        (
            "func main(){\nfmt.Pri|ntln( 1 )\n}\n",
            "func main() {\n\tfmt.Println(1)\n}\n",
            "func main() {\n\tfmt.Pri|ntln(1)\n}\n",
        ),
        ("if x{\ny( |1)\n}", "if x {\n\ty(1)\n}\n", "if x {\n\ty(|1)\n}\n"),
        ("x := 1   |\n", "x := 1\n", "x := 1|\n"),
        ("a\n\n\n|\nb\n", "a\n\nb\n", "a\n|\nb\n"),
        ("a {\n\t\t|\n}\n", "a {\n\n}\n", "a {\n|\n}\n"),
        ("|\n\n", "", "|"),
        ("|  a\n", "a\n", "|a\n"),
    ] {
        assert_eq!(formatted(before, after), expected, "{before:?}");
    }
}

#[test]
fn a_line_that_moves_takes_the_cursor_along() {
    assert_eq!(
        formatted("import (\n\"os\"\n\"fm|t\"\n)\nx\n", "import (\n\t\"fmt\"\n\t\"os\"\n)\n\nx\n"),
        "import (\n\t\"fm|t\"\n\t\"os\"\n)\n\nx\n"
    );
}

#[test]
fn letters_put_in_or_taken_out_elsewhere_do_not_matter() {
    assert_eq!(formatted("a := 1; b| := 2\nc\n", "a := 1\nb := 2\nc\n"), "a := 1\nb| := 2\nc\n");
    assert_eq!(formatted("a\nb|\n", "something else\n"), "s|omething else\n");
}

#[test]
fn line_breaks_of_the_new_text_are_taken_and_given_back() {
    assert_eq!(formatted("a\r\nb|\r\n", "a\nb\n"), "a\nb|\n");
}
