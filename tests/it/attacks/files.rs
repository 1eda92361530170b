//! Attacks on files: those of the user, of other lessons, and of the tools.

use super::attack::Bare::{AsRoot, Does, Held, NotRun, Perhaps, Unhelped};
use super::attack::Harm::{Changed, Overrun, Power, Reached};
use super::attack::{Attack, attack};

const OWN: &str = "each course has its own in every tier";
const INTO_CACHE: &str = "sh -c 'for at in {othercache} {othertop}; do echo {mark} > $at/haveago-{mark}; done'";
const INTO_BASE: &str = "sh -c 'for at in {gobase} {gobase}/nothing; do echo {mark} > $at/haveago-{mark}; done'";

pub const ATTACKS: &[Attack] = &[
    attack(1, "a new file, by the shell", "echo pwned > {home}/.pwned", Does(Changed)),
    attack(1, "a new file, by touch", "touch {home}/.profile", Does(Changed)),
    attack(1, "a new folder", "mkdir -p {home}/.config/autostart", Does(Changed)),
    attack(1, "a new file, by a program", "{a} write {home}/.pwned", Does(Changed)),
    attack(1, "a new link", "{a} symlink {home}/.pwned", Does(Changed)),
    attack(1, "a new pipe", "{a} mkfifo {home}/.pwned", Does(Changed)),
    attack(2, "a line more in .bashrc, by the shell", "echo evil >> {home}/.bashrc", Does(Changed)),
    attack(2, "a line more in .bashrc", "{a} append {home}/.bashrc", Does(Changed)),
    attack(2, "a key more in .ssh", "sh -c 'echo key >> {home}/.ssh/authorized_keys'", Does(Changed)),
    attack(3, "the settings of Go", "{a} write {home}/.config/go/env", Does(Changed)),
    attack(4, "a file cut short", "{a} truncate {home}/.bashrc", Does(Changed)),
    attack(5, "a file removed, by the shell", "rm -f {home}/.bashrc", Does(Changed)),
    attack(5, "a file removed", "{a} remove {home}/.bashrc", Does(Changed)),
    attack(5, "a folder removed, by the shell", "rm -r -f {other}", Does(Changed)),
    attack(6, "a file moved here, by the shell", "mv {home}/.bashrc mine", Does(Changed)),
    attack(6, "a file moved here", "{a} rename {home}/.bashrc mine", Does(Changed)),
    attack(6, "a file moved there", "echo evil > main.go; {a} rename main.go {home}/.bashrc", Does(Changed)),
    attack(7, "through a link to a file", "{a} through-link {home}/.bashrc", Does(Changed)),
    attack(7, "through a link to a folder", "{a} through-dir {home}", Does(Changed)),
    attack(9, "another lesson's file", "echo pwned > ../../../other/chapter/lesson/main.go", Does(Changed)),
    attack(10, "rights, by path", "{a} chmod {home}/.ssh", Does(Changed)),
    attack(10, "rights, by a descriptor of a path", "{a} chmod-o-path {home}/.ssh", Does(Changed)),
    attack(10, "rights, by the newest call", "{a} fchmodat2 {home}/.ssh/id_ed25519", Perhaps(Changed)),
    attack(10, "rights, by an open file", "{a} fchmod {home}/.bashrc", Does(Changed)),
    attack(10, "the owner", "{a} chown {home}/.bashrc", Does(Changed)),
    attack(11, "times", "{a} utimes {home}/.bashrc", Does(Changed)),
    attack(11, "times, by an open file", "{a} futimens {home}/.bashrc", Does(Changed)),
    attack(11, "attributes", "{a} setxattr {home}/.bashrc", Does(Changed)),
    attack(12, "a file of Go's own", "{a} write {goroot}/src/fmt/print.go", Does(Changed)),
    attack(12, "a new file among Go's own", "{a} write {goroot}/src/fmt/pwned.go", Does(Changed)),
    attack(12, "the go command replaced", "{a} rename {a} {goroot}/bin/go", Does(Changed)),
    attack(12, "rights of Go's own file", "{a} fchmod {goroot}/src/fmt/print.go", Does(Changed)),
    attack(12, "rights of Go's own file, by path", "{a} chmod {goroot}/src/fmt/print.go", Does(Changed)),
    attack(12, "times of Go's own file", "{a} utimes {goroot}/src/fmt/print.go", Does(Changed)),
    attack(12, "times of Go's own file, opened", "{a} futimens {goroot}/src/fmt/print.go", Does(Changed))
        .reduced(Changed),
    attack(12, "flags of Go's own file", "{a} flags {goroot}/src/fmt/print.go", Perhaps(Changed)),
    attack(11, "flags", "{a} flags {home}/.bashrc", Perhaps(Changed)),
    attack(13, "a namespace, and a mount in it", "{a} user-namespace {scratch}/m", Perhaps(Power)),
    attack(13, "namespaces by another call", "{a} unshare", AsRoot(Power)),
    attack(13, "a namespace by a call that hides it", "{a} clone3", Perhaps(Power)),
    attack(13, "a mount", "{a} mount {scratch}/m", AsRoot(Reached)),
    attack(13, "a mount by the newer calls", "{a} new-mount", AsRoot(Power)),
    attack(13, "Go's folder mounted anew to write", "{a} bind-write {goroot}", Does(Changed)),
    attack(13, "what hides the user's files taken away", "{a} uncover {home}/.bashrc", NotRun("it unmounts")),
    attack(13, "a device", "{a} mknod null", AsRoot(Overrun)),
    attack(13, "devices of the machine", "{a} devices", NotRun("they are the machine's own")),
    attack(14, "the learner's folder itself", "{a} rename-self", Does(Changed)),
    attack(14, "the learner's folder removed from above", "sh -c 'rm -rf {scratch}'", Does(Changed)),
    attack(15, "a door left open for others", "{a} set-uid-file", Does(Overrun)),
    attack(15, "a door left open as it was made", "{a} set-uid-open", Does(Overrun)),
    attack(43, "a file of 1 TiB with nothing in it", "{a} sparse", Unhelped(Overrun)),
    attack(43, "a file of 4 GiB, allocated", "{a} fallocate", NotRun("it takes the disk")),
    attack(62, "the user's own build cache", "{a} write {home}/.cache/go-build/00/poison-d", Does(Changed)),
    attack(9, "the next lesson's file", "echo pwned > ../next/main.go", Does(Changed)),
    attack(9, "a new file beside the learner's folder", "touch ../pwned", Does(Changed)),
    attack(62, "the build cache as its own", "sh -c 'echo {mark} > $GOCACHE/haveago-{mark}'", Held(OWN))
        .then("sh -c 'cat $GOCACHE/haveago-*'"),
    attack(62, "the modules as its own", "sh -c 'mkdir -p $GOPATH/{mark}'", Held(OWN)).then("sh -c 'ls $GOPATH'"),
    attack(62, "the home as its own", "sh -c 'echo {mark} > $HOME/.gitconfig'", Held(OWN))
        .then("sh -c 'cat $HOME/.gitconfig'"),
    attack(62, "the build cache of another course", INTO_CACHE, Does(Reached)).then("sh -c 'cat $GOCACHE/haveago-*'"),
    attack(62, "the modules of another course", "sh -c 'echo {mark} > {otherpath}/haveago-{mark}'", Does(Reached))
        .then("sh -c 'cat $GOPATH/haveago-*'"),
    attack(62, "the home of another course", "sh -c 'echo {mark} > {otherhome}/haveago-{mark}'", Does(Reached))
        .then("sh -c 'cat $HOME/haveago-*'"),
    attack(62, "what all courses build on", INTO_BASE, Does(Reached))
        .then("sh -c 'cat $GOCACHE/haveago-* {gobase}/haveago-*'"),
    attack(62, "the temporary files of another course", "{a} temporary {mark}", Does(Reached))
        .then("sh -c 'cat ${TMPDIR:-/tmp}/haveago-{mark} 2> /dev/null'"),
    attack(25, "the helper's program replaced", "{a} replace-program {helper}", Does(Changed)),
    attack(25, "the helper's program by those who run it", "{a} program-by-exe {helper}", Does(Changed)),
];
