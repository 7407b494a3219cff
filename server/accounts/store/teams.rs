//! Teams and who stands in them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::subtree;
use crate::accounts::model::newcomers::{NewMember, NewTeam};
use crate::accounts::model::views::{MemberView, TeamView};
use crate::accounts::model::{OrgId, PersonId, TeamId};
use crate::each;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{orgs, people, team_members, teams};

type Row = (TeamId, String, String, OrgId, String, i64, String);

const VIEW: (teams::id, teams::code, teams::name, orgs::id, orgs::name, teams::version, orgs::path) =
    (teams::id, teams::code, teams::name, orgs::id, orgs::name, teams::version, orgs::path);

fn views(conn: &mut Conn, rows: Vec<Row>) -> QueryResult<Vec<TeamView>> {
    let mut members = members_of(conn, rows.iter().map(|row| row.0).collect())?;
    let view = |(id, code, name, org_id, org_name, version, org_path): Row| TeamView {
        members: members.remove(&id).unwrap_or_default(),
        id,
        code,
        name,
        org_id,
        org_name,
        version,
        org_path,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Who stands in these teams: leads first, then by name.
fn members_of(conn: &mut Conn, ids: Vec<TeamId>) -> QueryResult<HashMap<TeamId, Vec<MemberView>>> {
    let rows: Vec<(TeamId, PersonId, String, bool)> = team_members::table
        .inner_join(people::table.on(people::id.eq(team_members::person_id)))
        .filter(team_members::team_id.eq_any(ids))
        .order((team_members::is_lead.desc(), people::name, people::id))
        .select((team_members::team_id, people::id, people::name, team_members::is_lead))
        .load(conn)?;
    let mut members: HashMap<TeamId, Vec<MemberView>> = HashMap::new();
    for (team, id, name, is_lead) in rows {
        members.entry(team).or_default().push(MemberView { id, name, is_lead });
    }
    Ok(members)
}

/// Whether somebody who may still act stands in a team.
///
/// # Errors
/// When it cannot be read.
pub fn stands_in(conn: &mut Conn, person: PersonId, team: TeamId) -> QueryResult<bool> {
    let standing = team_members::table.inner_join(people::table.on(people::id.eq(team_members::person_id)));
    let here = team_members::team_id.eq(team).and(team_members::person_id.eq(person)).and(people::disabled_at.is_null());
    diesel::select(diesel::dsl::exists(standing.filter(here))).get_result(conn)
}

/// The teams of a subtree, by id.
pub(in crate::accounts) fn teams_below(conn: &mut Conn, path: &str, after: Option<&str>, limit: i64) -> QueryResult<Vec<TeamView>> {
    let mut query = teams::table
        .inner_join(orgs::table.on(orgs::id.eq(teams::org_id)))
        .filter(orgs::path.like(subtree(path)))
        .order(teams::id)
        .limit(limit + 1)
        .select(VIEW)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(teams::id.gt(after.to_owned()));
    }
    let rows = query.load(conn)?;
    views(conn, rows)
}

/// A team as lists show it.
pub(in crate::accounts) fn team_view(conn: &mut Conn, id: TeamId) -> QueryResult<Option<TeamView>> {
    let rows = teams::table.inner_join(orgs::table.on(orgs::id.eq(teams::org_id))).filter(teams::id.eq(id)).select(VIEW).load(conn)?;
    Ok(views(conn, rows)?.pop())
}

/// Enters a team; false when its id, or its code in its org, is taken.
pub(in crate::accounts) fn insert_team(conn: &mut Conn, new: &NewTeam, now: Moment) -> QueryResult<bool> {
    let row = (
        teams::id.eq(new.id),
        teams::org_id.eq(new.org_id),
        teams::code.eq(new.code.as_str()),
        teams::name.eq(new.name.as_str()),
        teams::version.eq(1_i64),
        teams::made_at.eq(now),
    );
    each!(conn, |c| diesel::insert_into(teams::table).values(row).on_conflict_do_nothing().execute(c)).map(|n| n == 1)
}

/// Raises a team's version; false when it is another by now.
pub(in crate::accounts) fn set_team_version(conn: &mut Conn, id: TeamId, version: i64) -> QueryResult<bool> {
    let target = teams::table.filter(teams::id.eq(id).and(teams::version.eq(version)));
    diesel::update(target).set(teams::version.eq(version + 1)).execute(conn).map(|n| n == 1)
}

/// Puts these people into a team, and nobody else.
pub(in crate::accounts) fn put_members(conn: &mut Conn, id: TeamId, members: &[NewMember]) -> QueryResult<()> {
    diesel::delete(team_members::table.filter(team_members::team_id.eq(id))).execute(conn)?;
    let row = |m: &NewMember| (team_members::team_id.eq(id), team_members::person_id.eq(m.person_id), team_members::is_lead.eq(m.is_lead));
    let rows: Vec<_> = members.iter().map(row).collect();
    each!(conn, |c| diesel::insert_into(team_members::table).values(&rows).execute(c)).map(drop)
}
