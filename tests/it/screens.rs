//! The full screen, seen and used without a terminal: pictures under review, and stories of keys.

mod golden;
