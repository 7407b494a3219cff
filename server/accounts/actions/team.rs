//! A team enters; people are put into it.

use std::collections::HashSet;

use serde_json::json;

use super::list::SEE_TEAMS;
use crate::accounts::model::newcomers::{NewMember, NewTeam};
use crate::accounts::model::views::TeamView;
use crate::accounts::model::{Actor, Role, TeamId};
use crate::accounts::store;
use crate::kit::db::Tx;
use crate::kit::http::made::Made;
use crate::kit::http::problem::{Code, FieldProblem, Problem};
use crate::kit::log::Event;

/// Who keeps teams.
pub(in crate::accounts) const TEAM_KEEPERS: [Role; 2] = [Role::Admin, Role::Centre];

/// Enters a team with its people; the same under the same id again changes nothing.
///
/// # Errors
/// [`Code::Invalid`] when the org or a member is unknown, [`Code::IdTaken`], [`Code::NameTaken`] for its code.
pub fn register_team(tx: &mut Tx<'_>, new: &NewTeam) -> Result<Made<TeamView>, Problem> {
    let org = store::org(tx.conn, new.org_id)?.ok_or_else(|| Problem::field("/org_id", "unknown"))?;
    check_members(tx, &org.path, &new.members)?;
    if !store::insert_team(tx.conn, new, tx.now)? {
        return met(tx, new);
    }
    store::put_members(tx.conn, new.id, &new.members)?;
    let facts = json!({ "org_id": org.id, "code": new.code.as_str(), "members": member_facts(&new.members) });
    tx.record(Event { chain: org.chain, by: None, verb: "team.registered", subject_kind: "team", subject: new.id.to_string(), facts });
    Ok(Made::now(store::team_view(tx.conn, new.id)?.ok_or(Problem::of(Code::NotFound))?))
}

/// Enters a team into an org of the actor's subtree.
pub(in crate::accounts) fn add_team(tx: &mut Tx<'_>, actor: &Actor, new: &NewTeam) -> Result<Made<TeamView>, Problem> {
    actor.must_be(&TEAM_KEEPERS)?;
    let known = store::org(tx.conn, new.org_id)?.is_some_and(|org| actor.covers(&org.path));
    if !known {
        return Err(Problem::field("/org_id", "unknown"));
    }
    register_team(tx, new)
}

/// Puts these people into a team, and nobody else.
pub(in crate::accounts) fn set_members(tx: &mut Tx<'_>, actor: &Actor, id: TeamId, version: i64, members: &[NewMember]) -> Result<TeamView, Problem> {
    let team = store::team_view(tx.conn, id)?.filter(|team| actor.has(&SEE_TEAMS) && actor.covers(&team.org_path));
    let team = team.ok_or(Problem::of(Code::NotFound))?;
    actor.must_be(&TEAM_KEEPERS)?;
    let org = store::org(tx.conn, team.org_id)?.ok_or(Problem::of(Code::NotFound))?;
    check_members(tx, &org.path, members)?;
    if !store::set_team_version(tx.conn, id, version)? {
        return Err(Problem::of(Code::StaleVersion));
    }
    store::put_members(tx.conn, id, members)?;
    let facts = json!({ "members": member_facts(members) });
    tx.record(Event { chain: org.chain, by: None, verb: "team.members_set", subject_kind: "team", subject: id.to_string(), facts });
    store::team_view(tx.conn, id)?.ok_or(Problem::of(Code::NotFound))
}

fn member_facts(members: &[NewMember]) -> Vec<serde_json::Value> {
    members.iter().map(|m| json!({ "person_id": m.person_id, "is_lead": m.is_lead })).collect()
}

/// Members come from the team's org, the orgs above it or those below it, visit or lead, and stand in it once.
fn check_members(tx: &mut Tx<'_>, team_path: &str, members: &[NewMember]) -> Result<(), Problem> {
    let mut faults = Vec::new();
    let mut seen = HashSet::new();
    for (i, member) in members.iter().enumerate() {
        let mut fault = |word| faults.push(FieldProblem::new(format!("/members/{i}/person_id"), word));
        if !seen.insert(member.person_id) {
            fault("duplicate");
            continue;
        }
        let person = store::person_view(tx.conn, member.person_id)?;
        let Some(person) = person.filter(|p| !p.disabled && (team_path.starts_with(&p.org_path) || p.org_path.starts_with(team_path))) else {
            fault("unknown");
            continue;
        };
        let needed = if member.is_lead { [Role::Lead].as_slice() } else { [Role::Cadre, Role::Lead].as_slice() };
        if !person.roles.iter().any(|role| needed.contains(role)) {
            fault("wrong_role");
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::invalid(faults)) }
}

fn met(tx: &mut Tx<'_>, new: &NewTeam) -> Result<Made<TeamView>, Problem> {
    let Some(team) = store::team_view(tx.conn, new.id)? else { return Err(Problem::of(Code::NameTaken)) };
    let members: HashSet<_> = team.members.iter().map(|m| (m.id, m.is_lead)).collect();
    let asked: HashSet<_> = new.members.iter().map(|m| (m.person_id, m.is_lead)).collect();
    let same = team.org_id == new.org_id && team.code == new.code.as_str() && team.name == new.name.as_str() && members == asked;
    tx.unchanged();
    if same { Ok(Made::before(team)) } else { Err(Problem::of(Code::IdTaken)) }
}
