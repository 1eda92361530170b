//! The one place where the state changes: a message in, effects out. No clock, no file, no process.

mod answers;
mod asks;
mod change;
mod commands;
mod install;
mod keep;
mod outside;
mod over;
mod overlay;
mod places;
mod pointer;
mod problems;
mod refused;
pub mod review;
mod settings;
pub mod step;
pub mod stuck;
mod taught;

pub(super) use outside::THEIRS;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::base::prose;

use super::action::{Action, Focus};
use super::effect::Effect;
use super::keymap::Context;
use super::layout::sandbox_inside;
use super::msg::Msg;
use super::state::{Answer, Leaving, NoticeKind, Overlay, State, Toolchain};

/// Takes one message in; what is to be done outside comes back as effects, in order.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut effects = take_in(state, msg);
    effects.extend(settings::show(state));
    effects
}

fn take_in(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(event) => key(state, &event),
        Msg::Mouse(event) => pointer::mouse(state, event),
        Msg::Paste(text) => asks::paste(state, text),
        Msg::Resized(width, height) => resized(state, (width, height)),
        Msg::Tick(now) => tick(state, now),
        Msg::Saved => refused::saved(state),
        Msg::SaveFailed(fault) => refused::not_saved(state, &fault),
        Msg::DraftNotKept { root, path, why } => refused::draft(state, &root, &path, &why),
        Msg::DraftsKept => refused::drafts_again(state),
        Msg::FolderGone(root) => refused::folder_gone(state, &root),
        Msg::Toolchain(found) => toolchain(state, found),
        Msg::Installing(phase) => install::tell(state, &phase),
        Msg::Installed(result) => install::ended(state, result),
        Msg::Tier(chosen) => {
            if let Err(sentence) = &chosen.tier {
                state.say(NoticeKind::Bad, sentence.clone());
            }
            state.tier = Some(chosen);
            Vec::new()
        }
        Msg::Unconfined(run) => overlay::ask_unconfined(state, run),
        Msg::Examined(found) => overlay::examined(state, found),
        Msg::Trouble(fault) => {
            state.say(NoticeKind::Bad, prose::sentence(&fault));
            Vec::new()
        }
        Msg::Preparing(progress) => {
            state.preparing = progress;
            Vec::new()
        }
        Msg::Output { tab, block, bytes } => {
            let asks = state.terminal.output(tab, block, &bytes);
            asks::terminal(state, asks)
        }
        Msg::SettingsKept { names, result } => settings::kept(state, &names, result),
        Msg::ScratchOpened { .. }
        | Msg::Ended { .. }
        | Msg::Listed { .. }
        | Msg::Files { .. }
        | Msg::FilesDone { .. }
        | Msg::Ready { .. }
        | Msg::Exchanged { .. }
        | Msg::FileRead { .. }
        | Msg::Parsed { .. }
        | Msg::Problems { .. }
        | Msg::FileSaved { .. }
        | Msg::Observed { .. }
        | Msg::FilesChanged { .. } => answers::answer(state, msg),
        Msg::EditorFound { .. } | Msg::EditorEnded(_) | Msg::Kept { .. } => outside::answer(state, msg),
        // It is the loop's to stop, and nothing here changes by it.
        Msg::Suspend => Vec::new(),
        Msg::Hangup => quit(state),
        Msg::Deaf(why) => {
            state.deaf = Some(why);
            quit(state)
        }
    }
}

/// The Go that lessons run is known; where there is none, one is offered.
fn toolchain(state: &mut State, found: Result<String, String>) -> Vec<Effect> {
    state.toolchain = match found {
        Ok(version) => Toolchain::Found(version),
        Err(fault) => {
            let sentence = prose::sentence(&fault);
            install::offer(state, &sentence);
            Toolchain::Missing(sentence)
        }
    };
    step::look_quietly(state)
}

/// Ends at once, with everything on its way to the disk.
pub(super) fn quit(state: &mut State) -> Vec<Effect> {
    state.leaving = Leaving::Now;
    let mut effects = keep::save_all(state);
    effects.extend(step::remember_place(state));
    effects.push(Effect::Quit);
    effects
}

/// Ends as soon as the learner's text and progress are on the disk; [`keep::saved`] and [`refused::saved`] go on, or ask
/// when the disk refuses it.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    let effects = keep::save_all(state);
    go_when_saved(state, effects)
}

/// The learner asks to leave, perhaps not for the first time.
pub(super) fn leave_as_asked(state: &mut State) -> Vec<Effect> {
    let is_again = state.leaving == Leaving::WhenSaved;
    let effects = if is_again { keep::save_all_anew(state) } else { keep::save_all(state) };
    go_when_saved(state, effects)
}

/// Goes when what these effects save is on the disk.
fn go_when_saved(state: &mut State, mut effects: Vec<Effect>) -> Vec<Effect> {
    if !keep::has_unsaved(state) && !state.refused.progress {
        effects.extend(quit(state));
        return effects;
    }
    state.leaving = Leaving::WhenSaved;
    if !keep::has_unsaved(state) {
        state.unsaved += 1;
        effects.push(Effect::Save(Vec::new()));
        return effects;
    }
    if state.last_root.is_none() {
        let text = "Your text cannot be saved, as the lesson's folder is not there. Leave and lose it?".to_owned();
        state.overlay = Some(Overlay::Question { text, yes: Answer::Quit });
        state.leaving = Leaving::No;
        return Vec::new();
    }
    state.say(NoticeKind::Plain, "Saving your text …");
    effects
}

/// A first build takes seconds in which nothing is seen: say so once, or it looks broken.
fn tell_slow_build(state: &mut State) {
    let waited = state.busy_since.map_or(Duration::ZERO, |since| state.now.saturating_sub(since));
    if state.told_slow_build || waited < SLOW || !state.terminal.is_building() {
        return;
    }
    state.told_slow_build = true;
    state.say(NoticeKind::Plain, "Go is building. The first time takes longer: its standard library is built once.");
}

/// A build that says nothing for so long needs a word.
const SLOW: Duration = Duration::from_secs(2);

fn tick(state: &mut State, now: Duration) -> Vec<Effect> {
    state.now = now;
    state.busy_since = match (state.is_busy(), state.busy_since) {
        (true, None) => Some(now),
        (true, since) => since,
        (false, _) => None,
    };
    tell_slow_build(state);
    state.notices.fade(now);
    let asks = state.terminal.tick(now);
    let mut effects = asks::terminal(state, asks);
    if state.due.draft(now) {
        effects.extend(keep::drafts(state));
    }
    if state.due.again(now) {
        effects.extend(refused::again(state));
    }
    if state.due.syntax(now) {
        effects.extend(problems::parse(state));
    }
    effects
}

fn resized(state: &mut State, size: (u16, u16)) -> Vec<Effect> {
    state.size = size;
    fit_panes(state)
}

/// Tells the panes of the sandbox how much room they have.
pub(super) fn fit_panes(state: &mut State) -> Vec<Effect> {
    let area = sandbox_inside(&state.layout());
    state.editor.resize(area.width, area.height);
    state.files.resize(area.height);
    let asks = state.terminal.resize(area.width, area.height);
    asks::terminal(state, asks)
}

/// A key: looked up in the context that has the keys, and done. Terminals that report releases are not heard twice.
fn key(state: &mut State, event: &KeyEvent) -> Vec<Effect> {
    if event.kind == KeyEventKind::Release {
        return Vec::new();
    }
    let context = state.context();
    match state.keymap.look_up(context, event) {
        Some(action) => {
            state.notices.dismiss(state.now);
            act(state, action)
        }
        None if context == Context::Program => {
            state.notices.dismiss(state.now);
            let asks = state.terminal.raw_key(*event);
            asks::terminal(state, asks)
        }
        None => other_key(state, context, event),
    }
}

/// No key is swallowed silently where a person may have meant something by it: letters typed in the lesson go into the
/// field that waits for an answer, else a command has been begun, and the terminal takes it.
fn other_key(state: &mut State, context: Context, event: &KeyEvent) -> Vec<Effect> {
    state.notices.dismiss(state.now);
    if context == Context::Reader && step::select_field(state) {
        return key(state, event);
    }
    let is_letter =
        matches!(event.code, KeyCode::Char(_)) && event.modifiers.difference(KeyModifiers::SHIFT).is_empty();
    if context == Context::Reader && is_letter && !state.terminal.takes_keys() {
        let effects = focus(state, Focus::Terminal);
        return effects.into_iter().chain(key(state, event)).collect();
    }
    if matches!(context, Context::Reader | Context::Files) {
        state.say(NoticeKind::Plain, "Type in the terminal or the editor: Tab goes there. F1 shows the keys.");
    }
    Vec::new()
}

/// Does what a key, a click or the palette asked for.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Command(command) => commands::command(state, command),
        Action::Reader(action) => asks::reader_action(state, action),
        Action::Terminal(action) => {
            let asks = state.terminal.act(action);
            asks::terminal(state, asks)
        }
        Action::Editor(action) => {
            let asks = state.editor.act(action);
            asks::editor(state, asks)
        }
        Action::Files(action) => {
            let asks = state.files.act(action);
            asks::files(state, asks)
        }
        Action::List(action) => overlay::list(state, action),
        Action::Compare(action) => overlay::compare(state, action),
        Action::Settings(action) => settings::act(state, action),
        Action::Install(action) => install::act(state, action),
        Action::Review(action) => review::act(state, action),
        Action::Close => overlay::close(state),
        Action::Allow(allow) => overlay::allow(state, allow),
        Action::Yes => match state.overlay.take() {
            Some(Overlay::Question { yes, .. }) => overlay::yes(state, yes),
            Some(
                Overlay::Contents(_)
                | Overlay::Palette(_)
                | Overlay::Search(_)
                | Overlay::Help { .. }
                | Overlay::Doctor(_)
                | Overlay::Compare(_)
                | Overlay::Settings(_)
                | Overlay::Install(_)
                | Overlay::Review(_)
                | Overlay::Unconfined(_),
            )
            | None => Vec::new(),
        },
    }
}

/// Gives a pane the keys and, if it is one of the sandbox's, shows it. Who leaves the editor has the file saved.
pub(super) fn focus(state: &mut State, focus: Focus) -> Vec<Effect> {
    let effects =
        if state.focus == Focus::Editor && focus != Focus::Editor { keep::save_all(state) } else { Vec::new() };
    state.focus = focus;
    match focus {
        Focus::Reader => {}
        Focus::Terminal | Focus::Editor | Focus::Files => state.sandbox = focus,
    }
    effects
}
