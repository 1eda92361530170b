//! Every input of the fuzz corpus, past findings among them, through its target: what held once holds for ever.

use std::fs;
use std::path::Path;
use std::thread;

#[path = "../../fuzz/src/lib.rs"]
mod targets;

/// These builds take more of the stack than those that people use.
const STACK: usize = 16 << 20;

/// Runs the target over its corpus. The name of the last input that is printed is the one that broke it.
fn replay(target: &'static str) {
    let (_, run) = targets::TARGETS.iter().find(|(name, _)| *name == target).expect("a target of that name");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut inputs: Vec<_> = fs::read_dir(folder).expect("a corpus").map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "there is nothing to replay");
    let replay = move || {
        for input in inputs {
            println!("{}", input.display());
            run(&fs::read(&input).unwrap());
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(replay).unwrap().join().expect("the last input that is named here");
}

#[test]
fn blocks() {
    replay("blocks");
}

#[test]
fn check() {
    replay("check");
}

#[test]
fn explain() {
    replay("explain");
}

#[test]
fn keys() {
    replay("keys");
}

#[test]
fn lesson() {
    replay("lesson");
}

#[test]
fn reflow() {
    replay("reflow");
}

#[test]
fn saved() {
    replay("saved");
}

/// The fuzzer's script and the tests know the same targets.
#[test]
fn each_target_has_a_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let script = fs::read_to_string(folder.join("run")).unwrap();
    let names: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    assert!(script.contains(&format!("all=({})", names.join(" "))), "fuzz/run names other targets than {names:?}");
    for name in names {
        let program = fs::read_to_string(folder.join("fuzz_targets").join(format!("{name}.rs"))).unwrap();
        assert!(program.contains(&format!("haveago_fuzz::{name}::run(data)")), "{program}");
    }
}
