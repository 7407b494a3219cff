//! Receives a file: durable first, then known.

use bytes::Bytes;
use futures_util::Stream;
use serde_json::json;

use super::{ARRIVALS, RENDITIONS, Studio};
use crate::accounts::Actor;
use crate::evidence::facts::{self, Facts};
use crate::evidence::media::MediaType;
use crate::evidence::model::{Evidence, MOST_BYTES};
use crate::evidence::{rules, store};
use crate::kit::blob::{BlobName, Blobs, Source, Upload};
use crate::kit::db::{Db, jobs};
use crate::kit::http::gate::chunk_of;
use crate::kit::http::problem::{Answer, Code, Problem};
use crate::kit::seal;

/// Whether a file was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is here now.
    Now,
    /// It was here before.
    Before,
}

/// What a request claims to bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// A file of this type.
    File(MediaType),
    /// A file in a sealed envelope; its type shows when it is open.
    Sealed,
}

/// Takes a file under the name it claims. `declared` is the length of what comes as the request announces it.
///
/// # Errors
/// [`Code::HashMismatch`], [`Code::UnsupportedMediaType`], [`Code::TooLarge`], [`Code::StorageFull`], [`Code::SealBroken`],
/// [`Code::SealKeyUnknown`]; nothing stays behind.
pub async fn receive<S, E>(studio: &Studio, actor: &Actor, name: BlobName, claimed: Claim, declared: Option<u64>, mut body: S) -> Answer<Received>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let (db, blobs) = (studio.db(), studio.blobs());
    actor.must_be(&rules::SENDERS)?;
    if declared.is_some_and(|length| length > MOST_BYTES + seal::OVERHEAD) {
        return Err(Problem::of(Code::TooLarge));
    }
    if is_here(db, blobs, name).await? {
        drain(&mut body).await?;
        return Ok(Received::Before);
    }
    let Claim::File(media_type) = claimed else { return receive_sealed(studio, actor, name, body).await };
    let mut upload = blobs.upload(name, MOST_BYTES);
    let bytes = take(&mut upload, &mut body).await?;
    let facts = upload.finish(move |source| facts::read(source, media_type)).await?;
    record(db, actor, name, media_type, bytes, facts).await
}

async fn receive_sealed<S, E>(studio: &Studio, actor: &Actor, name: BlobName, mut body: S) -> Answer<Received>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let mut upload = studio.blobs().upload(name, MOST_BYTES + seal::OVERHEAD);
    take(&mut upload, &mut body).await?;
    finish(studio, actor, name, upload).await
}

async fn take<S, E>(upload: &mut Upload, body: &mut S) -> Answer<u64>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let mut bytes = 0;
    while let Some(chunk) = chunk_of(body).await? {
        bytes += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        upload.write(&chunk).await?;
    }
    Ok(bytes)
}

/// Ends an upload whose type nobody claimed: it is what it shows, once it is open if it came sealed.
pub(super) async fn finish(studio: &Studio, actor: &Actor, name: BlobName, upload: Upload) -> Answer<Received> {
    let read = |source: &mut dyn Source| {
        let unread = |error| Problem::unexpected(format!("an upload cannot be read back: {error}"));
        let shown = MediaType::of(source).map_err(unread)?.ok_or(Problem::of(Code::UnsupportedMediaType))?;
        Ok((shown, facts::read(source, shown)?))
    };
    let head = upload.head();
    let ((media_type, facts), bytes) = if seal::key_id(head).is_some() {
        let key = studio.seals().key_of(studio.db(), head).await?;
        let what = format!("picture\n{}", name.as_str());
        upload.finish_opened(move |envelope| key.open(envelope, &what).ok_or(Problem::of(Code::SealBroken)), read).await?
    } else {
        let bytes = upload.received();
        (upload.finish(read).await?, bytes)
    };
    record(studio.db(), actor, name, media_type, bytes, facts).await
}

/// Whether a file is here whole: its bytes, and what is known of them.
pub(super) async fn is_here(db: &Db, blobs: &Blobs, name: BlobName) -> Answer<bool> {
    Ok(blobs.size(name).await?.is_some() && db.read(move |conn| Ok(store::find(conn, name)?)).await?.is_some())
}

pub(super) async fn record(db: &Db, actor: &Actor, name: BlobName, media_type: MediaType, bytes: u64, facts: Facts) -> Answer<Received> {
    let event = actor.event("evidence.received", "evidence", name, json!({ "bytes": bytes, "media_type": media_type }));
    let by = actor.id;
    db.write(actor.author(), move |tx| {
        let row = Evidence::received(name, media_type, bytes, &facts, by, tx.now);
        if !store::add(tx.conn, &row)? {
            // Two phones sent it at once.
            tx.unchanged();
            return Ok(Received::Before);
        }
        jobs::enqueue(tx.conn, ARRIVALS, name.as_str(), tx.now)?;
        if row.is_to_be_drawn() {
            jobs::enqueue(tx.conn, RENDITIONS, name.as_str(), tx.now)?;
        }
        tx.record(event.clone());
        Ok(Received::Now)
    })
    .await
}

/// Reads a body to its end: a browser whose request is answered half-way takes it for a broken line and sends it again, for ever.
pub(super) async fn drain<S, E>(body: &mut S) -> Answer<()>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let mut bytes = 0;
    while let Some(chunk) = chunk_of(body).await? {
        bytes += chunk.len();
        if u64::try_from(bytes).unwrap_or(u64::MAX) > MOST_BYTES + seal::OVERHEAD {
            return Err(Problem::of(Code::TooLarge));
        }
    }
    Ok(())
}
