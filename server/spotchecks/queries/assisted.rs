//! The households that received aid: those with a handover that stands.

use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::names::{Names, team_codes};
use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::{Category, HouseholdId};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{balances, entries, households, visits};
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::Candidate;
use crate::visits::VisitId;

diesel::alias!(entries as reversal: Reversal);

/// So few are looked up by name; more are found among all.
const FEW: usize = 20_000;

/// A handover that stands: whose, when and by which visit, by whom.
type Handed = (HouseholdId, Moment, VisitId, Option<TeamId>, PersonId);
type File = (HouseholdId, Category, OrgId);

/// A campaign's households that received aid: all of them, or some of these; each with its last handover that stands. By id.
///
/// Three readings of one table each, which are then laid side by side: in a large campaign, going from a handover to its visit and on to
/// its file for each household would be looking for a million pages one by one.
pub(in crate::spotchecks) fn assisted(conn: &mut Conn, campaign: CampaignId, only: Option<&[HouseholdId]>) -> QueryResult<Vec<Candidate>> {
    let last = last_handovers(conn, campaign, only)?;
    let few: Option<Vec<HouseholdId>> = (last.len() <= FEW).then(|| last.iter().map(|(household, ..)| *household).collect());
    let mut files = files(conn, few.as_deref())?.into_iter().peekable();
    let mut sums = handed_fen(conn, campaign, few.as_deref())?.into_iter().peekable();
    let mut names = Names::new(team_codes(conn, last.iter().filter_map(|(.., team, _)| *team))?);
    let mut candidates = Vec::with_capacity(last.len());
    for (household, _, visit, team, cadre) in last {
        while files.next_if(|(id, ..)| *id < household).is_some() {}
        while sums.next_if(|(id, _)| *id < household).is_some() {}
        let Some((_, category, org)) = files.next_if(|(id, ..)| *id == household) else { continue };
        let handed_fen = sums.next_if(|(id, _)| *id == household).map(|(_, fen)| fen).unwrap_or_default();
        candidates.push(Candidate { household, stratum: names.of(team, category), org, team, visit: Some(visit), cadre: Some(cadre), handed_fen });
    }
    Ok(candidates)
}

/// The last handover of each household, by household.
fn last_handovers(conn: &mut Conn, campaign: CampaignId, only: Option<&[HouseholdId]>) -> QueryResult<Vec<Handed>> {
    let reversed = reversal.filter(reversal.field(entries::reverses).eq(entries::id.nullable()));
    let mut all: Vec<Handed> = entries::table
        .inner_join(visits::table.on(visits::id.nullable().eq(entries::visit_id)))
        .filter(entries::campaign_id.eq(campaign).and(entries::kind.eq("handover")).and(visits::household_id.is_not_null()))
        .filter(not(exists(reversed)))
        .filter(among(visits::household_id, only.unwrap_or_default()).assume_not_null().or(only.is_none().into_sql::<Bool>()))
        .select((visits::household_id.assume_not_null(), visits::ended_at, visits::id, visits::team_id, visits::cadre_id))
        .load(conn)?;
    all.sort_unstable_by_key(|(household, at, visit, ..)| (*household, std::cmp::Reverse((*at, *visit))));
    all.dedup_by_key(|(household, ..)| *household);
    Ok(all)
}

/// The files of these households, or of all, by id.
fn files(conn: &mut Conn, only: Option<&[HouseholdId]>) -> QueryResult<Vec<File>> {
    let query = households::table.select((households::id, households::category, households::org_id));
    let mut files: Vec<File> = match only {
        Some(these) => query.filter(among(households::id, these)).load(conn)?,
        None => query.load(conn)?,
    };
    files.sort_unstable_by_key(|(id, ..)| *id);
    Ok(files)
}

/// What households hold of a campaign, by household: cash, and what goods are worth.
pub(super) fn handed_fen(conn: &mut Conn, campaign: CampaignId, only: Option<&[HouseholdId]>) -> QueryResult<Vec<(HouseholdId, i64)>> {
    let mut sums: Vec<(HouseholdId, i64)> = balances::table
        .filter(balances::campaign_id.eq(campaign).and(balances::account_kind.eq("household")))
        .filter(among(balances::account_id, only.unwrap_or_default()).or(only.is_none().into_sql::<Bool>()))
        .group_by(balances::account_id)
        .select((balances::account_id, sql::<BigInt>("CAST(SUM(CASE WHEN commodity_kind = 'cash' THEN amount ELSE value_fen END) AS BIGINT)")))
        .load(conn)?;
    sums.sort_unstable_by_key(|(id, _)| *id);
    Ok(sums)
}

/// The households that a team helped in a campaign, by id, whoever came to them after.
pub(in crate::spotchecks) fn helped_by(conn: &mut Conn, campaign: CampaignId, team: TeamId) -> QueryResult<Vec<HouseholdId>> {
    entries::table
        .inner_join(visits::table.on(visits::id.nullable().eq(entries::visit_id)))
        .filter(entries::campaign_id.eq(campaign).and(entries::kind.eq("handover")).and(visits::team_id.eq(team)).and(visits::household_id.is_not_null()))
        .select(visits::household_id.assume_not_null())
        .distinct()
        .order(visits::household_id)
        .load(conn)
}
