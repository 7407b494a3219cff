//! People and their roles.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::subtree;
use crate::accounts::model::names::PasswordHash;
use crate::accounts::model::newcomers::{NewPerson, PersonChange};
use crate::accounts::model::views::PersonView;
use crate::accounts::model::{OrgId, PersonId, Role, TeamId};
use crate::each;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{orgs, people, person_roles, team_members};
use crate::kit::http::language::Language;

type Row = (PersonId, String, String, OrgId, String, Language, Option<Moment>, i64, String);

const VIEW: (people::id, people::username, people::name, orgs::id, orgs::name, people::language, people::disabled_at, people::version, orgs::path) =
    (people::id, people::username, people::name, orgs::id, orgs::name, people::language, people::disabled_at, people::version, orgs::path);

fn views(conn: &mut Conn, rows: Vec<Row>) -> QueryResult<Vec<PersonView>> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.0).collect();
    let held: Vec<(PersonId, Role)> =
        person_roles::table.filter(person_roles::person_id.eq_any(ids)).order((person_roles::person_id, person_roles::role)).load(conn)?;
    let mut roles: HashMap<PersonId, Vec<Role>> = HashMap::new();
    for (person, role) in held {
        roles.entry(person).or_default().push(role);
    }
    let view = |(id, username, name, org_id, org_name, language, disabled_at, version, org_path): Row| PersonView {
        roles: roles.remove(&id).unwrap_or_default(),
        disabled: disabled_at.is_some(),
        id,
        username,
        name,
        org_id,
        org_name,
        language,
        version,
        org_path,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Which people are asked for.
#[derive(Debug, Clone, Default)]
pub(in crate::accounts) struct PersonFilter {
    /// Below this path.
    pub(in crate::accounts) below: String,
    /// Of this org alone.
    pub(in crate::accounts) org: Option<OrgId>,
    /// Who may do this.
    pub(in crate::accounts) role: Option<Role>,
    /// Who stand in this team.
    pub(in crate::accounts) team: Option<TeamId>,
    /// Whose name or username is like this, which is in lower case.
    pub(in crate::accounts) part: Option<String>,
    /// Whose username comes after this.
    pub(in crate::accounts) after: Option<String>,
    /// So many.
    pub(in crate::accounts) limit: i64,
}

/// People of a subtree, by username.
pub(in crate::accounts) fn people_below(conn: &mut Conn, wanted: PersonFilter) -> QueryResult<Vec<PersonView>> {
    let mut query = people::table
        .inner_join(orgs::table.on(orgs::id.eq(people::org_id)))
        .filter(orgs::path.like(subtree(&wanted.below)))
        .order(people::username)
        .limit(wanted.limit + 1)
        .select(VIEW)
        .into_boxed();
    if let Some(org) = wanted.org {
        query = query.filter(people::org_id.eq(org));
    }
    if let Some(role) = wanted.role {
        query = query.filter(people::id.eq_any(person_roles::table.filter(person_roles::role.eq(role)).select(person_roles::person_id)));
    }
    if let Some(team) = wanted.team {
        query = query.filter(people::id.eq_any(team_members::table.filter(team_members::team_id.eq(team)).select(team_members::person_id)));
    }
    if let Some(part) = wanted.part {
        query = query.filter(sql::<Text>("lower(people.name)").like(part.clone()).escape('\\').or(people::username.like(part).escape('\\')));
    }
    if let Some(after) = wanted.after {
        query = query.filter(people::username.gt(after));
    }
    let rows = query.load(conn)?;
    views(conn, rows)
}

/// A person as lists show them.
pub(in crate::accounts) fn person_view(conn: &mut Conn, id: PersonId) -> QueryResult<Option<PersonView>> {
    let rows = people::table.inner_join(orgs::table.on(orgs::id.eq(people::org_id))).filter(people::id.eq(id)).select(VIEW).load(conn)?;
    Ok(views(conn, rows)?.pop())
}

/// The id of the person with this username.
pub(in crate::accounts) fn person(conn: &mut Conn, username: &str) -> QueryResult<Option<PersonId>> {
    people::table.filter(people::username.eq(username)).select(people::id).first(conn).optional()
}

/// What a sign-in needs: who it is, their hash, and whether they are kept out.
pub(in crate::accounts) fn sign_in_row(conn: &mut Conn, username: &str) -> QueryResult<Option<(PersonId, PasswordHash, bool)>> {
    let row: Option<(PersonId, String, Option<Moment>)> =
        people::table.filter(people::username.eq(username)).select((people::id, people::password_hash, people::disabled_at)).first(conn).optional()?;
    Ok(row.map(|(id, hash, disabled_at)| (id, PasswordHash(hash), disabled_at.is_some())))
}

/// Enters a person; false when their id or their username is taken.
pub(in crate::accounts) fn insert_person(conn: &mut Conn, new: &NewPerson, now: Moment) -> QueryResult<bool> {
    let row = (
        people::id.eq(new.id),
        people::org_id.eq(new.org_id),
        people::username.eq(new.username.as_str()),
        people::name.eq(new.name.as_str()),
        people::password_hash.eq(new.password.0.as_str()),
        people::language.eq(new.language),
        people::version.eq(1_i64),
        people::made_at.eq(now),
    );
    each!(conn, |c| diesel::insert_into(people::table).values(row).on_conflict_do_nothing().execute(c)).map(|n| n == 1)
}

/// Gives a person these roles and no others.
pub(in crate::accounts) fn set_roles(conn: &mut Conn, person: PersonId, roles: &[Role]) -> QueryResult<()> {
    diesel::delete(person_roles::table.filter(person_roles::person_id.eq(person))).execute(conn)?;
    let rows: Vec<_> = roles.iter().map(|role| (person_roles::person_id.eq(person), person_roles::role.eq(*role))).collect();
    each!(conn, |c| diesel::insert_into(person_roles::table).values(&rows).execute(c)).map(drop)
}

/// Changes a person of this version; false when the version is another by now.
pub(in crate::accounts) fn set_person(conn: &mut Conn, id: PersonId, version: i64, change: &PersonChange, now: Moment) -> QueryResult<bool> {
    let target = people::table.filter(people::id.eq(id).and(people::version.eq(version)));
    let done = diesel::update(target).set(people::version.eq(version + 1)).execute(conn)?;
    if done == 0 {
        return Ok(false);
    }
    if let Some(name) = &change.name {
        diesel::update(people::table.find(id)).set(people::name.eq(name.as_str())).execute(conn)?;
    }
    if let Some(language) = change.language {
        diesel::update(people::table.find(id)).set(people::language.eq(language)).execute(conn)?;
    }
    if let Some(hash) = &change.password {
        keep_password(conn, id, hash)?;
    }
    if let Some(disabled) = change.disabled {
        disable(conn, id, disabled.then_some(now))?;
    }
    if let Some(roles) = &change.roles {
        set_roles(conn, id, roles)?;
    }
    Ok(true)
}

/// Keeps a password's hash.
pub(in crate::accounts) fn keep_password(conn: &mut Conn, id: PersonId, hash: &PasswordHash) -> QueryResult<()> {
    diesel::update(people::table.find(id)).set(people::password_hash.eq(hash.0.as_str())).execute(conn).map(drop)
}

/// Keeps a person out from then on, or lets them in again.
fn disable(conn: &mut Conn, id: PersonId, at: Option<Moment>) -> QueryResult<()> {
    diesel::update(people::table.find(id)).set(people::disabled_at.eq(at)).execute(conn).map(drop)
}
