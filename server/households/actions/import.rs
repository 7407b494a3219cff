//! Bring a roster in: all good rows in one transaction, each file once in the whole tree, the same file twice without effect.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use serde_json::json;
use tokio::sync::Semaphore;

use super::{Rewrite, lock, must_be};
use crate::accounts::{Actor, Org, OrgId, PersonId, Role, org, org_by_code, orgs_in};
use crate::households::import::{self, Accepted, Verdict};
use crate::households::model::{Household, HouseholdId, ImportId, Status};
use crate::households::rules::{self, Plan};
use crate::households::store::{self, Roster};
use crate::kit::db::{Conn, Db, Tx};
use crate::kit::digest::sha256_hex;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::{Author, Event};

/// Files unpacked at a time: each may take some 200 MB while it is.
static UNPACKING: Semaphore = Semaphore::const_new(2);

/// What came of an import, or would come of it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Row by row.
    pub verdict: Verdict,
    /// Files that said the same already.
    pub unchanged: usize,
    /// Whether this very file was brought in before: then nothing was done.
    pub already_imported: bool,
    /// The roster, where there is one.
    pub import_id: Option<ImportId>,
}

/// On whose behalf.
#[derive(Clone)]
struct Importer {
    person: Option<PersonId>,
    /// New files are kept here.
    org: Org,
    /// Files below this may be corrected.
    path: String,
}

/// Brings a roster in, or says what would come of it.
///
/// # Errors
/// [`Code::Forbidden`] for others than the centre, [`Code::NotFound`] for an org outside the subtree, and what [`import::read`] says.
pub async fn import(db: &Db, actor: &Actor, bytes: Bytes, into: Option<OrgId>, dry_run: bool) -> Result<Outcome, Problem> {
    must_be(actor, &[Role::Centre])?;
    let org = match into {
        None => actor.org.clone(),
        Some(id) => db.read(move |conn| Ok(org(conn, id)?)).await?.filter(|org| actor.covers(&org.path)).ok_or(Problem::of(Code::NotFound))?,
    };
    bring_in(db, Importer { person: Some(actor.id), org, path: actor.org.path.clone() }, bytes, dry_run).await
}

/// The same from the command line, for the org with this code or for the root.
///
/// # Errors
/// [`Code::NotFound`] when there is no such org, and what [`import::read`] says.
pub async fn import_at_the_console(db: &Db, bytes: Bytes, code: Option<String>, dry_run: bool) -> Result<Outcome, Problem> {
    let org = db.read(move |conn| Ok(org_by_code(conn, code.as_deref())?)).await?.ok_or(Problem::of(Code::NotFound))?;
    let path = org.path.clone();
    bring_in(db, Importer { person: None, org, path }, bytes, dry_run).await
}

async fn bring_in(db: &Db, importer: Importer, bytes: Bytes, dry_run: bool) -> Result<Outcome, Problem> {
    let sha256 = sha256_hex(&bytes);
    let verdict = judge(db, bytes).await?;
    if dry_run {
        return db.read(move |conn| Ok(propose(conn, &importer, verdict, &sha256)?.0)).await;
    }
    let author = Author(importer.person.map(|id| id.to_string()));
    db.write(author, move |tx| carry_out(tx, &importer, verdict.clone(), &sha256)).await
}

async fn judge(db: &Db, bytes: Bytes) -> Result<Verdict, Problem> {
    let today = db.clock().now().china_day().parse().map_err(Problem::unexpected)?;
    let _turn = UNPACKING.acquire().await.map_err(Problem::unexpected)?;
    tokio::task::spawn_blocking(move || import::read(&bytes, today)).await.map_err(Problem::unexpected)?
}

type Orgs = HashMap<OrgId, Org>;

/// What would come of it, how, and the orgs whose files are ours.
fn propose(conn: &mut Conn, importer: &Importer, mut verdict: Verdict, sha256: &str) -> Result<(Outcome, Plan, Orgs), Problem> {
    let orgs: Orgs = orgs_in(conn, &importer.path)?.into_iter().map(|org| (org.id, org)).collect();
    let ours: HashSet<OrgId> = orgs.keys().copied().collect();
    let numbers: Vec<_> = verdict.accepted.iter().map(|row| row.described.id_number.clone()).collect();
    let files = store::by_id_numbers(conn, &numbers)?.into_iter().map(|file| (file.described.id_number.clone(), file)).collect();
    let earlier = store::roster_of_file(conn, importer.org.id, sha256)?;
    // Files may have been corrected by hand since; the same roster once more must not turn that back.
    let plan = if earlier.is_some() { Plan { unchanged: verdict.accepted.len(), ..Plan::default() } } else { rules::plan(&mut verdict, &files, &ours) };
    let outcome = Outcome { verdict, unchanged: plan.unchanged, already_imported: earlier.is_some(), import_id: earlier.map(|roster| roster.id) };
    Ok((outcome, plan, orgs))
}

fn carry_out(tx: &mut Tx<'_>, importer: &Importer, verdict: Verdict, sha256: &str) -> Result<Outcome, Problem> {
    lock(tx)?;
    let (outcome, plan, orgs) = propose(tx.conn, importer, verdict, sha256)?;
    if outcome.already_imported {
        tx.unchanged();
        return Ok(outcome);
    }
    let id = ImportId::fresh(tx.now, tx.chance);
    enter(tx, importer, id, &outcome.verdict, sha256)?;
    create(tx, importer, id, plan.created)?;
    let mut rewrite = Rewrite::new();
    for correction in plan.corrected {
        let fields: Vec<&str> = correction.changes.iter().map(|change| change.field).collect();
        let facts = json!({"import": id, "fields": fields});
        let chain = orgs.get(&correction.before.org_id).map_or_else(|| importer.org.chain.clone(), |org| org.chain.clone());
        tx.record(Event { chain, by: None, verb: "household.corrected", subject_kind: "household", subject: correction.before.id.to_string(), facts });
        rewrite.add(tx, importer.person, Household { described: correction.after, ..correction.before }, &correction.changes);
    }
    rewrite.write(tx)?;
    Ok(Outcome { import_id: Some(id), ..outcome })
}

fn enter(tx: &mut Tx<'_>, importer: &Importer, id: ImportId, verdict: &Verdict, sha256: &str) -> Result<(), Problem> {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let roster = Roster {
        id,
        org_id: importer.org.id,
        file_sha256: sha256.to_owned(),
        made_by: importer.person,
        made_at: tx.now,
        rows: count(verdict.rows),
        accepted: count(verdict.accepted.len()),
        rejected: count(verdict.rejected.len()),
    };
    let facts = json!({"org": roster.org_id, "sha256": sha256, "rows": roster.rows, "accepted": roster.accepted, "rejected": roster.rejected});
    tx.record(Event { chain: importer.org.chain.clone(), by: None, verb: "roster.imported", subject_kind: "import", subject: id.to_string(), facts });
    Ok(store::add_roster(tx.conn, &roster)?)
}

fn create(tx: &mut Tx<'_>, importer: &Importer, import: ImportId, rows: Vec<Accepted>) -> Result<(), Problem> {
    let mut files = Vec::with_capacity(rows.len());
    for row in rows {
        let id = HouseholdId::fresh(tx.now, tx.chance);
        let facts = json!({"import": import, "row": row.row});
        tx.record(Event { chain: importer.org.chain.clone(), by: None, verb: "household.imported", subject_kind: "household", subject: id.to_string(), facts });
        files.push(Household {
            id,
            org_id: importer.org.id,
            team_id: None,
            cadre_id: None,
            import_id: Some(import),
            described: row.described,
            home: None,
            status: Status::Applied,
            approved_at: None,
            ended_at: None,
            made_at: tx.now,
            version: 1,
        });
    }
    Ok(store::insert_all(tx.conn, files)?)
}
