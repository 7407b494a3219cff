//! Evidence bytes by the SHA-256 of themselves: in a folder, or in an S3-compatible store.
//!
//! An [`Upload`] takes bytes as they come and answers only when they are durable under the name they really have. Beside each blob
//! lie renditions of it, which can be made again and need no such care.

mod address;
mod folder;
mod name;
mod parts;
mod upload;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::Stream;
use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::sync::Semaphore;

use crate::kit::clock::Moment;
use crate::kit::http::problem::{Code, Problem};
use folder::Folder;

pub use name::BlobName;
pub use parts::Parts;
pub use upload::{Source, Upload};

/// Files being synced at once: enough for the disk to take them together, few enough to leave threads to others.
const WRITES_AT_ONCE: usize = 32;
/// Uploads that are read at the same time as fast as they come, as many as are written. Behind them others wait with their bytes unread, in the order they came:
/// a thousand phones at once are served as fast, one after the other, and take no more memory than these.
const SLOTS: usize = 32;
/// What one with a slot gathers in memory: most pictures are written in one go.
const LARGE_PIECE: usize = 1 << 20;
/// What one gathers whose line is slow.
const SMALL_PIECE: usize = 64 << 10;

/// From one blob to the next while somebody sends several.
const BETWEEN_TWO: Duration = Duration::from_millis(500);

/// The store of evidence bytes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    /// Where unfinished uploads lie; for a folder store also where finished ones go.
    folder: Arc<Folder>,
    is_folder: bool,
    slots: Arc<Semaphore>,
    writes: Semaphore,
    /// When a blob was kept last.
    kept: Mutex<Option<Instant>>,
}

impl Blobs {
    /// Opens `file:///path` or `s3://bucket/prefix?endpoint=…&region=…` (credentials from the usual `AWS_*` environment), and removes
    /// what uploads that never ended have left behind. Uploads to S3 are gathered below `scratch`.
    ///
    /// # Errors
    /// When the URL cannot be understood or the folder cannot be used.
    pub fn open(url: &str, scratch: &std::path::Path, now: Moment) -> Result<Self, Problem> {
        let opened = address::open(url, scratch)?;
        Self::assemble(opened.store, opened.prefix, &opened.folder, opened.is_folder, now)
    }

    /// Over any object store that keeps what it acknowledges; uploads are gathered below `scratch`.
    ///
    /// # Errors
    /// When the scratch folder cannot be used.
    pub fn over(store: Arc<dyn ObjectStore>, prefix: Path, scratch: &std::path::Path, now: Moment) -> Result<Self, Problem> {
        Self::assemble(store, prefix, scratch, false, now)
    }

    fn assemble(store: Arc<dyn ObjectStore>, prefix: Path, folder: &std::path::Path, is_folder: bool, now: Moment) -> Result<Self, Problem> {
        let folder = Arc::new(Folder::open(folder)?);
        folder.sweep(now)?;
        let (slots, writes) = (Arc::new(Semaphore::new(SLOTS)), Semaphore::new(WRITES_AT_ONCE));
        Ok(Self(Arc::new(Inner { store, prefix, folder, is_folder, slots, writes, kept: Mutex::default() })))
    }

    /// Begins to receive a blob of at most `limit` bytes that is said to have this name.
    #[must_use]
    pub fn upload(&self, name: BlobName, limit: u64) -> Upload {
        Upload::begin(self.clone(), name, limit)
    }

    /// How many bytes the blob has; none where it is not here.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn size(&self, name: BlobName) -> Result<Option<u64>, Problem> {
        match self.0.store.head(&self.path(name)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unwell(&error)),
        }
    }

    /// The whole blob; none where it is not here.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(&self, name: BlobName) -> Result<Option<Bytes>, Problem> {
        self.fetch(&self.path(name)).await
    }

    /// The blob's size and its bytes as they are read; none where it is not here.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn stream(&self, name: BlobName) -> Result<Option<(u64, impl Stream<Item = Result<Bytes, Problem>> + use<>)>, Problem> {
        match self.0.store.get(&self.path(name)).await {
            Ok(found) => Ok(Some((found.meta.size, found.into_stream().map_err(|error| unwell(&error))))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unwell(&error)),
        }
    }

    /// A rendition that was kept; none where it has not been made.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn rendition(&self, name: BlobName, kind: &str) -> Result<Option<Bytes>, Problem> {
        self.fetch(&self.rendition_path(name, kind)).await
    }

    /// Keeps a rendition. It is not synced: after a power cut it may be missing or cut short, and is made again.
    ///
    /// # Errors
    /// When the store does not take it.
    pub async fn keep_rendition(&self, name: BlobName, kind: &str, bytes: Vec<u8>) -> Result<(), Problem> {
        let put = self.0.store.put(&self.rendition_path(name, kind), bytes.into()).await;
        put.map(drop).map_err(|error| unwell(&error))
    }

    /// Whether somebody is sending blobs just now, on a line that keeps this machine at work.
    #[must_use]
    pub fn is_receiving(&self) -> bool {
        let kept = *self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        self.0.slots.available_permits() < SLOTS || self.0.writes.available_permits() < WRITES_AT_ONCE || kept.is_some_and(|at| at.elapsed() < BETWEEN_TWO)
    }

    /// A blob was kept.
    fn has_received(&self) {
        *self.0.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// [`Code::Busy`] when it does not.
    pub async fn answers(&self) -> Result<(), Problem> {
        if self.0.is_folder {
            let folder = Arc::clone(&self.0.folder);
            return blocking(move || folder.answers()).await;
        }
        self.size(BlobName::of_bytes(b"")).await.map(drop)
    }

    async fn fetch(&self, path: &Path) -> Result<Option<Bytes>, Problem> {
        let found = match self.0.store.get(path).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(unwell(&error)),
        };
        found.bytes().await.map(Some).map_err(|error| unwell(&error))
    }

    fn path(&self, name: BlobName) -> Path {
        self.0.prefix.clone().join(name.shelf()).join(name.as_str())
    }

    fn rendition_path(&self, name: BlobName, kind: &str) -> Path {
        self.0.prefix.clone().join("renditions").join(name.shelf()).join(format!("{name}-{kind}"))
    }
}

/// The store does not do its work: said in the log, and to the phone to come again.
fn unwell(error: &object_store::Error) -> Problem {
    tracing::error!(%error, "the evidence store does not answer");
    Problem::of(Code::Busy)
}

/// Disk work, away from the threads that serve requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|lost| Problem::unexpected(format!("a disk task ended early: {lost}")))?
}
