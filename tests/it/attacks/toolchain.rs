//! Attacks by the go command: everything that it starts, reads or loads on a course's behalf.

use super::attack::Bare::{Does, Held, Perhaps};
use super::attack::Harm::{Changed, Leaked, Reached};
use super::attack::{Attack, attack};

const MODULE: (&str, &str) = ("go.mod", "module demo\n\ngo 1.24\n");
const HELLO: (&str, &str) =
    ("main.go", "package main\n\n//go:generate ./evil.sh\n\nfunc main() { println(\"hello\") }\n");
const EVIL: (&str, &str) = ("evil.sh", "#!/bin/sh\necho pwned > {home}/.pwned\nexec \"$@\"\n");
const PLAIN: &[(&str, &str)] = &[MODULE, HELLO, EVIL];

const TEST: &[(&str, &str)] = &[
    MODULE,
    (
        "main_test.go",
        "package main\n\nimport (\n\t\"os\"\n\t\"testing\"\n)\n\nfunc TestIt(t *testing.T) {\n\t_ = \
         os.WriteFile(\"{home}/.pwned\", nil, 0o644)\n}\n",
    ),
];

const EMBED: &str = "package main\n\nimport _ \"embed\"\n\n//go:embed key.txt\nvar key string\n\nfunc main() { \
                     println(key) }\n";
const OVERLAY: &[(&str, &str)] = &[
    MODULE,
    ("main.go", EMBED),
    ("overlay.json", "{\"Replace\": {\"{scratch}/key.txt\": \"{home}/.ssh/id_ed25519\"}}\n"),
];

const REPLACE: &[(&str, &str)] = &[
    ("go.mod", "module demo\n\ngo 1.24\n\nrequire secret v0.0.0\n\nreplace secret => {other}\n"),
    ("main.go", "package main\n\nimport \"secret\"\n\nfunc main() { println(secret.Text) }\n"),
];

const CGO: &[(&str, &str)] = &[
    MODULE,
    (
        "main.go",
        "package main\n\n// #include <stdio.h>\n// static int next(void) { static FILE *f; if (!f) f = \
         fopen(\"{home}/.ssh/id_ed25519\", \"r\"); return f ? fgetc(f) : -1; }\nimport \"C\"\n\nfunc main() {\n\tfor c := \
         C.next(); c >= 0; c = C.next() {\n\t\tprint(string(rune(c)))\n\t}\n}\n",
    ),
];

const NEWER: &[(&str, &str)] = &[("go.mod", "module demo\n\ngo 1.24\n\ntoolchain go1.99.0\n"), HELLO];

const GIT: &str =
    "git init -q . && git config core.fsmonitor {scratch}/evil.sh && git add . ; go build -buildvcs=true .";
const FETCH: &str = "GOPROXY=http://127.0.0.1:{tcp} GOSUMDB=off go get example.com/evil@latest";
const NEWEST: &str = "GOTOOLCHAIN=auto GOPROXY=http://127.0.0.1:{tcp} go version";

pub const ATTACKS: &[Attack] = &[
    attack(63, "a tool before every tool", "go build -toolexec={scratch}/evil.sh .", Does(Changed)).files(PLAIN),
    attack(63, "a tool for vet", "go vet -vettool={scratch}/evil.sh .", Does(Changed)).files(PLAIN),
    attack(63, "a generator", "go generate", Does(Changed)).files(PLAIN),
    attack(63, "a program that runs programs", "go run -exec={scratch}/evil.sh .", Does(Changed)).files(PLAIN),
    attack(63, "a test", "go test .", Does(Changed)).files(TEST),
    attack(64, "a program in C", "CGO_ENABLED=1 go run .", Perhaps(Leaked)).files(CGO),
    attack(65, "GOFLAGS of the user's", "go env GOFLAGS", Held("the environment is built from nothing in every tier")),
    attack(66, "settings for ever", "go env -w GOPROXY=http://evil", Held("the home is another in every tier")),
    attack(
        66,
        "settings of the user's",
        "HOME={home} go env -w GOFLAGS=-x GOENV={home}/.config/go/env",
        Perhaps(Changed),
    ),
    attack(66, "settings by their path", "GOENV={home}/.config/go/env go env -w GOPROXY=http://evil", Does(Changed)),
    attack(67, "a module from elsewhere", FETCH, Does(Reached)).files(PLAIN),
    attack(67, "a newer Go from elsewhere", NEWEST, Does(Reached)).files(NEWER),
    attack(68, "a key laid over a file", "go run -overlay=overlay.json .", Does(Leaked)).files(OVERLAY),
    attack(68, "another lesson as a module", "go run -mod=mod .", Does(Leaked)).files(REPLACE),
    attack(68, "a program built elsewhere", "go build -o {home}/.pwned .", Does(Changed)).files(PLAIN),
    attack(69, "a program that git starts", GIT, Perhaps(Changed)).files(PLAIN),
    attack(61, "the user's cache as the cache", "GOCACHE={home}/.cache/go-build go clean -cache", Does(Changed)),
];
