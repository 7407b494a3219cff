//! The tables of this room.

mod around;

pub(super) use around::{Around, NeedRow, PersonRow, PlaceRow, insert_around, insert_links};

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::model::{Aid, EvidenceKind, Incoming, Mode, Outcome, VisitId};
use crate::accounts::{DeviceId, OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::insert_all;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{orgs, visit_aid, visit_evidence, visits};
use crate::kit::db::{Conn, among};
use crate::ledger::{Commodity, CommodityKind, EnterpriseId};

/// A visit as a row.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = visits, treat_none_as_default_value = false)]
pub(super) struct VisitRow {
    pub(super) id: VisitId,
    pub(super) campaign_id: CampaignId,
    pub(super) household_id: Option<HouseholdId>,
    pub(super) enterprise_id: Option<EnterpriseId>,
    pub(super) org_id: OrgId,
    pub(super) team_id: Option<TeamId>,
    pub(super) cadre_id: PersonId,
    pub(super) device_id: DeviceId,
    pub(super) mode: Mode,
    pub(super) outcome: Outcome,
    pub(super) started_at: Moment,
    pub(super) ended_at: Moment,
    pub(super) clock_offset_ms: i64,
    pub(super) body: String,
    pub(super) amends: Option<VisitId>,
    pub(super) received_at: Moment,
}

/// A line of aid as a row.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = visit_aid, treat_none_as_default_value = false)]
pub(super) struct AidRow {
    pub(super) visit_id: VisitId,
    pub(super) line: i64,
    pub(super) commodity_kind: &'static str,
    pub(super) commodity_id: String,
    pub(super) amount: i64,
    pub(super) team_id: Option<TeamId>,
    pub(super) campaign_id: CampaignId,
    pub(super) ended_at: Moment,
}

/// A piece of named evidence as a row.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = visit_evidence)]
pub(super) struct EvidenceRow {
    pub(super) visit_id: VisitId,
    pub(super) line: i64,
    pub(super) sha256: String,
    pub(super) kind: EvidenceKind,
}

/// Stores visits with the evidence they name.
pub(super) fn insert(conn: &mut Conn, rows: &[VisitRow], evidence: &[EvidenceRow]) -> QueryResult<()> {
    insert_all!(&mut *conn, rows, |values| diesel::insert_into(visits::table).values(values))?;
    insert_all!(&mut *conn, evidence, |values| diesel::insert_into(visit_evidence::table).values(values))
}

/// A visit as it was taken in.
#[derive(Debug, Queryable)]
pub(super) struct TakenIn {
    pub(super) id: VisitId,
    pub(super) cadre_id: PersonId,
    /// Of the log, of the org the visit was made for.
    pub(super) chain: String,
    pub(super) team_id: Option<TeamId>,
    pub(super) device_id: DeviceId,
    pub(super) clock_offset_ms: i64,
    pub(super) body: String,
}

/// These visits, in the order of their ids.
pub(super) fn taken_in(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Vec<TakenIn>> {
    let columns = (visits::id, visits::cadre_id, orgs::chain, visits::team_id, visits::device_id, visits::clock_offset_ms, visits::body);
    visits::table.inner_join(orgs::table.on(orgs::id.eq(visits::org_id))).filter(among(visits::id, ids)).order(visits::id).select(columns).load(conn)
}

/// Which of these stored visits are amended by one of the same household.
pub(super) fn amended(conn: &mut Conn, of: &[&Incoming]) -> QueryResult<HashSet<VisitId>> {
    let found: Vec<(Option<VisitId>, CampaignId, Option<HouseholdId>)> = visits::table
        .filter(among(visits::amends, of.iter().map(|visit| visit.id)))
        .select((visits::amends, visits::campaign_id, visits::household_id))
        .load(conn)?;
    let same = |visit: &&&Incoming| {
        let said = &visit.said;
        found.iter().any(|(amends, campaign, household)| *amends == Some(visit.id) && *campaign == said.campaign_id && *household == said.household_id)
    };
    Ok(of.iter().filter(same).map(|visit| visit.id).collect())
}

/// The stored visits that these amend, where both speak of the same household.
pub(super) fn amending(conn: &mut Conn, of: &[&Incoming]) -> QueryResult<Vec<VisitId>> {
    let named: Vec<VisitId> = of.iter().filter_map(|visit| visit.said.amends).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(VisitId, CampaignId, Option<HouseholdId>)> =
        visits::table.filter(among(visits::id, named)).select((visits::id, visits::campaign_id, visits::household_id)).load(conn)?;
    let same = |(id, campaign, household): &(VisitId, CampaignId, Option<HouseholdId>)| {
        of.iter().any(|visit| visit.said.amends == Some(*id) && visit.said.campaign_id == *campaign && visit.said.household_id == *household)
    };
    Ok(found.into_iter().filter(same).map(|(id, _, _)| id).collect())
}

/// The visits that name a piece of evidence, with the household each belongs to.
///
/// # Errors
/// When they cannot be read.
pub fn naming(conn: &mut Conn, sha256: &[String]) -> QueryResult<Vec<(CampaignId, HouseholdId)>> {
    let found: Vec<(CampaignId, Option<HouseholdId>)> = visit_evidence::table
        .inner_join(visits::table.on(visits::id.eq(visit_evidence::visit_id)))
        .filter(among(visit_evidence::sha256, sha256))
        .select((visits::campaign_id, visits::household_id))
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().filter_map(|(campaign, household)| household.map(|household| (campaign, household))).collect())
}

/// What was handed over at each of these visits, in its order; at one that is not worked off yet, nothing.
///
/// # Errors
/// When it cannot be read.
pub fn aid_of(conn: &mut Conn, visits: &[VisitId]) -> QueryResult<HashMap<VisitId, Vec<Aid>>> {
    let rows: Vec<(VisitId, CommodityKind, String, i64)> = visit_aid::table
        .filter(among(visit_aid::visit_id, visits))
        .order((visit_aid::visit_id, visit_aid::line))
        .select((visit_aid::visit_id, visit_aid::commodity_kind, visit_aid::commodity_id, visit_aid::amount))
        .load(conn)?;
    let mut handed: HashMap<VisitId, Vec<Aid>> = HashMap::new();
    for (visit, kind, id, amount) in rows {
        // What is stored was a commodity when it came in.
        handed.entry(visit).or_default().extend(Commodity::named(kind, &id).map(|commodity| Aid::of(commodity, amount)));
    }
    Ok(handed)
}
