//! `judge`: a verdict on a check. A later one names why the earlier does not stand, and keeps it.

use std::collections::BTreeMap;

use serde_json::json;

use super::check::{CheckView, for_writing, view};
use super::escalate::escalate;
use crate::accounts::Actor;
use crate::campaigns::{self, ItemId, Seals};
use crate::kit::db::{Conn, Tx, lock_key};
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Check, CheckId, CheckState, Judged, Verdict};
use crate::spotchecks::{queries, rules, store};

/// Longest words, in characters.
const LONGEST: usize = 1_000;

/// A verdict to be given.
#[derive(Debug, Clone)]
pub struct NewVerdict {
    /// The how-manieth it is to be: whoever has not seen the one before does not overrule it.
    pub version: i64,
    /// The verdict.
    pub verdict: Verdict,
    /// What was done about it.
    pub measures: String,
    /// Anything else.
    pub words: String,
    /// Why the one before does not stand.
    pub reason: String,
}

/// Keeps a verdict. Too many of one kind in one team make that team's check a full one.
pub fn judge(tx: &mut Tx<'_>, actor: &Actor, seals: &Seals, id: CheckId, new: &NewVerdict) -> Result<CheckView, Problem> {
    tx.lock(vec![lock_key(&["check", id.as_str()])])?;
    let (mut check, household) = for_writing(tx.conn, actor, id)?;
    let before = store::verdicts(tx.conn, id)?;
    let mut judged = checked(new, actor, tx.now)?;
    if let Some(same) = before.iter().find(|same| same.version == new.version) {
        judged.at_risk_fen = same.at_risk_fen;
        if (Judged { judged_at: same.judged_at, ..judged }) != *same {
            return Err(Problem::of(Code::StaleVersion));
        }
        tx.unchanged();
        return view(tx.conn, check, household);
    }
    if i64::try_from(before.len()) != Ok(new.version - 1) {
        return Err(Problem::of(Code::StaleVersion));
    }
    judged.at_risk_fen = at_risk_fen(tx.conn, &check, new.verdict)?;
    store::insert_verdict(tx.conn, id, &judged)?;
    store::set_state(tx.conn, id, CheckState::Judged, Some(new.verdict))?;
    (check.state, check.verdict) = (CheckState::Judged, Some(new.verdict));
    let facts = json!({"sample_id": check.sample_id, "version": judged.version, "verdict": judged.verdict, "at_risk_fen": judged.at_risk_fen});
    tx.record(actor.event("check.judged", "check", id, facts));
    if new.verdict == Verdict::Misdelivered {
        escalate(tx, actor, seals, &check)?;
    }
    view(tx.conn, check, household)
}

fn checked(new: &NewVerdict, actor: &Actor, now: crate::kit::clock::Moment) -> Result<Judged, Problem> {
    let mut faults = Faults::default();
    let mut text = |text: &str, needed: bool, pointer: &str| {
        if needed || !text.trim().is_empty() { faults.text(text, LONGEST, pointer) } else { String::new() }
    };
    let measures = text(&new.measures, new.verdict.is_discrepancy(), "/measures");
    let words = text(&new.words, false, "/words");
    let reason = text(&new.reason, new.version > 1, "/reason");
    faults.unless(new.version > 1 || reason.is_empty(), "/reason", "must_be_empty");
    faults.unless(new.version > 0, "/version", "out_of_range");
    let (judged_by, by) = (actor.id, actor.name.clone());
    faults.or(Judged { version: new.version, verdict: new.verdict, measures, words, reason, at_risk_fen: 0, judged_by, by, judged_at: now })
}

/// Without the household's answers there is one verdict: that it could not be asked.
fn at_risk_fen(conn: &mut Conn, check: &Check, verdict: Verdict) -> Result<i64, Problem> {
    let said = store::answers(conn, check.id)?.map(|(said, ..)| said);
    if said.is_none() && verdict != Verdict::Unreachable {
        return Err(Problem::of(Code::AnswersFirst));
    }
    let wrote = check.visit_id.map(|visit| queries::record(conn, visit)).transpose()?.flatten();
    let named = said.iter().flat_map(|said| &said.goods).chain(wrote.iter().flat_map(|wrote| &wrote.goods));
    let items: Vec<ItemId> = named.map(|line| line.item_id).collect();
    let prices: BTreeMap<ItemId, i64> = campaigns::items_by_id(conn, &items)?.into_iter().map(|item| (item.id, item.unit_value_fen)).collect();
    Ok(rules::compare::at_risk_fen(verdict, said.as_ref(), wrote.as_ref(), check.handed_fen, &prices))
}
