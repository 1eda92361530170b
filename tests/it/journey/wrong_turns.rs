//! What everybody does wrong once: what was seen is said, and how to go on; and then it goes on.

use std::time::Duration;

use haveago::course::Step;

use crate::support::learner::{embedded, letters, places};
use crate::support::{self, Learner};

/// A learner at a step.
struct Turn {
    learner: Learner,
    step: Step,
    _data: tempfile::TempDir,
}

impl Turn {
    /// At the step of this id in a lesson.
    fn at(lesson: &str, id: &str) -> Self {
        let data = support::data();
        let course = embedded();
        let mut learner = Learner::begin(&[lesson], data.path());
        let places = places(&course);
        let wanted = places.iter().position(|(_, _, step)| step.id.0.ends_with(&format!("/{id}"))).expect("the step");
        let first = places.iter().position(|(at, _, _)| *at == places[wanted].0).expect("its lesson");
        for (at, numbers, step) in &places[first..wanted] {
            learner.arrive(*at, *numbers, step);
            learner.terminal.press("F8");
        }
        let (at, numbers, step) = &places[wanted];
        learner.arrive(*at, *numbers, step);
        Self { learner, step: (*step).clone(), _data: data }
    }

    /// Runs a command that fails: it has its mark, what Go said, and below it why, in these words.
    fn fails(&mut self, line: &str, said: &str, why: &str) {
        let seen = self.learner.run(line);
        let row = seen.lines().find(|row| row.contains(&format!("$ {line}"))).expect("the command is there");
        assert!(row.ends_with('✗') && row.contains("exit "), "{row}");
        for words in [said, why] {
            assert!(letters(&seen).contains(&letters(words)), "{words:?} in\n{seen}");
        }
        let (at_said, at_why) = (letters(&seen).find(&letters(said)), letters(&seen).find(&letters(why)));
        assert!(at_said < at_why && seen.contains("│ why"), "Go's own words come first:\n{seen}");
    }

    /// The lesson says what was seen.
    fn finds(&mut self, seen: &str) {
        let wanted = letters(seen);
        self.learner.terminal.watch(seen, |terminal| letters(&terminal.reader().join(" ")).contains(&wanted));
    }

    /// What is right is right after all.
    fn passes_in_the_end(&mut self) {
        self.learner.pass(&self.step);
    }
}

#[test]
fn a_typo_in_a_command_and_a_module_without_a_name() {
    let mut turn = Turn::at("1.3", "init");
    turn.fails("go mod int", "unknown command", "go mod has no part called int. You probably meant go mod init.");
    turn.finds("there is no go.mod");
    turn.fails("go mod init", "cannot determine module path", "A module needs a name, and Go cannot guess it.");
    turn.finds("there is no go.mod");
    turn.passes_in_the_end();
}

#[test]
fn the_wrong_directory() {
    let mut turn = Turn::at("1.6", "build");
    turn.learner.run("mkdir elsewhere");
    turn.learner.run("cd elsewhere");
    turn.fails("go build", "no Go files in", "Go finds no file that ends in .go in this folder");
    // What is seen makes the page longer: its end is looked for until it is there.
    turn.learner.terminal.press("Alt-1");
    let mut looks = 0..100;
    while !turn.learner.terminal.comes_within("there is no myapp", Duration::from_millis(300)) {
        assert!(looks.next().is_some(), "{}", turn.learner.terminal.screen());
        turn.learner.terminal.press("End");
    }
    turn.learner.run("cd ..");
    turn.passes_in_the_end();
}

#[test]
fn a_missing_brace() {
    let mut turn = Turn::at("1.2", "mend");
    let file = turn.step.solution.files[0].clone();
    turn.learner.write(&file.path, file.text.trim_end().trim_end_matches('}'));
    turn.learner.terminal.wait("main.go is saved. gofmt stops at line ");
    turn.learner.terminal.wait("expected '}', found 'EOF'");
    turn.fails("go run main.go", "syntax error: unexpected EOF", "a } is missing");
    turn.finds("go run main.go ended with exit");
    turn.passes_in_the_end();
}
