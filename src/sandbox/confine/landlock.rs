//! Rules of Landlock: what of the file system a command may read and change, which hold for all that it starts.

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, NetPort, PathBeneath, PathFd, Ruleset,
    RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};

use super::root::{self, IN_MEMORY, SETTINGS, terminals};
use super::{Plan, Tier};

/// The newest version whose rights are handled; an older kernel handles those that it knows.
const NEWEST: ABI = ABI::V9;

/// Files of the system that are read where there is no private root to hold a copy of them.
const READ: &[&str] = &["/etc/hosts", "/etc/nsswitch.conf", "/etc/passwd", "/etc/group"];
const PROGRAMS: &[&str] = &["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/nix/store"];
const DEVICES: &[&str] = &["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

/// Restricts this process and all that it starts, for ever.
///
/// # Errors
/// When the rules cannot be made; in [`Tier::Landlock`] also when the kernel does not hold them.
pub(super) fn apply(plan: &Plan) -> Result<(), String> {
    let status = restrict(plan).map_err(|error| format!("Landlock does not take the rules ({error})"))?;
    match (plan.tier, status) {
        (Tier::Landlock, RulesetStatus::NotEnforced) => Err("this kernel has no Landlock".to_owned()),
        (
            Tier::Full | Tier::Bwrap | Tier::Landlock | Tier::Seatbelt | Tier::AppContainer | Tier::Job | Tier::None,
            _,
        ) => Ok(()),
    }
}

fn restrict(plan: &Plan) -> Result<RulesetStatus, RulesetError> {
    let all = AccessFs::from_all(NEWEST);
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(all)?
        .scope(Scope::from_all(NEWEST))?;
    if plan.tier == Tier::Landlock {
        rules = rules.handle_access(AccessNet::BindTcp | AccessNet::ConnectTcp)?;
    }
    let mut rules = Rules { created: rules.create()?.no_new_privs(true) };
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let start = read | AccessFs::Execute;
    let device = AccessFs::ReadFile | AccessFs::WriteFile;
    // Devices cannot be made, and none that there are can be driven.
    let change = all & !(AccessFs::MakeChar | AccessFs::MakeBlock | AccessFs::IoctlDev);
    if let (Tier::Landlock, Some(file)) = (plan.tier, &plan.alone) {
        // Not a place of its own, but nothing else can be opened either.
        if let Ok(file) = root::find_alone(plan, file) {
            rules.created = rules.created.add_rule(PathBeneath::new(file, AccessFs::Execute | AccessFs::ReadFile))?;
        }
        return Ok(rules.created.restrict_self()?.ruleset);
    }
    if plan.tier.has_own_root() {
        // The view is small already; this is the second barrier.
        rules.allow(IN_MEMORY, change)?.allow(&["/"], start)?;
    } else {
        rules.allow(READ, read)?.allow(SETTINGS, read)?.allow(PROGRAMS, start)?;
        for port in &plan.ports {
            rules.created = rules.created.add_rule(NetPort::new(*port, AccessNet::BindTcp))?;
        }
    }
    rules.allow(DEVICES, device)?.allow(&terminals(plan), device | AccessFs::IoctlDev)?;
    rules.allow(&plan.readable, start)?.allow(&plan.writable, change)?;
    rules.allow(plan.home.as_slice(), change)?.allow(plan.temporary.as_slice(), change)?;
    Ok(rules.created.restrict_self()?.ruleset)
}

struct Rules {
    created: RulesetCreated,
}

impl Rules {
    /// Lets `access` be had to each of `paths` that there is, and to what is below it.
    fn allow(&mut self, paths: &[impl AsRef<Path>], access: BitFlags<AccessFs>) -> Result<&mut Self, RulesetError> {
        for path in paths.iter().map(AsRef::as_ref) {
            let Ok(descriptor) = PathFd::new(path) else { continue };
            let access = if path.is_dir() { access } else { access & AccessFs::from_file(NEWEST) };
            (&mut self.created).add_rule(PathBeneath::new(descriptor, access))?;
        }
        Ok(self)
    }
}
