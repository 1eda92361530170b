//! A disk without room: said in a sentence, the text stays, and it is saved once there is room again.

use std::fs;

use crate::support::Terminal;
use crate::support::faults::{Ground, SmallDisk, apart, await_true, lay_whole_blocks, says, to_step, type_into_notes};

/// A learner whose progress lies on a full disk.
fn without_room() -> (Ground, SmallDisk, Terminal) {
    let ground = Ground::new();
    lay_whole_blocks(&ground.log());
    let disk = SmallDisk::at(&ground.state());
    disk.fill();
    let mut terminal = ground.start();
    terminal.wait("Read this.");
    terminal.wait("Your progress cannot be saved in");
    terminal.wait("free some space");
    (ground, disk, terminal)
}

#[test]
fn progress_waits_for_room_and_is_saved_without_being_asked() {
    apart(|| {
        let (ground, disk, mut terminal) = without_room();
        to_step(&mut terminal, "Write");
        terminal.press("Ctrl-Q");
        terminal.wait("Leave all the same");
        terminal.press("Esc");
        terminal.gone("Leave all the same");
        assert_eq!(ground.passed(), 0);
        disk.free();
        terminal.wait("Your progress is saved again.");
        assert_eq!(ground.passed(), 1);
        terminal.press("Ctrl-Q");
        assert_eq!(terminal.exit(), 0);
    });
}

#[test]
fn who_leaves_all_the_same_is_told_what_is_lost() {
    apart(|| {
        let (ground, _disk, mut terminal) = without_room();
        to_step(&mut terminal, "Write");
        terminal.press("Ctrl-Q");
        terminal.wait("Leave all the same");
        terminal.press("Enter");
        assert_eq!(terminal.exit(), 1);
        assert!(terminal.is_given_back());
        let told = terminal.screen();
        assert!(told.contains("your latest progress is lost") && told.contains("events.jsonl"), "{told}");
        assert_eq!(ground.passed(), 0);
    });
}

#[test]
fn typed_text_is_kept_once_there_is_room() {
    apart(|| {
        let ground = Ground::new();
        let disk = SmallDisk::at(&ground.state());
        let mut terminal = ground.start();
        terminal.wait("Read this.");
        to_step(&mut terminal, "Write");
        disk.fill();
        type_into_notes(&mut terminal, "mine ");
        terminal.wait("What you type is not kept until you save it");
        disk.free();
        terminal.wait("What you type is kept again.");
        terminal.kill();
        let mut terminal = ground.start();
        terminal.wait("The text of notes.txt that was not saved is back.");
        terminal.wait("mine starter");
    });
}

#[test]
fn a_file_is_saved_once_there_is_room() {
    apart(|| {
        let ground = Ground::new();
        let disk = SmallDisk::at(&ground.work());
        let mut terminal = ground.start();
        terminal.wait("Read this.");
        to_step(&mut terminal, "Write");
        type_into_notes(&mut terminal, "mine ");
        disk.fill();
        terminal.press("Ctrl-S");
        says(&mut terminal, "`notes.txt` cannot be read or written (No space left on device");
        let notes = ground.lesson().join("notes.txt");
        assert_eq!(fs::read_to_string(&notes).unwrap(), "starter\n", "the file before is whole");
        terminal.press("Ctrl-Q");
        terminal.wait("Leave all the same");
        terminal.press("Esc");
        terminal.gone("Leave all the same");
        terminal.wait("mine starter");
        disk.free();
        terminal.wait("✓ Done");
        assert_eq!(fs::read_to_string(&notes).unwrap(), "mine starter\n");
    });
}

#[test]
fn settings_are_saved_once_there_is_room() {
    apart(|| {
        let ground = Ground::new();
        let disk = SmallDisk::at(&ground.state());
        let mut terminal = ground.start();
        terminal.wait("Read this.");
        disk.fill();
        terminal.press("Ctrl-P");
        terminal.type_text("light theme");
        terminal.press("Enter");
        terminal.wait("Your choice holds until you leave, but is not saved");
        disk.free();
        terminal.wait("Saved.");
        let settings = fs::read_to_string(ground.state().join("settings.toml")).unwrap();
        assert!(settings.contains("\ntheme = \"light\""), "{settings}");
    });
}

#[test]
fn a_lessons_folder_is_made_once_there_is_room() {
    apart(|| {
        let ground = Ground::new();
        let disk = SmallDisk::at(&ground.work());
        disk.fill();
        let mut terminal = ground.start();
        terminal.wait("Read this.");
        to_step(&mut terminal, "Write");
        says(&mut terminal, "`notes.txt` cannot be read or written (No space left on device");
        disk.free();
        terminal.wait(" notes.txt ");
        await_true("the starter", || ground.lesson().join("notes.txt").exists());
    });
}

#[test]
fn commands_that_find_no_room_say_so_and_what_they_need_is_told() {
    apart(|| {
        let ground = Ground::new();
        let temporary = ground.data().join("tmp");
        let disk = SmallDisk::at(&temporary);
        let mut terminal = ground.start_with(&[("TMPDIR", temporary.to_str().unwrap())]);
        terminal.wait("one $");
        terminal.wait("   confined");
        disk.fill();
        terminal.press("Alt-2");
        terminal.type_text("echo all is we''ll\r");
        says(&mut terminal, "the command cannot be started (No space left on device");
        says(&mut terminal, &format!("check that there is room in {}", temporary.display()));
        disk.free();
        terminal.type_text("echo all is we''ll\r");
        terminal.wait("all is well");
    });
}

#[test]
fn nothing_runs_unconfined_because_a_disk_was_full() {
    apart(|| {
        let ground = Ground::new();
        let temporary = ground.data().join("tmp");
        let disk = SmallDisk::at(&temporary);
        disk.fill();
        let mut terminal = ground.start_with(&[("TMPDIR", temporary.to_str().unwrap())]);
        says(&mut terminal, "Programs are not run, as it cannot be found out how well this system confines them");
        says(&mut terminal, &format!("Make room in {}", temporary.display()));
        terminal.press("Alt-2");
        terminal.type_text("echo all is we''ll\r");
        terminal.wait("exit 126");
        assert!(!terminal.screen().contains("all is well"));
        disk.free();
        terminal.type_text("echo all is we''ll\r");
        terminal.wait("all is well");
        terminal.wait("   confined");
    });
}

#[test]
fn a_build_without_room_is_told() {
    apart(|| {
        let ground = Ground::new();
        let disk = SmallDisk::at(&ground.data().join("cache"));
        let mut terminal = ground.start();
        terminal.wait("one $");
        let hello = "package main\n\nfunc main() { println(\"all is\", \"well\") }\n";
        fs::write(ground.lesson().join("main.go"), hello).unwrap();
        disk.fill();
        terminal.press("Alt-2");
        terminal.type_text("go run main.go\r");
        says(&mut terminal, "which may be why this command failed; make room there");
    });
}

#[test]
fn the_face_of_lines_goes_on_without_room() {
    apart(|| {
        let ground = Ground::new();
        lay_whole_blocks(&ground.log());
        let (state, work) = (SmallDisk::at(&ground.state()), SmallDisk::at(&ground.work()));
        state.fill();
        work.fill();
        let told = ground.run(&["--plain"], ":next\n:next\n:next\n:quit\n");
        assert_eq!(told.out.matches("Your progress cannot be saved in").count(), 1, "{}", told.out);
        assert!(told.out.contains("No space left on device") && told.out.contains("Read that."), "{}", told.out);
        assert!(told.out.contains("Your latest progress is lost"), "{}", told.out);
        state.free();
        work.free();
        let told = ground.run(&["--plain"], ":next\n:quit\n");
        assert!(told.out.contains("Your progress is saved."), "{}", told.out);
        assert_eq!(ground.passed(), 1);
    });
}
