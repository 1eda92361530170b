//! The `AppContainer` of the commands: who they are to the system, and which folders open to them.
#![allow(unsafe_code, reason = "each of these calls is one that only the system's interface can express")]

use std::io;
use std::path::Path;
use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{ERROR_ALREADY_EXISTS, ERROR_SUCCESS, LocalFree, WIN32_ERROR};
use windows_sys::Win32::Security::Authorization::{
    ConvertStringSidToSidW, EXPLICIT_ACCESS_W, GRANT_ACCESS, GetNamedSecurityInfoW, SE_FILE_OBJECT, SetEntriesInAclW,
    SetNamedSecurityInfoW, TRUSTEE_IS_SID, TRUSTEE_IS_UNKNOWN, TRUSTEE_W,
};
use windows_sys::Win32::Security::Isolation::{CreateAppContainerProfile, DeriveAppContainerSidFromAppContainerName};
use windows_sys::Win32::Security::{
    ACCESS_ALLOWED_ACE, ACL, CONTAINER_INHERIT_ACE, DACL_SECURITY_INFORMATION, EqualSid, FreeSid, GetAce,
    OBJECT_INHERIT_ACE, PSECURITY_DESCRIPTOR, PSID, SECURITY_CAPABILITIES, SID_AND_ATTRIBUTES,
};
use windows_sys::Win32::Storage::FileSystem::{
    DELETE, FILE_DELETE_CHILD, FILE_GENERIC_EXECUTE, FILE_GENERIC_READ, FILE_GENERIC_WRITE,
};
use windows_sys::Win32::System::SystemServices::{ACCESS_ALLOWED_ACE_TYPE, SE_GROUP_ENABLED};

use super::sys::{check, wide};
use crate::sandbox::confine::{Plan, container};

const READ: u32 = FILE_GENERIC_READ | FILE_GENERIC_EXECUTE;
const CHANGE: u32 = READ | FILE_GENERIC_WRITE | DELETE | FILE_DELETE_CHILD;

/// A name that the system knows by number, and how its memory goes.
#[derive(Debug)]
enum Sid {
    Container(PSID),
    Capability(PSID),
}

impl Sid {
    fn raw(&self) -> PSID {
        match self {
            Self::Container(sid) | Self::Capability(sid) => *sid,
        }
    }
}

impl Drop for Sid {
    fn drop(&mut self) {
        // SAFETY: the system has made it in just this way, and it is not used any more.
        unsafe {
            match self {
                Self::Container(sid) => drop(FreeSid(*sid)),
                Self::Capability(sid) => drop(LocalFree(*sid)),
            }
        }
    }
}

/// The container, with the capabilities that open the folders of one command.
pub(super) struct Container {
    sid: Sid,
    /// What the list points to.
    folders: Vec<Sid>,
    list: Vec<SID_AND_ATTRIBUTES>,
}

impl std::fmt::Debug for Container {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Container").field("folders", &self.folders.len()).finish_non_exhaustive()
    }
}

impl Container {
    /// Makes the container, and opens to it what the plan says.
    pub(super) fn of(plan: &Plan, helper: &Path) -> io::Result<Self> {
        let sid = container_sid()?;
        for place in plan.readable.iter().map(AsRef::as_ref).chain([helper]) {
            // What belongs to the system opens to every container by itself, and cannot be changed by us.
            let _ = open(place, &sid, READ);
        }
        let writable = plan.writable.iter().chain(&plan.home).chain(&plan.temporary);
        let folders = writable.map(|place| {
            let sid = capability_sid(place)?;
            open(place, &sid, CHANGE)?;
            Ok(sid)
        });
        let folders: Vec<Sid> = folders.collect::<io::Result<_>>()?;
        let attributes =
            |sid: &Sid| SID_AND_ATTRIBUTES { Sid: sid.raw(), Attributes: SE_GROUP_ENABLED.cast_unsigned() };
        let list = folders.iter().map(attributes).collect();
        Ok(Self { sid, folders, list })
    }

    /// As a new process is given them; valid as long as this container.
    pub(super) fn capabilities(&self) -> SECURITY_CAPABILITIES {
        SECURITY_CAPABILITIES {
            AppContainerSid: self.sid.raw(),
            Capabilities: self.list.as_ptr().cast_mut(),
            CapabilityCount: self.list.len() as u32,
            Reserved: 0,
        }
    }
}

fn container_sid() -> io::Result<Sid> {
    let (name, title) = (wide(container::NAME), wide("haveago: programs of your lessons"));
    let mut sid = null_mut();
    // SAFETY: both texts end with a zero and live through the calls, as does the place for the answer.
    let result = unsafe {
        match CreateAppContainerProfile(name.as_ptr(), title.as_ptr(), title.as_ptr(), null(), 0, &raw mut sid) {
            result if result == from_win32(ERROR_ALREADY_EXISTS) => {
                DeriveAppContainerSidFromAppContainerName(name.as_ptr(), &raw mut sid)
            }
            result => result,
        }
    };
    if result < 0 { Err(io::Error::from_raw_os_error(result)) } else { Ok(Sid::Container(sid)) }
}

/// The wide answer that means this narrow one.
fn from_win32(error: WIN32_ERROR) -> i32 {
    (0x8007_0000 | error).cast_signed()
}

fn capability_sid(place: &Path) -> io::Result<Sid> {
    let text = wide(&container::capability(place));
    let mut sid = null_mut();
    // SAFETY: the text ends with a zero and lives through the call, as does the place for the answer.
    check(unsafe { ConvertStringSidToSidW(text.as_ptr(), &raw mut sid) })?;
    Ok(Sid::Capability(sid))
}

/// Memory that the system has made and wants back.
struct Local(*mut core::ffi::c_void);

impl Drop for Local {
    fn drop(&mut self) {
        // SAFETY: the system has made it to be given back in this way; nothing at all is no fault.
        unsafe { LocalFree(self.0) };
    }
}

/// Adds to the rules of a file or folder, and of all below it, that `who` has this access. Done already is no work.
fn open(place: &Path, who: &Sid, access: u32) -> io::Result<()> {
    let name = wide(&container::plain(place));
    let (mut rules, mut descriptor): (*mut ACL, PSECURITY_DESCRIPTOR) = (null_mut(), null_mut());
    // SAFETY: the name ends with a zero; the rules point into the descriptor, which lives until the end of this function.
    done(unsafe {
        GetNamedSecurityInfoW(
            name.as_ptr(),
            SE_FILE_OBJECT,
            DACL_SECURITY_INFORMATION,
            null_mut(),
            null_mut(),
            &raw mut rules,
            null_mut(),
            &raw mut descriptor,
        )
    })?;
    let _descriptor = Local(descriptor);
    // No rules at all let everybody in, and the first rule would shut everybody else out.
    if rules.is_null() || has(rules, who, access) {
        return Ok(());
    }
    let inherited = if place.is_dir() { OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE } else { 0 };
    let entry = EXPLICIT_ACCESS_W {
        grfAccessPermissions: access,
        grfAccessMode: GRANT_ACCESS,
        grfInheritance: inherited,
        Trustee: TRUSTEE_W {
            TrusteeForm: TRUSTEE_IS_SID,
            TrusteeType: TRUSTEE_IS_UNKNOWN,
            ptstrName: who.raw().cast(),
            ..TRUSTEE_W::default()
        },
    };
    let mut more = null_mut();
    // SAFETY: the entry and what it points to live through the call; the old rules are those of above.
    done(unsafe { SetEntriesInAclW(1, &raw const entry, rules, &raw mut more) })?;
    let more_rules = Local(more.cast());
    // SAFETY: the name ends with a zero, and the new rules live until the end of this function.
    let result = unsafe {
        SetNamedSecurityInfoW(
            name.as_ptr(),
            SE_FILE_OBJECT,
            DACL_SECURITY_INFORMATION,
            null_mut(),
            null_mut(),
            more_rules.0.cast(),
            null(),
        )
    };
    done(result)
}

fn done(result: WIN32_ERROR) -> io::Result<()> {
    if result == ERROR_SUCCESS { Ok(()) } else { Err(io::Error::from_raw_os_error(result.cast_signed())) }
}

/// Whether the rules give `who` this access already.
fn has(rules: *mut ACL, who: &Sid, access: u32) -> bool {
    // SAFETY: the rules were just read and are not changed; each entry's kind is looked at before its body.
    unsafe {
        (0..u32::from((*rules).AceCount)).any(|index| {
            let mut entry = null_mut();
            if GetAce(rules, index, &raw mut entry) == 0 {
                return false;
            }
            let entry = entry.cast::<ACCESS_ALLOWED_ACE>();
            u32::from((*entry).Header.AceType) == ACCESS_ALLOWED_ACE_TYPE
                && (*entry).Mask & access == access
                && EqualSid((&raw mut (*entry).SidStart).cast(), who.raw()) != 0
        })
    }
}
