//! The commands that work from anywhere.

use super::super::action::{COMMANDS, Command, Focus};
use super::super::effect::Effect;
use super::super::state::{Answer, NoticeKind, Overlay, State};
use super::{
    asks, focus, install, keep, leave_as_asked, outside, over, overlay, places, review, settings, step, stuck, taught,
};

/// Does `command`.
pub fn command(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Help => state.overlay = Some(Overlay::Help { scroll: 0 }),
        Command::Contents => state.overlay = Some(overlay::contents(state)),
        Command::Palette => state.overlay = Some(overlay::palette(state, COMMANDS)),
        Command::Search => state.overlay = Some(overlay::search(state)),
        Command::Hint => return stuck::hint(state),
        Command::Solution => return stuck::solution(state),
        Command::Run => return run(state),
        Command::Check => return check(state),
        Command::NextPane => return turn(state, 1),
        Command::PreviousPane => return turn(state, 3),
        Command::NextStep => return step::next(state),
        Command::PreviousStep => return step::previous(state),
        Command::GoTo(pane) => return focus(state, pane),
        Command::StopProgram => return stop(state),
        Command::NextPlace => return places::walk(state),
        Command::Taught => return taught::go(state),
        Command::OwnEditor => return outside::open(state),
        Command::Review => review::open(state),
        Command::BeginAgain => return over::ask(state),
        Command::TakeBack => return over::take_back(state),
        Command::Settings => settings::open(state),
        Command::UseTheme(name) => return settings::use_theme(state, name),
        Command::Doctor => return overlay::examine(state),
        Command::InstallGo => return install::begin(state),
        Command::Quit => return ask_to_quit(state),
    }
    Vec::new()
}

/// The panes in the order in which Tab goes through them.
const ROUND: [Focus; 4] = [Focus::Reader, Focus::Terminal, Focus::Editor, Focus::Files];

fn turn(state: &mut State, by: usize) -> Vec<Effect> {
    let here = ROUND.iter().position(|pane| *pane == state.focus).unwrap_or(0);
    focus(state, ROUND[(here + by) % ROUND.len()])
}

/// Saves what is open and runs the program the way the course teaches it at this point.
fn run(state: &mut State) -> Vec<Effect> {
    if state.terminal.busy() {
        state.say(NoticeKind::Plain, "A program is still running. F9 stops it.");
        return Vec::new();
    }
    let mut effects = keep::save_all(state);
    let line = if state.files.has_module() { "go run ." } else { "go run main.go" };
    effects.extend(focus(state, Focus::Terminal));
    match state.terminal.run_line(line) {
        Ok(asks) => effects.extend(asks::terminal(state, asks)),
        Err(sentence) => state.say(NoticeKind::Plain, sentence),
    }
    effects
}

fn check(state: &mut State) -> Vec<Effect> {
    let effects = step::look(state);
    if effects.is_empty() {
        let text = match state.step() {
            Some(step) if state.session.passed && !step.is_reading() => "Everything in this step is done.",
            Some(step) if step.is_reading() => "This step is for reading. F8 goes on.",
            Some(_) | None => "There is nothing to look at in this step yet.",
        };
        state.say(NoticeKind::Plain, text);
    }
    effects
}

fn stop(state: &mut State) -> Vec<Effect> {
    if let Some(tab) = state.terminal.stop() {
        vec![Effect::Stop(tab)]
    } else {
        state.say(NoticeKind::Plain, "No program is running.");
        Vec::new()
    }
}

fn ask_to_quit(state: &mut State) -> Vec<Effect> {
    if state.terminal.busy() {
        let text = "A program is still running. Stop it and leave?".to_owned();
        state.overlay = Some(Overlay::Question { text, yes: Answer::Leave });
        return Vec::new();
    }
    leave_as_asked(state)
}
