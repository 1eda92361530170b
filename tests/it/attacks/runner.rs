//! Runs one attack as a learner's line, with what the test does in the meantime.

use std::io::Read;
use std::net::{TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use haveago::sandbox::run_line;
use rustix::process::{Pid, Signal, kill_process};
use serde::{Deserialize, Serialize};

use super::attack::{Attack, Bare, Harm, Meanwhile};
use super::ground::Ground;
use super::harm::{self, Before, marked};
use super::{Kit, Tier};

/// Most output that is taken of an attack.
const OUTPUT: u64 = 4 << 20;

/// What is known of an attack's run besides its effects.
#[derive(Debug, Default)]
pub struct Ran {
    pub output: String,
    /// Those who were served by the attacker.
    pub served: Vec<String>,
    pub is_forged: bool,
    pub took: Duration,
}

/// What has come of it.
#[derive(Debug)]
pub struct Verdict {
    pub attack: Attack,
    /// Why it was not run.
    pub left_out: Option<&'static str>,
    pub harm: Vec<(Harm, String)>,
    pub ran: Ran,
}

/// A line for another process of ours, which is to be killed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
    line: String,
    scratch: PathBuf,
    env: Vec<(String, String)>,
    seconds: u64,
}

impl Order {
    pub fn run(&self) -> (haveago::judge::evidence::Captured, haveago::sandbox::Ended) {
        let time = Duration::from_secs(self.seconds);
        run_line(&self.line, &self.scratch, &self.scratch, &self.env, "", time, OUTPUT)
    }
}

/// Runs the attack on a ground of its own; alone, if it is on the program that all others use.
pub fn run(attack: Attack, kit: &Kit, tier: Tier) -> Verdict {
    if attack.line.contains("{helper}") {
        let _alone = kit.in_use.write().unwrap();
        run_on_ground(attack, kit, tier)
    } else {
        let _with_others = kit.in_use.read().unwrap();
        run_on_ground(attack, kit, tier)
    }
}

fn run_on_ground(attack: Attack, kit: &Kit, tier: Tier) -> Verdict {
    let left_out = |why| Verdict { attack, left_out: Some(why), harm: Vec::new(), ran: Ran::default() };
    if let (Tier::None, Bare::NotRun(why)) = (tier, attack.bare) {
        return left_out(why);
    }
    if attack.line.starts_with("./door") && !rustix::process::geteuid().is_root() {
        return left_out("only the system's user can make such a program");
    }
    let mut ground = Ground::new(kit, &attack);
    let Some(line) = ground.fill(attack.line) else { return left_out("this system has no such thing") };
    let order = Order {
        line: format!("echo begin: line; {line}"),
        scratch: ground.scratch.clone(),
        env: ground.env.clone(),
        seconds: attack.time.as_secs(),
    };
    let before = Before::look(&ground, kit);
    let start = Instant::now();
    let is_unhelped = tier == Tier::None && matches!(attack.bare, Bare::Unhelped(_));
    let mut ran = match attack.meanwhile {
        Meanwhile::Waits | Meanwhile::Dies | Meanwhile::KillsHelper if is_unhelped => unhelped(&order, &ground),
        Meanwhile::Dies | Meanwhile::KillsHelper => abroad(&order, &ground, attack.meanwhile),
        Meanwhile::Waits | Meanwhile::ConnectsTcp | Meanwhile::ConnectsUdp | Meanwhile::Works => {
            here(&order, &ground, attack.meanwhile)
        }
    };
    ran.took = start.elapsed();
    if let Some(line) = attack.then.and_then(|line| ground.fill(line)) {
        let (captured, _) = Order { line, scratch: ground.other.clone(), env: ground.others.clone(), ..order }.run();
        if captured.output.contains(&ground.mark) {
            ran.served.push("a command of another course".to_owned());
        }
    }
    let harm = harm::seen(&mut ground, kit, &before, &ran, tier);
    if harm.iter().any(|(_, what)| what.contains(&*kit.helper.to_string_lossy())) {
        kit.lay_helper();
    }
    Verdict { attack, left_out: None, harm, ran }
}

fn here(order: &Order, ground: &Ground, meanwhile: Meanwhile) -> Ran {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let world = World::of(ground);
        let is_over = &is_over;
        let beside = scope.spawn(move || world.go_on(meanwhile, is_over));
        let (captured, ended) = order.run();
        is_over.store(true, Ordering::Relaxed);
        let is_forged = ended.leave || ended.env.iter().any(|(name, _)| name == "FORGED");
        let served = beside.join().unwrap();
        Ran { output: captured.output, served, is_forged, took: Duration::ZERO }
    })
}

/// The part of the world that an attack waits for.
struct World {
    address: String,
    file: PathBuf,
}

impl World {
    fn of(ground: &Ground) -> Self {
        let file = Path::new(ground.word("desk")).join(format!("{}-at-work", ground.secret));
        Self { address: format!("127.0.0.1:{}", ground.word("free")), file }
    }

    /// Goes on until the attack is over. Answers who was served.
    fn go_on(&self, meanwhile: Meanwhile, is_over: &AtomicBool) -> Vec<String> {
        while !is_over.load(Ordering::Relaxed) {
            let served = match meanwhile {
                Meanwhile::Waits | Meanwhile::Dies | Meanwhile::KillsHelper => return Vec::new(),
                Meanwhile::ConnectsTcp => served_by_tcp(&self.address),
                Meanwhile::ConnectsUdp => served_by_udp(&self.address),
                Meanwhile::Works => {
                    std::fs::write(&self.file, "").unwrap();
                    None
                }
            };
            if let Some(served) = served {
                return vec![served];
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Vec::new()
    }
}

fn served_by_tcp(address: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(1))).ok()?;
    let mut bytes = [0; 64];
    let size = stream.read(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes[..size]).into_owned()).filter(|text| text.contains("attacker"))
}

fn served_by_udp(address: &str) -> Option<String> {
    let socket = UdpSocket::bind("127.0.0.1:0").ok()?;
    socket.set_read_timeout(Some(Duration::from_millis(50))).ok()?;
    socket.connect(address).ok()?;
    socket.send(b"ping").ok()?;
    let mut bytes = [0; 64];
    let size = socket.recv(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes[..size]).into_owned())
}

/// Runs the line in another process of ours, which is killed, or whose helper is, when the attack has taken root.
fn abroad(order: &Order, ground: &Ground, meanwhile: Meanwhile) -> Ran {
    let file = ground.base.join("order.json");
    std::fs::write(&file, serde_json::to_vec(order).unwrap()).unwrap();
    let mut child = super::again("attacks::elsewhere")
        .env("HAVEAGO_ATTACK_ORDER", file)
        .env("TMPDIR", &ground.base)
        .spawn()
        .unwrap();
    let start = Instant::now();
    let has_root = || has_root(ground);
    while !has_root() && start.elapsed() < Duration::from_secs(8) && matches!(child.try_wait(), Ok(None)) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let note = if has_root() { "begin: stay" } else { "it never took root" };
    match meanwhile {
        Meanwhile::KillsHelper => children(&child).into_iter().for_each(kill),
        Meanwhile::Dies | Meanwhile::Waits | Meanwhile::ConnectsTcp | Meanwhile::ConnectsUdp | Meanwhile::Works => {
            kill(Pid::from_child(&child));
        }
    }
    if meanwhile == Meanwhile::KillsHelper {
        // With its helper gone, the line is over for the one that waits for it.
        let start = Instant::now();
        while matches!(child.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = child.kill();
    }
    let _ = child.wait();
    Ran { output: note.to_owned(), ..Ran::default() }
}

/// Whether the last command of a line that shall be cut short is running.
fn has_root(ground: &Ground) -> bool {
    marked(&ground.mark).iter().any(|(_, line)| line.trim_end().ends_with(" here"))
}

/// Runs the line by the system's shell alone, with nobody to see to its end.
fn unhelped(order: &Order, ground: &Ground) -> Ran {
    let file = ground.base.join("output");
    let output = std::fs::File::create(&file).unwrap();
    let mut child = Command::new("sh")
        // With something to do afterwards, it does not become its last command.
        .args(["-c", &format!("{}; :", order.line)])
        .current_dir(&order.scratch)
        .env_clear()
        .envs(order.env.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stderr(output.try_clone().unwrap())
        .stdout(output)
        .spawn()
        .unwrap();
    let start = Instant::now();
    let is_late = || start.elapsed() > Duration::from_secs(order.seconds);
    while matches!(child.try_wait(), Ok(None)) && !has_root(ground) && !is_late() {
        std::thread::sleep(Duration::from_millis(10));
    }
    kill(Pid::from_child(&child));
    let _ = child.wait();
    Ran { output: std::fs::read_to_string(file).unwrap_or_default(), ..Ran::default() }
}

fn kill(pid: Pid) {
    let _ = kill_process(pid, Signal::KILL);
}

/// The processes that the process has started, by all of its threads.
fn children(child: &Child) -> Vec<Pid> {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", child.id())).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_whitespace().filter_map(|pid| Pid::from_raw(pid.parse().ok()?)).collect::<Vec<_>>())
        .collect()
}
