//! Calls of Windows that no crate of ours offers as safe functions: jobs, and a process made inside of one.
#![allow(unsafe_code, reason = "each of these calls is one that only the system's interface can express")]

use std::fs::File;
use std::io;
use std::mem::size_of;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle, RawHandle};
use std::ptr::{null, null_mut};
use std::time::Duration;

use windows_sys::Win32::Foundation::{
    DUPLICATE_SAME_ACCESS, DuplicateHandle, HANDLE, HANDLE_FLAG_INHERIT, INVALID_HANDLE_VALUE, SetHandleInformation,
    WAIT_OBJECT_0,
};
use windows_sys::Win32::Security::SECURITY_CAPABILITIES;
use windows_sys::Win32::System::Console::{
    CTRL_C_EVENT, GetStdHandle, STD_ERROR_HANDLE, STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, SetConsoleCtrlHandler,
};
use windows_sys::Win32::System::JobObjects::{
    CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS, JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION,
    JOB_OBJECT_LIMIT_JOB_MEMORY, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOB_OBJECT_LIMIT_PRIORITY_CLASS,
    JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_LIMIT_PROCESS_TIME, JOB_OBJECT_UILIMIT_DESKTOP,
    JOB_OBJECT_UILIMIT_DISPLAYSETTINGS, JOB_OBJECT_UILIMIT_EXITWINDOWS, JOB_OBJECT_UILIMIT_GLOBALATOMS,
    JOB_OBJECT_UILIMIT_HANDLES, JOB_OBJECT_UILIMIT_READCLIPBOARD, JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS,
    JOB_OBJECT_UILIMIT_WRITECLIPBOARD, JOBOBJECT_BASIC_ACCOUNTING_INFORMATION, JOBOBJECT_BASIC_UI_RESTRICTIONS,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JOBOBJECTINFOCLASS, JobObjectBasicAccountingInformation,
    JobObjectBasicUIRestrictions, JobObjectExtendedLimitInformation, QueryInformationJobObject,
    SetInformationJobObject, TerminateJobObject,
};
use windows_sys::Win32::System::Threading::{
    BELOW_NORMAL_PRIORITY_CLASS, CREATE_UNICODE_ENVIRONMENT, CreateProcessW, DeleteProcThreadAttributeList,
    EXTENDED_STARTUPINFO_PRESENT, GetCurrentProcess, GetExitCodeProcess, InitializeProcThreadAttributeList,
    LPPROC_THREAD_ATTRIBUTE_LIST, OpenProcess, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, PROC_THREAD_ATTRIBUTE_JOB_LIST,
    PROC_THREAD_ATTRIBUTE_SECURITY_CAPABILITIES, PROCESS_INFORMATION, PROCESS_SYNCHRONIZE, STARTF_USESTDHANDLES,
    STARTUPINFOEXW, UpdateProcThreadAttribute, WaitForMultipleObjects,
};
use windows_sys::core::BOOL;

use super::access::Container;
use crate::sandbox::confine::job::{Account, JobLimits};

pub(super) fn check(result: BOOL) -> io::Result<()> {
    if result == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// The text as the system takes it, with a zero at its end.
pub(super) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// A job that ends all of its processes with its last handle, and holds them to these limits.
pub(super) fn job(limits: &JobLimits) -> io::Result<OwnedHandle> {
    // SAFETY: the job has no name and nothing is inherited; what comes back is checked.
    let job = owned(unsafe { CreateJobObjectW(null(), null()) })?;
    let mut extended = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    extended.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        | JOB_OBJECT_LIMIT_ACTIVE_PROCESS
        | JOB_OBJECT_LIMIT_PROCESS_MEMORY
        | JOB_OBJECT_LIMIT_JOB_MEMORY
        | JOB_OBJECT_LIMIT_PROCESS_TIME
        | JOB_OBJECT_LIMIT_PRIORITY_CLASS
        | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    extended.BasicLimitInformation.ActiveProcessLimit = limits.processes;
    extended.BasicLimitInformation.PerProcessUserTimeLimit = limits.process_time;
    extended.BasicLimitInformation.PriorityClass = BELOW_NORMAL_PRIORITY_CLASS;
    extended.ProcessMemoryLimit = limits.process_memory;
    extended.JobMemoryLimit = limits.job_memory;
    set(&job, JobObjectExtendedLimitInformation, &extended)?;
    let screen = JOBOBJECT_BASIC_UI_RESTRICTIONS {
        UIRestrictionsClass: JOB_OBJECT_UILIMIT_DESKTOP
            | JOB_OBJECT_UILIMIT_DISPLAYSETTINGS
            | JOB_OBJECT_UILIMIT_EXITWINDOWS
            | JOB_OBJECT_UILIMIT_GLOBALATOMS
            | JOB_OBJECT_UILIMIT_HANDLES
            | JOB_OBJECT_UILIMIT_READCLIPBOARD
            | JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS
            | JOB_OBJECT_UILIMIT_WRITECLIPBOARD,
    };
    set(&job, JobObjectBasicUIRestrictions, &screen)?;
    Ok(job)
}

/// `T` must be the structure that belongs to `class`.
fn set<T>(job: &OwnedHandle, class: JOBOBJECTINFOCLASS, value: &T) -> io::Result<()> {
    // SAFETY: the structure lives through the call, its true size is told, and each caller above names its own class.
    check(unsafe {
        SetInformationJobObject(job.as_raw_handle(), class, (&raw const *value).cast(), size_of::<T>() as u32)
    })
}

/// What the job's processes have used so far.
pub(super) fn account(job: &OwnedHandle) -> io::Result<Account> {
    let (mut basic, mut extended) =
        (JOBOBJECT_BASIC_ACCOUNTING_INFORMATION::default(), JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default());
    get(job, JobObjectBasicAccountingInformation, &mut basic)?;
    get(job, JobObjectExtendedLimitInformation, &mut extended)?;
    let ticks = (basic.TotalUserTime + basic.TotalKernelTime).unsigned_abs();
    Ok(Account {
        memory: extended.PeakJobMemoryUsed as u64,
        processes: u64::from(basic.ActiveProcesses),
        time: Duration::from_nanos(ticks.saturating_mul(100)),
    })
}

/// `T` must be the structure that belongs to `class`.
fn get<T>(job: &OwnedHandle, class: JOBOBJECTINFOCLASS, value: &mut T) -> io::Result<()> {
    let size = size_of::<T>() as u32;
    // SAFETY: the structure lives through the call, its true size is told, and the caller above names its own class.
    check(unsafe { QueryInformationJobObject(job.as_raw_handle(), class, (&raw mut *value).cast(), size, null_mut()) })
}

/// Ends all processes of the job.
pub(super) fn end(job: &OwnedHandle, exit: u32) {
    // SAFETY: the handle is ours and open. When it fails there is nothing left to end.
    unsafe { TerminateJobObject(job.as_raw_handle(), exit) };
}

/// The process with this number, to be waited for.
pub(super) fn process(pid: u32) -> io::Result<OwnedHandle> {
    // SAFETY: the call takes numbers; what comes back is checked.
    owned(unsafe { OpenProcess(PROCESS_SYNCHRONIZE, 0, pid) })
}

/// Waits until one of them has ended, and says which; none when the time is over.
pub(super) fn wait_for(handles: [&OwnedHandle; 2], pause: Duration) -> Option<u32> {
    let handles = handles.map(AsRawHandle::as_raw_handle);
    let pause = u32::try_from(pause.as_millis()).unwrap_or(u32::MAX - 1);
    // SAFETY: both handles are open as long as they are borrowed, and their true number is told.
    let result = unsafe { WaitForMultipleObjects(2, handles.as_ptr(), 0, pause) };
    result.checked_sub(WAIT_OBJECT_0).filter(|index| *index < 2)
}

/// The exit code of a process that has ended.
pub(super) fn exit_code(process: &OwnedHandle) -> i32 {
    let mut code = 0;
    // SAFETY: the handle is ours and open, and the number lives through the call.
    let result = unsafe { GetExitCodeProcess(process.as_raw_handle(), &raw mut code) };
    check(result).map_or(super::super::KILLED, |()| crate::sandbox::process::code(code.cast_signed()))
}

/// Takes over a handle that was let through to us; what we start does not get it.
pub(super) fn take(handle: usize) -> io::Result<File> {
    let handle: HANDLE = std::ptr::without_provenance_mut(handle);
    // SAFETY: a number that is no open handle makes the call fail, and touches nothing.
    check(unsafe { SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0) })?;
    // SAFETY: it is open, our supervisor has named it for us alone, and nobody else in this process has it.
    Ok(unsafe { File::from_raw_handle(handle) })
}

/// Takes Ctrl-C and does nothing with it. What is started has handlers of its own, or none.
pub(in crate::sandbox) fn outlive_interrupts() -> io::Result<()> {
    unsafe extern "system" fn take(event: u32) -> BOOL {
        BOOL::from(event == CTRL_C_EVENT)
    }
    // SAFETY: the handler is a function of this program that is always there, and it touches nothing.
    check(unsafe { SetConsoleCtrlHandler(Some(take), 1) })
}

/// A process to be made.
#[derive(Debug)]
pub(super) struct Start<'a> {
    pub program: &'a str,
    pub command_line: &'a str,
    /// As the system takes it.
    pub environment: &'a [u16],
    pub dir: &'a str,
    /// Handles that it gets besides our standard streams, by the same numbers.
    pub pipes: [RawHandle; 2],
    pub job: &'a OwnedHandle,
    pub container: Option<&'a Container>,
}

/// Makes the process inside of its job and container, with nothing of ours but what it is given.
pub(super) fn start(what: &Start<'_>) -> io::Result<OwnedHandle> {
    for pipe in what.pipes {
        // SAFETY: the caller holds both pipes open.
        check(unsafe { SetHandleInformation(pipe, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT) })?;
    }
    let streams = [standard(STD_INPUT_HANDLE)?, standard(STD_OUTPUT_HANDLE)?, standard(STD_ERROR_HANDLE)?];
    let handles: Vec<HANDLE> = streams.iter().map(AsRawHandle::as_raw_handle).chain(what.pipes).collect();
    let jobs = [what.job.as_raw_handle()];
    let capabilities = what.container.map(Container::capabilities);
    let mut list = Attributes::new(3)?;
    list.add(PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &handles)?;
    list.add(PROC_THREAD_ATTRIBUTE_JOB_LIST, &jobs)?;
    if let Some(capabilities) = &capabilities {
        list.add::<SECURITY_CAPABILITIES>(
            PROC_THREAD_ATTRIBUTE_SECURITY_CAPABILITIES,
            std::slice::from_ref(capabilities),
        )?;
    }
    let mut startup = STARTUPINFOEXW::default();
    startup.StartupInfo.cb = size_of::<STARTUPINFOEXW>() as u32;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = handles[0];
    startup.StartupInfo.hStdOutput = handles[1];
    startup.StartupInfo.hStdError = handles[2];
    startup.lpAttributeList = list.list();
    let (program, mut line, dir) = (wide(what.program), wide(what.command_line), wide(what.dir));
    let mut made = PROCESS_INFORMATION::default();
    // SAFETY: every text ends with a zero and every structure, handle and attribute lives through the call; the command
    // line is a copy of ours that the call may change.
    check(unsafe {
        CreateProcessW(
            program.as_ptr(),
            line.as_mut_ptr(),
            null(),
            null(),
            1,
            EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT,
            what.environment.as_ptr().cast(),
            dir.as_ptr(),
            &raw const startup.StartupInfo,
            &raw mut made,
        )
    })?;
    // SAFETY: the call has made both, and nobody else has them.
    let (process, _thread) =
        unsafe { (OwnedHandle::from_raw_handle(made.hProcess), OwnedHandle::from_raw_handle(made.hThread)) };
    Ok(process)
}

/// A copy of one of our standard streams that is inherited.
fn standard(which: u32) -> io::Result<OwnedHandle> {
    let mut copy = null_mut();
    // SAFETY: source and target are this process; a stream that we do not have makes the call fail.
    check(unsafe {
        let us = GetCurrentProcess();
        DuplicateHandle(us, GetStdHandle(which), us, &raw mut copy, 0, 1, DUPLICATE_SAME_ACCESS)
    })?;
    owned(copy)
}

fn owned(handle: HANDLE) -> io::Result<OwnedHandle> {
    if handle.is_null() || handle == INVALID_HANDLE_VALUE {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: every caller passes on what the system has just made for it, and nobody else has it.
    Ok(unsafe { OwnedHandle::from_raw_handle(handle) })
}

/// What a new process is given besides its command line.
struct Attributes {
    /// In words, so that it lies as the system wants it.
    room: Vec<usize>,
}

impl Attributes {
    fn new(count: u32) -> io::Result<Self> {
        let mut bytes = 0;
        // SAFETY: without room the call answers with the bytes that it needs; that it fails is how it says so.
        unsafe { InitializeProcThreadAttributeList(null_mut(), count, 0, &raw mut bytes) };
        let mut room = vec![0_usize; bytes.div_ceil(size_of::<usize>())];
        // SAFETY: the room is as large as was asked for, and does not move as long as it is a list.
        check(unsafe { InitializeProcThreadAttributeList(room.as_mut_ptr().cast(), count, 0, &raw mut bytes) })?;
        Ok(Self { room })
    }

    fn list(&mut self) -> LPPROC_THREAD_ATTRIBUTE_LIST {
        self.room.as_mut_ptr().cast()
    }

    /// `values` must live as long as the list is used: all are of [`start`], and outlive it.
    fn add<T>(&mut self, which: u32, values: &[T]) -> io::Result<()> {
        let list = self.list();
        let (start, bytes) = (values.as_ptr().cast(), size_of_val(values));
        // SAFETY: the list is made, the values live on in the caller, and their true size is told.
        check(unsafe { UpdateProcThreadAttribute(list, 0, which as usize, start, bytes, null_mut(), null()) })
    }
}

impl Drop for Attributes {
    fn drop(&mut self) {
        // SAFETY: it was made by `new`, and is not used any more.
        unsafe { DeleteProcThreadAttributeList(self.list()) };
    }
}
