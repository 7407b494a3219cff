//! The rosters that were brought in.

use diesel::prelude::*;

use crate::accounts::{OrgId, PersonId};
use crate::each;
use crate::households::model::ImportId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::imports;

/// A roster that was brought in.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports, treat_none_as_default_value = false)]
pub struct Roster {
    /// Its id.
    pub id: ImportId,
    /// Whose files it made.
    pub org_id: OrgId,
    /// Names the file.
    pub file_sha256: String,
    /// Who, or none for the command line.
    pub made_by: Option<PersonId>,
    /// When.
    pub made_at: Moment,
    /// Rows that are households.
    pub rows: i64,
    /// The good ones.
    pub accepted: i64,
    /// The bad ones.
    pub rejected: i64,
}

/// A roster.
///
/// # Errors
/// When it cannot be read.
pub fn roster(conn: &mut Conn, id: ImportId) -> QueryResult<Option<Roster>> {
    imports::table.find(id).select(Roster::as_select()).first(conn).optional()
}

/// The roster that this very file was for this org.
///
/// # Errors
/// When it cannot be read.
pub fn roster_of_file(conn: &mut Conn, org: OrgId, sha256: &str) -> QueryResult<Option<Roster>> {
    imports::table.filter(imports::org_id.eq(org).and(imports::file_sha256.eq(sha256))).select(Roster::as_select()).first(conn).optional()
}

/// Enters a roster.
///
/// # Errors
/// When it cannot be written.
pub fn add_roster(conn: &mut Conn, roster: &Roster) -> QueryResult<()> {
    each!(conn, |c| diesel::insert_into(imports::table).values(roster).execute(c)).map(drop)
}
