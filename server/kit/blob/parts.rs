//! A blob that comes over a poor line in parts: each part an object of its own, so that any server can take the next one.
//!
//! Parts are not synced. Whoever asks is told what is here, and what a crash took is sent again; what counts is the hash of the whole.

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

use super::{BlobName, Blobs, Upload, unwell};
use crate::kit::clock::Moment;
use crate::kit::http::problem::Problem;

/// Where parts lie, apart from what is whole: on shelves, as blobs do, for a folder of each upload's own would stay when it is empty.
const PLACE: &str = "parts";
/// Parts of one blob: at 16 KiB each as many as 15 MiB are.
const MOST_PARTS: usize = 1_024;

/// The parts of one blob that one person has sent.
#[derive(Debug)]
pub struct Parts {
    blobs: Blobs,
    shelf: Path,
    /// What their names begin with.
    stem: String,
}

/// A part: where it begins, and how long it is.
type Extent = (u64, u64);

impl Blobs {
    /// The parts of a blob from one sender: nobody adds to what another has begun.
    #[must_use]
    pub fn parts(&self, name: BlobName, sender: &str) -> Parts {
        let shelf = self.0.prefix.clone().join(PLACE).join(name.shelf());
        Parts { blobs: self.clone(), shelf, stem: format!("{}.{sender}.", name.as_str()) }
    }

    /// Removes parts that nobody has added to since; says how many.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sweep_parts(&self, since: Moment) -> Result<usize, Problem> {
        let place = self.0.prefix.clone().join(PLACE);
        let all: Vec<_> = self.0.store.list(Some(&place)).try_collect().await.map_err(|error| unwell(&error))?;
        let mut removed = 0;
        for part in all.into_iter().filter(|part| part.last_modified.timestamp_millis() < since.ms()) {
            remove(self, &part.location).await?;
            removed += 1;
        }
        Ok(removed)
    }
}

impl Parts {
    /// How many bytes are here from the beginning on, without a gap. What has come in more parts than any line needs begins anew.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn offset(&self) -> Result<u64, Problem> {
        let extents = self.extents().await?;
        if extents.len() > MOST_PARTS {
            self.remove().await?;
            return Ok(0);
        }
        Ok(end_of(&extents))
    }

    /// Keeps bytes that begin at an offset.
    ///
    /// # Errors
    /// When the store does not take them.
    pub async fn keep(&self, offset: u64, bytes: Bytes) -> Result<(), Problem> {
        self.blobs.0.store.put(&self.at(offset), bytes.into()).await.map(drop).map_err(|error| unwell(&error))
    }

    /// Hands the whole, as far as it is here, to an upload.
    ///
    /// # Errors
    /// As [`Upload::write`], and when the store does not answer.
    pub async fn hand_to(&self, upload: &mut Upload) -> Result<(), Problem> {
        let mut done = 0;
        for (offset, length) in self.extents().await? {
            if offset > done || offset + length <= done {
                continue;
            }
            let mut known = usize::try_from(done - offset).unwrap_or(usize::MAX);
            let mut part = self.blobs.0.store.get(&self.at(offset)).await.map_err(|error| unwell(&error))?.into_stream();
            while let Some(bytes) = part.next().await.transpose().map_err(|error| unwell(&error))? {
                upload.write(bytes.get(known.min(bytes.len())..).unwrap_or_default()).await?;
                known = known.saturating_sub(bytes.len());
            }
            done = offset + length;
        }
        Ok(())
    }

    /// Removes them all.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remove(&self) -> Result<(), Problem> {
        for (offset, _) in self.extents().await? {
            remove(&self.blobs, &self.at(offset)).await?;
        }
        Ok(())
    }

    async fn extents(&self) -> Result<Vec<Extent>, Problem> {
        let found: Vec<_> = self.blobs.0.store.list(Some(&self.shelf)).try_collect().await.map_err(|error| unwell(&error))?;
        let extent = |meta: object_store::ObjectMeta| Some((meta.location.filename()?.strip_prefix(&*self.stem)?.parse().ok()?, meta.size));
        let mut extents: Vec<Extent> = found.into_iter().filter_map(extent).collect();
        extents.sort_unstable();
        Ok(extents)
    }

    fn at(&self, offset: u64) -> Path {
        self.shelf.clone().join(format!("{}{offset:010}", self.stem))
    }
}

/// Parts may lie over one another: a line that was given up may have gone on for a while beside its successor.
fn end_of(extents: &[Extent]) -> u64 {
    extents.iter().fold(0, |end, (offset, length)| if *offset <= end { end.max(offset + length) } else { end })
}

async fn remove(blobs: &Blobs, path: &Path) -> Result<(), Problem> {
    match blobs.0.store.delete(path).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(unwell(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_count_as_far_as_they_touch() {
        assert_eq!(end_of(&[]), 0);
        assert_eq!(end_of(&[(0, 10), (10, 5)]), 15);
        assert_eq!(end_of(&[(0, 10), (11, 5)]), 10, "a gap");
        assert_eq!(end_of(&[(5, 10)]), 0, "no beginning");
        assert_eq!(end_of(&[(0, 10), (4, 3), (8, 8)]), 16, "over one another");
    }
}
