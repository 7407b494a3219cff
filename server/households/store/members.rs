//! Who lives in a household beside its head.

use diesel::prelude::*;

use super::VALUES_A_STATEMENT;
use crate::each;
use crate::households::model::{HouseholdId, Member, MemberId, Relation};
use crate::kit::db::schema::members;
use crate::kit::db::{Conn, among};
use crate::kit::idnumber::IdNumber;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = members, treat_none_as_default_value = false)]
struct MemberRow {
    id: MemberId,
    household_id: HouseholdId,
    name: String,
    relation: Relation,
    id_number: Option<IdNumber>,
}

/// The members of households, by household and id.
///
/// # Errors
/// When they cannot be read.
pub fn members_of(conn: &mut Conn, ids: &[HouseholdId]) -> QueryResult<Vec<Member>> {
    let mut found = Vec::new();
    for ids in ids.chunks(VALUES_A_STATEMENT) {
        let query = members::table.filter(among(members::household_id, ids)).order((members::household_id, members::id));
        let rows: Vec<MemberRow> = query.select(MemberRow::as_select()).load(conn)?;
        found.extend(rows.into_iter().map(Member::from));
    }
    Ok(found)
}

/// Puts these members in place of those a household had.
///
/// # Errors
/// When they cannot be written.
pub fn replace_members(conn: &mut Conn, household: HouseholdId, members: Vec<Member>) -> QueryResult<()> {
    diesel::delete(members::table.filter(members::household_id.eq(household))).execute(conn)?;
    let rows: Vec<MemberRow> = members.into_iter().map(MemberRow::from).collect();
    each!(&mut *conn, |c| diesel::insert_into(members::table).values(&rows).execute(c)).map(drop)
}

impl From<Member> for MemberRow {
    fn from(m: Member) -> Self {
        Self { id: m.id, household_id: m.household_id, name: m.name, relation: m.relation, id_number: m.id_number }
    }
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self { id: row.id, household_id: row.household_id, name: row.name, relation: row.relation, id_number: row.id_number }
    }
}
