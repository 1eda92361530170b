//! How the reader is used: scrolling, selecting, using, typing, and what is drawn of it.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::{KEYS, Reader, ReaderAction, ReaderAsk, field};
use crate::base::FilePath;
use crate::course::{Lesson, load};
use crate::learner::{Progress, Session};
use crate::page::theme::{Depth, FANCY, ThemeName};
use crate::page::{Page, PageView, TargetKind, Theme, reflow};

const LESSON: &str = "# L\n\n## One {#one}\n\nSee [the tour](https://go.dev/tour) and [next](02-b.md).\n\n\
    ```go file=main.go\npackage main\n\nfunc main() {}\n```\n\n```console\n$ go run .\nhello\n$ go build\n```\n\n\
    ```text\nplain\n```\n\n```check\nanswer \"yes\"\n```\n\n\
    ## Two {#two}\n\n- [ ] one\n- [x] two\n\n\
    ## Three {#three}\n\n```go predict\npackage main\n\nfunc main() { println(1) }\n```\n\n```output\n1\n```\n\n\
    ## Four {#four}\n\n```go order=main.go\npackage main\n\nfunc main() {\n}\n```\n";

/// A learner before an open step.
struct Desk {
    lesson: Lesson,
    step: usize,
    session: Session,
    draft: String,
    reader: Reader,
    height: u16,
}

impl Desk {
    fn at(step: usize) -> Self {
        let files = [
            (
                "course.toml",
                "format = 1\nid = \"c\"\ntitle = \"C\"\nversion = \"1\"\ngo = \"1.24\"\nlicence = \"MIT\"\n\
                 chapters = [\"01-ch\"]\n",
            ),
            ("01-ch/README.md", "# Chapter\n"),
            ("01-ch/01-a.md", LESSON),
            ("01-ch/02-b.md", "# B\n"),
        ];
        let files: BTreeMap<String, String> =
            files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let lesson = load(&files).course.unwrap().chapters.remove(0).lessons.remove(0);
        let session = Session::open(&lesson.steps[step], &Progress::default());
        Self { lesson, step, session, draft: String::new(), reader: Reader::default(), height: 60 }
    }

    fn page(&self) -> Page {
        let view = PageView {
            lesson: &self.lesson,
            step: &self.lesson.steps[self.step],
            with_intro: false,
            session: &self.session,
            own: &[],
            answer_draft: &self.draft,
        };
        reflow(&view, 60, &theme())
    }

    fn act(&mut self, action: ReaderAction) -> Vec<ReaderAsk> {
        let page = self.page();
        self.reader.act(action, &page, self.height, &self.session, &self.draft)
    }

    fn click(&mut self, text: &str) -> Vec<ReaderAsk> {
        let (page, screen) = (self.page(), self.screen(true).0);
        let (column, row) = place(&screen, text);
        self.reader.click(column, row, &page, self.height, &self.session)
    }

    fn select(&mut self, wanted: impl Fn(&TargetKind) -> bool) {
        let page = self.page();
        self.reader.select(&page, self.height, wanted);
        assert!(self.reader.selected.is_some());
    }

    fn screen(&self, focused: bool) -> (Buffer, Option<Position>) {
        let area = Rect::new(0, 0, 60, self.height);
        let mut buffer = Buffer::empty(area);
        let cursor = self.reader.render(&self.page(), area, &mut buffer, &theme(), focused);
        (buffer, cursor)
    }
}

/// Sixteen colours: no links in the cells, so that the text can be read off them.
fn theme() -> Theme {
    Theme::new(ThemeName::Dark, Depth::Ansi16, FANCY)
}

fn rows(buffer: &Buffer) -> Vec<String> {
    let row = |y| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..buffer.area.height).map(row).collect()
}

fn place(buffer: &Buffer, text: &str) -> (u16, u16) {
    let found = rows(buffer).iter().enumerate().find_map(|(y, row)| {
        let at = row.find(text)?;
        Some((row[..at].chars().count() as u16, y as u16))
    });
    found.unwrap_or_else(|| panic!("no {text:?} on the screen"))
}

#[test]
fn what_the_page_offers_is_used_by_keys_in_reading_order() {
    let mut desk = Desk::at(0);
    let mut asks = Vec::new();
    for _ in 0..7 {
        desk.act(ReaderAction::NextTarget);
        asks.extend(desk.act(ReaderAction::Activate));
    }
    let code = "package main\n\nfunc main() {}\n".to_owned();
    assert_eq!(
        asks,
        [
            ReaderAsk::OpenLink("https://go.dev/tour".to_owned()),
            ReaderAsk::OpenLink("02-b.md".to_owned()),
            ReaderAsk::PutCode { file: FilePath::parse("main.go").ok(), text: code.clone() },
            ReaderAsk::TypeCommand("go run .".to_owned()),
            ReaderAsk::TypeCommand("go build".to_owned()),
            ReaderAsk::Copy("plain\n".to_owned()),
            ReaderAsk::Answer,
        ]
    );
    for _ in 0..4 {
        desk.act(ReaderAction::PrevTarget);
    }
    assert_eq!(desk.act(ReaderAction::Copy), [ReaderAsk::Copy(code)]);
}

#[test]
fn clicks_use_what_they_hit_but_code_only_at_the_second() {
    let mut desk = Desk::at(0);
    assert_eq!(desk.click("go build"), [ReaderAsk::TypeCommand("go build".to_owned())]);
    assert_eq!(desk.click("next"), [ReaderAsk::OpenLink("02-b.md".to_owned())]);
    assert_eq!(desk.click("func main"), []);
    assert!(matches!(desk.click("func main")[..], [ReaderAsk::PutCode { .. }]));
    assert_eq!(desk.click("and"), []);
    let mut desk = Desk::at(1);
    assert_eq!(desk.click("two"), [ReaderAsk::Pick { quiz: 0, option: 1 }]);
    assert_eq!(desk.click("Check answer"), [ReaderAsk::SubmitQuiz(0)]);
}

#[test]
fn letters_go_into_the_selected_field_and_nowhere_else() {
    let mut desk = Desk::at(0);
    assert!(!desk.reader.wants_text(&desk.page()));
    assert_eq!(desk.act(ReaderAction::Type('x')), []);
    desk.draft = "e".to_owned();
    desk.select(|kind| *kind == TargetKind::Answer);
    assert!(desk.reader.wants_text(&desk.page()));
    assert_eq!(desk.act(ReaderAction::Type('\u{301}')), [ReaderAsk::SetAnswer("e\u{301}".to_owned())]);
    assert_eq!(desk.act(ReaderAction::Paste("a\r\nb\u{1b}".to_owned())), [ReaderAsk::SetAnswer("ea b".to_owned())]);
    desk.draft = "xe\u{301}".to_owned();
    assert_eq!(desk.act(ReaderAction::Backspace), [ReaderAsk::SetAnswer("x".to_owned())]);
    let (screen, cursor) = desk.screen(true);
    let (column, row) = place(&screen, "xe\u{301}");
    assert_eq!(cursor, Some(Position::new(column + 2, row)));
    assert_eq!(desk.screen(false).1, None);
}

#[test]
fn a_prediction_has_lines_and_a_button() {
    let mut desk = Desk::at(2);
    desk.session.set_prediction(0, "1");
    desk.select(|kind| matches!(kind, TargetKind::Prediction(_)));
    let typed = |text: &str| [ReaderAsk::SetPrediction { index: 0, text: text.to_owned() }];
    assert_eq!(desk.act(ReaderAction::Activate), typed("1\n"));
    assert_eq!(desk.act(ReaderAction::Paste("\r\n2".to_owned())), typed("1\n2"));
    desk.act(ReaderAction::NextTarget);
    assert_eq!(desk.act(ReaderAction::Activate), [ReaderAsk::Predict(0)]);
}

/// Found by the monkey: with a quarter of a megabyte in it, the page took longer to lay out than the next key to come.
#[test]
fn a_field_takes_no_more_than_its_most() {
    let mut desk = Desk::at(2);
    desk.session.set_prediction(0, "ab");
    desk.select(|kind| matches!(kind, TargetKind::Prediction(_)));
    let text = format!("ab{}", "世".repeat(field::MOST - 2));
    let full = ReaderAsk::SetPrediction { index: 0, text: text.clone() };
    assert_eq!(desk.act(ReaderAction::Paste("世".repeat(9_000))), std::slice::from_ref(&full));
    desk.session.set_prediction(0, text.as_str());
    assert_eq!(desk.act(ReaderAction::Type('x')), [full]);
    let less = text.strip_suffix('世').unwrap().to_owned();
    assert!(field::is_full(&text) && !field::is_full(&less));
    assert_eq!(desk.act(ReaderAction::Backspace), [ReaderAsk::SetPrediction { index: 0, text: less }]);
}

#[test]
fn a_line_is_moved_and_stays_selected() {
    let mut desk = Desk::at(3);
    desk.select(|kind| matches!(kind, TargetKind::OrderLine { position: 1, .. }));
    assert_eq!(desk.act(ReaderAction::MoveUp), [ReaderAsk::Move { order: 0, from: 1, to: 0 }]);
    assert_eq!(desk.act(ReaderAction::MoveUp), [], "there is nothing above the first");
    assert_eq!(desk.act(ReaderAction::MoveDown), [ReaderAsk::Move { order: 0, from: 0, to: 1 }]);
    desk.select(|kind| matches!(kind, TargetKind::OrderSubmit(_)));
    assert_eq!(desk.act(ReaderAction::Activate), [ReaderAsk::SubmitOrder(0)]);
}

#[test]
fn a_tall_page_scrolls_says_so_and_shows_the_selection() {
    let mut desk = Desk::at(0);
    desk.height = 8;
    let last = |desk: &Desk| rows(&desk.screen(true).0).pop().unwrap();
    assert!(last(&desk).contains("▾ more below"));
    assert!(desk.reader.has_more_below(&desk.page(), 8));
    desk.act(ReaderAction::PageDown);
    assert_eq!(desk.reader.scroll, 5);
    desk.act(ReaderAction::End);
    assert!(!desk.reader.has_more_below(&desk.page(), 8));
    assert_eq!(last(&desk), "");
    desk.act(ReaderAction::Down);
    assert_eq!(desk.reader.scroll, desk.page().lines.len() - 7);
    desk.act(ReaderAction::Home);
    for _ in 0..4 {
        desk.act(ReaderAction::NextTarget);
    }
    assert!(rows(&desk.screen(true).0).iter().any(|row| row.starts_with("▸") && row.contains("$ go run .")));
    let page = desk.page();
    desk.reader.wheel(false, &page, 8);
    desk.reader.wheel(false, &page, 8);
    desk.reader.wheel(false, &page, 8);
    assert_eq!(desk.reader.scroll, 0);
}

#[test]
fn the_selection_starts_from_what_is_on_the_screen() {
    let mut desk = Desk::at(0);
    desk.height = 8;
    desk.act(ReaderAction::NextTarget);
    desk.act(ReaderAction::End);
    desk.act(ReaderAction::PrevTarget);
    let page = desk.page();
    assert!(page.targets[desk.reader.selected.unwrap()].lines.end > desk.reader.scroll);
}

#[test]
fn the_selection_is_marked_by_a_sign_and_in_reverse() {
    let mut desk = Desk::at(0);
    desk.act(ReaderAction::NextTarget);
    let (screen, _) = desk.screen(true);
    let (column, row) = place(&screen, "the tour");
    assert_eq!(screen[(0, row)].symbol(), "▸");
    assert!(screen[(column, row)].modifier.contains(Modifier::REVERSED));
    assert!(!screen[(column + 9, row)].modifier.contains(Modifier::REVERSED));
}

#[test]
fn a_selection_follows_its_thing_and_goes_when_that_goes() {
    let mut desk = Desk::at(1);
    desk.select(|kind| matches!(kind, TargetKind::QuizSubmit(_)));
    let before = desk.page();
    let step = desk.lesson.steps[1].clone();
    desk.session.pick(&step, 0, 0);
    desk.session.submit_quiz(&step, 0);
    desk.reader.follow(&before, &desk.page());
    assert_eq!(desk.page().targets[desk.reader.selected.unwrap()].kind, TargetKind::QuizSubmit(0));
    let before = desk.page();
    desk.session.pick(&step, 0, 1);
    desk.session.submit_quiz(&step, 0);
    desk.reader.follow(&before, &desk.page());
    assert_eq!(desk.reader.selected, None);
}

#[test]
fn web_links_are_whole_in_every_cell_and_others_are_left_alone() {
    let desk = Desk::at(0);
    let area = Rect::new(0, 0, 60, 20);
    let mut buffer = Buffer::empty(area);
    let theme = Theme::new(ThemeName::Dark, Depth::True, FANCY);
    desk.reader.render(&desk.page(), area, &mut buffer, &theme, true);
    let linked: Vec<&str> =
        buffer.content.iter().map(ratatui::buffer::Cell::symbol).filter(|symbol| symbol.contains('\x1b')).collect();
    assert_eq!(linked.len(), "the tour".len());
    assert!(linked.iter().all(|cell| cell.contains(";https://go.dev/tour\x1b\\") && cell.ends_with("\x1b]8;;\x1b\\")));
    // Each takes one column of the screen, whatever it is made of.
    let drawn: Vec<_> = Buffer::empty(area).diff(&buffer).into_iter().filter(|(_, y, _)| *y == 2).collect();
    assert!(drawn.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert!(drawn.iter().filter(|(_, _, cell)| cell.symbol().contains('\x1b')).count() == "the tour".len());
}

#[test]
fn every_key_is_bound_once_and_drawing_fits_any_area() {
    let keys: std::collections::BTreeSet<&str> = KEYS.iter().map(|(key, _, _)| *key).collect();
    assert_eq!(keys.len(), KEYS.len());
    let mut desk = Desk::at(0);
    for _ in 0..7 {
        desk.act(ReaderAction::NextTarget);
        for (width, height) in [(0, 0), (1, 1), (3, 2), (12, 5), (60, 1), (200, 50)] {
            let area = Rect::new(0, 0, width, height);
            desk.reader.render(&desk.page(), area, &mut Buffer::empty(area), &theme(), true);
        }
    }
}
