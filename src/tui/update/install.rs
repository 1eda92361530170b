//! Go is missing: it is offered, installed, and lessons go on with it.

use super::super::effect::Effect;
use super::super::pane::install::{Install, InstallAction, InstallAsk};
use super::super::state::{NoticeKind, Overlay, State, Toolchain};
use crate::base::prose;
use crate::install::{Phase, Releases, this_system};

/// Offers it, unless something else has the learner's eyes; then a sentence says what is missing.
pub fn offer(state: &mut State, sentence: &str) {
    if state.overlay.is_none() {
        state.overlay = Some(Overlay::Install(new(sentence)));
    } else {
        state.say(NoticeKind::Bad, sentence);
    }
}

fn new(sentence: &str) -> Install {
    // What mends it is below, to be picked: the rest of the sentence would say it twice.
    let fault = sentence.split(';').next().unwrap_or(sentence).trim_end_matches('.');
    let fault = format!("{fault}.");
    let system = this_system();
    let releases = Releases::known();
    let offer = releases.newest(&system).map(|release| (release.version.to_string(), release.size(&system)));
    Install::new(&fault, offer)
}

/// The learner asks for it.
pub fn begin(state: &mut State) -> Vec<Effect> {
    let sentence = match &state.toolchain {
        Toolchain::Missing(sentence) => sentence.clone(),
        Toolchain::Found(version) => {
            format!("Lessons run go {version}. One of haveago's own is used where there is no other.")
        }
        Toolchain::Looking => "Go is still being looked for.".to_owned(),
    };
    state.overlay = Some(Overlay::Install(new(&sentence)));
    Vec::new()
}

pub fn act(state: &mut State, action: InstallAction) -> Vec<Effect> {
    let Some(Overlay::Install(install)) = &mut state.overlay else { return Vec::new() };
    match install.act(action) {
        Some(InstallAsk::Start(from)) => vec![Effect::InstallGo(from)],
        Some(InstallAsk::Stop) => vec![Effect::StopInstalling],
        Some(InstallAsk::Close) => {
            state.overlay = None;
            if matches!(state.toolchain, Toolchain::Missing(_)) {
                let text = "You read on without Go. \"Install Go\" is among all commands: Ctrl-P.";
                state.say(NoticeKind::Plain, text);
            }
            Vec::new()
        }
        None => Vec::new(),
    }
}

pub fn tell(state: &mut State, phase: &Phase) -> Vec<Effect> {
    let now = state.now;
    if let Some(Overlay::Install(install)) = &mut state.overlay {
        install.tell(phase, now);
    }
    Vec::new()
}

/// It is there, and the toolchain's own message follows; or it says why not, and can be tried again.
pub fn ended(state: &mut State, result: Result<(), String>) -> Vec<Effect> {
    match (result, &mut state.overlay) {
        (Ok(()), overlay) => {
            if matches!(overlay, Some(Overlay::Install(_))) {
                *overlay = None;
            }
            state.say(NoticeKind::Good, "Go is installed. Go on with the lesson.");
        }
        (Err(fault), Some(Overlay::Install(install))) => install.fail(prose::sentence(&fault)),
        (Err(fault), _) => state.say(NoticeKind::Bad, prose::sentence(&fault)),
    }
    Vec::new()
}
