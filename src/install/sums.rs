//! Checksums: SHA-256 of a file, and the sum that Go's modules are known by.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use base64::Engine;
use sha2::{Digest, Sha256};

/// SHA-256 of a file's bytes, in hexadecimal.
pub fn of_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&sum.finalize())),
            count => sum.update(&buffer[..count]),
        }
    }
}

pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The checksum in the text of a `.sha256` file: the bare sum, or a line as `sha256sum` writes it.
pub fn written(text: &str) -> Option<String> {
    let word = text.split_whitespace().next()?;
    (word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| word.to_ascii_lowercase())
}

/// The sum of a module, from its files: SHA-256 over a list of theirs, in the order of their names
/// (<https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1>).
#[derive(Debug, Default)]
pub struct ModuleSum(Vec<(String, String)>);

impl ModuleSum {
    /// Adds a file by its name in the archive and the SHA-256 of its bytes.
    pub fn add(&mut self, name: String, sum: &[u8]) {
        self.0.push((name, hexadecimal(sum)));
    }

    pub fn finish(mut self) -> String {
        self.0.sort();
        let mut all = Sha256::new();
        for (name, sum) in &self.0 {
            all.update(format!("{sum}  {name}\n"));
        }
        format!("h1:{}", base64::engine::general_purpose::STANDARD.encode(all.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::{ModuleSum, hexadecimal, written};
    use sha2::{Digest, Sha256};

    #[test]
    fn checksum_files_are_read_in_both_forms() {
        let sum = "675c26c449cbb18fc24b74650de1eabbae6e16f64326fd85a283fb3b58280685";
        assert_eq!(written(&format!("{sum}  go1.27.0.linux-amd64.tar.gz\n")).as_deref(), Some(sum));
        assert_eq!(written(&sum.to_uppercase()).as_deref(), Some(sum));
        assert_eq!(written("<html>not found</html>"), None);
    }

    #[test]
    fn a_modules_sum_is_the_one_that_go_writes() {
        // What `go mod download` says of rsc.io/quote v1.5.2's file go.mod.
        let go_mod = "module \"rsc.io/quote\"\n\nrequire \"rsc.io/sampler\" v1.3.0\n";
        let mut sum = ModuleSum::default();
        sum.add("go.mod".to_owned(), &Sha256::digest(go_mod));
        assert_eq!(sum.finish(), "h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=");
        assert_eq!(hexadecimal(&[0, 255]), "00ff");
    }
}
