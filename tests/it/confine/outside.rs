//! What does not get out, and what is stopped. Each attack is also made unconfined, where it does: so it would be seen.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use super::*;

#[test]
fn other_files_can_be_neither_read_nor_changed() {
    let ground = Ground::new();
    let secret = ground.secret();
    let place = secret.parent().unwrap().display().to_string();
    let read = format!("cat {}", secret.display());
    assert!(tiers().is_empty() || ground.run(Tier::None, &read).output.contains("the secret"));
    for tier in tiers() {
        std::os::unix::fs::symlink(&secret, ground.root.join(format!("{tier:?}"))).unwrap();
        let link = format!("{tier:?}");
        for line in [
            read.clone(),
            format!("cat {link}"),
            "cat ../../../secret.txt".to_owned(),
            format!("sh -c 'ln {} hard && cat hard'", secret.display()),
            format!("sh -c 'cat /proc/1/root{}'", secret.display()),
            format!("ls {place}"),
        ] {
            let seen = ground.run(tier, &line);
            assert!(!seen.output.contains("the secret"), "{tier:?}: {line}: {}", seen.output);
            assert!(
                !seen.output.split_whitespace().any(|name| name == "secret.txt"),
                "{tier:?}: {line}: {}",
                seen.output
            );
        }
        for line in [
            format!("sh -c 'echo bad > {}'", secret.display()),
            format!("sh -c 'echo bad > {link}'"),
            format!("rm -f {}", secret.display()),
            format!("sh -c 'mv {} moved'", secret.display()),
            format!("sh -c 'echo bad > {place}/new'"),
            format!("chmod 777 {}", secret.display()),
            format!("sh -c 'chmod 777 {}'", secret.display()),
            format!("sh -c 'touch -d 2001-01-01 {}'", secret.display()),
            format!("sh -c 'mkdir {place}/folder'"),
        ] {
            let before = std::fs::metadata(&secret).unwrap();
            ground.run(tier, &line);
            let after = std::fs::metadata(&secret).unwrap();
            assert_eq!(std::fs::read_to_string(&secret).unwrap(), "the secret\n", "{tier:?}: {line}");
            assert_eq!(before.permissions(), after.permissions(), "{tier:?}: {line}");
            assert_eq!(before.modified().unwrap(), after.modified().unwrap(), "{tier:?}: {line}");
            assert!(!Path::new(&place).join("new").exists() && !Path::new(&place).join("folder").exists(), "{line}");
        }
    }
}

#[test]
fn a_command_cannot_open_more_for_the_next() {
    let ground = Ground::new();
    let secret = ground.secret();
    let place = secret.parent().unwrap().display().to_string();
    for tier in tiers() {
        for name in ["GOCACHE", "GOPATH", "HOME", "TMPDIR", confine::VARIABLE] {
            let value = if name == confine::VARIABLE { "none" } else { &place };
            let line = format!("export {name}={value}");
            let run = |line: &str, env: &[(String, String)]| {
                confine::within(tier, "", || run_line(line, &ground.root, &ground.root, env, "", DEADLINE, 1 << 20))
            };
            let (_, ended) = run(&line, &ground.env);
            assert!(ended.env.contains(&(name.to_owned(), value.to_owned())), "{tier:?}: {name}");
            let (seen, _) = run(&format!("cat {}", secret.display()), &ended.env);
            assert!(!seen.output.contains("the secret"), "{tier:?}: {name}: {}", seen.output);
        }
    }
}

#[test]
fn nobody_is_reached_and_nothing_of_the_machine_is_seen() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let ground = Ground::new();
    let connect = format!("bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port} && echo reached'");
    assert!(tiers().is_empty() || ground.run(Tier::None, &connect).output.contains("reached"));
    for tier in tiers() {
        let seen = ground.run(tier, &connect);
        assert!(!seen.output.contains("reached"), "{tier:?}: {}", seen.output);
        // Ourselves, by number.
        let me = std::process::id();
        for line in [format!("sh -c 'kill -CONT {me} && echo signalled'"), format!("cat /proc/{me}/environ")] {
            let seen = ground.run(tier, &line);
            assert!(!seen.output.contains("signalled") && !seen.output.contains("CARGO"), "{tier:?}: {line}");
        }
        let seen = ground.run(tier, "sh -c 'unshare -Ur true && echo nested; env'");
        assert!(!seen.output.contains("nested") && !seen.output.contains("CARGO"), "{tier:?}: {}", seen.output);
    }
    for tier in tiers().into_iter().filter(|tier| *tier != Tier::Landlock) {
        let seen = ground.run(tier, "ls /; ls /home; ls /root; id -u");
        assert!(!seen.output.contains("var") && !seen.output.contains("sys"), "{}", seen.output);
    }
}

/// Lowered limits, the line, which stop is right, and a part of the sentence below it.
type Bomb = (&'static str, &'static str, fn(Stopped) -> bool, &'static str);

#[test]
fn what_wants_too_much_is_stopped_with_a_sentence() {
    let bombs: [Bomb; 5] = [
        (
            "memory=64",
            "sh -c 'text=$(head -c 100m /dev/zero | tr \\\\000 x); sleep 5'",
            |stopped| matches!(stopped, Stopped::Memory(_)),
            "memory",
        ),
        (
            "processes=60",
            "sh -c 'i=0; while [ $i -lt 400 ]; do sleep 307.25 & i=$((i+1)); done; wait'",
            |stopped| matches!(stopped, Stopped::Processes(_)),
            "processes",
        ),
        (
            "disk=30",
            "sh -c 'i=0; while [ $i -lt 40 ]; do head -c 5m /dev/zero > f$i; i=$((i+1)); sleep 0.02; done; sleep 5'",
            |stopped| matches!(stopped, Stopped::Disk(_)),
            "wrote more than 30 MiB",
        ),
        (
            "files=100",
            "sh -c 'i=0; while [ $i -lt 400 ]; do : > g$i; i=$((i+1)); done; sleep 5'",
            |stopped| matches!(stopped, Stopped::Files(_)),
            "100 files",
        ),
        ("cpu=1", "sh -c 'while :; do :; done'", |stopped| matches!(stopped, Stopped::Cpu(_)), "processor time"),
    ];
    for tier in tiers() {
        for (limits, line, is_it, sentence) in bombs {
            let ground = Ground::new();
            let start = Instant::now();
            let seen = ground.run_limited(tier, limits, line);
            assert!(start.elapsed() < Duration::from_secs(20), "{tier:?}: {line}: {:?}", start.elapsed());
            // An ordinary user's processes are refused by the kernel, before they are too many.
            let is_refused = limits.starts_with("processes") && seen.exit != 0 && seen.output.contains("fork");
            assert!(seen.stopped.is_some_and(is_it) || is_refused, "{tier:?}: {line}: {seen:?}");
            assert!(seen.output.contains(sentence) || is_refused, "{tier:?}: {line}: {}", seen.output);
            assert!(!runs("sleep 307.25"), "{tier:?}: it lives on");
        }
        // After a disk that was filled, one can still tidy up.
        let ground = Ground::new();
        for index in 0..8 {
            std::fs::write(ground.root.join(format!("big{index}")), vec![1; 5 << 20]).unwrap();
        }
        let seen = ground.run_limited(tier, "disk=30", "rm big0 big1 big2 big3 big4; sleep 0.7; ls");
        assert_eq!((seen.stopped, seen.output.as_str()), (None, "big5  big6  big7\n"), "{tier:?}");
    }
}

#[test]
fn kill_9_of_the_program_or_of_the_helper_leaves_nothing() {
    for tier in tiers() {
        for victim in ["program", "helper"] {
            let data = support::data();
            let mark = format!("sleep 308.{}{}", word(tier).len(), victim.len());
            let mut child = Command::new(support::haveago())
                .args(["--plain", "1.1"])
                .env("HAVEAGO_DATA", data.path())
                .env(confine::VARIABLE, word(tier))
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut input = child.stdin.take().unwrap();
            writeln!(input, "sh -c '({mark} &); (setsid {mark} &); {mark}'").unwrap();
            comes_to_run(&mark);
            if victim == "program" {
                child.kill().unwrap();
                child.wait().unwrap();
            } else {
                let helper = helper_of(child.id());
                Command::new("kill").args(["-9", &helper.to_string()]).status().unwrap();
            }
            let until = Instant::now() + Duration::from_secs(5);
            while runs(&mark) {
                assert!(Instant::now() < until, "{tier:?}: {victim}: it lives on");
                std::thread::sleep(Duration::from_millis(5));
            }
            drop(input);
            let _ = BufReader::new(child.stdout.take().unwrap()).lines().count();
            let _ = child.wait();
        }
    }
}

/// The helper that this process has started.
fn helper_of(parent: u32) -> u32 {
    let list = std::fs::read_dir(format!("/proc/{parent}/task")).unwrap().flatten();
    let children = list.filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    let pids: Vec<u32> =
        children.flat_map(|all| all.split(' ').filter_map(|pid| pid.parse().ok()).collect::<Vec<u32>>()).collect();
    let is_helper = |pid: &&u32| {
        std::fs::read_to_string(format!("/proc/{pid}/cmdline")).is_ok_and(|line| line.contains("__sandbox"))
    };
    *pids.iter().find(is_helper).unwrap()
}
