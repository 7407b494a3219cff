//! A disk that keeps what was synced, and of the rest whatever it likes: any sectors, in any order, any names.
//!
//! Stricter than the file systems we know: syncing a file says nothing of its name, and names not synced may be there in part.

use std::collections::{BTreeMap, HashMap};

use crate::dice::Dice;
use crate::trace::{Call, Event};

const SECTOR: usize = 512;

/// Something asked of a file that need not have happened.
#[derive(Debug, Clone)]
enum Change {
    Bytes { at: usize, bytes: Vec<u8> },
    Length(usize),
}

#[derive(Debug, Clone, Default)]
struct File {
    durable: Vec<u8>,
    /// With the line on which the call had been done.
    pending: Vec<(usize, Change)>,
    /// How long it is to whoever uses it.
    length: usize,
}

/// A name that comes or goes.
#[derive(Debug, Clone)]
struct Naming {
    ended: usize,
    name: String,
    file: Option<usize>,
}

/// The disk.
#[derive(Debug, Default)]
pub struct Disk {
    files: Vec<File>,
    /// What whoever uses it sees.
    seen: BTreeMap<String, usize>,
    durable: BTreeMap<String, usize>,
    pending: HashMap<String, Vec<Naming>>,
    /// Where the next bytes of an open file go. By its path too: a descriptor may be seen to be asked for before its last file is done with.
    ends: HashMap<(i64, String), usize>,
}

/// What is there after the cut, by path.
pub type Image = BTreeMap<String, Vec<u8>>;

fn folder_of(path: &str) -> String {
    path.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default()
}

impl Disk {
    /// A disk that holds this, durably.
    pub fn holding(files: &Image) -> Self {
        let mut disk = Self::default();
        for (path, bytes) in files {
            disk.durable.insert(path.clone(), disk.files.len());
            disk.files.push(File { durable: bytes.clone(), pending: Vec::new(), length: bytes.len() });
        }
        disk.seen = disk.durable.clone();
        disk
    }

    /// A call begins; what it asks may happen from now on.
    pub fn asks(&mut self, event: &Event) {
        match &event.call {
            Call::Open { path, fd, made } => {
                self.ends.insert((*fd, path.clone()), 0);
                if *made && !self.seen.contains_key(path) {
                    self.files.push(File::default());
                    self.name(event.ended, path, Some(self.files.len() - 1));
                }
            }
            Call::Write { path, fd, at, bytes } => {
                let at = at.unwrap_or_else(|| {
                    let end = self.ends.entry((*fd, path.clone())).or_default();
                    *end += bytes.len();
                    *end - bytes.len()
                });
                let Some(file) = self.file(path) else { return };
                file.length = file.length.max(at + bytes.len());
                file.pending.push((event.ended, Change::Bytes { at, bytes: bytes.clone() }));
            }
            Call::Truncate { path, length } => {
                let Some(file) = self.file(path) else { return };
                file.length = *length;
                file.pending.push((event.ended, Change::Length(*length)));
            }
            Call::Rename { from, to } => {
                let file = self.seen.get(from).copied();
                self.name(event.ended, to, file);
                self.name(event.ended, from, None);
            }
            Call::Unlink { path } => self.name(event.ended, path, None),
            Call::Sync { .. } | Call::Mkdir { .. } => {}
        }
    }

    /// A sync that began on a line is done: what had been done before it began is durable.
    pub fn synced(&mut self, path: &str, began: usize) {
        if let Some(file) = self.file(path) {
            let (done, open) = std::mem::take(&mut file.pending).into_iter().partition::<Vec<_>, _>(|(ended, _)| *ended < began);
            file.pending = open;
            done.into_iter().for_each(|(_, change)| apply(&mut file.durable, &change));
        }
        let (done, open) = self.pending.remove(path).unwrap_or_default().into_iter().partition::<Vec<_>, _>(|naming| naming.ended < began);
        self.pending.insert(path.to_owned(), open);
        for naming in done {
            give(&mut self.durable, &naming);
        }
    }

    /// What whoever uses it sees, by path: everything that was asked, done.
    pub fn seen(&self) -> Image {
        let content = |file: &File| {
            let mut bytes = file.durable.clone();
            file.pending.iter().for_each(|(_, change)| apply(&mut bytes, change));
            bytes
        };
        self.seen.iter().map(|(path, at)| (path.clone(), content(&self.files[*at]))).collect()
    }

    fn file(&mut self, path: &str) -> Option<&mut File> {
        self.seen.get(path).and_then(|at| self.files.get_mut(*at))
    }

    fn name(&mut self, ended: usize, path: &str, file: Option<usize>) {
        let naming = Naming { ended, name: path.to_owned(), file };
        give(&mut self.seen, &naming);
        self.pending.entry(folder_of(path)).or_default().push(naming);
    }

    /// The power goes. Three in four times the disk had its own mind about every sector; else it had kept up to some moment.
    pub fn cut(&self, dice: &mut Dice) -> Image {
        let kept = [0.0, 10.0, 50.0, 90.0, 100.0][dice.below(5)];
        let in_order = dice.percent(25.0);
        let mut names = self.durable.clone();
        for namings in self.pending.values() {
            let until = if in_order { dice.below(namings.len() + 1) } else { namings.len() };
            for naming in namings.iter().take(until).filter(|_| in_order || dice.percent(kept)) {
                give(&mut names, naming);
            }
        }
        names.into_iter().map(|(path, at)| (path, self.files[at].left(dice, kept, in_order))).collect()
    }
}

impl File {
    fn left(&self, dice: &mut Dice, kept: f64, in_order: bool) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        let until = if in_order { dice.below(self.pending.len() + 1) } else { self.pending.len() };
        for (n, (_, change)) in self.pending.iter().take(until).enumerate() {
            match change {
                // The last of those that came in order is torn.
                Change::Bytes { at, bytes: whole } if !in_order || n + 1 == until => {
                    let share = if in_order { 50.0 } else { kept };
                    sectors(*at, whole).filter(|_| dice.percent(share)).for_each(|part| apply(&mut bytes, &part));
                }
                Change::Length(_) if !in_order && !dice.percent(kept) => {}
                change => apply(&mut bytes, change),
            }
        }
        // A length that was written and bytes that were not.
        if !self.pending.is_empty() && dice.percent(20.0) && bytes.len() < self.length {
            bytes.resize(self.length, 0);
        }
        bytes
    }
}

/// A write, cut where the disk's sectors end.
fn sectors(at: usize, bytes: &[u8]) -> impl Iterator<Item = Change> {
    let first = SECTOR - at % SECTOR;
    let (head, rest) = bytes.split_at(first.min(bytes.len()));
    let head = (at, head);
    let rest = rest.chunks(SECTOR).enumerate().map(move |(n, part)| (at + first + n * SECTOR, part));
    std::iter::once(head).chain(rest).map(|(at, part)| Change::Bytes { at, bytes: part.to_vec() })
}

fn apply(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Length(length) => content.resize(*length, 0),
        Change::Bytes { at, bytes } => {
            if content.len() < at + bytes.len() {
                content.resize(at + bytes.len(), 0);
            }
            content[*at..at + bytes.len()].copy_from_slice(bytes);
        }
    }
}

fn give(names: &mut BTreeMap<String, usize>, naming: &Naming) {
    match naming.file {
        Some(file) => drop(names.insert(naming.name.clone(), file)),
        None => drop(names.remove(&naming.name)),
    }
}
