//! Takes a file in parts, as a poor line brings them.

use bytes::{Bytes, BytesMut};
use futures_util::Stream;

use super::Studio;
use super::receive::{Received, drain, finish, sender_of};
use crate::accounts::Actor;
use crate::accounts::identity::Caller;
use crate::evidence::model::MOST_BYTES;
use crate::kit::blob::{BlobName, Blobs, Parts};
use crate::kit::db::Db;
use crate::kit::http::gate::chunk_of;
use crate::kit::http::problem::{Answer, Code, Problem};
use crate::kit::seal;

/// What is gathered before it is kept; where the line breaks, the rest is kept too.
const PIECE: usize = 64 << 10;

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It is kept; so many bytes are here now.
    More(u64),
    /// It was the last: the file is here.
    Whole(Received),
    /// It does not begin where the file ends.
    Elsewhere(u64),
}

/// How much of a file is here, and whether that is all of it.
///
/// # Errors
/// [`Code::NotFound`] when nothing is.
pub async fn progress(db: &Db, blobs: &Blobs, actor: &Actor, name: BlobName) -> Answer<(u64, bool)> {
    match super::find::stored(db, actor, name).await {
        Ok(bytes) => Ok((bytes, true)),
        Err(problem) if problem.code == Code::NotFound => match blobs.parts(name, actor.id.as_str()).offset().await? {
            0 => Err(problem),
            bytes => Ok((bytes, false)),
        },
        Err(problem) => Err(problem),
    }
}

/// Takes the next part of a file. What arrives is kept, even where the line breaks in the middle of it.
///
/// # Errors
/// [`Code::BadRequest`] when the line broke; with the last part, as [`receive`](super::receive()), and no part stays behind.
pub async fn append<S, E>(studio: Studio, caller: Caller, name: BlobName, offset: u64, is_last: bool, mut body: S) -> Answer<Appended>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let blobs = studio.blobs();
    let (actor, is_here) = sender_of(caller, blobs, name).await?;
    if is_here {
        drain(&mut body).await?;
        return Ok(Appended::Whole(Received::Before));
    }
    let parts = blobs.parts(name, actor.id.as_str());
    let here = parts.offset().await?;
    if here != offset {
        drain(&mut body).await?;
        return Ok(Appended::Elsewhere(here));
    }
    let end = take(&parts, offset, &mut body).await?;
    if !is_last {
        return Ok(Appended::More(end));
    }
    let kept = put_together(&studio, &actor, name, &parts).await;
    // A store that is busy or full is asked again with the same parts; whatever else was wrong is wrong with them.
    let is_passing = matches!(&kept, Err(problem) if matches!(problem.code, Code::Busy | Code::StorageFull | Code::Internal | Code::SealKeyUnknown));
    if !is_passing {
        parts.remove().await?;
    }
    kept.map(Appended::Whole)
}

async fn take<S, E>(parts: &Parts, offset: u64, body: &mut S) -> Answer<u64>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let (mut end, mut piece) = (offset, BytesMut::new());
    loop {
        let chunk = chunk_of(body).await;
        let is_over = !matches!(chunk, Ok(Some(_)));
        let is_cut = chunk.is_err();
        if let Ok(Some(bytes)) = chunk {
            piece.extend_from_slice(&bytes);
        }
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if end + length > MOST_BYTES + seal::OVERHEAD {
            parts.remove().await?;
            return Err(Problem::of(Code::TooLarge));
        }
        if piece.len() >= PIECE || (is_over && length > 0) {
            parts.keep(end, piece.split().freeze()).await?;
            end += length;
        }
        if is_cut {
            return Err(Problem::of(Code::BadRequest));
        }
        if is_over {
            return Ok(end);
        }
    }
}

async fn put_together(studio: &Studio, actor: &Actor, name: BlobName, parts: &Parts) -> Answer<Received> {
    let mut upload = studio.blobs().upload(name, MOST_BYTES + seal::OVERHEAD);
    upload.take_slot(0).await?;
    parts.hand_to(&mut upload).await?;
    finish(studio, actor, name, upload).await
}
