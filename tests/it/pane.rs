//! Programs in the terminal pane: full-screen ones, those that read, that flood, that never end.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::stage::Stage;
use crate::support::{self, Learner};

/// Memory of the program at most, whatever is printed in it.
const MEMORY: u64 = 200 * 1024 * 1024;
/// Ctrl-C acts within this.
const AT_ONCE: Duration = Duration::from_millis(100);

/// A learner in the terminal of a lesson without words.
struct Pane {
    learner: Learner,
    stage: Stage,
}

impl Pane {
    fn open() -> Self {
        let lesson = "# Pane\n<!-- minutes: 2 -->\n\n## Work {#work}\n\nText.\n\n## More {#more}\n\nText.\n";
        let stage =
            Stage::with(&[("01-first/README.md", "# First\n\nAll there is.\n"), ("01-first/01-pane.md", lesson)]);
        support::share_go_cache(&stage.data());
        let course = stage.course();
        let mut learner = Learner::begin(&["--course", &course.to_string_lossy()], &stage.data());
        learner.terminal.press("Alt-2");
        learner.terminal.wait("pane $");
        Self { learner, stage }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.stage.data().join("work/tiny/first/pane").join(name)
    }

    /// A Go program, built.
    fn build(&mut self, name: &str, body: &str) {
        let text = format!("package main\n\n{body}");
        fs::write(self.file(&format!("{name}.go")), text).expect("the folder is there");
        let seen = self.learner.run(&format!("go build {name}.go"));
        assert!(self.file(name).exists(), "{seen}");
    }

    fn wait(&mut self, text: &str) {
        self.learner.terminal.wait(text);
    }

    fn press(&mut self, keys: &str) {
        self.learner.terminal.press(keys);
    }
}

const FOREVER: &str = r#"import (
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	how := os.Args[1]
	if how == "deaf" {
		signal.Ignore(os.Interrupt)
	}
	fmt.Println("running", how)
	for number := 0; ; number++ {
		if how == "flood" {
			fmt.Println("line", number, "of a flood")
		} else {
			time.Sleep(time.Hour)
		}
	}
}
"#;

#[test]
fn vim_edits_a_file_and_gives_the_pane_back() {
    let mut pane = Pane::open();
    fs::write(pane.file("note.txt"), "one\n").unwrap();
    pane.learner.enter("vim -u NONE -N note.txt");
    pane.wait("\"note.txt\" 1L");
    // Its screen follows ours.
    pane.learner.terminal.resize((140, 40));
    pane.learner.terminal.watch("vim to draw all rows", |terminal| terminal.sandbox()[35].starts_with('~'));
    pane.learner.terminal.type_text(":echo 'size' &columns &lines\r");
    pane.wait("size 66 37");
    pane.learner.terminal.type_text("otwo");
    pane.wait("-- INSERT --");
    pane.press("Esc");
    pane.learner.terminal.gone("-- INSERT --");
    pane.learner.terminal.type_text(":wq\r");
    let seen = pane.learner.ended();
    assert!(seen.lines().any(|row| row.contains("note.txt") && row.ends_with('✓')), "{seen}");
    assert_eq!(fs::read_to_string(pane.file("note.txt")).unwrap(), "one\ntwo\n");
}

#[test]
fn less_shows_a_file_until_q() {
    let mut pane = Pane::open();
    fs::write(pane.file("go.mod"), "module example.com/hello\n\ngo 1.24\n").unwrap();
    pane.learner.enter("less go.mod");
    pane.wait("(END)");
    pane.wait("module example.com/hello");
    pane.press("q");
    let seen = pane.learner.ended();
    assert!(seen.lines().any(|row| row.contains("less go.mod") && row.ends_with('✓')), "{seen}");
    assert!(!seen.contains("(END)") && !seen.contains("module"), "its screen is gone with it:\n{seen}");
}

#[test]
fn a_program_reads_two_numbers() {
    let mut pane = Pane::open();
    let body = r#"import "fmt"

func main() {
	var a, b int
	fmt.Print("First: ")
	fmt.Scan(&a)
	fmt.Print("Second: ")
	fmt.Scan(&b)
	fmt.Println("Sum:", a+b)
}
"#;
    fs::write(pane.file("sum.go"), format!("package main\n\n{body}")).unwrap();
    pane.learner.enter("go run sum.go");
    pane.wait("First:");
    pane.learner.terminal.type_text("3\r");
    pane.wait("Second:");
    pane.learner.terminal.type_text("39\r");
    let seen = pane.learner.ended();
    for part in ["First: 3", "Second: 39", "Sum: 42"] {
        assert!(seen.contains(part), "{part:?} in\n{seen}");
    }
}

#[test]
fn a_hundred_megabytes_leave_the_screen_alive_and_the_memory_small() {
    let mut pane = Pane::open();
    let body = r#"import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	for number := range 1_000_000 {
		fmt.Fprintf(out, "%09d %s\n", number, "ninety letters and more, so that a million such lines are a hundred megabytes of text.")
	}
	fmt.Fprintln(out, "the last of all lines")
	out.Flush()
}
"#;
    pane.build("flood", body);
    pane.learner.enter("./flood");
    pane.wait("letters and more");
    let pressed = Instant::now();
    pane.press("F6 F3");
    pane.wait(" Contents ");
    let took = pressed.elapsed();
    pane.press("Esc");
    pane.learner.terminal.gone(" Contents ");
    pane.press("Alt-2");
    pane.wait("letters and more");
    let seen = pane.learner.ended();
    assert!(seen.contains("the last of all lines"), "{seen}");
    assert!(seen.contains("000999999 ninety"), "{seen}");
    let most = peak_memory(pane.learner.terminal.pid());
    println!("contents came after {took:?}; at most {} MiB", most / 1024 / 1024);
    assert!(most < MEMORY, "{most} bytes");
    assert!(took < Duration::from_secs(2), "{took:?}");
}

/// The most memory the process has had, in bytes.
fn peak_memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the kernel counts it");
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).expect("a number") * 1024
}

#[test]
fn what_never_ends_is_stopped_by_keys() {
    let mut pane = Pane::open();
    pane.build("forever", FOREVER);
    for how in ["silent", "flood"] {
        let best = (0..5).map(|_| interrupted(&mut pane, how)).min().unwrap();
        println!("Ctrl-C on a {how} program: {best:?}");
        assert!(best < AT_ONCE, "{how}: {best:?}");
    }
    // One that does not hear Ctrl-C is stopped by F9.
    pane.learner.enter("./forever deaf");
    pane.wait("running deaf");
    pane.press("Ctrl-C");
    pane.wait("^C");
    pane.press("F9");
    let seen = pane.learner.ended();
    assert!(seen.lines().any(|row| row.contains("./forever deaf") && row.ends_with('✗')), "{seen}");
}

/// From Ctrl-C to the new prompt.
fn interrupted(pane: &mut Pane, how: &str) -> Duration {
    pane.learner.enter(&format!("./forever {how}"));
    pane.wait(if how == "flood" { "of a flood" } else { "running silent" });
    let pressed = Instant::now();
    pane.press("Ctrl-C");
    pane.learner.ended();
    pressed.elapsed()
}

#[test]
fn a_command_that_comes_before_its_folder_waits_for_it() {
    let mut pane = Pane::open();
    pane.press("F8 Alt-2");
    pane.learner.terminal.type_text("echo early\r");
    let seen = pane.learner.ended();
    assert!(seen.lines().any(|row| row.trim() == "early" || row.starts_with("early ")), "{seen}");
    assert!(seen.lines().any(|row| row.contains("echo early") && row.ends_with('✓')), "{seen}");
}
