//! Saved views.

use diesel::prelude::*;
use diesel::result::Error;

use crate::accounts::model::PersonId;
use crate::accounts::model::saved::{SavedView, ViewId, ViewTable};
use crate::each;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::saved_views;

type Row = (ViewId, PersonId, ViewTable, String, String, bool);
const COLUMNS: (saved_views::id, saved_views::person_id, saved_views::of_table, saved_views::name, saved_views::content, saved_views::is_default) =
    (saved_views::id, saved_views::person_id, saved_views::of_table, saved_views::name, saved_views::content, saved_views::is_default);

fn read((id, person_id, table, name, content, is_default): Row) -> QueryResult<SavedView> {
    let content = serde_json::from_str(&content).map_err(|error| Error::DeserializationError(error.into()))?;
    Ok(SavedView { id, table, name, content, is_default, person_id })
}

/// Somebody's views of a table, by name; `most` of them.
pub(in crate::accounts) fn views_of(conn: &mut Conn, person: PersonId, table: ViewTable, most: i64) -> QueryResult<Vec<SavedView>> {
    let own = saved_views::person_id.eq(person).and(saved_views::of_table.eq(table));
    let rows: Vec<Row> = saved_views::table.filter(own).order((saved_views::name, saved_views::id)).limit(most).select(COLUMNS).load(conn)?;
    rows.into_iter().map(read).collect()
}

/// A view, whoever's it is.
pub(in crate::accounts) fn view(conn: &mut Conn, id: ViewId) -> QueryResult<Option<SavedView>> {
    saved_views::table.find(id).select(COLUMNS).first::<Row>(conn).optional()?.map(read).transpose()
}

/// Keeps a view, in place of the one with its id.
pub(in crate::accounts) fn put_view(conn: &mut Conn, view: &SavedView, now: Moment) -> QueryResult<()> {
    let content = serde_json::to_string(&view.content).map_err(|error| Error::SerializationError(error.into()))?;
    let said = (saved_views::name.eq(&view.name), saved_views::content.eq(&content), saved_views::is_default.eq(view.is_default));
    let whole =
        (saved_views::id.eq(view.id), saved_views::person_id.eq(view.person_id), saved_views::of_table.eq(view.table), said, saved_views::made_at.eq(now));
    each!(conn, |c| diesel::insert_into(saved_views::table).values(whole).on_conflict(saved_views::id).do_update().set(said).execute(c)).map(drop)
}

/// Makes no other view of somebody's table the one it opens with.
pub(in crate::accounts) fn no_other_default(conn: &mut Conn, view: &SavedView) -> QueryResult<()> {
    let others = saved_views::person_id.eq(view.person_id).and(saved_views::of_table.eq(view.table)).and(saved_views::id.ne(view.id));
    diesel::update(saved_views::table.filter(others)).set(saved_views::is_default.eq(false)).execute(conn).map(drop)
}

/// Forgets a view.
pub(in crate::accounts) fn drop_view(conn: &mut Conn, id: ViewId) -> QueryResult<()> {
    diesel::delete(saved_views::table.find(id)).execute(conn).map(drop)
}
