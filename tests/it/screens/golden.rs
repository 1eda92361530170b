//! Golden screens: text files in `tests/screens/`, written anew with `HAVEAGO_BLESS=1`.

use std::collections::BTreeMap;
use std::path::Path;

use haveago::base::FilePath;
use haveago::course::StepId;
use haveago::judge::Evidence;
use haveago::judge::evidence::{Captured, FileSeen, RunSeen};
use haveago::learner::{Event, Record};
use haveago::sandbox::doctor::{Grade, Line};
use haveago::tui::effect::Effect;
use haveago::tui::msg::Msg;
use haveago::tui::pane::files::{FileRow, Mark};

use crate::tutor_stage::Stage;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// Plays the scene at each size and compares with the pictures.
fn pictures(name: &str, scene: impl Fn(Stage) -> Stage) {
    for size in SIZES {
        picture(name, scene(Stage::pictured(size)));
    }
}

fn picture(name: &str, mut stage: Stage) {
    let (width, height) = stage.state.size;
    let file = format!("{name}-{width}x{height}.txt");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens").join(&file);
    let seen = stage.screen();
    if std::env::var_os("HAVEAGO_BLESS").is_some() {
        std::fs::write(&path, &seen).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(seen == known, "{file} is another picture now (HAVEAGO_BLESS=1 keeps it):\n{seen}");
}

/// Goes to the lesson with this title by the contents, as a learner does.
fn lesson(stage: Stage, title: &str) -> Stage {
    stage.keys("F3").types(title).keys("Enter")
}

fn steps(stage: Stage, count: usize) -> Stage {
    (0..count).fold(stage, |stage, _| stage.keys("F8"))
}

#[test]
fn the_first_page() {
    pictures("first-page", |stage| stage);
}

#[test]
fn the_doctor_at_work_and_done() {
    let line = |about, grade, says: &str, mend: Option<&str>| {
        Msg::Examined(Some(Line { about, grade, says: says.to_owned(), mend: mend.map(str::to_owned) }))
    };
    let found = || {
        [
            line("Go", Grade::Good, "1.27.0 at /usr/local/go/bin/go", None),
            line("Confinement", Grade::Note, "reduced: names of files can be seen", Some("install bubblewrap")),
            line("Space", Grade::Stop, "only 50 MB are free for builds", Some("make room")),
        ]
    };
    let asked = |stage: Stage| stage.keys("Ctrl-P").types("doctor").keys("Enter");
    pictures("doctor-at-work", |stage| found().into_iter().take(1).fold(asked(stage), Stage::hears));
    pictures("doctor", |stage| found().into_iter().chain([Msg::Examined(None)]).fold(asked(stage), Stage::hears));
}

#[test]
fn questions_from_earlier_lessons() {
    let odd = "go-fundamentals/why-and-how-of-go/where-go-is-used/odd";
    let guess = "go-fundamentals/why-and-how-of-go/the-entry-point/predict";
    let learned = |mut stage: Stage| {
        for step in [odd, guess] {
            let event = Event::Passed { step: StepId(step.to_owned()), helped: false };
            stage.state.progress.apply(&Record { at: stage.state.epoch, event });
        }
        stage.comes_back_after(8)
    };
    pictures("review-offered", learned);
    let asked = |stage| learned(stage).keys("Ctrl-P").types("review").keys("Enter");
    pictures("review", |stage| asked(stage).keys("Down"));
    pictures("review-wrong", |stage| asked(stage).keys("1 Enter"));
    pictures("review-right", |stage| asked(stage).keys("3 Enter"));
    pictures("review-prediction", |stage| asked(stage).keys("F8").types("Hi"));
    picture("smallest-review", asked(Stage::pictured((40, 12))).keys("Down Down Down"));
}

#[test]
fn a_chapters_own_page() {
    for size in SIZES {
        picture("chapter", Stage::at_the_beginning(size));
    }
}

#[test]
fn a_question_where_nothing_confines() {
    pictures("unconfined", |stage| {
        let stage = stage.keys("Alt-2").types("go run .").keys("Enter");
        let run = stage.asked.iter().find_map(|effect| match effect {
            Effect::Run(run) => Some(run.clone()),
            _ => None,
        });
        stage.hears(Msg::Unconfined(run.unwrap()))
    });
}

#[test]
fn a_quiz_answered_wrong() {
    pictures("quiz-wrong", |stage| stage.keys("F8 Right Enter Right Right Right Right Enter"));
}

#[test]
fn a_check_that_found_something() {
    pictures("check-half", |stage| {
        let go_mod = FilePath::parse("go.mod").unwrap();
        let files = BTreeMap::from([(go_mod, FileSeen::Text("module hello\n\ngo 1.27\n".to_owned()))]);
        let stage = steps(lesson(stage, "Start a project"), 3);
        let said = "go: creating new go.mod: module hello\n";
        stage.runs("go mod init hello", said, 0).sees(Evidence { files, ..Evidence::default() }).keys("Alt-1 End")
    });
}

#[test]
fn a_step_passed() {
    pictures("passed", |stage| {
        let stage = steps(stage, 2);
        stage.runs("go version", "go version go1.27.0 linux/amd64\n", 0).sees(Evidence::default())
    });
}

#[test]
fn a_command_that_failed_and_why() {
    pictures("failed-command", |stage| {
        let stage = lesson(stage, "Start a project").runs(
            "go mod int",
            "go mod int: unknown command\nRun 'go help mod' for usage.\n",
            2,
        );
        let stage = stage.runs(
            "go build",
            "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n",
            1,
        );
        stage.types("go mod i")
    });
}

#[test]
fn the_editor_with_code() {
    pictures("editor", |stage| lesson(stage, "Compiled and typed").keys("Alt-3 Down Down").types("// mine"));
}

#[test]
fn the_files() {
    pictures("files", |stage| {
        let row = |path: &str, is_dir, size, mark, note: Option<&str>| FileRow {
            path: FilePath::parse(path).unwrap(),
            depth: path.matches('/').count(),
            is_dir,
            size,
            mark,
            note: note.map(str::to_owned),
        };
        let rows = vec![
            row("go.mod", false, 31, Mark::Same, None),
            row("greet", true, 0, Mark::Same, None),
            row("greet/greet.go", false, 120, Mark::New, None),
            row("main.go", false, 1_234, Mark::Changed, None),
            row("myapp", false, 2_300_000, Mark::New, Some("ELF, 2.3 MB, static")),
        ];
        let stage = lesson(stage, "Start a project").keys("Alt-4");
        let visit = stage.state.at.visit;
        stage.hears(Msg::Files { visit, rows }).keys("Down")
    });
    pictures("files-name", |stage| lesson(stage, "Compiled and typed").keys("Alt-4 n").types("greet.go"));
}

#[test]
fn a_file_that_was_changed_here_and_outside() {
    pictures("changed-outside", |stage| {
        let mut stage = lesson(stage, "Compiled and typed").keys("Alt-3").types("// mine");
        let (name, text) = stage.disk.iter().next().map(|(name, text)| (name.clone(), text.clone())).unwrap();
        stage.disk.insert(name, format!("{text}// theirs\n"));
        let visit = stage.state.at.visit;
        stage.hears(Msg::FilesChanged { visit })
    });
}

#[test]
fn an_explanation_with_its_lesson() {
    pictures("explained", |stage| {
        let failed = "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n";
        lesson(stage, "Compiled and typed").runs("go build", failed, 1)
    });
}

#[test]
fn what_lies_over_the_panes() {
    pictures("contents", |stage| steps(stage, 2).keys("F3"));
    pictures("contents-searched", |stage| stage.keys("F3").types("build"));
    pictures("palette", |stage| stage.keys("Ctrl-P Down"));
    pictures("settings", |stage| {
        stage.keys("Ctrl-P").types("settings").keys("Enter Left Down Down").types("/opt/go/bin/go")
    });
    pictures("help-lesson", |stage| stage.keys("F1"));
    pictures("help-terminal", |stage| stage.keys("Alt-2 F1"));
    pictures("question", |stage| steps(stage, 2).keys("F4"));
}

#[test]
fn hints_and_the_solution() {
    pictures("hints", |stage| steps(stage, 2).keys("F2 F2"));
    pictures("solution", |stage| steps(lesson(stage, "Compiled and typed"), 3).keys("F4 Enter"));
}

#[test]
fn a_long_page_scrolled() {
    pictures("scrolled", |stage| lesson(stage, "Start a project").keys("F8 F8 F8 F8 F8 PgDn"));
}

#[test]
fn lines_in_order_and_a_prediction() {
    pictures("order", |stage| steps(lesson(stage, "The entry point"), 2).keys("Right Alt-Down"));
    pictures("prediction", |stage| steps(lesson(stage, "The entry point"), 1).keys("Right Right").types("Hello\nGo"));
}

#[test]
fn a_program_runs() {
    pictures("running", |stage| lesson(stage, "go run").keys("F5").prints("What is your name? "));
    pictures("program-did-not-print", |stage| {
        let stage = lesson(stage, "The entry point");
        let ran = RunSeen::Ran(Captured { stdout: "Hello, Go\n".to_owned(), ..Captured::default() });
        let mut stage = steps(stage, 3).keys("Ctrl-K");
        let run = stage.wanted_runs().into_iter().map(|how| (how, ran.clone())).collect();
        stage.sees(Evidence { runs: run, ..Evidence::default() }).keys("Alt-1 End")
    });
}

#[test]
fn a_screen_that_is_too_small() {
    picture("too-small", Stage::pictured((30, 8)));
    picture("too-small", Stage::pictured((12, 3)));
    picture("smallest", Stage::pictured((40, 12)));
    picture("smallest-help", Stage::pictured((40, 12)).keys("F1"));
    let settings = Stage::pictured((40, 12)).keys("Ctrl-P").types("settings");
    picture("smallest-settings", settings.keys("Enter Right Down Down"));
}
