//! The tree of orgs.

use diesel::prelude::*;

use super::subtree;
use crate::accounts::model::newcomers::NewOrg;
use crate::accounts::model::views::OrgView;
use crate::accounts::model::{Level, OrgId};
use crate::each;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::orgs;

type Row = (OrgId, Option<OrgId>, String, String, Level, i64, String);

fn view((id, parent_id, code, name, level, version, path): Row) -> OrgView {
    OrgView { id, parent_id, code, name, level, version, path }
}

const VIEW: (orgs::id, orgs::parent_id, orgs::code, orgs::name, orgs::level, orgs::version, orgs::path) =
    (orgs::id, orgs::parent_id, orgs::code, orgs::name, orgs::level, orgs::version, orgs::path);

/// The id of the org with this code.
pub(in crate::accounts) fn org_by_code(conn: &mut Conn, code: &str) -> QueryResult<Option<OrgId>> {
    orgs::table.filter(orgs::code.eq(code)).select(orgs::id).first(conn).optional()
}

/// Some root, if there is any.
pub(in crate::accounts) fn any_org(conn: &mut Conn) -> QueryResult<Option<OrgId>> {
    orgs::table.filter(orgs::parent_id.is_null()).order(orgs::id).select(orgs::id).first(conn).optional()
}

/// An org as lists show it.
pub(in crate::accounts) fn org_view(conn: &mut Conn, id: OrgId) -> QueryResult<Option<OrgView>> {
    Ok(orgs::table.find(id).select(VIEW).first(conn).optional()?.map(view))
}

/// The orgs of a subtree, each after the one above it.
pub(in crate::accounts) fn orgs_below(conn: &mut Conn, path: &str, after: Option<&str>, limit: i64) -> QueryResult<Vec<OrgView>> {
    let mut query = orgs::table.filter(orgs::path.like(subtree(path))).order(orgs::path).limit(limit + 1).select(VIEW).into_boxed();
    if let Some(after) = after {
        query = query.filter(orgs::path.gt(after.to_owned()));
    }
    Ok(query.load(conn)?.into_iter().map(view).collect())
}

/// Enters an org; false when its id or its code is taken.
pub(in crate::accounts) fn insert_org(conn: &mut Conn, new: &NewOrg, path: &str, chain: &str, now: Moment) -> QueryResult<bool> {
    let row = (
        orgs::id.eq(new.id),
        orgs::parent_id.eq(new.parent),
        orgs::code.eq(new.code.as_str()),
        orgs::name.eq(new.name.as_str()),
        orgs::level.eq(new.level),
        orgs::path.eq(path),
        orgs::chain.eq(chain),
        orgs::version.eq(1_i64),
        orgs::made_at.eq(now),
    );
    each!(conn, |c| diesel::insert_into(orgs::table).values(row).on_conflict_do_nothing().execute(c)).map(|n| n == 1)
}
