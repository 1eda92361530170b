//! What build, vet and gofmt say of a folder, in the words and places of whatever Go is here.

use haveago::sandbox::gofmt::{self, Formatted};
use haveago::sandbox::problems::{self, Problem};
use haveago::sandbox::{Dirs, environment, toolchain};

use super::Place;

fn env(data: &tempfile::TempDir) -> Vec<(String, String)> {
    let dirs = Dirs::find(Some(data.path())).unwrap();
    environment::build(&dirs, "problems", Some(&toolchain::in_path().unwrap()))
}

fn told(problems: &[Problem]) -> Vec<String> {
    let told = |it: &Problem| {
        let kind = if it.is_warning { "vet" } else { "build" };
        format!("{kind} {}:{}: {}", it.path, it.found.line, it.found.message.replace('\n', " | "))
    };
    problems.iter().map(told).collect()
}

#[test]
fn errors_come_in_gos_order_with_their_further_lines_and_warnings_when_there_are_none() {
    let place = Place::new();
    let data = crate::support::data();
    let env = env(&data);
    let find = || told(&problems::find(&place.path(), &env));
    // Before there is a module the files are named.
    place.write("main.go", "package main\n\nfunc main() {\n\tx := 1\n\tgreet(1)\n}\n\nfunc greet() {}\n");
    let errors = [
        "build main.go:4: declared and not used: x",
        "build main.go:5: too many arguments in call to greet | have (number) | want ()",
    ];
    assert_eq!(find(), errors);
    place.write("go.mod", "module example.com/x\n\ngo 1.24\n");
    assert_eq!(find(), errors);
    place.write("main.go", "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Printf(\"%d\\n\", \"x\")\n}\n");
    place.write("deep/deep.go", "package deep\n\nimport \"fmt\"\n\nfunc F() {\n\tfmt.Printf(\"%s\\n\", 1)\n}\n");
    let mut warnings = find();
    warnings.sort();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(warnings[0].starts_with("vet deep/deep.go:6: ") && warnings[0].contains("Printf"), "{warnings:?}");
    assert!(warnings[1].starts_with("vet main.go:6: ") && warnings[1].contains("Printf"), "{warnings:?}");
    place.write("deep/deep.go", "package deep\n");
    place.write("main.go", "package main\n\nfunc main() {}\n");
    place.write("main_test.go", "package main\n\nimport \"testing\"\n\nfunc TestX(t *testing.T) {\n\ty()\n}\n");
    assert_eq!(find(), ["build main_test.go:6: undefined: y"], "tests are no part of a build");
    place.write("main_test.go", "package main\n");
    assert_eq!(find(), Vec::<String>::new());
    place.write("go.mod", "module example.com/x\n\nnonsense\n");
    assert_eq!(find(), ["build go.mod:3: unknown directive: nonsense"]);
    let names = std::fs::read_dir(place.path()).unwrap().count();
    assert_eq!(names, 4, "nothing is left in the folder");
}

#[test]
fn gofmt_formats_a_text_or_says_where_it_stops_and_never_cuts_one_short() {
    let place = Place::new();
    let data = crate::support::data();
    let env = env(&data);
    let format = |text: &str| gofmt::format(text, &place.path(), &env);
    assert_eq!(format("package  main\nvar x=1\n"), Formatted::Text("package main\n\nvar x = 1\n".to_owned()));
    let Formatted::Refused(Some(found)) = format("package main\n\nfunc {\n") else { panic!("it is no Go") };
    assert_eq!((found.line, found.column, found.message.as_str()), (3, 6, "expected 'IDENT', found '{'"));
    let long = format!("package main\n{}", "var  x   =  1\n".repeat(120_000));
    assert!(format(&long) == Formatted::NotAsked, "more than is kept of an output");
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
}
