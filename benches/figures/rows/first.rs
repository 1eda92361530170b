//! The first `go run` of a course: after the warm-up, and with nothing built.

use std::time::{Duration, Instant};

use haveago::sandbox::{Dirs, environment, fill_cache, run_line, warm};

use crate::ground::{self, HELLO};
use crate::sample::{Sample, ms};
use crate::table::{Bound, Figure};

const TIMES: usize = 7;

pub fn figures() -> Vec<Figure> {
    let dirs = Dirs::find(Some(&ground::data())).expect("folders");
    warm::up(&dirs, "bench", &ground::toolchain(), &mut |_| {});
    let mut warmed = Sample::default();
    for number in 0..TIMES {
        // A course that nobody has learned before.
        warmed.push(first(&dirs, &format!("bench-{}-{number}", std::process::id())));
    }
    let nothing = tempfile::tempdir().expect("a folder");
    let cold = first(&Dirs::find(Some(nothing.path())).expect("folders"), "bench");
    vec![Figure {
        what: "the first `go run .` of a course".to_owned(),
        ours: ms(warmed.median()),
        peer: format!("without a warm-up {}", ms(cold)),
        value: warmed.median().as_secs_f64(),
        bound: Bound::AtMost(0.5),
        unit: "s",
    }]
}

fn first(dirs: &Dirs, course: &str) -> Duration {
    let go = ground::toolchain();
    let env = environment::build(dirs, course, Some(&go));
    // The warm-up does this as well, where it is done at all.
    fill_cache(dirs, course, &go);
    let folder = ground::module(dirs, course, HELLO);
    let began = Instant::now();
    let (seen, _) = run_line("go run .", &folder, &folder, &env, "", Duration::from_mins(5), 1 << 20);
    assert_eq!(seen.output, "Hello, Go!\n");
    began.elapsed()
}
