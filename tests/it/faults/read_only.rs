//! Folders that cannot be written, or not be made at all.

use std::fs;

use crate::stage;
use crate::support::faults::{Ground, SmallDisk, apart, prompt, says, to_step};

#[test]
fn a_disk_that_becomes_read_only_is_told_of_and_one_reads_on() {
    apart(|| {
        let ground = Ground::new();
        let told = ground.run(&["--plain"], ":next\n:quit\n");
        assert_eq!((told.status, ground.passed()), (0, 1));
        let disk = SmallDisk::at(&ground.data());
        disk.read_only();
        let mut terminal = ground.start();
        says(&mut terminal, "Read-only file system (os error 30)");
        terminal.wait("Write into");
        terminal.press("Alt-2");
        terminal.type_text("echo all is we''ll\r");
        terminal.wait("all is well");
        prompt(&mut terminal);
        to_step(&mut terminal, "Run");
        terminal.press("Ctrl-Q");
        terminal.wait("Leave all the same");
        terminal.press("Enter");
        assert_eq!(terminal.exit(), 1);
        let screen = terminal.screen();
        assert!(screen.contains("your latest progress is lost"), "{screen}");
        assert_eq!(ground.passed(), 1);
    });
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named_with_the_way_on() {
    let ground = Ground::new();
    let place = ground.data().join("a-file");
    fs::write(&place, "in the way").unwrap();
    let course = ground.course();
    let told = stage::run(&place, &["--course", course.to_str().unwrap(), "--plain"], ":next\n:quit\n");
    assert_eq!(told.status, 1);
    assert!(told.err.contains("a-file") && told.err.contains("--data DIR"), "{}", told.err);
    assert_eq!(fs::read_to_string(place).unwrap(), "in the way");
}

#[test]
fn a_work_folder_that_cannot_be_made_is_told_of_and_one_reads_on() {
    let ground = Ground::new();
    fs::remove_dir_all(ground.work()).unwrap();
    fs::write(ground.work(), "in the way").unwrap();
    let mut terminal = ground.start();
    terminal.wait("Read this.");
    says(&mut terminal, "cannot be read or written (Not a directory");
    to_step(&mut terminal, "Write");
    fs::remove_file(ground.work()).unwrap();
    // It is made as soon as it can be.
    terminal.until("the file's tab", |screen| screen.lines().next().is_some_and(|tabs| tabs.contains(" notes.txt ")));
    terminal.press("Ctrl-Q");
    assert_eq!((terminal.exit(), ground.passed()), (0, 1));
}
