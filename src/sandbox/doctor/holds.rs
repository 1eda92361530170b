//! What holds programs, and what stands between this machine and the net.

use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::{Line, Patient, measured};
use crate::sandbox::confine;

pub(super) fn confinement(_: &Patient) -> Vec<Line> {
    vec![measured::confinement(confine::chosen())]
}

/// Variables that name a proxy, as Go and others read them.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// How long a proxy may take to take a call.
const PATIENCE: Duration = Duration::from_secs(3);

/// Calls each proxy that is set; where none is, nothing is called.
pub(super) fn proxy(_: &Patient) -> Vec<Line> {
    let set = PROXIES.into_iter().filter_map(|name| Some((name, std::env::var(name).ok()?)));
    let mut set: Vec<(&str, String)> = set.filter(|(_, value)| !value.trim().is_empty()).collect();
    set.dedup_by(|one, other| one.1 == other.1);
    if set.is_empty() {
        return vec![Line::good("Proxy", "none is set")];
    }
    let answers = |place: &(String, u16)| {
        let addresses = (place.0.as_str(), place.1).to_socket_addrs().into_iter().flatten();
        addresses.into_iter().take(3).any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
    };
    set.iter().map(|(name, value)| measured::proxy(name, value, answers)).collect()
}
