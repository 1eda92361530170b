//! Attacks: what a program or a course may try against the machine it runs on. Each is judged by its effects, seen from
//! outside, and each is run without any barrier as well, where it must succeed: so the eye for it is known to see.

use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, RwLock};

use haveago::sandbox::confine::{self, Tier};
use haveago::sandbox::{Toolchain, helper};

use crate::support;
use attack::{Attack, Bare, Harm};
use runner::{Order, Verdict};

mod attack;
mod bombs;
mod files;
mod ground;
mod harm;
mod kernel;
mod network;
mod processes;
mod runner;
mod secrets;
mod terminal;
mod toolchain;
mod victim;

/// What all attacks share: two programs, and a secret of the attacked haveago's own.
#[derive(Debug)]
pub struct Kit {
    /// The program of all attacks, and of the victim.
    attackers: PathBuf,
    /// The program that runs the lines, a copy that may be spoiled.
    helper: PathBuf,
    /// Written by those who spoil it.
    in_use: RwLock<()>,
    secret: String,
    /// The true Go; found by those who attack only.
    tools: Option<Toolchain>,
}

impl Kit {
    fn lay_helper(&self) {
        std::fs::create_dir_all(self.helper.parent().unwrap()).unwrap();
        let _ = std::fs::remove_file(&self.helper);
        std::fs::copy(support::haveago(), &self.helper).unwrap();
    }

    fn in_folder(folder: &Path) -> Self {
        let helper = folder.join("bin").join("haveago-helper-under-attack");
        Self {
            attackers: folder.join("attackers"),
            helper,
            secret: "hush-of-haveago".to_owned(),
            tools: None,
            in_use: RwLock::default(),
        }
    }
}

#[test]
fn without_a_tier_every_attack_does_what_it_is_for() {
    in_tier("none");
}

#[test]
fn with_landlock_no_attack_does_anything() {
    in_tier("landlock");
}

#[test]
fn with_all_barriers_no_attack_does_anything() {
    in_tier("full");
}

#[test]
fn with_the_root_of_bwrap_no_attack_does_anything() {
    in_tier("bwrap");
}

/// Runs all attacks in a process that was told its tier.
fn in_tier(tier: &str) {
    let folder = tempfile::Builder::new().prefix("haveago-kit-").tempdir().unwrap();
    let kit = Kit::in_folder(folder.path());
    kit.lay_helper();
    let build = Command::new("go")
        .args(["build", "-o"])
        .arg(&kit.attackers)
        .arg(".")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/attacks/go"))
        .env("GOCACHE", support::go_cache())
        .envs([("CGO_ENABLED", "0"), ("GOFLAGS", ""), ("GOWORK", "off"), ("GOTOOLCHAIN", "local")])
        .status()
        .expect("go starts");
    assert!(build.success(), "the attackers cannot be built");
    let status = again("attacks::all")
        .env(confine::VARIABLE, tier)
        .env("HAVEAGO_ATTACK_KIT", folder.path())
        .env("TMPDIR", folder.path())
        // Bombs that are small for this machine are too large for these.
        .env("HAVEAGO_LIMITS", "memory=768,temporary=128,processes=200")
        // What a user may have set, and what no program may find.
        .env("HAVEAGO_USERS_TOKEN", format!("{}-in-the-environment", kit.secret))
        .env("GOFLAGS", format!("-ldflags=-X={}", kit.secret))
        .status()
        .unwrap();
    assert!(status.success(), "see above");
}

/// These tests again, as another process that does one thing.
fn again(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--ignored", "--nocapture", "--quiet"]);
    // What is really in the environment is nothing to play with.
    command.env_clear().envs(
        std::env::vars_os()
            .filter(|(name, _)| name == "PATH" || name.to_str().is_some_and(|name| name.starts_with("HAVEAGO_"))),
    );
    command
}

/// The one who waits for a line, in a process of its own: see [`attack::Meanwhile::Dies`].
#[test]
#[ignore = "it is run by the attacks that kill it"]
fn elsewhere() {
    let Ok(order) = std::env::var("HAVEAGO_ATTACK_ORDER") else { return };
    let Some(kit) = kit() else { return };
    helper::set_program(kit.helper);
    confine::allow_unconfined();
    let order: Order = serde_json::from_slice(&std::fs::read(order).unwrap()).unwrap();
    let _ = order.run();
}

fn kit() -> Option<Kit> {
    std::env::var_os("HAVEAGO_ATTACK_KIT").map(|folder| Kit::in_folder(Path::new(&folder)))
}

#[test]
#[ignore = "it is run once for each tier, by the tests above"]
fn all() {
    let Some(mut kit) = kit() else { return };
    kit.tools = haveago::sandbox::toolchain::in_path().ok();
    helper::set_program(kit.helper.clone());
    confine::allow_unconfined();
    let tier = match &confine::chosen().tier {
        Ok(tier) => *tier,
        Err(why) => {
            println!("not run: {why}");
            return;
        }
    };
    let _left_open = leave_open(&kit);
    let only = std::env::var("HAVEAGO_ATTACK").unwrap_or_default();
    let attacks: Vec<Attack> = [
        files::ATTACKS,
        secrets::ATTACKS,
        processes::ATTACKS,
        network::ATTACKS,
        kernel::ATTACKS,
        toolchain::ATTACKS,
        bombs::ATTACKS,
    ]
    .concat()
    .into_iter()
    .flat_map(|attack| with_helper(attack, tier).into_iter().chain([attack]))
    .filter(|attack| attack.line.contains(&only) || attack.name.contains(&only))
    .collect();
    control(&kit, tier);
    let verdicts = run_all(&attacks, &kit, tier);
    let faults: Vec<String> = verdicts.iter().filter_map(|verdict| fault(verdict, tier)).collect();
    for verdict in &verdicts {
        println!("{}", row(verdict));
        if !only.is_empty() {
            println!("{}", tail(&verdict.ran.output));
        }
    }
    let left_out = verdicts.iter().filter(|verdict| verdict.left_out.is_some()).count();
    println!("{tier:?}: {} attacks, {left_out} not run, {} faults", verdicts.len(), faults.len());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What is run without a helper where there is no tier, is run with it as well: it does nothing then.
fn with_helper(attack: Attack, tier: Tier) -> Option<Attack> {
    let is_alone = tier == Tier::None && matches!(attack.bare, Bare::Unhelped(_));
    is_alone.then_some(Attack { bare: Bare::Held("the helper sees to it in every tier"), ..attack })
}

/// What every program may do, it can: else nothing that follows means anything.
fn control(kit: &Kit, tier: Tier) {
    let may = attack::attack(
        0,
        "what is allowed",
        "{a} write mine && cat mine && {a} read mine",
        Bare::Held("it is allowed"),
    );
    let verdict = runner::run(may, kit, tier);
    assert!(verdict.ran.output.contains("leak: \"pwned"), "{}\n{}", row(&verdict), verdict.ran.output);
    assert!(verdict.harm.is_empty(), "{}", row(&verdict));
}

/// A file of haveago's that whatever it starts inherits.
fn leave_open(kit: &Kit) -> OwnedFd {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, format!("{}-left-open", kit.secret).as_bytes()).unwrap();
    rustix::io::dup(file.as_fd()).unwrap()
}

/// Two at a time: most of their time is waiting.
fn run_all(attacks: &[Attack], kit: &Kit, tier: Tier) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let verdicts = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(attack) = attacks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let verdict = runner::run(*attack, kit, tier);
                    verdicts.lock().unwrap().push(verdict);
                }
            });
        }
    });
    verdicts.into_inner().unwrap()
}

/// What is not as it must be.
fn fault(verdict: &Verdict, tier: Tier) -> Option<String> {
    if verdict.left_out.is_some() {
        return None;
    }
    let has = |harm: Harm| verdict.harm.iter().any(|(seen, _)| *seen == harm);
    let is_root = rustix::process::geteuid().is_root();
    let nothing_but = |known: Option<Harm>| verdict.harm.iter().all(|(seen, _)| Some(*seen) == known);
    let is_right = match (tier, verdict.attack.bare) {
        (Tier::None, Bare::Held(_)) | (Tier::Full | Tier::Bwrap, _) => nothing_but(None),
        (Tier::Landlock | Tier::Seatbelt | Tier::AppContainer | Tier::Job, _) => nothing_but(verdict.attack.reduced),
        (Tier::None, Bare::Does(harm) | Bare::Unhelped(harm)) => has(harm),
        (Tier::None, Bare::AsRoot(harm)) => has(harm) || !is_root,
        (Tier::None, Bare::Perhaps(_) | Bare::NotRun(_)) => true,
    };
    let says = verdict.attack.says;
    let has_said = says.is_empty() || says.iter().any(|words| verdict.ran.output.contains(words));
    let has_begun = verdict.ran.output.contains("begin:");
    (!is_right || !has_begun || !has_said).then(|| format!("{}\n{}", row(verdict), tail(&verdict.ran.output)))
}

fn row(verdict: &Verdict) -> String {
    let Attack { row, name, line, bare, .. } = verdict.attack;
    let came = match verdict.left_out {
        Some(why) => format!("not run: {why}"),
        None if verdict.harm.is_empty() => "nothing".to_owned(),
        None => {
            verdict.harm.iter().map(|(harm, what)| format!("{harm:?}: {}", start(what))).collect::<Vec<_>>().join("; ")
        }
    };
    format!("{row:>3} {name} [{line}] {bare:?} -> {came} ({} ms)", verdict.ran.took.as_millis())
}

fn start(text: &str) -> String {
    text.chars().take(120).collect()
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let last = &lines[lines.len().saturating_sub(8)..];
    last.iter().map(|line| format!("      | {line}")).collect::<Vec<_>>().join("\n")
}
