//! The tables of this room.

use std::collections::{BTreeMap, HashSet};

use diesel::prelude::*;

use super::model::{Entitlement, EntitlementId};
use crate::campaigns::{CampaignId, ItemId, Purpose, Quantity};
use crate::each;
use crate::households::{Category, HouseholdId};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{entitlement_goods, entitlements};
use crate::kit::db::{Conn, among};

/// SQLite takes 32,766 values in a statement; an entitlement has eight.
const ROWS_A_STATEMENT: usize = 2_000;

pub(super) type Row = (EntitlementId, CampaignId, HouseholdId, Category, i64, Purpose, String, Moment);
type Columns = (
    entitlements::id,
    entitlements::campaign_id,
    entitlements::household_id,
    entitlements::category,
    entitlements::cash_fen,
    entitlements::purpose,
    entitlements::facts,
    entitlements::frozen_at,
);
pub(super) const COLUMNS: Columns = (
    entitlements::id,
    entitlements::campaign_id,
    entitlements::household_id,
    entitlements::category,
    entitlements::cash_fen,
    entitlements::purpose,
    entitlements::facts,
    entitlements::frozen_at,
);

/// The households among the ids `first` to `last` that have their entitlement already.
pub(super) fn entitled(conn: &mut Conn, campaign: CampaignId, first: HouseholdId, last: HouseholdId) -> QueryResult<HashSet<HouseholdId>> {
    let ids: Vec<HouseholdId> = entitlements::table
        .filter(entitlements::campaign_id.eq(campaign).and(entitlements::household_id.between(first, last)))
        .select(entitlements::household_id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

/// Adds entitlements, in a few statements however many there are.
pub(super) fn insert(conn: &mut Conn, new: &[Entitlement]) -> QueryResult<()> {
    let mut rows = Vec::with_capacity(new.len());
    for of in new {
        let facts = serde_json::to_string(&of.facts).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
        rows.push((
            entitlements::id.eq(of.id),
            entitlements::campaign_id.eq(of.campaign_id),
            entitlements::household_id.eq(of.household_id),
            entitlements::category.eq(of.category),
            entitlements::cash_fen.eq(of.cash_fen),
            entitlements::purpose.eq(of.purpose),
            entitlements::facts.eq(facts),
            entitlements::frozen_at.eq(of.frozen_at),
        ));
    }
    for rows in rows.chunks(ROWS_A_STATEMENT) {
        each!(&mut *conn, |c| diesel::insert_into(entitlements::table).values(rows).execute(c))?;
    }
    let lines: Vec<_> = new
        .iter()
        .flat_map(|of| of.goods.iter().map(|line| (of.id, *line)))
        .map(|(id, line)| {
            (entitlement_goods::entitlement_id.eq(id), entitlement_goods::item_id.eq(line.item_id), entitlement_goods::quantity_milli.eq(line.quantity_milli))
        })
        .collect();
    for lines in lines.chunks(ROWS_A_STATEMENT) {
        each!(&mut *conn, |c| diesel::insert_into(entitlement_goods::table).values(lines).execute(c))?;
    }
    Ok(())
}

/// The entitlements of these households in a campaign, by household.
pub(super) fn of_households(conn: &mut Conn, campaign: CampaignId, ids: &[HouseholdId]) -> QueryResult<Vec<Entitlement>> {
    let rows: Vec<Row> = entitlements::table
        .filter(entitlements::campaign_id.eq(campaign).and(among(entitlements::household_id, ids)))
        .order(entitlements::household_id)
        .select(COLUMNS)
        .load(conn)?;
    with_goods(conn, rows)
}

/// Rows with the goods that belong to them.
pub(super) fn with_goods(conn: &mut Conn, rows: Vec<Row>) -> QueryResult<Vec<Entitlement>> {
    let ids: Vec<EntitlementId> = rows.iter().map(|row| row.0).collect();
    let lines: Vec<(EntitlementId, ItemId, i64)> = entitlement_goods::table
        .filter(among(entitlement_goods::entitlement_id, ids))
        .order((entitlement_goods::entitlement_id, entitlement_goods::item_id))
        .select((entitlement_goods::entitlement_id, entitlement_goods::item_id, entitlement_goods::quantity_milli))
        .load(conn)?;
    let mut goods: BTreeMap<EntitlementId, Vec<Quantity>> = BTreeMap::new();
    for (id, item_id, quantity_milli) in lines {
        goods.entry(id).or_default().push(Quantity { item_id, quantity_milli });
    }
    rows.into_iter()
        .map(|(id, campaign_id, household_id, category, cash_fen, purpose, facts, frozen_at)| {
            let facts = serde_json::from_str(&facts).map_err(|error| diesel::result::Error::DeserializationError(error.into()))?;
            let goods = goods.remove(&id).unwrap_or_default();
            Ok(Entitlement { id, campaign_id, household_id, category, cash_fen, purpose, goods, facts, frozen_at })
        })
        .collect()
}
