//! Draws pictures, for whoever waits for one and in the background, and never more at once than memory bears.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::receive::{Arrived, MOST_ARRIVED, Received, record};
use super::{ARRIVALS, RENDITIONS, file_of_job, job_about};
use crate::campaigns::Seals;
use crate::evidence::media::MediaType;
use crate::evidence::model::{Evidence, Size};
use crate::evidence::renditions::{Drawn, Unreadable, cost_mib, draw};
use crate::evidence::store;
use crate::kit::blob::{BlobName, Blobs};
use crate::kit::clock::MINUTE_MS;
use crate::kit::db::jobs::{self, Claim};
use crate::kit::db::{Db, Gather, Tx};
use crate::kit::http::problem::{Answer, Code, Problem};

/// Memory that pictures under the brush may take together, in MiB.
const ROOM_MIB: u32 = 256;
/// What each counts at least, so that two are drawn at once at most.
const LEAST_MIB: u32 = 128;
/// How long somebody who looks at a list waits for a place.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// How long a claim on a picture holds.
const LEASE_MS: i64 = 5 * MINUTE_MS;
/// While somebody sends evidence, a drawing thread rests this many times as long as it drew: niceness alone leaves it a quarter of the
/// machine, and whoever stands at a door waits for the upload, not for the thumbnail.
const REST_FACTOR: u32 = 9;
/// However large the picture was.
const LONGEST_REST: Duration = Duration::from_secs(3);
/// A picture that took the server down this often is left alone.
const MOST_ATTEMPTS: i64 = 5;

/// Where pictures are drawn. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Studio {
    db: Db,
    blobs: Blobs,
    seals: Seals,
    /// Files that came at the same time are made known together.
    arrivals: Gather<Arrived, Received>,
    room: Arc<Semaphore>,
}

/// What became of a picture.
#[derive(Debug)]
pub enum Outcome {
    /// It is drawn: size and likeness.
    Drawn((u32, u32), Option<String>),
    /// It cannot be drawn, now or ever.
    Unreadable,
    /// The store did not answer; it is tried again when the claim runs out.
    Later,
}

impl Studio {
    /// Over a database, a store, and what opens what phones sealed.
    #[must_use]
    pub fn new(db: Db, blobs: Blobs, seals: Seals) -> Self {
        let arrivals = Gather::new(db.clone(), MOST_ARRIVED, record);
        Self { db, blobs, seals, arrivals, room: Arc::new(Semaphore::new(usize::try_from(ROOM_MIB).unwrap_or(usize::MAX))) }
    }

    /// Makes a file known that is durable.
    pub(super) async fn make_known(&self, arrived: Arrived) -> Answer<Received> {
        self.arrivals.write(arrived, self.arrivals.enter(1)).await
    }

    /// The database.
    #[must_use]
    pub const fn db(&self) -> &Db {
        &self.db
    }

    /// What opens.
    #[must_use]
    pub const fn seals(&self) -> &Seals {
        &self.seals
    }

    /// The store.
    #[must_use]
    pub const fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// A rendition for somebody who waits for it.
    pub(super) async fn rendition(&self, evidence: &Evidence, size: Size) -> Answer<Bytes> {
        if let Some(kept) = self.kept(evidence.sha256, size).await? {
            return Ok(kept);
        }
        let place = tokio::time::timeout(LONGEST_WAIT, self.place(evidence)).await.map_err(|_| Problem::of(Code::Busy))??;
        // Somebody else may have waited for the same one.
        if let Some(kept) = self.kept(evidence.sha256, size).await? {
            return Ok(kept);
        }
        let name = evidence.sha256;
        let outcome = self.draw_and_keep(name, evidence.media_type).await?;
        drop(place);
        let job = job_about(name, evidence.received_at);
        self.db
            .upkeep(move |tx| {
                settle(tx, name, &job, &outcome)?;
                Ok(jobs::cancel(tx.conn, RENDITIONS, &job)?)
            })
            .await?;
        self.kept(name, size).await?.ok_or(Problem::of(Code::NoRendition))
    }

    /// Draws up to `limit` pictures that wait, as long as `go_on` says so; answers how many it took.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn draw_waiting(&self, limit: i64, go_on: impl Fn() -> bool) -> Answer<usize> {
        let claims = self.db.upkeep(move |tx| Ok(jobs::claim(tx.conn, RENDITIONS, tx.now, LEASE_MS, limit)?)).await?;
        let taken = claims.len();
        let mut outcomes = Vec::with_capacity(taken);
        let mut back = Vec::new();
        for claim in claims {
            if go_on() {
                let begun = Instant::now();
                outcomes.push((self.draw_claimed(&claim).await, claim));
                if self.blobs.is_receiving() {
                    tokio::time::sleep((begun.elapsed() * REST_FACTOR).min(LONGEST_REST)).await;
                }
            } else {
                back.push(claim);
            }
        }
        if taken > 0 {
            self.db.upkeep(move |tx| settle_all(tx, &outcomes, &back)).await?;
        }
        Ok(taken)
    }

    async fn draw_claimed(&self, claim: &Claim) -> Outcome {
        let Some(name) = file_of_job(&claim.subject) else { return Outcome::Unreadable };
        if claim.attempts > MOST_ATTEMPTS {
            tracing::warn!(sha256 = %name, "a picture was tried too often and is left alone");
            return Outcome::Unreadable;
        }
        let drawn = async {
            let evidence = self.db.read(move |conn| Ok(store::find(conn, name)?)).await?.ok_or(Problem::of(Code::NotFound))?;
            let _place = self.place(&evidence).await?;
            self.draw_and_keep(name, evidence.media_type).await
        };
        drawn.await.unwrap_or_else(|problem: Problem| {
            tracing::warn!(sha256 = %name, %problem, "a picture has to wait");
            Outcome::Later
        })
    }

    async fn place(&self, evidence: &Evidence) -> Answer<OwnedSemaphorePermit> {
        let cost = cost_mib(evidence.size()).clamp(LEAST_MIB, ROOM_MIB);
        Arc::clone(&self.room).acquire_many_owned(cost).await.map_err(|_| Problem::of(Code::Busy))
    }

    async fn draw_and_keep(&self, name: BlobName, media_type: MediaType) -> Answer<Outcome> {
        let Some(bytes) = self.blobs.read(name).await? else {
            tracing::error!(sha256 = %name, "evidence that is known has lost its bytes");
            return Ok(Outcome::Later);
        };
        let drawn = tokio::task::spawn_blocking(move || {
            // Decoders are written with care, and still: one picture must not end the server.
            catch_unwind(AssertUnwindSafe(|| draw(&bytes, media_type))).unwrap_or_else(|_| Err(Unreadable("the decoder gave up".to_owned())))
        });
        match drawn.await.map_err(|lost| Problem::unexpected(format!("a drawing task ended early: {lost}")))? {
            Ok(Drawn { thumb, screen, size, likeness }) => {
                self.blobs.keep_rendition(name, &file_of(Size::Screen), screen).await?;
                self.blobs.keep_rendition(name, &file_of(Size::Thumb), thumb).await?;
                Ok(Outcome::Drawn(size, likeness))
            }
            Err(Unreadable(why)) => {
                tracing::info!(sha256 = %name, why, "a picture cannot be drawn");
                Ok(Outcome::Unreadable)
            }
        }
    }

    async fn kept(&self, name: BlobName, size: Size) -> Answer<Option<Bytes>> {
        let found = self.blobs.rendition(name, &file_of(size)).await?;
        // Renditions are not synced: after a power cut one may be cut short.
        Ok(found.filter(|bytes| bytes.starts_with(&[0xFF, 0xD8]) && bytes.ends_with(&[0xFF, 0xD9])))
    }
}

fn file_of(size: Size) -> String {
    format!("{size}.jpg")
}

fn settle(tx: &mut Tx<'_>, name: BlobName, job: &str, outcome: &Outcome) -> Answer<()> {
    match outcome {
        Outcome::Drawn(size, likeness) => store::set_drawn(tx.conn, name, *size, likeness.as_deref())?,
        Outcome::Unreadable => store::set_unreadable(tx.conn, name)?,
        Outcome::Later => return Ok(()),
    }
    Ok(jobs::enqueue(tx.conn, ARRIVALS, &[job], tx.now)?)
}

fn settle_all(tx: &mut Tx<'_>, outcomes: &[(Outcome, Claim)], back: &[Claim]) -> Answer<()> {
    for (outcome, claim) in outcomes {
        if matches!(outcome, Outcome::Later) {
            continue;
        }
        if let Some(name) = file_of_job(&claim.subject) {
            settle(tx, name, &claim.subject, outcome)?;
        }
        jobs::done(tx.conn, RENDITIONS, claim)?;
    }
    for claim in back {
        jobs::give_back(tx.conn, RENDITIONS, claim, tx.now)?;
    }
    Ok(())
}
