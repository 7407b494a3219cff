//! The approved files that are promised something, and whose entitlements somebody may see: read from the rooms before this one.

use diesel::prelude::*;

use super::store::{COLUMNS, Row};
use crate::accounts::Actor;
use crate::campaigns::CampaignId;
use crate::households::{Category, HouseholdId};
use crate::kit::db::schema::{entitlements, households, orgs};
use crate::kit::db::{Conn, among};

/// What decides about one approved file.
#[derive(Debug, Clone, Queryable)]
pub struct Approved {
    /// The household.
    pub id: HouseholdId,
    /// Its primary category.
    pub category: Category,
    /// The version of its file.
    pub version: i64,
    /// The event chain of the org that keeps it.
    pub chain: String,
}

/// Approved files of a subtree of orgs, by id, `limit` of them after `after`.
pub(super) fn approved(conn: &mut Conn, path: &str, after: Option<HouseholdId>, limit: i64) -> QueryResult<Vec<Approved>> {
    let mut query = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .filter(households::status.eq("approved").and(orgs::path.like(format!("{path}%"))))
        .select((households::id, households::category, households::version, orgs::chain))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(households::id.gt(after));
    }
    query.order(households::id).limit(limit).load(conn)
}

/// The entitlements of a campaign that an actor may see, by household; of one household where it is named.
pub(super) fn visible(
    conn: &mut Conn,
    actor: &Actor,
    campaign: CampaignId,
    household: Option<HouseholdId>,
    after: Option<HouseholdId>,
    limit: i64,
) -> QueryResult<Vec<Row>> {
    let mut query = entitlements::table
        .inner_join(households::table.on(households::id.eq(entitlements::household_id)))
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .filter(entitlements::campaign_id.eq(campaign))
        .select(COLUMNS)
        .into_boxed();
    query = if actor.sees_subtree() {
        query.filter(orgs::path.like(format!("{}%", actor.org.path)))
    } else {
        query.filter(among(households::team_id, actor.team_ids()))
    };
    if let Some(after) = after {
        query = query.filter(entitlements::household_id.gt(after));
    }
    if let Some(household) = household {
        query = query.filter(entitlements::household_id.eq(household));
    }
    query.order(entitlements::household_id).limit(limit).load(conn)
}
