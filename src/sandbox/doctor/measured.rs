//! What was measured → a line. Nothing here looks at the machine but where it says so.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Line;
use crate::sandbox::confine::{Chosen, Tier};

const MIB: u64 = 1 << 20;
/// Less than this, and Go cannot even build its own library.
const TOO_LITTLE: u64 = 300 * MIB;
/// What a course's builds come to.
const ENOUGH: u64 = 1024 * MIB;

/// A build of a small program and its run.
#[derive(Clone, Debug)]
pub struct Build {
    /// It took too long, and was stopped.
    pub stopped: bool,
    /// The last words of what failed.
    pub fault: Option<String>,
    pub built: Duration,
    pub ran: Duration,
}

/// Longer than this, and something looks at every file.
const SLOW_BUILD: Duration = Duration::from_secs(12);
const SLOW_RUN: Duration = Duration::from_secs(2);

pub(super) fn build(seen: &Build) -> Line {
    let (built, ran) = (seen.built.as_secs_f32(), seen.ran.as_secs_f32());
    if seen.stopped {
        let says = format!("a small program was not built in {built:.0} seconds");
        return Line::note("Build", says, "look again: the first build takes longest, and what it has done is kept");
    }
    if let Some(fault) = &seen.fault {
        let says = format!("a small program does not build or run: {fault}");
        return Line::stop("Build", says, "install Go again from https://go.dev/dl/");
    }
    let says = format!("a small program was built in {built:.1} s and ran in {ran:.2} s");
    let mend = if cfg!(windows) {
        "look again; if it stays so slow, let your virus scanner leave out haveago's folder of builds"
    } else {
        "look again; only the first build should take so long, unless a virus scanner or a slow disk is at work"
    };
    if seen.built > SLOW_BUILD || seen.ran > SLOW_RUN {
        Line::note("Build", says, mend)
    } else {
        Line::good("Build", says)
    }
}

pub(super) fn confinement(chosen: &Chosen) -> Line {
    let about = "Confinement";
    let why = chosen.why.first().map_or(String::new(), |(_, reason)| format!(" ({reason})"));
    match &chosen.tier {
        Ok(Tier::Full) => Line::good(about, "full: programs see only their lesson's folder, no network, limits on"),
        Ok(Tier::Bwrap) => Line::good(about, "full, through bubblewrap: programs see only their lesson's folder"),
        Ok(Tier::Landlock) => Line::note(
            about,
            format!(
                "reduced: this system does not let haveago make namespaces{why}. Programs cannot read or change your \
                 files, but see names, sizes and times; chmod and servers do not work in them"
            ),
            "install bubblewrap 0.7 or newer (`sudo apt install bubblewrap`); on Ubuntu 24.04 that needs an AppArmor \
             profile that lets bwrap make user namespaces",
        ),
        Ok(Tier::Seatbelt) => {
            Line::good(about, "macOS Seatbelt: programs cannot read or change your files, no network")
        }
        Ok(Tier::AppContainer) => {
            Line::good(about, "a container and a job: programs cannot read your files, no network")
        }
        Ok(Tier::Job) => Line::note(
            about,
            format!("limits only{why}: programs can read and change what you can"),
            "run only courses that you trust",
        ),
        Ok(Tier::None) => Line::note(
            about,
            format!("none{why}: programs would run with all your rights, and nothing is run until you say yes"),
            if cfg!(target_os = "linux") {
                "use a kernel from 5.13 on with Landlock, or learn in a virtual machine"
            } else {
                "run only courses that you trust, or learn in a virtual machine with Linux"
            },
        ),
        Err(sentence) => Line::stop(about, sentence.clone(), "remove the variable HAVEAGO_TIER"),
    }
}

/// Bytes that are free.
pub(super) fn room(free: u64) -> Line {
    let mib = free / MIB;
    if free < TOO_LITTLE {
        let says = format!("only {mib} MB are free for builds, and Go needs {} to begin with", TOO_LITTLE / MIB);
        Line::stop("Space", says, "make room, or name a folder on another disk with `--data DIR`")
    } else if free < ENOUGH {
        let says = format!("{mib} MB are free; the whole course can take {}", ENOUGH / MIB);
        Line::note("Space", says, "make some room before it is needed")
    } else {
        Line::good("Space", format!("{}.{} GB are free", mib / 1024, mib % 1024 * 10 / 1024))
    }
}

/// The name of a network drive, by the number that the kernel gives its kind.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "other systems are not asked"))]
pub(super) fn network_kind(number: u64) -> Option<&'static str> {
    Some(match number {
        0x6969 => "NFS",
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => "SMB",
        0x0102_1997 => "9P",
        0x5346_414f => "AFS",
        0x00c3_6400 => "Ceph",
        _ => return None,
    })
}

/// What a face knows of its terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// None where there is no terminal.
    pub size: Option<(u16, u16)>,
    pub term: Option<String>,
    pub colorterm: Option<String>,
    pub no_color: bool,
    /// The language that decides: of `LC_ALL`, `LC_CTYPE` and `LANG` the first that is set.
    pub locale: Option<String>,
    /// Columns that a wide character takes on it, where it has told.
    pub wide: Option<u16>,
    /// Whether it knows bracketed paste, where it has told.
    pub pastes: Option<bool>,
}

impl Terminal {
    /// What the environment tells, of a terminal of this size.
    #[must_use]
    pub fn of_environment(size: Option<(u16, u16)>) -> Self {
        let var = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            size,
            term: var("TERM"),
            colorterm: var("COLORTERM"),
            no_color: var("NO_COLOR").is_some(),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(var),
            wide: None,
            pastes: None,
        }
    }

    fn is_utf8(&self) -> bool {
        let locale = self.locale.as_deref().unwrap_or_default().to_ascii_lowercase();
        cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8")
    }

    fn colours(&self) -> &'static str {
        let term = self.term.as_deref().unwrap_or_default();
        if self.no_color {
            "no colours (NO_COLOR)"
        } else if matches!(self.colorterm.as_deref(), Some("truecolor" | "24bit")) {
            "all colours"
        } else if term.contains("256color") {
            "256 colours"
        } else {
            "16 colours"
        }
    }
}

/// Below this the panes stand behind each other, or there is no room at all.
const SMALLEST: (u16, u16) = (40, 12);
const COMFORTABLE: (u16, u16) = (80, 24);

pub(super) fn terminal(seen: &Terminal) -> Vec<Line> {
    let about = "Terminal";
    if seen.term.as_deref() == Some("dumb") {
        let says = "it cannot draw a screen (TERM is `dumb`)";
        return vec![Line::stop(about, says, "learn with `haveago --plain`, or set TERM to what your terminal is")];
    }
    let mut lines = vec![match seen.size {
        Some((columns, rows)) if columns < SMALLEST.0 || rows < SMALLEST.1 => {
            let says = format!("{columns} columns and {rows} rows are too few");
            Line::stop(about, says, format!("make the window {} columns and {} rows or larger", SMALLEST.0, SMALLEST.1))
        }
        Some((columns, rows)) if columns < COMFORTABLE.0 || rows < COMFORTABLE.1 => {
            let says = format!("{columns} columns and {rows} rows are few");
            Line::note(about, says, format!("make the window {} columns and {} rows", COMFORTABLE.0, COMFORTABLE.1))
        }
        Some((columns, rows)) => Line::good(about, format!("{columns} columns, {rows} rows, {}", seen.colours())),
        None => Line::good(about, format!("this output is no terminal; {}", seen.colours())),
    }];
    lines.push(if seen.is_utf8() {
        Line::good("UTF-8", "the language of this terminal is written in UTF-8")
    } else {
        let locale = seen.locale.as_deref().unwrap_or("not set");
        let says = format!("the language is {locale}, and not one in UTF-8: signs and accents may come out wrong");
        Line::note("UTF-8", says, "set LANG to one that ends in .UTF-8, as in `export LANG=C.UTF-8`")
    });
    if let Some(columns) = seen.wide.filter(|columns| *columns != 2) {
        let says = format!("a wide character takes {columns} columns here, where two are usual");
        lines.push(Line::note("Wide characters", says, "set your terminal to wide characters of two columns"));
    }
    if seen.pastes == Some(false) {
        let says = "it does not tell pasted text from typed text";
        lines.push(Line::note("Paste", says, "paste commands line by line, or use a newer terminal"));
    }
    lines
}

/// The year by this machine's clock.
pub(super) fn year_now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    1970 + since / 31_556_952
}

pub(super) fn clock(year: u64) -> Line {
    if (2026..2100).contains(&year) {
        Line::good("Clock", format!("it is {year}"))
    } else {
        let says = format!("this machine takes the year for {year}: builds and secure connections go by the clock");
        Line::note("Clock", says, "set the date of this machine")
    }
}

/// A proxy that a variable names; `answers` calls it.
pub(super) fn proxy(name: &str, value: &str, answers: impl Fn(&(String, u16)) -> bool) -> Line {
    let Some(place) = proxy_place(value) else {
        let says = format!("{name} is no address of a proxy: {value}");
        return Line::note("Proxy", says, format!("write it as http://host:port, or unset {name}"));
    };
    let (host, port) = &place;
    if answers(&place) {
        return Line::good("Proxy", format!("{host}:{port} answers ({name})"));
    }
    let says =
        format!("the proxy {host}:{port} does not answer ({name}); lessons need no network, an installation does");
    Line::note("Proxy", says, format!("correct {name}, or unset it"))
}

/// Host and port of `http://user:word@host:port/`. The word, if any, is told to nobody.
fn proxy_place(value: &str) -> Option<(String, u16)> {
    let (scheme, rest) = value.trim().split_once("://").unwrap_or(("http", value.trim()));
    let rest = rest.split(['/', '?']).next()?;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    let usual = match scheme {
        "http" => 80,
        "https" => 443,
        "socks5" | "socks5h" => 1080,
        _ => return None,
    };
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        Some(_) | None => (rest, usual),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    (!host.is_empty()).then(|| (host.to_owned(), port))
}
