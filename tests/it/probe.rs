//! The prober on real folders with a real Go.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use haveago::base::goos;
use haveago::base::{FilePath, Place};
use haveago::course::condition::{Condition, Fact, Http, Prints, Run, RunHow, Tests};
use haveago::course::{self, Step};
use haveago::judge::evidence::{Evidence, FileSeen, HttpSeen, RunSeen};
use haveago::judge::{Judgement, judge};
use haveago::sandbox::probe::{GoProber, LearnerSeen, Prober};

use super::check::env;

const MAIN: &str = "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"Hello, Go!\")\n}\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn path(text: &str) -> FilePath {
    FilePath::parse(text).unwrap()
}

/// A step from the lines of its check and the blocks before it, as an author writes it.
fn step(blocks: &str, check: &str) -> Step {
    let manifest = "format = 1\nid = \"x\"\ntitle = \"X\"\nversion = \"1\"\ngo = \"1.24\"\nlicence = \"CC0-1.0\"\n\
                    chapters = [\"01-a\"]\n";
    let lesson = format!("# L\n\n## S {{#s}}\n\n{blocks}\n\n```check\n{check}\n```\n");
    let files = [("course.toml", manifest), ("01-a/README.md", "# A\n"), ("01-a/01-l.md", &lesson)];
    let files: BTreeMap<String, String> = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    let loaded = course::load(&files);
    let course = loaded.course.unwrap();
    course.chapters[0].lessons[0].steps[0].clone()
}

fn observe(root: &Path, step: &Step) -> Evidence {
    let learner = LearnerSeen { commands: &[], answer: None };
    GoProber::new(root, env()).observe(&step.check, step, &learner)
}

fn all_met(root: &Path, step: &Step) -> Vec<Judgement> {
    let verdict = judge(&step.check, &observe(root, step));
    verdict.judgements.into_iter().filter(|judgement| *judgement != Judgement::Met).collect()
}

fn entries(root: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_program_is_built_and_run_before_there_is_a_module_and_nothing_is_left() {
    let folder = folder(&[("main.go", MAIN)]);
    let step = step("", "run prints \"Hello, Go!\"\nbuild\nvet\nfmt\nuses call fmt.Println\nno file go.mod");
    assert_eq!(step.check.len(), 6);
    assert_eq!(all_met(folder.path(), &step), []);
    assert_eq!(entries(folder.path()), ["main.go"]);
}

#[test]
fn an_empty_folder_does_not_build() {
    let step = step("", "build\nvet\nfmt\nrun");
    let told = |files: &[(&str, &str)]| -> Vec<String> {
        all_met(folder(files).path(), &step)
            .into_iter()
            .map(|judgement| match judgement {
                Judgement::Unmet(finding) => finding.seen,
                // One build that fails is told once.
                Judgement::NotSeen => "not seen".to_owned(),
                Judgement::Met => panic!("{judgement:?}"),
            })
            .collect()
    };
    let no_module = told(&[]);
    assert_eq!(no_module.len(), 4);
    assert!(
        no_module[0].starts_with("`go build` ended with exit status 1: `go: go.mod file not found"),
        "{no_module:?}"
    );
    let no_code = told(&[("go.mod", "module example.com/x\n\ngo 1.24\n")]);
    let none = "there is no Go file here yet";
    assert_eq!(no_code, [none, none, none, "not seen"]);
}

#[test]
fn runs_differ_by_how_and_share_their_build() {
    let echo = "package main\n\nimport (\n\t\"bufio\"\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() {\n\ts := bufio.NewScanner(os.Stdin)\n\ts.Scan()\n\tfmt.Println(os.Args[1:], s.Text())\n\tos.Exit(len(os.Args) - 1)\n}\n";
    let folder = folder(&[("go.mod", "module example.com/x\n\ngo 1.24\n"), ("cmd/echo/main.go", echo)]);
    let check = "run in=cmd/echo prints exactly \"[] \\n\"\nrun in=cmd/echo args \"a b\" exits 2 prints \"[a b]\"\n\
                 run in=cmd/echo stdin \"typed\\n\" prints \"typed\"\nrun in=cmd prints \"x\"";
    let step = step("", check);
    let verdict = judge(&step.check, &observe(folder.path(), &step));
    assert_eq!(verdict.judgements[..3], [Judgement::Met, Judgement::Met, Judgement::Met]);
    assert!(matches!(verdict.judgements[3], Judgement::Unmet(_)));
}

#[test]
fn a_program_that_never_ends_is_stopped() {
    let folder = folder(&[("main.go", "package main\n\nfunc main() {\n\tfor {\n\t}\n}\n")]);
    let step = step("", "run timeout=1s");
    let verdict = judge(&step.check, &observe(folder.path(), &step));
    let Judgement::Unmet(finding) = &verdict.judgements[0] else { panic!("{verdict:?}") };
    assert_eq!(finding.seen, "your program ran longer than 1 s and was stopped");
}

#[test]
fn hidden_tests_and_planted_bugs_stay_out_of_the_folder() {
    let hidden = "```go test=x_test.go\npackage x\n\nimport \"testing\"\n\nfunc TestTwo(t *testing.T) {\n\tif Two() != 2 {\n\t\tt.Error(\"Two is not 2\")\n\t}\n}\n```\n\n\
                  ```go mutant=x.go\npackage x\n\nfunc Two() int { return 3 }\n```\n\n\
                  ```go solution=x.go\npackage x\n\nfunc Two() int { return 2 }\n```";
    let step = step(hidden, "test\ntest TestTwo\ntests catch mutants");
    let module = ("go.mod", "module example.com/x\n\ngo 1.24\n");
    let wrong = folder(&[module, ("x.go", "package x\n\nfunc Two() int { return 1 }\n")]);
    let verdict = judge(&step.check, &observe(wrong.path(), &step));
    let Judgement::Unmet(finding) = &verdict.judgements[0] else { panic!("{verdict:?}") };
    assert_eq!(finding.seen, "the test `TestTwo` fails: `Two is not 2`");
    let Judgement::Unmet(finding) = &verdict.judgements[2] else { panic!("{verdict:?}") };
    assert_eq!(finding.seen, "there are no tests here yet");
    assert_eq!(entries(wrong.path()), ["go.mod", "x.go"]);
    let other = folder(&[module, ("x.go", "package x\n\nfunc Two() string { return \"2\" }\n")]);
    let verdict = judge(&step.check, &observe(other.path(), &step));
    let Judgement::Unmet(finding) = &verdict.judgements[0] else { panic!("{verdict:?}") };
    assert!(finding.seen.starts_with("the check does not fit your code: `"), "{}", finding.seen);
    assert!(!finding.seen.contains("overlay"), "{}", finding.seen);

    let own = "package x\n\nimport \"testing\"\n\nfunc TestMine(t *testing.T) {\n\tif Two() != 2 {\n\t\tt.Fatal(\"no\")\n\t}\n}\n";
    let right = folder(&[module, ("x.go", "package x\n\nfunc Two() int { return 2 }\n"), ("own_test.go", own)]);
    assert_eq!(all_met(right.path(), &step), []);
}

#[test]
fn only_the_package_with_the_planted_bugs_is_tested() {
    let blocks = "```go mutant=two/x.go\npackage two\n\nfunc Two() int { return 3 }\n```\n\n\
                  ```go solution=two/x.go\npackage two\n\nfunc Two() int { return 2 }\n```";
    let step = step(blocks, "tests catch mutants");
    let code = "package two\n\nfunc Two() int { return 2 }\n";
    let own = "package two\n\nimport \"testing\"\n\nfunc TestMine(t *testing.T) {\n\tif Two() != 2 {\n\t\tt.Fatal(\"no\")\n\t}\n}\n";
    let module = ("go.mod", "module example.com/x\n\ngo 1.24\n");
    let half_done = ("label/label_test.go", "package label\n\nfunc TestLabel(\n");
    let right = folder(&[module, half_done, ("two/x.go", code), ("two/x_test.go", own)]);
    assert_eq!(all_met(right.path(), &step), [], "a test in another folder that does not compile is another step's");
    let without = folder(&[module, ("two/x.go", code), ("three/x_test.go", "package three\n")]);
    let Some(Judgement::Unmet(finding)) = all_met(without.path(), &step).into_iter().next() else { panic!() };
    assert_eq!(finding.seen, "there are no tests in the folder `two` yet");
}

#[test]
fn a_panic_in_a_test_and_a_folder_that_is_not_there_are_told() {
    let hidden =
        "```go test=x_test.go\npackage x\n\nimport \"testing\"\n\nfunc TestLast(t *testing.T) {\n\tlast(nil)\n}\n```";
    let step = step(hidden, "test\nrun in=balance");
    let code = "package x\n\nfunc last(xs []int) int {\n\treturn xs[len(xs)-1]\n}\n";
    let folder = folder(&[("go.mod", "module example.com/x\n\ngo 1.24\n"), ("x.go", code)]);
    let seen: Vec<String> = all_met(folder.path(), &step)
        .into_iter()
        .map(|judgement| if let Judgement::Unmet(finding) = judgement { finding.seen } else { String::new() })
        .collect();
    assert_eq!(
        seen,
        [
            "the test `TestLast` fails: it stops with `panic: runtime error: index out of range [-1]` at `x.go:4`",
            "there is no folder `balance` yet: `mkdir balance` makes it"
        ]
    );
}

#[test]
fn a_server_is_asked_and_stopped() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = format!(
        "package main\n\nimport (\n\t\"fmt\"\n\t\"net\"\n)\n\nfunc main() {{\n\tl, _ := net.Listen(\"tcp\", \"127.0.0.1:{port}\")\n\tfor {{\n\t\tc, _ := l.Accept()\n\t\tc.Read(make([]byte, 1024))\n\t\tfmt.Fprint(c, \"HTTP/1.0 200 OK\\r\\n\\r\\nok\")\n\t\tc.Close()\n\t}}\n}}\n"
    );
    let folder = folder(&[("main.go", &server)]);
    let http =
        |path: &str, status| Http { method: "GET".to_owned(), port, path: path.to_owned(), status, prints: None };
    let facts = [
        Fact::Http(http("/", 200)),
        Fact::Http(http("/other", 404)),
        Fact::Runs(Run { how: RunHow::default(), exits: 0, prints: None }),
    ];
    let wanted = facts.map(|fact| Condition { now: false, fact, place: Place::new("x", 1, 1), source: String::new() });
    let step = Step { check: wanted.to_vec(), ..step("", "build") };
    let evidence = observe(folder.path(), &step);
    assert_eq!(evidence.http[0].1, HttpSeen::Answer { status: 200, body: "ok".to_owned() });
    let verdict = judge(&step.check, &evidence);
    assert!(matches!(verdict.judgements[..], [Judgement::Met, Judgement::Unmet(_), Judgement::Met]), "{verdict:?}");
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err(), "the server still runs");
}

#[test]
fn files_are_looked_at_with_care() {
    let folder = folder(&[("Main.go", MAIN), ("sub/go.mod", "module x\n"), ("data.bin", "")]);
    fs::write(folder.path().join("data.bin"), [0xff, 0xfe, 0]).unwrap();
    fs::write(folder.path().join("big.txt"), vec![b'a'; 2 << 20]).unwrap();
    let check = "file main.go exists\nfile go.mod exists\nfile data.bin exists\nfile big.txt exists\nfile sub exists";
    let evidence = observe(folder.path(), &step("", check));
    for (name, expected) in [
        ("main.go", FileSeen::Missing),
        ("Main.go", FileSeen::Text(MAIN.to_owned())),
        ("go.mod", FileSeen::Missing),
        ("sub/go.mod", FileSeen::Text("module x\n".to_owned())),
        ("data.bin", FileSeen::Other { bytes: 3 }),
        ("big.txt", FileSeen::Other { bytes: 2 << 20 }),
        ("sub", FileSeen::Folder),
    ] {
        assert_eq!(evidence.files.get(&path(name)), Some(&expected), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_lead_nowhere() {
    let outside = folder(&[("secret", "secret")]);
    let folder = folder(&[("inside", "text")]);
    let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
    link(&outside.path().join("secret"), "out");
    link(outside.path(), "dir");
    link(Path::new("inside"), "in");
    link(Path::new("gone"), "dangling");
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    let check = "file out exists\nfile dir/secret exists\nfile in exists\nfile dangling exists\nfile pipe exists";
    let evidence = observe(folder.path(), &step("", check));
    let out = FileSeen::Unreadable("it is a link that leads out of the folder".to_owned());
    for (name, expected) in [
        ("out", out.clone()),
        ("dir/secret", out),
        ("in", FileSeen::Text("text".to_owned())),
        ("dangling", FileSeen::Unreadable("it is a link to nothing".to_owned())),
        ("pipe", FileSeen::Unreadable("it is no ordinary file".to_owned())),
    ] {
        assert_eq!(evidence.files.get(&path(name)), Some(&expected), "{name}");
    }
}

#[test]
fn programs_for_other_systems_are_told_by_their_bytes() {
    // Without imports: even for another system this builds little more than the runtime.
    let folder = folder(&[("main.go", "package main\n\nfunc main() {}\n")]);
    for (os, arch, name) in [("windows", "amd64", "w.exe"), ("darwin", "arm64", "m"), ("linux", "amd64", "l")] {
        let built = Command::new("go")
            .args(["build", "-o", name, "main.go"])
            .current_dir(folder.path())
            .env_clear()
            .envs(env())
            .envs([("GOOS", os), ("GOARCH", arch), ("CGO_ENABLED", "0")])
            .status();
        assert!(built.unwrap().success());
    }
    let check = "binary w is for windows\nbinary w is for windows/amd64\nbinary m is for darwin/arm64\n\
                 binary l is for linux/amd64\nbinary l is static\nbinary w is static";
    let step = step("", check);
    assert_eq!(step.check.len(), 6);
    assert_eq!(all_met(folder.path(), &step), []);
    let evidence = observe(folder.path(), &step);
    let native = |name: &str| matches!(&evidence.files[&path(name)], FileSeen::Binary(seen) if seen.is_native);
    assert_eq!(native("l"), goos() == "linux" && cfg!(target_arch = "x86_64"));
    assert!(!native("w.exe") || goos() == "windows");
}

#[test]
fn a_machine_without_go_is_evidence_too() {
    // Names the helper.
    let _ = env();
    let folder = folder(&[("main.go", MAIN)]);
    let step = step("", "build\nrun prints \"Hello\"\nfmt");
    let env = vec![("PATH".to_owned(), folder.path().display().to_string())];
    let evidence =
        GoProber::new(folder.path(), env).observe(&step.check, &step, &LearnerSeen { commands: &[], answer: None });
    let Some((_, RunSeen::NotBuilt(captured))) = evidence.runs.first() else { panic!("{evidence:?}") };
    assert_eq!(captured.exit, 127);
    let Judgement::Unmet(finding) = &judge(&step.check, &evidence).judgements[0] else { panic!("it cannot run") };
    assert_eq!(finding.seen, "there is no Go on this machine yet, so nothing can be built or run");
}

#[test]
fn the_race_detector_runs_or_is_told_to_be_missing() {
    let folder = folder(&[("main.go", MAIN)]);
    let tests = Fact::Tests(Tests { race: true, only: None });
    let run = Fact::Runs(Run {
        how: RunHow { race: true, ..RunHow::default() },
        exits: 0,
        prints: Some(Prints::Exactly("Hello, Go!\n".to_owned())),
    });
    let wanted =
        [run, tests].map(|fact| Condition { now: false, fact, place: Place::new("x", 1, 1), source: String::new() });
    let mut env = env();
    env.push(("CGO_ENABLED".to_owned(), "0".to_owned()));
    let step = step("", "build");
    let evidence =
        GoProber::new(folder.path(), env).observe(&wanted, &step, &LearnerSeen { commands: &[], answer: None });
    let verdict = judge(&wanted, &evidence);
    if goos() == "linux" {
        let Judgement::Unmet(finding) = &verdict.judgements[0] else { panic!("{verdict:?}") };
        assert!(finding.seen.starts_with("the race detector cannot run on this machine: `go: -race requires cgo"));
    }
}
