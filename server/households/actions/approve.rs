//! Approve files: by their ids, or all that a roster made.

use serde_json::json;

use super::{Rewrite, all_seen, lock, must_be, own_orgs};
use crate::accounts::{Actor, Role};
use crate::households::model::{Change, Household, HouseholdId, ImportId, Status};
use crate::households::store;
use crate::kit::db::Db;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;

/// Which files.
#[derive(Debug, Clone)]
pub enum Which {
    /// These.
    Ids(Vec<HouseholdId>),
    /// All that a roster made.
    Import(ImportId),
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Approved {
    /// Files approved now.
    pub approved: usize,
    /// Files that were approved already.
    pub unchanged: usize,
    /// Files whose state does not allow it.
    pub refused: Vec<(HouseholdId, Status)>,
}

/// Approves files.
///
/// # Errors
/// [`Code::Forbidden`] for others than the centre, [`Code::NotFound`] when one of them is not theirs.
pub async fn approve(db: &Db, actor: &Actor, which: Which) -> Result<Approved, Problem> {
    must_be(actor, &[Role::Centre])?;
    let actor = actor.clone();
    db.write(actor.author(), move |tx| {
        lock(tx)?;
        let orgs = own_orgs(tx.conn, &actor)?;
        let files = match &which {
            Which::Ids(ids) => all_seen(tx.conn, &actor, &orgs, ids)?,
            Which::Import(id) => {
                store::roster(tx.conn, *id)?.filter(|roster| orgs.contains_key(&roster.org_id)).ok_or(Problem::of(Code::NotFound))?;
                store::of_import(tx.conn, *id)?
            }
        };
        let (mut outcome, mut rewrite) = (Approved::default(), Rewrite::new());
        for file in files {
            if file.status == Status::Approved {
                outcome.unchanged += 1;
                continue;
            }
            let Some(org) = orgs.get(&file.org_id).filter(|_| file.status.can_be_approved()) else {
                outcome.refused.push((file.id, file.status));
                continue;
            };
            let change = Change { field: "status", old: Some(file.status.to_string()), new: Some(Status::Approved.to_string()) };
            tx.record(Event {
                chain: org.chain.clone(),
                by: None,
                verb: "household.approved",
                subject_kind: "household",
                subject: file.id.to_string(),
                facts: json!({}),
            });
            // A file that had been approved before something was said against it has been so all along.
            let approved_at = file.approved_at.or(Some(tx.now));
            rewrite.add(tx, Some(actor.id), Household { status: Status::Approved, approved_at, ..file }, &[change]);
            outcome.approved += 1;
        }
        if outcome.approved == 0 {
            tx.unchanged();
        }
        rewrite.write(tx)?;
        Ok(outcome)
    })
    .await
}
