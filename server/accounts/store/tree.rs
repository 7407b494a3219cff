//! Orgs and teams, as other rooms ask for them.

use diesel::prelude::*;

use crate::accounts::model::{Level, Org, OrgId, TeamId};
use crate::kit::db::Conn;
use crate::kit::db::schema::{orgs, teams};

/// A team and the org it stands in.
#[derive(Debug, Clone)]
pub struct PlacedTeam {
    /// Its id.
    pub id: TeamId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it belongs.
    pub org: Org,
}

type OrgRow = (OrgId, String, Level, String, String);
type OrgColumns = (orgs::id, orgs::name, orgs::level, orgs::path, orgs::chain);
const ORG: OrgColumns = (orgs::id, orgs::name, orgs::level, orgs::path, orgs::chain);

fn org_of((id, name, level, path, chain): OrgRow) -> Org {
    Org { id, name, level, path, chain }
}

/// One org.
///
/// # Errors
/// When it cannot be read.
pub fn org(conn: &mut Conn, id: OrgId) -> QueryResult<Option<Org>> {
    Ok(orgs::table.find(id).select(ORG).first(conn).optional()?.map(org_of))
}

/// The org with this code; without a code, the root that was made first.
///
/// # Errors
/// When it cannot be read.
pub fn org_by_code(conn: &mut Conn, code: Option<&str>) -> QueryResult<Option<Org>> {
    let query = orgs::table.select(ORG).order(orgs::id).into_boxed();
    let query = match code {
        Some(code) => query.filter(orgs::code.eq(code.to_owned())),
        None => query.filter(orgs::parent_id.is_null()),
    };
    Ok(query.first(conn).optional()?.map(org_of))
}

/// The org with this path and all below it, by path.
///
/// # Errors
/// When they cannot be read.
pub fn orgs_in(conn: &mut Conn, path: &str) -> QueryResult<Vec<Org>> {
    let rows: Vec<OrgRow> = orgs::table.filter(orgs::path.like(format!("{path}%"))).order(orgs::path).select(ORG).load(conn)?;
    Ok(rows.into_iter().map(org_of).collect())
}

/// The ids of the orgs above an org and of those in its subtree, its own among them.
///
/// # Errors
/// When they cannot be read.
pub fn orgs_related_to(conn: &mut Conn, org: &Org) -> QueryResult<Vec<OrgId>> {
    let mut ids: Vec<OrgId> = org.path.split('/').filter_map(OrgId::parse).filter(|id| *id != org.id).collect();
    ids.extend(orgs_in(conn, &org.path)?.into_iter().map(|org| org.id));
    Ok(ids)
}

/// One team with its org.
///
/// # Errors
/// When it cannot be read.
pub fn team(conn: &mut Conn, id: TeamId) -> QueryResult<Option<PlacedTeam>> {
    let row = teams::table.inner_join(orgs::table.on(orgs::id.eq(teams::org_id))).filter(teams::id.eq(id));
    Ok(row.select((teams::id, teams::code, teams::name, ORG)).first(conn).optional()?.map(placed))
}

/// The teams of a subtree of orgs, by code.
///
/// # Errors
/// When they cannot be read.
pub fn teams_in(conn: &mut Conn, path: &str) -> QueryResult<Vec<PlacedTeam>> {
    let rows = teams::table.inner_join(orgs::table.on(orgs::id.eq(teams::org_id))).filter(orgs::path.like(format!("{path}%")));
    let rows: Vec<(TeamId, String, String, OrgRow)> = rows.order((teams::code, teams::id)).select((teams::id, teams::code, teams::name, ORG)).load(conn)?;
    Ok(rows.into_iter().map(placed).collect())
}

fn placed((id, code, name, org): (TeamId, String, String, OrgRow)) -> PlacedTeam {
    PlacedTeam { id, code, name, org: org_of(org) }
}
