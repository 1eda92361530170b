//! The Go that lessons run is deleted while the program runs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::support::faults::{Ground, await_true, prompt, to_step};

/// A Go that answers what it is asked first, and prints for all else.
fn lay_go(ground: &Ground) -> PathBuf {
    let root = ground.data().join("go-root");
    fs::create_dir_all(root.join("bin")).unwrap();
    let go = root.join("bin/go");
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = env ]; then echo '{}'; echo go1.26.0; else echo go says \"$@\"; fi\n",
        root.display()
    );
    fs::write(&go, script).unwrap();
    fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(ground.state().join("settings.toml"), format!("go = \"{}\"\n", go.display())).unwrap();
    root
}

#[test]
fn another_is_offered_and_the_first_used_again_when_it_is_back() {
    let ground = Ground::new();
    let root = lay_go(&ground);
    let mut terminal = ground.start();
    terminal.wait("go 1.26.0");
    terminal.press("Alt-2");
    terminal.type_text("go version\r");
    terminal.wait("go says version");
    prompt(&mut terminal);
    // There is one on the PATH, but the settings name this one.
    let aside = root.with_extension("aside");
    fs::rename(&root, &aside).unwrap();
    terminal.type_text("go version\r");
    terminal.wait("Go is missing");
    terminal.wait("gone, and there is no other.");
    terminal.wait("Install Go 1.27.0 for haveago alone");
    terminal.press("Esc");
    terminal.wait("You read on without Go.");
    prompt(&mut terminal);
    fs::rename(&aside, &root).unwrap();
    terminal.press("Ctrl-L");
    terminal.wait("no Go");
    terminal.wait("Type a command and press Enter");
    terminal.type_text("go version\r");
    terminal.wait("go says version");
    prompt(&mut terminal);
    terminal.wait("go 1.26.0");
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
}

#[test]
fn a_gofmt_that_takes_its_time_keeps_no_frame_waiting() {
    let ground = Ground::new();
    let gofmt = lay_go(&ground).join("bin/gofmt");
    fs::write(&gofmt, "#!/bin/sh\necho one >> runs\nread -r line < until\ncat\n").unwrap();
    fs::set_permissions(&gofmt, fs::Permissions::from_mode(0o755)).unwrap();
    let mut terminal = ground.start();
    terminal.wait("Read this.");
    to_step(&mut terminal, "Write");
    let tab = |name: &'static str| move |screen: &str| screen.lines().next().is_some_and(|tabs| tabs.contains(name));
    terminal.until("the step's file", tab("notes.txt"));
    to_step(&mut terminal, "Run");
    let until = ground.lesson().join("until");
    rustix::fs::mknodat(rustix::fs::CWD, &until, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    terminal.press("Alt-2");
    terminal.type_text("edit slow.go\r");
    terminal.until("its tab", tab("slow.go"));
    terminal.press("Alt-3");
    terminal.type_text("package slow");
    terminal.wait("package slow");
    terminal.press("Ctrl-S");
    // It cannot be opened to write until somebody waits for a line of it.
    let flags = rustix::fs::OFlags::WRONLY | rustix::fs::OFlags::NONBLOCK;
    let mut line = None;
    await_true("gofmt to wait", || {
        line = rustix::fs::open(&until, flags, rustix::fs::Mode::empty()).ok();
        line.is_some()
    });
    terminal.press("Alt-2");
    terminal.type_text("echo\r");
    terminal.wait("✓ Done");
    // It waits still, and has not been given up for another.
    assert_eq!(fs::read_to_string(ground.lesson().join("runs")).unwrap(), "one\n");
    assert_eq!(rustix::io::write(line.expect("it is open"), b"go on\n"), Ok(6));
    terminal.press("Ctrl-Q");
    assert_eq!((terminal.exit(), ground.passed()), (0, 2));
}

#[test]
fn the_face_of_lines_says_so_once() {
    let ground = Ground::new();
    let root = lay_go(&ground);
    let script = format!("go version\nrm {}\necho one\necho two\n:quit\n", root.join("bin/go").display());
    // Commands cannot reach it where they are confined, so this one is not.
    let course = ground.course();
    let args = ["--course", course.to_str().unwrap(), "--allow-unconfined", "--plain"];
    let told = crate::stage::run_with(&ground.data(), &[("HAVEAGO_TIER", "none")], &args, &script);
    assert_eq!(told.out.matches("go is gone. Put it").count(), 1, "{}", told.out);
    assert!(told.out.contains("go says version") && told.status == 0, "{}", told.out);
}
