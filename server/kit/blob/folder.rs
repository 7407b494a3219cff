//! The folder: temporary files on the same file system, renamed into place once they are synced.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{collections::HashSet, sync::Mutex};

use rustix::fs::Advice;
use rustix::io::Errno;

use super::BlobName;
use crate::kit::clock::{DAY_MS, Moment};
use crate::kit::halt::halt;
use crate::kit::http::problem::{Code, Problem};

/// Folders that unfinished files are spread over: who makes or moves a file holds its folder, and others would wait.
const LANES: u64 = 16;

#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    unfinished: PathBuf,
    next: AtomicU64,
    /// Folders whose entry in their parent is known to be on the disk. One that exists but is not in here may have been made a moment
    /// ago by another upload that has not synced it yet.
    settled: Mutex<HashSet<PathBuf>>,
}

impl Folder {
    pub(super) fn open(root: &Path) -> Result<Self, Problem> {
        let unfinished = root.join("unfinished");
        for lane in 0..LANES {
            fs::create_dir_all(unfinished.join(lane.to_string())).map_err(|error| failed("the evidence folder cannot be made", &error))?;
        }
        sync_folder(root);
        if let Some(parent) = root.parent() {
            sync_folder(parent);
        }
        Ok(Self { root: root.to_owned(), unfinished, next: AtomicU64::new(0), settled: Mutex::default() })
    }

    /// Removes what uploads left behind that ended with their server. Younger ones may belong to another server on this folder.
    pub(super) fn sweep(&self, now: Moment) -> Result<(), Problem> {
        let wrong = |error| failed("the evidence folder cannot be read", &error);
        let lanes = (0..LANES).map(|lane| self.unfinished.join(lane.to_string()));
        let mut entries = Vec::new();
        for folder in lanes.chain([self.unfinished.clone()]) {
            entries.extend(fs::read_dir(folder).map_err(wrong)?);
        }
        for entry in entries {
            let entry = entry.map_err(wrong)?;
            if entry.file_type().map_err(wrong)?.is_dir() {
                continue;
            }
            let Ok(changed) = entry.metadata().and_then(|meta| meta.modified()) else { continue };
            let changed_ms = changed.duration_since(std::time::UNIX_EPOCH).map_or(0, |age| i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
            if now.since(Moment::from_ms(changed_ms)) > DAY_MS {
                fs::remove_file(entry.path()).map_err(wrong)?;
            }
        }
        Ok(())
    }

    /// Opens a new temporary file.
    pub(super) fn temporary(&self) -> Result<Temporary, Problem> {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let path = self.unfinished.join((number % LANES).to_string()).join(format!("{}-{number}", std::process::id()));
            match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Temporary { file, path: Some(path) }),
                // Left by an earlier process of this number, or made by another machine on this folder.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed("a temporary file cannot be made", &error)),
            }
        }
    }

    /// Makes a finished file durable under its name.
    pub(super) fn keep(&self, mut temporary: Temporary, name: BlobName) -> Result<(), Problem> {
        match rustix::fs::fsync(&temporary.file) {
            Ok(()) => {}
            // Nothing was promised about this file, and it is never synced again: it goes, and the phone sends another.
            Err(Errno::NOSPC | Errno::DQUOT) => return Err(Problem::of(Code::StorageFull)),
            Err(error) => stop(error, "file"),
        }
        // Its bytes are read once more, to be drawn. Until then the next file finds their memory warm, and the database keeps its own:
        // memory that nobody has used before costs a machine that is a guest on another four times as much.
        rustix::fs::fadvise(&temporary.file, 0, None, Advice::DontNeed).unwrap_or_default();
        let shelf = self.root.join(name.shelf());
        let is_new = !self.is_settled(&shelf);
        if is_new {
            make_folder(&shelf)?;
        }
        let renamed = fs::rename(temporary.path.as_ref().unwrap_or(&shelf), shelf.join(name.as_str()));
        renamed.map_err(|error| failed("evidence cannot be put in its place", &error))?;
        temporary.path = None;
        // From the inside out and all at the end: the first sync carries the others' changes along, which makes them cheap.
        sync_folder(&shelf);
        if is_new {
            self.settle(shelf);
        }
        Ok(())
    }

    fn is_settled(&self, folder: &Path) -> bool {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner).contains(folder)
    }

    /// Makes a shelf's entry in the root durable, once.
    fn settle(&self, shelf: PathBuf) {
        sync_folder(&self.root);
        self.settled.lock().unwrap_or_else(PoisonError::into_inner).insert(shelf);
    }

    pub(super) fn answers(&self) -> Result<(), Problem> {
        // A folder that was unmounted or moved away no longer has this one in it.
        fs::metadata(&self.unfinished).map(drop).map_err(|error| {
            tracing::error!(%error, "the evidence folder is not there");
            Problem::of(Code::Busy)
        })
    }
}

/// A file that vanishes unless it is kept.
#[derive(Debug)]
pub(super) struct Temporary {
    pub(super) file: File,
    path: Option<PathBuf>,
}

impl Temporary {
    /// Removes it now: for threads that may wait for the disk.
    pub(super) fn remove(mut self) {
        self.path.take().into_iter().for_each(remove);
    }
}

fn remove(path: PathBuf) {
    if let Err(error) = fs::remove_file(path) {
        tracing::warn!(%error, "an unfinished upload could not be removed; the next start will");
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let Some(path) = self.path.take() else { return };
        // A cut upload is dropped on a thread that serves requests, which must not wait for the disk.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || remove(path))),
            Err(_) => remove(path),
        }
    }
}

/// A disk's error in our words: full is full, everything else is unexpected.
pub(super) fn failed(what: &str, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Problem::of(Code::StorageFull),
        _ => Problem::unexpected(format!("{what}: {error}")),
    }
}

fn make_folder(folder: &Path) -> Result<(), Problem> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(failed("a folder cannot be made", &error)),
        _ => Ok(()),
    }
}

fn sync_folder(folder: &Path) {
    let synced = File::open(folder).map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO)).and_then(|file| rustix::fs::fsync(&file));
    match synced {
        // Some network file systems sync folders by themselves and say so in this way.
        Ok(()) | Err(Errno::INVAL) => {}
        Err(error) => stop(error, "folder"),
    }
}

fn stop(error: Errno, what: &str) -> ! {
    tracing::error!(%error, "not synced");
    halt(what)
}
