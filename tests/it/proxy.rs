//! The module proxy of the course: built from `assets/modules`, and used by real Go, offline.

mod build;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::stage::{self, Stage};

/// The proxy that lies in the course.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/proxy")
}

/// Every file below a folder, by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(&below).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_proxy_is_what_is_built_from_the_modules() {
    let built = build::proxy(&files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/modules")));
    if std::env::var_os("HAVEAGO_BLESS").is_some() {
        let _ = fs::remove_dir_all(folder());
        for (path, bytes) in &built {
            let path = folder().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let there = files(&folder());
    assert_eq!(there.keys().collect::<Vec<_>>(), built.keys().collect::<Vec<_>>());
    for (path, bytes) in &built {
        assert!(there[path] == *bytes, "lessons/proxy/{path} is not what HAVEAGO_BLESS=1 makes of assets/modules");
    }
    let size: usize = built.values().map(Vec::len).sum();
    assert!(size < 8 * 1024, "{size} bytes are in every haveago");
}

/// Go's own words and exit in a folder, with the proxy and caches of its own.
fn go(program: &str, root: &Path, args: &[&str]) -> (bool, String) {
    let output = Command::new(program)
        .args(args)
        .current_dir(root.join("work"))
        .env("HOME", root)
        .env("GOPATH", root.join("gopath"))
        .env("GOPROXY", format!("file://{}", folder().display()))
        .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache/go-build"))
        .envs([
            ("GOSUMDB", "off"),
            ("GOFLAGS", "-modcacherw"),
            ("GOTOOLCHAIN", "local"),
            ("GOENV", "off"),
            ("GOWORK", ""),
        ])
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(told).unwrap())
}

const MAIN: &str = "package main\n\nimport (\n\t\"fmt\"\n\n\t\"learn.example/greet\"\n)\n\nfunc main() {\n\t\
                    fmt.Println(greet.Hello(\"gopher\"))\n}\n";

/// What is right in go.sum, as Go itself has computed it.
const SUMS: &str = "\
learn.example/greet v1.0.0 h1:fO/Ck4f/6arKE+9RhkEADVr3egKx2DCoK0TPwNE3xro=
learn.example/greet v1.0.0/go.mod h1:irQsAecDUSBHVSHkycheNlrOqZ2IIdnC7Fx3pZnl1Vo=
";

/// The Go commands to try: those named in `HAVEAGO_TEST_GO`, separated as in `PATH`, else the one on the `PATH`.
fn gos() -> Vec<String> {
    let named = std::env::var("HAVEAGO_TEST_GO").unwrap_or_else(|_| "go".to_owned());
    std::env::split_paths(&named).map(|path| path.to_str().unwrap().to_owned()).collect()
}

#[cfg(unix)]
#[test]
fn real_go_gets_upgrades_and_runs_modules_offline() {
    for program in gos() {
        let root = tempfile::tempdir().unwrap();
        let work = root.path().join("work");
        fs::create_dir(&work).unwrap();
        fs::write(work.join("main.go"), MAIN).unwrap();
        fs::write(work.join("go.mod"), "module hello\n\ngo 1.24\n").unwrap();
        let says = |args: &[&str], words: &[&str]| {
            let (is_good, told) = go(&program, root.path(), args);
            let is_said = words.iter().all(|word| told.contains(word));
            assert!(is_good && is_said, "{program} {args:?} says {told}");
        };
        let (is_good, told) = go(&program, root.path(), &["build"]);
        assert!(!is_good && told.contains("go get learn.example/greet"), "{told}");
        says(&["get", "learn.example/greet@v1.0.0"], &["go: added learn.example/greet v1.0.0"]);
        assert_eq!(fs::read_to_string(work.join("go.sum")).unwrap(), SUMS);
        says(&["run", "."], &["Hello, gopher\n"]);
        says(&["list", "-m", "-u", "all"], &["learn.example/greet v1.0.0 [v1.1.0]"]);
        says(&["get", "-u", "./..."], &["go: upgraded learn.example/greet v1.0.0 => v1.1.0"]);
        says(&["mod", "tidy"], &[]);
        says(&["mod", "verify"], &["all modules verified"]);
        says(&["run", "learn.example/greet/cmd/shout@v1.1.0", "hey"], &["HEY\n"]);
        fs::write(work.join("main.go"), MAIN.replace("greet\"", "greet/v2\"").replace("(\"g", "(\"fr\", \"g")).unwrap();
        says(&["get", "learn.example/greet/v2"], &["go: added learn.example/greet/v2 v2.0.0"]);
        says(&["run", "."], &["Bonjour, gopher\n"]);
    }
}

/// A course that brings the proxy along, with one lesson that gets a module.
#[cfg(unix)]
fn course(proxy: &str) -> Stage {
    let manifest = "format = 1\nid = \"tiny\"\ntitle = \"Tiny\"\nversion = \"1.0.0\"\nauthors = [\"A\"]\nlicence = \"CC0\"\n\
                    go = \"1.24\"\nchapters = [\"01-first\"]\n";
    let commands =
        "$ go mod init hello\n...\n$ go get learn.example/greet@v1.0.0\n...\ngo: added learn.example/greet v1.0.0\n";
    let lesson = format!(
        "# Get it\n\n## Greet {{#greet}}\n\n```console\n{commands}```\n\n\
         ```check\nfile go.sum contains \"learn.example/greet v1.0.0 h1:\"\n```\n\n> [!TIP]\n> Two commands.\n\n\
         ```console solution\n$ go mod init hello\n$ go get learn.example/greet@v1.0.0\n```\n"
    );
    let stage = Stage::with(&[
        ("course.toml", &format!("{manifest}{proxy}")),
        ("01-first/README.md", "# First\n\nA chapter.\n"),
        ("01-first/01-get-it.md", &lesson),
    ]);
    for (path, bytes) in files(&folder()) {
        let path = stage.course().join("modules").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    stage
}

#[cfg(unix)]
#[test]
fn a_learner_and_a_check_get_what_the_course_brings_and_without_it_nothing() {
    let typed = "go mod init hello\ngo get learn.example/greet@v1.0.0\ncat go.sum\n";
    let stage = course("proxy = \"modules\"\n");
    let told = stage.run(&["--plain"], typed);
    assert!(told.out.contains("go: added learn.example/greet v1.0.0") && told.out.contains(SUMS), "{}", told.out);
    let course_folder = stage.course();
    let told = stage::run(&stage.data(), &["check", course_folder.to_str().unwrap()], "");
    assert_eq!(told.status, 0, "{}{}", told.out, told.err);
    let stage = course("");
    let told = stage.run(&["--plain"], typed);
    assert!(told.out.contains("module lookup disabled by GOPROXY=off"), "{}", told.out);
    let course_folder = stage.course();
    let told = stage::run(&stage.data(), &["check", course_folder.to_str().unwrap()], "");
    assert_ne!(told.status, 0, "what it cannot get is no proof");
}

#[cfg(unix)]
#[test]
fn a_proxy_that_is_not_there_is_told_with_its_place() {
    let check = |line: &str| {
        let stage = course(line);
        let course_folder = stage.course();
        stage::run(&stage.data(), &["check", course_folder.to_str().unwrap()], "").out
    };
    let told = check("proxy = \"elsewhere\"\n");
    assert!(told.contains("there is no module in `elsewhere`") && told.contains("course.toml"), "{told}");
    let told = check("proxy = \"../modules\"\n");
    assert!(told.contains("`../modules` is no folder in this course"), "{told}");
}
