//! A look at a step that builds, runs and tests, beside the bare go commands that do the same.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use haveago::course;
use haveago::course::{Condition, Course, Step};
use haveago::sandbox::Dirs;
use haveago::sandbox::probe::{GoProber, LearnerSeen, Prober};
use haveago::store::CourseSource;

use crate::ground::{self, HELLO};
use crate::sample::{Sample, ms};
use crate::table::{Bound, Figure};

const TIMES: usize = 15;
/// What a look may cost besides the go command, in milliseconds.
const EXTRA: f64 = 10.0;

const TEST: &str = "package main\n\nimport \"testing\"\n\nfunc TestTwice(t *testing.T) {\n\tif twice(21) != 42 {\n\t\tt.Error(\"no\")\n\t}\n}\n";

pub fn figures() -> Vec<Figure> {
    let data = ground::data();
    let dirs = Dirs::find(Some(&data)).expect("folders");
    let source = HELLO.replace("func main", "func twice(n int) int {\n\treturn 2 * n\n}\n\nfunc main");
    let folder = ground::module(&dirs, "looked-at", &source);
    let env = ground::environment(&dirs);
    let body =
        format!("```check\nbuild\nrun prints \"Hello\"\ntest\n```\n\n```go test=main_test.go\n{TEST}```\n\n{HIDDEN}");
    let course = load(&ground::course("check", &body));
    let step = &course.chapters[0].lessons[0].steps[0];
    let prober = GoProber::new(&folder, env.clone());
    let (program, test) = (folder.join("program"), folder.join("main_test.go"));
    // A look comes after a change; of what has not changed Go would link nothing.
    let mut changes = 0;
    let mut change = || {
        changes += 1;
        let changed = source.replace("Hello, Go!", &format!("Hello for the {changes}. time!"));
        std::fs::write(folder.join("main.go"), changed).expect("the program");
    };
    let program = program.to_str().expect("a name in UTF-8");
    let mut figures = Vec::new();
    for (name, condition, commands) in [
        ("build", 0, vec![vec!["go", "build", "-o", program]]),
        ("run", 1, vec![vec!["go", "build", "-o", program], vec![program]]),
        ("test", 2, vec![vec!["go", "test", "-count=1", "."]]),
    ] {
        let (mut ours, mut bare) = (Sample::default(), Sample::default());
        for round in 0..=TIMES {
            std::fs::write(&test, TEST).expect("the test file");
            change();
            let peer = commands.iter().map(|words| go(words, &folder, &env)).sum();
            std::fs::remove_file(&test).expect("the test file goes");
            change();
            let here = look(&prober, step, &step.check[condition]);
            if round > 0 {
                bare.push(peer);
                ours.push(here);
            }
        }
        let (ours, peer) = (ours.median(), bare.median());
        figures.push(Figure {
            what: format!("a look at a step: {name}"),
            ours: ms(ours),
            peer: format!("bare go {}", ms(peer)),
            value: (ours.as_secs_f64() - EXTRA / 1000.0) / peer.as_secs_f64(),
            bound: Bound::AtMost(1.05),
            unit: "× + 10 ms",
        });
    }
    figures
}

/// A step needs a way to pass it.
const HIDDEN: &str = "> [!TIP]\n> One.\n\n```go solution=main.go\npackage main\n\nfunc main() {\n}\n```\n";

fn load(folder: &Path) -> Course {
    let files = CourseSource::Folder(folder.to_owned()).read().expect("the course is there");
    course::load(&files).course.expect("the course loads")
}

fn look(prober: &GoProber, step: &Step, condition: &Condition) -> Duration {
    let began = Instant::now();
    let seen = prober.observe(std::slice::from_ref(condition), step, &LearnerSeen { commands: &[], answer: None });
    let took = began.elapsed();
    let exits = seen.build.iter().map(|build| build.exit).chain(seen.tests.iter().map(|(_, test)| test.exit));
    assert!(exits.into_iter().all(|exit| exit == 0), "what is looked at works: {seen:?}");
    took
}

fn go(words: &[&str], folder: &Path, env: &[(String, String)]) -> Duration {
    let began = Instant::now();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).current_dir(folder).env_clear().envs(env.iter().map(|(name, value)| (name, value)));
    let output = command.output().expect("go starts");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    began.elapsed()
}
