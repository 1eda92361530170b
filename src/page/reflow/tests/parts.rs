//! The parts of a step in each of their states.

use ratatui::style::{Modifier, Style};

use super::{RICH, colourless, dark, lesson, line_text, page, page_with, text, widest};
use crate::base::FilePath;
use crate::judge::Finding;
use crate::learner::session::ConditionState;
use crate::learner::{Progress, Session};
use crate::page::{Page, TargetKind, reflow_blocks};

/// The style of the first span that is this text, or else has it in it.
fn style_of(page: &Page, wanted: &str) -> Style {
    let spans = || page.lines.iter().flat_map(|line| &line.line.spans);
    let found =
        spans().find(|span| span.content == wanted).or_else(|| spans().find(|span| span.content.contains(wanted)));
    found.unwrap_or_else(|| panic!("no {wanted:?} on the page")).style
}

fn kinds(page: &Page) -> Vec<&TargetKind> {
    page.targets.iter().map(|target| &target.kind).collect()
}

fn shows(page: &Page, wanted: &[&str]) {
    let text = text(page);
    let mut rest = text.as_str();
    for part in wanted {
        let at = rest.find(part).unwrap_or_else(|| panic!("no {part:?} (in this order) in\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn emphasis_is_told_by_style_and_not_only_by_colour() {
    let lesson = lesson(RICH);
    let page = page(&lesson, 0, 80, &dark(), |_| {});
    assert!(style_of(&page, "every").add_modifier.contains(Modifier::ITALIC));
    assert!(style_of(&page, "module").add_modifier.contains(Modifier::BOLD));
    assert!(style_of(&page, "package").add_modifier.contains(Modifier::CROSSED_OUT));
    assert!(style_of(&page, "the reference").add_modifier.contains(Modifier::UNDERLINED));
    assert_eq!(style_of(&page, "go.mod").fg, dark().code.fg);
    assert_eq!(style_of(&page, "Warning").fg, dark().warn.fg);
    assert_eq!(style_of(&page, "import").bg, dark().ground.bg);
}

#[test]
fn without_colour_code_keeps_its_backticks_and_blocks_stand_behind_a_bar() {
    let lesson = lesson(RICH);
    let page = page(&lesson, 0, 80, &colourless(), |_| {});
    shows(&page, &["`go.mod`", "[1]", "| package main", "| $ go run .", "> `go.mod` exists", "| pack____"]);
    assert!(page.lines.iter().flat_map(|line| &line.line.spans).all(|span| span.style.fg.is_none()));
}

#[test]
fn links_know_their_columns_and_commands_and_code_can_be_taken() {
    let lesson = lesson(RICH);
    let page = page(&lesson, 0, 76, &dark(), |_| {});
    let linked = page.lines.iter().filter(|line| !line.links.is_empty()).map(|line| {
        let columns = line.links[0].0.start as usize..line.links[0].0.end as usize;
        line_text(line)[columns].to_owned()
    });
    assert_eq!(linked.collect::<Vec<_>>(), ["the", "reference"]);
    let link = &page.targets[0];
    assert_eq!(link.kind, TargetKind::Link("https://go.dev/ref/mod".to_owned()));
    assert_eq!(link.lines.len(), 2);
    let code = page.targets.iter().find_map(|target| match &target.kind {
        TargetKind::Code { file, language, text } => Some((file.clone(), language.as_str(), text.as_str())),
        _ => None,
    });
    let (file, language, source) = code.unwrap();
    assert_eq!((file, language), (FilePath::parse("main.go").ok(), "go"));
    assert!(source.starts_with("package main\n") && source.contains("\tfmt."));
    let commands = kinds(&page).into_iter().filter(|kind| matches!(kind, TargetKind::Command(_))).count();
    assert_eq!(commands, 2);
}

#[test]
fn conditions_have_marks_and_the_next_one_says_what_was_seen() {
    let lesson = lesson(RICH);
    let page = page(&lesson, 0, 60, &dark(), |session| {
        session.conditions[0].met = true;
        let seen = "seen: `Hallo` – one letter is different".to_owned();
        let finding = Finding { seen, advice: Some("Look at the first word.".to_owned()) };
        session.conditions[1] = ConditionState { met: false, finding: Some(finding) };
    });
    shows(
        &page,
        &[
            "✓ go.mod exists\n",
            "▸ your program prints Hello\n",
            "      seen: Hallo – one letter is different\n",
            "      Look at the first word.\n",
            "○ you answered",
        ],
    );
    assert_eq!(style_of(&page, "✓").fg, dark().right.fg);
    assert_eq!(style_of(&page, "seen: ").fg, dark().wrong.fg);
    let field = page.targets.iter().find(|target| target.kind == TargetKind::Answer).unwrap();
    let (line, column) = field.cursor.unwrap();
    assert!(line_text(&page.lines[line]).ends_with("pack"));
    assert_eq!(usize::from(column), line_text(&page.lines[line]).len());
    assert_eq!(kinds(&page).iter().filter(|kind| matches!(kind, TargetKind::Condition(_))).count(), 3);
}

#[test]
fn a_quiz_says_what_is_wrong_and_rests_when_it_is_right() {
    let lesson = lesson(RICH);
    let step = &lesson.steps[1];
    let mut session = Session::open(step, &Progress::default());
    session.pick(step, 0, 2);
    shows(&page_with(&lesson, 1, 60, &dark(), &session, &[]), &["( ) x = 4", "(•) x == 4", "[ Check answer ]"]);
    session.submit_quiz(step, 0);
    let wrong = page_with(&lesson, 1, 60, &dark(), &session, &[]);
    shows(&wrong, &["✗ (•) x == 4", "not this one", "This compares.", "Not yet", "[ Check answer ]"]);
    assert!(!text(&wrong).contains("new value"), "only what was picked is explained");
    session.pick(step, 0, 1);
    session.submit_quiz(step, 0);
    let right = page_with(&lesson, 1, 60, &dark(), &session, &[]);
    shows(&right, &["✓ (•) x := 4", "right", "✓ Right", "✓ Done"]);
    assert_eq!(right.targets, vec![]);
}

#[test]
fn a_prediction_is_typed_and_then_compared() {
    let lesson = lesson(RICH);
    let step = &lesson.steps[2];
    let mut session = Session::open(step, &Progress::default());
    session.set_prediction(0, "3\n3");
    let open = page_with(&lesson, 2, 70, &dark(), &session, &[]);
    shows(&open, &["What will this print?", "3\n", "3\n", "[ Check prediction ]"]);
    let field = open.targets.iter().find(|target| target.kind == TargetKind::Prediction(0)).unwrap();
    assert_eq!((field.lines.len(), field.cursor), (2, Some((field.lines.start + 1, 4))));
    session.predict(step, 0);
    let wide = page_with(&lesson, 2, 70, &dark(), &session, &[]);
    assert!(wide.lines.iter().any(|line| line_text(line).split_whitespace().eq(["You", "wrote", "It", "prints"])));
    assert!(wide.lines.iter().any(|line| line_text(line).split_whitespace().eq(["3", "12"])));
    let narrow = page_with(&lesson, 2, 40, &dark(), &session, &[]);
    shows(&narrow, &["You wrote", "3", "3", "It prints", "3", "12", "Not quite"]);
}

#[test]
fn lines_to_order_can_be_taken_hold_of() {
    let lesson = lesson(RICH);
    let step = &lesson.steps[3];
    let session = Session::open(step, &Progress::default());
    let page = page_with(&lesson, 3, 60, &dark(), &session, &[]);
    let positions = kinds(&page).into_iter().filter_map(|kind| match kind {
        TargetKind::OrderLine { order: 0, position } => Some(*position),
        _ => None,
    });
    assert_eq!(positions.collect::<Vec<_>>(), (0..5).collect::<Vec<_>>());
    let first = &step.orders[0].lines[session.orders[0].arranged[0]];
    shows(&page, &[&format!("1  {}", first.trim()), "Alt-Up", "[ Check order ]"]);
}

#[test]
fn hints_and_the_solution_stand_below_the_step() {
    let lesson = lesson(RICH);
    let step = &lesson.steps[0];
    let mut session = Session::open(step, &Progress::default());
    session.hints_shown = vec![1, 0];
    session.show_solution();
    let path = FilePath::parse("main.go").unwrap();
    let own = "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"Hi\")\n}\n".to_owned();
    let page = page_with(&lesson, 0, 60, &dark(), &session, &[(path.clone(), own)]);
    shows(
        &page,
        &["Hint 1 of 2", "Look at line 6", "Hint 2 of 2", "takes several", "Solution", "-     fmt.Println(\"Hi\")"],
    );
    shows(&page, &["Solution", "+     fmt.Println(\"Hello\")", "────", "A footnote"]);
    assert!(matches!(kinds(&page).last(), Some(TargetKind::Code { file: Some(file), .. }) if *file == path));
    let solution = step.solution.files[0].text.clone();
    let same = page_with(&lesson, 0, 60, &dark(), &session, &[(path, solution)]);
    shows(&same, &["Your main.go is the same as the solution."]);
}

#[test]
fn a_narrow_table_is_told_row_by_row() {
    let lesson = lesson(RICH);
    let page = page(&lesson, 0, 28, &dark(), |_| {});
    shows(&page, &["Command: go run .\n", "What it does: Builds", "Files: 0", "Command: go build"]);
    assert!(widest(&page) <= 28);
}

#[test]
fn commands_of_a_solution_can_be_typed() {
    let markdown = "# L\n\n## S {#s}\n\nText.\n\n```check\nran \"go mod init\"\n```\n\n\
                    ```console solution\n$ go mod init example.com/x\n```\n";
    let lesson = lesson(markdown);
    let page = page(&lesson, 0, 60, &dark(), |session| {
        session.show_solution();
    });
    shows(&page, &["you ran go mod init", "Solution", "$ go mod init example.com/x"]);
    assert_eq!(kinds(&page).last(), Some(&&TargetKind::Command("go mod init example.com/x".to_owned())));
}

#[test]
fn blocks_alone_are_a_page_too() {
    let lesson = lesson("# L\n\n- [x] done\n- [ ] open\n\n## S {#s}\n\nText.\n");
    assert_eq!(text(&reflow_blocks(&lesson.intro, 40, &dark())), "  [x] done\n  [ ] open");
    assert_eq!(reflow_blocks(&[], 40, &dark()), Page::default());
}

#[test]
fn what_follows_a_prediction_is_shown_after_its_answer() {
    let lesson = lesson(
        "# T\n\n## S {#s}\n\nBefore.\n\n```go predict\npackage main\n\nfunc main() { println(7) }\n```\n\n```output\n7\n```\n\n\
         It prints seven.\n",
    );
    let waiting = text(&page(&lesson, 0, 80, &dark(), |_| {}));
    assert!(waiting.contains("Before.") && waiting.contains("more after your prediction"), "{waiting}");
    assert!(!waiting.contains("seven"), "{waiting}");
    let step = &lesson.steps[0];
    let answered = text(&page(&lesson, 0, 80, &dark(), |session| {
        session.set_prediction(0, "8");
        session.predict(step, 0);
    }));
    assert!(answered.contains("It prints seven.") && !answered.contains("more after"), "{answered}");
}

#[test]
fn lines_that_are_asked_for_stand_below_the_condition() {
    let lesson = lesson(
        "# T\n\n## S {#s}\n\n```check\nrun prints exactly \"a\\n  b\\n\"\n```\n\n```console solution\n$ go run .\n```\n",
    );
    let page = page(&lesson, 0, 80, &dark(), |_| {});
    shows(&page, &["your program prints exactly these 2 lines:", "\n", " a\n", "   b"]);
    assert!(!text(&page).contains("\\n"));
}

#[test]
fn whether_code_fails_is_not_told_before_the_question_about_it() {
    let lesson = lesson(
        "# T\n\n## S {#s}\n\n```go fails=\"undefined: x\"\nx++\n```\n\nDoes it build?\n\n- [ ] Yes\n- [x] No\n\n\
         ## R {#r}\n\n```go fails=\"undefined: x\"\nx++\n```\n",
    );
    let step = &lesson.steps[0];
    assert!(!text(&page(&lesson, 0, 80, &dark(), |_| {})).contains("fails on purpose"));
    let answered = page(&lesson, 0, 80, &dark(), |session| {
        session.pick(step, 0, 1);
        session.submit_quiz(step, 0);
    });
    assert!(text(&answered).contains("fails on purpose"));
    assert!(text(&page(&lesson, 1, 80, &dark(), |_| {})).contains("fails on purpose"));
}
