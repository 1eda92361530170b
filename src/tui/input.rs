//! Keys, mouse, paste, sizes and signals, turned into messages by threads that only wait.

use crossbeam_channel::Sender;
use crossterm::event::{self, Event};

use super::msg::Msg;

/// Starts listening. The threads end with the program.
pub fn listen(keys: &Sender<Msg>) {
    let to = keys.clone();
    std::thread::spawn(move || {
        while let Ok(event) = event::read() {
            let msg = match event {
                Event::Key(key) => Msg::Key(key),
                Event::Mouse(mouse) => Msg::Mouse(mouse),
                Event::Paste(text) => Msg::Paste(text),
                Event::Resize(width, height) => Msg::Resized(width, height),
                Event::FocusGained | Event::FocusLost => continue,
            };
            if to.send(msg).is_err() {
                return;
            }
        }
        // Nobody is left to tell when this cannot be sent: the program is ending.
        let _ = to.send(Msg::Hangup);
    });
    #[cfg(unix)]
    signals(keys.clone());
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
