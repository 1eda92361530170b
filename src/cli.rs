//! Flags → a command to carry out; decides nothing.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};
pub use clap_complete::Shell;

const AFTER_HELP: &str = "\
Examples:
  haveago                        go on where you were
  haveago 1.3                    open lesson 3 of chapter 1
  haveago start a project        open a lesson by words of its title
  haveago --plain                the same course, line by line
  haveago progress               see where you are
  haveago review                 answer questions from earlier lessons again
  haveago goto 1.5               catch up: the files of a lesson that you come to late
  haveago reset                  start the step over
  haveago search slice append    find the places that speak of both
  haveago --course ./my-course   learn another course
  haveago doctor                 see whether this machine is ready
  haveago check ./my-course      prove that every step of a course works
  go build 2>&1 | haveago explain    what the message means

Exit status: 0 done, 1 what was asked for failed, 2 wrong usage.";

/// What was asked for on the command line.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "haveago",
    version,
    about = "Learn Go in the terminal: a lesson on the left, the real go toolchain on the right",
    after_help = AFTER_HELP,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = false,
    max_term_width = 100
)]
pub struct Cli {
    /// The lesson to open: its number (1.3), its id, or words of its title; else where you were
    #[arg(value_name = "LESSON", num_args = 0..)]
    pub lesson: Vec<String>,

    /// Line by line, without a full screen: for screen readers, simple terminals and scripts
    #[arg(long)]
    pub plain: bool,

    #[command(flatten)]
    pub places: Places,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Where things are; the same for every command.
#[derive(Clone, Debug, Args)]
pub struct Places {
    /// The folder of another course (the one with its course.toml)
    #[arg(long, value_name = "DIR", global = true)]
    pub course: Option<PathBuf>,

    /// Keep work, progress, settings and caches below this folder
    #[arg(long, value_name = "DIR", global = true, env = "HAVEAGO_DATA")]
    pub data: Option<PathBuf>,

    /// Run programs even where nothing confines them: only courses that you trust
    #[arg(long, global = true)]
    pub allow_unconfined: bool,
}

#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// List the chapters and lessons, with what is done
    Contents,
    /// Find words in the course's text
    Search {
        #[arg(value_name = "WORDS", required = true)]
        words: Vec<String>,
    },
    /// Tell where you are and what is next
    Progress {
        /// As JSON, for other programs
        #[arg(long)]
        json: bool,
    },
    /// Answer two questions from earlier lessons again, those that are due
    Review,
    /// Go to a lesson with the files as they are after the one before it; your own are set aside
    Goto {
        /// The lesson: its number (1.3), its id, or words of its title
        #[arg(value_name = "LESSON", required = true)]
        lesson: Vec<String>,
    },
    /// Lay the files of a step as they are at its start; your own are set aside
    Reset {
        /// The lesson, at the step where you are in it; else the one that you are in
        #[arg(value_name = "LESSON")]
        lesson: Vec<String>,
        /// Bring back what was set aside last, by this command or by `goto`
        #[arg(long)]
        undo: bool,
    },
    /// Prove a course: every step fails before its solution, passes after it, and shows only what is true
    Check {
        /// The folder of the course; else the one that haveago brings along
        // Its name differs from that of `--course`: clap takes arguments of one name for the same.
        #[arg(value_name = "COURSE")]
        folder: Option<PathBuf>,
        /// Only this lesson: its number (1.3), its id, or words of its title
        #[arg(value_name = "LESSON")]
        only: Vec<String>,
        /// As JSON, for other programs
        #[arg(long)]
        json: bool,
        /// The go command to prove it with; several, one after another, when given again
        #[arg(long, value_name = "PATH")]
        go: Vec<PathBuf>,
    },
    /// Tell whether this machine has all that learning needs, and what to do where it has not
    Doctor {
        /// As JSON, for other programs
        #[arg(long)]
        json: bool,
    },
    /// Explain a message of Go: piped in, given as words, or by the name of its explanation
    Explain {
        #[arg(value_name = "MESSAGE")]
        words: Vec<String>,
    },
    /// The Go that lessons run: which it is; one for haveago alone installed or removed
    Go {
        #[command(subcommand)]
        what: GoCommand,
    },
    /// Print the completions of a shell, to be saved where that shell looks for them
    Completions {
        #[arg(value_name = "SHELL")]
        shell: Shell,
    },
}

#[derive(Clone, Debug, Subcommand)]
pub enum GoCommand {
    /// Tell which Go lessons run, and where it comes from
    Status,
    /// Install a Go for haveago alone; nothing else on this computer is changed
    Install {
        /// The version (1.27.0); else the newest that is known
        version: Option<String>,
        /// An archive of Go, a folder with one in it, or its address
        #[arg(long, value_name = "FILE|DIR|URL")]
        from: Option<String>,
    },
    /// Remove a Go that haveago has installed
    Remove { version: String },
}

/// Reads the arguments, the program's own name first.
///
/// # Errors
/// With what to print, for wrong usage and for `--help` and `--version` as well.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(args)
}

/// The completions of `shell`.
#[must_use]
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "haveago", &mut text);
    text
}

/// The names of the commands, for a word that is neither a lesson nor a command.
#[must_use]
pub fn command_names() -> Vec<String> {
    Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Cli, Command, parse};

    fn read(line: &str) -> Cli {
        parse(line.split(' ').map(Into::into)).expect(line)
    }

    #[test]
    fn lessons_and_commands_are_told_apart() {
        assert!(read("haveago").command.is_none());
        assert_eq!(read("haveago start a project").lesson, ["start", "a", "project"]);
        assert_eq!(read("haveago --plain 1.3").lesson, ["1.3"]);
        assert!(matches!(read("haveago contents").command, Some(Command::Contents)));
        let cli = read("haveago progress --json --data /tmp/d");
        assert!(matches!(cli.command, Some(Command::Progress { json: true })));
        assert_eq!(cli.places.data.as_deref(), Some(std::path::Path::new("/tmp/d")));
        let cli = read("haveago goto start a project");
        assert!(matches!(cli.command, Some(Command::Goto { lesson }) if lesson == ["start", "a", "project"]));
        let cli = read("haveago reset 1.2 --undo");
        assert!(matches!(cli.command, Some(Command::Reset { lesson, undo: true }) if lesson == ["1.2"]));
        let cli = read("haveago --course c check x 1.2 --go /go");
        assert!(matches!(cli.command, Some(Command::Check { only, .. }) if only == ["1.2"]));
        assert_eq!(cli.places.course.as_deref(), Some(std::path::Path::new("c")));
    }
}
