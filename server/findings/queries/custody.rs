//! Which handovers a team's overdraft falls on: the latest, by when they ended and then by id, until their sum covers it.
//!
//! That is a property of the set of handovers, not of the order in which they were heard of.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use super::visits::Row;
use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::findings::model::Overdraft;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{balances, visit_aid, visits};
use crate::kit::db::{Conn, among};
use crate::kit::http::problem::Problem;
use crate::ledger::{AccountKind, CommodityKind};
use crate::visits::VisitId;

diesel::alias!(visits as amending: Amending);

/// Lines read at once.
const STEP: i64 = 500;

/// What a team handed over beyond what it held.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::findings) struct Custody {
    pub(in crate::findings) campaign: CampaignId,
    pub(in crate::findings) team: TeamId,
    pub(in crate::findings) kind: CommodityKind,
    pub(in crate::findings) commodity: String,
}

pub(super) type Overdrawn = HashMap<VisitId, Vec<Overdraft>>;

/// The overdrafts of these teams.
fn owed(conn: &mut Conn, teams: &[(CampaignId, TeamId)]) -> QueryResult<Vec<(Custody, i64)>> {
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    let campaigns = teams.iter().map(|(campaign, _)| *campaign);
    let accounts = teams.iter().map(|(_, team)| *team);
    let rows: Vec<(CampaignId, TeamId, CommodityKind, String, i64)> = balances::table
        .filter(balances::account_kind.eq(AccountKind::Unexplained).and(balances::amount.lt(0)))
        .filter(among(balances::campaign_id, campaigns).and(among(balances::account_id, accounts)))
        .select((balances::campaign_id, balances::account_id, balances::commodity_kind, balances::commodity_id, balances::amount))
        .load(conn)?;
    let owed =
        |(campaign, team, kind, commodity, amount): (CampaignId, TeamId, CommodityKind, String, i64)| (Custody { campaign, team, kind, commodity }, -amount);
    Ok(rows.into_iter().map(owed).collect())
}

/// The overdrafts that fall on these visits.
pub(super) fn overdrafts(conn: &mut Conn, rows: &[&Row]) -> Result<Overdrawn, Problem> {
    let handing = || rows.iter().filter(|row| !row.said.aid.is_empty()).filter_map(|row| row.told.team_id.map(|team| (row, team)));
    let mut teams: Vec<(CampaignId, TeamId)> = handing().map(|(row, team)| (row.campaign_id, team)).collect();
    teams.sort_unstable();
    teams.dedup();
    let mut found = Overdrawn::new();
    for (custody, amount) in owed(conn, &teams)? {
        let own: HashMap<VisitId, Moment> =
            handing().filter(|(row, team)| (row.campaign_id, *team) == (custody.campaign, custody.team)).map(|(row, _)| (row.id, row.ended_at)).collect();
        let Some(earliest) = own.values().min() else { continue };
        for (visit, overdraft) in tail(conn, &custody, amount, Some(*earliest))? {
            if own.contains_key(&visit) {
                found.entry(visit).or_default().push(overdraft);
            }
        }
    }
    Ok(found)
}

/// Every visit that an overdraft of this team falls on.
pub(in crate::findings) fn tail_of_team(conn: &mut Conn, campaign: CampaignId, team: TeamId) -> QueryResult<BTreeMap<VisitId, Vec<Overdraft>>> {
    let mut found: BTreeMap<VisitId, Vec<Overdraft>> = BTreeMap::new();
    for (custody, amount) in owed(conn, &[(campaign, team)])? {
        for (visit, overdraft) in tail(conn, &custody, amount, None)? {
            found.entry(visit).or_default().push(overdraft);
        }
    }
    Ok(found)
}

/// The handovers an overdraft falls on, latest first; those that ended before `since` are of no interest.
fn tail(conn: &mut Conn, custody: &Custody, mut owed: i64, since: Option<Moment>) -> QueryResult<Vec<(VisitId, Overdraft)>> {
    let mut found = Vec::new();
    let mut before: Option<(Moment, VisitId)> = None;
    while owed > 0 {
        let mut query = visit_aid::table
            .filter(visit_aid::campaign_id.eq(custody.campaign).and(visit_aid::team_id.eq(custody.team)))
            .filter(visit_aid::commodity_kind.eq(custody.kind).and(visit_aid::commodity_id.eq(&custody.commodity)))
            .select((visit_aid::visit_id, visit_aid::ended_at, visit_aid::amount))
            .into_boxed();
        if let Some((at, visit)) = before {
            query = query.filter(visit_aid::ended_at.lt(at).or(visit_aid::ended_at.eq(at).and(visit_aid::visit_id.lt(visit))));
        }
        if let Some(since) = since {
            query = query.filter(visit_aid::ended_at.ge(since));
        }
        let lines: Vec<(VisitId, Moment, i64)> = query.order((visit_aid::ended_at.desc(), visit_aid::visit_id.desc())).limit(STEP).load(conn)?;
        let whole = i64::try_from(lines.len()).is_ok_and(|n| n < STEP);
        let handovers = together(lines, whole);
        let Some(last) = handovers.last() else { break };
        before = Some((last.1, last.0));
        let amended = amended(conn, &handovers)?;
        for (visit, _, amount) in handovers.iter().filter(|(visit, ..)| !amended.contains(visit)) {
            if owed <= 0 {
                break;
            }
            let covered = amount.saturating_sub(owed).max(0);
            owed = owed.saturating_sub(*amount);
            found.push((*visit, Overdraft { commodity_id: custody.commodity.clone(), is_cash: custody.kind == CommodityKind::Cash, amount: *amount, covered }));
        }
        if whole {
            break;
        }
    }
    Ok(found)
}

/// One amount a visit. Where more lines follow, the last visit may have some among them: it is left for the next step.
fn together(lines: Vec<(VisitId, Moment, i64)>, whole: bool) -> Vec<(VisitId, Moment, i64)> {
    let mut handovers: Vec<(VisitId, Moment, i64)> = Vec::with_capacity(lines.len());
    for (visit, at, amount) in lines {
        match handovers.last_mut() {
            Some(last) if last.0 == visit => last.2 = last.2.saturating_add(amount),
            _ => handovers.push((visit, at, amount)),
        }
    }
    if !whole && handovers.len() > 1 {
        handovers.pop();
    }
    handovers
}

fn amended(conn: &mut Conn, handovers: &[(VisitId, Moment, i64)]) -> QueryResult<HashSet<VisitId>> {
    let ids: Vec<VisitId> = handovers.iter().map(|(visit, ..)| *visit).collect();
    let nobodys = amending.field(visits::household_id).is_null().and(visits::household_id.is_null());
    let same_household = nobodys.or(amending.field(visits::household_id).eq(visits::household_id));
    let pairs: Vec<VisitId> = visits::table
        .inner_join(amending.on(amending.field(visits::amends).eq(visits::id.nullable())))
        .filter(among(visits::id, ids).and(same_household))
        .filter(amending.field(visits::campaign_id).eq(visits::campaign_id).and(amending.field(visits::id).ne(visits::id)))
        .select(visits::id)
        .load(conn)?;
    Ok(pairs.into_iter().collect())
}
