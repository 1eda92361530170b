//! Attacks by the network: those who serve on this machine, those who would be served, and sockets of other kinds.

use super::attack::Bare::{AsRoot, Does, Perhaps};
use super::attack::Harm::{Power, Reached};
use super::attack::{Attack, Meanwhile, attack};

pub const ATTACKS: &[Attack] = &[
    attack(51, "a server for all", "{a} listen {free}", Does(Reached)).meanwhile(Meanwhile::ConnectsTcp),
    attack(51, "a server for all, as Go makes it", "{a} listen-mptcp {free}", Does(Reached))
        .meanwhile(Meanwhile::ConnectsTcp),
    attack(51, "a server of datagrams", "{a} listen-udp {free}", Does(Reached)).meanwhile(Meanwhile::ConnectsUdp),
    attack(52, "a service", "{a} dial tcp 127.0.0.1:{tcp}", Does(Reached)),
    attack(52, "a service, by the shell", "bash -c 'echo > /dev/tcp/127.0.0.1/{tcp}'", Does(Reached)),
    attack(52, "a service, by several paths", "{a} dial-mptcp {tcp}", Does(Reached)),
    attack(52, "a service, without connecting", "{a} dial-fast {tcp}", Perhaps(Reached)),
    attack(52, "a service, by the other protocol", "{a} dial-split {tcp}", Perhaps(Reached)),
    attack(52, "a service of datagrams", "{a} dial udp 127.0.0.1:{udp}", Does(Reached)),
    attack(53, "a question for a name", "{a} lookup 127.0.0.1:{udp}", Does(Reached)),
    attack(53, "packets of one's own making", "{a} raw-socket", AsRoot(Power)),
    attack(53, "all packets", "{a} packets", AsRoot(Power)),
    attack(53, "the networks of the machine", "{a} interfaces", Perhaps(Power)),
    attack(53, "the audit of the machine", "{a} netlink", Perhaps(Power)),
    attack(54, "the host of this machine", "{a} vsock", Perhaps(Power)),
    attack(54, "the kernel's cipher engine", "{a} alg", Perhaps(Power)),
    attack(55, "an agent's socket", "{a} dial unix {unix}", Does(Reached)),
    attack(55, "a socket without a path", "{a} dial unix {abstract}", Does(Reached)),
    attack(55, "a socket of datagrams, by one of a pair", "{a} pair {unixgram}", Does(Reached)),
    attack(55, "the same, connected", "{a} pair-connect {unixgram}", Does(Reached)),
    attack(55, "a socket of datagrams", "{a} datagram {unixgram}", Does(Reached)),
];
