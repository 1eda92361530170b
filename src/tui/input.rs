//! Keys, mouse, paste, sizes and signals, turned into messages by threads that only wait.

use crossbeam_channel::Sender;
use crossterm::event::{self, Event, KeyEventKind};

use super::msg::Msg;

/// Starts listening. The threads end with the program.
pub fn listen(keys: &Sender<Msg>) {
    let to = keys.clone();
    std::thread::spawn(move || {
        while let Ok(event) = event::read() {
            if message(event).is_some_and(|msg| to.send(msg).is_err()) {
                return;
            }
        }
        // Nobody is left to tell when this cannot be sent: the program is ending.
        let _ = to.send(Msg::Hangup);
    });
    #[cfg(unix)]
    signals(keys.clone());
}

/// What an event means, if it means anything. On Windows a key comes twice: pressed, and let go.
fn message(event: Event) -> Option<Msg> {
    Some(match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => return None,
        Event::Key(key) => Msg::Key(key),
        Event::Mouse(mouse) => Msg::Mouse(mouse),
        Event::Paste(text) => Msg::Paste(text),
        Event::Resize(width, height) => Msg::Resized(width, height),
        Event::FocusGained | Event::FocusLost => return None,
    })
}

/// SIGTERM and SIGHUP end the program as Ctrl-Q does: everything saved, the terminal given back.
#[cfg(unix)]
fn signals(keys: Sender<Msg>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT]) else { return };
    std::thread::spawn(move || {
        for _ in signals.forever() {
            if keys.send(Msg::Hangup).is_err() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    use super::message;
    use crate::tui::msg::Msg;

    #[test]
    fn a_key_counts_when_it_is_pressed_and_not_when_it_is_let_go() {
        let key = |kind| KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, kind);
        for kind in [KeyEventKind::Press, KeyEventKind::Repeat] {
            assert!(matches!(message(Event::Key(key(kind))), Some(Msg::Key(_))), "{kind:?}");
        }
        assert!(message(Event::Key(key(KeyEventKind::Release))).is_none());
        assert!(message(Event::FocusLost).is_none());
    }
}
