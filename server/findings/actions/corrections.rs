//! What corrections make of needs, where nobody waits for it: after visits that were taken in are worked off, and for those of before.

use std::time::Duration;

use crate::findings::store;
use crate::kit::db::{Db, Tx};
use crate::kit::http::problem::Problem;
use crate::needs;
use crate::visits::{CORRECTIONS, VisitId};

/// Corrections in one transaction.
const BATCH: i64 = 100;
/// Between two looks: what is asked for may wait a moment.
const REST: Duration = Duration::from_secs(1);

/// Does everything that is due now, to the end.
///
/// # Errors
/// When the database fails.
pub async fn catch_up(db: &Db) -> Result<(), Problem> {
    super::catch_up::catch_up(db).await?;
    go_through(db).await
}

/// Catches up for ever.
pub async fn keep_up(db: Db) {
    let corrections = async {
        loop {
            if let Err(problem) = go_through(&db).await {
                problem.log_once("corrections of needs");
            }
            tokio::time::sleep(REST).await;
        }
    };
    tokio::join!(super::catch_up::keep_up(db.clone()), corrections);
}

async fn go_through(db: &Db) -> Result<(), Problem> {
    let now = db.clock().now();
    // Asked by a reader: hardly ever is there one.
    while db.read(move |conn| Ok(store::has_due(conn, CORRECTIONS, now)?)).await? && db.upkeep(some).await? > 0 {}
    Ok(())
}

/// Answers how many; none where other servers have taken them.
fn some(tx: &mut Tx<'_>) -> Result<usize, Problem> {
    let taken = store::take(tx.conn, CORRECTIONS, tx.now, BATCH)?;
    let ids: Vec<VisitId> = taken.iter().filter_map(|(subject, _)| VisitId::parse(subject)).collect();
    needs::carry_over_late(tx, &ids)?;
    Ok(taken.len())
}
