//! The shell's own sentences, as the helper prints them today, each with the explanation below it.

use std::path::PathBuf;
use std::time::Duration;

use haveago::go::explain::explain;
use haveago::sandbox::{confine, helper, run_line};

#[test]
fn wrong_turns_in_the_shell_are_explained_as_it_words_them() {
    helper::set_program(PathBuf::from(env!("CARGO_BIN_EXE_haveago")));
    confine::allow_unconfined();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    std::fs::create_dir(root.join("hello")).unwrap();
    std::fs::write(root.join("main.go"), "package main\n").unwrap();
    std::fs::write(root.join("notes.txt"), "notes\n").unwrap();
    // Only our own words are asked for, so that no program of this machine answers in their place.
    let env = [("PATH".to_owned(), root.join("hello").display().to_string())];
    for (line, id, says) in [
        ("gob version", "shell-not-found", "`go`"),
        ("Go version", "shell-not-found", "`go version`"),
        ("frobnicate", "shell-not-found", "`help`"),
        ("gorun main.go", "shell-go-space", "`go run main.go`"),
        ("gomod init example.com/a", "shell-go-space", "`go mod init example.com/a`"),
        ("go version", "shell-no-go", "https://go.dev/dl/"),
        ("\"go version\"", "shell-go-quotes", "`go version`"),
        ("$ go version", "shell-prompt", "`go version`"),
        ("main.go", "shell-not-found", "`go run main.go`"),
        ("package main", "shell-go-code", "editor"),
        ("import \"fmt\"", "shell-go-code", "editor"),
        ("func main() {", "shell-go-code", "editor"),
        ("fmt.Println(\"hi\")", "shell-go-code", "editor"),
        ("python main.py", "shell-not-needed", "`go run .`"),
        ("./myapp", "shell-no-program", "`go build`"),
        ("./notes.tx", "shell-no-program", "`notes.txt`"),
        ("./hello", "shell-is-folder", "`cd ./hello`"),
        ("cd helo", "shell-no-folder", "`cd hello`"),
        ("cd projects", "shell-no-folder", "`mkdir projects`"),
        ("cd main.go", "shell-no-folder", "`cat main.go`"),
        ("cat go.mod", "shell-no-file", "`go.mod`"),
        ("rm nothing", "shell-no-file", "`ls`"),
        ("mv a.go b.go", "shell-no-file", "`a.go`"),
        ("mkdir a/b", "shell-no-file", "`mkdir -p`"),
        ("cat < note.txt", "shell-no-file", "no file `note.txt`"),
        ("echo a > no/a.txt", "shell-no-file", "`a.txt` cannot be written"),
        ("mkdir hello", "shell-exists", "`cd hello`"),
        ("echo 'open", "shell-unreadable", "quote"),
    ] {
        let (seen, _) = run_line(line, &root, &root, &env, "", Duration::from_mins(1), 1 << 20);
        let told = explain(line, seen.exit, &seen.output);
        let told = told.unwrap_or_else(|| panic!("{line}: no explanation of {}: {}", seen.exit, seen.output));
        assert_eq!(told.id, id, "{line}: {}", seen.output);
        assert!(told.text.contains(says), "{line}: {} does not say {says}", told.text);
    }
}
