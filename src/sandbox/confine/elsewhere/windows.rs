//! A command in a Job Object, and where the tier says so in an `AppContainer`: the process is made inside of both, so that
//! there is no moment at which it is outside.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::windows::io::{AsRawHandle, OwnedHandle};
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Wake;
use crate::judge::evidence::Stopped;
use crate::sandbox::confine::job::{Account, JobLimits};
use crate::sandbox::confine::{Limits, Plan, Tier, container};
use crate::sandbox::helper::{INSIDE, Order, Told, WORD};
use crate::sandbox::line;

#[path = "windows/access.rs"]
mod access;
#[path = "windows/sys.rs"]
pub(in crate::sandbox) mod sys;

use access::Container;

/// Bytes of an outcome at most; an environment is smaller.
const REPORT: u64 = 8 << 20;

/// What a process ends with that the job has ended for its processor time, or for its memory.
const QUOTA: &[i32] = &[1816, 0xC000_0044_u32.cast_signed()];

/// A confined command. Dropping it ends all of it, as does the end of this process: the job goes with its last handle.
#[derive(Debug)]
pub(super) struct Running {
    job: OwnedHandle,
    child: OwnedHandle,
    parent: OwnedHandle,
    report: JoinHandle<Vec<u8>>,
}

impl Running {
    pub(super) fn start(_folder: &Path, order: &Order) -> io::Result<Self> {
        sys::outlive_interrupts()?;
        let parent = sys::process(order.parent)?;
        let helper = std::env::current_exe()?;
        let job = sys::job(&JobLimits::of(&order.plan.limits))?;
        let container = (order.plan.tier == Tier::AppContainer).then(|| Container::of(&order.plan, &helper));
        let container = container.transpose()?;
        let (order_out, mut order_in) = io::pipe()?;
        let (report_out, report_in) = io::pipe()?;
        let word = |handle: &dyn AsRawHandle| (handle.as_raw_handle().addr()).to_string();
        let args = [container::plain(&helper), WORD.to_owned(), INSIDE.to_owned(), word(&order_out), word(&report_in)];
        let child = sys::start(&sys::Start {
            program: &args[0],
            command_line: &container::command_line(&args),
            environment: &container::environment(&environment(&order.plan)),
            dir: &folder(&order.plan),
            pipes: [order_out.as_raw_handle(), report_in.as_raw_handle()],
            job: &job,
            container: container.as_ref(),
        })?;
        drop((order_out, report_in));
        let report = thread::spawn(move || read_report(report_out));
        // When it has ended already, its exit code says why.
        let _ = serde_json::to_vec(order).map_err(io::Error::from).and_then(|order| order_in.write_all(&order));
        Ok(Self { job, child, parent, report })
    }

    pub(super) fn wait(&mut self, pause: Duration) -> Wake {
        match sys::wait_for([&self.child, &self.parent], pause) {
            Some(0) => Wake::Ended,
            Some(_) => Wake::Unwanted,
            None => Wake::Time,
        }
    }

    pub(super) fn over(&mut self, limits: &Limits) -> Option<Stopped> {
        self.account().over(limits)
    }

    fn account(&self) -> Account {
        sys::account(&self.job).unwrap_or_default()
    }

    /// Ends what is left, and answers with the exit code and what was told.
    pub(super) fn finish(self, is_natural: bool) -> (i32, Option<Told>) {
        let exit = if is_natural { sys::exit_code(&self.child) } else { super::KILLED };
        sys::end(&self.job, super::KILLED.unsigned_abs());
        // Its end of the pipe goes with it.
        let _ = sys::wait_for([&self.child, &self.child], Duration::from_secs(2));
        let report = self.report.join().unwrap_or_default();
        (exit, serde_json::from_slice(&report).ok())
    }

    pub(super) fn used_up(exit: i32, limits: &Limits) -> Option<Stopped> {
        QUOTA.contains(&exit).then(|| Stopped::Cpu(Duration::from_secs(limits.cpu)))
    }
}

fn read_report(report: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What cannot be read is as good as not told.
    let _ = report.take(REPORT).read_to_end(&mut bytes);
    bytes
}

/// What the confined helper cannot do without, with a folder for temporary files where it may write.
fn environment(plan: &Plan) -> Vec<(String, String)> {
    let mut env = line::bare_env();
    if let Some(temporary) = &plan.temporary {
        env.retain(|(name, _)| name != "TEMP" && name != "TMP");
        env.extend(["TEMP", "TMP"].map(|name| (name.to_owned(), container::plain(temporary))));
    }
    env
}

fn folder(plan: &Plan) -> String {
    plan.temporary.as_deref().map_or_else(|| container::plain(&line::safe_dir()), container::plain)
}

/// Takes over the end of a pipe that the supervisor has let through.
pub(super) fn take_end(end: &str) -> io::Result<File> {
    sys::take(end.parse().map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?)
}

/// All that is to be set was set from outside.
#[expect(clippy::unnecessary_wraps, reason = "other systems set limits here, and can fail")]
pub(super) fn settle(_plan: &Plan) -> io::Result<()> {
    Ok(())
}
