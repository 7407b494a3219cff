//! `settle`: somebody says with words and a name what became of findings.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::list::{FindingView, is_open, views};
use super::reconcile_keys;
use crate::accounts::{Actor, PersonId, Role};
use crate::campaigns;
use crate::findings::model::{AboutKind, FindingId, How, Key, Status};
use crate::findings::queries::{self, Row};
use crate::findings::store::{self, Settling};
use crate::kit::db::Tx;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem, ProblemBody};
use crate::kit::log::Event;
use crate::visits::VisitId;

/// Fewest characters that say anything.
const LEAST: usize = 2;
const MOST: usize = 500;

/// A finding that was not settled with the others.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = FindingRefused)]
pub struct Refused {
    /// Which one.
    pub id: FindingId,
    /// Why.
    pub problem: ProblemBody,
}

/// Settles a finding and says where the household stands now. A lead explains findings of a team they lead; a supervisor settles any of
/// their subtree, one that was settled before too; nobody settles a finding about their own visit, or about a slip they signed.
///
/// # Errors
/// [`Code::NotFound`] for what they may not see, [`Code::Forbidden`] and [`Code::OwnVisit`] for what they may not settle,
/// [`Code::FindingNotOpen`] for what is settled or gone.
pub fn settle(tx: &mut Tx<'_>, actor: &Actor, id: FindingId, how: How, words: &str, language: Language) -> Result<FindingView, Problem> {
    let words = checked(actor, words)?;
    let mut found = locked(tx, actor, &[id])?;
    let row = found.pop().ok_or(Problem::of(Code::NotFound))?;
    may_settle(actor, &row, how)?;
    write(tx, actor, vec![row], how, words)?;
    let rows = queries::these(tx.conn, actor, &[id])?;
    views(tx.conn, rows, language)?.pop().ok_or(Problem::of(Code::NotFound))
}

/// Settles many findings that have one cause, with one sentence. Those that the actor may not settle are named with the reason; the
/// others are settled.
///
/// # Errors
/// [`Code::NotFound`] when none of them may be seen, a fault at `/ids` when they are of more than one code.
pub fn settle_many(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ids: &[FindingId],
    how: How,
    words: &str,
    language: Language,
) -> Result<(Vec<FindingView>, Vec<Refused>), Problem> {
    let words = checked(actor, words)?;
    let found = locked(tx, actor, ids)?;
    let cause = found.first().map(|row| row.code).ok_or(Problem::of(Code::NotFound))?;
    if found.iter().any(|row| row.code != cause) {
        return Err(Problem::field("/ids", "not_one_cause"));
    }
    let refused = |id: FindingId, problem: Problem| Refused { id, problem: problem.body(language, "") };
    let unseen = ids.iter().filter(|id| found.iter().all(|row| row.id != **id)).map(|id| refused(*id, Problem::of(Code::NotFound)));
    let mut refusals: Vec<Refused> = unseen.collect();
    let mut may = Vec::new();
    for row in found {
        match may_settle(actor, &row, how) {
            Ok(()) => may.push(row),
            Err(problem) => refusals.push(refused(row.id, problem)),
        }
    }
    let settled: Vec<FindingId> = may.iter().map(|row| row.id).collect();
    write(tx, actor, may, how, words)?;
    let rows = queries::these(tx.conn, actor, &settled)?;
    Ok((views(tx.conn, rows, language)?, refusals))
}

fn checked<'a>(actor: &Actor, words: &'a str) -> Result<&'a str, Problem> {
    campaigns::must_read(actor)?;
    let words = words.trim();
    let said = words.chars().count();
    if (LEAST..=MOST).contains(&said) { Ok(words) } else { Err(Problem::field("/words", if said < LEAST { "too_short" } else { "too_long" })) }
}

/// Locked first, then read again: two people may settle at once.
fn locked(tx: &mut Tx<'_>, actor: &Actor, ids: &[FindingId]) -> Result<Vec<Row>, Problem> {
    let keys: Vec<Key> = queries::these(tx.conn, actor, ids)?.iter().filter_map(key_of).collect();
    super::reconcile::lock(tx, &keys)?;
    Ok(queries::these(tx.conn, actor, ids)?)
}

/// What is reconciled again when a finding is settled.
fn key_of(row: &Row) -> Option<Key> {
    match row.about.0 {
        AboutKind::Visit => VisitId::parse(&row.about.1).map(|visit| Key::of(row.campaign_id, row.household.0, visit)),
        AboutKind::Team | AboutKind::Slip => row.team.0.map(|team| Key::Team(row.campaign_id, team)),
    }
}

fn write(tx: &mut Tx<'_>, actor: &Actor, rows: Vec<Row>, how: How, words: &str) -> Result<(), Problem> {
    let is_repeat = |row: &Row| row.status == Status::from(how) && row.settled.0 == Some(actor.id) && row.settled.2.as_deref() == Some(words);
    let fresh: Vec<Row> = rows.into_iter().filter(|row| !is_repeat(row)).collect();
    if fresh.is_empty() {
        tx.unchanged();
        return Ok(());
    }
    let settled: Vec<(FindingId, String)> = fresh.iter().map(|row| (row.id, row.facts_hash.clone())).collect();
    store::settle(tx.conn, &settled, Settling { how, by: actor.id, at: tx.now, words })?;
    let keys: Vec<Key> = fresh.iter().filter_map(key_of).collect();
    for row in fresh {
        let about = json!({"kind": row.about.0, "id": row.about.1});
        let visit = row.visit.map(|(visit, ..)| visit);
        let facts = json!({"campaign_id": row.campaign_id, "visit_id": visit, "household_id": row.household.0, "about": about, "code": row.code, "how": how});
        tx.record(Event { chain: row.chain, by: None, verb: "finding.settled", subject_kind: "finding", subject: row.id.to_string(), facts });
    }
    reconcile_keys(tx, &keys)
}

/// Who made what a finding is about: the visit, or one of the two counts of a slip.
fn parties(row: &Row) -> impl Iterator<Item = PersonId> {
    let visit = row.visit.as_ref().map(|(_, _, cadre, _)| *cadre);
    visit.into_iter().chain(row.signed.0).chain(row.signed.1)
}

fn may_settle(actor: &Actor, found: &Row, how: How) -> Result<(), Problem> {
    let supervises = actor.has(&[Role::Supervisor]);
    let leads = actor.has(&[Role::Lead]) && found.team.0.is_some_and(|team| actor.leads(team));
    let may = supervises || (leads && how == How::Explained);
    if !may {
        return Err(Problem::of(Code::Forbidden));
    }
    if parties(found).any(|person| person == actor.id) {
        return Err(Problem::of(Code::OwnVisit));
    }
    let settleable = is_open(found.status) || (found.status.is_settled() && (supervises || found.settled.0 == Some(actor.id)));
    if settleable { Ok(()) } else { Err(Problem::of(Code::FindingNotOpen)) }
}
