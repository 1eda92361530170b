//! What kind of executable a file is, from its first bytes: ELF (Linux and its kin), Mach-O (macOS), PE (Windows).

/// How many first bytes [`identify`] can make use of: the headers of every Go program fit well in them.
pub const HEAD: usize = 64 * 1024;

/// An executable of some system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinarySeen {
    pub bytes: u64,
    /// GOOS and GOARCH words: `linux`, `darwin`, `windows`; `amd64`, `arm64`, …; `unknown` where not told.
    pub os: String,
    pub arch: String,
    /// Needs no shared library.
    pub is_static: bool,
    /// Whether this machine can start it by its kind (system and processor).
    pub is_native: bool,
}

/// A system and its processor in GOOS and GOARCH words.
type System = (&'static str, &'static str);

/// Reads the first bytes of a file of `bytes` bytes; `None` when it is no executable. `here` is this machine's GOOS
/// and GOARCH.
///
/// "Static" means that it starts on a system without any library installed. An ELF file is static when it names no
/// interpreter (the loader of shared libraries). Go's Windows programs load only `kernel32.dll`, which every Windows
/// has, so PE counts as static. macOS programs always load `libSystem`, so Mach-O counts as not.
#[must_use]
pub fn identify(head: &[u8], bytes: u64, here: (&str, &str)) -> Option<BinarySeen> {
    let ((os, arch), is_static) = elf(head).or_else(|| mach_o(head)).or_else(|| pe(head)).or_else(|| wasm(head))?;
    let is_native = (os, arch) == here;
    Some(BinarySeen { bytes, os: os.to_owned(), arch: arch.to_owned(), is_static, is_native })
}

/// The name of an executable's format; empty for what is none.
#[must_use]
pub fn format(head: &[u8]) -> &'static str {
    match head {
        [0x7f, b'E', b'L', b'F', ..] => "ELF",
        [0xcf, 0xfa, 0xed, 0xfe, ..] | [0xca, 0xfe, 0xba, 0xbe, ..] => "Mach-O",
        [b'M', b'Z', ..] => "PE",
        [0, b'a', b's', b'm', ..] => "WebAssembly",
        [..] => "",
    }
}

/// Magic, class (1: 32, 2: 64 bits), byte order (1: little), system; then type, machine and the program headers.
fn elf(head: &[u8]) -> Option<(System, bool)> {
    if !head.starts_with(b"\x7fELF") {
        return None;
    }
    let is_64 = *head.get(4)? == 2;
    let read = Reader { head, is_little: *head.get(5)? == 1 };
    // 2: an executable, 3: one that may stand anywhere in memory; the rest are objects and core dumps.
    if !matches!(read.u16(16)?, 2 | 3) {
        return None;
    }
    let os = match head.get(7)? {
        0 | 3 => "linux",
        2 => "netbsd",
        6 => "solaris",
        9 => "freebsd",
        12 => "openbsd",
        _ => "unknown",
    };
    let arch = match (read.u16(18)?, read.is_little) {
        (3, _) => "386",
        (62, _) => "amd64",
        (40, _) => "arm",
        (183, _) => "arm64",
        (243, _) => "riscv64",
        (258, _) => "loong64",
        (22, _) => "s390x",
        (21, true) => "ppc64le",
        (21, false) => "ppc64",
        (_, _) => "unknown",
    };
    Some(((os, arch), !names_interpreter(&read, is_64)?))
}

/// Whether one of the program headers is `PT_INTERP` (3).
fn names_interpreter(read: &Reader<'_>, is_64: bool) -> Option<bool> {
    let (start, size, count) = if is_64 {
        (usize::try_from(read.u64(32)?).ok()?, read.u16(54)?, read.u16(56)?)
    } else {
        (usize::try_from(read.u32(28)?).ok()?, read.u16(42)?, read.u16(44)?)
    };
    let mut kinds = (0..usize::from(count)).map_while(|n| read.u32(start.checked_add(n * usize::from(size))?));
    Some(kinds.any(|kind| kind == 3))
}

/// 64-bit Mach-O, or a fat file holding several.
fn mach_o(head: &[u8]) -> Option<(System, bool)> {
    let read = Reader { head, is_little: true };
    match head.get(..4)? {
        [0xcf, 0xfa, 0xed, 0xfe] => {}
        // A fat file's count of processors is small; a Java class has the same magic and a version above 40 there.
        [0xca, 0xfe, 0xba, 0xbe] if head.get(4..8)? < [0, 0, 0, 20].as_slice() => {
            return Some((("darwin", "unknown"), false));
        }
        _ => return None,
    }
    let arch = match read.u32(4)? {
        0x0100_0007 => "amd64",
        0x0100_000c => "arm64",
        _ => "unknown",
    };
    // LC_LOAD_DYLIB (0xc) among the load commands: each is its kind, its size, and what belongs to it.
    let mut at = 32;
    let mut is_static = true;
    for _ in 0..read.u32(16)?.min(1000) {
        let (Some(kind), Some(size)) = (read.u32(at), read.u32(at + 4)) else { break };
        is_static &= kind != 0xc;
        at += usize::try_from(size).ok()?.max(8);
    }
    Some((("darwin", arch), is_static))
}

fn pe(head: &[u8]) -> Option<(System, bool)> {
    let read = Reader { head, is_little: true };
    if !head.starts_with(b"MZ") {
        return None;
    }
    let at = usize::try_from(read.u32(0x3c)?).ok()?;
    if head.get(at..at.checked_add(4)?)? != b"PE\0\0" {
        return None;
    }
    let arch = match read.u16(at + 4)? {
        0x8664 => "amd64",
        0xaa64 => "arm64",
        0x014c => "386",
        _ => "unknown",
    };
    Some((("windows", arch), true))
}

/// WebAssembly needs a host, so it is not static; Go's two hosts are told by the module they import.
fn wasm(head: &[u8]) -> Option<(System, bool)> {
    if !head.starts_with(b"\0asm") {
        return None;
    }
    let names = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    let os = match (names(b"gojs"), names(b"wasi_snapshot_preview1")) {
        (true, _) => "js",
        (false, true) => "wasip1",
        (false, false) => "unknown",
    };
    Some(((os, "wasm"), false))
}

/// Numbers at an offset, in the file's byte order; `None` past the end.
struct Reader<'a> {
    head: &'a [u8],
    is_little: bool,
}

impl Reader<'_> {
    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let mut bytes: [u8; N] = self.head.get(at..at.checked_add(N)?)?.try_into().ok()?;
        if !self.is_little {
            bytes.reverse();
        }
        Some(bytes)
    }

    fn u16(&self, at: usize) -> Option<u16> {
        self.bytes(at).map(u16::from_le_bytes)
    }

    fn u32(&self, at: usize) -> Option<u32> {
        self.bytes(at).map(u32::from_le_bytes)
    }

    fn u64(&self, at: usize) -> Option<u64> {
        self.bytes(at).map(u64::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::identify;

    /// An ELF header with one program header of the given kind.
    fn elf(machine: u16, kind: u32) -> Vec<u8> {
        let mut head = b"\x7fELF\x02\x01\x01\x00".to_vec();
        head.resize(120, 0);
        head[16] = 2;
        head[18..20].copy_from_slice(&machine.to_le_bytes());
        head[32] = 64;
        head[54] = 56;
        head[56] = 1;
        head[64..68].copy_from_slice(&kind.to_le_bytes());
        head
    }

    fn mach_o(cpu: u32, command: u32) -> Vec<u8> {
        let mut head = vec![0xcf, 0xfa, 0xed, 0xfe];
        head.extend(cpu.to_le_bytes());
        head.resize(16, 0);
        head.extend(1u32.to_le_bytes());
        head.resize(32, 0);
        head.extend(command.to_le_bytes());
        head.extend(24u32.to_le_bytes());
        head.resize(64, 0);
        head
    }

    fn pe(machine: u16) -> Vec<u8> {
        let mut head = b"MZ".to_vec();
        head.resize(0x80, 0);
        head[0x3c] = 0x80;
        head.extend(b"PE\0\0");
        head.extend(machine.to_le_bytes());
        head
    }

    #[test]
    fn each_kind_is_told_by_its_headers() {
        for (head, system, is_static, is_native) in [
            (elf(62, 1), "linux/amd64", true, true),
            (elf(62, 3), "linux/amd64", false, true),
            (elf(183, 1), "linux/arm64", true, false),
            (mach_o(0x0100_000c, 0xc), "darwin/arm64", false, false),
            (pe(0x8664), "windows/amd64", true, false),
            (b"\0asm\x01\0\0\0\x01\x04gojs".to_vec(), "js/wasm", false, false),
        ] {
            let seen = identify(&head, 7, ("linux", "amd64")).unwrap();
            assert_eq!(format!("{}/{}", seen.os, seen.arch), system);
            assert_eq!((seen.is_static, seen.is_native, seen.bytes), (is_static, is_native, 7), "{system}");
        }
    }

    #[test]
    fn what_is_no_executable_or_is_cut_short_is_none() {
        assert_eq!(identify(b"package main\n", 13, ("linux", "amd64")), None);
        assert_eq!(identify(b"MZ", 2, ("linux", "amd64")), None);
        let whole = elf(62, 1);
        for length in 0..58 {
            assert_eq!(identify(&whole[..length], 7, ("linux", "amd64")), None, "{length}");
        }
    }
}
