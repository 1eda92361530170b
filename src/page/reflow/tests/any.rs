//! Whatever the blocks and whatever the width: no panic, and no line wider than the page.

use proptest::prelude::*;

use super::{RICH, colourless, dark, lesson, page_with, widest};
use crate::base::{FilePath, Place};
use crate::course::model::{AlertKind, Align, CodeBlock, ListItem, Table};
use crate::course::{Block, BlockKind, Inline};
use crate::learner::{Progress, Session};
use crate::page::{Page, reflow_blocks};

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,12}( [a-z`.-]{1,30}){0,6}",
        "[ -~\\n\\t世界ｶﾞe\u{301}\u{200d}👨👩❤\u{fe0f}\u{1b}]{0,24}",
        Just("pneumonoultramicroscopicsilicovolcanoconiosis".to_owned()),
    ]
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![
        words().prop_map(Inline::Text),
        words().prop_map(Inline::Code),
        words().prop_map(|alt| Inline::Image { url: "x.png".to_owned(), alt }),
        Just(Inline::FootnoteRef("n".to_owned())),
        Just(Inline::SoftBreak),
        Just(Inline::HardBreak),
    ];
    let inline = leaf.prop_recursive(2, 8, 3, |inner| {
        let many = prop::collection::vec(inner, 0..3);
        prop_oneof![
            many.clone().prop_map(Inline::Emphasis),
            many.clone().prop_map(Inline::Strong),
            many.prop_map(|text| Inline::Link { url: "https://go.dev".to_owned(), text }),
        ]
    });
    prop::collection::vec(inline, 0..4)
}

fn table() -> impl Strategy<Value = BlockKind> {
    let rows = prop::collection::vec(prop::collection::vec(inlines(), 0..5), 0..4);
    (prop::collection::vec(inlines(), 0..5), rows).prop_map(|(head, rows)| {
        BlockKind::Table(Table { align: vec![Align::Left, Align::Right, Align::Center], head, rows })
    })
}

fn listing() -> impl Strategy<Value = BlockKind> {
    let languages = prop::sample::select(vec!["go", "console", "text", "diff", "gomod", ""]);
    (languages, "(\\$ |\t|  )?[ -~\\n\\t世]{0,60}", any::<bool>()).prop_map(|(language, text, named)| {
        BlockKind::Code(CodeBlock {
            language: language.to_owned(),
            text,
            commands: Vec::new(),
            file: FilePath::parse("cmd/main.go").ok().filter(|_| named),
            fails: named.then(|| "x".to_owned()),
            highlight: vec![vec![1, 99]],
        })
    })
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        inlines().prop_map(BlockKind::Paragraph),
        (1_u8..7, inlines()).prop_map(|(level, text)| BlockKind::Heading { level, text }),
        table(),
        listing(),
        Just(BlockKind::Rule),
    ];
    let kind = leaf.prop_recursive(3, 12, 3, |inner| {
        let blocks = prop::collection::vec(inner.prop_map(at), 0..3);
        let item = (prop::option::of(any::<bool>()), blocks.clone());
        let item = item.prop_map(|(checked, blocks)| ListItem { checked, blocks });
        prop_oneof![
            blocks.clone().prop_map(BlockKind::Quote),
            blocks.clone().prop_map(|blocks| BlockKind::Alert { kind: AlertKind::Important, blocks }),
            blocks.prop_map(|blocks| BlockKind::Footnote { label: "n".to_owned(), blocks }),
            (prop::option::of(any::<u64>()), prop::collection::vec(item, 0..3))
                .prop_map(|(start, items)| BlockKind::List { start, items }),
        ]
    });
    kind.prop_map(at)
}

fn at(kind: BlockKind) -> Block {
    Block { place: Place::new("l.md", 1, 1), kind }
}

fn is_sound(page: &Page, columns: u16) -> Result<(), TestCaseError> {
    prop_assert!(widest(page) <= usize::from(columns), "{} > {columns}", widest(page));
    for target in &page.targets {
        prop_assert!(target.lines.end <= page.lines.len() && target.lines.start < target.lines.end, "{target:?}");
        prop_assert!(target.columns.end <= columns, "{target:?} at {columns}");
    }
    let control =
        page.lines.iter().flat_map(|line| &line.line.spans).find(|span| span.content.contains(char::is_control));
    prop_assert!(control.is_none(), "{control:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_blocks_fit_at_any_width(blocks in prop::collection::vec(block(), 0..5), columns in 1_u16..=250) {
        is_sound(&reflow_blocks(&blocks, columns, &dark()), columns)?;
        is_sound(&reflow_blocks(&blocks, columns.min(30), &colourless()), columns.min(30))?;
    }
}

#[test]
fn every_part_of_a_step_fits_at_every_width() {
    let lesson = lesson(RICH);
    for (index, step) in lesson.steps.iter().enumerate() {
        let mut open = Session::open(step, &Progress::default());
        open.hints_shown = (0..step.hints.len()).collect();
        open.show_solution();
        open.set_prediction(0, "a prediction that is longer than any field, so that it wraps in it, twice");
        let mut answered = open.clone();
        answered.pick(step, 0, 2);
        answered.submit_quiz(step, 0);
        answered.predict(step, 0);
        for columns in 1..=130 {
            for session in [&open, &answered] {
                for theme in [dark(), colourless()] {
                    is_sound(&page_with(&lesson, index, columns, &theme, session, &[]), columns).unwrap();
                }
            }
        }
    }
}
