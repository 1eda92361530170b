//! What must be true of a step as a whole.

use super::Problem;
use super::condition::Fact;
use super::model::Step;

/// Every step has a way to pass, and everything in it is used.
pub fn step(step: &Step, problems: &mut Vec<Problem>) {
    let is_answer = |fact: &Fact| matches!(fact, Fact::Answers(_));
    let needs_work = step.check.iter().any(|condition| !is_answer(&condition.fact));
    if needs_work && step.solution.is_empty() && step.orders.is_empty() {
        problems.push(Problem::new(
            step.place.clone(),
            "this step has a check and no way to pass it",
            "add what passes it: ` ```go solution=main.go ` or ` ```console solution `",
        ));
    }
    hidden_tests(step, problems);
    mutants(step, problems);
}

fn hidden_tests(step: &Step, problems: &mut Vec<Problem>) {
    let condition = step.check.iter().find(|condition| matches!(condition.fact, Fact::Tests(_)));
    match (condition, step.tests.first()) {
        (Some(condition), None) => problems.push(Problem::new(
            condition.place.clone(),
            "this step has no hidden tests",
            "add them in ` ```go test=main_test.go `; the learner's own tests are checked by `ran \"go test\"`",
        )),
        (None, Some(test)) => problems.push(Problem::new(
            test.place.clone(),
            "no line of the check runs these hidden tests",
            "add the line `test` to the check",
        )),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

fn mutants(step: &Step, problems: &mut Vec<Problem>) {
    let condition = step.check.iter().find(|condition| condition.fact == Fact::TestsCatchMutants);
    match (condition, step.mutants.first()) {
        (Some(condition), None) => problems.push(Problem::new(
            condition.place.clone(),
            "this step has no planted bugs",
            "add them in ` ```go mutant=calc.go ` blocks, each the whole file with one bug",
        )),
        (None, Some(mutant)) => problems.push(Problem::new(
            mutant.place.clone(),
            "no line of the check looks at this planted bug",
            "add the line `tests catch mutants` to the check",
        )),
        (Some(_), Some(_)) | (None, None) => {}
    }
}
