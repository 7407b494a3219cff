//! What the program asked of the disk, as strace wrote it down.

use std::collections::HashMap;

/// A call that changes what a disk holds, or makes it durable.
#[derive(Debug, Clone)]
pub enum Call {
    /// A file opened; `made` where it may have been made.
    Open { path: String, fd: i64, made: bool },
    /// Bytes; without an offset they go where the last ones ended.
    Write { path: String, fd: i64, at: Option<usize>, bytes: Vec<u8> },
    /// Cut to a length, or grown to it.
    Truncate { path: String, length: usize },
    /// A file or a folder made durable.
    Sync { path: String },
    /// Another name.
    Rename { from: String, to: String },
    /// A name less.
    Unlink { path: String },
    /// A folder.
    Mkdir { path: String },
}

/// A call with the lines on which it began and ended, and when it began.
#[derive(Debug, Clone)]
pub struct Event {
    /// What was asked.
    pub call: Call,
    /// The line on which it began.
    pub began: usize,
    /// The line on which it had been done.
    pub ended: usize,
    /// When it began, in microseconds since the epoch.
    pub at_us: i64,
    /// When it was seen to be done; where nothing came in between, when it began.
    pub done_us: i64,
}

/// Calls that are traced.
pub const CALLS: &str = "openat,write,writev,pwrite64,pwritev,fsync,fdatasync,ftruncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat";

/// Reads a trace; calls that failed or have to do with other places are left out.
pub fn read(text: &str, below: &str) -> Vec<Event> {
    let mut open: HashMap<&str, (usize, i64, String)> = HashMap::new();
    let mut events = Vec::new();
    for (line, words) in text.lines().enumerate() {
        let Some((thread, rest)) = words.split_once(' ') else { continue };
        let Some((time, said)) = rest.trim_start().split_once(' ') else { continue };
        let done_us = microseconds(time);
        if let Some(begun) = said.strip_suffix(" <unfinished ...>") {
            open.insert(thread, (line, done_us, begun.to_owned()));
            continue;
        }
        let (began, at_us, whole) = match said.strip_prefix("<... ").and_then(|more| more.split_once(" resumed>")) {
            Some((_, end)) => match open.remove(thread) {
                Some((began, at_us, begun)) => (began, at_us, format!("{begun}{end}")),
                None => continue,
            },
            None => (line, done_us, said.to_owned()),
        };
        if let Some(call) = understood(&whole).filter(|call| call.is_below(below)) {
            events.push(Event { call, began, ended: line, at_us, done_us });
        }
    }
    events.sort_by_key(|event| event.began);
    events
}

impl Call {
    fn is_below(&self, folder: &str) -> bool {
        let (Self::Open { path, .. }
        | Self::Write { path, .. }
        | Self::Truncate { path, .. }
        | Self::Sync { path }
        | Self::Rename { to: path, .. }
        | Self::Unlink { path }
        | Self::Mkdir { path }) = self;
        path.starts_with(folder) && !is_made_anew(path)
    }
}

/// The index of SQLite's log: never synced, and never believed after a cut.
fn is_made_anew(path: &str) -> bool {
    path.ends_with("-shm")
}

fn microseconds(time: &str) -> i64 {
    time.replace('.', "").parse().unwrap_or_default()
}

/// One call with its arguments and its answer.
fn understood(said: &str) -> Option<Call> {
    let (name, rest) = said.split_once('(')?;
    let (arguments, answer) = rest.rsplit_once(") ").or_else(|| rest.rsplit_once(')'))?;
    let answer = answer.trim_start().strip_prefix("= ")?;
    let value: i64 = answer.split(|c: char| !c.is_ascii_digit() && c != '-').next()?.parse().ok()?;
    if value < 0 {
        return None;
    }
    let strings: Vec<Vec<u8>> = quoted(arguments);
    let text = |n: usize| strings.get(n).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let last = |n: usize| arguments.rsplit(", ").nth(n).and_then(|word| word.parse::<usize>().ok());
    Some(match name {
        "openat" => Call::Open { path: text(0)?, fd: value, made: arguments.contains("O_CREAT") },
        "write" => Call::Write { path: place(arguments)?, fd: number(arguments)?, at: None, bytes: part(&strings, value)? },
        "pwrite64" => Call::Write { path: place(arguments)?, fd: number(arguments)?, at: last(0), bytes: part(&strings, value)? },
        "ftruncate" => Call::Truncate { path: place(arguments)?, length: last(0)? },
        "fsync" | "fdatasync" => Call::Sync { path: place(arguments)? },
        "rename" | "renameat" | "renameat2" => Call::Rename { from: text(0)?, to: text(1)? },
        "unlink" | "unlinkat" => Call::Unlink { path: text(0)? },
        "mkdir" | "mkdirat" => Call::Mkdir { path: text(0)? },
        // Nobody here writes in any other way; if somebody begins to, this must learn it.
        other => {
            let elsewhere = |path: &str| !path.starts_with('/') || path.starts_with("/dev") || path.starts_with("/proc");
            let no_matter = place(arguments).is_none_or(|path| elsewhere(&path) || is_made_anew(&path));
            assert!(no_matter, "a call this model does not know: {other}({arguments}");
            return None;
        }
    })
}

fn part(strings: &[Vec<u8>], length: i64) -> Option<Vec<u8>> {
    strings.first()?.get(..usize::try_from(length).ok()?).map(<[u8]>::to_vec)
}

fn number(arguments: &str) -> Option<i64> {
    arguments.split('<').next()?.parse().ok()
}

/// The file behind a descriptor, as strace names it: `12</path>`.
fn place(arguments: &str) -> Option<String> {
    let (_, rest) = arguments.split_once('<')?;
    let (path, _) = rest.split_once('>')?;
    Some(String::from_utf8_lossy(&unescaped(path)).into_owned())
}

/// What stands between quotation marks.
fn quoted(text: &str) -> Vec<Vec<u8>> {
    text.split('"').skip(1).step_by(2).map(unescaped).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4);
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        if *first == b'\\' && more.first() == Some(&b'x') && more.len() >= 3 {
            let digit = |at: usize| char::from(more[at]).to_digit(16).and_then(|value| u8::try_from(value).ok()).unwrap_or_default();
            bytes.push(digit(1) * 16 + digit(2));
            rest = &more[3..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    bytes
}
