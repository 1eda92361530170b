//! The colours follow every edit.

use proptest::prelude::*;

use super::*;
use crate::go::colour;

const CODE: &str = "package main\n\nimport \"fmt\"\n\n// Max is generic.\nfunc Max[T int | float64](a, b T) T {\n\tif a > b {\n\t\treturn a\n\t}\n\treturn b\n}\n\nfunc main() {\n\tx := `raw\n\ttext`\n\tfmt.Println(Max(1, 2), x)\n}\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn after_any_edits_and_back_the_colours_are_those_of_the_text(
        edits in proptest::collection::vec((1..18_usize, 1..20_usize, 0..8_usize), 1..25)
    ) {
        let mut editor = editor(CODE);
        for (line, character, what) in edits {
            editor.go_to(&path("main.go"), line, character);
            let action = match what {
                0 => Act::Type('`'),
                1 => Act::Paste("func f() {\n\t\"é\"\n}\n".to_owned()),
                2 => Act::Newline,
                3 => Act::Backspace,
                4 => Act::DuplicateLines,
                5 => Act::MoveLinesDown,
                6 => Act::Cut,
                _ => Act::ToggleComment,
            };
            editor.act(action);
            draw(&editor, 40, 10);
        }
        while editor.notice() != Some("There is nothing to undo.") {
            editor.act(Act::Undo);
        }
        prop_assert_eq!(text(&editor), CODE);
        let spans = editor.files[0].spans(0..17);
        prop_assert_eq!(spans, colour::colour(CODE));
    }
}
