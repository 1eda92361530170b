//! `haveago goto`, `haveago reset`, and `:reset`: what is laid, what is kept, and what is told of it.

use std::fs;
use std::path::{Path, PathBuf};

use haveago::base::FilePath;
use haveago::edit::{Document, Draft};
use haveago::store::Drafts;

use crate::stage::{Stage, Told, run_with};

const BEGIN: &str = "# Begin\n\n## Write {#write}\n\n```text file=notes.txt\nstart\n```\n\n```check\nfile notes.txt contains \
                     \"one\"\n```\n\n```text solution=notes.txt\none\n```\n\n```console solution\n$ mkdir made\n$ cp \
                     notes.txt made\n```\n\n## Order {#order}\n\n```go order=order.go\npackage main\n\nfunc main() {\n}\n```\n\n\
                     ```check\nfile order.go exists\n```\n";
const GO_ON: &str = "# Go on\n<!-- continues -->\n\n## Two {#two}\n\n```text file=two.txt\n2\n```\n\n```check\nfile notes.txt \
                     contains \"two\"\n```\n\n```text solution=notes.txt\ntwo\n```\n\n## Three {#three}\n\n```text \
                     file=three.txt\n3\n```\n\n```check\nno file two.txt\n```\n\n```console solution\n$ rm two.txt\n```\n";
const ALONE: &str = "# Alone\n\n## Only {#only}\n\nText.\n";
const WITH_FILE: &str = "# With a file\n\n## Only {#only}\n\n```text file=own.txt\nown\n```\n";

/// Lesson Go on goes on with the folder of lesson Begin; the others stand alone.
fn stage() -> Stage {
    Stage::with(&[
        ("01-first/README.md", "# First\n\nAll.\n"),
        ("01-first/01-begin.md", BEGIN),
        ("01-first/02-go-on.md", GO_ON),
        ("01-first/03-alone.md", ALONE),
        ("01-first/04-with-a-file.md", WITH_FILE),
    ])
}

fn folder(stage: &Stage, lesson: &str) -> PathBuf {
    stage.data().join("work/tiny/first").join(lesson)
}

/// Every file below a folder with its bytes; of a link, where it leads.
fn all(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_symlink() {
            found.push((name, fs::read_link(path).unwrap().into_os_string().into_encoded_bytes()));
        } else if path.is_dir() {
            found.extend(all(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.push((name, fs::read(path).unwrap()));
        }
    }
    found.sort();
    found
}

fn files(list: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

fn done(told: Told) -> String {
    assert_eq!((told.status, told.err.as_str()), (0, ""), "{}", told.out);
    told.out
}

/// What lesson Begin leaves, and what lesson Go on lays over it.
const AFTER_BEGIN: &[(&str, &str)] =
    &[("made/notes.txt", "one\n"), ("notes.txt", "one\n"), ("order.go", ORDERED), ("two.txt", "2\n")];
/// As gofmt has it, which knows nothing of the blank line that is no line to be put in order.
const ORDERED: &str = "package main\n\nfunc main() {\n}\n";

#[test]
fn goto_lays_what_the_lessons_before_leave_and_makes_that_the_place() {
    let stage = stage();
    let root = folder(&stage, "begin");
    let out = done(stage.run(&["goto", "1.2"], ""));
    let wanted = format!(
        "You are at lesson 1.2 Go on now. Its files are as the course's own solutions leave them after 1.1 Begin.\n  {}\nThere was nothing of yours to \
         set aside.\n`haveago` goes on there. Nothing is marked as done.\n",
        root.display()
    );
    assert_eq!((out, all(&root)), (wanted, files(AFTER_BEGIN)));
    let out = done(stage.run(&["progress"], ""));
    assert!(out.contains("0 of 6 steps done.\nYou are at 1.2 Go on, step 1 of 2: Two.\n"), "{out}");
    assert_eq!(fs::read_dir(stage.data().join("state/ready")).unwrap().count(), 0, "what was made ready is gone");
    // By another name, from another place, and in a chapter where one has been.
    done(stage.run(&["goto", "begin"], ""));
    assert_eq!(all(&root), files(&[("notes.txt", "start\n")]));
    assert!(done(stage.run(&["progress"], "")).contains("You are at 1.1 Begin, step 1 of 2: Write.\n"));
}

#[test]
fn the_learners_own_is_set_aside_byte_by_byte_and_comes_back() {
    let stage = stage();
    let root = folder(&stage, "begin");
    fs::create_dir_all(root.join("deep/er")).unwrap();
    fs::write(root.join("deep/er/bytes.bin"), [0, 0xff, 0xfe, 10, 13]).unwrap();
    fs::write(root.join("notes.txt"), "my own\r\nnotes").unwrap();
    let own = all(&root);
    let out = done(stage.run(&["goto", "1.2"], ""));
    let kept = folder(&stage, "begin.kept-1");
    let told = format!("Your own files are kept, with all that you had not saved.\n  {}\n`haveago", kept.display());
    assert!(out.contains(&told) && out.contains(" reset --undo 1.2` brings them back."), "{out}");
    assert_eq!((all(&kept), all(&root)), (own.clone(), files(AFTER_BEGIN)));
    // What was laid and is untouched is nobody's own: it is in nobody's way.
    let out = done(stage.run(&["reset"], ""));
    assert!(out.contains("There was nothing of yours to set aside."), "{out}");
    let out = done(stage.run(&["reset", "--undo", "1.2"], ""));
    assert_eq!((out, all(&root)), (format!("What was set aside is back.\n  {}\n", root.display()), own.clone()));
    assert_eq!(fs::read_dir(root.parent().unwrap()).unwrap().count(), 1, "nothing is beside it any more");
    // As soon as anything of it is changed, it is set aside like all else.
    done(stage.run(&["reset"], ""));
    fs::write(root.join("made/new.txt"), "new").unwrap();
    let begun = all(&root);
    let out = done(stage.run(&["reset", "--undo"], ""));
    let kept = folder(&stage, "begin.kept-2");
    assert!(out.contains(&format!("What was there until now is kept.\n  {}\n`", kept.display())), "{out}");
    assert_eq!((all(&root), all(&kept)), (own.clone(), begun.clone()));
    done(stage.run(&["reset", "--undo"], ""));
    assert_eq!((all(&root), all(&folder(&stage, "begin.kept-3"))), (begun, own));
}

#[test]
fn a_lesson_that_stands_alone_gets_its_own_files_and_that_is_said() {
    let stage = stage();
    let out = done(stage.run(&["goto", "alone"], ""));
    assert!(out.contains("1.3 Alone now. No files are carried on to it: it begins with an empty folder."), "{out}");
    assert_eq!(all(&folder(&stage, "alone")), []);
    let out = done(stage.run(&["goto", "with a file"], ""));
    assert!(out.contains("No files are carried on to it: it begins with files of its own."), "{out}");
    assert_eq!(all(&folder(&stage, "with-a-file")), files(&[("own.txt", "own\n")]));
}

#[test]
fn reset_begins_the_step_where_one_is_once_more() {
    let stage = stage();
    let root = folder(&stage, "begin");
    done(stage.run(&["--plain", "1.2"], ":next\n"));
    fs::write(root.join("three.txt"), "spoilt").unwrap();
    let own = all(&root);
    let out = done(stage.run(&["reset"], ""));
    let begins = "The step \"Three\" of lesson 1.2 Go on begins once more, with the files that the course's own solutions give.\n";
    assert!(out.starts_with(begins), "{out}");
    let mut wanted = AFTER_BEGIN.to_vec();
    wanted[1].1 = "two\n";
    wanted.insert(3, ("three.txt", "3\n"));
    assert_eq!((all(&root), all(&folder(&stage, "begin.kept-1"))), (files(&wanted), own));
    // Another lesson than the one that is open, at the step at which it would be opened.
    let out = done(stage.run(&["reset", "1.1"], ""));
    assert!(out.starts_with("The step \"Write\" of lesson 1.1 Begin begins once more, "), "{out}");
    assert_eq!(all(&root), files(&[("notes.txt", "start\n")]));
    assert!(done(stage.run(&["progress"], "")).contains("You are at 1.2 Go on, step 2 of 2"), "the place is the same");
}

#[test]
fn text_that_was_typed_and_not_saved_is_set_aside_as_well() {
    let stage = stage();
    done(stage.run(&["--plain", "1.1"], ""));
    let root = fs::canonicalize(folder(&stage, "begin")).unwrap();
    fs::remove_file(root.join("notes.txt")).unwrap();
    let drafts = Drafts::new(&stage.data().join("state"));
    let notes = FilePath::parse("notes.txt").unwrap();
    let mut document = Document::new("");
    document.insert_text("typed");
    let draft: Draft = document.draft().unwrap();
    assert!(draft.is_unsaved());
    drafts.keep(&root, &notes, Some(&draft)).unwrap();
    let out = done(stage.run(&["reset"], ""));
    assert!(out.contains("with all that you had not saved.") && out.contains("begin.kept-1\n"), "{out}");
    let kept = root.with_file_name("begin.kept-1");
    assert_eq!((drafts.unsaved(&root).0, drafts.read(&kept, &notes)), (vec![], Some(draft.clone())));
    done(stage.run(&["reset", "--undo"], ""));
    assert_eq!((all(&root), drafts.read(&root, &notes)), (vec![], Some(draft)));
}

#[cfg(unix)]
#[test]
fn links_that_were_planted_are_moved_and_not_followed() {
    use std::os::unix::fs::symlink;
    let stage = stage();
    let root = folder(&stage, "begin");
    let precious = stage.data().join("precious");
    for path in [&root, &precious] {
        fs::create_dir_all(path).unwrap();
    }
    fs::write(precious.join("notes.txt"), "mine").unwrap();
    symlink(&precious, root.join("made")).unwrap();
    symlink(precious.join("notes.txt"), root.join("notes.txt")).unwrap();
    symlink(&precious, folder(&stage, "begin.kept-1")).unwrap();
    let own = all(&root);
    done(stage.run(&["goto", "1.2"], ""));
    assert_eq!((all(&root), all(&folder(&stage, "begin.kept-2"))), (files(AFTER_BEGIN), own.clone()));
    done(stage.run(&["reset", "--undo"], ""));
    assert_eq!(all(&root), own);
    assert_eq!(all(&precious), files(&[("notes.txt", "mine")]));
    // The lesson's folder itself.
    fs::remove_dir_all(&root).unwrap();
    symlink(&precious, &root).unwrap();
    let told = stage.run(&["goto", "1.2"], "");
    assert!(told.status == 1 && told.err.contains("is a file or a link"), "{}", told.err);
    assert_eq!(all(&precious), files(&[("notes.txt", "mine")]));
}

/// A course whose commands lay a link where its solution is saved next.
#[cfg(unix)]
#[test]
fn links_that_a_courses_own_commands_lay_are_not_followed() {
    let stage = Stage::with(&[("01-first/README.md", "# First\n\nAll.\n")]);
    let victim = stage.data().join("victim.txt");
    fs::create_dir_all(stage.data()).unwrap();
    fs::write(&victim, "mine").unwrap();
    let evil = format!(
        "# Evil\n\n## A {{#a}}\n\nText.\n\n```check\nran \"ln\"\n```\n\n```console solution\n$ ln -s {} notes.txt\n```\n\n\
         ## B {{#b}}\n\nText.\n\n```check\nfile notes.txt exists\n```\n\n```text solution=notes.txt\nevil\n```\n\n\
         ## C {{#c}}\n\nText.\n",
        victim.display()
    );
    fs::write(stage.course().join("01-first/01-evil.md"), evil).unwrap();
    let told = stage.run(&["--plain"], ":next\n:next\n:reset\n");
    let out = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("notes.txt is a link, and links may lead out of your folder"), "{}", told.out);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
}

/// Kills of the program, spread over the time that it takes.
#[cfg(unix)]
const KILLS: u32 = 16;

#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_leaves_each_file_in_one_of_the_folders() {
    use std::process::{Command, Stdio};
    use std::time::Instant;
    let stage = stage();
    done(stage.run(&["goto", "1.4"], ""));
    let root = folder(&stage, "with-a-file");
    let own: Vec<(String, Vec<u8>)> = (0..400).map(|n| (format!("mine-{n:03}"), n.to_string().into_bytes())).collect();
    for (name, bytes) in &own {
        fs::write(root.join(name), bytes).unwrap();
    }
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_haveago"));
        command.args(["--course", stage.course().to_str().unwrap(), "--data", stage.data().to_str().unwrap()]);
        command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let began = Instant::now();
    assert!(run(&["reset"]).wait().unwrap().success());
    let took = began.elapsed();
    for kill in 0..KILLS {
        let mut child = run(if kill % 2 == 0 { &["reset", "--undo"] } else { &["reset"] });
        std::thread::sleep(took * kill / KILLS);
        // It may have ended, and that is as well.
        let _ = child.kill();
        child.wait().unwrap();
        let mut there: Vec<_> =
            fs::read_dir(root.parent().unwrap()).unwrap().flat_map(|e| all(&e.unwrap().path())).collect();
        there.retain(|(name, _)| name.starts_with("mine-"));
        there.sort();
        assert!(there == own, "kill {kill}: {} of {} files", there.len(), own.len());
    }
}

#[test]
fn wrong_usage_is_2_and_what_cannot_be_done_is_1_and_changes_nothing() {
    let stage = stage();
    let failing = |args: &[&str], env: &[(&str, &str)]| {
        let course = stage.course();
        let all = [&["--allow-unconfined", "--course", course.to_str().unwrap()], args].concat();
        let told = run_with(&stage.data(), env, &all, "");
        assert_eq!(told.out, "", "{args:?}");
        (told.status, told.err)
    };
    let (status, err) = failing(&["goto"], &[]);
    assert!(status == 2 && err.contains("<LESSON>"), "{err}");
    let (status, err) = failing(&["goto", "9.1"], &[]);
    assert_eq!((status, err.as_str()), (2, "haveago: there is no lesson 9.1: the course has 1 chapter\n"));
    let (status, err) = failing(&["reset", "alnoe"], &[]);
    assert_eq!((status, err.as_str()), (2, "haveago: there is no lesson `alnoe`; did you mean 1.3 Alone?\n"));
    let (status, err) = failing(&["reset", "--undo", "1.1"], &[]);
    assert_eq!((status, err.as_str()), (1, "haveago: nothing of lesson 1.1 Begin is set aside\n"));
    let root = folder(&stage, "begin");
    fs::write(root.join("notes.txt"), "mine").unwrap();
    let empty = stage.data().join("empty");
    let (status, err) = failing(&["goto", "1.2"], &[("PATH", empty.to_str().unwrap())]);
    assert!(status == 1 && err.contains("are made by commands, and there is no Go"), "{err}");
    let ready = stage.data().join("state/ready");
    fs::remove_dir(&ready).unwrap();
    fs::write(&ready, "").unwrap();
    let (status, err) = failing(&["reset", "1.2"], &[]);
    assert!(status == 1 && err.contains("the files cannot be made ready in ") && err.contains("make room"), "{err}");
    assert_eq!(all(&root), files(&[("notes.txt", "mine")]));
    assert!(!folder(&stage, "begin.kept-1").exists());
}

#[test]
fn the_face_of_lines_resets_its_step_and_takes_it_back() {
    let stage = stage();
    let root = folder(&stage, "begin");
    let out = done(stage.run(&["--plain", "1.2"], "echo mine > mine.txt\nmkdir sub\ncd sub\n:reset\nls\n"));
    assert!(out.contains("Doing lesson 1.1 Begin"), "{out}");
    let told = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = folder(&stage, "begin.kept-1");
    assert!(told.contains("The files are as at the start of this step, by the course's own solutions."), "{out}");
    assert!(told.contains(&format!("kept in {}; :undo brings them back.", kept.display())), "{out}");
    assert!(told.contains("] $ ls made"), "the prompt stands in the lesson's folder again: {out}");
    assert_eq!(all(&root), files(AFTER_BEGIN));
    assert!(all(&kept).contains(&("mine.txt".to_owned(), b"mine\n".to_vec())));
    let out = done(stage.run(&["--plain"], ":undo\nls\n:undo\n:undo\n"));
    assert!(out.contains("What was set aside is back in your folder.") && out.contains("mine.txt"), "{out}");
    assert!(root.join("mine.txt").exists());
    assert!(done(stage.run(&["--plain", "1.3"], ":undo\n")).contains("Nothing of this lesson is set aside."));
}
