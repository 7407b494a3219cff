//! What becomes of an item, and how it is remembered.

use super::super::prepare::Prepared;
use super::Given;
use crate::field::model::ItemStatus;
use crate::field::store::{self, ItemRow, SetAsideRow};
use crate::kit::db::Tx;
use crate::kit::http::problem::{Code, FieldProblem, Problem};

/// A refusal as it is remembered.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) fields: Vec<FieldProblem>,
}

impl Refusal {
    /// A newer server may take it: that answer is not for ever.
    const fn may_pass_later(&self) -> bool {
        matches!(self.code, Code::KindNotTakenYet | Code::SealKeyUnknown)
    }
}

/// What becomes of an item.
pub(super) enum Decision {
    Stored,
    Duplicate(Box<ItemRow>),
    Conflict,
    Refused(Refusal),
}

impl Decision {
    /// Whether a fresh item found its place in the phone's chain.
    pub(super) const fn is_kept(&self) -> bool {
        match self {
            Self::Stored => true,
            Self::Refused(refusal) => !refusal.may_pass_later(),
            Self::Duplicate(_) | Self::Conflict => false,
        }
    }
}

/// Holds an item against what its id stands for already, and what the rooms said of it.
pub(super) fn decide(p: &Prepared, before: Option<&ItemRow>, refusal: Option<Refusal>) -> Decision {
    match (before, refusal) {
        (Some(row), _) if row.content_hash != p.hash || row.kind != p.item.kind => Decision::Conflict,
        (Some(row), _) => Decision::Duplicate(Box::new(row.clone())),
        (None, Some(refusal)) => Decision::Refused(refusal),
        (None, None) => Decision::Stored,
    }
}

/// Remembers what was decided: the answer to a repeat, and what waits for a person.
pub(super) fn write_down(tx: &mut Tx<'_>, given: &[Given<'_>], decided: &[Vec<(&Prepared, Decision)>]) -> Result<(), Problem> {
    let mut rows = Vec::new();
    let mut aside = Vec::new();
    for (of, items) in given.iter().zip(decided) {
        for (p, decision) in items {
            match decision {
                Decision::Stored => rows.push(row(tx, of, p, ItemStatus::Stored, None)),
                Decision::Refused(refusal) if refusal.may_pass_later() => {}
                Decision::Refused(refusal) => {
                    let words = serde_json::to_string(refusal).map_err(Problem::unexpected)?;
                    rows.push(row(tx, of, p, ItemStatus::Refused, Some(words)));
                    tx.record(of.actor.event("item.refused", "item", p.item.id, serde_json::json!({"code": refusal.code})));
                }
                Decision::Conflict => {
                    aside.push(set_aside(tx, of, p));
                    tx.record(of.actor.event("item.set_aside", "item", p.item.id, serde_json::json!({"content_hash": p.hash})));
                }
                Decision::Duplicate(_) => {}
            }
        }
    }
    Ok(store::insert(tx.conn, &rows, &aside)?)
}

fn row(tx: &Tx<'_>, of: &Given<'_>, p: &Prepared, status: ItemStatus, problem: Option<String>) -> ItemRow {
    let sender = of.parcel.sender.actor.id;
    ItemRow {
        id: p.item.id,
        device_id: of.parcel.device.id,
        person_id: of.actor.id,
        sequence: p.item.sequence,
        previous: p.item.previous.clone(),
        kind: p.item.kind,
        content_hash: p.hash.clone(),
        made_at: p.item.made_at,
        not_before_at: p.not_before_at,
        status: status.as_str().to_owned(),
        receipt: if problem.is_none() { p.receipt.clone() } else { String::new() },
        problem,
        received_at: tx.now,
        brought_by: (sender != of.actor.id).then_some(sender),
    }
}

fn set_aside(tx: &Tx<'_>, of: &Given<'_>, p: &Prepared) -> SetAsideRow {
    let item = p.item.body.as_ref().map(|body| body.get().to_owned()).or_else(|| p.item.sealed.clone()).unwrap_or_default();
    let (device_id, person_id) = (of.parcel.device.id, of.actor.id);
    SetAsideRow { item_id: p.item.id, content_hash: p.hash.clone(), device_id, person_id, item, received_at: tx.now }
}
