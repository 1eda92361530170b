//! The solution, once asked for: files as a difference from the learner's own, commands to be typed.

use ratatui::style::Style;
use ratatui::text::Span;
use similar::{ChangeTag, TextDiff};

use super::listing::inside;
use super::sheet::{Setting, hanging};
use super::{Page, PageView, TargetKind};
use crate::course::model::{ConsoleCommand, CourseFile};

/// Lines shown around a change.
const AROUND: usize = 3;

impl Setting<'_> {
    pub(super) fn solution(&self, view: &PageView<'_>, width: usize) -> Page {
        let solution = &view.step.solution;
        if !view.session.solution_shown || solution.is_empty() {
            return Page::default();
        }
        let mut page = self.sentence("Solution", self.theme.title, width);
        for file in &solution.files {
            let own = view.own.iter().find(|(path, _)| *path == file.path).map_or("", |(_, text)| text);
            page.append_apart(self.solved_file(file, own, width));
        }
        if !solution.commands.is_empty() {
            page.append_apart(self.solved_commands(&solution.commands, width));
        }
        page
    }

    fn solved_file(&self, file: &CourseFile, own: &str, width: usize) -> Page {
        let words = if own == file.text {
            format!("Your `{}` is the same as the solution.", file.path)
        } else if own.is_empty() {
            format!("`{}`", file.path)
        } else {
            format!("`{}`: `-` lines go out, `+` lines come in", file.path)
        };
        let mut page = self.sentence(&words, self.theme.dim, width);
        if own == file.text {
            return page;
        }
        let from = page.lines.len();
        let inside = inside(width);
        let mut code = Page::default();
        if own.is_empty() {
            self.add_code(&mut code, language(file.path.name()), &file.text, inside);
        } else {
            self.difference(&mut code, own, &file.text, inside);
        }
        page.append(self.on_ground(code, width, &[]));
        let kind = TargetKind::Code {
            file: Some(file.path.clone()),
            language: language(file.path.name()).to_owned(),
            text: file.text.clone(),
        };
        page.target(from, width, kind);
        page
    }

    fn difference(&self, page: &mut Page, own: &str, solution: &str, width: usize) {
        let diff = TextDiff::from_lines(own, solution);
        for (number, group) in diff.grouped_ops(AROUND).iter().enumerate() {
            if number > 0 {
                page.append(self.sentence("...", self.theme.dim, width));
            }
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let (sign, style) = match change.tag() {
                    ChangeTag::Delete => ("-", self.theme.wrong),
                    ChangeTag::Insert => ("+", self.theme.right),
                    ChangeTag::Equal => (" ", self.theme.text),
                };
                page.append(self.changed(sign, change.value().trim_end_matches(['\n', '\r']), style, width));
            }
        }
    }

    fn changed(&self, sign: &str, text: &str, style: Style, width: usize) -> Page {
        hanging(&[Span::styled(format!("{sign} "), style)], width, |width| {
            let mut page = Page::default();
            self.add_line(&mut page, &(text, vec![(0..text.len(), style)]), width);
            page
        })
    }

    fn solved_commands(&self, commands: &[ConsoleCommand], width: usize) -> Page {
        let mut page = Page::default();
        for command in commands {
            let from = page.lines.len();
            self.add_code(&mut page, "console", &format!("$ {}", command.line), inside(width));
            page.target(from, inside(width), TargetKind::Command(command.line.clone()));
        }
        self.on_ground(page, width, &[])
    }
}

/// The language of a file by its name.
fn language(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("go") => "go",
        Some("mod" | "work") => "gomod",
        Some("json") => "json",
        Some("sh") => "sh",
        Some(_) | None => "text",
    }
}
