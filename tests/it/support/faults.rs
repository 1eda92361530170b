//! What faults are made with: a small course, disks that are full or read-only, the processes that a program leaves.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use haveago::learner::Progress;
use haveago::store::Log;

use super::Terminal;
use crate::stage::{self, Told};

/// A course that needs no Go: one step to read, one to write a file in, one to run a command in, a second lesson.
const LESSONS: &[(&str, &str)] = &[
    ("01-first/README.md", "# First\n"),
    (
        "01-first/01-one.md",
        "# Lesson one\n\n## Read {#read}\n\nRead this.\n\n## Write {#write}\n\nWrite into `notes.txt`.\n\n\
         ```text file=notes.txt\nstarter\n```\n\n```check\nfile notes.txt contains \"mine\"\n```\n\n```text solution=notes.txt\nmine\n```\n\n\
         ## Run {#run}\n\nRun a command.\n\n```check\nran \"echo\"\n```\n\n```console solution\n$ echo\n```\n",
    ),
    ("01-first/02-two.md", "# Lesson two\n\n## Other {#other}\n\nRead that.\n\n```text file=other.txt\nother\n```\n"),
];

const MANIFEST: &str = "format = 1\nid = \"tiny\"\ntitle = \"Tiny\"\nversion = \"1.0.0\"\nauthors = [\"A\"]\n\
                        licence = \"CC0\"\ngo = \"1.24\"\nchapters = [\"01-first\"]\n";

/// A folder with the course and the data of one learner.
pub struct Ground {
    folder: tempfile::TempDir,
}

impl Ground {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("haveago-fault-").tempdir().expect("a temporary folder");
        let ground = Self { folder };
        for (path, text) in [("course.toml", MANIFEST)].iter().chain(LESSONS) {
            let path = ground.course().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            fs::write(path, text).expect("it is written");
        }
        fs::create_dir_all(ground.state().join("courses/tiny")).expect("it is made");
        fs::create_dir_all(ground.work()).expect("it is made");
        super::share_go_base(&ground.data());
        ground
    }

    pub fn course(&self) -> PathBuf {
        self.folder.path().join("course")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn state(&self) -> PathBuf {
        self.data().join("state")
    }

    pub fn work(&self) -> PathBuf {
        self.data().join("work")
    }

    /// The first lesson's folder.
    pub fn lesson(&self) -> PathBuf {
        self.work().join("tiny/first/one")
    }

    pub fn log(&self) -> PathBuf {
        self.state().join("courses/tiny/events.jsonl")
    }

    /// What is saved of the learner's way.
    pub fn progress(&self) -> Progress {
        Log::open(&self.state(), "tiny").expect("the progress can be read").progress
    }

    /// How many steps are saved as passed.
    pub fn passed(&self) -> usize {
        self.progress().steps.values().filter(|step| step.passed_at.is_some()).count()
    }

    /// The program on a screen, with its course.
    pub fn start(&self) -> Terminal {
        self.start_with(&[])
    }

    /// … with more environment.
    pub fn start_with(&self, env: &[(&str, &str)]) -> Terminal {
        let course = self.course();
        let args = ["--course", course.to_str().expect("a name in UTF-8")];
        Terminal::start_with(&args, (120, 36), &self.data(), env)
    }

    /// The program on pipes.
    pub fn run(&self, args: &[&str], typed: &str) -> Told {
        let course = self.course();
        let all = [&["--course", course.to_str().expect("a name in UTF-8")], args].concat();
        stage::run(&self.data(), &all, typed)
    }

    /// Waits until nothing runs any more that knows of this ground by its environment or its place.
    pub fn nothing_runs(&self) {
        await_true("all processes to end", || super::running_in(&self.data()).is_empty());
    }
}

/// Goes on to the step of that heading.
pub fn to_step(terminal: &mut Terminal, heading: &str) {
    terminal.press("F8");
    terminal.watch(&format!("the step `{heading}`"), |terminal| {
        terminal.reader().iter().any(|row| row.trim() == heading || row.trim().starts_with(&format!("{heading} ")))
    });
}

/// Types at the start of the step's file, and waits until the editor shows it.
pub fn type_into_notes(terminal: &mut Terminal, text: &str) {
    terminal.until("the file's tab", |screen| screen.lines().next().is_some_and(|tabs| tabs.contains(" notes.txt ")));
    terminal.press("Alt-3");
    terminal.type_text(text);
    let shown = text.trim_end().to_owned();
    terminal.watch("what was typed", |terminal| terminal.sandbox().iter().any(|row| row.contains(&shown)));
}

/// Waits for the next prompt: what is typed before is the running command's.
pub fn prompt(terminal: &mut Terminal) {
    terminal.watch("a prompt", |terminal| {
        terminal.sandbox().iter().rfind(|row| !row.is_empty()).is_some_and(|row| row.ends_with(" $"))
    });
}

/// Waits until these words are in the sandbox or below, over the ends of rows too.
pub fn says(terminal: &mut Terminal, words: &str) {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '`').collect::<String>();
    let wanted = letters(words);
    terminal.watch(&format!("`{words}` to be said"), |terminal| {
        let screen = terminal.screen();
        let rows: Vec<&str> = screen.lines().collect();
        let below = rows[rows.len().saturating_sub(4)..].concat();
        [terminal.sandbox().concat(), below].iter().any(|text| letters(text).contains(&wanted))
    });
}

/// Waits for what no screen tells.
pub fn await_true(wanted: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_mins(1), "waited for {wanted}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Tells a story whose mounts nobody else sees, and which are gone with it. Where the system does not let us mount, the
/// story is not told, which is said.
pub fn apart(story: impl FnOnce() + Send) {
    let is_told = std::thread::scope(|scope| {
        let told = scope.spawn(|| {
            own_mounts()?;
            story();
            io::Result::Ok(())
        });
        told.join().unwrap_or_else(|why| std::panic::resume_unwind(why))
    });
    if let Err(error) = is_told {
        println!("skipped: this machine gives no mounts of one's own ({error})");
    }
}

#[expect(unsafe_code, reason = "it is about this thread alone, which has shared nothing that it takes apart")]
fn own_mounts() -> io::Result<()> {
    use rustix::mount::{MountPropagationFlags, mount_change};
    // SAFETY: neither memory nor open files are taken apart.
    unsafe { rustix::thread::unshare_unsafe(rustix::thread::UnshareFlags::NEWNS) }?;
    mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)?;
    Ok(())
}

/// A disk of its own at a folder, small enough to be filled.
pub struct SmallDisk {
    at: PathBuf,
}

impl SmallDisk {
    /// Of four MiB, with what was in the folder.
    pub fn at(folder: &Path) -> Self {
        let aside = folder.with_extension("aside");
        fs::create_dir_all(folder).expect("it is made");
        fs::rename(folder, &aside).expect("it is moved");
        fs::create_dir(folder).expect("it is made");
        let size = c"size=4m";
        rustix::mount::mount("none", folder, "tmpfs", rustix::mount::MountFlags::empty(), Some(size)).expect("a disk");
        let copied = std::process::Command::new("cp").arg("-a").arg(aside.join(".")).arg(folder).status();
        assert!(copied.is_ok_and(|status| status.success()), "what was there is copied");
        Self { at: folder.to_owned() }
    }

    /// Not a byte more.
    pub fn fill(&self) {
        let mut ballast = fs::File::options().create(true).append(true).open(self.ballast()).expect("it is made");
        for size in [64 * 1024, 4096, 1] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// All the room there was.
    pub fn free(&self) {
        fs::remove_file(self.ballast()).expect("it is removed");
    }

    fn ballast(&self) -> PathBuf {
        self.at.join("ballast")
    }

    /// From now on nothing can be written.
    pub fn read_only(&self) {
        use rustix::mount::{MountFlags, mount_remount};
        mount_remount(&self.at, MountFlags::RDONLY, "").expect("it is mounted anew");
    }
}

/// Lays a log that ends where a block of the disk ends, so that the next byte needs another one.
pub fn lay_whole_blocks(log: &Path) {
    const BLOCK: usize = 4096;
    let header = "{\"haveago\":\"progress\",\"format\":1}\n";
    let line = |fill: usize| format!("{{\"at\":1,\"event\":\"entered\",\"line\":\"echo {}\"}}\n", "x".repeat(fill));
    let fill = BLOCK - header.len() - line(0).len();
    fs::create_dir_all(log.parent().expect("a folder")).expect("it is made");
    fs::write(log, format!("{header}{}", line(fill))).expect("it is written");
}

/// Pseudo-random numbers (xorshift), the same for the same seed.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub fn within(&mut self, range: &std::ops::Range<u64>) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        range.start + self.0 % (range.end - range.start)
    }
}
