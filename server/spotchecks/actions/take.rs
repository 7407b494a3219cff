//! `take_answers`: what households answered where there was no line. The same rules hold as at the desk; what cannot count any more is
//! set aside where people can compare it.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::check::may_write;
use crate::accounts::{Actor, PersonId};
use crate::campaigns::{self, ItemId};
use crate::kit::clock::Moment;
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Answers, AnswersSent, Check, CheckId, SetAside};
use crate::spotchecks::{queries, rules, store};

/// Keeps answers, all in a few statements however many there are. One that cannot be kept is answered with its problem and holds up none
/// of the others. The first answers of a household stand; the same once more change nothing.
///
/// # Errors
/// When the database fails; then none of them is kept.
pub fn take_answers(tx: &mut Tx<'_>, given: &[(&Actor, AnswersSent)]) -> Result<Vec<Result<(), Problem>>, Problem> {
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let ids: HashSet<CheckId> = given.iter().map(|(_, sent)| sent.check_id).collect();
    let ids: Vec<CheckId> = ids.into_iter().collect();
    tx.lock(ids.iter().map(|id| lock_key(&["check", id.as_str()])).collect())?;
    let checks: HashMap<CheckId, Check> = queries::checks_of(tx.conn, &ids)?.into_iter().map(|(check, _)| (check.id, check)).collect();
    let mut stand = store::answers_of(tx.conn, &ids)?;
    let known = known_items(tx, given)?;
    let mut given: Vec<(&Actor, AnswersSent)> = given.to_vec();
    let (mut outcomes, mut kept, mut aside) = (Vec::with_capacity(given.len()), Vec::new(), Vec::new());
    for (actor, sent) in &mut given {
        sent.asked_at = sent.asked_at.min(tx.now);
        let check = checks.get(&sent.check_id);
        let known = known.get(&actor.id).map(Vec::as_slice).unwrap_or_default();
        let outcome = verdict(actor, check, stand.get(&sent.check_id), sent, known, tx.now);
        match (&outcome, check) {
            (Ok(true), Some(check)) => {
                stand.insert(check.id, sent.answers.clone());
                let facts = json!({"sample_id": check.sample_id, "how": sent.answers.how, "evidence": sent.answers.evidence});
                tx.record(actor.event("check.answered", "check", check.id, facts));
                kept.push((actor.id, &*sent));
            }
            (Err(problem), Some(check)) => {
                if let Some(reason) = SetAside::of(problem.code) {
                    let facts = json!({"sample_id": check.sample_id, "reason": reason, "item_id": sent.item_id});
                    tx.record(actor.event("check.set_aside", "check", check.id, facts));
                    aside.push((reason, actor.id, &*sent));
                }
            }
            _ => {}
        }
        outcomes.push(outcome.map(drop));
    }
    store::insert_sent(tx.conn, &kept)?;
    store::insert_aside(tx.conn, &aside, tx.now)?;
    Ok(outcomes)
}

/// Whether these answers are to be kept; they are not where the very same are.
fn verdict(actor: &Actor, check: Option<&Check>, before: Option<&Answers>, sent: &mut AnswersSent, known: &[ItemId], now: Moment) -> Result<bool, Problem> {
    let mut faults = Faults::default();
    rules::answers::check(&mut faults, &mut sent.answers, known, now);
    let allowed = check.ok_or(Problem::of(Code::NotFound)).and_then(|check| may_write(actor, check).map(|()| check));
    // Bad input is bad input, wherever the check stands; but nobody learns from it of a check that is not theirs.
    let is_theirs = allowed.as_ref().err().is_none_or(|problem| SetAside::of(problem.code).is_some());
    if is_theirs {
        faults.or(()).map_err(below_answers)?;
    }
    if allowed?.campaign_id != sent.campaign_id {
        return Err(Problem::field("/campaign_id", "not_same_campaign"));
    }
    match before {
        Some(before) if *before != sent.answers => Err(Problem::of(Code::AlreadyAnswered)),
        before => Ok(before.is_none()),
    }
}

fn below_answers(mut problem: Problem) -> Problem {
    for field in &mut problem.fields {
        field.pointer.insert_str(0, "/answers");
    }
    problem
}

/// The goods that each of these people may name: asked once for each who names any.
fn known_items(tx: &mut Tx<'_>, given: &[(&Actor, AnswersSent)]) -> Result<HashMap<PersonId, Vec<ItemId>>, Problem> {
    let mut named: HashMap<PersonId, (&Actor, Vec<ItemId>)> = HashMap::new();
    for (actor, sent) in given.iter().filter(|(_, sent)| !sent.answers.goods.is_empty()) {
        named.entry(actor.id).or_insert_with(|| (actor, Vec::new())).1.extend(sent.answers.goods.iter().map(|line| line.item_id));
    }
    let mut known = HashMap::new();
    for (id, (actor, items)) in named {
        known.insert(id, campaigns::known_items(tx.conn, &actor.org, &items)?);
    }
    Ok(known)
}
