//! `carry_over`: what was asked for outlives the corrections of the visit it was heard at.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::kit::db::Tx;
use crate::kit::http::problem::Problem;
use crate::kit::log::Event;
use crate::needs::store::Kept;
use crate::needs::{rules, store};
use crate::visits::{INTAKE, VisitId, lock_of};

/// Holds the needs of visits against those of the visits they correct, and of those that correct them: whoever records a visit that does
/// or is either says so here, in the same transaction. What the visits are about is locked by their recording.
///
/// # Errors
/// When the database fails.
pub fn carry_over(tx: &mut Tx<'_>, visits: &[VisitId]) -> Result<(), Problem> {
    carry(tx, visits).map(drop)
}

/// The same for corrections that were recorded before; phones and boards hear of what changed.
///
/// # Errors
/// When the database fails.
pub fn carry_over_late(tx: &mut Tx<'_>, visits: &[VisitId]) -> Result<(), Problem> {
    let about = store::about(tx.conn, visits)?;
    tx.lock(about.iter().map(|(_, (campaign, household), _)| lock_of(*campaign, *household)).collect())?;
    let changed: BTreeSet<_> = carry(tx, visits)?.into_iter().map(|need| (need.campaign_id, need.household_id)).collect();
    let told: BTreeMap<_, _> = about.into_iter().filter(|(_, about, _)| changed.contains(about)).map(|(visit, about, chain)| (about, (visit, chain))).collect();
    for ((campaign, household), (visit, chain)) in told {
        let facts = json!({"campaign_id": campaign, "household_id": household});
        tx.record(Event { chain, by: None, verb: "needs.carried", subject_kind: "visit", subject: visit.to_string(), facts });
    }
    Ok(())
}

/// Answers the needs that stand otherwise than before.
fn carry(tx: &mut Tx<'_>, visits: &[VisitId]) -> Result<Vec<Kept>, Problem> {
    if visits.is_empty() {
        return Ok(Vec::new());
    }
    let (family, kept) = store::family(tx.conn, visits, INTAKE)?;
    let settled = rules::settle(&family, &store::last_steps(tx.conn, &family)?);
    let moved = |mut need: Kept| {
        let stand = settled.get(&need.id())?;
        let (before, thread) = ((need.state, need.correction), stand.thread.to_string());
        if before == (stand.state, stand.correction) && need.thread == thread {
            return None;
        }
        (need.state, need.correction, need.thread) = (stand.state, stand.correction, thread);
        Some(need)
    };
    let changed: Vec<Kept> = kept.into_iter().filter_map(moved).collect();
    store::keep(tx.conn, &changed)?;
    Ok(changed)
}
