//! Stage directions: each goes to the lesson, the step, the hint or the code block that it stands in or before.

use super::{Blocks, Room};
use crate::course::directive::{self, Directive};
use crate::course::markdown::{Node, NodeKind};
use crate::course::model::{BlockKind, Lesson, Step};
use crate::course::words::Fault;

/// Takes `<!-- when: … -->` off the front of a hint.
pub fn take_when(nodes: &mut Vec<Node>) -> Option<String> {
    let Some(Node { kind: NodeKind::Comment(comment), .. }) = nodes.first() else { return None };
    let Ok(Some(Directive::When(when))) = directive::read(comment) else { return None };
    nodes.remove(0);
    Some(when)
}

impl Blocks<'_> {
    /// A comment; a `pause` is the only one that stays as a block.
    pub fn comment(&mut self, at: usize, comment: &str, room: &mut Room) -> Option<BlockKind> {
        let directive = match directive::read(comment) {
            Ok(directive) => directive?,
            Err(fault) => {
                self.problems.push(self.source.problem(at, fault));
                return None;
            }
        };
        let word = at + comment.len() - comment.trim_start().len();
        match directive {
            Directive::Pause => return Some(BlockKind::Pause),
            Directive::Highlight(lines) => {
                if let Some((_, earlier)) = self.highlight.replace((lines, word)) {
                    self.fault(
                        earlier,
                        "no code block follows this `highlight`",
                        "put it before the block that it is for",
                    );
                }
            }
            // For the teacher; one outside a step is kept by the file alone.
            Directive::Note(note) => {
                if let Room::Step(step) = room {
                    step.notes.push(note);
                }
            }
            Directive::When(_) => {
                let mend = "put it first in a hint, in the line below `> [!TIP]`";
                self.fault(word, "`when` stands outside a hint", mend);
            }
            other => match room {
                Room::Intro(lesson) => self.give_lesson(word, other, lesson),
                Room::Step(step) => self.give_step(word, other, step),
                Room::Chapter => self.misplaced(word, &other, "a chapter's page"),
                Room::Aside => self.misplaced(word, &other, "a hint or a footnote"),
            },
        }
        None
    }

    fn give_lesson(&mut self, at: usize, directive: Directive, lesson: &mut Lesson) {
        let is_first = match directive {
            Directive::Minutes(minutes) => lesson.minutes.replace(minutes).is_none(),
            Directive::Goal(goal) => lesson.goal.replace(goal).is_none(),
            Directive::Go((major, minor)) if (major, minor) <= self.setting.go => {
                let (oldest_major, oldest_minor) = self.setting.go;
                let oldest = format!("the whole course needs Go {oldest_major}.{oldest_minor}");
                return self.fault(at, format!("{oldest}, so `go: {major}.{minor}` says nothing"), "take it away");
            }
            Directive::Go(version) => lesson.go.replace(version).is_none(),
            Directive::Continues => {
                if self.setting.is_first {
                    self.fault(at, "the first lesson continues no other", "take `continues` away");
                }
                !std::mem::replace(&mut lesson.continues, true)
            }
            Directive::Teaches(words) => std::mem::replace(&mut lesson.teaches, words).is_empty(),
            Directive::Os(systems) => std::mem::replace(&mut lesson.os, systems).is_empty(),
            Directive::Optional
            | Directive::Gate
            | Directive::Note(_)
            | Directive::Pause
            | Directive::Highlight(_)
            | Directive::When(_) => return self.misplaced(at, &directive, "a lesson's introduction"),
        };
        self.once(at, is_first);
    }

    fn give_step(&mut self, at: usize, directive: Directive, step: &mut Step) {
        let is_first = match directive {
            Directive::Minutes(minutes) => step.minutes.replace(minutes).is_none(),
            Directive::Os(systems) => std::mem::replace(&mut step.os, systems).is_empty(),
            Directive::Optional => !std::mem::replace(&mut step.optional, true),
            // It is for a class that walks together; one learner alone meets no gate.
            Directive::Gate => true,
            Directive::Goal(_)
            | Directive::Go(_)
            | Directive::Continues
            | Directive::Teaches(_)
            | Directive::Note(_)
            | Directive::Pause
            | Directive::Highlight(_)
            | Directive::When(_) => return self.misplaced(at, &directive, "a step"),
        };
        self.once(at, is_first);
    }

    fn once(&mut self, at: usize, is_first: bool) {
        if !is_first {
            self.problems
                .push(self.source.problem(at, Fault::new(0, "this direction is there twice", "keep one of them")));
        }
    }

    fn misplaced(&mut self, at: usize, directive: &Directive, room: &str) {
        let (name, home) = match directive {
            Directive::Minutes(_) => ("minutes", "under the lesson's title, or in a step"),
            Directive::Goal(_) => ("goal", "under the lesson's title"),
            Directive::Continues => ("continues", "under the lesson's title"),
            Directive::Go(_) => ("go", "under the lesson's title"),
            Directive::Teaches(_) => ("teaches", "under the lesson's title"),
            Directive::Os(_) => ("os", "under the lesson's title, or in a step"),
            Directive::Optional => ("optional", "in a step"),
            Directive::Gate => ("gate", "in a step"),
            Directive::Note(_) => ("note", "anywhere"),
            Directive::Pause => ("pause", "anywhere"),
            Directive::Highlight(_) => ("highlight", "before a code block"),
            Directive::When(_) => ("when", "first in a hint"),
        };
        self.fault(at, format!("`{name}` has no meaning in {room}"), format!("put it {home}"));
    }
}
