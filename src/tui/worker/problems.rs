//! Finds what is wrong in the learner's files while they write. Of several questions only the newest is looked at.

use crossbeam_channel::Receiver;

use crate::base::FilePath;
use crate::sandbox::gofmt::{self, Formatted};
use crate::sandbox::problems;

use super::super::effect::Effect;
use super::super::msg::Msg;
use super::super::pane::editor::{Diagnostic, Severity};
use super::World;

/// Serves until the program ends.
pub fn serve(world: &World, questions: &Receiver<Effect>) {
    while let Ok(mut question) = questions.recv() {
        while let Ok(newer) = questions.try_recv() {
            question = newer;
        }
        match question {
            Effect::Parse { root, path, revision, text } => {
                let complaint = match gofmt::format(&text, &root, &world.environment()) {
                    Formatted::Refused(found) => found.map(|found| Diagnostic::new(&found, Severity::Error)),
                    Formatted::Text(_) | Formatted::NotAsked => None,
                };
                world.tell(Msg::Parsed { root, path, revision, complaint });
            }
            Effect::FindProblems { root, number } => {
                let found = problems::find(&root, &world.environment()).into_iter().map(told).collect();
                world.tell(Msg::Problems { number, found });
            }
            Effect::Save(_)
            | Effect::OpenScratch { .. }
            | Effect::ListFiles { .. }
            | Effect::ReadFile { .. }
            | Effect::SaveFile { .. }
            | Effect::KeepDraft { .. }
            | Effect::Observe(_)
            | Effect::Run(_)
            | Effect::List { .. }
            | Effect::Write { .. }
            | Effect::Resize { .. }
            | Effect::Stop(_)
            | Effect::Close(_)
            | Effect::Allow(_)
            | Effect::Examine(_)
            | Effect::MarkFiles
            | Effect::ChangeFiles { .. }
            | Effect::MakeReady { .. }
            | Effect::Exchange { .. }
            | Effect::FindEditor(_)
            | Effect::StartEditor(_)
            | Effect::KeepCopy { .. }
            | Effect::KeepSettings { .. }
            | Effect::Mouse(_)
            | Effect::Copy(_)
            | Effect::InstallGo(_)
            | Effect::StopInstalling
            | Effect::Quit => {}
        }
    }
}

fn told(problem: problems::Problem) -> (FilePath, Diagnostic) {
    let severity = if problem.is_warning { Severity::Warning } else { Severity::Error };
    (problem.path, Diagnostic::new(&problem.found, severity))
}
