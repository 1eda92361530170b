//! Conditions and evidence in, a verdict out: pure, so that every judgement can be tested without Go.

pub mod command;
pub mod difference;
pub mod evidence;
mod file;
mod program;
mod tell;
mod testing;
pub mod verdict;

#[cfg(test)]
mod tests;

pub use evidence::Evidence;
pub use verdict::{Finding, Judgement, Verdict};

use crate::course::condition::{Condition, Fact, Feature, Pattern};
use crate::go::source;

/// Judges each condition of `check` by what was seen, in the same order.
#[must_use]
pub fn judge(check: &[Condition], evidence: &Evidence) -> Verdict {
    judge_open(check, check, evidence)
}

/// Judges the `open` conditions of a step's whole `check`. What a command did for another condition, met long ago
/// perhaps, is not held against an open one.
#[must_use]
pub fn judge_open(open: &[Condition], check: &[Condition], evidence: &Evidence) -> Verdict {
    let judged = open.iter().map(|condition| (&condition.fact, judge_one(&condition.fact, check, evidence))).collect();
    Verdict { judgements: told_once(judged, evidence) }
}

/// A program that does not build is told by the first condition that finds it so; of the other runs nothing is seen.
fn told_once(judged: Vec<(&Fact, Judgement)>, evidence: &Evidence) -> Vec<Judgement> {
    let mut told: Vec<Judgement> = Vec::with_capacity(judged.len());
    let mut is_build_told = false;
    for (fact, judgement) in judged {
        let not_built = matches!(fact, Fact::Runs(run) if program::did_not_build(run, evidence));
        is_build_told |= *fact == Fact::Builds && matches!(judgement, Judgement::Unmet(_));
        let is_told = not_built && (is_build_told || told.contains(&judgement));
        told.push(if is_told { Judgement::NotSeen } else { judgement });
    }
    told
}

fn judge_one(fact: &Fact, check: &[Condition], evidence: &Evidence) -> Judgement {
    match fact {
        Fact::FileExists(path) => file::exists(path, evidence),
        Fact::FileContains(path, pattern) => file::contains(path, pattern, evidence),
        Fact::FileMissing(path) => file::is_missing(path, evidence),
        Fact::BinaryExists(path) => file::binary_exists(path, evidence),
        Fact::BinaryStatic(path) => file::binary_is_static(path, evidence),
        Fact::BinaryFor(path, target) => file::binary_is_for(path, target, evidence),
        Fact::Ran(ran) => command::ran(ran, check, evidence),
        Fact::Builds => program::builds(evidence),
        Fact::Vets => program::vets(evidence),
        Fact::Formatted => program::is_formatted(evidence),
        Fact::Tests(tests) => testing::tests_pass(tests, evidence),
        Fact::TestsCatchMutants => testing::tests_catch_mutants(evidence),
        Fact::Runs(run) => program::runs(run, evidence),
        Fact::Uses { feature, wanted } => uses(feature, *wanted, evidence),
        Fact::Answers(patterns) => answers(patterns, evidence),
        Fact::Http(http) => program::answers_http(http, evidence),
    }
}

/// Judges a fact of the source; without any source nothing can be told.
fn uses(feature: &Feature, wanted: bool, evidence: &Evidence) -> Judgement {
    if evidence.sources.is_empty() {
        return Judgement::NotSeen;
    }
    match (source::find(&evidence.sources, feature), wanted) {
        (Some(_), true) | (None, false) => Judgement::Met,
        (None, true) => tell::unmet(format!("your code has no {} yet", feature_words(feature))),
        (Some((path, line)), false) => {
            let what = feature_with_article(feature);
            tell::unmet(format!("`{path}` has {what} in line {line}; here it goes without"))
        }
    }
}

/// The feature as Go writes it, for "your code has no … yet".
fn feature_words(feature: &Feature) -> String {
    match feature {
        Feature::Func(name) => format!("function `{name}`"),
        Feature::Type(name) => format!("type `{name}`"),
        Feature::Call(name) => format!("call of `{name}`"),
        Feature::Import(path) => format!("import of `{path}`"),
        Feature::Package(name) => format!("`package {name}`"),
        Feature::Construct(word) => construct_words(word),
    }
}

fn feature_with_article(feature: &Feature) -> String {
    match feature {
        Feature::Func(_) | Feature::Type(_) | Feature::Call(_) => format!("a {}", feature_words(feature)),
        Feature::Import(_) | Feature::Construct("assign" | "array") => format!("an {}", feature_words(feature)),
        Feature::Construct("if-init" | "for-cond" | "label" | "slice" | "pointer" | "closure" | "method") => {
            format!("a {}", feature_words(feature))
        }
        Feature::Package(_) | Feature::Construct(_) => feature_words(feature),
    }
}

/// Words that are Go's own stand in code marks; the others are said in English.
fn construct_words(word: &str) -> String {
    match word {
        "type-switch" => "type `switch`".to_owned(),
        "if-init" => "`if` with a statement before its condition".to_owned(),
        "for-cond" => "`for` with nothing but a condition".to_owned(),
        "short-var" => "`:=`".to_owned(),
        "assign" => "assignment with `=`".to_owned(),
        "variadic" => "`...`".to_owned(),
        "generic" => "type parameters".to_owned(),
        "closure" => "function without a name".to_owned(),
        "label" | "slice" | "array" | "pointer" | "method" => word.to_owned(),
        keyword => format!("`{keyword}`"),
    }
}

/// Judges the typed answer: texts are compared trimmed, ignoring case and how many spaces stand between words.
fn answers(patterns: &[Pattern], evidence: &Evidence) -> Judgement {
    let Some(answer) = evidence.answer.as_deref().map(str::trim).filter(|answer| !answer.is_empty()) else {
        return Judgement::NotSeen;
    };
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let is_right = patterns.iter().any(|pattern| match pattern {
        Pattern::Text(text) => plain(text) == plain(answer),
        Pattern::Regex(regex) => regex.is_match(answer),
    });
    if is_right {
        return Judgement::Met;
    }
    let shown = tell::quote(answer);
    let is_close = patterns.iter().any(|pattern| match pattern {
        Pattern::Text(text) => crate::base::nearest::nearest(&plain(answer), [plain(text).as_str()]).is_some(),
        Pattern::Regex(_) => false,
    });
    if is_close {
        tell::unmet_with(format!("you answered {shown}, which is close"), "look at each letter once more")
    } else {
        tell::unmet(format!("you answered {shown}; that is not it yet"))
    }
}
