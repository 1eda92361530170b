//! Code blocks: what is shown, and what goes to the step's starter, solution, tests, check and questions.

use super::{Blocks, Nodes, Room};
use crate::base::{FilePath, Place};
use crate::course::fence::{self, Info, Role};
use crate::course::markdown::{Code, NodeKind};
use crate::course::model::{BlockKind, CodeBlock, ConsoleCommand, CourseFile, Order, Prediction, Step};
use crate::course::source::Pieces;
use crate::course::words::Fault;
use crate::course::{check, console, order};

/// What stands in a block, or in the file that it takes its text from.
struct Body {
    text: String,
    place: Place,
}

impl Body {
    fn named(self, path: FilePath) -> CourseFile {
        CourseFile { path, text: self.text, place: self.place }
    }
}

impl Blocks<'_> {
    pub fn code(&mut self, at: usize, code: Code, nodes: &mut Nodes, room: &mut Room) -> Option<BlockKind> {
        let (mut info, faults) = fence::read(&code.info);
        let source = self.source;
        self.problems.extend(faults.into_iter().map(|fault| source.problem(code.info_at, fault)));
        let role = self.role_here(&mut info, code.info_at, room);
        match role {
            Role::Check => return self.check(at, &code.text, room),
            Role::Console => {
                let commands = self.console(at, &code.text);
                return Some(self.shown(info, code.text.text, commands, None));
            }
            Role::ConsoleSolution => {
                let commands = self.console(at, &code.text);
                if let Room::Step(step) = room {
                    step.solution.commands.extend(commands);
                }
                self.hidden();
                return None;
            }
            Role::Output => {
                let mend = "put it right below a ` ```go predict ` block, or call it `text`";
                self.fault(at, "this output belongs to no `predict` block", mend);
                return Some(self.shown(info, code.text.text, Vec::new(), None));
            }
            Role::Show
            | Role::File(_)
            | Role::Solution(_)
            | Role::Test(_)
            | Role::Order(_)
            | Role::Mutant(_)
            | Role::Predict => {}
        }
        let body = self.body(at, &info, code.info_at, code.text);
        match room {
            Room::Step(step) => self.in_step(at, role, info, body, nodes, step),
            Room::Chapter | Room::Intro(_) | Room::Aside => Some(self.shown(info, body.text, Vec::new(), None)),
        }
    }

    /// The block's role, if it can have it where it stands.
    fn role_here(&mut self, info: &mut Info, at: usize, room: &Room) -> Role {
        let role = std::mem::take(&mut info.role);
        let (fault, mend) = match room {
            Room::Step(_) => return role,
            Room::Chapter => ("a chapter's page has no steps", "put this block into a lesson"),
            Room::Intro(_) => {
                ("this block does something in a step, and no step has begun", "put a `## Heading` before it")
            }
            Room::Aside => {
                ("this block does something in the step, and stands inside a hint or a footnote", "move it out")
            }
        };
        if !role.needs_step() {
            return role;
        }
        self.fault(at, fault, mend);
        Role::Show
    }

    fn body(&mut self, at: usize, info: &Info, info_at: usize, text: Pieces) -> Body {
        let begin = text.offset(0).unwrap_or(at);
        let own = Body { place: self.source.place(begin), text: text.text };
        let Some((src, src_at)) = &info.src else { return own };
        let src_at = info_at + src_at;
        if !own.text.trim().is_empty() {
            self.fault(begin, "a block with `src=` has text of its own too", "take the text away, or `src=`");
        }
        if let Err(error) = FilePath::parse(src) {
            self.fault(src_at, format!("`{src}` is no path that can be used here"), error.to_string());
            return own;
        }
        let lesson = self.source.file.strip_suffix(".md").unwrap_or(&self.source.file);
        let chapter = lesson.rsplit_once('/').map_or("", |(chapter, _)| chapter);
        let found = [format!("{lesson}/{src}"), format!("{chapter}/{src}")]
            .into_iter()
            .find_map(|path| self.setting.files.get(&path).map(|text| (text, path)));
        let Some((text, path)) = found else {
            self.fault(src_at, format!("there is no file `{src}`"), format!("put it at `{lesson}/{src}`"));
            return own;
        };
        Body { text: text.replace("\r\n", "\n"), place: Place::new(path, 1, 1) }
    }

    fn in_step(
        &mut self,
        at: usize,
        role: Role,
        info: Info,
        body: Body,
        nodes: &mut Nodes,
        step: &mut Step,
    ) -> Option<BlockKind> {
        match role {
            Role::File(path) => {
                let shown = self.shown(info, body.text.clone(), Vec::new(), Some(path.clone()));
                self.add(at, "file", &mut step.files, body.named(path));
                return Some(shown);
            }
            Role::Predict => return Some(self.prediction(at, info, body, nodes, step)),
            Role::Order(path) => return Some(self.order(at, info, body, path, step)),
            Role::Solution(path) => self.add(at, "solution", &mut step.solution.files, body.named(path)),
            Role::Test(path) => self.add(at, "test", &mut step.tests, body.named(path)),
            Role::Mutant(path) => step.mutants.push(body.named(path)),
            Role::Show | Role::Output | Role::Check | Role::Console | Role::ConsoleSolution => {
                return Some(self.shown(info, body.text, Vec::new(), None));
            }
        }
        self.hidden();
        None
    }

    fn add(&mut self, at: usize, word: &str, files: &mut Vec<CourseFile>, file: CourseFile) {
        if let Some(twin) = files.iter().find(|twin| twin.path == file.path) {
            let fault =
                format!("`{word}={}` is there twice in this step, first in line {}", file.path, twin.place.line);
            self.fault(at, fault, "keep one of them");
        }
        files.push(file);
    }

    fn shown(&mut self, info: Info, text: String, commands: Vec<ConsoleCommand>, file: Option<FilePath>) -> BlockKind {
        let mut highlight = Vec::new();
        if let Some((lines, at)) = self.highlight.take() {
            let count = text.lines().count();
            let last = lines.iter().flatten().max().copied().unwrap_or(0);
            if last as usize > count {
                let fault = format!("line {last} is past the end of the block, which has {count}");
                self.fault(at, fault, "count the lines again");
            }
            highlight = lines;
        }
        BlockKind::Code(CodeBlock { language: info.language, text, commands, file, fails: info.fails, highlight })
    }

    /// A hidden block cannot be highlighted.
    fn hidden(&mut self) {
        if let Some((_, at)) = self.highlight.take() {
            self.fault(at, "this `highlight` stands before a block that is not shown as code", "take it away");
        }
    }

    fn check(&mut self, at: usize, text: &Pieces, room: &mut Room) -> Option<BlockKind> {
        self.hidden();
        let Room::Step(step) = room else { return None };
        let start = step.check.len();
        let mut is_empty = true;
        for (line, offset) in text.lines().filter(|(line, _)| !line.trim().is_empty()) {
            is_empty = false;
            match check::parse(line, &self.source.place(offset)) {
                Ok(condition) => {
                    if step.check.iter().any(|twin| twin.source == condition.source) {
                        let fault = Fault::new(0, "this condition is there twice in the step", "take one of them away");
                        self.problems.push(self.source.problem(offset, fault));
                    } else {
                        step.check.push(condition);
                    }
                }
                Err(problem) => self.problems.push(problem),
            }
        }
        if is_empty {
            self.fault(at, "this check is empty", "write one condition a line, as in `file go.mod exists`");
        }
        (step.check.len() > start).then_some(BlockKind::Check(start..step.check.len()))
    }

    fn console(&mut self, at: usize, text: &Pieces) -> Vec<ConsoleCommand> {
        let before = self.problems.len();
        let commands = console::read(text, self.source, &mut self.problems);
        if commands.is_empty() && self.problems.len() == before {
            self.fault(at, "this console block has no command", "begin a command with `$ `, or call the block `text`");
        }
        commands
    }

    fn prediction(&mut self, at: usize, info: Info, body: Body, nodes: &mut Nodes, step: &mut Step) -> BlockKind {
        let output = nodes.next_if(
            |node| matches!(&node.kind, NodeKind::Code(code) if fence::read(&code.info).0.role == Role::Output),
        );
        let Some(NodeKind::Code(output)) = output.map(|node| node.kind) else {
            self.fault(
                at,
                "no output follows this `predict` block",
                "write what it prints right below, in ` ```output `",
            );
            return self.shown(info, body.text, Vec::new(), None);
        };
        let source = self.source;
        let faults = fence::read(&output.info).1;
        self.problems.extend(faults.into_iter().map(|fault| source.problem(output.info_at, fault)));
        self.hidden();
        step.predictions.push(Prediction { code: body.text, output: output.text.text, place: source.place(at) });
        BlockKind::Prediction(step.predictions.len() - 1)
    }

    fn order(&mut self, at: usize, info: Info, body: Body, path: FilePath, step: &mut Step) -> BlockKind {
        let lines: Vec<String> = body.text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        let Some(shuffled) = order::shuffle(&lines) else {
            self.fault(at, "there is nothing to put in order", "write at least two different lines");
            return self.shown(info, body.text, Vec::new(), None);
        };
        self.hidden();
        step.orders.push(Order { path, lines, text: body.text, shuffled, place: self.source.place(at) });
        BlockKind::Order(step.orders.len() - 1)
    }
}
