//! Where nothing confines programs, nothing is run until the learner has said yes.

use haveago::sandbox::confine::VARIABLE;

use crate::stage::{Stage, Told, run_with};

const LESSON: &str = "# One\n<!-- minutes: 1 -->\n<!-- goal: do -->\n\n## Do {#do}\n\nDo it.\n\n```check\nran \"echo\"\n```\n\n\
                      > [!TIP]\n> Type it.\n\n> [!TIP]\n> Type `echo done`.\n\n```console solution\n$ echo done\n```\n";

fn stage() -> Stage {
    Stage::with(&[("01-first/README.md", "# First\n\nAll.\n"), ("01-first/01-one.md", LESSON)])
}

/// The program with a stage's data and the course of a stage, told that it is to confine nothing.
fn run(data: &Stage, course: &Stage, args: &[&str], typed: &str) -> Told {
    let course = course.course();
    let args = [&["--course", course.to_str().unwrap()], args].concat();
    run_with(&data.data(), &[(VARIABLE, "none")], &args, typed)
}

#[test]
fn the_face_of_lines_asks_and_keeps_the_yes_for_this_course_alone() {
    let (mine, other) = (stage(), stage());
    let asks = |told: &Told| told.out.matches("confines programs").count();
    let no = run(&mine, &mine, &["--plain"], "echo done\n3\n:read\necho done\n");
    assert_eq!((asks(&no), no.out.contains("\ndone\n"), no.out.contains("Step done")), (2, false, false), "{}", no.out);
    assert!(no.out.contains("Nothing is run."), "{}", no.out);
    // Asked once a start; what is no answer is asked again.
    let once = run(&mine, &mine, &["--plain"], "echo one\nhm\n1\necho two\n");
    assert_eq!((asks(&once), once.out.matches("Type 1, 2 or 3").count()), (1, 2), "{}", once.out);
    assert!(once.out.contains("\none\n") && once.out.contains("\ntwo\n"), "{}", once.out);
    let always = run(&mine, &mine, &["--plain"], "echo three\n2\n");
    assert_eq!((asks(&always), always.out.contains("\nthree\n")), (1, true), "{}", always.out);
    let later = run(&mine, &mine, &["--plain"], "echo four\n");
    assert_eq!((asks(&later), later.out.contains("\nfour\n")), (0, true), "{}", later.out);
    // The other course has the same id, and is another course all the same.
    let foreign = run(&mine, &other, &["--plain"], "echo five\n");
    assert_eq!((asks(&foreign), foreign.out.contains("\nfive\n")), (1, false), "{}", foreign.out);
    let flag = run(&mine, &other, &["--plain", "--allow-unconfined"], "echo six\n");
    assert_eq!((asks(&flag), flag.out.contains("\nsix\n")), (0, true), "{}", flag.out);
}

#[test]
fn a_check_needs_the_flag() {
    let stage = stage();
    let refused = run(&stage, &stage, &["check"], "");
    assert_eq!((refused.status, refused.out.as_str()), (1, ""), "{}", refused.err);
    assert!(refused.err.contains("--allow-unconfined"), "{}", refused.err);
    let allowed = run(&stage, &stage, &["check", "--allow-unconfined"], "");
    assert_eq!(allowed.status, 0, "{}{}", allowed.out, allowed.err);
}

#[cfg(unix)]
#[test]
fn the_full_screen_asks_and_runs_after_a_yes() {
    use crate::support::{Terminal, data};

    let (stage, data) = (stage(), data());
    let course = stage.course();
    let args = ["--course", course.to_str().unwrap()];
    let start = || Terminal::start_with(&args, (100, 30), data.path(), &[(VARIABLE, "none")]);
    let mut terminal = start();
    terminal.wait("Chapter 1: ");
    terminal.press("F8");
    terminal.wait("Do it.").wait("not confined");
    // A look at the check runs nothing, and what was there before is no reason to ask.
    terminal.press("Alt-2");
    terminal.type_text("echo 4''2\r");
    terminal.wait("May it run?");
    terminal.press("Esc");
    terminal.gone("May it run?").wait("not run: nothing would have confined it");
    terminal.type_text("echo 4''2\r");
    terminal.wait("May it run?");
    terminal.press("a");
    terminal.wait("42").wait("Done");
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
    let mut terminal = start();
    terminal.wait("not confined").press("Alt-2");
    terminal.type_text("echo 6''3\r");
    terminal.wait("63");
    assert!(!terminal.screen().contains("May it run?"), "{}", terminal.screen());
    terminal.kill();
}
