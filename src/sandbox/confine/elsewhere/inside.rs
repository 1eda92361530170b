//! The process that is confined: it takes the order from its supervisor, does it, and tells what came of it.

use std::io;

use super::{REFUSED, system};
use crate::sandbox::environment;
use crate::sandbox::helper::{Order, Told, Work, plainly};

/// The whole life of the confined process; `ends` name the pipes to and from its supervisor.
pub(crate) fn run(ends: &[&str]) -> i32 {
    match obey(ends) {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("this command is not run, since it cannot be confined: {error}");
            REFUSED
        }
    }
}

fn obey(ends: &[&str]) -> io::Result<i32> {
    let [order, report] = ends else { return Err(io::ErrorKind::InvalidInput.into()) };
    // Before anything else is started, which would inherit them.
    let (order, report) = (system::take_end(order)?, system::take_end(report)?);
    let mut order: Order = serde_json::from_reader(io::BufReader::new(order))?;
    system::settle(&order.plan)?;
    let plan = order.plan.clone();
    match &mut order.work {
        Work::Line(request) => environment::settle(&mut request.env, &plan),
        Work::Program(program) if plan.alone.is_none() => environment::settle(&mut program.env, &plan),
        Work::Program(_) | Work::Fill { .. } | Work::Nothing => {}
    }
    let mut told: Told = plainly::run(order);
    if let Some(outcome) = &mut told.outcome {
        environment::unsettle(&mut outcome.env, &plan);
    }
    serde_json::to_writer(report, &told)?;
    Ok(told.exit)
}
