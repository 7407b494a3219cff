//! Receives a file: durable first, then known.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use serde_json::json;

use super::{ARRIVALS, RENDITIONS, Studio, job_about};
use crate::accounts::Actor;
use crate::accounts::identity::Caller;
use crate::evidence::facts::{self, Facts};
use crate::evidence::media::MediaType;
use crate::evidence::model::{Evidence, MOST_BYTES};
use crate::evidence::{rules, store};
use crate::kit::blob::{BlobName, Blobs, Source, Upload};
use crate::kit::db::{Tx, jobs};
use crate::kit::http::gate::{Piece, chunk_of, piece_within};
use crate::kit::http::problem::{Answer, Code, Problem};
use crate::kit::seal;

/// A line that brings nothing for so long is slow.
const PROMPT: Duration = Duration::from_millis(100);

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
pub async fn receive<S, E>(studio: &Studio, caller: Caller, name: BlobName, claimed: Claim, declared: Option<u64>, mut body: S) -> Answer<Received>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let blobs = studio.blobs();
    let (actor, is_here) = sender_of(caller, blobs, name).await?;
    if declared.is_some_and(|length| length > MOST_BYTES + seal::OVERHEAD) {
        return Err(Problem::of(Code::TooLarge));
    }
    if is_here {
        drain(&mut body).await?;
        return Ok(Received::Before);
    }
    let Claim::File(media_type) = claimed else { return receive_sealed(studio, &actor, name, declared, body).await };
    let mut upload = blobs.upload(name, MOST_BYTES);
    let bytes = take(&mut upload, declared, &mut body).await?;
    let facts = upload.finish(move |source| facts::read(source, media_type)).await?;
    studio.make_known(Arrived { actor, name, media_type, bytes, facts }).await
}

async fn receive_sealed<S, E>(studio: &Studio, actor: &Actor, name: BlobName, declared: Option<u64>, mut body: S) -> Answer<Received>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let mut upload = studio.blobs().upload(name, MOST_BYTES + seal::OVERHEAD);
    take(&mut upload, declared, &mut body).await?;
    finish(studio, actor, name, upload).await
}

/// Reads a body into an upload: as fast as it comes in a slot, and without one as soon as the line leaves us waiting.
async fn take<S, E>(upload: &mut Upload, declared: Option<u64>, body: &mut S) -> Answer<u64>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    upload.take_slot(declared.unwrap_or_default()).await?;
    loop {
        let piece = if upload.has_slot() { piece_within(body, PROMPT).await? } else { chunk_of(body).await?.map_or(Piece::End, Piece::Bytes) };
        match piece {
            Piece::Bytes(bytes) => upload.write(&bytes).await?,
            Piece::Late => upload.leave_slot().await?,
            Piece::End => return Ok(upload.received()),
        }
    }
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
    studio.make_known(Arrived { actor: actor.clone(), name, media_type, bytes, facts }).await
}

/// Who sends a file, and whether it is here whole: its bytes, and what is known of them.
pub(super) async fn sender_of(caller: Caller, blobs: &Blobs, name: BlobName) -> Answer<(Actor, bool)> {
    let (actor, is_known) = caller.look_up(move |conn| Ok(store::find(conn, name)?.is_some())).await?;
    actor.must_be(&rules::SENDERS)?;
    Ok((actor, is_known && blobs.size(name).await?.is_some()))
}

/// A file that is durable, to be made known.
#[derive(Debug)]
pub struct Arrived {
    actor: Actor,
    name: BlobName,
    media_type: MediaType,
    bytes: u64,
    facts: Facts,
}

/// Files made known in one transaction at the most.
pub(super) const MOST_ARRIVED: u64 = 200;

/// Makes files known, whoever sent them, in a few statements.
pub(super) fn record(tx: &mut Tx<'_>, arrived: &[Arc<Arrived>]) -> Result<Vec<Answer<Received>>, Problem> {
    let row = |one: &Arrived| Evidence::received(one.name, one.media_type, one.bytes, &one.facts, one.actor.id, tx.now);
    // The same file from two phones at once is one: the first of them brought it.
    let mut rows: BTreeMap<BlobName, Evidence> = BTreeMap::new();
    for one in arrived {
        rows.entry(one.name).or_insert_with(|| row(one));
    }
    let is_drawn: HashSet<BlobName> = rows.values().filter(|row| row.is_to_be_drawn()).map(|row| row.sha256).collect();
    let mut new = store::add(tx.conn, rows.into_values().collect())?;
    let job = |name: &BlobName| job_about(*name, tx.now);
    let (all, drawn): (Vec<String>, Vec<String>) = (new.iter().map(job).collect(), new.iter().filter(|name| is_drawn.contains(name)).map(job).collect());
    jobs::enqueue(tx.conn, ARRIVALS, &all, tx.now)?;
    jobs::enqueue(tx.conn, RENDITIONS, &drawn, tx.now)?;
    tx.unchanged();
    let mut answers = Vec::with_capacity(arrived.len());
    for one in arrived {
        let is_new = new.remove(&one.name);
        if is_new {
            let facts = json!({ "bytes": one.bytes, "media_type": one.media_type });
            tx.record(one.actor.event("evidence.received", "evidence", one.name, facts));
        }
        answers.push(Ok(if is_new { Received::Now } else { Received::Before }));
    }
    Ok(answers)
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
