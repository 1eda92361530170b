//! The running program of the user's: started for the attack, and asked afterwards what it has come to feel.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::Kit;

/// For so long it may keep its answer to itself on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Victim {
    child: Child,
    program: PathBuf,
    says: Receiver<String>,
    /// Where its secrets and services are.
    pub words: BTreeMap<String, String>,
    state: Vec<String>,
    events: Vec<String>,
}

impl Victim {
    pub fn start(kit: &Kit, base: &Path, secret: &str) -> Self {
        let mut child = Command::new(&kit.attackers)
            .args(["victim", secret])
            .arg(base)
            .current_dir(base.join("home"))
            .env("VICTIM_TOKEN", format!("{secret}-in-the-environment"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, says) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        let mut words = BTreeMap::new();
        loop {
            let line = says.recv_timeout(PATIENCE).expect("the victim starts");
            match line.split_once('=') {
                Some((name, value)) => words.insert(name.to_owned(), value.to_owned()),
                None if line == "ready" => break,
                None => continue,
            };
        }
        words.insert("pid".to_owned(), child.id().to_string());
        let mut victim =
            Self { child, program: kit.attackers.clone(), says, words, state: Vec::new(), events: Vec::new() };
        victim.state = victim.look();
        victim
    }

    /// What others can change of it: its rank, its processors, its limits, and whether it goes on.
    fn look(&self) -> Vec<String> {
        let file = |name: &str| fs::read_to_string(format!("/proc/{}/{name}", self.child.id())).unwrap_or_default();
        let line = |text: &str, start: &str| text.lines().find(|line| line.starts_with(start)).map(str::to_owned);
        let stat = file("stat");
        let words: Vec<&str> =
            stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().collect()).unwrap_or_default();
        let state = match words.first() {
            Some(&("T" | "t")) => "stopped",
            None | Some(&("Z" | "X")) => "ended",
            Some(_) => "goes on",
        };
        let word = |index: usize| words.get(index).map(|word| (*word).to_owned()).unwrap_or_default();
        let mut all = vec![state.to_owned(), format!("nice {}", word(16)), format!("policy {}", word(38))];
        all.extend(line(&file("limits"), "Max open files"));
        all.extend(line(&file("status"), "Cpus_allowed_list"));
        all.push(format!("oom {}", file("oom_score_adj").trim()));
        all
    }

    /// What has been done to it, and who has come to it.
    pub fn complaints(&mut self) -> Vec<String> {
        let now = self.look();
        let mut all: Vec<String> = now.iter().filter(|word| !self.state.contains(word)).cloned().collect();
        if now.iter().any(|word| word == "stopped") {
            let _ = kill_process(self.pid(), Signal::CONT);
        }
        if !now.iter().any(|word| word == "ended") {
            self.sync();
        }
        all.append(&mut self.events);
        all.dedup();
        all
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Waits until it has told all that it knows.
    fn sync(&mut self) {
        let Some(input) = self.child.stdin.as_mut() else { return };
        if input.write_all(b"now\n").is_err() {
            return;
        }
        while let Ok(line) = self.says.recv_timeout(PATIENCE) {
            match line.strip_prefix("event ") {
                Some(event) => self.events.push(event.to_owned()),
                None if line == "synced now" => return,
                None => {}
            }
        }
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // What the system holds for it outlives it.
        let held = ["shm", "msg", "sem", "mq", "key"].map(|name| self.words.get(name).map_or("", String::as_str));
        let _ = Command::new(&self.program).arg("forget").args(held).stdout(Stdio::null()).status();
    }
}
