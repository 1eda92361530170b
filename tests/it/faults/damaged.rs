//! Saved files that are cut, damaged or from the future: the program starts, says which, keeps them, and goes on.

use std::fs;

use crate::support::faults::{Ground, says, to_step, type_into_notes};

#[test]
fn damaged_progress_is_set_aside_and_its_good_lines_are_used() {
    let ground = Ground::new();
    ground.run(&["--plain"], ":next\n:next\n:quit\n");
    assert_eq!(ground.passed(), 1);
    let mut bytes = fs::read(ground.log()).unwrap();
    // One bit of the last line: a step that was opened. Without a sum it would be another step's name.
    let at = bytes.len() - 30;
    bytes[at] ^= 1;
    fs::write(ground.log(), &bytes).unwrap();
    let mut terminal = ground.start();
    says(&mut terminal, "The file with your progress was damaged (1 line could not be read).");
    let copy = ground.log().with_file_name("events.damaged-1.jsonl");
    says(&mut terminal, &format!("the damaged file is set aside as {}", copy.display()));
    assert_eq!(fs::read(copy).unwrap(), bytes);
    to_step(&mut terminal, "Run");
    terminal.press("Ctrl-Q");
    assert_eq!((terminal.exit(), ground.passed()), (0, 1));
}

#[test]
fn a_damaged_draft_is_set_aside_and_its_lesson_goes_on() {
    let ground = Ground::new();
    let mut terminal = ground.start();
    terminal.wait("Read this.");
    to_step(&mut terminal, "Write");
    type_into_notes(&mut terminal, "mine ");
    let draft = ground.state().join("drafts/tiny/first/one/notes.txt.json");
    crate::support::faults::await_true("the draft", || draft.exists());
    terminal.kill();
    let bytes = fs::read(&draft).unwrap();
    let half = &bytes[..bytes.len() / 2];
    fs::write(&draft, half).unwrap();
    let mut terminal = ground.start();
    says(&mut terminal, "What was kept of your text in notes.txt cannot be used, as it is damaged.");
    let aside = draft.with_file_name("notes.txt.json.damaged-1");
    says(&mut terminal, &format!("It is set aside as {}", aside.display()));
    type_into_notes(&mut terminal, "again ");
    terminal.press("Ctrl-S");
    terminal.wait("is saved.");
    assert_eq!(fs::read(aside).unwrap(), half);
}

#[test]
fn wrong_settings_are_told_of_and_the_others_hold() {
    let ground = Ground::new();
    let file = ground.state().join("settings.toml");
    let text = "theme = \"light\"\nmuose = false\n";
    fs::write(&file, text).unwrap();
    let told = format!("{}:2:1: there is no setting `muose`; write `mouse`.", file.display());
    let mut terminal = ground.start();
    says(&mut terminal, &told);
    assert!(terminal.raw().contains("48;2;255;255;255"), "it is light");
    terminal.press("Ctrl-P");
    terminal.type_text("dark theme");
    terminal.press("Enter");
    says(&mut terminal, "Your choice holds until you leave, but is not saved");
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    let plain = ground.run(&["--plain"], ":quit\n");
    assert!(plain.out.contains("write `mouse`") && plain.status == 0, "{}", plain.out);
}

#[test]
fn progress_of_the_future_is_left_alone_and_the_way_on_is_told() {
    let ground = Ground::new();
    let text = "{\"haveago\":\"progress\",\"format\":9}\n{\"something\":\"else\"}\n";
    fs::write(ground.log(), text).unwrap();
    let mut terminal = ground.start();
    assert_eq!(terminal.exit(), 1);
    let told = terminal.screen();
    assert!(told.contains("was written by a newer haveago (format 9") && told.contains("--data DIR"), "{told}");
    assert_eq!(fs::read_to_string(ground.log()).unwrap(), text);
}

#[test]
fn notes_about_what_is_built_can_be_anything() {
    let ground = Ground::new();
    for place in ["cache/go-base/layers", "cache/go-build/tiny/copied", "state/toolchains/.lock", "state/home/tiny"] {
        let place = ground.data().join("other").join(place);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, [0xff; 100]).unwrap();
    }
    let data = ground.data().join("other");
    let course = ground.course();
    let args = ["--course", course.to_str().unwrap(), "--allow-unconfined", "--plain"];
    let told = crate::stage::run_with(&data, &[], &args, ":next\n:next\necho all is we''ll\n:quit\n");
    assert!(told.status == 0 && told.out.contains("all is well"), "{} {}", told.out, told.err);
}
