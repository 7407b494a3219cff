//! `catch_up` and `keep_up`: reconciliation that nobody waits for at the door.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::found::Found;
use super::hear::hear;
use super::reconcile::{decide, reconcile_keys};
use super::stride::{Stride, timed};
use super::{DEADLINE, OVERDUE, RECONCILE};
use crate::evidence::{ARRIVALS, file_of_job};
use crate::findings::model::Key;
use crate::findings::{queries, store};
use crate::kit::blob::BlobName;
use crate::kit::clock::{MINUTE_MS, Moment, SECOND_MS};
use crate::kit::db::{Db, Tx};
use crate::kit::http::problem::Problem;
use crate::visits::{self, INTAKE, VisitId};

/// Households reconciled in one transaction: the one writer of SQLite is not held up long.
const BATCH: i64 = 100;
/// Where their reading is done beside the writer, and only what came of it is written in its turn.
const LOT: usize = 500;
/// While others write all of it is done in the writer's turn, and they wait for it: what they wrote in between would have to be read once
/// more.
const LOT_IN_COMPANY: usize = 64;
/// Lots that are worked on at once: two are read while one is written.
const AT_ONCE: usize = 3;
/// Lots before the queues are asked again what is most urgent.
const A_ROUND: usize = 12;
/// Files that arrived, looked at in one transaction.
const ARRIVED: i64 = 250;
/// Transactions of a round that only find out what there is to reconcile: what came between two rounds of a rush, and what is left of a
/// longer one.
const TURNS: usize = 40;
/// Visits that were taken in, worked off between two rests while others wait.
const A_LITTLE: i64 = 25;
/// Where one of them has waited for so long, the rush is none that passes in a moment: as many as come are worked off beside it.
const LONG_IN_MS: i64 = 3 * SECOND_MS;
/// Where one has waited for so long, nothing rests until it has not.
const TOO_LONG_IN_MS: i64 = 20 * SECOND_MS;
/// How long the rest of the work waits for those who wait.
const LONGEST_COMPANY: Duration = Duration::from_secs(5);
/// How long a worker rests when it has caught up.
const REST: Duration = Duration::from_millis(250);
/// A piece of evidence that no visit names is looked at once more: the visit may be on its way in another transaction.
const SECOND_LOOK_MS: i64 = MINUTE_MS;
/// A household that cannot be reconciled is tried again so much later; it holds up none of the others.
const PUT_OFF_MS: i64 = 10 * MINUTE_MS;

/// Does everything that is due now, to the end.
///
/// # Errors
/// When the database fails.
pub async fn catch_up(db: &Db) -> Result<(), Problem> {
    let stride = Stride::new();
    while round(db, &stride).await? > Found::Nothing {}
    Ok(())
}

/// Catches up for ever, resting where there is nothing to do. In a crowd whoever stands at a door comes first: then there is a little of
/// what was taken in between the rests, and a whole round now and then.
pub async fn keep_up(db: Db) {
    let (stride, mut whole) = (Stride::new(), Instant::now());
    loop {
        let in_company = db.has_company() && whole.elapsed() < LONGEST_COMPANY;
        let worked = if in_company {
            some_intake(&db, &stride).await
        } else {
            let worked = round(&db, &stride).await;
            whole = Instant::now();
            worked.map(|found| if db.has_company() { found.min(Found::Some) } else { found })
        };
        let found = worked.unwrap_or_else(|problem| {
            problem.log_once("reconciliation");
            Found::Nothing
        });
        if found < Found::More {
            tokio::time::sleep(REST).await;
        }
    }
}

/// One round.
async fn round(db: &Db, stride: &Stride) -> Result<Found, Problem> {
    // What was taken in is worked off first: the rest looks at it.
    let now = db.clock().now();
    let waits = db.read(move |conn| visits::waiting_since(conn, now)).await?.is_some();
    let mut found = if waits { intake(db, stride, BATCH).await? } else { Found::Nothing };
    for (chain, _) in db.read(|conn| Ok(store::chains(conn)?)).await? {
        found = found.max(repeat(db, move |tx| hear(tx, &chain)).await?);
    }
    // Asked by a reader: who has nothing to do does not stand in the writer's way.
    let now = db.clock().now();
    let queues = [ARRIVALS, RECONCILE, OVERDUE, DEADLINE];
    let due = db.read(move |conn| Ok(queues.map(|queue| store::has_due(conn, queue, now)))).await?;
    for (queue, due) in queues.into_iter().zip(due) {
        // What arrived is asked for in the same round.
        if due? || (queue == RECONCILE && found > Found::Nothing) {
            found = found.max(if queue == ARRIVALS { repeat(db, arrivals).await? } else { work(db, stride, queue).await? });
        }
    }
    Ok(found)
}

/// Does something until all of it is done, so often at the most.
async fn repeat(db: &Db, turn: impl Fn(&mut Tx<'_>) -> Result<Found, Problem> + Clone + Send + 'static) -> Result<Found, Problem> {
    let mut found = Found::Nothing;
    for _ in 0..TURNS {
        let now = db.upkeep(turn.clone()).await?;
        found = found.max(now);
        if now < Found::More {
            return Ok(found.min(Found::Some));
        }
    }
    Ok(found)
}

/// A part of what was taken in, while others wait: a little, and more where it has waited for long.
async fn some_intake(db: &Db, stride: &Stride) -> Result<Found, Problem> {
    let now = db.clock().now();
    match db.read(move |conn| visits::waiting_since(conn, now)).await? {
        None => Ok(Found::Nothing),
        Some(since) if now.since(since) > TOO_LONG_IN_MS => intake(db, stride, BATCH).await,
        Some(since) => {
            let some = if now.since(since) > LONG_IN_MS { BATCH } else { A_LITTLE };
            intake(db, stride, some).await.map(|found| found.min(Found::Some))
        }
    }
}

/// Works off visits that were taken in. Where that fails each is tried by itself, and the one at fault is put off.
async fn intake(db: &Db, stride: &Stride, wanted: i64) -> Result<Found, Problem> {
    let limit = stride.of(wanted);
    let worked = match stride.after(db.upkeep(move |tx| timed(tx, |tx| work_off(tx, limit))).await) {
        Err(problem) if !problem.is_for_all() => {
            problem.log_once("visits that were taken in");
            one_by_one(db, limit, one_taken_in).await?
        }
        worked => worked?,
    };
    Ok(Found::of(worked, usize::try_from(limit).unwrap_or(usize::MAX)))
}

/// Each in a transaction of its own: the locks of all of them at once would be held for as long as all of them take.
async fn one_by_one(db: &Db, most: i64, one: impl Fn(&mut Tx<'_>) -> Result<usize, Problem> + Clone + Send + 'static) -> Result<usize, Problem> {
    let mut worked = 0;
    for _ in 0..most {
        match db.upkeep(one.clone()).await? {
            0 => break,
            more => worked += more,
        }
    }
    Ok(worked)
}

fn one_taken_in(tx: &mut Tx<'_>) -> Result<usize, Problem> {
    one(tx, INTAKE, "a visit that was taken in", |tx, subject| follow(tx, &[VisitId::parse(subject).unwrap_or_else(VisitId::nil)]))
}

/// The next one of a queue. Where it fails it is put off; where anything would fail now, nothing is.
fn one(tx: &mut Tx<'_>, queue: &str, place: &str, work: impl FnOnce(&mut Tx<'_>, &str) -> Result<(), Problem>) -> Result<usize, Problem> {
    let taken = store::take(tx.conn, queue, tx.now, 1)?;
    let Some((subject, attempts)) = taken.first() else { return Ok(0) };
    match tx.savepoint(|tx| work(tx, subject)) {
        Err(problem) if !problem.is_for_all() => {
            problem.log_once(place);
            store::postpone(tx.conn, queue, subject, tx.now.plus_ms(PUT_OFF_MS), attempts + 1)?;
        }
        worked => worked?,
    }
    Ok(1)
}

fn work_off(tx: &mut Tx<'_>, limit: i64) -> Result<usize, Problem> {
    let taken = store::take(tx.conn, INTAKE, tx.now, limit)?;
    let ids: Vec<VisitId> = taken.iter().filter_map(|(subject, _)| VisitId::parse(subject)).collect();
    follow(tx, &ids)?;
    Ok(taken.len())
}

fn follow(tx: &mut Tx<'_>, ids: &[VisitId]) -> Result<(), Problem> {
    let recorded = visits::work_off(tx, ids)?;
    let keys: Vec<Key> = recorded.iter().filter_map(|visit| visit.household.map(|household| Key::Household(visit.campaign, household))).collect();
    reconcile_keys(tx, &keys)
}

/// Sends the households whose evidence arrived into the queue.
fn arrivals(tx: &mut Tx<'_>) -> Result<Found, Problem> {
    let arrived = store::take(tx.conn, ARRIVALS, tx.now, ARRIVED)?;
    let names: Vec<Option<BlobName>> = arrived.iter().map(|(job, _)| file_of_job(job)).collect();
    let pictures: Vec<&str> = names.iter().flatten().map(BlobName::as_str).collect();
    if pictures.is_empty() {
        return Ok(Found::Nothing);
    }
    let naming = queries::keys_naming(tx.conn, &pictures)?;
    let named: BTreeSet<&str> = naming.iter().map(|(sha256, _)| sha256.as_str()).collect();
    for ((job, attempts), name) in arrived.iter().zip(&names) {
        if *attempts == 0 && name.as_ref().is_some_and(|name| !named.contains(name.as_str())) {
            store::postpone(tx.conn, ARRIVALS, job, tx.now.plus_ms(SECOND_LOOK_MS), attempts + 1)?;
        }
    }
    let alike = queries::keys_like(tx.conn, &pictures)?;
    let due: BTreeMap<String, Moment> = naming.iter().map(|(_, key)| key).chain(&alike).map(|key| (key.subject(), tx.now)).collect();
    store::enqueue(tx.conn, RECONCILE, &due)?;
    Ok(Found::of(arrived.len(), usize::try_from(ARRIVED).unwrap_or(usize::MAX)))
}

/// Works off a part of a queue. Where it fails, each key is tried by itself and the one at fault is put off.
async fn work(db: &Db, stride: &Stride, queue: &'static str) -> Result<Found, Problem> {
    let some = stride.of(BATCH);
    let one_batch = usize::try_from(some).unwrap_or(usize::MAX);
    let (worked, most) = match db.has_one_writer() {
        true => (lots(db, queue).await, LOT * A_ROUND),
        false => (stride.after(db.upkeep(move |tx| timed(tx, |tx| batch(tx, queue, some))).await), one_batch),
    };
    match worked {
        Err(problem) if !problem.is_for_all() => {
            problem.log_once("reconciliation of a batch");
            let one_key = move |tx: &mut Tx<'_>| {
                one(tx, queue, "reconciliation of one key", |tx, subject| Key::read(subject).map_or(Ok(()), |key| reconcile_keys(tx, &[key])))
            };
            one_by_one(db, some, one_key).await.map(|worked| Found::of(worked, one_batch))
        }
        worked => Ok(Found::of(worked?, most)),
    }
}

/// Lots of what is due: read beside the writer while nobody waits for it.
async fn lots(db: &Db, queue: &'static str) -> Result<usize, Problem> {
    let now = db.clock().now();
    let most = i64::try_from(LOT * A_ROUND).unwrap_or(i64::MAX);
    let due = db.read(move |conn| Ok(store::due(conn, queue, now, most)?)).await?;
    let mut rest = due.as_slice();
    while !rest.is_empty() {
        if db.has_company() {
            let (lot, after) = rest.split_at(LOT_IN_COMPANY.min(rest.len()));
            let lot = lot.to_vec();
            db.upkeep(move |tx| in_turn(tx, queue, &lot)).await?;
            rest = after;
        } else {
            let calm = stream::unfold(&mut rest, |rest| async move {
                if rest.is_empty() || db.has_company() {
                    return None;
                }
                let (lot, after) = rest.split_at(LOT.min(rest.len()));
                *rest = after;
                Some((beside(db, queue, lot.to_vec()), rest))
            });
            calm.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        }
    }
    Ok(due.len())
}

fn in_turn(tx: &mut Tx<'_>, queue: &str, subjects: &[String]) -> Result<(), Problem> {
    // Whoever else was at them has reconciled them; what came since is read anew.
    if store::take_these(tx.conn, queue, subjects)? > 0 {
        let keys: Vec<Key> = subjects.iter().filter_map(|subject| Key::read(subject)).collect();
        reconcile_keys(tx, &keys)?;
    }
    Ok(())
}

/// A reader that dies has taken nothing: what is done is taken out as it is written.
async fn beside(db: &Db, queue: &'static str, subjects: Vec<String>) -> Result<(), Problem> {
    let keys: Vec<Key> = subjects.iter().filter_map(|subject| Key::read(subject)).collect();
    let again = keys.clone();
    let write = move |tx: &mut Tx<'_>, written: super::write::Written| {
        if store::take_these(tx.conn, queue, &subjects)? == subjects.len() {
            return written.write(tx);
        }
        // Somebody else was at some of them and has written since.
        reconcile_keys(tx, &again)
    };
    db.upkeep_beside(move |tx| decide(tx, &keys), write).await
}

fn batch(tx: &mut Tx<'_>, queue: &str, limit: i64) -> Result<usize, Problem> {
    let taken = store::take(tx.conn, queue, tx.now, limit)?;
    let keys: Vec<Key> = taken.iter().filter_map(|(subject, _)| Key::read(subject)).collect();
    reconcile_keys(tx, &keys)?;
    Ok(taken.len())
}
