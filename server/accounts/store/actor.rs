//! Whoever acts.

use diesel::prelude::*;

use crate::accounts::model::{Actor, Level, Org, OrgId, OwnTeam, PersonId, Role, SessionId, TeamId};
use crate::kit::db::Conn;
use crate::kit::db::schema::{orgs, people, person_roles, sessions, team_members, teams};
use crate::kit::http::language::Language;

type ActorRow = (PersonId, String, String, Language, OrgId, String, Level, String, String);

/// The actor of a session that still runs and whose person is not disabled.
pub(in crate::accounts) fn actor(conn: &mut Conn, person: PersonId, session: SessionId) -> QueryResult<Option<Actor>> {
    let row: Option<ActorRow> = sessions::table
        .inner_join(people::table.on(people::id.eq(sessions::person_id)))
        .inner_join(orgs::table.on(orgs::id.eq(people::org_id)))
        .filter(sessions::id.eq(session).and(sessions::person_id.eq(person)))
        .filter(sessions::ended_at.is_null().and(people::disabled_at.is_null()))
        .select((people::id, people::name, people::username, people::language, orgs::id, orgs::name, orgs::level, orgs::path, orgs::chain))
        .first(conn)
        .optional()?;
    row.map(|row| whole(conn, row, session)).transpose()
}

fn whole(conn: &mut Conn, row: ActorRow, session: SessionId) -> QueryResult<Actor> {
    let (id, name, username, language, org_id, org_name, level, path, chain) = row;
    let org = Org { id: org_id, name: org_name, level, path, chain };
    Ok(Actor { id, session, name, username, language, org, roles: roles(conn, id)?, teams: own_teams(conn, id)? })
}

/// A person as the actor they would be, though another acts for them in a session of the other's own; somebody who has left too.
pub(in crate::accounts) fn represented(conn: &mut Conn, person: PersonId, session: SessionId) -> QueryResult<Option<Actor>> {
    let row: Option<ActorRow> = people::table
        .inner_join(orgs::table.on(orgs::id.eq(people::org_id)))
        .filter(people::id.eq(person))
        .select((people::id, people::name, people::username, people::language, orgs::id, orgs::name, orgs::level, orgs::path, orgs::chain))
        .first(conn)
        .optional()?;
    row.map(|row| whole(conn, row, session)).transpose()
}

/// The roles of a person.
pub(in crate::accounts) fn roles(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<Role>> {
    person_roles::table.filter(person_roles::person_id.eq(person)).order(person_roles::role).select(person_roles::role).load(conn)
}

/// The teams of a person, by code.
pub(in crate::accounts) fn own_teams(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<OwnTeam>> {
    let rows: Vec<(TeamId, String, String, bool)> = team_members::table
        .inner_join(teams::table.on(teams::id.eq(team_members::team_id)))
        .filter(team_members::person_id.eq(person))
        .order((teams::code, teams::id))
        .select((teams::id, teams::code, teams::name, team_members::is_lead))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, code, name, is_lead)| OwnTeam { id, code, name, is_lead }).collect())
}
