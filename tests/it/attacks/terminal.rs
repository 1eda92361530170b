//! A terminal of the user's, which shows whatever anybody makes it show.

use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use portable_pty::{MasterPty, PtySize, SlavePty, native_pty_system};

pub struct Terminal {
    pub path: PathBuf,
    shown: Arc<Mutex<String>>,
    // Both ends stay open for as long as the attack takes.
    _ends: (Box<dyn MasterPty + Send>, Box<dyn SlavePty + Send>),
}

impl Terminal {
    pub fn open() -> Self {
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let shown = Arc::new(Mutex::new(String::new()));
        let seen = Arc::clone(&shown);
        std::thread::spawn(move || {
            let mut bytes = [0; 1024];
            // It ends with the terminal.
            while let Ok(size @ 1..) = reader.read(&mut bytes) {
                seen.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..size]));
            }
        });
        Self { path: pair.master.tty_name().unwrap(), shown, _ends: (pair.master, pair.slave) }
    }

    pub fn shown(&self) -> String {
        self.shown.lock().unwrap().clone()
    }
}
