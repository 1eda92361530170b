//! course.toml, folders and files, links, and the report.

use super::support::{MANIFEST, assert_problems, course, files, one, one_step, shown};
use crate::base::Place;
use crate::course::{Loaded, Problem, load, report};

fn with_manifest(manifest: &str) -> Loaded {
    let mut files = files(&[("01-x/01-y.md", "# Y\n")]);
    files.insert("course.toml".to_owned(), manifest.to_owned());
    load(&files)
}

#[test]
fn a_course_is_what_its_files_say() {
    let manifest = MANIFEST.replace("[\"01-x\"]", "[\"02-z\", \"01-x\"]") + "authors = [\"Ada\", \"Grace\"]\n";
    let mut files = files(&[
        ("01-x/10-b.md", "# B\n"),
        ("01-x/02-a.md", "# A\n<!-- continues -->\n"),
        ("02-z/README.md", "# Z `z`\n\nGives z.\n"),
        ("02-z/01-first.md", "# First\n"),
        ("notes.txt", ""),
    ]);
    files.insert("course.toml".to_owned(), manifest);
    let course = course(load(&files));
    assert_eq!((course.id.as_str(), course.title.as_str(), course.go), ("c", "C", (1, 24)));
    assert_eq!((course.version.as_str(), course.licence.as_str()), ("1.0.0", "CC-BY-4.0"));
    assert_eq!(course.authors, ["Ada", "Grace"]);
    let chapters: Vec<(&str, &str)> = course.chapters.iter().map(|c| (c.id.as_str(), c.title.as_str())).collect();
    assert_eq!(chapters, [("z", "Z z"), ("x", "X")]);
    let lessons: Vec<(&str, &str)> = course.lessons().map(|(_, _, l)| (l.id.as_str(), &*l.file)).collect();
    assert_eq!(lessons, [("first", "02-z/01-first.md"), ("a", "01-x/02-a.md"), ("b", "01-x/10-b.md")]);
    assert!(course.chapters[1].lessons[0].continues);
}

#[test]
fn a_folder_without_course_toml_is_no_course() {
    let mut files = files(&[]);
    files.remove("course.toml");
    let loaded = load(&files);
    assert_eq!(loaded.course, None);
    assert_eq!(
        shown(&loaded.problems),
        [
            "course.toml:1:1: this folder is no course: it has no course.toml; add a file `course.toml` with `format = 1`, \
          `id`, `title`, `version`, `go` and `chapters`"
        ]
    );
}

#[test]
fn each_wrong_line_of_course_toml_is_told() {
    for (from, to, expected) in [
        ("licence =", "license =", "6:1: the key `license` is not known; write `licence`"),
        ("title = \"C\"", "title = 3", "3:9: `title` takes a text, and this is a TOML integer; write `title = \"…\"`"),
        ("title = \"C\"", "", "1:1: `title` is missing; add `title = \"Go Fundamentals\"`"),
        ("title = \"C\"", "title = \"\"", "3:9: `title` is empty; write `title = \"Go Fundamentals\"`"),
        (
            "\"c\"",
            "\"My Course\"",
            "2:6: the id `My Course` has other characters than lower-case letters, digits and \
          hyphens; write `id = \"my-course\"`",
        ),
        ("\"1.24\"", "\"new\"", "5:6: `new` is no version of Go; write, for example, `go = \"1.24\"`"),
        (
            "format = 1",
            "format = \"1\"",
            "1:10: `format` takes a whole number, and this is a TOML string; write `format = 1`",
        ),
        ("format = 1", "format = 0", "1:10: there is no such format; write `format = 1`"),
        (
            "[\"01-x\"]",
            "\"01-x\"",
            "7:12: `chapters` takes a list of texts, and this is a TOML string; write \
          `chapters = [\"01-first-steps\"]`",
        ),
        (
            "[\"01-x\"]",
            "[\"01-x\", 2]",
            "7:21: `chapters` takes a list of texts, and this is a TOML integer; write \
          `chapters = [\"01-first-steps\"]`",
        ),
        ("[\"01-x\"]", "[\"01-x\", \"01-x\"]", "7:21: the chapter `01-x` is listed twice; keep one of them"),
        (
            "[\"01-x\"]",
            "[\"01-x\", \"02-no\"]",
            "7:21: there is no chapter `02-no`; add the folder with a `README.md` in \
          it, or take it off the list",
        ),
        ("[\"01-x\"]", "[]", "7:12: the folder `01-x` has lessons and is not listed; add `\"01-x\"` to `chapters`"),
    ] {
        let loaded = with_manifest(&MANIFEST.replace(from, to));
        assert_eq!(shown(&loaded.problems), [format!("course.toml:{expected}")], "{to}");
        assert!(loaded.course.is_some(), "{to}");
    }
}

#[test]
fn a_newer_format_and_broken_toml_are_told() {
    let loaded = with_manifest(&MANIFEST.replace("format = 1", "format = 2"));
    assert_eq!(
        shown(&loaded.problems),
        [
            "course.toml:1:10: this course has format 2, and this haveago is too old for it: it reads format 1; install a \
          newer haveago"
        ]
    );
    assert_eq!(loaded.course, None);
    let loaded = with_manifest(&MANIFEST.replace("\"c\"\n", "\"c\n"));
    assert_eq!(loaded.problems[0].place.to_string(), "course.toml:2:8");
    assert!(loaded.problems[0].fault.starts_with("this is not TOML: "), "{:?}", loaded.problems[0]);
}

#[test]
fn each_wrong_folder_and_file_is_told() {
    let mut wrong = files(&[
        ("01-x/01-y.md", "# It continues\n<!-- goal: x -->\n<!-- continues -->\n<!-- go: 1.20 -->\n"),
        ("01-x/02-y.md", "# Twin\n"),
        ("01-x/loose.md", "# Loose\n"),
        ("01-x/03-Big.md", "# Big\n"),
        ("02-x/README.md", "# Twin\n"),
        ("03-z/01-a.md", "# A\n"),
    ]);
    wrong.insert("course.toml".to_owned(), MANIFEST.replace("[\"01-x\"]", "[\"01-x\", \"02-x\", \"03-z\"]"));
    let loaded = load(&wrong);
    assert_eq!(
        shown(&loaded.problems),
        [
            "01-x/01-y.md:3:6: the first lesson continues no other; take `continues` away",
            "01-x/01-y.md:4:6: the whole course needs Go 1.24, so `go: 1.20` says nothing; take it away",
            "01-x/02-y.md:1:1: this lesson has the same id as `01-x/01-y.md`: `y`; give the file another name behind its \
             number",
            "01-x/03-Big.md:1:1: the file's name makes the id `Big`, which is more than lower-case letters, digits and \
             hyphens; call it, for example, `01-big`",
            "01-x/loose.md:1:1: the file's name begins with no number, so its turn is not told; call it, for example, \
             `01-loose`",
            "02-x/README.md:1:1: this chapter has no lesson; add one, as in `01-first-steps.md`",
            "03-z/README.md:1:1: this chapter has no page of its own; add it: a title, one line on what the chapter \
             gives, its goals",
            "course.toml:7:21: the chapters `01-x` and `02-x` have the same id `x`; give one of the folders another name \
             behind its number",
        ]
    );
    let course = loaded.course.expect("what can be read");
    assert_eq!(course.chapters.iter().map(|chapter| chapter.lessons.len()).collect::<Vec<_>>(), [3, 1]);
}

#[test]
fn links_lead_somewhere() {
    let others =
        [("01-x/02-z.md", "# Z\n\n## Second step {#second}\n"), ("01-x/pic one.png", ""), ("01-x/01-y/data.txt", "1")];
    let right = "# T\n\n[a](02-z.md) [b](02-z.md#second) [c](#here) [d](https://go.dev/x) [e](mailto:a@b.c) <a@b.c>\n\
                 [f](01-y/) [g](../course.toml) ![h](pic%20one.png) [i](README.md#x) [j][k]\n\n## Here\n\n[k]: 02-z.md\n";
    let with = |text| load(&files(&[&others[..], &[("01-x/01-y.md", text)]].concat()));
    course(with(right));
    assert_problems(
        &with("# T\n\né [a](02-q.md) [b](02-z.md#secnd)\n[c](#none) ![d](x.png) [e](/etc) [f](../../x) [g]()\n"),
        &[
            "3:3: the link `02-q.md` leads nowhere: there is no `01-x/02-q.md`; write `02-z.md`",
            "3:16: `01-x/02-z.md` has no heading `#secnd`; write `#second`",
            "4:1: `01-x/01-y.md` has no heading `#none`; give the heading this id, as in `## Heading {#id}`",
            "4:12: the link `x.png` leads nowhere: there is no `01-x/x.png`; correct the link, or add the file \
             `01-x/x.png`",
            "4:24: the link `/etc` begins at the root of the disk; write it as seen from this file, as in \
             `../02-values/01-types.md`",
            "4:34: the link `../../x` leads out of the course; link to a file of the course, or to an address",
            "4:47: this link has no target; write where it leads, between the parentheses",
        ],
    );
}

#[test]
fn all_problems_are_collected_at_once_and_the_rest_is_read() {
    let loaded = one(
        "## A {#a}\n\n```chek\nx\n```\n\n```check\nfiel x exists\nrun exits x\n```\n\n- [ ] a\n\n## B {#a}\n\nText.\n",
    );
    assert_eq!(loaded.problems.len(), 7, "{:#?}", loaded.problems);
    let course = loaded.course.expect("a course");
    let steps = &course.chapters[0].lessons[0].steps;
    assert_eq!(steps.iter().map(|step| step.id.0.as_str()).collect::<Vec<_>>(), ["c/x/y/a", "c/x/y/a-2"]);
    assert_eq!(steps[1].blocks.len(), 1);
}

#[test]
fn a_report_shows_the_line_and_points_at_the_word() {
    let text = "# T\n\n## S\n\n```go\tfails=\"é x\" fiel=main.go\n```\n";
    let loaded = one(text);
    assert_eq!(
        report::render(&loaded.problems[0], Some(text)),
        "error: the fence word `fiel=` is not known\n\
         \x20--> 01-x/01-y.md:5:19\n\
         \x20 |\n\
         5 | ```go    fails=\"é x\" fiel=main.go\n\
         \x20 |                      ^^^^^^^^^^^^\n\
         \x20 |\n\
         \x20 = help: write `file=`"
    );
    let somewhere = Problem::new(Place::new("a.md", 90, 2), "wrong", "mend it");
    for source in [None, Some(text)] {
        assert_eq!(report::render(&somewhere, source), "error: wrong\n--> a.md:90:2\n = help: mend it");
    }
}

#[test]
fn every_place_can_be_reported() {
    let text = "```check\nbuild\n\n";
    let loaded = one_step(text);
    for problem in &loaded.problems {
        let whole = format!("# T\n\n## S {{#s}}\n\n{text}");
        assert!(report::render(problem, Some(&whole)).contains(&problem.place.to_string()));
    }
}
