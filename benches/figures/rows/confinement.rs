//! What confinement costs: the same line of the learner's, run by the same helper, in each tier and in none.

use std::path::Path;
use std::time::{Duration, Instant};

use haveago::sandbox::confine::{Tier, within};
use haveago::sandbox::{Dirs, run_line};

use crate::ground::{self, HELLO};
use crate::sample::{Sample, ms};
use crate::table::{Bound, Figure};

const TIMES: usize = 31;

pub fn figures() -> Vec<Figure> {
    let data = ground::data();
    let dirs = Dirs::find(Some(&data)).expect("folders");
    let folder = ground::module(&dirs, "hello", HELLO);
    let env = ground::environment(&dirs);
    let line = |tier, line: &str| within(tier, "", || run(line, &folder, &env));
    // The program is built, and what that needs is in the cache.
    line(Tier::Full, "go build");
    let mut figures = Vec::new();
    for (name, tier) in [("full", Tier::Full), ("landlock", Tier::Landlock)] {
        let (mut run, mut run_free, mut start, mut start_free) = <(Sample, Sample, Sample, Sample)>::default();
        for round in 0..=TIMES {
            let times = [
                line(Tier::None, "go run ."),
                line(tier, "go run ."),
                line(Tier::None, "./hello"),
                line(tier, "./hello"),
            ];
            if round > 0 {
                for (sample, time) in [&mut run_free, &mut run, &mut start_free, &mut start].into_iter().zip(times) {
                    sample.push(time);
                }
            }
        }
        figures.push(Figure {
            what: format!("`go run .` warm, confined ({name})"),
            ours: ms(run.median()),
            peer: format!("unconfined {}", ms(run_free.median())),
            value: run.ratio(&run_free),
            bound: Bound::AtMost(1.2),
            unit: "×",
        });
        figures.push(Figure {
            what: format!("start of a built program, confined ({name})"),
            ours: ms(start.median()),
            peer: format!("unconfined {}", ms(start_free.median())),
            value: (start.median().as_secs_f64() - start_free.median().as_secs_f64()) * 1000.0,
            bound: Bound::AtMost(8.0),
            unit: "ms more",
        });
    }
    figures
}

fn run(line: &str, folder: &Path, env: &[(String, String)]) -> Duration {
    let began = Instant::now();
    let (seen, _) = run_line(line, folder, folder, env, "", Duration::from_mins(5), 1 << 20);
    assert_eq!(seen.exit, 0, "`{line}`: {}", seen.output);
    began.elapsed()
}
