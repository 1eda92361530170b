//! The command line of the pane.

use super::*;

fn asked_lines(stage: &Stage) -> Vec<&str> {
    let lines = stage.asks.iter().filter_map(|ask| match ask {
        TerminalAsk::Run { line, .. } => Some(line.as_str()),
        _ => None,
    });
    lines.collect()
}

fn last_row(stage: &Stage) -> String {
    stage.screen().lines().last().unwrap_or("").to_owned()
}

#[test]
fn a_command_is_asked_for_with_its_folder_and_remembered() {
    let mut stage = Stage::new(40, 6);
    let (tab, block) = stage.begin("  go version ");
    let run = TerminalAsk::Run { tab, block, line: "go version".into(), dir: "~/haveago/hello".into() };
    assert_eq!(stage.asks, [TerminalAsk::Entered("go version".into()), run]);
    stage.terminal.ended(tab, block, 0, Duration::ZERO, "~/elsewhere");
    assert_eq!(stage.terminal.dir(), "~/elsewhere");
    stage.asks.clear();
    stage.act(TerminalAction::Enter);
    assert!(stage.asks.is_empty());
}

#[test]
fn earlier_commands_are_recalled_searched_and_offered() {
    let mut stage = Stage::new(40, 12);
    for line in ["go mod init x", "cat go.mod"] {
        stage.run(line, "", 0);
    }
    stage.type_in("go m");
    assert_eq!(last_row(&stage), "~/haveago/hello $ go mod init x");
    assert_eq!(stage.cursor(), Some((22, 2)));
    stage.act(TerminalAction::Edit(Edit::Go(Motion::End)));
    assert_eq!(stage.cursor(), Some((31, 2)));
    stage.act(TerminalAction::Interrupt);
    assert_eq!(last_row(&stage), "~/haveago/hello $");
    stage.act(TerminalAction::Recall(Recall::Search));
    stage.type_in("mod");
    assert!(stage.screen().ends_with("~/haveago/hello $ cat go.mod\nsearch: mod"), "{}", stage.screen());
    stage.type_in("z");
    assert!(stage.screen().ends_with("~/haveago/hello $\nsearch: modz  not found"), "{}", stage.screen());
    stage.act(TerminalAction::Edit(Edit::Backspace));
    stage.act(TerminalAction::Recall(Recall::Search));
    stage.act(TerminalAction::Enter);
    assert_eq!(asked_lines(&stage).last(), Some(&"go mod init x"));
}

#[test]
fn pasted_lines_run_in_turn() {
    let mut stage = Stage::new(40, 12);
    stage.act(TerminalAction::Paste("$ go vet\n$ go build\ngo test\n./my".into()));
    assert_eq!(asked_lines(&stage), ["go vet"]);
    assert_eq!(last_row(&stage), "2 pasted lines wait for this to end");
    let (tab, block) = stage.running();
    stage.end(tab, block, 0);
    assert_eq!(asked_lines(&stage), ["go vet", "go build"]);
    let stopped = stage.terminal.raw_key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    assert_eq!(stopped, [TerminalAsk::Write { tab, bytes: vec![3] }]);
    let (tab, block) = stage.running();
    stage.end(tab, block, 130);
    assert_eq!(asked_lines(&stage), ["go vet", "go build"]);
    assert_eq!(last_row(&stage), "~/haveago/hello $ ./my");
}

#[test]
fn a_paste_into_a_program_is_bracketed_when_it_asks() {
    let mut stage = Stage::new(40, 6);
    stage.begin("go run .");
    stage.act(TerminalAction::Paste("a\nb".into()));
    stage.print("\x1b[?2004h");
    stage.act(TerminalAction::Paste("c".into()));
    assert_eq!(stage.written(), b"a\rb\x1b[200~c\x1b[201~");
}

#[test]
fn words_are_completed_with_the_names_of_their_folder() {
    let mut stage = Stage::new(40, 6);
    stage.type_in("go ru");
    stage.act(TerminalAction::Complete);
    stage.type_in("ma");
    stage.act(TerminalAction::Complete);
    let tab = stage.terminal.current_tab();
    let asked = TerminalAsk::List { tab, from: "~/haveago/hello".into(), dir: ".".into() };
    assert_eq!(stage.asks, [asked]);
    let entries = vec![("main.go".to_owned(), false), ("main_test.go".to_owned(), false)];
    let listing = Listing { dir: ".".into(), entries };
    stage.terminal.listed(tab, &Listing { dir: "other/".into(), ..listing.clone() });
    assert_eq!(last_row(&stage), "~/haveago/hello $ go run ma");
    stage.terminal.listed(tab, &listing);
    assert_eq!(last_row(&stage), "~/haveago/hello $ go run main");
    stage.act(TerminalAction::Complete);
    stage.terminal.listed(tab, &listing);
    assert!(stage.screen().ends_with("go run main\nmain.go       main_test.go"), "{}", stage.screen());
    stage.type_in(".");
    stage.act(TerminalAction::Complete);
    stage.type_in("x");
    stage.terminal.listed(tab, &listing);
    assert_eq!(last_row(&stage), "~/haveago/hello $ go run main.x");
}

#[test]
fn commands_of_the_lesson_never_overwrite_what_was_typed() {
    let mut stage = Stage::new(40, 6);
    assert_eq!(stage.terminal.enter("go build"), Ok(()));
    assert_eq!(stage.terminal.enter("go build"), Ok(()));
    assert!(stage.terminal.enter("go vet").is_err());
    assert_eq!(last_row(&stage), "~/haveago/hello $ go build");
    let asks = stage.terminal.run_line("go vet").expect("nothing runs");
    assert!(matches!(&asks[..], [TerminalAsk::Entered(_), TerminalAsk::Run { line, .. }] if line == "go vet"));
    assert!(stage.terminal.enter("go build").is_err());
}

#[test]
fn clear_and_history_need_no_program() {
    let mut stage = Stage::new(40, 6);
    stage.run("go version", "go1.27\n", 0);
    stage.type_in("history");
    stage.act(TerminalAction::Enter);
    assert!(stage.screen().contains("    1  go version\n    2  history"), "{}", stage.screen());
    stage.type_in("clear");
    stage.act(TerminalAction::Enter);
    assert!(stage.screen().starts_with("~/haveago/hello $\n"), "{}", stage.screen());
    assert_eq!(asked_lines(&stage), ["go version"]);
}

#[test]
fn every_key_of_the_pane_is_listed_once() {
    let keys: Vec<&str> = super::super::KEYS.iter().chain(super::super::KEYS_WHILE_RUNNING).map(|key| key.0).collect();
    for (index, key) in keys.iter().enumerate() {
        assert!(!keys[..index].contains(key), "{key}");
    }
}
