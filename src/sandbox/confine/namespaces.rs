//! Namespaces of its own for a command: users, processes, network, messages and names.

use std::fs;
use std::io;

use rustix::thread::{CapabilitiesSecureBits, CapabilitySet, CapabilitySets, UnshareFlags};

use super::sys;

/// Puts this process, and what it starts from now on, into new namespaces. Files keep their owners: the user is the
/// same inside and outside, also when it is root.
pub(super) fn enter() -> io::Result<()> {
    let (user, group) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
    let flags = UnshareFlags::NEWUSER
        | UnshareFlags::NEWPID
        | UnshareFlags::NEWNET
        | UnshareFlags::NEWIPC
        | UnshareFlags::NEWUTS
        | UnshareFlags::NEWCGROUP;
    told("no namespaces are to be had", sys::unshare(flags))?;
    told("groups cannot be fixed", fs::write("/proc/self/setgroups", "deny"))?;
    told("the user cannot be mapped", fs::write("/proc/self/uid_map", format!("{user} {user} 1")))?;
    told("the group cannot be mapped", fs::write("/proc/self/gid_map", format!("{group} {group} 1")))?;
    told("the network has no loopback", sys::loopback_up())?;
    told(
        "the machine has no name",
        rustix::system::sethostname(super::root::MACHINE.as_bytes()).map_err(io::Error::from),
    )
}

/// Gives up every capability, for this process and for all that it starts, set-uid programs and root's included.
pub(super) fn drop_capabilities() -> io::Result<()> {
    use rustix::thread as call;
    let locked = CapabilitiesSecureBits::NO_ROOT
        | CapabilitiesSecureBits::NO_ROOT_LOCKED
        | CapabilitiesSecureBits::NO_SETUID_FIXUP
        | CapabilitiesSecureBits::NO_SETUID_FIXUP_LOCKED;
    // An ordinary user has none to give up, and is refused here; with no new privileges none can be had either.
    let _ = call::set_capabilities_secure_bits(locked);
    for bit in 0..64 {
        let _ = call::remove_capability_from_bounding_set(CapabilitySet::from_bits_retain(1 << bit));
    }
    let _ = call::clear_ambient_capability_set();
    let none = CapabilitySet::empty();
    let sets = CapabilitySets { effective: none, permitted: none, inheritable: none };
    told("its capabilities cannot be given up", call::set_capabilities(None, sets).map_err(io::Error::from))
}

/// Names the step that failed.
pub(super) fn told<T>(what: &str, result: io::Result<T>) -> io::Result<T> {
    result.map_err(|error| io::Error::new(error.kind(), format!("{what} ({error})")))
}
