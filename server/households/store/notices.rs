//! Names made public, and what was said against them.

use diesel::prelude::*;

use super::VALUES_A_STATEMENT;
use crate::accounts::PersonId;
use crate::each;
use crate::households::model::{Answer, HouseholdId, Notice, Objection, ObjectionId};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{notices, objections};
use crate::kit::db::{Conn, among};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = objections, treat_none_as_default_value = false)]
struct ObjectionRow {
    id: ObjectionId,
    household_id: HouseholdId,
    words: String,
    raised_at: Moment,
    raised_by: PersonId,
    answered_at: Option<Moment>,
    answered_by: Option<PersonId>,
    upheld: Option<bool>,
    answer: Option<String>,
}

/// The notices of households, by household and time.
///
/// # Errors
/// When they cannot be read.
pub fn notices_of(conn: &mut Conn, ids: &[HouseholdId]) -> QueryResult<Vec<Notice>> {
    let mut found = Vec::new();
    for ids in ids.chunks(VALUES_A_STATEMENT) {
        let query = notices::table.filter(among(notices::household_id, ids)).order((notices::household_id, notices::published_at));
        let rows: Vec<(HouseholdId, Moment, PersonId)> = query.select((notices::household_id, notices::published_at, notices::published_by)).load(conn)?;
        found.extend(rows.into_iter().map(|(household_id, published_at, published_by)| Notice { household_id, published_at, published_by }));
    }
    Ok(found)
}

/// The objections to households' files, by household and time.
///
/// # Errors
/// When they cannot be read.
pub fn objections_of(conn: &mut Conn, ids: &[HouseholdId]) -> QueryResult<Vec<Objection>> {
    let mut found = Vec::new();
    for ids in ids.chunks(VALUES_A_STATEMENT) {
        let query = objections::table.filter(among(objections::household_id, ids));
        let query = query.order((objections::household_id, objections::raised_at, objections::id));
        let rows: Vec<ObjectionRow> = query.select(ObjectionRow::as_select()).load(conn)?;
        found.extend(rows.into_iter().map(Objection::from));
    }
    Ok(found)
}

/// One objection.
///
/// # Errors
/// When it cannot be read.
pub fn objection(conn: &mut Conn, id: ObjectionId) -> QueryResult<Option<Objection>> {
    Ok(objections::table.find(id).select(ObjectionRow::as_select()).first(conn).optional()?.map(Into::into))
}

/// Enters notices; the same moment twice is one notice.
///
/// # Errors
/// When they cannot be written.
pub fn add_notices(conn: &mut Conn, new: &[Notice]) -> QueryResult<()> {
    let row = |of: &Notice| (notices::household_id.eq(of.household_id), notices::published_at.eq(of.published_at), notices::published_by.eq(of.published_by));
    for new in new.chunks(VALUES_A_STATEMENT / 3) {
        let rows: Vec<_> = new.iter().map(row).collect();
        each!(&mut *conn, |c| diesel::insert_into(notices::table).values(&rows).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// Enters an objection.
///
/// # Errors
/// When it cannot be written.
pub fn add_objection(conn: &mut Conn, objection: Objection) -> QueryResult<()> {
    let row = ObjectionRow::from(objection);
    each!(conn, |c| diesel::insert_into(objections::table).values(row).execute(c)).map(drop)
}

/// Writes down how an objection was answered.
///
/// # Errors
/// When it cannot be written.
pub fn answer_objection(conn: &mut Conn, id: ObjectionId, answer: Answer) -> QueryResult<()> {
    let said = (
        objections::answered_at.eq(Some(answer.answered_at)),
        objections::answered_by.eq(Some(answer.answered_by)),
        objections::upheld.eq(Some(answer.upheld)),
        objections::answer.eq(Some(answer.words)),
    );
    diesel::update(objections::table.find(id)).set(said).execute(conn).map(drop)
}

impl From<Objection> for ObjectionRow {
    fn from(o: Objection) -> Self {
        Self {
            id: o.id,
            household_id: o.household_id,
            words: o.words,
            raised_at: o.raised_at,
            raised_by: o.raised_by,
            answered_at: o.answer.as_ref().map(|answer| answer.answered_at),
            answered_by: o.answer.as_ref().map(|answer| answer.answered_by),
            upheld: o.answer.as_ref().map(|answer| answer.upheld),
            answer: o.answer.map(|answer| answer.words),
        }
    }
}

impl From<ObjectionRow> for Objection {
    fn from(row: ObjectionRow) -> Self {
        let answer = match (row.answered_at, row.answered_by, row.upheld, row.answer) {
            (Some(answered_at), Some(answered_by), Some(upheld), Some(words)) => Some(Answer { answered_at, answered_by, upheld, words }),
            _ => None,
        };
        Self { id: row.id, household_id: row.household_id, words: row.words, raised_at: row.raised_at, raised_by: row.raised_by, answer }
    }
}
