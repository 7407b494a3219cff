//! Where a cadre came from, and who else was visited on the same spot.

use std::collections::{BTreeSet, HashMap};

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::copies::keys_of;
use crate::findings::model::{Key, Neighbour, Trip};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{visit_places, visits};
use crate::kit::db::{Conn, among};
use crate::kit::geo::Point;
use crate::visits::VisitId;

diesel::alias!(visit_places as there: There, visits as amending: Amending);

/// Visits on one spot that are looked at: enough to count the households of any policy, and to name the first.
const MOST_ON_A_SPOT: i64 = 256;
/// More households than any policy asks for.
const MANY_HOUSEHOLDS: usize = 50;

/// A place in the grid is looked for so many cells up and down, left and right: a metre in any direction, anywhere in China.
const ROWS: i64 = 1;
const COLUMNS: i64 = 2;

/// The same cadre's place before, where nobody amends it.
pub(super) fn trips(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<HashMap<VisitId, Trip>> {
    let before = there
        .filter(there.field(visit_places::cadre_id).eq(visit_places::cadre_id))
        .filter(there.field(visit_places::started_at).le(visit_places::started_at))
        .filter(there.field(visit_places::started_at).lt(visit_places::started_at).or(there.field(visit_places::visit_id).lt(visit_places::visit_id)))
        .filter(not(exists(amending.filter(amending.field(visits::amends).eq(there.field(visit_places::visit_id).nullable())))))
        .order((there.field(visit_places::started_at).desc(), there.field(visit_places::visit_id).desc()))
        .select(there.field(visit_places::visit_id))
        .limit(1)
        .single_value();
    let pairs: Vec<(VisitId, Option<VisitId>)> =
        visit_places::table.filter(among(visit_places::visit_id, ids)).select((visit_places::visit_id, before)).load(conn)?;
    let earlier: BTreeSet<VisitId> = pairs.iter().filter_map(|(_, before)| *before).collect();
    if earlier.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<(VisitId, Moment, f64, f64, f64)> = visit_places::table
        .filter(among(visit_places::visit_id, earlier))
        .select((visit_places::visit_id, visit_places::ended_at, visit_places::latitude, visit_places::longitude, visit_places::accuracy_m))
        .load(conn)?;
    let trips: HashMap<VisitId, Trip> = places
        .into_iter()
        .map(|(visit, ended_at, latitude, longitude, accuracy_m)| (visit, Trip { visit, ended_at, at: Point { latitude, longitude }, accuracy_m }))
        .collect();
    Ok(pairs.into_iter().filter_map(|(visit, before)| Some((visit, *trips.get(&before?)?))).collect())
}

/// The next place of each one's cadre: what came before it may have changed.
fn next(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Vec<VisitId>> {
    let after = there
        .filter(there.field(visit_places::cadre_id).eq(visit_places::cadre_id))
        .filter(there.field(visit_places::started_at).ge(visit_places::started_at))
        .filter(there.field(visit_places::started_at).gt(visit_places::started_at).or(there.field(visit_places::visit_id).gt(visit_places::visit_id)))
        .filter(not(exists(amending.filter(amending.field(visits::amends).eq(there.field(visit_places::visit_id).nullable())))))
        .order((there.field(visit_places::started_at), there.field(visit_places::visit_id)))
        .select(there.field(visit_places::visit_id))
        .limit(1)
        .single_value();
    let found: Vec<Option<VisitId>> = visit_places::table.filter(among(visit_places::visit_id, ids)).select(after).load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

#[derive(Queryable)]
struct Cell {
    visit: VisitId,
    campaign: crate::campaigns::CampaignId,
    household: Option<HouseholdId>,
    row: i64,
    column: i64,
}

/// Those of these visits that are not alone on their spot. Among honest visits there are few.
fn crowded(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Vec<Cell>> {
    let somebody = there
        .filter(there.field(visit_places::campaign_id).eq(visit_places::campaign_id))
        .filter(there.field(visit_places::row_e5).between(visit_places::row_e5 - ROWS, visit_places::row_e5 + ROWS))
        .filter(there.field(visit_places::column_e5).between(visit_places::column_e5 - COLUMNS, visit_places::column_e5 + COLUMNS))
        .filter(there.field(visit_places::household_id).ne(visit_places::household_id));
    visit_places::table
        .filter(among(visit_places::visit_id, ids).and(visit_places::household_id.is_not_null()).and(exists(somebody)))
        .select((visit_places::visit_id, visit_places::campaign_id, visit_places::household_id, visit_places::row_e5, visit_places::column_e5))
        .load(conn)
}

/// Who else was visited on a spot, by the ids of the visits. Each crowded spot is looked up by itself, because thousands may share one
/// (a cached fix in an office), and they must not be read whole for every new one.
fn on_the_spot(conn: &mut Conn, cell: &Cell, limit: i64) -> QueryResult<Vec<Neighbour>> {
    let rows: Vec<(VisitId, Option<HouseholdId>, f64, f64)> = visit_places::table
        .filter(visit_places::campaign_id.eq(cell.campaign))
        .filter(visit_places::row_e5.between(cell.row - ROWS, cell.row + ROWS))
        .filter(visit_places::column_e5.between(cell.column - COLUMNS, cell.column + COLUMNS))
        .filter(visit_places::household_id.ne(cell.household))
        .order(visit_places::visit_id)
        .limit(limit)
        .select((visit_places::visit_id, visit_places::household_id, visit_places::latitude, visit_places::longitude))
        .load(conn)?;
    let neighbour = |(visit, household, latitude, longitude): (VisitId, Option<HouseholdId>, f64, f64)| {
        household.map(|household| Neighbour { visit, household, at: Point { latitude, longitude } })
    };
    Ok(rows.into_iter().filter_map(neighbour).collect())
}

/// Visits to other households close to these.
pub(super) fn nearby(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<HashMap<VisitId, Vec<Neighbour>>> {
    let mut found = HashMap::new();
    for cell in crowded(conn, ids)? {
        let neighbours = on_the_spot(conn, &cell, MOST_ON_A_SPOT)?;
        found.insert(cell.visit, neighbours);
    }
    Ok(found)
}

/// Where the visits stand about which these, just recorded or just amended, may say something new: the cadre's next one, and those on
/// the same spot — unless so many households share it that one more changes nothing.
pub(in crate::findings) fn keys_around(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Vec<Key>> {
    let mut touched: BTreeSet<VisitId> = next(conn, ids)?.into_iter().collect();
    for cell in crowded(conn, ids)? {
        let some = on_the_spot(conn, &cell, MOST_ON_A_SPOT)?;
        let households: BTreeSet<HouseholdId> = some.iter().map(|other| other.household).collect();
        let is_named = some.get(1).is_none_or(|second| cell.visit < second.visit);
        if is_named {
            touched.extend(on_the_spot(conn, &cell, i64::from(i32::MAX))?.into_iter().map(|other| other.visit));
        } else if households.len() < MANY_HOUSEHOLDS {
            touched.extend(some.into_iter().map(|other| other.visit));
        }
    }
    let touched: Vec<VisitId> = touched.into_iter().collect();
    let mut keys = Vec::new();
    for page in touched.chunks(1_000) {
        keys.extend(keys_of(conn, page)?);
    }
    Ok(keys)
}
