//! Courses without a fault: state carries on, every kind of step is proved, nothing is left behind.

use haveago::author::{Memo, check};
use haveago::store::source::CourseSource;

use super::{check_lessons, course, env, told};

const NOTHING: [&str; 0] = [];

const START: &str = r#"# Start

## Fail first {#fail}

```console
$ go build
go: go.mod file not found in current directory or any parent directory; see 'go help modules'
```

```check
ran "go build" fails prints "go.mod file not found"
```

> [!TIP]
> <!-- when: unknown command -->
> Two words.

```console solution
$ go build
```

## Begin {#begin}

```console
$ go mod init example.com/hello
go: creating new go.mod: module example.com/hello
$ cat go.mod
module example.com/hello

go 1.…
```

```check
file go.mod matches /^module \S+hello$/
```

```console solution
$ go mod init example.com/hello
```

## Mend it {#mend}

```go file=main.go fails="declared and not used: name"
package main

import "fmt"

func main() {
	name := "Ada"
	fmt.Println("Hello!")
}
```

Then it works:

```console
$ go run .
Hello, Ada
```

```check
run prints exactly "Hello, Ada\n"
build
vet
fmt
uses call fmt.Println
forbids go
```

```go solution=main.go
package main

import "fmt"

func main() {
	name := "Ada"
	fmt.Println("Hello, " + name)
}
```
"#;

const GO_ON: &str = r#"# Go on
<!-- continues -->

## Build {#build}

```check
binary hello exists
ran "./hello" prints "Ada"
no file go.sum
```

```console solution
$ go build
$ ./hello
Hello, Ada
```

## Answer {#answer}

What is the file called?

```check
answer "main.go" or /^main$/
```

## Guess {#guess}

```go predict
package main

import "fmt"

func main() {
	fmt.Println(1 + 2)
}
```

```output
3
```
"#;

const TESTS: &str = r#"# Tests

## Double {#double}

```gomod file=go.mod
module example.com/double

go 1.24
```

```go file=double.go
package double

func Double(n int) int {
	return n
}
```

```go test=double_hidden_test.go
package double

import "testing"

func TestDouble(t *testing.T) {
	if got := Double(2); got != 4 {
		t.Errorf("Double(2) = %d, want 4", got)
	}
}
```

```check
test
```

```go solution=double.go
package double

func Double(n int) int {
	return n * 2
}
```

## Catch {#catch}

Now write a test of your own.

```go mutant=double.go
package double

func Double(n int) int {
	return n + 2
}
```

```check
tests catch mutants
```

```go solution=double.go
package double

func Double(n int) int {
	return n * 2
}
```

```go solution=double_test.go
package double

import "testing"

func TestThree(t *testing.T) {
	if got := Double(3); got != 6 {
		t.Errorf("Double(3) = %d, want 6", got)
	}
}
```

## Order {#order}

```go order=cmd/main.go
package main

import "fmt"

func main() {
	x := 1

	x++
	fmt.Println(x)
}
```

```check
run in=cmd prints exactly "2\n"
fmt
```
"#;

#[test]
fn lessons_that_are_true_are_proved_and_their_state_carries_on() {
    let report = check_lessons(&[START, GO_ON, TESTS]);
    assert_eq!(told(&report), NOTHING);
    assert_eq!((report.lessons, report.steps), (3, 9));
    assert!(report.summary().ends_with("3 lessons, 9 steps: all proved\n"), "{}", report.summary());
    let json: serde_json::Value = serde_json::to_value(&report).unwrap();
    assert_eq!(json["steps"], 9);
}

#[test]
fn one_lesson_is_proved_with_what_it_continues() {
    let broken_first = START.replace("$ cat go.mod\nmodule", "$ cat go.mod\nmodul");
    let course = course(&[&broken_first, GO_ON, TESTS]);
    let mut heard = Vec::new();
    let source = CourseSource::Folder(course.path().to_owned());
    let report = check(&source, Some("1.2"), &env(), &Memo::none(), &mut |line| heard.push(line.to_owned()));
    assert_eq!(told(&report), NOTHING);
    assert_eq!(heard, ["01-one/01-first.md: 1 problem", "01-one/02-second.md: 3 steps proved"]);
}

#[test]
fn a_machine_without_go_is_told_once() {
    let course = course(&[START]);
    let env = vec![("PATH".to_owned(), course.path().display().to_string())];
    let report = check(&CourseSource::Folder(course.path().to_owned()), None, &env, &Memo::none(), &mut |_| {});
    assert_eq!(
        told(&report),
        ["course.toml:1:1: there is no Go on this machine, so that nothing can be proved; install Go from \
          https://go.dev/dl, and check again"]
    );
}

#[test]
fn what_was_proved_is_not_proved_again_until_it_changes() {
    let course = course(&[START]);
    let kept = tempfile::tempdir().unwrap();
    let memo = Memo::in_folder(kept.path().join("proofs"));
    let source = CourseSource::Folder(course.path().to_owned());
    let good = env();
    let first = check(&source, None, &good, &memo, &mut |_| {});
    assert!(first.is_proved(), "{:?}", told(&first));
    // Proving again cannot pass with a Go that cannot build: only what is known does.
    let mut broken = good.clone();
    broken.push(("GOCACHE".to_owned(), "off".to_owned()));
    assert!(!check(&source, None, &broken, &Memo::none(), &mut |_| {}).is_proved());
    assert_eq!(check(&source, None, &broken, &memo, &mut |_| {}), first);
    let lesson = course.path().join("01-one/01-first.md");
    let text = std::fs::read_to_string(&lesson).unwrap();
    std::fs::write(&lesson, text + "\nOne more word.\n").unwrap();
    assert!(!check(&source, None, &broken, &memo, &mut |_| {}).is_proved(), "a changed lesson is proved anew");
}
