//! Builds the files of a module proxy from plain folders, byte for byte the same every time.

use std::collections::BTreeMap;

type Files = BTreeMap<String, Vec<u8>>;

/// The proxy of these modules: each file as `learn.example/greet@v1.0.0/greet.go`. A module of a second major version
/// or a later one is found below `…/v2`, as its path says.
pub fn proxy(modules: &Files) -> Files {
    let mut versions: BTreeMap<(String, String), Files> = BTreeMap::new();
    for (path, bytes) in modules {
        let (name, rest) = path.split_once('@').expect("module@version/file");
        let (version, file) = rest.split_once('/').expect("module@version/file");
        let major = version.trim_start_matches('v').split('.').next().unwrap();
        let module = if matches!(major, "0" | "1") { name.to_owned() } else { format!("{name}/v{major}") };
        versions.entry((module, version.to_owned())).or_default().insert(file.to_owned(), bytes.clone());
    }
    let mut made = Files::new();
    for ((module, version), files) in versions {
        let at = format!("{module}/@v");
        made.entry(format!("{at}/list")).or_default().extend(format!("{version}\n").into_bytes());
        let info = format!("{{\"Version\":\"{version}\",\"Time\":\"2026-01-01T00:00:00Z\"}}\n");
        made.insert(format!("{at}/{version}.info"), info.into_bytes());
        made.insert(format!("{at}/{version}.mod"), files["go.mod"].clone());
        made.insert(format!("{at}/{version}.zip"), zip(&format!("{module}@{version}/"), &files));
    }
    made
}

/// The first moment that a zip knows: 1980-01-01 00:00, as time and date.
const BEGINNING: [u16; 2] = [0, 0b10_0001];
/// Version 1.0 of the format: files are only stored.
const STORED: u16 = 10;

/// An archive of these files below `prefix`, stored as they are, in their order.
fn zip(prefix: &str, files: &Files) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (path, bytes) in files {
        let name = format!("{prefix}{path}");
        let offset = archive.len() as u32;
        let facts = facts(&name, bytes);
        archive.extend(b"PK\x03\x04");
        archive.extend(&facts);
        archive.extend(name.as_bytes());
        archive.extend(bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(STORED.to_le_bytes());
        directory.extend(&facts);
        // Comment, disk, inner and outer attributes: none.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, at) = (files.len() as u16, archive.len() as u32);
    let length = directory.len() as u32;
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([length.to_le_bytes(), at.to_le_bytes()].concat());
    archive.extend([0; 2]);
    archive
}

/// What stands of a file before it and in the directory alike.
fn facts(name: &str, bytes: &[u8]) -> Vec<u8> {
    let (length, size) = (name.len() as u16, bytes.len() as u32);
    // The version needed, no flags, stored.
    let mut facts: Vec<u8> =
        [STORED, 0, 0, BEGINNING[0], BEGINNING[1]].iter().flat_map(|word| word.to_le_bytes()).collect();
    for word in [checksum(bytes), size, size] {
        facts.extend(word.to_le_bytes());
    }
    facts.extend(length.to_le_bytes());
    facts.extend([0; 2]);
    facts
}

/// CRC-32 as zip has it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}
