//! The households that received aid: those with a handover that stands.

use std::collections::HashMap;

use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::{Names, When};
use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::{Category, HouseholdId};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{balances, entries, households, teams, visits};
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::{Candidate, stratum_of};
use crate::visits::VisitId;

diesel::alias!(entries as reversal: Reversal);

type Row = (HouseholdId, Category, OrgId, Option<TeamId>, Option<String>, VisitId, PersonId, Moment);

/// A campaign's households that received aid: all of them, or some of these; each with its last handover that stands.
pub(in crate::spotchecks) fn assisted(conn: &mut Conn, campaign: CampaignId, only: Option<&[HouseholdId]>) -> QueryResult<Vec<Candidate>> {
    let reversed = reversal.filter(reversal.field(entries::reverses).eq(entries::id.nullable()));
    let rows: Vec<Row> = entries::table
        .inner_join(visits::table.on(visits::id.nullable().eq(entries::visit_id)))
        .inner_join(households::table.on(households::id.nullable().eq(visits::household_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(visits::team_id)))
        .filter(entries::campaign_id.eq(campaign).and(entries::kind.eq("handover")))
        .filter(not(exists(reversed)))
        .filter(among(households::id, only.unwrap_or_default()).or(only.is_none().into_sql::<Bool>()))
        .select((
            households::id,
            households::category,
            households::org_id,
            visits::team_id,
            teams::code.nullable(),
            visits::id,
            visits::cadre_id,
            visits::ended_at,
        ))
        .load(conn)?;
    let handed = handed_fen(conn, campaign, only)?;
    let mut names = Names::default();
    let mut last: HashMap<HouseholdId, (When, Candidate)> = HashMap::with_capacity(rows.len());
    for (household, category, org, team, code, visit, cadre, ended_at) in rows {
        let stratum = names.of(stratum_of(code.as_deref(), category));
        let handed_fen = handed.get(household.as_str()).copied().unwrap_or_default();
        let candidate = Candidate { household, stratum, org, team, visit: Some(visit), cadre: Some(cadre), handed_fen };
        let when = (ended_at, visit);
        match last.get_mut(&household) {
            Some(there) if there.0 >= when => {}
            Some(there) => *there = (when, candidate),
            None => drop(last.insert(household, (when, candidate))),
        }
    }
    Ok(last.into_values().map(|(_, candidate)| candidate).collect())
}

/// What households hold of a campaign: cash, and what goods are worth.
pub(super) fn handed_fen(conn: &mut Conn, campaign: CampaignId, only: Option<&[HouseholdId]>) -> QueryResult<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = balances::table
        .filter(balances::campaign_id.eq(campaign).and(balances::account_kind.eq("household")))
        .filter(among(balances::account_id, only.unwrap_or_default()).or(only.is_none().into_sql::<Bool>()))
        .group_by(balances::account_id)
        .select((balances::account_id, sql::<BigInt>("CAST(SUM(CASE WHEN commodity_kind = 'cash' THEN amount ELSE value_fen END) AS BIGINT)")))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
