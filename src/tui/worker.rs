//! Does what `update` wants done, on threads of its own, and answers with messages.

mod disk;
mod go;
mod install;
mod look;
mod over;
mod problems;
mod programs;
mod progress;
mod warm;
mod watch;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, unbounded};

use crate::course::Course;
use crate::course::model::LessonIndex;
use crate::learner::Event;
use crate::page;
use crate::sandbox::doctor::measured::Terminal;
use crate::sandbox::doctor::{self, Patient};
use crate::sandbox::{self, Dirs, Scratch, environment};
use crate::store::progress::Log;
use crate::store::{Consent, CourseSource};
use crate::tutor;

use super::Options;
use super::effect::Effect;
use super::msg::Msg;
use super::thread;

/// The threads: one for progress, one for everything else on the disk, one that looks at checks, two that find problems, one that starts programs.
#[derive(Debug)]
pub struct Worker {
    progress: Option<Sender<Vec<Event>>>,
    disk: Option<Sender<Effect>>,
    look: Option<Sender<Effect>>,
    parse: Option<Sender<Effect>>,
    problems: Option<Sender<Effect>>,
    programs: Option<Sender<Effect>>,
    progress_thread: Option<JoinHandle<Option<String>>>,
    disk_thread: Option<JoinHandle<()>>,
    programs_thread: Option<JoinHandle<()>>,
    world: Arc<World>,
    installing: install::Installing,
    /// The warm-up has been started.
    is_warm: bool,
    /// The lesson whose colours were made ready last.
    coloured: Option<LessonIndex>,
}

/// What all threads know.
#[derive(Debug)]
struct World {
    course: Arc<Course>,
    dirs: Dirs,
    source: CourseSource,
    /// A setting that names the `go` to use.
    go: Option<std::path::PathBuf>,
    /// A setting that names the learner's own editor.
    editor: Option<String>,
    /// Found once, off the main thread, and again when it is gone; whoever needs it first waits for it.
    in_use: Mutex<go::InUse>,
    /// How well commands are confined could not be found out, which was told.
    tier: AtomicBool,
    /// The learner's word on this course, where nothing confines its programs.
    consent: Consent,
    inbox: Sender<Msg>,
    watches: Sender<watch::Watch>,
}

impl World {
    fn environment(&self) -> Vec<(String, String)> {
        let mut env = environment::build(&self.dirs, &self.course.id, self.toolchain().as_ref());
        tutor::offer_modules(&mut env, &self.dirs, &self.source, &self.course);
        env
    }

    /// Sees to it that a lesson's folder is there, and tells when it was not. Why it cannot be comes as an error.
    fn stand_up(&self, scratch: &Scratch) -> Result<(), String> {
        if scratch.stand_up().map_err(|error| error.to_string())? {
            self.tell(Msg::FolderGone(scratch.root.clone()));
        }
        Ok(())
    }

    /// Sends an answer. When nobody takes it any more the program is ending, and nothing is lost by it.
    fn tell(&self, msg: Msg) {
        let _ = self.inbox.send(msg);
    }
}

impl Worker {
    /// Starts the threads, and looks for Go.
    #[must_use]
    pub fn start(options: &Options, course: Arc<Course>, log: Log, inbox: Sender<Msg>) -> Self {
        let (watches, watches_in) = unbounded();
        let world = Arc::new(World {
            course,
            dirs: options.dirs.clone(),
            source: options.source.clone(),
            go: options.settings.go.clone(),
            editor: options.settings.editor.clone(),
            in_use: Mutex::default(),
            tier: AtomicBool::new(false),
            consent: Consent::of(&options.dirs.state, &options.source),
            inbox,
            watches,
        });
        let (disk, disk_in) = unbounded();
        let (look, look_in) = unbounded();
        let (parse, parse_in) = unbounded();
        let (problems, problems_in) = unbounded();
        let (programs, programs_in) = unbounded();
        let (progress, progress_in) = unbounded();
        let for_progress = world.clone();
        let progress_thread = thread::spawn("progress", move || progress::serve(&for_progress, log, &progress_in));
        let for_disk = world.clone();
        let for_look = world.clone();
        let disk_thread = thread::spawn("disk", move || disk::serve(&for_disk, &disk_in));
        let for_watch = world.clone();
        for questions in [parse_in, problems_in] {
            let world = world.clone();
            thread::spawn("problems", move || problems::serve(&world, &questions));
        }
        thread::spawn("look", move || look::serve(&for_look, &look_in));
        thread::spawn("watch", move || watch::serve(&for_watch, &watches_in));
        let for_programs = world.clone();
        let programs_thread = thread::spawn("programs", move || programs::serve(&for_programs, &programs_in));
        Self {
            progress: Some(progress),
            disk: Some(disk),
            look: Some(look),
            parse: Some(parse),
            problems: Some(problems),
            programs: Some(programs),
            progress_thread: Some(progress_thread),
            disk_thread: Some(disk_thread),
            programs_thread: Some(programs_thread),
            world,
            installing: install::Installing::default(),
            is_warm: false,
            coloured: None,
        }
    }

    /// Starts the warm-up, once. It comes after the first frame, which is not to wait for it.
    pub fn warm_up(&mut self) {
        if !std::mem::replace(&mut self.is_warm, true) {
            let world = self.world.clone();
            thread::spawn("warm", move || warm::serve(&world));
        }
    }

    /// Makes the colours of the lessons ready that may be opened next.
    fn colour_ahead(&mut self, open: LessonIndex) {
        if self.coloured.replace(open) == Some(open) {
            return;
        }
        let world = self.world.clone();
        thread::spawn("colours", move || {
            let from_here = world.course.lessons().skip_while(|(at, _, _)| *at != open);
            from_here.take(2).for_each(|(_, _, lesson)| page::code::prepare(lesson));
        });
    }

    /// Looks at this machine beside everything else; nobody waits for it.
    fn examine(&self, terminal: Terminal) {
        let world = Arc::clone(&self.world);
        thread::spawn("doctor", move || {
            let patient = Patient { dirs: world.dirs.clone(), go: world.go.clone(), terminal };
            doctor::examine(&patient, &mut |line| world.tell(Msg::Examined(Some(line))));
            world.tell(Msg::Examined(None));
        });
    }

    /// Hands an effect to the thread that does it; never waits.
    pub fn perform(&mut self, effect: Effect) {
        if let Effect::OpenScratch { lesson, .. } = &effect {
            self.colour_ahead(*lesson);
        }
        let effect = match effect {
            Effect::Save(events) => {
                if let Some(progress) = &self.progress {
                    // As below.
                    let _ = progress.send(events);
                }
                return;
            }
            other => other,
        };
        let to = match &effect {
            Effect::OpenScratch { .. }
            | Effect::ListFiles { .. }
            | Effect::MarkFiles
            | Effect::ChangeFiles { .. }
            | Effect::Exchange { .. }
            | Effect::ReadFile { .. }
            | Effect::SaveFile { .. }
            | Effect::FindEditor(_)
            | Effect::KeepCopy { .. }
            | Effect::KeepSettings { .. }
            | Effect::KeepDraft { .. } => &self.disk,
            Effect::Examine(terminal) => {
                self.examine(terminal.clone());
                return;
            }
            Effect::MakeReady { visit, lesson, step } => {
                return over::make_ready(&self.world, *visit, *lesson, step.clone());
            }
            Effect::Observe(_) => &self.look,
            Effect::Parse { .. } => &self.parse,
            Effect::FindProblems { .. } => &self.problems,
            Effect::Run(_)
            | Effect::Allow(_)
            | Effect::Write { .. }
            | Effect::Resize { .. }
            | Effect::Stop(_)
            | Effect::Close(_)
            | Effect::List { .. } => &self.programs,
            Effect::InstallGo(from) => return self.installing.start(&self.world, from.as_deref()),
            Effect::StopInstalling => return self.installing.stop(),
            // The loop itself copies, takes the mouse, starts editors and ends.
            Effect::Save(_) | Effect::Copy(_) | Effect::Mouse(_) | Effect::StartEditor(_) | Effect::Quit => return,
        };
        if let Some(to) = to {
            // A thread that is gone has panicked, and the hook has told it.
            let _ = to.send(effect);
        }
    }

    /// Waits until all that was to be saved is on the disk, and every program is ended. Answers with a sentence when the
    /// disk has refused progress to the last.
    pub fn finish(&mut self) -> Option<String> {
        self.installing.stop();
        self.progress = None;
        self.disk = None;
        self.look = None;
        self.parse = None;
        self.problems = None;
        self.programs = None;
        sandbox::warm::close();
        // A thread that panicked has been told of by the hook.
        let lost = self.progress_thread.take().and_then(|thread| thread.join().ok().flatten());
        for thread in [self.disk_thread.take(), self.programs_thread.take()].into_iter().flatten() {
            let _ = thread.join();
        }
        lost
    }
}
