//! An org enters the tree.

use serde_json::json;

use crate::accounts::model::newcomers::NewOrg;
use crate::accounts::model::views::OrgView;
use crate::accounts::model::{Actor, Level, Org, OrgId, Role};
use crate::accounts::store;
use crate::kit::db::Tx;
use crate::kit::http::made::Made;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;

/// Enters an org; the same under the same id again changes nothing.
///
/// # Errors
/// [`Code::Invalid`] when its parent is unknown or not above it, [`Code::IdTaken`], [`Code::NameTaken`] for its code.
pub fn register_org(tx: &mut Tx<'_>, new: &NewOrg) -> Result<Made<OrgView>, Problem> {
    let parent = new.parent.map(|id| parent_of(tx, id, new.level)).transpose()?;
    let path = format!("{}{}/", parent.as_ref().map_or("/", |org| org.path.as_str()), new.id);
    let chain = match (&parent, new.level) {
        // A station reports through its district; a district and the federation for themselves.
        (Some(parent), Level::Station) => parent.chain.clone(),
        _ => new.id.to_string(),
    };
    if !store::insert_org(tx.conn, new, &path, &chain, tx.now)? {
        return met(tx, new);
    }
    let facts = json!({ "parent_id": new.parent, "code": new.code.as_str(), "level": new.level });
    tx.record(Event { chain, by: None, verb: "org.registered", subject_kind: "org", subject: new.id.to_string(), facts });
    Ok(Made::now(store::org_view(tx.conn, new.id)?.ok_or(Problem::of(Code::NotFound))?))
}

/// Enters an org below the admin's own.
pub(in crate::accounts) fn add_org(tx: &mut Tx<'_>, actor: &Actor, new: &NewOrg) -> Result<Made<OrgView>, Problem> {
    actor.must_be(&[Role::Admin])?;
    let parent = new.parent.ok_or_else(|| Problem::field("/parent_id", "missing"))?;
    let known = store::org(tx.conn, parent)?.is_some_and(|org| actor.covers(&org.path));
    if !known {
        return Err(Problem::field("/parent_id", "unknown"));
    }
    register_org(tx, new)
}

fn parent_of(tx: &mut Tx<'_>, id: OrgId, level: Level) -> Result<Org, Problem> {
    let parent = store::org(tx.conn, id)?.ok_or_else(|| Problem::field("/parent_id", "unknown"))?;
    if parent.level < level { Ok(parent) } else { Err(Problem::field("/level", "wrong_order")) }
}

fn met(tx: &mut Tx<'_>, new: &NewOrg) -> Result<Made<OrgView>, Problem> {
    let Some(org) = store::org_view(tx.conn, new.id)? else { return Err(Problem::of(Code::NameTaken)) };
    let same = org.parent_id == new.parent && org.code == new.code.as_str() && org.name == new.name.as_str() && org.level == new.level;
    tx.unchanged();
    if same { Ok(Made::before(org)) } else { Err(Problem::of(Code::IdTaken)) }
}
