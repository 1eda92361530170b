//! The archives that Go comes in, unpacked with care: nothing outside the folder, no links, no more than Go can be.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::sums::ModuleSum;
use super::{Phase, Watcher};
use crate::base::FilePath;

/// More than this is no Go: 1.27 has 16,000 files and 280 MB.
const FILES: usize = 60_000;
const BYTES: u64 = 1_500_000_000;
/// An archive grows by about this when it is unpacked.
const GROWTH: u64 = 4;
/// How often it is told how far it is.
const TOLD_EVERY: u64 = 4 << 20;

/// Why an archive was not unpacked.
#[derive(Debug)]
pub enum Fault {
    Stopped,
    /// The archive's own fault.
    Wrong(String),
    Write(io::Error),
}

/// The kind of an archive, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    TarGz,
    Zip,
}

fn kind(file: &Path) -> Result<Kind, String> {
    let mut first = [0; 4];
    let read = File::open(file).and_then(|mut file| file.read_exact(&mut first));
    match (read, first) {
        (Ok(()), [0x1f, 0x8b, ..]) => Ok(Kind::TarGz),
        (Ok(()), [b'P', b'K', 3, 4]) => Ok(Kind::Zip),
        (Ok(()), _) => Err("it is neither a .tar.gz nor a .zip".to_owned()),
        (Err(error), _) => Err(format!("it cannot be read ({error})")),
    }
}

/// How many bytes of disk it needs, about.
pub fn unpacked_size(file: &Path) -> Result<u64, String> {
    match kind(file)? {
        Kind::TarGz => fs::metadata(file).map(|data| data.len() * GROWTH).map_err(|error| error.to_string()),
        Kind::Zip => {
            let archive = open_zip(file)?;
            Ok(u64::try_from(archive.decompressed_size().unwrap_or(0)).unwrap_or(u64::MAX))
        }
    }
}

/// Unpacks what is in the archive's one folder into `folder`, and answers with the sum of the files as a module has it.
pub fn unpack(file: &Path, folder: &Path, watcher: Watcher<'_>) -> Result<String, Fault> {
    let size = unpacked_size(file).map_err(Fault::Wrong)?;
    let mut unpacker = Unpacker { folder, watcher, total: size, done: 0, told: 0, files: 0, sum: ModuleSum::default() };
    match kind(file).map_err(Fault::Wrong)? {
        Kind::TarGz => unpacker.tar(file)?,
        Kind::Zip => unpacker.zip(file)?,
    }
    Ok(unpacker.sum.finish())
}

struct Unpacker<'a> {
    folder: &'a Path,
    watcher: Watcher<'a>,
    total: u64,
    done: u64,
    told: u64,
    files: usize,
    sum: ModuleSum,
}

impl Unpacker<'_> {
    fn tar(&mut self, file: &Path) -> Result<(), Fault> {
        let wrong = |error: io::Error| Fault::Wrong(format!("it is damaged ({error})"));
        let reader = BufReader::new(File::open(file).map_err(wrong)?);
        let mut archive = tar::Archive::new(GzDecoder::new(reader));
        for entry in archive.entries().map_err(wrong)? {
            let mut entry = entry.map_err(wrong)?;
            let name = entry.path().map_err(wrong)?.to_string_lossy().into_owned();
            match entry.header().entry_type() {
                tar::EntryType::Directory | tar::EntryType::XGlobalHeader => {}
                tar::EntryType::Regular => {
                    let is_program = entry.header().mode().unwrap_or(0) & 0o111 != 0;
                    let inside = inside(&name)?;
                    self.file(&name, &inside, is_program, &mut entry)?;
                }
                _ => return Err(Fault::Wrong(format!("`{name}` in it is neither a file nor a folder"))),
            }
        }
        Ok(())
    }

    fn zip(&mut self, file: &Path) -> Result<(), Fault> {
        let mut archive = open_zip(file).map_err(Fault::Wrong)?;
        for index in 0..archive.len() {
            let wrong = |error: zip::result::ZipError| Fault::Wrong(format!("it is damaged ({error})"));
            let mut entry = archive.by_index(index).map_err(wrong)?;
            let name = entry.name().map_err(wrong)?.into_owned();
            if entry.is_symlink() {
                return Err(Fault::Wrong(format!("`{name}` in it is a link")));
            }
            if !entry.is_file() {
                continue;
            }
            let inside = inside(&name)?;
            // Modules keep no rights.
            let is_program = inside.as_str().starts_with("bin/") || inside.as_str().starts_with("pkg/tool/");
            self.file(&name, &inside, is_program, &mut entry)?;
        }
        Ok(())
    }

    fn file(&mut self, name: &str, inside: &FilePath, is_program: bool, content: &mut dyn Read) -> Result<(), Fault> {
        self.files += 1;
        if self.files > FILES {
            return Err(Fault::Wrong(format!("it has more than {FILES} files")));
        }
        let path = FilePath::under(&own_name(inside), self.folder);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(Fault::Write)?;
        }
        // Twice the same name is no Go, and could be a way round the checks.
        let mut file = File::create_new(&path).map_err(Fault::Write)?;
        let sum = self.copy(content, &mut file)?;
        self.sum.add(name.to_owned(), &sum);
        if is_program {
            make_program(&file).map_err(Fault::Write)?;
        }
        Ok(())
    }

    fn copy(&mut self, content: &mut dyn Read, file: &mut File) -> Result<Vec<u8>, Fault> {
        let mut sum = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = content.read(&mut buffer).map_err(|error| Fault::Wrong(format!("it is damaged ({error})")))?;
            if count == 0 {
                return Ok(sum.finalize().to_vec());
            }
            self.done += count as u64;
            if self.done > BYTES {
                return Err(Fault::Wrong(format!("it unpacks to more than {} MB", BYTES / 1_000_000)));
            }
            sum.update(&buffer[..count]);
            file.write_all(&buffer[..count]).map_err(Fault::Write)?;
            if self.done - self.told >= TOLD_EVERY {
                self.told = self.done;
                let phase = Phase::Unpacking { done: self.done, total: self.total.max(self.done) };
                if (self.watcher)(phase) == ControlFlow::Break(()) {
                    return Err(Fault::Stopped);
                }
            }
        }
    }
}

fn open_zip(file: &Path) -> Result<ZipArchive<BufReader<File>>, String> {
    let file = File::open(file).map_err(|error| error.to_string())?;
    ZipArchive::new(BufReader::new(file)).map_err(|error| format!("it is damaged ({error})"))
}

/// The path behind the folder that everything in the archive is in: `go/`, or the module's
/// `golang.org/toolchain@v0.0.1-go1.27.0.linux-amd64/`.
fn inside(name: &str) -> Result<FilePath, Fault> {
    let rest = name.strip_prefix("go/").or_else(|| {
        let module = name.strip_prefix("golang.org/toolchain@")?;
        module.split_once('/').map(|(_, rest)| rest)
    });
    let path = rest.ok_or_else(|| Fault::Wrong(format!("`{name}` in it is not in the folder `go`")))?;
    FilePath::parse(path).map_err(|error| Fault::Wrong(format!("`{name}` in it leads astray: {error}")))
}

/// Modules cannot hold other modules, so their `go.mod` files are kept under another name.
fn own_name(inside: &FilePath) -> FilePath {
    let whole = inside.as_str();
    let named = whole.strip_suffix("_go.mod").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    named.and_then(|folder| FilePath::parse(&format!("{folder}go.mod")).ok()).unwrap_or_else(|| inside.clone())
}

#[cfg(unix)]
fn make_program(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
fn make_program(_: &File) -> io::Result<()> {
    Ok(())
}
