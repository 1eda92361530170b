//! The rules of macOS's Seatbelt for one command. Places come in as parameters, so that no path can add to the rules.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Plan;

/// The system's program that confines itself and then becomes another. Named by its whole path, so that nothing on a
/// `PATH` can stand in for it.
pub(super) const PROGRAM: &str = "/usr/bin/sandbox-exec";

/// What every command has: itself, and no word to others.
const BASE: &str = r#"(version 1)
(deny default)
(allow process-fork)
(allow signal (target same-sandbox))
(allow process-info* (target same-sandbox))
(allow sysctl-read)
(allow system-mac-syscall (mac-policy-name "vnguard"))
(allow system-mac-syscall (require-all (mac-policy-name "Sandbox") (mac-syscall-number 67)))
(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))
(allow file-read-metadata)
(allow file-read* (literal "/") (subpath "/usr/lib") (subpath "/System/Library") (subpath "/System/Volumes/Preboot/Cryptexes")
  (subpath "/private/var/db/dyld"))
(allow file-map-executable (subpath "/usr/lib") (subpath "/System/Library") (subpath "/System/Volumes/Preboot/Cryptexes"))
(allow file-read* file-write-data (literal "/dev/null") (literal "/dev/zero") (literal "/dev/random") (literal "/dev/urandom"))
"#;

/// What a command has besides, that is not alone with one file.
const SYSTEM: &str = r#"(allow file-read* (subpath "/usr") (subpath "/bin") (subpath "/private/var/db/timezone")
  (literal "/private/etc/localtime") (literal "/private/etc/passwd") (literal "/private/etc/group")
  (literal "/private/etc/services") (literal "/private/etc/protocols") (literal "/private/etc/hosts"))
(allow process-exec file-map-executable (subpath "/bin") (subpath "/usr/bin"))
"#;

/// Rules, and the places that they name.
#[derive(Debug, Default)]
pub(super) struct Profile {
    pub text: String,
    pub places: Vec<(String, PathBuf)>,
}

impl Profile {
    /// The rules for a command that `helper` (our own binary, without links on its way) runs.
    pub(super) fn of(plan: &Plan, helper: &Path) -> Self {
        let mut profile = Self { text: BASE.to_owned(), places: Vec::new() };
        profile.allow("process-exec file-map-executable file-read*", "literal", helper);
        if let Some(tty) = &plan.tty {
            profile.allow("file-read* file-write* file-ioctl", "literal", tty);
            profile.allow("file-read* file-write* file-ioctl", "literal", Path::new("/dev/tty"));
        }
        if let (Some(alone), Some(root)) = (&plan.alone, plan.writable.first()) {
            profile.allow("process-exec file-map-executable file-read*", "literal", &root.join(alone));
            return profile;
        }
        profile.text.push_str(SYSTEM);
        for place in &plan.readable {
            profile.allow("process-exec file-map-executable file-read*", "subpath", place);
        }
        for place in plan.writable.iter().chain(&plan.home).chain(&plan.temporary) {
            profile.allow("process-exec file-map-executable file-read* file-write*", "subpath", place);
        }
        for port in &plan.ports {
            // A port is a number, and so cannot say more than one. A Go server listens at all addresses.
            let _ = writeln!(profile.text, "(allow network-bind network-inbound (local ip \"*:{port}\"))");
            let _ = writeln!(profile.text, "(allow network-outbound (remote ip \"localhost:{port}\"))");
        }
        profile
    }

    fn allow(&mut self, what: &str, kind: &str, place: &Path) {
        let name = format!("P{}", self.places.len());
        // Writing into a text cannot fail.
        let _ = writeln!(self.text, "(allow {what} ({kind} (param \"{name}\")))");
        self.places.push((name, place.to_owned()));
    }

    /// The arguments of [`PROGRAM`] that come before the command's own.
    pub(super) fn args(&self) -> Vec<OsString> {
        let mut args: Vec<OsString> = vec!["-p".into(), self.text.clone().into()];
        for (name, place) in &self.places {
            let mut value = OsString::from(format!("{name}="));
            value.push(place);
            args.extend(["-D".into(), value]);
        }
        args
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::Profile;
    use crate::sandbox::confine::{Class, Plan, Terminal, Tier, within};

    fn plan(root: &Path) -> Plan {
        within(Tier::Seatbelt, "", || Plan::new(root, &[], Class::Program, Terminal::None)).unwrap()
    }

    #[test]
    fn a_path_is_a_value_and_never_a_rule() {
        let folder = tempfile::tempdir().unwrap();
        let evil = folder.path().join("a\"))(allow default)(b");
        std::fs::create_dir(&evil).unwrap();
        let profile = Profile::of(&plan(&evil), Path::new("/opt/haveago"));
        assert!(!profile.text.contains("(allow default)"));
        assert!(profile.places.iter().any(|(_, place)| place.ends_with("a\"))(allow default)(b")));
        let args = profile.args();
        assert!(args.iter().any(|arg| arg == "P0=/opt/haveago"), "{args:?}");
        assert_eq!(args.iter().filter(|arg| *arg == "-D").count(), profile.places.len());
    }

    #[test]
    fn every_bracket_closes_and_every_parameter_is_given() {
        let folder = tempfile::tempdir().unwrap();
        let mut plan = plan(folder.path());
        plan.ports = vec![8080];
        plan.tty = Some(PathBuf::from("/dev/ttys001"));
        for alone in [None, Some(PathBuf::from("myapp"))] {
            plan.alone = alone;
            let Profile { text, places } = Profile::of(&plan, Path::new("/opt/haveago"));
            assert_eq!(text.matches('(').count(), text.matches(')').count(), "{text}");
            assert_eq!(text.matches("(param ").count(), places.len(), "{text}");
            for (name, _) in places {
                assert!(text.contains(&format!("(param \"{name}\")")), "{name} in {text}");
            }
        }
    }

    #[test]
    fn who_is_alone_gets_one_file_and_no_folder_or_network() {
        let folder = tempfile::tempdir().unwrap();
        let mut plan = plan(folder.path());
        plan.ports = vec![8080];
        assert!(Profile::of(&plan, Path::new("/opt/haveago")).text.contains("\"*:8080\""));
        plan.alone = Some(PathBuf::from("myapp"));
        let profile = Profile::of(&plan, Path::new("/opt/haveago"));
        assert!(!profile.text.contains("network") && !profile.text.contains("file-write*"), "{}", profile.text);
        let real = folder.path().canonicalize().unwrap();
        let places: Vec<&Path> = profile.places.iter().map(|(_, place)| place.as_path()).collect();
        assert_eq!(places, [Path::new("/opt/haveago"), &real.join("myapp")]);
    }
}
