//! Orgs, people and teams, for those who may see them.

use crate::accounts::model::views::{OrgView, PersonView, TeamView};
use crate::accounts::model::{Actor, OrgId, PersonId, Role, TeamId};
use crate::accounts::store::{self, PersonFilter};
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery, part};
use crate::kit::http::problem::{Code, Problem};

/// Who sees the orgs and the teams of their subtree.
pub const SEE_TEAMS: [Role; 5] = [Role::Lead, Role::Supervisor, Role::Centre, Role::Auditor, Role::Admin];
/// Who sees the accounts of their subtree.
pub const SEE_PEOPLE: [Role; 3] = [Role::Centre, Role::Auditor, Role::Admin];

/// Which people are asked for.
#[derive(Debug, Clone, Default)]
pub struct PeopleWanted {
    /// Of this org alone.
    pub org: Option<OrgId>,
    /// Who may do this.
    pub role: Option<Role>,
    /// Who stand in this team.
    pub team: Option<TeamId>,
    /// Whose name, or the name they sign in with, has this part.
    pub q: Option<String>,
}

/// The orgs of the actor's subtree, each after the one above it.
pub(in crate::accounts) fn orgs(conn: &mut Conn, actor: &Actor, page: &PageQuery) -> Result<Page<OrgView>, Problem> {
    must_see(actor, &SEE_TEAMS)?;
    let (limit, after) = (page.limit()?, page.after()?);
    let rows = store::orgs_below(conn, &actor.org.path, after.as_deref(), limit)?;
    Ok(Page::of(rows, limit, |org| org.path.clone()))
}

/// The teams of the actor's subtree.
///
/// # Errors
/// When they are out of sight.
pub fn teams(conn: &mut Conn, actor: &Actor, page: &PageQuery) -> Result<Page<TeamView>, Problem> {
    must_see(actor, &SEE_TEAMS)?;
    let (limit, after) = (page.limit()?, page.after()?);
    let rows = store::teams_below(conn, &actor.org.path, after.as_deref(), limit)?;
    Ok(Page::of(rows, limit, |team| team.id.to_string()))
}

/// The accounts of the actor's subtree.
///
/// # Errors
/// When they are out of sight.
pub fn people(conn: &mut Conn, actor: &Actor, wanted: &PeopleWanted, page: &PageQuery) -> Result<Page<PersonView>, Problem> {
    must_see(actor, &SEE_PEOPLE)?;
    let (limit, after) = (page.limit()?, page.after()?);
    let PeopleWanted { org, role, team, q } = wanted;
    // Names to sign in with are kept in lower case, and nobody remembers how the other one is written.
    let part = part(q.as_deref())?.map(|part| part.to_ascii_lowercase());
    let filter = PersonFilter { below: actor.org.path.clone(), org: *org, role: *role, team: *team, part, after, limit };
    Ok(Page::of(store::people_below(conn, filter)?, limit, |person| person.username.clone()))
}

/// An account the actor may see.
pub(in crate::accounts) fn visible_person(conn: &mut Conn, actor: &Actor, id: PersonId) -> Result<PersonView, Problem> {
    let person = store::person_view(conn, id)?.filter(|person| actor.has(&SEE_PEOPLE) && actor.covers(&person.org_path));
    person.ok_or(Problem::of(Code::NotFound))
}

/// What a role may not see is not there for it.
///
/// # Errors
/// [`Code::NotFound`] for everybody else.
pub fn must_see(actor: &Actor, roles: &[Role]) -> Result<(), Problem> {
    if actor.has(roles) { Ok(()) } else { Err(Problem::of(Code::NotFound)) }
}
