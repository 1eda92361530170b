//! The shell language on pipes, as checks run it.

use haveago::sandbox::run_line_shown;

use super::Place;

#[test]
fn pipes_globs_redirections_and_lists_work() {
    let place = Place::new();
    place.write("a.txt", "one\ntwo\nthree\n").write("b.txt", "four\n");
    for (line, exit, output) in [
        ("echo hello", 0, "hello\n"),
        ("cat a.txt | head -2 | cat", 0, "one\ntwo\n"),
        ("cat *.txt > all; cat all", 0, "one\ntwo\nthree\nfour\n"),
        ("echo more >> b.txt && cat < b.txt", 0, "four\nmore\n"),
        ("false && echo no || echo yes", 0, "yes\n"),
        ("false; echo $?", 0, "1\n"),
        ("X=5; echo \"x is $X\" '$X'", 0, "x is 5 $X\n"),
        ("X=7 env | head -n 20 > env.txt; cat env.txt | sort | head -0; echo $X.", 0, ".\n"),
        ("echo $(cat a.txt | head -1)", 0, "one\n"),
        ("(cd /; pwd); echo {a,b}", 0, "/\na b\n"),
        ("! true", 1, ""),
        ("# nothing", 0, ""),
        ("", 0, ""),
        ("echo one\necho two", 0, "one\ntwo\n"),
        ("exit 3", 3, ""),
        ("sh -c 'kill -TERM $$'", 143, ""),
        ("sh -c 'echo err >&2; echo out' 2> err; cat err", 0, "out\nerr\n"),
        ("sh -c 'echo err >&2; echo out' 2> err > out; cat err; cat out", 0, "err\nout\n"),
        ("cat < zzz.txt 2> err.txt", 1, "zzz.txt: there is no such file or folder\n"),
        ("sort < a.txt > sorted; cat sorted", 0, "one\nthree\ntwo\n"),
    ] {
        assert_eq!(place.says(line), (exit, output.to_owned()), "{line}");
    }
}

#[test]
fn folder_and_variables_go_on_to_the_next_line() {
    let place = Place::new();
    place.write("sub/deep/f", "");
    let (_, one) = place.run_from("cd sub/deep && export NAME=go; LOCAL=here", &place.path(), &place.env(), "");
    assert_eq!(one.dir, place.path().join("sub/deep"));
    let (seen, two) = place.run_from("pwd; echo $NAME $LOCAL; sh -c 'echo $NAME.$LOCAL.'", &one.dir, &one.env, "");
    assert_eq!(seen.output, format!("{}\ngo here\ngo..\n", place.path().join("sub/deep").display()));
    let (seen, three) = place.run_from("cd -; unset NAME; echo $NAME.; cd", &two.dir, &two.env, "");
    assert_eq!(seen.output, format!("{}\n.\n", place.path().display()));
    assert_eq!(three.dir, place.path());
    assert!(!three.leave);
    let (_, four) = place.run_from("(exit 4); cd ..; exit", &one.dir, &three.env, "");
    assert!(four.leave);
    assert_eq!(four.dir, place.path().join("sub"));
}

#[test]
fn a_folder_that_is_gone_leads_home() {
    let place = Place::new();
    let (seen, ended) = place.run_from("pwd", &place.path().join("gone"), &place.env(), "");
    assert!(seen.output.contains("is gone; you are back in"), "{}", seen.output);
    assert!(seen.output.ends_with(&format!("\n{}\n", place.path().display())), "{}", seen.output);
    assert_eq!(ended.dir, place.path());
}

#[test]
fn the_commands_are_the_same_on_every_system() {
    let place = Place::new();
    place.write("main.go", "package main\n").write("sub/x", "x").write(".hidden", "");
    for (line, exit, output) in [
        ("ls", 0, "main.go  sub/\n"),
        ("ls -1a", 0, ".hidden\nmain.go\nsub/\n"),
        ("ls | cat", 0, "main.go\nsub\n"),
        ("ls sub nothing", 1, "ls: nothing: there is no such file or folder\nsub:\nx\n"),
        ("cp main.go copy.go && mv copy.go sub && ls sub", 0, "copy.go  x\n"),
        ("cp sub other", 1, "cp: sub: it is a folder; `cp -r` copies a folder and all that is in it\n"),
        ("cp -r sub other && ls other", 0, "copy.go  x\n"),
        ("mv sub sub/in", 1, "mv: sub: a folder cannot go into itself\n"),
        ("cp main.go main.go", 1, "cp: main.go: both names are the same file\n"),
        ("rm other", 1, "rm: other: it is a folder; `rm -r` removes a folder and all that is in it\n"),
        ("rm -r other; rm -f other; ls", 0, "main.go  sub/\n"),
        ("rm -rf .", 1, "rm: .: your lesson's own folder stays; name what is in it\n"),
        ("mkdir a/b", 1, "mkdir: a/b: there is no such file or folder\n"),
        ("mkdir -p a/b && rmdir a/b a && touch new && cat new", 0, ""),
        ("cat sub", 1, "cat: sub: it is a folder\n"),
        ("cat -x main.go", 2, "cat: -x is not built in here; it has no options\n"),
        ("echo -n a; echo -e 'b\\tc'", 0, "ab\tc\n"),
        ("which ls nonesuch", 1, "ls: built into this shell\nwhich: there is no command nonesuch\n"),
        ("env -i A=1 B=2 env", 0, "A=1\nB=2\n"),
        ("test -f main.go && echo there", 0, "there\n"),
    ] {
        assert_eq!(place.says(line), (exit, output.to_owned()), "{line}");
    }
}

#[test]
fn what_cannot_be_run_says_how_to_go_on() {
    let place = Place::new();
    place.write("main.go", "package main\n").write("sub/x", "").write("prog", "#!/bin/sh\necho prog $1\n");
    executable(&place, "prog");
    place.write("elf", "\u{7f}ELF\0\0");
    executable(&place, "elf");
    for (line, exit, output) in [
        ("prog", 127, "prog: command not found; the program in this folder starts as ./prog\n"),
        ("./prog it", 0, "prog it\n"),
        ("sl", 127, "sl: command not found; did you mean ls?\n"),
        ("./porg", 127, "./porg: there is no such file; did you mean prog?\n"),
        ("./sub", 126, "./sub is a folder; `cd ./sub` goes into it\n"),
        ("./main.go", 126, "./main.go is Go source, not a program; `go run ./main.go` runs it\n"),
        (
            "./elf",
            126,
            "./elf: cannot execute binary file: Exec format error\nIt is a program for another system or another kind \
             of processor.\n",
        ),
        ("cd sbu", 1, "cd: there is no folder sbu; did you mean sub?\n"),
        ("cd main.go", 1, "cd: main.go is a file, not a folder\n"),
        (
            "sleep 1 &",
            2,
            "background jobs (a lone `&`) are not part of this shell; open a second tab for a second command\n",
        ),
        ("cat <<END", 2, "here-documents (`<<`) are not part of this shell; write the file in the editor pane\n"),
    ] {
        assert_eq!(place.says(line), (exit, output.to_owned()), "{line}");
    }
    for line in ["echo 'open", "ls |", "ls > a > b", "echo )"] {
        let (exit, output) = place.says(line);
        assert_eq!(exit, 2, "{line}");
        assert!(output.starts_with("this line cannot be read"), "{line}: {output}");
    }
}

#[test]
fn a_big_file_through_a_pipe_of_our_own_commands_does_not_hang() {
    let place = Place::new();
    place.write("big", &"0123456789abcdef\n".repeat(200_000));
    assert_eq!(place.says("cat big | cat | head -1"), (0, "0123456789abcdef\n".to_owned()));
    assert_eq!(place.says("cat big | wc -l").1.trim(), "200000");
    assert_eq!(place.run("cat big").stdout.len(), 2 * 512 * 1024 + "\n… 2351424 bytes left out …\n".len());
}

#[test]
fn a_pipeline_ends_when_its_end_has_seen_enough() {
    let place = Place::new();
    assert_eq!(place.says("yes | head -2"), (0, "y\ny\n".to_owned()));
    assert_eq!(place.says("yes | cat | sh -c 'read a; echo $a'"), (0, "y\n".to_owned()));
    assert_eq!(place.says("(yes | head -1; echo b) | cat | sort -r"), (0, "y\nb\n".to_owned()));
}

#[test]
fn a_line_with_our_own_input_is_shown_and_tells_where_it_ended() {
    let place = Place::new();
    place.write("sub/x", "");
    let mut shown = Vec::new();
    let (line, mut show) = ("echo here; cd sub; export A=1; exit 3", |bytes: &[u8]| {
        shown.extend_from_slice(bytes);
        Ok(())
    });
    let ended = run_line_shown(line, &place.path(), &place.path(), &place.env(), &[], &mut show).unwrap();
    assert_eq!(shown, b"here\n");
    assert_eq!((ended.exit, ended.leave, ended.dir), (3, true, place.path().join("sub")));
    assert!(ended.env.contains(&("A".to_owned(), "1".to_owned())));
}

#[test]
fn input_comes_through() {
    let place = Place::new();
    let (seen, _) = place.run_from("cat; echo end", &place.path(), &place.env(), "in\n");
    assert_eq!(seen.output, "in\nend\n");
    let (seen, _) = place.run_from("sh -c 'read a b; echo $((a + b))'", &place.path(), &place.env(), "19 23\n");
    assert_eq!(seen.output, "42\n");
}

fn executable(place: &Place, name: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = place.path().join(name);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}
