//! `settle`: somebody says with words and a name what became of a finding.

use serde_json::json;

use super::list::{FindingView, is_open, views};
use super::reconcile_keys;
use crate::accounts::{Actor, Role};
use crate::campaigns;
use crate::findings::model::{FindingId, How, Key, Status};
use crate::findings::queries::{self, Row};
use crate::findings::store;
use crate::kit::db::Tx;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;

/// Fewest characters that say anything.
const LEAST: usize = 2;
const MOST: usize = 500;

/// Settles a finding and says where the household stands now. A lead explains findings of a team they lead; a supervisor settles any of
/// their subtree, one that was settled before too; nobody settles a finding about their own visit.
///
/// # Errors
/// [`Code::NotFound`] for what they may not see, [`Code::Forbidden`] and [`Code::OwnVisit`] for what they may not settle,
/// [`Code::FindingNotOpen`] for what is settled or gone.
pub fn settle(tx: &mut Tx<'_>, actor: &Actor, id: FindingId, how: How, words: &str, language: Language) -> Result<FindingView, Problem> {
    campaigns::must_read(actor)?;
    let words = words.trim();
    let said = words.chars().count();
    if !(LEAST..=MOST).contains(&said) {
        return Err(Problem::field("/words", if said < LEAST { "too_short" } else { "too_long" }));
    }
    let found = find(tx, actor, id)?;
    // Locked first, then read again: two people may settle at once.
    let key = Key::of(found.campaign_id, found.household.0, found.visit.0);
    super::reconcile::lock(tx, &[key])?;
    let found = find(tx, actor, id)?;
    may_settle(actor, &found, how)?;
    let repeated = found.status == Status::from(how) && found.settled.0 == Some(actor.id) && found.settled.2.as_deref() == Some(words);
    if repeated {
        tx.unchanged();
    } else {
        store::settle(tx.conn, id, how, actor.id, tx.now, words)?;
        let facts = json!({"campaign_id": found.campaign_id, "visit_id": found.visit.0, "household_id": found.household.0, "code": found.code, "how": how});
        tx.record(Event { chain: found.chain, verb: "finding.settled", subject_kind: "finding", subject: id.to_string(), facts });
        reconcile_keys(tx, &[key])?;
    }
    let row = find(tx, actor, id)?;
    views(tx.conn, vec![row], language)?.pop().ok_or(Problem::of(Code::NotFound))
}

fn find(tx: &mut Tx<'_>, actor: &Actor, id: FindingId) -> Result<Row, Problem> {
    queries::one(tx.conn, actor, id)?.ok_or(Problem::of(Code::NotFound))
}

fn may_settle(actor: &Actor, found: &Row, how: How) -> Result<(), Problem> {
    let supervises = actor.has(&[Role::Supervisor]);
    let leads = actor.has(&[Role::Lead]) && found.team.0.is_some_and(|team| actor.leads(team));
    let may = supervises || (leads && how == How::Explained);
    if !may {
        return Err(Problem::of(Code::Forbidden));
    }
    if found.visit.2 == actor.id {
        return Err(Problem::of(Code::OwnVisit));
    }
    let settleable = is_open(found.status) || (found.status.is_settled() && (supervises || found.settled.0 == Some(actor.id)));
    if settleable { Ok(()) } else { Err(Problem::of(Code::FindingNotOpen)) }
}
