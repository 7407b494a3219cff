//! How far each chain of the log has been heard.

use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::each;
use crate::kit::db::Conn;
use crate::kit::db::schema::{chains, heard as table};

/// The chains with something new: `(chain, heard so far)`.
pub(in crate::findings) fn chains(conn: &mut Conn) -> QueryResult<Vec<(String, i64)>> {
    let rows: Vec<(String, i64, Option<i64>)> = chains::table
        .left_join(table::table.on(table::chain.eq(chains::chain)))
        .order(chains::chain)
        .select((chains::chain, chains::sequence, table::sequence.nullable()))
        .load(conn)?;
    let new = rows.into_iter().map(|(chain, head, heard)| (chain, head, heard.unwrap_or_default())).filter(|(_, head, heard)| head > heard);
    Ok(new.map(|(chain, _, heard)| (chain, heard)).collect())
}

/// How far this chain has been heard.
pub(in crate::findings) fn heard(conn: &mut Conn, chain: &str) -> QueryResult<i64> {
    Ok(table::table.find(chain).select(table::sequence).first(conn).optional()?.unwrap_or_default())
}

/// Notes how far it has been heard.
pub(in crate::findings) fn hear(conn: &mut Conn, chain: &str, sequence: i64) -> QueryResult<()> {
    let row = (table::chain.eq(chain), table::sequence.eq(sequence));
    let further = table::sequence.eq(excluded(table::sequence));
    each!(&mut *conn, |c| diesel::insert_into(table::table).values(row).on_conflict(table::chain).do_update().set(further).execute(c)).map(drop)
}
