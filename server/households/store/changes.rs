//! Every change of a field, kept.

use diesel::prelude::*;

use super::VALUES_A_STATEMENT;
use crate::accounts::PersonId;
use crate::each;
use crate::households::model::{Change, HouseholdId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::household_changes;

/// A change that was made.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = household_changes, treat_none_as_default_value = false)]
pub struct Changed {
    /// The household.
    pub household_id: HouseholdId,
    /// The version it led to.
    pub version: i64,
    /// `address`, …
    pub field: String,
    /// Before.
    pub old_value: Option<String>,
    /// After.
    pub new_value: Option<String>,
    /// Who, or none for the command line.
    pub made_by: Option<PersonId>,
    /// When.
    pub made_at: Moment,
}

impl Changed {
    /// What this change made of a field.
    #[must_use]
    pub fn by(change: &Change, household_id: HouseholdId, version: i64, made_by: Option<PersonId>, made_at: Moment) -> Self {
        let (old_value, new_value) = (change.old.clone(), change.new.clone());
        Self { household_id, version, field: change.field.to_owned(), old_value, new_value, made_by, made_at }
    }
}

/// Keeps changes.
///
/// # Errors
/// When they cannot be written.
pub fn note(conn: &mut Conn, changes: &[Changed]) -> QueryResult<()> {
    for changes in changes.chunks(VALUES_A_STATEMENT / 7) {
        each!(&mut *conn, |c| diesel::insert_into(household_changes::table).values(changes).execute(c))?;
    }
    Ok(())
}

/// The changes of a household, newest first, below a version.
///
/// # Errors
/// When they cannot be read.
pub fn history(conn: &mut Conn, household: HouseholdId, before: Option<(i64, String)>, limit: i64) -> QueryResult<Vec<Changed>> {
    use household_changes::{field, household_id, version};
    let mut query = household_changes::table.filter(household_id.eq(household)).into_boxed();
    if let Some((before, after_field)) = before {
        query = query.filter(version.lt(before).or(version.eq(before).and(field.gt(after_field))));
    }
    query.order((version.desc(), field.asc())).limit(limit).select(Changed::as_select()).load(conn)
}
