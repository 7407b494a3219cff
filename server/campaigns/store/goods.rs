//! The catalogue of goods.

use diesel::prelude::*;

use crate::accounts::OrgId;
use crate::campaigns::model::{Item, ItemId};
use crate::kit::clock::Moment;
use crate::kit::db::schema::goods;
use crate::kit::db::{Conn, among};

type Row = (ItemId, OrgId, String, String, i64, i64);
type Columns = (goods::id, goods::org_id, goods::name, goods::unit, goods::unit_value_fen, goods::version);
const COLUMNS: Columns = (goods::id, goods::org_id, goods::name, goods::unit, goods::unit_value_fen, goods::version);

fn item_of((id, org_id, name, unit, unit_value_fen, version): Row) -> Item {
    Item { id, org_id, name, unit, unit_value_fen, version }
}

/// One item.
pub fn item(conn: &mut Conn, id: ItemId) -> QueryResult<Option<Item>> {
    Ok(goods::table.find(id).select(COLUMNS).first(conn).optional()?.map(item_of))
}

/// The items of these orgs after a key, by name.
pub fn items_of(conn: &mut Conn, orgs: &[OrgId], after: Option<(String, ItemId)>, limit: i64) -> QueryResult<Vec<Item>> {
    let mut query = goods::table.filter(among(goods::org_id, orgs)).select(COLUMNS).into_boxed();
    if let Some((name, id)) = after {
        query = query.filter(goods::name.gt(name.clone()).or(goods::name.eq(name).and(goods::id.gt(id))));
    }
    let rows: Vec<Row> = query.order((goods::name, goods::id)).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(item_of).collect())
}

/// Of these items, those that stand in the catalogue of one of these orgs.
pub fn known_items(conn: &mut Conn, orgs: &[OrgId], items: &[ItemId]) -> QueryResult<Vec<ItemId>> {
    goods::table.filter(among(goods::id, items).and(among(goods::org_id, orgs))).select(goods::id).load(conn)
}

/// These items.
pub fn items_by_id(conn: &mut Conn, ids: &[ItemId]) -> QueryResult<Vec<Item>> {
    let rows: Vec<Row> = goods::table.filter(among(goods::id, ids)).select(COLUMNS).load(conn)?;
    Ok(rows.into_iter().map(item_of).collect())
}

/// Adds an item, unless its org has one of that name.
pub fn insert_item(conn: &mut Conn, item: &Item, made_at: Moment) -> QueryResult<bool> {
    let same: i64 = goods::table.filter(goods::org_id.eq(item.org_id).and(goods::name.eq(&item.name))).count().get_result(conn)?;
    if same > 0 {
        return Ok(false);
    }
    let row = (
        goods::id.eq(item.id),
        goods::org_id.eq(item.org_id),
        goods::name.eq(&item.name),
        goods::unit.eq(&item.unit),
        goods::unit_value_fen.eq(item.unit_value_fen),
        goods::version.eq(item.version),
        goods::made_at.eq(made_at),
    );
    diesel::insert_into(goods::table).values(row).execute(conn).map(|_| true)
}
