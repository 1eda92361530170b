//! Saving formats the text under the learner's cursor.

use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn the_cursor_keeps_its_token_and_its_row(
        lines in proptest::collection::vec((0..4_usize, "[a-z]{1,5}", "[ ]{0,3}", "[a-z0-9]{1,5}", 0..3_usize), 20..60),
        pick in any::<prop::sample::Index>(), row in 2..6_usize
    ) {
        // Indents, blanks around the sign and empty lines are a formatter's; the letters are the learner's.
        let (mut loose, mut tidy, mut places) = (String::new(), String::new(), Vec::new());
        for (indent, name, blanks, value, empty) in &lines {
            let sign = [blanks, "=", blanks].concat();
            loose += &[&" ".repeat(*indent), name, &sign, value, "\n", &"\n".repeat(*empty)].concat();
            tidy += &["\t", name, " = ", value, "\n", &"\n".repeat((*empty).min(1))].concat();
            places.push(loose.trim_end().matches('\n').count());
        }
        let at_line = places[pick.index(places.len())];
        let mut editor = editor(&loose);
        let line = loose.lines().nth(at_line).unwrap();
        editor.go_to(&path("main.go"), at_line + 1, line.len() + 1);
        editor.wheel(at_line.cast_signed());
        editor.files[0].top = at_line.saturating_sub(row);
        editor.act(Act::Save);
        let before = editor.files[0].document.cursor().line - editor.files[0].top;
        editor.saved(&path("main.go"), Some(tidy.clone()));
        let (cursor, top) = (editor.files[0].document.cursor(), editor.files[0].top);
        let now = &editor.files[0].document.lines()[cursor.line];
        prop_assert_eq!(now.replace(['\t', ' '], ""), line.replace(' ', ""));
        prop_assert_eq!(cursor.byte, now.len());
        let (rows, all) = (9, editor.files[0].document.lines().len());
        let is_at_a_border = cursor.line < before || top + rows >= all || before + 2 >= rows;
        prop_assert!(is_at_a_border || cursor.line - top == before, "row {} was {before}", cursor.line - top);
    }
}
