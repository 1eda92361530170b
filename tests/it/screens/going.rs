//! From step to step: what is passed, what is saved, what is late.

use std::collections::BTreeMap;

use haveago::base::FilePath;
use haveago::course::StepId;
use haveago::judge::Evidence;
use haveago::judge::evidence::FileSeen;
use haveago::learner::Event;
use haveago::tui::action::Focus;
use haveago::tui::effect::Effect;
use haveago::tui::msg::Msg;
use haveago::tui::state::Leaving;

use super::{at_lesson, stage};
use crate::tutor_stage::Stage;

fn id(step: &str) -> StepId {
    StepId(format!("tiny/first/{step}"))
}

#[test]
fn reading_passes_by_going_on_and_the_way_leads_over_lessons() {
    let stage = stage();
    assert!(!stage.state.progress.has_passed(&id("one/read")));
    let stage = stage.keys("F8");
    assert!(stage.state.progress.has_passed(&id("one/read")));
    let stage = stage.keys("F8 F8");
    assert_eq!(stage.step(), "write");
    let stage = stage.keys("F7");
    assert_eq!(stage.step(), "ask", "back over the lesson's start to the last step of the one before");
    let mut stage = stage.keys("F7 F7 F7 F7");
    assert_eq!(stage.step(), "read");
    assert!(stage.status().contains("This is the first step"), "{}", stage.status());
    let mut stage = stage.keys("F3").types("Three").keys("Enter F8");
    assert_eq!(stage.step(), "end");
    assert!(stage.status().contains("2 of 7 are done"), "{}", stage.status());
}

#[test]
fn a_chapters_own_page_comes_before_its_first_step_and_by_the_contents() {
    let mut stage = stage().keys("F7");
    assert!(stage.screen().contains("Chapter 1: First") && stage.screen().contains("A chapter."));
    assert!(!stage.screen().contains("1/3"), "it is no step: {}", stage.screen());
    let mut stage = stage.keys("F8");
    assert!(stage.screen().contains("Welcome.") && !stage.screen().contains("A chapter."));
    assert!(!stage.state.progress.has_passed(&id("one/read")), "only the chapter's page was left");
    let mut stage = stage.keys("F8 F3 Home Enter");
    assert!(stage.screen().contains("A chapter."), "{}", stage.screen());
    assert_eq!(stage.step(), "read", "the chapter's first step is open behind it");
    let mut stage = stage.keys("F3").types("Three").keys("Enter F3").types("One").keys("Enter");
    assert!(!stage.screen().contains("A chapter."), "the chapter is begun, and its page is not shown again");
    let mut stage = stage.keys("F3 Home Enter F4");
    assert!(stage.status().contains("This step has no solution"), "what is asked for is of the step behind");
}

#[test]
fn nothing_is_drawn_as_done_before_it_is_saved() {
    let stage = stage().keys("F8 F8").runs("go version", "go version go1.27\n", 0);
    assert_eq!(stage.state.unsaved, 0);
    let stage = stage.slow().sees(Evidence::default());
    assert!(stage.state.session.passed);
    assert!(stage.state.unsaved > 0, "the frame with the tick waits for the disk");
    let passed = Event::Passed { step: id("one/ask"), helped: false };
    assert!(stage.saved().contains(&&passed));
    let mut stage = stage.catch_up();
    assert_eq!(stage.state.unsaved, 0);
    assert!(stage.status().contains("Done!"));
}

#[test]
fn a_machine_without_go_is_told_in_a_whole_sentence() {
    let mut stage = stage().hears(Msg::Toolchain(Err("there is no Go here; install it".to_owned())));
    assert!(stage.shows("There is no Go here"), "{}", stage.screen());
}

#[test]
fn a_save_that_failed_is_told() {
    let mut stage = stage();
    stage.disk_full = true;
    let mut stage = stage.keys("F8");
    assert_eq!(stage.state.unsaved, 0, "the screen goes on");
    assert!(stage.status().contains("The disk is full"), "{}", stage.status());
}

#[test]
fn a_late_answer_is_dropped() {
    let stage = stage().keys("F8 F8").runs("go version", "", 0);
    let look = stage
        .asked
        .iter()
        .rev()
        .find_map(|effect| if let Effect::Observe(look) = effect { Some(look.clone()) } else { None });
    let look = look.unwrap();
    let stage = stage.keys("F7 F8");
    let evidence = Evidence { commands: look.commands, ..Evidence::default() };
    let stage =
        stage.hears(Msg::Observed { visit: look.visit, wanted: vec![0], quiet: false, evidence: Box::new(evidence) });
    assert!(!stage.state.session.passed);
    let stage = stage.sees(Evidence::default());
    assert!(stage.state.session.passed, "the command of before counts, by a look of this visit");
}

#[test]
fn a_look_that_was_overtaken_leaves_the_try_to_the_next() {
    let stage = stage().keys("F8 F8").runs("go version", "", 1);
    let visit = stage.state.at.visit;
    let stage = stage.hears(Msg::Observed { visit, wanted: Vec::new(), quiet: true, evidence: Box::default() });
    assert_eq!(stage.state.session.tries, 0);
    let stage = stage.sees(Evidence::default());
    let tries = stage.saved().iter().filter(|event| matches!(event, Event::Tried { .. })).count();
    assert_eq!((tries, stage.state.session.tries), (1, 1));
}

#[test]
fn hints_come_one_by_one_and_then_the_offer() {
    let mut stage = stage().keys("F8 F8 F2");
    assert!(stage.shows("Two words.") && !stage.shows("The first is go."), "{}", stage.screen());
    let mut stage = stage.keys("F2");
    assert!(stage.shows("The first is go."));
    let mut stage = stage.keys("F2");
    assert!(stage.status().contains("F4 shows the solution"), "{}", stage.status());
    let mut stage = stage.keys("F8 F7");
    assert!(stage.shows("The first is go."), "what was given stays");
}

#[test]
fn the_solution_asks_first_and_counts_as_help() {
    let mut stage = stage().keys("F8 F8 F4");
    assert!(stage.shows("counts as done with help"));
    let stage = stage.keys("Esc");
    assert!(!stage.state.session.solution_shown);
    let mut stage = stage.keys("F4 Enter");
    assert!(stage.state.session.solution_shown);
    assert!(stage.shows("Solution"));
    let mut stage = stage.runs("go version", "", 0).sees(Evidence::default());
    assert!(stage.status().contains("Done, with help."), "{}", stage.status());
    assert!(stage.saved().contains(&&Event::Passed { step: id("one/ask"), helped: true }));
}

#[test]
fn a_command_of_another_lesson_does_not_count_here() {
    let stage = stage().keys("Alt-2").types("go version").keys("Enter F6 F3").types("Two").keys("Enter");
    let stage = stage.ends(0);
    assert!(stage.state.session.commands.is_empty(), "it ran in another folder");
    assert!(!stage.state.terminal.busy());
    assert_eq!(stage.state.terminal.dir(), "two", "the prompt is in this lesson's folder");
}

#[test]
fn quitting_asks_while_a_program_runs() {
    let mut stage = stage().keys("Alt-2").types("cat").keys("Enter Alt-1 F6 F6 F6 F6");
    assert_eq!(stage.state.focus, Focus::Terminal);
    stage = stage.keys("F6 Ctrl-Q");
    assert!(stage.shows("A program is still running. Stop it and leave?"));
    let stage = stage.keys("Esc");
    assert!(stage.state.leaving != Leaving::Now);
    let stage = stage.keys("F10 Enter");
    assert!(stage.state.leaving == Leaving::Now);
    assert_eq!(stage.asked.last(), Some(&Effect::Quit));
}

#[test]
fn the_next_start_opens_where_one_was() {
    let mut stage = at_lesson("Two").resizes(80, 12).keys("Down Down Ctrl-Q");
    let _ = stage.screen();
    let opened = Event::Opened { step: id("two/write"), scroll: 2 };
    assert!(stage.saved().contains(&&opened), "{:?}", stage.saved().last());
}

#[test]
fn what_was_seen_is_said_in_the_status_line_where_the_lesson_is_not_on_the_screen() {
    let look = |size| {
        let stage = Stage::pictured(size).keys("F3").types("Start a project").keys("Enter F8 F8 F8");
        let stage = stage.keys("Alt-2").runs("go mod init hello", "go: creating new go.mod: module hello\n", 0);
        let go_mod = FilePath::parse("go.mod").unwrap();
        let files = BTreeMap::from([(go_mod, FileSeen::Text("module hello\n\ngo 1.27\n".to_owned()))]);
        stage.sees(Evidence { files, ..Evidence::default() }).status()
    };
    let one_pane_at_a_time = look((80, 24));
    assert!(one_pane_at_a_time.contains("Not yet: in go.mod, seen"), "{one_pane_at_a_time}");
    let side_by_side = look((120, 36));
    assert!(!side_by_side.contains("Not yet"), "{side_by_side}");
}

#[test]
fn an_explanation_leads_to_its_lesson_and_back() {
    let failed = "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n";
    let at_build = || Stage::pictured((120, 36)).keys("F3").types("go run").keys("Enter").runs("go build", failed, 1);
    let mut stage = at_build();
    assert!(stage.shows("More in 1.3 Start a project: Alt-L opens it."), "{}", stage.screen());
    let before = stage.step().to_owned();
    let mut stage = stage.keys("Alt-L");
    assert!(stage.shows(" 1.3 Start a project"), "{}", stage.screen());
    assert!(stage.status().contains("Alt-L leads back"), "{}", stage.status());
    let stage = stage.keys("Alt-L");
    assert_eq!(stage.step(), before);
    let mut stage = at_build();
    let (column, row) = stage.find("Start a project: Alt-L");
    let up = crossterm::event::MouseEventKind::Up(crossterm::event::MouseButton::Left);
    let mut stage = stage.clicks(column, row).mouse(up, column, row);
    assert!(stage.shows(" 1.3 Start a project"), "{}", stage.screen());
    let mut stage = Stage::pictured((120, 36)).keys("F3").types("Start a project").keys("Enter");
    stage = stage.runs("go build", failed, 1);
    assert!(!stage.shows("Alt-L opens it"), "no lesson leads to itself");
    stage = stage.keys("Alt-L");
    assert!(stage.status().contains("leads to another lesson now"), "{}", stage.status());
}

#[test]
fn the_same_mistake_for_the_third_time_brings_a_hint() {
    let fail = |stage: Stage| stage.runs("go version", "go version: no\nexit status 1\n", 1);
    let typo = |stage: Stage| stage.runs("go vresion", "go vresion: unknown command\n", 2);
    let mut stage = typo(fail(typo(stage().keys("F8 F8"))));
    assert!(stage.state.session.hints_shown.is_empty(), "{}", stage.screen());
    stage = typo(stage);
    assert_eq!(stage.state.session.hints_shown, [0]);
    assert_eq!(stage.state.focus, Focus::Terminal, "the learner stays where they are");
    assert!(stage.shows("The same message again: a hint"), "{}", stage.screen());
}

#[test]
fn the_solution_stands_beside_ones_own_where_there_is_room_and_is_taken_by_a_key() {
    let at_mine = |width| {
        let stage = at_lesson("Two").resizes(width, 36).keys("Alt-3").types("// mine\n");
        stage.keys("Alt-1 F4 Enter")
    };
    let mut stage = at_mine(120);
    assert!(stage.shows("- // mine") && stage.shows("+ package main // mended"), "{}", stage.screen());
    assert!(stage.state.session.solution_shown);
    stage = stage.keys("Esc");
    assert!(stage.state.overlay.is_none() && stage.shows("// mended"), "the page has it in one column");
    let stage = stage.keys("F4 Enter");
    let main_go = FilePath::parse("main.go").unwrap();
    assert_eq!(stage.state.editor.text(&main_go).as_deref(), Some("package main // mended\n"));
    assert_eq!(stage.state.focus, Focus::Editor);
    let stage = stage.keys("Ctrl-Z");
    assert_eq!(stage.state.editor.text(&main_go).as_deref(), Some("// mine\npackage main\n"), "undo has the old text");
    assert!(at_mine(99).state.overlay.is_none(), "in one column where there is no room for two");
}

#[test]
fn a_look_that_comes_right_after_a_hint_is_taken_in() {
    let mut stage = stage().keys("F8 F8").runs("go version", "no\n", 1);
    // Before the page is set with the hint at its end.
    let hint = crate::tutor_stage::key("F2");
    haveago::tui::update::update(&mut stage.state, Msg::Key(hint));
    let mut stage = stage.sees(Evidence::default());
    assert!(stage.shows("Two words."), "{}", stage.screen());
}
