//! Views that somebody saves for themselves, and for nobody else.

use serde_json::json;

use crate::accounts::model::Actor;
use crate::accounts::model::saved::{SavedView, ViewId, ViewTable};
use crate::accounts::store;
use crate::kit::db::{Conn, Tx, lock_key};
use crate::kit::http::problem::{Code, Problem};

/// Views of one table that somebody may keep.
const MOST: usize = 50;

/// Somebody's views of a table, by name.
pub(in crate::accounts) fn views(conn: &mut Conn, actor: &Actor, table: ViewTable) -> Result<Vec<SavedView>, Problem> {
    Ok(store::views_of(conn, actor.id, table, i64::try_from(MOST).unwrap_or(i64::MAX))?)
}

/// Saves a view, in place of the one with its id. The same again changes nothing.
///
/// # Errors
/// [`Code::NotFound`] for somebody else's, [`Code::NameTaken`], [`Code::Invalid`] when there are too many.
pub(in crate::accounts) fn save_view(tx: &mut Tx<'_>, actor: &Actor, new: SavedView) -> Result<SavedView, Problem> {
    tx.lock(vec![lock_key(&["saved_views", new.person_id.as_str()])])?;
    let before = store::view(tx.conn, new.id)?;
    if before.as_ref().is_some_and(|view| view.person_id != new.person_id || view.table != new.table) {
        return Err(Problem::of(Code::NotFound));
    }
    if before.as_ref() == Some(&new) {
        tx.unchanged();
        return Ok(new);
    }
    let own = store::views_of(tx.conn, new.person_id, new.table, i64::MAX)?;
    if own.iter().any(|view| view.id != new.id && view.name == new.name) {
        return Err(Problem::of(Code::NameTaken));
    }
    if before.is_none() && own.len() >= MOST {
        return Err(Problem::field("/name", "too_many"));
    }
    if new.is_default {
        store::no_other_default(tx.conn, &new)?;
    }
    store::put_view(tx.conn, &new, tx.now)?;
    tx.record(actor.event("view.saved", "view", new.id, json!({"table": new.table})));
    Ok(new)
}

/// Forgets a view.
///
/// # Errors
/// [`Code::NotFound`] for one that is not there or not theirs.
pub(in crate::accounts) fn forget_view(tx: &mut Tx<'_>, actor: &Actor, id: ViewId) -> Result<(), Problem> {
    let view = store::view(tx.conn, id)?.filter(|view| view.person_id == actor.id).ok_or(Problem::of(Code::NotFound))?;
    store::drop_view(tx.conn, id)?;
    tx.record(actor.event("view.forgotten", "view", id, json!({"table": view.table})));
    Ok(())
}
