//! The full screen, seen and used without a terminal: pictures under review, and stories of keys.

mod anything;
mod drafts;
mod going;
mod golden;
mod keys;
mod over;
mod problems;
mod review;
mod search;
mod settings;
mod work;

use crate::tutor_stage::Stage;

const ONE: &str = "# One\n\nWelcome.\n\n## Read this {#read}\n\nA page.\n\n## Pick {#pick}\n\nWhich?\n\n- [ ] Left\n- [x] Right\n\n\
                   ## Ask Go {#ask}\n\n```console\n$ go version\n```\n\n```check\nran \"go version\"\n```\n\n\
                   > [!TIP]\n> Two words.\n\n> [!TIP]\n> The first is go.\n\n```console solution\n$ go version\n```\n";
const TWO: &str = "# Two\n\n## Write {#write}\n\nMend it.\n\n```go file=main.go\npackage main\n```\n\n\
                   ```check\nfile main.go contains \"mended\"\n```\n\n```go solution=main.go\npackage main // mended\n```\n\n\
                   ## Then read {#then}\n\nTake this:\n\n```go file=main.go\npackage main // other\n```\n\n\
                   ## Order {#order}\n\n```go order=main.go\npackage main\n\nfunc main() {\n}\n```\n\n```check\nrun prints \"hi\"\n```\n";
const THREE: &str = "# Three\n\n## The end {#end}\n\nTake it:\n\n```go\npackage main\n```\n\nFarewell.\n";

/// A small course: lesson One is read, picked and run; lesson Two is written; lesson Three is the end.
fn stage() -> Stage {
    Stage::with(&[("01-first/01-one.md", ONE), ("01-first/02-two.md", TWO), ("01-first/03-three.md", THREE)])
}

/// The same, at the first step of a lesson.
fn at_lesson(title: &str) -> Stage {
    stage().keys("F3").types(title).keys("Enter")
}
