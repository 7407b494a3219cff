//! The files.

use diesel::prelude::*;

use super::VALUES_A_STATEMENT;
use super::rows::{COLUMNS, Row};
use crate::accounts::{OrgId, TeamId};
use crate::each;
use crate::households::model::{Household, HouseholdId, ImportId, Status};
use crate::kit::db::schema::households;
use crate::kit::db::{Conn, among};
use crate::kit::idnumber::IdNumber;

/// One file.
///
/// # Errors
/// When it cannot be read.
pub fn found(conn: &mut Conn, id: HouseholdId) -> QueryResult<Option<Household>> {
    Ok(households::table.find(id).select(Row::as_select()).first(conn).optional()?.map(Into::into))
}

/// The files with these ids, by id; ids that do not exist are left out.
///
/// # Errors
/// When they cannot be read.
pub fn found_all(conn: &mut Conn, ids: &[HouseholdId]) -> QueryResult<Vec<Household>> {
    let mut files = Vec::with_capacity(ids.len());
    for ids in ids.chunks(VALUES_A_STATEMENT) {
        let rows: Vec<Row> = households::table.filter(among(households::id, ids)).order(households::id).select(Row::as_select()).load(conn)?;
        files.extend(rows.into_iter().map(Household::from));
    }
    Ok(files)
}

/// The files of a status that these orgs keep, by id.
///
/// # Errors
/// When they cannot be read.
pub fn found_in(conn: &mut Conn, orgs: &[OrgId], status: Status) -> QueryResult<Vec<Household>> {
    let query = households::table.filter(among(households::org_id, orgs).and(households::status.eq(status))).order(households::id);
    Ok(query.select(Row::as_select()).load(conn)?.into_iter().map(Household::from).collect())
}

/// The files these teams visit, by id.
///
/// # Errors
/// When they cannot be read.
pub fn of_teams(conn: &mut Conn, teams: &[TeamId]) -> QueryResult<Vec<Household>> {
    let query = households::table.filter(among(households::team_id, teams)).order(households::id);
    Ok(query.select(Row::as_select()).load(conn)?.into_iter().map(Household::from).collect())
}

/// The files a roster made, by id.
///
/// # Errors
/// When they cannot be read.
pub fn of_import(conn: &mut Conn, import: ImportId) -> QueryResult<Vec<Household>> {
    let query = households::table.filter(households::import_id.eq(import)).order(households::id);
    Ok(query.select(Row::as_select()).load(conn)?.into_iter().map(Household::from).collect())
}

/// The files whose heads have these numbers.
///
/// # Errors
/// When they cannot be read.
pub fn by_id_numbers(conn: &mut Conn, numbers: &[IdNumber]) -> QueryResult<Vec<Household>> {
    let mut files = Vec::new();
    for numbers in numbers.chunks(VALUES_A_STATEMENT) {
        let rows: Vec<Row> =
            households::table.filter(among(households::head_id_number, numbers.iter().map(IdNumber::whole))).select(Row::as_select()).load(conn)?;
        files.extend(rows.into_iter().map(Household::from));
    }
    Ok(files)
}

/// Enters new files.
///
/// # Errors
/// When a head's number is on file already, or they cannot be written.
pub fn insert_all(conn: &mut Conn, files: Vec<Household>) -> QueryResult<()> {
    let rows: Vec<Row> = files.into_iter().map(Row::from).collect();
    for rows in rows.chunks(VALUES_A_STATEMENT / COLUMNS) {
        each!(&mut *conn, |c| diesel::insert_into(households::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Writes files that exist as they stand now, many in one statement.
///
/// # Errors
/// When they cannot be written.
pub fn save_all(conn: &mut Conn, files: Vec<Household>) -> QueryResult<()> {
    use diesel::upsert::excluded;
    let rows: Vec<Row> = files.into_iter().map(Row::from).collect();
    for rows in rows.chunks(VALUES_A_STATEMENT / COLUMNS) {
        each!(&mut *conn, |c| diesel::insert_into(households::table)
            .values(rows)
            .on_conflict(households::id)
            .do_update()
            .set((
                households::team_id.eq(excluded(households::team_id)),
                households::cadre_id.eq(excluded(households::cadre_id)),
                households::head_name.eq(excluded(households::head_name)),
                households::head_id_number.eq(excluded(households::head_id_number)),
                households::phone.eq(excluded(households::phone)),
                households::workplace.eq(excluded(households::workplace)),
                households::address.eq(excluded(households::address)),
                households::home_latitude.eq(excluded(households::home_latitude)),
                households::home_longitude.eq(excluded(households::home_longitude)),
                households::home_datum.eq(excluded(households::home_datum)),
                households::category.eq(excluded(households::category)),
                households::cause.eq(excluded(households::cause)),
                households::people.eq(excluded(households::people)),
                households::income_fen.eq(excluded(households::income_fen)),
                households::migrant.eq(excluded(households::migrant)),
                households::laid_off.eq(excluded(households::laid_off)),
                households::retired.eq(excluded(households::retired)),
                households::bank_card.eq(excluded(households::bank_card)),
                households::remarks.eq(excluded(households::remarks)),
                households::status.eq(excluded(households::status)),
                households::approved_at.eq(excluded(households::approved_at)),
                households::ended_at.eq(excluded(households::ended_at)),
                households::version.eq(excluded(households::version)),
            ))
            .execute(c))?;
    }
    Ok(())
}
