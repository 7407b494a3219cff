//! The gate: while more comes than can be done, what would write is told to come back before it is read. What it would have cost goes to
//! those who are in already, so that as many are served as in a calm hour.

use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, web};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};

use super::line::leave_body;
use super::problem::{Code, Problem};
use crate::kit::clock::Chance;
use crate::kit::db::Db;

/// A line that brings nothing for so long is given up: it holds a place and a buffer, though no thread.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);
/// What is read to its end before it is turned away; the largest file is not longer.
const MOST_DRAINED: usize = 16 << 20;
/// Whoever is turned away comes back after this many seconds, and up to as many more, so that they do not all come at once.
const COME_BACK_S: u64 = 2;

/// Lets requests in, or tells them to come back.
///
/// # Errors
/// [`Code::Busy`] with `Retry-After`.
pub async fn gate<B: MessageBody + 'static>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    leave_body(&mut request);
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let crowded = request.app_data::<web::Data<Db>>().filter(|db| writes && db.is_crowded()).map(|db| come_back_later(db.chance()));
    let Some(later) = crowded else { return next.call(request).await };
    // A browser that is answered while it still sends takes it for a broken line.
    let mut body = request.extract::<web::Payload>().await?;
    let mut drained = 0;
    while let Some(chunk) = chunk_of(&mut body).await? {
        drained += chunk.len();
        if drained > MOST_DRAINED {
            return Err(Problem::of(Code::TooLarge).into());
        }
    }
    Err(later.into())
}

/// What somebody is told for whom there is no place now.
#[must_use]
pub fn come_back_later(chance: &Chance) -> Problem {
    metrics::counter!("nuanfang_turned_away_total").increment(1);
    let [chance] = chance.bytes::<1>();
    Problem::of(Code::Busy).retry_after(COME_BACK_S + u64::from(chance) % (COME_BACK_S + 1))
}

/// What comes next of a body.
#[derive(Debug)]
pub enum Piece {
    /// These bytes.
    Bytes(Bytes),
    /// Nothing: it came whole.
    End,
    /// Nothing yet.
    Late,
}

/// What comes of a body within so long.
///
/// # Errors
/// [`Code::BadRequest`] where the line broke.
pub async fn piece_within<S, E>(body: &mut S, patience: Duration) -> Result<Piece, Problem>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    match tokio::time::timeout(patience, body.next()).await {
        Ok(None) => Ok(Piece::End),
        Ok(Some(Ok(bytes))) => Ok(Piece::Bytes(bytes)),
        Ok(Some(Err(_))) => Err(Problem::of(Code::BadRequest)),
        Err(_) => Ok(Piece::Late),
    }
}

/// The next bytes of a body; none behind its end.
///
/// # Errors
/// [`Code::BadRequest`] where the line broke, or brought nothing for a minute.
pub async fn chunk_of<S, E>(body: &mut S) -> Result<Option<Bytes>, Problem>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    match piece_within(body, LONGEST_SILENCE).await? {
        Piece::Bytes(bytes) => Ok(Some(bytes)),
        Piece::End => Ok(None),
        Piece::Late => Err(Problem::of(Code::BadRequest)),
    }
}
