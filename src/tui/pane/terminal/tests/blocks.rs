//! How commands look, and what is read of them.

use super::*;

#[test]
fn who_is_new_is_told_what_to_do() {
    let stage = Stage::new(40, 5);
    assert_eq!(stage.screen(), "~/haveago/hello $\nType a command and press Enter. Tab\ncompletes, Up recalls.");
    assert_eq!(stage.cursor(), Some((18, 0)));
}

fn a_failure_and_a_success(columns: u16) -> Stage {
    let mut stage = Stage::new(columns, 16);
    let failed = stage.run("go mod int", "go mod int: unknown command\nRun 'go help mod' for usage.\n", 2);
    stage.terminal.explain(failed, "`go mod` has no part called `int`. You meant `go mod init`.", None);
    let output = "go: creating new go.mod: module github.com/you/hello\n";
    stage.run("go mod init github.com/you/hello", output, 0);
    stage.run("cd .", "", 0);
    stage.type_in("ls");
    stage
}

#[test]
fn commands_read_as_blocks_at_80_columns() {
    let stage = a_failure_and_a_success(80);
    let expected = "\
~/haveago/hello $ go mod int                                            exit 2 ✗
go mod int: unknown command
Run 'go help mod' for usage.                                               0.1 s
│ why
│ go mod has no part called int. You meant go mod init.

~/haveago/hello $ go mod init github.com/you/hello                             ✓
go: creating new go.mod: module github.com/you/hello                       0.1 s
~/haveago/hello $ cd .                                                  0.1 s  ✓
~/haveago/hello $ ls";
    assert_eq!(stage.screen(), expected);
    assert_eq!(stage.cursor(), Some((20, 9)));
}

#[test]
fn commands_read_as_blocks_at_40_columns() {
    let expected = "\
~/haveago/hello $ go mod int    exit 2 ✗
go mod int: unknown command
Run 'go help mod' for usage.       0.1 s
│ why
│ go mod has no part called int. You
│ meant go mod init.

~/haveago/hello $ go mod init github.c ✓
om/you/hello
go: creating new go.mod: module github.c
om/you/hello                       0.1 s
~/haveago/hello $ cd .          0.1 s  ✓
~/haveago/hello $ ls";
    assert_eq!(a_failure_and_a_success(40).screen(), expected);
}

#[test]
fn twenty_columns_are_enough() {
    let expected = "\
│ why
│ go mod has no
│ part called int.
│ You meant go mod
│ init.

…/hello $ go mod i ✓
nit github.com/you
/hello
go: creating new go.
mod: module github.c
om/you/hello   0.1 s
…/hello $ cd .     ✓
               0.1 s
…/hello $ ls";
    let screen = a_failure_and_a_success(20).screen();
    assert!(screen.ends_with(expected), "{screen}");
}

#[test]
fn a_running_program_flows_and_takes_input_where_its_cursor_is() {
    let mut stage = Stage::new(40, 8);
    let (tab, block) = stage.begin("go run .");
    assert!(stage.terminal.takes_keys() && stage.terminal.busy());
    stage.print("Name? ");
    assert_eq!(stage.screen(), "~/haveago/hello $ go run .             ▸\nName?");
    assert_eq!(stage.cursor(), Some((6, 1)));
    stage.type_in("Bo");
    stage.act(TerminalAction::Enter);
    assert_eq!(stage.written(), b"Bo\r");
    stage.print("Bo\nHello, Bo\n");
    stage.end(tab, block, 0);
    assert_eq!(
        stage.screen(),
        "~/haveago/hello $ go run .             ✓\nName? Bo\nHello, Bo                          0.1 s\n~/haveago/hello $"
    );
    let seen = stage.terminal.seen(block).expect("it has ended");
    assert_eq!((seen.line.as_str(), seen.exit, seen.output.as_str()), ("go run .", 0, "Name? Bo\nHello, Bo"));
    let late = stage.terminal.output(tab, block, b"late");
    assert!(late.is_empty() && !stage.screen().contains("late"));
}

#[test]
fn a_full_screen_program_takes_the_pane_and_gives_it_back() {
    let mut stage = Stage::new(30, 4);
    stage.run("echo hi", "hi\n", 0);
    let (tab, block) = stage.begin("vim");
    stage.print("\x1b[?1049h\x1b[?1h\x1b[2J\x1b[1;1Htext\x1b[4;1Hstatus\x1b[1;2H");
    assert!(stage.terminal.full_screen());
    assert_eq!(stage.screen(), "text\n\n\nstatus");
    assert_eq!(stage.cursor(), Some((1, 0)));
    let up = stage.terminal.raw_key(KeyEvent::new(KeyCode::Up, KeyModifiers::NONE));
    assert_eq!(up, [TerminalAsk::Write { tab, bytes: b"\x1bOA".to_vec() }]);
    let wheel = stage.terminal.wheel(0, 0, true);
    assert_eq!(wheel, [TerminalAsk::Write { tab, bytes: b"\x1bOA\x1bOA\x1bOA".to_vec() }]);
    assert_eq!(stage.terminal.resize(20, 3), [TerminalAsk::Resize { tab, columns: 20, rows: 3 }]);
    stage.size = (20, 3);
    stage.print("\x1b[?1049l");
    stage.end(tab, block, 0);
    assert_eq!(
        stage.screen(),
        "hi             0.1 s\n…/hello $ vim      ✓\n               0.1 s\n…/hello $"
            .split_once('\n')
            .map_or("", |it| it.1)
    );
}

#[test]
fn what_is_read_stays_while_output_comes() {
    let mut stage = Stage::new(30, 5);
    let (tab, block) = stage.begin("seq 100");
    let numbers = |range: std::ops::Range<u32>| range.fold(String::new(), |text, n| text + &n.to_string() + "\n");
    stage.print(&numbers(0..50));
    stage.act(TerminalAction::Scroll(Scroll::PageUp));
    let before = stage.screen();
    assert!(before.starts_with("42\n43\n44\n45\n46"), "{before}");
    stage.print(&numbers(50..100));
    let after = stage.screen();
    assert!(after.starts_with("42\n43\n44\n45\n46") && after.ends_with("▼ 54 more below"), "{after}");
    stage.act(TerminalAction::Scroll(Scroll::Top));
    assert!(stage.screen().starts_with("…/hello $ seq 100"), "{}", stage.screen());
    stage.end(tab, block, 0);
    stage.type_in("x");
    assert!(stage.screen().ends_with("99                       0.1 s\n…/hello $ x"), "{}", stage.screen());
    assert!(stage.terminal.act(TerminalAction::Clear).is_empty());
    assert_eq!(stage.screen(), "…/hello $ x");
}

#[test]
fn a_flood_is_bounded_and_its_last_lines_are_right() {
    let mut stage = Stage::new(60, 6);
    let (tab, block) = stage.begin("go run .");
    let (mut line, mut bytes) = (0_u32, 0);
    while bytes < 10_000_000 {
        let mut chunk = String::new();
        while chunk.len() < 60_000 {
            let _ = write!(chunk, "{line:08} the quick brown fox jumps over\r\n");
            line += 1;
        }
        bytes += chunk.len();
        stage.terminal.output(tab, block, chunk.as_bytes());
    }
    stage.end(tab, block, 0);
    let screen = stage.screen();
    assert!(screen.contains(&format!("{:08} the quick", line - 1)), "{screen}");
    stage.act(TerminalAction::Scroll(Scroll::Top));
    assert!(stage.screen().contains("00000003 the quick"), "{}", stage.screen());
    let output = stage.terminal.seen(block).expect("it has ended").output;
    assert!(output.len() < 140_000 && output.starts_with("00000000 the"), "{}", output.len());
    assert!(output.contains("lines left out …") || output.contains("\n…\n"));
}

#[test]
fn old_commands_go_when_there_are_too_many() {
    let mut stage = Stage::new(40, 6);
    for index in 0..250 {
        stage.run(&format!("echo {index}"), &format!("{index}\n"), 0);
    }
    stage.act(TerminalAction::Scroll(Scroll::Top));
    assert!(stage.screen().starts_with("~/haveago/hello $ echo 50 "), "{}", stage.screen());
    assert_eq!(stage.terminal.history().len(), 250);
}

#[test]
fn text_is_selected_and_copied_and_places_open() {
    let mut stage = Stage::new(28, 8);
    stage.run("go vet", "./cmd/a_long_name/main.go:12:7: undefined: 世界\n", 1);
    let click = |stage: &mut Stage, column, row| {
        let mut asks = stage.terminal.press(column, row);
        asks.extend(stage.terminal.release(column, row));
        asks
    };
    let open = TerminalAsk::Open {
        dir: "~/haveago/hello".into(),
        file: "cmd/a_long_name/main.go".into(),
        line: 12,
        column: 7,
    };
    assert_eq!(click(&mut stage, 27, 1), std::slice::from_ref(&open));
    assert_eq!(click(&mut stage, 0, 2), std::slice::from_ref(&open));
    assert_eq!(click(&mut stage, 12, 2), []);
    let named: Vec<_> = stage.terminal.named().flat_map(|(_, _, found)| found).collect();
    assert_eq!(
        named.iter().map(|found| (found.file.as_str(), found.line, found.column)).collect::<Vec<_>>(),
        [("cmd/a_long_name/main.go", 12, 7)]
    );
    stage.terminal.press(23, 1);
    stage.terminal.drag(3, 2);
    stage.terminal.release(3, 2);
    let copied = |stage: &mut Stage| stage.terminal.act(TerminalAction::CopySelection);
    assert_eq!(copied(&mut stage), [TerminalAsk::Copy("go:12:7:".into())]);
    stage.terminal.double_click(15, 2);
    assert_eq!(copied(&mut stage), [TerminalAsk::Copy("世界".into())]);
    let whole = stage.terminal.act(TerminalAction::CopyBlock);
    assert_eq!(whole, [TerminalAsk::Copy("./cmd/a_long_name/main.go:12:7: undefined: 世界".into())]);
}

#[test]
fn tabs_hold_their_own_programs() {
    let mut stage = Stage::new(40, 6);
    let (server, _) = stage.begin("go run ./server");
    assert_eq!(stage.terminal.size(), (40, 6));
    let asks = stage.terminal.act(TerminalAction::Tabs(TabChange::New));
    assert_eq!(asks, [TerminalAsk::Resize { tab: server, columns: 40, rows: 5 }]);
    assert!(!stage.terminal.takes_keys() && stage.terminal.busy());
    stage.run("curl localhost", "ok\n", 0);
    assert!(stage.screen().starts_with(" 1 go run ./server [2 ~/haveago/hello]\n"), "{}", stage.screen());
    stage.terminal.press(3, 0);
    assert_eq!(stage.terminal.current_tab(), server);
    assert!(stage.terminal.run_line("go vet").is_err());
    let closed = stage.terminal.act(TerminalAction::Tabs(TabChange::Close));
    assert_eq!(closed, [TerminalAsk::Close(server)]);
    assert_eq!((stage.terminal.busy(), stage.terminal.size()), (false, (40, 6)));
    assert!(stage.terminal.act(TerminalAction::Tabs(TabChange::Close)).is_empty());
}

#[test]
fn held_output_is_shown_by_a_tick() {
    let mut stage = Stage::new(40, 6);
    stage.begin("go run .");
    assert!(stage.terminal.is_silent());
    stage.print("building");
    assert!(!stage.terminal.is_silent());
    stage.print("\x1b[?2026hhidden");
    assert!(stage.terminal.is_silent());
    assert!(stage.terminal.wants_tick() && !stage.screen().contains("hidden"));
    stage.terminal.tick(Duration::from_secs(10));
    stage.terminal.tick(Duration::from_millis(10_100));
    assert!(!stage.screen().contains("hidden"));
    stage.terminal.tick(Duration::from_millis(10_150));
    assert!(stage.screen().contains("hidden"));
}
