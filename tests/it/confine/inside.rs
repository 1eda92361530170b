//! What works inside, in each tier: the whole toolchain, the shell, editors and pagers.

use haveago::sandbox::pty::{Request, spawn};

use super::*;

const MAIN: &str = "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"Hello, Go!\")\n}\n";
const TEST: &str = "package main\n\nimport \"testing\"\n\nfunc TestIt(t *testing.T) {\n\tt.TempDir()\n}\n";

#[test]
fn every_go_command_of_a_course_works() {
    for tier in tiers() {
        let ground = Ground::new();
        ground.write("main.go", MAIN);
        ground.write("main_test.go", TEST);
        for (line, wanted) in [
            ("go mod init example.com/hello", "creating new go.mod"),
            ("go mod tidy && cat go.mod", "module example.com/hello"),
            ("go run .", "Hello, Go!"),
            ("go build && ./hello", "Hello, Go!"),
            ("go build -o bin/ . && bin/hello", "Hello, Go!"),
            ("go test ./...", "ok"),
            ("go vet ./... && echo fine", "fine"),
            ("go fmt ./... && gofmt -l . && echo fine", "fine"),
            ("go tool nm hello | grep main.main", "main.main"),
            ("go version -m hello", "example.com/hello"),
            ("go list -m all && go env GOPATH", "gopath"),
            ("go doc fmt.Println", "func Println"),
            ("GOOS=windows go build && ls", "hello.exe"),
            ("go install . && ls $GOPATH/bin", "hello"),
        ] {
            let seen = ground.run(tier, line);
            assert_eq!((seen.exit, seen.stopped), (0, None), "{tier:?}: {line}: {}", seen.output);
            assert!(seen.output.contains(wanted), "{tier:?}: {line}: {}", seen.output);
        }
        // What it writes is the learner's own, as without confinement.
        let by_us = std::fs::metadata(ground.write("mine", "")).unwrap();
        let by_it = std::fs::metadata(ground.root.join("hello")).unwrap();
        let owner = std::os::unix::fs::MetadataExt::uid;
        assert_eq!(owner(&by_us), owner(&by_it), "{tier:?}");
    }
}

#[test]
fn folder_and_variables_go_on_to_the_next_line() {
    for tier in tiers() {
        let ground = Ground::new();
        let run = |line: &str, dir: &Path, env: &[(String, String)]| {
            confine::within(tier, "", || run_line(line, dir, &ground.root, env, "", DEADLINE, 1 << 20))
        };
        let (_, ended) = run("mkdir sub && cd sub && export A=b", &ground.root, &ground.env);
        assert_eq!(ended.dir, ground.root.join("sub"), "{tier:?}");
        let (seen, ended) = run("pwd; echo $A", &ended.dir, &ended.env);
        assert_eq!(seen.output, format!("{}\nb\n", ground.root.join("sub").display()), "{tier:?}");
        // Temporary files have their place, which is no other command's.
        let (seen, after) = run("sh -c 'f=$(mktemp) && echo made && rm $f'", &ended.dir, &ended.env);
        assert_eq!((seen.exit, seen.output.as_str()), (0, "made\n"), "{tier:?}");
        assert_eq!(after.env, ended.env, "{tier:?}");
    }
}

#[test]
fn one_file_runs_where_there_is_nothing_else() {
    const LOOK: &str = "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() {\n\tfmt.Println(os.Args[1:], len(os.Environ()))\n\
                        \tfor _, dir := range []string{\"/\", \"/usr\", \"/etc\"} {\n\t\tlist, err := os.ReadDir(dir)\n\
                        \t\tfmt.Println(dir, list, err != nil)\n\t}\n\tfmt.Println(os.WriteFile(\"/x\", nil, 0o600) != nil)\n}\n";
    for tier in tiers() {
        let ground = Ground::new();
        ground.write("main.go", LOOK);
        let built = ground.run(
            tier,
            "go mod init example.com/look && go build && mkdir server && cp look server && ln -s /bin/ls link",
        );
        assert_eq!(built.exit, 0, "{tier:?}: {}", built.output);
        let seen = ground.run(tier, "alone server/../server/look one two");
        let root = if tier == Tier::Landlock { "/ [] true" } else { "/ [- look] false" };
        // bwrap says in which folder it has started a program, and nothing else.
        let variables = usize::from(tier == Tier::Bwrap);
        assert_eq!(
            seen.output,
            format!("[one two] {variables}\n{root}\n/usr [] true\n/etc [] true\ntrue\n"),
            "{tier:?}"
        );
        let mut screen = ground.open(tier, "alone ./look");
        assert_eq!(screen.end().exit, 0, "{tier:?}: {}", screen.text());
        for line in ["alone ./link", "alone ./none", "alone ../../x", "alone look", "alone /bin/ls"] {
            let seen = ground.run(tier, line);
            assert_ne!(seen.exit, 0, "{tier:?}: {line}: {}", seen.output);
        }
    }
}

#[test]
fn an_editor_and_a_pager_have_the_terminal() {
    for tier in tiers() {
        let ground = Ground::new();
        ground.write("main.go", MAIN);
        for (line, wanted, keys) in [
            ("vim main.go", "Println", ":wq\r"),
            ("cat main.go | less", "(END)", "q"),
            ("sh -c 'stty size </dev/tty; tty && echo written > $(tty)'", "written", ""),
        ] {
            let mut screen = ground.open(tier, line);
            if keys.is_empty() && tier == Tier::Landlock {
                screen.await_text("24 80");
            } else {
                screen.await_text(wanted);
            }
            screen.type_in(keys);
            let exit = screen.end().exit;
            assert!(exit == 0 || keys.is_empty(), "{tier:?}: {line}: {}", screen.text());
        }
    }
}

#[test]
fn ctrl_c_and_stop_work_at_once_and_leave_nothing() {
    for (tier, mark) in tiers().into_iter().zip(["305.25", "306.25", "304.25"]) {
        let ground = Ground::new();
        let line = format!("sh -c '(sleep {mark} &) ; (setsid sleep {mark} &) ; echo begun; sleep {mark}1'");
        let mut screen = ground.open(tier, &line);
        screen.await_text("begun");
        comes_to_run(&format!("sleep {mark}"));
        // A shell may lose a Ctrl-C while it starts a program: so that has to have begun.
        comes_to_run(&format!("sleep {mark}1"));
        let start = Instant::now();
        screen.handle.interrupt();
        assert_eq!(screen.end().exit, 130, "{tier:?}");
        assert!(start.elapsed() < Duration::from_secs(1), "{tier:?}: {:?}", start.elapsed());
        assert!(!runs(&format!("sleep {mark}")), "{tier:?}: it lives on");

        let mut screen = ground.open(tier, &line);
        comes_to_run(&format!("sleep {mark}"));
        let start = Instant::now();
        screen.handle.stop();
        assert_eq!(screen.end().exit, 137, "{tier:?}");
        assert!(start.elapsed() < Duration::from_secs(1), "{tier:?}: {:?}", start.elapsed());
        assert!(!runs(&format!("sleep {mark}")), "{tier:?}: it lives on");
    }
}

impl Ground {
    fn open(&self, tier: Tier, line: &str) -> crate::sandbox::terminal::Screen {
        let request = Request {
            line: line.to_owned(),
            dir: self.root.clone(),
            root: self.root.clone(),
            env: self.env.clone(),
            history: Vec::new(),
            size: (80, 24),
        };
        confine::within(tier, "", || {
            crate::sandbox::terminal::Screen::watch(|output, end| spawn(request, output, end).unwrap())
        })
    }
}
