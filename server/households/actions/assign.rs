//! Give files to a team, or to a cadre of it: the centre any of its own, a lead those of the teams they lead.

use std::collections::HashSet;

use serde_json::json;

use super::{Rewrite, all_seen, lock, must_be, own_orgs, those_seen};
use crate::accounts::{Actor, PersonId, Role, TeamId, stands_in, team};
use crate::households::model::{Change, Household, HouseholdId};
use crate::kit::db::Db;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;

/// Who of the team goes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Whom {
    /// Whoever it was; nobody where the team is another.
    #[default]
    AsBefore,
    /// Any of them.
    Anybody,
    /// This one.
    Cadre(PersonId),
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assigned {
    /// Files that changed hands.
    pub assigned: usize,
    /// Files the team had already.
    pub unchanged: usize,
    /// Files that are not theirs to give, where each is given by itself.
    pub refused: Vec<HouseholdId>,
}

/// Gives files to a team, or to a cadre of it: all of them or none, or each `by_itself`.
///
/// # Errors
/// [`Code::NotFound`] for a file or a team out of sight, [`Code::Forbidden`] for a file that a lead sees but does not lead, a fault at
/// `/cadre_id` for somebody who is not of that team. By itself, a file is no error but named among those refused.
pub async fn assign(db: &Db, actor: &Actor, ids: Vec<HouseholdId>, to: TeamId, whom: Whom, by_itself: bool) -> Result<Assigned, Problem> {
    must_be(actor, &[Role::Centre, Role::Lead])?;
    let actor = actor.clone();
    db.write(actor.author(), move |tx| {
        lock(tx)?;
        let to = team(tx.conn, to)?.filter(|team| actor.covers(&team.org.path)).ok_or(Problem::of(Code::NotFound))?.id;
        if let Whom::Cadre(cadre) = whom
            && !stands_in(tx.conn, cadre, to)?
        {
            return Err(Problem::field("/cadre_id", "not_of_the_team"));
        }
        let mut orgs = own_orgs(tx.conn, &actor)?;
        let mut files = if by_itself { those_seen(tx.conn, &actor, &orgs, &ids)? } else { all_seen(tx.conn, &actor, &orgs, &ids)? };
        let is_theirs = |file: &Household| (actor.has(&[Role::Centre]) && orgs.contains_key(&file.org_id)) || file.team_id.is_some_and(|own| actor.leads(own));
        let (mut outcome, mut rewrite) = (Assigned::default(), Rewrite::new());
        if by_itself {
            files.retain(is_theirs);
            let given: HashSet<HouseholdId> = files.iter().map(|file| file.id).collect();
            outcome.refused = ids.iter().copied().filter(|id| !given.contains(id)).collect();
        } else if !files.iter().all(is_theirs) {
            return Err(Problem::of(Code::Forbidden));
        }
        for file in files {
            let cadre_id = match whom {
                Whom::Cadre(cadre) => Some(cadre),
                Whom::AsBefore if file.team_id == Some(to) => file.cadre_id,
                Whom::AsBefore | Whom::Anybody => None,
            };
            if (file.team_id, file.cadre_id) == (Some(to), cadre_id) {
                outcome.unchanged += 1;
                continue;
            }
            if !orgs.contains_key(&file.org_id) {
                // A team may visit for an org above its own; the event belongs to that org's chain.
                let org = crate::accounts::org(tx.conn, file.org_id)?.ok_or(Problem::of(Code::NotFound))?;
                orgs.insert(org.id, org);
            }
            let chain = orgs.get(&file.org_id).map(|org| org.chain.clone()).unwrap_or_default();
            let facts = json!({"from": file.team_id, "to": to, "cadre_id": cadre_id});
            tx.record(Event { chain, by: None, verb: "household.assigned", subject_kind: "household", subject: file.id.to_string(), facts });
            let moved = Change::of("team_id", file.team_id.map(|id| id.to_string()), Some(to.to_string()));
            let given = Change::of("cadre_id", file.cadre_id.map(|id| id.to_string()), cadre_id.map(|id| id.to_string()));
            let changes: Vec<Change> = moved.into_iter().chain(given).collect();
            rewrite.add(tx, Some(actor.id), Household { team_id: Some(to), cadre_id, ..file }, &changes);
            outcome.assigned += 1;
        }
        if outcome.assigned == 0 {
            tx.unchanged();
        }
        rewrite.write(tx)?;
        Ok(outcome)
    })
    .await
}
