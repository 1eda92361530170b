//! A web server on this machine, of files that are held in memory, and of the faults that networks have.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// How it treats those who ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Well,
    /// Each answer is cut off after so many bytes.
    Cuts(usize),
    /// Falls silent after so many bytes, until the other side has enough.
    Stalls(usize),
}

/// The server; it ends with the test's process.
pub struct Server {
    address: String,
    manner: Arc<Mutex<Manner>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves these files, by their paths (`/a/b.zip`).
    pub fn with(files: BTreeMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let manner = Arc::new(Mutex::new(Manner::Well));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (files, their_manner, their_asked) = (Arc::new(files), manner.clone(), asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (files, manner, asked) = (files.clone(), their_manner.clone(), their_asked.clone());
                std::thread::spawn(move || {
                    let manner = *manner.lock().expect("no test panics with it");
                    // Who goes away in the middle is no fault here.
                    let _ = answer(stream, &files, manner, &asked);
                });
            }
        });
        Self { address, manner, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub fn behave(&self, manner: Manner) {
        *self.manner.lock().expect("no test panics with it") = manner;
    }

    /// What was asked for so far: the path, and the range behind it where one was.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test panics with it").clone()
    }
}

fn answer(
    mut stream: TcpStream,
    files: &BTreeMap<String, Vec<u8>>,
    manner: Manner,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or("").to_owned();
    let mut from = 0;
    for line in lines {
        let line = line?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(range) = line.strip_prefix("range: bytes=") {
            from = range.trim_end_matches('-').parse().unwrap_or(0);
        }
    }
    asked.lock().expect("no test panics with it").push(if from > 0 { format!("{path} {from}-") } else { path.clone() });
    let Some(file) = files.get(&path) else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    let part = file.get(from..).unwrap_or(&[]);
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", part.len())?;
    match manner {
        Manner::Well => stream.write_all(part),
        Manner::Cuts(bytes) => stream.write_all(&part[..bytes.min(part.len())]),
        Manner::Stalls(bytes) => {
            stream.write_all(&part[..bytes.min(part.len())])?;
            stream.read(&mut [0]).map(drop)
        }
    }
}
