//! Confinement on macOS and Windows with real processes: what does not get out, and what is gone afterwards. Each attack
//! is also made unconfined, where it does: so it would be seen.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use haveago::judge::evidence::{Captured, Stopped};
use haveago::sandbox::confine::{self, Tier};
use haveago::sandbox::{Dirs, environment, helper, run_line, toolchain};

/// What an attacker does, by its first argument.
const ATTACKER: &str = include_str!("elsewhere/attacker.go");
const DETACHED: &str = if cfg!(windows) {
    include_str!("elsewhere/detached_windows.go")
} else {
    include_str!("elsewhere/detached_darwin.go")
};

/// Makes the program under test the helper.
fn set_program() {
    helper::set_program(std::path::absolute(env!("CARGO_BIN_EXE_haveago")).unwrap());
}

/// The tiers of this machine, the strongest first, without the one that confines nothing.
fn tiers() -> Vec<Tier> {
    set_program();
    let chosen = confine::chosen();
    match chosen.tier {
        Ok(Tier::AppContainer) if std::env::var(confine::VARIABLE).is_err() => vec![Tier::AppContainer, Tier::Job],
        Ok(Tier::None) | Err(_) => panic!("this machine holds no tier: {chosen:?}"),
        Ok(tier) => {
            println!("{tier:?}, and why it is no better: {:?}", chosen.why);
            vec![tier]
        }
    }
}

/// A learner's folder with the attacker in it.
struct Ground {
    folder: tempfile::TempDir,
    root: PathBuf,
    env: Vec<(String, String)>,
}

impl Ground {
    fn new() -> Self {
        set_program();
        let folder = tempfile::Builder::new().prefix("haveago-elsewhere-").tempdir().unwrap();
        let mut dirs = Dirs::find(Some(&folder.path().join("data"))).unwrap();
        // One cache for all of them, so that the standard library is built once.
        dirs.cache = std::path::absolute(Path::new(env!("CARGO_TARGET_TMPDIR")).join("elsewhere")).unwrap();
        let env = environment::build(&dirs, "elsewhere", Some(&toolchain::in_path().unwrap()));
        let root = folder.path().join("data").join("work").join("lesson");
        std::fs::create_dir_all(&root).unwrap();
        std::fs::write(root.join("go.mod"), "module attacker\n\ngo 1.24\n").unwrap();
        std::fs::write(root.join("main.go"), ATTACKER).unwrap();
        std::fs::write(root.join("detached.go"), DETACHED).unwrap();
        std::fs::create_dir(root.join("out")).unwrap();
        Self { folder, root, env }
    }

    /// The attacker is built as a learner builds: inside.
    fn built(tier: Tier) -> Self {
        let ground = Self::new();
        let seen = ground.run(tier, "", "go build -o attacker.exe .");
        assert_eq!((seen.exit, seen.stopped), (0, None), "{tier:?}: {}", seen.output);
        ground
    }

    fn run(&self, tier: Tier, limits: &str, line: &str) -> Captured {
        self.run_for(Duration::from_mins(5), tier, limits, line)
    }

    fn run_for(&self, time: Duration, tier: Tier, limits: &str, line: &str) -> Captured {
        confine::within(tier, limits, || run_line(line, &self.root, &self.root, &self.env, "", time, 64 << 20)).0
    }

    fn attack(&self, tier: Tier, what: &str, argument: &str) -> Captured {
        let argument = argument.replace('\\', "/");
        self.run(tier, "", &format!("./attacker.exe {what} '{argument}'"))
    }

    /// A file of the user's beside all that is ours.
    fn secret(&self) -> PathBuf {
        let path = self.folder.path().join("secret.txt");
        std::fs::write(&path, "the secret\n").unwrap();
        path
    }

    /// How often the daemon has said that it lives.
    fn beats(&self) -> u64 {
        std::fs::metadata(self.root.join("beats")).map_or(0, |file| file.len())
    }

    fn has_gone_quiet(&self) -> bool {
        let before = self.beats();
        // It beats every 20 ms; nothing else tells that something is not there.
        std::thread::sleep(Duration::from_millis(500));
        before > 0 && self.beats() == before
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn go_works_inside() {
    for tier in tiers() {
        let ground = Ground::built(tier);
        assert!(ground.attack(tier, "hello", "").output.contains("hello from inside"), "{tier:?}");
        let vet = ground.run(tier, "", "go vet . && go env GOVERSION && go run . hello > out/said && cat out/said");
        assert_eq!(vet.exit, 0, "{tier:?}: {}", vet.output);
        assert!(vet.output.contains("hello from inside"), "{tier:?}: {}", vet.output);
    }
}

#[test]
fn secrets_stay_secret_and_files_stay_as_they_are() {
    for tier in tiers() {
        let ground = Ground::built(tier);
        let secret = ground.secret();
        let new = ground.folder.path().join("new.txt");
        assert!(ground.attack(Tier::None, "read", &text(&secret)).output.contains("the secret"));
        if !tier.keeps_files_safe() {
            continue;
        }
        for line in [format!("cat '{}'", text(&secret).replace('\\', "/")), "cat ../../../secret.txt".to_owned()] {
            let seen = ground.run(tier, "", &line);
            assert!(seen.exit != 0 && !seen.output.contains("the secret"), "{tier:?}: {line}: {}", seen.output);
        }
        let seen = ground.attack(tier, "read", &text(&secret));
        assert!(seen.exit != 0 && !seen.output.contains("the secret"), "{tier:?}: {}", seen.output);
        for place in [&secret, &new] {
            let seen = ground.attack(tier, "write", &text(place));
            assert_ne!(seen.exit, 0, "{tier:?}: {}", seen.output);
        }
        assert_eq!(std::fs::read_to_string(&secret).unwrap(), "the secret\n", "{tier:?}");
        assert!(!new.exists(), "{tier:?}");
        ground.attack(Tier::None, "write", &text(&new));
        assert!(new.exists(), "it would be seen");
    }
}

#[test]
fn nobody_is_reached() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    for tier in tiers().into_iter().filter(|tier| tier.keeps_files_safe()) {
        let ground = Ground::built(tier);
        assert!(ground.attack(Tier::None, "connect", &port).output.contains("reached"));
        let seen = ground.attack(tier, "connect", &port);
        assert!(seen.exit != 0 && !seen.output.contains("reached"), "{tier:?}: {}", seen.output);
    }
}

#[test]
fn what_detaches_is_gone_when_the_command_has_ended_or_was_stopped() {
    for tier in tiers() {
        let ground = Ground::built(tier);
        let seen = ground.attack(tier, "daemon", "leave");
        assert_eq!(seen.exit, 0, "{tier:?}: {}", seen.output);
        assert!(ground.has_gone_quiet(), "{tier:?}: it lives on after the end");
        std::fs::remove_file(ground.root.join("beats")).unwrap();
        let line = "./attacker.exe daemon stay";
        let seen = ground.run_for(Duration::from_secs(3), tier, "", line);
        assert!(matches!(seen.stopped, Some(Stopped::Time(_))), "{tier:?}: {seen:?}");
        assert!(ground.has_gone_quiet(), "{tier:?}: it lives on after the stop");
    }
    let ground = Ground::built(Tier::None);
    ground.attack(Tier::None, "daemon", "leave");
    assert!(!ground.has_gone_quiet(), "it would be seen");
    std::fs::write(ground.root.join("stop"), "").unwrap();
    assert!(ground.has_gone_quiet() || ground.has_gone_quiet());
}

#[test]
fn what_wants_too_much_is_stopped_with_a_sentence() {
    for tier in tiers() {
        let ground = Ground::built(tier);
        let bombs: [(&str, &str, &str); 4] = [
            ("disk=30", "fill", "wrote more than 30 MiB"),
            ("files=100", "files", "100 files"),
            ("cpu=1", "spin", "processor time"),
            ("memory=256,data=4096", "memory", "MiB of memory"),
        ];
        for (limits, what, sentence) in bombs {
            let seen = ground.run(tier, limits, &format!("./attacker.exe {what}"));
            assert!(seen.exit != 0, "{tier:?}: {what}: {seen:?}");
            assert!(seen.output.contains(sentence), "{tier:?}: {what}: {}", seen.output);
        }
    }
}
