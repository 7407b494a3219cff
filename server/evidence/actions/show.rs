//! Shows a picture to whoever may see it.

use bytes::Bytes;
use futures_util::Stream;
use serde_json::json;

use super::draw::Studio;
use super::find::find;
use crate::accounts::Actor;
use crate::evidence::model::{Evidence, Size};
use crate::evidence::rules;
use crate::kit::blob::BlobName;
use crate::kit::http::problem::{Answer, Code, Problem};

/// A picture small and upright; drawn now where the background has not come to it.
///
/// # Errors
/// [`Code::NotFound`], [`Code::NoRendition`] for documents and damaged files, [`Code::Busy`] when too many are being drawn.
pub async fn rendition(studio: &Studio, actor: &Actor, name: BlobName, size: Size) -> Answer<Bytes> {
    let evidence = find(studio.db(), actor, name).await?;
    if !evidence.is_drawable() {
        return Err(Problem::of(Code::NoRendition));
    }
    studio.rendition(&evidence, size).await
}

/// The bytes as they were received. Each read is written down before the first byte leaves.
///
/// # Errors
/// [`Code::NotFound`], [`Code::Forbidden`].
pub async fn original(studio: &Studio, actor: &Actor, name: BlobName) -> Answer<(Evidence, u64, impl Stream<Item = Result<Bytes, Problem>> + use<>)> {
    let evidence = find(studio.db(), actor, name).await?;
    rules::must_be_allowed(actor, Size::Original)?;
    let event = actor.event("evidence.opened", "evidence", name, json!({ "size": Size::Original }));
    studio
        .db()
        .write(actor.author(), move |tx| {
            tx.record(event.clone());
            Ok(())
        })
        .await?;
    let found = studio.blobs().stream(name).await?;
    let Some((bytes, stream)) = found else {
        tracing::error!(sha256 = %name, "evidence that is known has lost its bytes");
        return Err(Problem::of(Code::NotFound));
    };
    Ok((evidence, bytes, stream))
}
