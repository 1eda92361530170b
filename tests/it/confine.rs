//! Confinement with real processes: what works inside, what does not get out, and what is stopped.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use haveago::judge::evidence::{Captured, Stopped};
use haveago::sandbox::confine::{self, Tier};
use haveago::sandbox::{Dirs, environment, fill_cache, helper, run_line, toolchain};

use crate::sandbox::terminal::{comes_to_run, runs};
use crate::support;

mod inside;
mod outside;

/// Long enough for two busy cores; nothing waits for it when all is well.
const DEADLINE: Duration = Duration::from_mins(2);

/// The tiers that this machine can hold.
fn tiers() -> Vec<Tier> {
    helper::set_program(PathBuf::from(support::haveago()));
    let chosen = confine::chosen();
    let tiers = match chosen.tier {
        Ok(Tier::Full) if std::env::var(confine::VARIABLE).is_err() => {
            [Tier::Full, Tier::Bwrap, Tier::Landlock].into_iter().filter(|tier| holds(*tier)).collect()
        }
        Ok(Tier::None) | Err(_) => Vec::new(),
        Ok(tier) => vec![tier],
    };
    if tiers.is_empty() {
        println!("this machine holds no tier: {chosen:?}");
    }
    tiers
}

/// Whether this machine can hold a tier; the first test to ask says why it does not.
fn holds(tier: Tier) -> bool {
    static SAID: std::sync::Once = std::sync::Once::new();
    confine::try_out(tier).map_err(|why| SAID.call_once(|| println!("not tried in {tier:?}: {why}"))).is_ok()
}

/// The word that asks for a tier.
fn word(tier: Tier) -> &'static str {
    match tier {
        Tier::Full => "full",
        Tier::Bwrap => "bwrap",
        Tier::Landlock => "landlock",
        Tier::Seatbelt => "seatbelt",
        Tier::AppContainer => "appcontainer",
        Tier::Job => "job",
        Tier::None => "none",
    }
}

/// A learner's folder and the environment of their commands.
struct Ground {
    folder: tempfile::TempDir,
    root: PathBuf,
    env: Vec<(String, String)>,
}

impl Ground {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("haveago-confine-").tempdir().unwrap();
        support::share_go_cache(&folder.path().join("data"));
        let dirs = Dirs::find(Some(&folder.path().join("data"))).unwrap();
        let go = toolchain::in_path().unwrap();
        let env = environment::build(&dirs, "course", Some(&go));
        for tier in tiers() {
            confine::within(tier, "", || fill_cache(&dirs, "course", &go));
        }
        let root = folder.path().join("data/work/lesson");
        std::fs::create_dir_all(&root).unwrap();
        Self { root: root.canonicalize().unwrap(), folder, env }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.root.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// A file beside the learner's folder.
    fn secret(&self) -> PathBuf {
        let path = self.folder.path().canonicalize().unwrap().join("secret.txt");
        std::fs::write(&path, "the secret\n").unwrap();
        path
    }

    fn run(&self, tier: Tier, line: &str) -> Captured {
        self.run_limited(tier, "", line)
    }

    fn run_limited(&self, tier: Tier, limits: &str, line: &str) -> Captured {
        confine::within(tier, limits, || run_line(line, &self.root, &self.root, &self.env, "", DEADLINE, 64 << 20)).0
    }
}
