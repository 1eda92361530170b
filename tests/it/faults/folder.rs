//! The lesson's folder goes away while the program runs.

use std::fs;

use crate::support::Terminal;
use crate::support::faults::{Ground, await_true, prompt, says, to_step, type_into_notes};

/// A learner who has typed into the lesson's file.
fn at_work(ground: &Ground) -> Terminal {
    let mut terminal = ground.start();
    terminal.wait("Read this.");
    to_step(&mut terminal, "Write");
    type_into_notes(&mut terminal, "mine ");
    terminal
}

fn ends_well(mut terminal: Terminal, ground: &Ground) {
    terminal.press("Ctrl-Q");
    assert_eq!((terminal.exit(), ground.passed()), (0, 2));
}

#[test]
fn a_folder_that_is_deleted_is_made_anew_with_the_text_of_the_editor() {
    for what in [Ground::lesson, Ground::work] {
        let ground = Ground::new();
        let mut terminal = at_work(&ground);
        let mine = ground.lesson().join("mine.txt");
        fs::write(&mine, "more").unwrap();
        terminal.press("Alt-4");
        terminal.wait("✓ Done");
        terminal.wait("mine.txt");
        fs::remove_dir_all(what(&ground)).unwrap();
        says(&mut terminal, "Your lesson's folder was removed. It is made anew");
        let notes = ground.lesson().join("notes.txt");
        await_true("the text", || fs::read_to_string(&notes).is_ok_and(|text| text == "mine starter\n"));
        // It is watched again, and commands run in it.
        fs::write(&mine, "more").unwrap();
        terminal.wait("mine.txt");
        terminal.press("Alt-2");
        terminal.type_text("cat notes.txt mine.txt\r");
        says(&mut terminal, "mine starter more");
        prompt(&mut terminal);
        ends_well(terminal, &ground);
    }
}

#[test]
fn a_file_that_is_no_text_and_came_meanwhile_is_not_written_over() {
    let ground = Ground::new();
    let mut terminal = at_work(&ground);
    let (notes, theirs) = (ground.lesson().join("notes.txt"), ground.lesson().join("notes.txt.theirs"));
    fs::remove_file(&notes).unwrap();
    fs::write(&notes, b"a picture\0\xff\xfe").unwrap();
    terminal.press("Ctrl-S");
    await_true("the picture", || fs::read(&theirs).is_ok_and(|bytes| bytes == b"a picture\0\xff\xfe"));
    await_true("the text", || fs::read_to_string(&notes).is_ok_and(|text| text == "mine starter\n"));
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
}

#[test]
fn a_file_or_a_link_in_its_place_is_told_of_and_nothing_goes_through_it() {
    for is_link in [false, true] {
        let ground = Ground::new();
        let mut terminal = at_work(&ground);
        let (lesson, outside) = (ground.lesson(), ground.data().join("outside"));
        fs::create_dir(&outside).unwrap();
        let aside = lesson.with_extension("aside");
        fs::rename(&lesson, &aside).unwrap();
        if is_link {
            std::os::unix::fs::symlink(&outside, &lesson).unwrap();
        } else {
            fs::write(&lesson, "a file").unwrap();
        }
        let told =
            format!("{} is a file or a link, and your lesson's folder should be there; move it away", lesson.display());
        terminal.press("Ctrl-S");
        says(&mut terminal, &told);
        terminal.press("Alt-2");
        terminal.type_text("echo all is we''ll > there.txt\r");
        terminal.wait("exit 126 ✗");
        says(&mut terminal, &told);
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
        terminal.press("Alt-3");
        terminal.wait("mine starter");
        fs::remove_file(&lesson).unwrap();
        fs::rename(&aside, &lesson).unwrap();
        terminal.wait("✓ Done");
        assert_eq!(fs::read_to_string(lesson.join("notes.txt")).unwrap(), "mine starter\n");
        ends_well(terminal, &ground);
    }
}

#[test]
fn a_folder_that_is_deleted_under_a_running_command_is_there_for_the_next() {
    let ground = Ground::new();
    let mut terminal = at_work(&ground);
    terminal.press("Ctrl-S");
    terminal.wait("✓ Done");
    terminal.press("Alt-2");
    terminal.type_text("sh -c 'echo on i\"t\"; read line; echo $line > late.txt; echo en\"ded\"'\r");
    terminal.wait("on it");
    fs::remove_dir_all(ground.lesson()).unwrap();
    terminal.type_text("go on\r");
    prompt(&mut terminal);
    terminal.press("Ctrl-L");
    terminal.wait("Type a command and press Enter");
    terminal.type_text("cat notes.txt\r");
    terminal.wait("mine starter");
    prompt(&mut terminal);
    ends_well(terminal, &ground);
}

#[test]
fn the_face_of_lines_makes_it_anew_and_stays_where_it_cannot() {
    let ground = Ground::new();
    let lesson = ground.lesson().display().to_string();
    let told = ground.run(&["--plain"], ":next\n:next\n:quit\n");
    assert_eq!(told.status, 0);
    fs::remove_dir_all(ground.work()).unwrap();
    fs::create_dir_all(ground.work().join("tiny/first")).unwrap();
    fs::write(ground.work().join("tiny/first/two"), "a file").unwrap();
    let told = ground.run(&["--plain"], &format!(":goto 1.2\nrm -r {lesson}\n:goto 1.1\necho all is we''ll\n:quit\n"));
    let flat = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("tiny/first/two is a file or a link, and your lesson's folder should be there"), "{flat}");
    assert!(flat.contains("all is well") && told.status == 0, "{flat}");
}
