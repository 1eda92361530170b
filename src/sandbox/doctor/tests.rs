//! What is measured is judged rightly, without a machine that is so.

use std::time::Duration;

use super::measured::{self, Build, Terminal};
use super::{Grade, Line, is_ready, verdict};
use crate::sandbox::confine::{Chosen, Tier};

#[test]
fn fifty_megabytes_are_too_few() {
    let grade = |mib: u64| measured::room(mib << 20).grade;
    assert_eq!((grade(50), grade(500), grade(5_000)), (Grade::Stop, Grade::Note, Grade::Good));
    assert!(measured::room(50 << 20).says.contains("only 50 MB"));
}

#[test]
fn every_line_that_is_not_good_says_what_to_do() {
    let terminal = |change: fn(&mut Terminal)| {
        let mut seen = Terminal {
            size: Some((80, 24)),
            term: Some("xterm-256color".to_owned()),
            locale: Some("C.UTF-8".to_owned()),
            wide: Some(2),
            pastes: Some(true),
            ..Terminal::default()
        };
        change(&mut seen);
        measured::terminal(&seen)
    };
    assert!(terminal(|_| {}).iter().all(|line| line.grade == Grade::Good));
    let chosen =
        |tier| Chosen { tier, why: vec![(Tier::Full, "no namespaces are to be had".to_owned())], is_undecided: false };
    let build = |stopped, fault: Option<&str>, built| {
        let fault = fault.map(str::to_owned);
        vec![measured::build(&Build { stopped, fault, built: Duration::from_secs(built), ran: Duration::ZERO })]
    };
    let faults: [(Grade, &str, Vec<Line>); 14] = [
        (Grade::Stop, "dumb", terminal(|seen| seen.term = Some("dumb".to_owned()))),
        (Grade::Note, "UTF-8", terminal(|seen| seen.locale = Some("de_DE.ISO-8859-1".to_owned()))),
        (Grade::Note, "not set", terminal(|seen| seen.locale = None)),
        (Grade::Stop, "too few", terminal(|seen| seen.size = Some((30, 24)))),
        (Grade::Note, "are few", terminal(|seen| seen.size = Some((60, 20)))),
        (Grade::Note, "takes 1 columns", terminal(|seen| seen.wide = Some(1))),
        (Grade::Note, "pasted", terminal(|seen| seen.pastes = Some(false))),
        (Grade::Note, "year for 1970", vec![measured::clock(1970)]),
        (Grade::Note, "reduced", vec![measured::confinement(&chosen(Ok(Tier::Landlock)))]),
        (Grade::Note, "none", vec![measured::confinement(&chosen(Ok(Tier::None)))]),
        (Grade::Stop, "refused", vec![measured::confinement(&chosen(Err("refused".to_owned())))]),
        (Grade::Note, "not built", build(true, None, 18)),
        (Grade::Stop, "out of order", build(false, Some("out of order"), 1)),
        (Grade::Note, "built in 13.0 s", build(false, None, 13)),
    ];
    for (grade, words, lines) in faults {
        let line = lines.iter().find(|line| line.grade != Grade::Good).expect(words);
        assert!(line.grade == grade && line.says.contains(words) && line.mend.is_some(), "{words}: {line:?}");
    }
}

#[test]
fn a_proxy_is_called_where_its_variable_says() {
    let place = |value: &str| {
        let called = std::cell::RefCell::new(None);
        let line = measured::proxy("HTTP_PROXY", value, |place| {
            called.replace(Some(place.clone()));
            true
        });
        (line.grade, called.into_inner())
    };
    let at = |host: &str, port| (Grade::Good, Some((host.to_owned(), port)));
    assert_eq!(place("http://proxy.example.com:3128/"), at("proxy.example.com", 3128));
    assert_eq!(place("me:secret@proxy:8080"), at("proxy", 8080));
    assert_eq!(place("https://proxy"), at("proxy", 443));
    assert_eq!(place("http://[::1]:9"), at("::1", 9));
    assert_eq!(place("ftp://x"), (Grade::Note, None));
    let silent = measured::proxy("HTTPS_PROXY", "http://me:secret@host:1", |_| false);
    assert!(silent.grade == Grade::Note && silent.says.contains("host:1") && !silent.says.contains("secret"));
}

#[test]
fn the_verdict_goes_by_what_stops() {
    let line = |grade| Line { about: "x", grade, says: String::new(), mend: None };
    let lines = [Grade::Good, Grade::Note].map(line);
    assert_eq!((is_ready(&lines), verdict(&lines)), (true, "READY".to_owned()));
    let lines = [Grade::Stop, Grade::Note, Grade::Stop].map(line);
    assert!(!is_ready(&lines) && verdict(&lines).starts_with("NOT READY: there are 2"));
}

#[test]
fn network_drives_are_known_by_their_number() {
    assert_eq!((measured::network_kind(0x6969), measured::network_kind(0xef53)), (Some("NFS"), None));
}
