//! `uses` for every feature and every word, with a source that has it and one that only seems to.

use super::find;
use crate::base::FilePath;
use crate::course::condition::{CONSTRUCTS, Feature};

fn has(text: &str, feature: &Feature) -> bool {
    let path = FilePath::parse("main.go").unwrap();
    find(&[(path, text.to_owned())], feature).is_some()
}

fn in_main(statements: &str) -> String {
    format!("package main\n\nimport \"fmt\"\n\nfunc main() {{\n{statements}\n}}\n")
}

#[test]
fn every_construct_is_found_and_its_word_in_a_comment_or_string_is_not() {
    let shows = |word: &str| match word {
        "range" => "for i := range 3 { _ = i }",
        "for" => "for {}",
        "for-cond" => "for /* ever */ x < 3 {}",
        "if" => "if true {}",
        "if-init" => "if x := 1; x > 0 {}",
        "else" => "if true {} else {}",
        "switch" => "switch 1 { case 1: }",
        "type-switch" => "switch v := any(1).(type) { case int: _ = v }",
        "select" => "select {}",
        "go" => "go f()",
        "defer" => "defer f()",
        "return" => "return",
        "break" => "for { break }",
        "continue" => "for { continue }",
        "goto" => "goto L",
        "label" => "L: f()",
        "fallthrough" => "switch { case true: fallthrough; default: }",
        "var" => "var x int",
        "const" => "const x = 1",
        "iota" => "const x = iota",
        "short-var" => "x := 1",
        "assign" => "x = 1",
        "struct" => "var s struct{}",
        "interface" => "var s interface{}",
        "map" => "m := map[string]int{}",
        "slice" => "s := []int{1}",
        "array" => "s := [2]int{1}",
        "chan" => "c := make(chan int)",
        "pointer" => "p := &x",
        "closure" => "f := func() {}",
        "variadic" => "f(xs...)",
        "append" => "xs = append(xs, 1)",
        "make" => "xs := make([]int, 3)",
        "new" => "p := new(int)",
        "method" => "}\nfunc (t T) M() {",
        "generic" => "}\nfunc Map[T any](t T) {",
        word => panic!("no example for `{word}`"),
    };
    for word in CONSTRUCTS {
        let feature = Feature::Construct(word);
        assert!(has(&in_main(shows(word)), &feature), "{word}");
        let only_said = in_main(&format!("// {word} := {word}()\nfmt.Println(\"{word} &x ... :=\")"));
        assert!(!has(&only_said, &feature), "{word} in a comment or a string");
    }
}

#[test]
fn names_calls_and_imports_are_told_apart() {
    let text = r#"package main

import (
	f "fmt"
	. "strings"
	"math/rand/v2"
)

type Shape interface{ Area() float64 }
type Circle struct{ r float64 }

func (c Circle) Area() float64 { return c.r }

func Double[T int | float64](n T) T { return n + n }

func main() {
	f.Println(ToUpper("x"), Double[int](2), len("x"), rand.IntN(3), Circle{1}.Area())
	wg.Wait()
	go (f.Print)("x")
}
"#;
    let func = |name: &str| Feature::Func(name.to_owned());
    let call = |name: &str| Feature::Call(name.to_owned());
    for (feature, expected) in [
        (func("Double"), true),
        (func("Area"), true),
        (func("Println"), false),
        (Feature::Type("Circle".to_owned()), true),
        (Feature::Type("T".to_owned()), false),
        (call("fmt.Println"), true),
        (call("f.Println"), false),
        (call("fmt.Print"), true),
        (call("fmt.Printf"), false),
        (call("strings.ToUpper"), true),
        (call("Double"), true),
        (call("len"), true),
        (call("cap"), false),
        (call("rand.IntN"), true),
        (call("math/rand/v2.IntN"), true),
        (call("Area"), true),
        (call("Println"), false),
        (call("wg.Wait"), true),
        (Feature::Import("fmt".to_owned()), true),
        (Feature::Import("math/rand/v2".to_owned()), true),
        (Feature::Import("os".to_owned()), false),
        (Feature::Package("main".to_owned()), true),
        (Feature::Package("greet".to_owned()), false),
    ] {
        assert_eq!(has(text, &feature), expected, "{feature:?}");
    }
}

#[test]
fn a_source_with_a_missing_brace_is_read_as_far_as_it_goes() {
    assert!(has("package main\n\nfunc main() {\n\tfor i := range 3 {\n\t\tprintln(i)\n", &Feature::Construct("range")));
}

#[test]
fn an_if_with_a_statement_and_a_for_with_a_condition_are_told_from_the_others() {
    for (word, code) in [
        ("if-init", "if x > 0 {}"),
        ("for-cond", "for {}"),
        ("for-cond", "for range 3 {}"),
        ("for-cond", "for i := 0; i < 3; i++ {}"),
    ] {
        assert!(!has(&in_main(code), &Feature::Construct(word)), "{word}: {code}");
    }
}
