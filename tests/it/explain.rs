//! Programs that fail, on the Go of this machine: each gets its explanation, and those that work get none.

mod shell;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use haveago::go::GoVersion;
use haveago::go::explain::explain;

const PROGRAMS: &str = include_str!("explain/programs.txt");

/// How a program fails; `explain/programs.txt` says what the words mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Build,
    Alone,
    Vet,
    Run,
    Works,
}

struct Program {
    name: &'static str,
    kind: Kind,
    /// `None` for `none`.
    id: Option<&'static str>,
    text: &'static str,
}

/// What a learner sees who types `line`.
struct Seen {
    line: &'static str,
    exit: i32,
    output: String,
}

#[test]
fn every_program_that_fails_gets_its_explanation() {
    let module = Module::new();
    let programs = programs(module.version());
    let seen = module.run(&programs);
    let mut wrong = Vec::new();
    for program in &programs {
        let seen = &seen[program.name];
        let told = explain(seen.line, seen.exit, &seen.output);
        println!("{}: {}", program.name, told.as_ref().map_or("-", |told| &told.text));
        let id = told.as_ref().map(|told| told.id.as_str());
        if id != program.id {
            wrong.push(format!("{}: {id:?}, not {:?}, of\n{}\n", program.name, program.id, seen.output));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_lesson_that_an_explanation_leads_to_is_there() {
    let course = haveago::course::load(&haveago::store::CourseSource::Embedded.read().unwrap()).course.unwrap();
    let keys: Vec<String> =
        course.lessons().map(|(at, _, _)| haveago::tutor::scratch::lesson_key(&course, at)).collect();
    let mut led = 0;
    for id in haveago::go::explain::ids() {
        if let Some(lesson) = haveago::go::explain::lesson_of(id) {
            assert!(keys.contains(&lesson), "{id} leads to {lesson}, which is not there");
            led += 1;
        }
    }
    assert!(led > 60, "{led}");
}

/// The programs that fail on this version.
fn programs(version: GoVersion) -> Vec<Program> {
    PROGRAMS.split("\n=== ").skip(1).filter_map(|part| program(part, version)).collect()
}

fn program(part: &'static str, version: GoVersion) -> Option<Program> {
    let (head, text) = part.split_once('\n').unwrap_or((part, ""));
    let mut words = head.split(' ');
    let (name, kind, id) = (words.next()?, words.next()?, words.next()?);
    let kind = match kind {
        "build" => Kind::Build,
        "alone" => Kind::Alone,
        "vet" => Kind::Vet,
        "run" => Kind::Run,
        "works" => Kind::Works,
        _ => panic!("{name}: there is no kind {kind}"),
    };
    let since = words.next().and_then(|word| word.strip_prefix("since=")).and_then(GoVersion::parse);
    let id = (id != "none").then_some(id);
    since.is_none_or(|since| version >= since).then_some(Program { name, kind, id, text })
}

/// A module whose packages are the programs.
struct Module {
    folder: tempfile::TempDir,
}

impl Module {
    fn new() -> Self {
        let module = Self { folder: tempfile::Builder::new().prefix("haveago-explain-").tempdir().unwrap() };
        module.write("go.mod", "module example.com/t\n\ngo 1.24\n");
        module
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn version(&self) -> GoVersion {
        GoVersion::parse(&self.go(".", &["version"]).1).expect("these tests run a real Go")
    }

    fn run(&self, programs: &[Program]) -> BTreeMap<&'static str, Seen> {
        let of = |kinds: &[Kind]| programs.iter().filter(|program| kinds.contains(&program.kind)).collect::<Vec<_>>();
        let mut seen = BTreeMap::new();
        seen.extend(self.compile("go build", "build", &of(&[Kind::Build])));
        seen.extend(self.compile("go vet", "vet", &of(&[Kind::Vet])));
        for program in of(&[Kind::Alone]) {
            self.write(&format!("alone/{}/main.go", program.name), program.text);
            let (exit, output) = self.go(&format!("alone/{}", program.name), &["run", "."]);
            seen.insert(program.name, Seen { line: "go run .", exit, output });
        }
        seen.extend(self.start(&of(&[Kind::Run, Kind::Works])));
        seen
    }

    /// All at once: one command costs a fraction of many. The lines of each are told apart by their paths.
    fn compile(&self, line: &'static str, folder: &str, programs: &[&Program]) -> Vec<(&'static str, Seen)> {
        for program in programs {
            self.write(&format!("{folder}/{}/main.go", program.name), program.text);
        }
        let verb = line.strip_prefix("go ").unwrap();
        let (exit, output) = self.go(".", &[verb, &format!("./{folder}/...")]);
        let output = output.replace('\\', "/");
        programs
            .iter()
            .map(|program| {
                let path = format!("{folder}/{}/main.go:", program.name);
                let mut is_its = false;
                let mut its = format!("# example.com/{}\n", program.name);
                for line in output.lines() {
                    is_its = line.contains(&path) || is_its && line.starts_with('\t');
                    if is_its {
                        its.push_str(&line.replace(&path, "main.go:"));
                        its.push('\n');
                    }
                }
                (program.name, Seen { line, exit, output: its })
            })
            .collect()
    }

    /// All in one binary, as linking is what takes long: the `main` of each is a function `Main` of its package.
    fn start(&self, programs: &[&Program]) -> Vec<(&'static str, Seen)> {
        let mut imports = String::new();
        let mut cases = String::new();
        for Program { name, text, .. } in programs {
            let text = text.replacen("package main", &format!("package {name}"), 1);
            self.write(&format!("all/{name}/main.go"), &text.replacen("func main()", "func Main()", 1));
            writeln!(imports, "\t\"example.com/t/all/{name}\"").unwrap();
            writeln!(cases, "\tcase \"{name}\":\n\t\t{name}.Main()").unwrap();
        }
        // An endless recursion fills what it is given before it is stopped: a gigabyte, else.
        let main = format!(
            "package main\n\nimport (\n\t\"os\"\n\t\"runtime/debug\"\n{imports})\n\nfunc main() {{\n\
             \tdebug.SetMaxStack(1 << 20)\n\tswitch os.Args[1] {{\n{cases}\t}}\n}}\n"
        );
        self.write("all/main.go", &main);
        let (exit, output) = self.go(".", &["build", "-o", "all.exe", "./all"]);
        assert_eq!(exit, 0, "{output}");
        programs
            .iter()
            .map(|program| {
                let mut command = Command::new(self.folder.path().join("all.exe"));
                let (exit, mut output) = done(command.arg(program.name).current_dir(self.folder.path()));
                // As `go run` does.
                if exit != 0 {
                    writeln!(output, "exit status {exit}").unwrap();
                }
                (program.name, Seen { line: "go run .", exit: i32::from(exit != 0), output })
            })
            .collect()
    }

    fn go(&self, folder: &str, args: &[&str]) -> (i32, String) {
        let temp = std::env::temp_dir();
        let mut command = Command::new("go");
        for name in ["GOFLAGS", "GOWORK", "GOROOT", "GOEXPERIMENT", "GODEBUG"] {
            command.env_remove(name);
        }
        command
            .args(args)
            .current_dir(self.folder.path().join(folder))
            .env("GOCACHE", temp.join("haveago-test-go-build"))
            .env("GOPATH", temp.join("haveago-test-go-path"))
            .envs([("GOTOOLCHAIN", "local"), ("GOPROXY", "off"), ("GOENV", "off"), ("CGO_ENABLED", "0")]);
        done(&mut command)
    }
}

fn done(command: &mut Command) -> (i32, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout) + &text(&output.stderr))
}

/// A command's own words, checked where no program is needed: the wrong turns of the first lessons.
#[test]
fn wrong_turns_with_the_go_command_are_explained_as_go_words_them() {
    let module = Module::new();
    let (empty, named) = ("empty", "named");
    fs::create_dir_all(Path::new(module.folder.path()).join(empty)).unwrap();
    module.write("named/go.mod", "module example.com/named\n\ngo 1.24\n");
    fs::remove_file(module.folder.path().join("go.mod")).unwrap();
    for (folder, line, id, says) in [
        (empty, "go build", "no-gomod", "`pwd`"),
        (empty, "go run .", "no-gomod", "`go mod init`"),
        (empty, "go build ./...", "no-gomod", "`cd`"),
        (empty, "go run", "go-file-list", "`go run main.go`"),
        (empty, "go run man.go", "go-wrong-file", "perhaps you meant `main.go`. `ls`"),
        (empty, "go build man.go", "go-wrong-file", "perhaps you meant `main.go`. `ls`"),
        (empty, "go run main.go", "go-wrong-file", "`pwd`"),
        (empty, "go run Main.go", "go-wrong-file", "capital letters count"),
        (empty, "go run main", "import-missing-std", "`go run main.go`"),
        (empty, "go mod int github.com/you/app", "go-unknown-command", "`go mod init github.com/you/app`"),
        (empty, "go biuld", "go-unknown-command", "`go build`"),
        (empty, "go vresion", "go-unknown-command", "`go version`"),
        (empty, "go init example.com/a", "go-unknown-command", "`go mod init example.com/a`"),
        (empty, "go main.go", "go-unknown-command", "`go run main.go`"),
        (empty, "go", "go-alone", "`go version`"),
        (empty, "go mod", "go-alone", "`go mod init`"),
        (empty, "go -version", "go-version-flag", "`go version`"),
        (empty, "go build -fast", "go-flag", "`-fast`"),
        (empty, "go mod init", "mod-init-path", "`go mod init example.com/hello`"),
        (empty, "go mod init https://github.com/you/app", "mod-init-path", "`go mod init github.com/you/app`"),
        (empty, "go mod init my app", "mod-init-words", "without spaces"),
        (empty, "go mod init wow!", "mod-init-path", "no `!`"),
        (empty, "go mod init ./hello", "mod-init-path", "`./hello`"),
        (empty, "go mod init example.com/hello/", "mod-init-path", "`go mod init example.com/hello`"),
        (named, "go mod init again", "mod-init-twice", "`cat go.mod`"),
        (named, "go build", "no-go-files", "`ls`"),
        (named, "go run .", "no-go-files", "`ls`"),
        (named, "go doc", "doc-nothing", "`go doc strings`"),
        (named, "go run main,go", "go-malformed-import", "`main.go`"),
        (named, "go run ./crwd", "go-folder-missing", "`ls`"),
    ] {
        let args: Vec<&str> = line.split(' ').skip(1).collect();
        let (exit, output) = module.go(folder, &args);
        assert_ne!(exit, 0, "{line}: {output}");
        let told = explain(line, exit, &output).unwrap_or_else(|| panic!("{line}: no explanation of\n{output}"));
        assert_eq!(told.id, id, "{line}: {output}");
        assert!(told.text.contains(says), "{line}: {} does not say {says}", told.text);
        assert!(!told.more, "{line}");
    }
}
