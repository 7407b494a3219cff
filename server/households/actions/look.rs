//! Read a file, its history, and — each time recorded — the whole identity number.

use serde_json::json;

use super::{SEEING, all_seen, must_be, own_orgs, sees};
use crate::accounts::{Actor, PlacedTeam, Role, team};
use crate::households::model::{Household, HouseholdId, Member, Notice, Objection};
use crate::households::store::{self, Changed};
use crate::kit::db::{Conn, Db};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::idnumber::IdNumber;
use crate::kit::log::Event;

/// A file as it is opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The file.
    pub file: Household,
    /// Who lives there.
    pub members: Vec<Member>,
    /// The team that visits.
    pub team: Option<PlacedTeam>,
    /// When the name was made public.
    pub notices: Vec<Notice>,
    /// What was said against it.
    pub objections: Vec<Objection>,
}

/// Opens a file.
///
/// # Errors
/// [`Code::NotFound`] when it does not exist or is out of sight.
pub async fn look(db: &Db, actor: &Actor, id: HouseholdId) -> Result<Opened, Problem> {
    must_be(actor, &SEEING)?;
    let actor = actor.clone();
    db.read(move |conn| {
        let file = seen(conn, &actor, id)?;
        let members = store::members_of(conn, &[id])?;
        let team = file.team_id.map(|id| team(conn, id)).transpose()?.flatten();
        let (notices, objections) = (store::notices_of(conn, &[id])?, store::objections_of(conn, &[id])?);
        Ok(Opened { file, members, team, notices, objections })
    })
    .await
}

/// The changes of a file, newest first; one more than asked for when there are more.
///
/// # Errors
/// As [`look`].
pub async fn look_at_history(db: &Db, actor: &Actor, id: HouseholdId, before: Option<(i64, String)>, limit: i64) -> Result<Vec<Changed>, Problem> {
    must_be(actor, &SEEING)?;
    let actor = actor.clone();
    db.read(move |conn| {
        seen(conn, &actor, id)?;
        Ok(store::history(conn, id, before, limit + 1)?)
    })
    .await
}

/// The whole identity number of a head. Who read it, and when, stays in the log.
///
/// # Errors
/// [`Code::NotFound`] out of sight, [`Code::Forbidden`] for others than the centre.
pub async fn look_at_id_number(db: &Db, actor: &Actor, id: HouseholdId) -> Result<IdNumber, Problem> {
    look(db, actor, id).await?;
    must_be(actor, &[Role::Centre])?;
    let actor = actor.clone();
    db.write(actor.author(), move |tx| {
        let orgs = own_orgs(tx.conn, &actor)?;
        let file = all_seen(tx.conn, &actor, &orgs, &[id])?.pop().ok_or(Problem::of(Code::NotFound))?;
        let org = orgs.get(&file.org_id).ok_or(Problem::of(Code::Forbidden))?;
        // Not of the kind `household`: nobody's phone has to fetch the file again because it was read.
        tx.record(Event {
            chain: org.chain.clone(),
            by: None,
            verb: "household.id_number_read",
            subject_kind: "identity",
            subject: id.to_string(),
            facts: json!({}),
        });
        Ok(file.described.id_number)
    })
    .await
}

fn seen(conn: &mut Conn, actor: &Actor, id: HouseholdId) -> Result<Household, Problem> {
    let orgs = own_orgs(conn, actor)?;
    store::found(conn, id)?.filter(|file| sees(actor, &orgs, file)).ok_or(Problem::of(Code::NotFound))
}
