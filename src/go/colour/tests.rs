//! Colours of right and of broken Go, and that edits colour as a fresh look does.

use proptest::prelude::*;

use super::{GoColours, Spans, Splice, Token, colour};

/// The coloured words of a text, one line of `word=Kind` for each line.
fn words(text: &str) -> Vec<String> {
    let spell = |line: &str, spans: &Spans| {
        let words: Vec<String> =
            spans.iter().map(|(range, token)| format!("{}={token:?}", &line[range.clone()])).collect();
        words.join(" ")
    };
    text.lines().zip(colour(text)).map(|(line, spans)| spell(line, &spans)).collect()
}

#[test]
fn generics_are_coloured_right() {
    assert_eq!(
        words("package p\nfunc Max[T int | float64](a, b T) T {\n\treturn slices.Max[T](a, Min[int](2))\n}\n"),
        [
            "package=Keyword",
            "func=Keyword Max=Function T=Type int=Type float64=Type T=Type T=Type",
            "return=Keyword Max=Function Min=Function int=Type 2=Number",
            "",
        ]
    );
    assert_eq!(
        words("type Pair[K comparable, V any] struct{ key K }\n"),
        ["type=Keyword Pair=Type K=Type comparable=Type V=Type any=Type struct=Keyword K=Type"]
    );
}

#[test]
fn literals_of_every_kind_are_coloured() {
    assert_eq!(words("x := 0b1010 + 1_000 + 0x1p-2 + 3i"), ["0b1010=Number 1_000=Number 0x1p-2=Number 3i=Number"]);
    assert_eq!(words("s := \"a\\n%d\" + string('\\u00e9')"), ["\"a\\n%d\"=String string=Type '\\u00e9'=String"]);
    assert_eq!(words("x := `raw\n${x}` + y // end"), ["`raw=String", "${x}`=String // end=Comment"]);
    assert_eq!(words("a /* one\ntwo */ := nil, true"), ["/* one=Comment", "two */=Comment nil=Number true=Number"]);
}

#[test]
fn functions_are_known_where_they_are_declared_and_called() {
    assert_eq!(
        words("func (s *Shop) Sell(n int) error { defer close(ch); s.log.Print(len(x), s.name); go func(){}() }"),
        ["func=Keyword Shop=Type Sell=Function int=Type error=Type defer=Keyword close=Function Print=Function \
          len=Function go=Keyword func=Keyword"]
    );
    assert_eq!(
        words("type R interface { Read(p []byte) }"),
        ["type=Keyword R=Type interface=Keyword Read=Function byte=Type"]
    );
    assert_eq!(words("f := float64(3) + area(x)"), ["float64=Type 3=Number area=Function"]);
}

#[test]
fn broken_code_keeps_its_colours() {
    let text =
        "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"hi\n\tfor i := range 3 {\n\t\treturn 7\n";
    assert_eq!(
        words(text)[4..],
        [
            "func=Keyword main=Function",
            "Println=Function \"hi=String",
            "for=Keyword range=Keyword 3=Number",
            "return=Keyword 7=Number"
        ]
    );
    assert_eq!(
        words("func main() {\n\tx := 'a\n\tfmt.Println(\"for \\\" + 7\n}\n"),
        ["func=Keyword main=Function", "'a=String", "Println=Function \"for \\\" + 7=String", ""]
    );
}

#[test]
fn windows_line_ends_and_an_empty_text_are_no_trouble() {
    assert!(colour("").is_empty());
    assert_eq!(words("x := `a\r\nb`\r\n"), ["`a=String", "b`=String"]);
}

#[test]
fn only_the_lines_asked_for_are_coloured_and_come_out_as_in_the_whole() {
    let functions = (0..50).map(|n| format!("func f{n}() int {{\n\treturn {n} /* a\n\tb */\n}}\n"));
    let text = functions.collect::<Vec<String>>().concat();
    let lines: Vec<&str> = text.lines().collect();
    let (whole, colours) = (colour(&text), GoColours::new(&lines));
    for start in [0, 1, 2, 97, 198] {
        let end = (start + 7).min(lines.len());
        assert_eq!(colours.spans(&lines, start..start + 7), whole[start..end]);
    }
    assert!(colours.spans(&lines, 500..600).is_empty());
}

#[test]
fn an_edit_is_followed_without_reading_the_text_anew() {
    let mut lines: Vec<String> = "package p\n\nfunc f() {\n\tx := 1\n}\n".split('\n').map(str::to_owned).collect();
    let mut colours = GoColours::new(&lines);
    lines[3] = "\tx := `1".to_owned();
    let splice = |removed, inserted| Splice {
        start: (3, 6),
        old_end: (3, 6 + removed),
        new_end: (3, 6 + inserted),
        start_byte: 10 + 1 + 11 + 6,
        removed,
        inserted,
    };
    colours.edit(&[splice(0, 1)], &lines);
    assert_eq!(colours.spans(&lines, 3..5), [vec![(6..8, Token::String)], vec![(0..1, Token::String)]]);
    lines[3] = "\tx := 1".to_owned();
    colours.edit(&[splice(1, 0)], &lines);
    assert_eq!(colours.spans(&lines, 0..6), GoColours::new(&lines).spans(&lines, 0..6));
}

#[test]
fn a_lone_backquote_in_a_long_file_leaves_the_rest_its_colours() {
    let function = "func f(a, b int) int {\n\tx := fmt.Sprintf(\"%d\", a, strings.Repeat(\"x\", b)) // it\n\
                    \tif len(x) > 1 {\n\t\treturn 2\n\t}\n\treturn 0\n}\n\n";
    let mut lines: Vec<String> = function.repeat(500).lines().map(str::to_owned).collect();
    let (row, far, all) = (1 + 8 * 125, 8 * 400..8 * 401, 0..lines.len());
    let mut colours = GoColours::new(&lines);
    let before = colours.spans(&lines, far.clone());
    let start_byte = lines[..row].iter().map(|line| line.len() + 1).sum::<usize>();
    let splice = |at: usize, removed: usize, inserted: usize| Splice {
        start: (row, at),
        old_end: (row, at + removed),
        new_end: (row, at + inserted),
        start_byte: start_byte + at,
        removed,
        inserted,
    };
    let typed = "`é世";
    for (at, character) in typed.char_indices() {
        lines[row].insert(at + 2, character);
        colours.edit(&[splice(at + 2, 0, character.len_utf8())], &lines);
        assert_eq!(colours.spans(&lines, far.clone()), before, "after {character}");
        for (line, spans) in lines.iter().zip(colours.spans(&lines, all.clone())) {
            assert!(spans.iter().all(|(range, _)| line.get(range.clone()).is_some()), "{line:?} {spans:?}");
        }
    }
    let mut whole = colours.clone();
    whole.catch_up(&lines);
    assert_eq!(whole.spans(&lines, all.clone()), GoColours::new(&lines).spans(&lines, all.clone()));
    lines[row].replace_range(2..2 + typed.len(), "");
    colours.edit(&[splice(2, typed.len(), 0)], &lines);
    assert_eq!(colours.spans(&lines, all.clone()), GoColours::new(&lines).spans(&lines, all));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_yields_spans_in_order_on_character_borders(
        pieces in proptest::collection::vec(prop_oneof![
            Just("func "), Just("`"), Just("\""), Just("'"), Just("/*"), Just("*/"), Just("//"), Just("\n"), Just("\r\n"),
            Just("("), Just(")"), Just("{"), Just("}"), Just("["), Just("]"), Just("é世"), Just("\0"), Just("x"), Just(":="),
            Just("type T struct "), Just("\u{feff}"), Just("\t"), Just("\\"), Just("0x"), Just("."), Just("int"),
        ], 0..60)
    ) {
        let text = pieces.concat();
        let spans = colour(&text);
        prop_assert_eq!(spans.len(), text.lines().count());
        for (line, spans) in text.lines().zip(&spans) {
            let mut last = 0;
            for (range, _) in spans {
                prop_assert!(range.start >= last && range.start < range.end, "{:?} {:?}", line, spans);
                prop_assert!(line.get(range.clone()).is_some(), "{:?} {:?}", line, spans);
                last = range.end;
            }
        }
    }
}

/// Found by the monkey: with each new line the parser read all the blank ones many times over, and a key took a quarter
/// of a second.
#[test]
fn blank_lines_in_a_broken_text_cost_no_more_with_each() {
    let text = "/fmt.Println(\"hello\")\nvar s = `raw\nvar s = `raw\npanic(42)\n\t/ note\n{";
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut colours = GoColours::new(&lines);
    for row in 4..604 {
        let start_byte = lines[..row].iter().map(|line| line.len() + 1).sum::<usize>() + 1;
        lines.insert(row, "\t".to_owned());
        let (start, new_end) = ((row, 1), (row + 1, 1));
        colours.edit(&[Splice { start, old_end: start, new_end, start_byte, removed: 0, inserted: 2 }], &lines);
    }
    assert!(colours.behind, "the edit is followed, however long that takes");
    colours.catch_up(&lines);
    assert!(!colours.behind);
    assert_eq!(colours.spans(&lines, 0..lines.len()), colour(&lines.join("\n")));
}

#[test]
fn what_was_only_moved_along_is_read_with_the_next_edit() {
    let mut lines = vec!["package main".to_owned(), String::new()];
    let mut colours = GoColours::new(&lines);
    let added: Vec<String> = (0..400).map(|number| format!("func f{number}() string {{ return \"words\" }}")).collect();
    for line in added {
        let start_byte = lines[..lines.len() - 1].iter().map(|line| line.len() + 1).sum();
        let row = lines.len() - 1;
        let (start, new_end, inserted) = ((row, 0), (row + 1, 0), line.len() + 1);
        lines.insert(row, line);
        colours.move_along(&[Splice { start, old_end: start, new_end, start_byte, removed: 0, inserted }]);
    }
    let (row, start_byte) = (lines.len() - 1, lines.iter().map(|line| line.len() + 1).sum::<usize>() - 1);
    lines[row].push('/');
    let (start, new_end) = ((row, 0), (row, 1));
    colours.edit(&[Splice { start, old_end: start, new_end, start_byte, removed: 0, inserted: 1 }], &lines);
    assert!(!colours.behind);
    assert_eq!(colours.spans(&lines, 0..lines.len()), colour(&lines.join("\n")));
}
