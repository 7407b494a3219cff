//! `make_item` and `items`: the catalogue of goods.

use serde_json::json;

use crate::accounts::{self, Actor, Role};
use crate::campaigns::actions::must_read;
use crate::campaigns::model::{Item, ItemId};
use crate::campaigns::store;
use crate::kit::db::{Conn, Tx, lock_key};
use crate::kit::http::made::Made;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// Made by the asker, or none.
    pub id: Option<ItemId>,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The value of one unit.
    pub unit_value_fen: i64,
}

/// Adds goods to the catalogue of the actor's org.
pub fn make_item(tx: &mut Tx<'_>, actor: &Actor, new: &NewItem) -> Result<Made<Item>, Problem> {
    must_read(actor)?;
    actor.must_be(&[Role::Centre])?;
    let id = new.id.unwrap_or_else(|| ItemId::fresh(tx.now, tx.chance));
    let item = Item { id, org_id: actor.org.id, name: new.name.clone(), unit: new.unit.clone(), unit_value_fen: new.unit_value_fen, version: 1 };
    tx.lock(vec![lock_key(&["goods", actor.org.id.as_str()]), lock_key(&["item", id.as_str()])])?;
    if let Some(found) = store::item(tx.conn, id)? {
        tx.unchanged();
        return if found == item { Ok(Made::before(found)) } else { Err(Problem::of(Code::IdTaken)) };
    }
    if !store::insert_item(tx.conn, &item, tx.now)? {
        return Err(Problem::of(Code::NameTaken));
    }
    tx.record(actor.event("item.made", "item", id, json!({"unit_value_fen": item.unit_value_fen})));
    Ok(Made::now(item))
}

/// The catalogues an actor works with: of their own org, of those above and of those below; by name.
///
/// # Errors
/// When it is out of sight.
pub fn items(conn: &mut Conn, actor: &Actor, page: &PageQuery) -> Result<Page<Item>, Problem> {
    must_read(actor)?;
    let limit = page.limit()?;
    let after = page.after()?.map(|key| read_key(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let orgs = accounts::orgs_related_to(conn, &actor.org)?;
    let rows = store::items_of(conn, &orgs, after, limit + 1)?;
    Ok(Page::of(rows, limit, |item| format!("{}{}", item.id, item.name)))
}

fn read_key(key: &str) -> Option<(String, ItemId)> {
    let (id, name) = key.split_at_checked(36)?;
    Some((name.to_owned(), ItemId::parse(id)?))
}
