//! A blob on its way in: gathered in memory while it is small and comes fast, written to the disk piece by piece when it does not.

use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, Write};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use object_store::ObjectStoreExt;
use sha2::{Digest, Sha256};
use tokio::sync::OwnedSemaphorePermit;

use super::folder::{Folder, Temporary, failed};
use super::{BlobName, Blobs, LARGE_PIECE, SMALL_PIECE, blocking, unwell};
use crate::kit::digest::hex;
use crate::kit::http::problem::{Code, Problem};

/// How much of the beginning is kept to be looked at.
const HEAD: usize = 20;
/// How long an upload waits for a slot before it is told to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// What a check may do with an upload before it is kept.
pub trait Source: BufRead + Seek {}
impl<T: BufRead + Seek> Source for T {}

/// An upload under way. Dropped before [`Upload::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Upload {
    blobs: Blobs,
    name: BlobName,
    limit: u64,
    received: u64,
    head: Vec<u8>,
    buffer: BytesMut,
    spool: Spool,
    /// Held until it is kept or gone.
    slot: Option<OwnedSemaphorePermit>,
}

#[derive(Debug, Default)]
struct Spool {
    hash: Sha256,
    file: Option<Temporary>,
}

impl Upload {
    pub(super) fn begin(blobs: Blobs, name: BlobName, limit: u64) -> Self {
        Self { blobs, name, limit, received: 0, head: Vec::with_capacity(HEAD), buffer: BytesMut::new(), spool: Spool::default(), slot: None }
    }

    /// Waits for a slot, in which so many announced bytes are gathered in memory. One without gathers little.
    ///
    /// # Errors
    /// [`Code::Busy`] when none came free in time.
    pub async fn take_slot(&mut self, announced: u64) -> Result<(), Problem> {
        let slot = tokio::time::timeout(LONGEST_WAIT, Arc::clone(&self.blobs.0.slots).acquire_owned()).await;
        self.slot = Some(slot.ok().and_then(Result::ok).ok_or(Problem::of(Code::Busy))?);
        self.buffer.reserve(usize::try_from(announced).map_or(LARGE_PIECE, |bytes| bytes.min(LARGE_PIECE)));
        Ok(())
    }

    /// Whether it has a slot.
    #[must_use]
    pub const fn has_slot(&self) -> bool {
        self.slot.is_some()
    }

    /// Leaves its slot to another and goes on without.
    ///
    /// # Errors
    /// [`Code::StorageFull`] when the disk is full.
    pub async fn leave_slot(&mut self) -> Result<(), Problem> {
        if self.buffer.len() >= SMALL_PIECE {
            self.spill().await?;
        } else {
            self.buffer = BytesMut::from(&self.buffer[..]);
        }
        self.slot = None;
        Ok(())
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`Code::TooLarge`] past the limit, [`Code::StorageFull`] when the disk is full.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.received = self.received.saturating_add(more);
        if self.received > self.limit {
            return Err(Problem::of(Code::TooLarge));
        }
        self.head.extend(bytes.iter().take(HEAD - self.head.len()));
        self.buffer.extend_from_slice(bytes);
        let most = if self.has_slot() { LARGE_PIECE } else { SMALL_PIECE };
        if self.buffer.len() < most { Ok(()) } else { self.spill().await }
    }

    async fn spill(&mut self) -> Result<(), Problem> {
        let (piece, mut spool, folder) = (self.take_buffer(), std::mem::take(&mut self.spool), Arc::clone(&self.blobs.0.folder));
        self.spool = blocking(move || {
            spool.spill(&folder, &piece)?;
            Ok(spool)
        })
        .await?;
        Ok(())
    }

    /// The first bytes that came: 20, or all there are.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// How many bytes came.
    #[must_use]
    pub const fn received(&self) -> u64 {
        self.received
    }

    /// As [`Upload::finish`], for bytes that are the name's only once they have been opened; says how many those are.
    ///
    /// # Errors
    /// As [`Upload::finish`], and what opening says.
    pub async fn finish_opened<T, O, F>(mut self, open: O, check: F) -> Result<(T, u64), Problem>
    where
        T: Send + 'static,
        O: FnOnce(&[u8]) -> Result<Vec<u8>, Problem> + Send + 'static,
        F: FnOnce(&mut dyn Source) -> Result<T, Problem> + Send + 'static,
    {
        // What went to the disk comes back into memory whole, and stands there twice while it is opened.
        let weight = if self.spool.file.is_some() { 8 } else { 1 };
        let turns = self.blobs.clone();
        let _turn = turns.0.writes.acquire_many(weight).await.map_err(|_| Problem::of(Code::Busy))?;
        let (piece, mut spool) = (self.take_buffer(), std::mem::take(&mut self.spool));
        let plain = blocking(move || match spool.file.take() {
            None => open(&piece),
            Some(mut file) => {
                let mut whole = Vec::new();
                let read = file.file.rewind().and_then(|()| file.file.read_to_end(&mut whole));
                read.map_err(|error| failed("evidence cannot be read back", &error))?;
                whole.extend_from_slice(&piece);
                open(&whole)
            }
        })
        .await?;
        let bytes = u64::try_from(plain.len()).unwrap_or(u64::MAX);
        let mut opened = Self::begin(self.blobs.clone(), self.name, self.limit);
        opened.received = bytes;
        opened.slot = self.slot.take();
        opened.buffer = Bytes::from(plain).into();
        Ok((opened.keep(check).await?, bytes))
    }

    /// Ends the upload: the bytes must have the name they were announced under and pass the check, and are durable when this answers.
    ///
    /// # Errors
    /// [`Code::HashMismatch`], what the check says, [`Code::StorageFull`], [`Code::Busy`]. Nothing stays behind.
    pub async fn finish<T, F>(self, check: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Source) -> Result<T, Problem> + Send + 'static,
    {
        // What went to the disk and has to go on to S3 comes back into memory whole.
        let weight = if self.spool.file.is_some() && !self.blobs.0.is_folder { 8 } else { 1 };
        let turns = self.blobs.clone();
        let _turn = turns.0.writes.acquire_many(weight).await.map_err(|_| Problem::of(Code::Busy))?;
        self.keep(check).await
    }

    async fn keep<T, F>(mut self, check: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Source) -> Result<T, Problem> + Send + 'static,
    {
        let blobs = self.blobs.clone();
        let (name, is_folder, folder) = (self.name, self.blobs.0.is_folder, Arc::clone(&self.blobs.0.folder));
        let (piece, mut spool) = (self.take_buffer(), std::mem::take(&mut self.spool));
        let (value, to_send) = blocking(move || {
            let settled = spool.settle(piece, name, is_folder.then_some(&*folder), check);
            // Here, where the disk may be waited for: nothing is left behind when this answers.
            if let Some(refused) = spool.file.take() {
                refused.remove();
            }
            settled
        })
        .await?;
        if let Some(bytes) = to_send {
            blobs.0.store.put(&blobs.path(name), bytes.into()).await.map_err(|error| unwell(&error))?;
        }
        blobs.has_received();
        Ok(value)
    }

    fn take_buffer(&mut self) -> Bytes {
        std::mem::take(&mut self.buffer).freeze()
    }
}

impl Spool {
    /// Holds what came against its name and the check, and keeps it in the folder where that is its place; else hands out all of it.
    fn settle<T, F>(&mut self, piece: Bytes, name: BlobName, to: Option<&Folder>, check: F) -> Result<(T, Option<Bytes>), Problem>
    where
        F: FnOnce(&mut dyn Source) -> Result<T, Problem>,
    {
        self.hash.update(&piece);
        if hex(&self.hash.finalize_reset()) != name.as_str() {
            return Err(Problem::of(Code::HashMismatch));
        }
        let wrong = |error: io::Error| failed("evidence cannot be written", &error);
        let Some(file) = &mut self.file else {
            let value = check(&mut Cursor::new(&piece[..]))?;
            let Some(folder) = to else { return Ok((value, Some(piece))) };
            let mut file = folder.temporary()?;
            file.file.write_all(&piece).map_err(wrong)?;
            folder.keep(file, name)?;
            return Ok((value, None));
        };
        file.file.write_all(&piece).map_err(wrong)?;
        drop(piece);
        file.file.rewind().map_err(wrong)?;
        let value = check(&mut BufReader::new(&file.file))?;
        let Some(folder) = to else {
            let mut whole = Vec::new();
            file.file.rewind().and_then(|()| file.file.read_to_end(&mut whole)).map_err(wrong)?;
            return Ok((value, Some(Bytes::from(whole))));
        };
        if let Some(file) = self.file.take() {
            folder.keep(file, name)?;
        }
        Ok((value, None))
    }

    fn spill(&mut self, folder: &Folder, bytes: &[u8]) -> Result<(), Problem> {
        self.hash.update(bytes);
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(folder.temporary()?),
        };
        file.file.write_all(bytes).map_err(|error| failed("evidence cannot be written", &error))
    }
}
