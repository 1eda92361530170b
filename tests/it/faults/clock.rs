//! Clocks that jump: what was saved under another clock is used as it is, and nothing is taken for old that is not.

use std::fs;
use std::time::{Duration, SystemTime};

use crate::support::faults::{Ground, await_true, to_step, type_into_notes};

/// A year, about.
const YEAR: Duration = Duration::from_hours(24 * 365);

#[test]
fn times_from_any_century_are_taken_as_they_are() {
    for (first, second, file) in
        [(u64::MAX, 0, SystemTime::now() + 40 * YEAR), (0, u64::MAX, SystemTime::UNIX_EPOCH + Duration::from_secs(1))]
    {
        let ground = Ground::new();
        let log = format!(
            "{{\"haveago\":\"progress\",\"format\":1}}\n\
             {{\"at\":{first},\"event\":\"passed\",\"step\":\"tiny/first/one/read\",\"helped\":false}}\n\
             {{\"at\":{second},\"event\":\"opened\",\"step\":\"tiny/first/one/write\"}}\n"
        );
        fs::write(ground.log(), log).unwrap();
        let mut terminal = ground.start();
        terminal.wait("Write into");
        type_into_notes(&mut terminal, "mine ");
        let draft = ground.state().join("drafts/tiny/first/one/notes.txt.json");
        await_true("the draft", || draft.exists());
        terminal.kill();
        // All files are from then.
        for path in [&draft, &ground.log(), &ground.lesson().join("notes.txt"), &ground.state().join("settings.toml")] {
            fs::File::options().write(true).open(path).unwrap().set_modified(file).unwrap();
        }
        let mut terminal = ground.start();
        terminal.wait("The text of notes.txt that was not saved is back.");
        terminal.press("Alt-3 Ctrl-S");
        terminal.wait("✓ Done");
        to_step(&mut terminal, "Run");
        terminal.press("Ctrl-Q");
        assert_eq!((terminal.exit(), ground.passed()), (0, 2));
        let told = ground.run(&["progress", "--json"], "");
        let json: serde_json::Value = serde_json::from_str(&told.out).unwrap();
        assert_eq!((told.status, &json["passed"]), (0, &2.into()), "{}", told.out);
    }
}
