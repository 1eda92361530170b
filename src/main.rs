//! Arguments → command → exit status.

use std::process::{ExitCode, exit};

use haveago::cli;
use haveago::commands::{self, Outcome, Usage};
use haveago::sandbox::helper;

fn main() -> ExitCode {
    // Every command of the learner starts here, so it comes before anything else is read or built.
    if std::env::args_os().nth(1).is_some_and(|word| word == helper::WORD) {
        let args: Vec<String> = std::env::args().skip(2).collect();
        exit(helper::main(&args));
    }
    let cli = match cli::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(usage) => {
            // `--help` and `--version` come this way too. Where nobody reads, nothing is lost.
            let _ = usage.print();
            return ExitCode::from(if usage.use_stderr() { 2 } else { 0 });
        }
    };
    match commands::run(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::FellShort) => ExitCode::FAILURE,
        Err(error) => {
            commands::tell(&commands::sentence(&error));
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}
