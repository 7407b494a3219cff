//! What teams hold in a campaign, and the slips that were counted differently.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::papers::seasons;
use crate::accounts::{OrgId, TeamId};
use crate::campaigns::CampaignId;
use crate::findings::model::{Counted, Custody, Held, Key, Slip};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{acknowledged_lines, balances, orgs, postings, slips, teams};
use crate::kit::db::{Conn, among};
use crate::kit::http::problem::Problem;
use crate::ledger::{AccountKind, CommodityKind, EntryId};

/// A team's custody, with what is needed to write its findings down.
#[derive(Debug)]
pub(in crate::findings) struct Purse {
    pub(in crate::findings) key: Key,
    pub(in crate::findings) case: Custody,
    pub(in crate::findings) org_id: OrgId,
    /// The chain of its org.
    pub(in crate::findings) chain: String,
}

type HeldRow = (CampaignId, TeamId, CommodityKind, String, i64);
type CountedRow = (EntryId, (CampaignId, TeamId), (CommodityKind, String), i64, Option<i64>);

/// The custody that these keys name, in a fixed number of queries.
pub(in crate::findings) fn purses(conn: &mut Conn, keys: &[Key], now: Moment) -> Result<Vec<Purse>, Problem> {
    let named: Vec<(CampaignId, TeamId)> =
        keys.iter().filter_map(|key| if let Key::Team(campaign, team) = key { Some((*campaign, *team)) } else { None }).collect();
    let (campaigns, ids): (Vec<CampaignId>, Vec<TeamId>) = named.iter().copied().unzip();
    let seasons = seasons(conn, keys)?;
    let places: HashMap<TeamId, (OrgId, String)> = teams::table
        .inner_join(orgs::table.on(orgs::id.eq(teams::org_id)))
        .filter(among(teams::id, &ids))
        .select((teams::id, (orgs::id, orgs::chain)))
        .load::<(TeamId, (OrgId, String))>(conn)?
        .into_iter()
        .collect();
    let held: Vec<HeldRow> = balances::table
        .filter(balances::account_kind.eq(AccountKind::Team).and(balances::amount.gt(0)))
        .filter(among(balances::campaign_id, &campaigns).and(among(balances::account_id, &ids)))
        .select((balances::campaign_id, balances::account_id, balances::commodity_kind, balances::commodity_id, balances::amount))
        .load(conn)?;
    let mut holdings: HashMap<(CampaignId, TeamId), Vec<Held>> = HashMap::new();
    for (campaign, team, kind, commodity_id, amount) in held {
        holdings.entry((campaign, team)).or_default().push(Held { commodity_id, is_cash: kind == CommodityKind::Cash, amount });
    }
    let mut counted = counted(conn, &campaigns, &ids)?;
    let mut purses = Vec::with_capacity(named.len());
    for (campaign, team) in named {
        let (Some(season), Some((org_id, chain))) = (seasons.get(&campaign), places.get(&team)) else { continue };
        let key = (campaign, team);
        let case =
            Custody { now, season: season.clone(), team, held: holdings.remove(&key).unwrap_or_default(), slips: counted.remove(&key).unwrap_or_default() };
        purses.push(Purse { key: Key::Team(campaign, team), case, org_id: *org_id, chain: chain.clone() });
    }
    Ok(purses)
}

/// Slips with both counts. What the store booked stands on the store's side: the team's may be laid on two accounts.
fn counted(conn: &mut Conn, campaigns: &[CampaignId], ids: &[TeamId]) -> QueryResult<HashMap<(CampaignId, TeamId), Vec<Slip>>> {
    let both = acknowledged_lines::table.on(acknowledged_lines::entry_id
        .eq(postings::entry_id)
        .and(acknowledged_lines::commodity_kind.eq(postings::commodity_kind))
        .and(acknowledged_lines::commodity_id.eq(postings::commodity_id)));
    let rows: Vec<CountedRow> = slips::table
        .inner_join(postings::table.on(postings::entry_id.eq(slips::entry_id)))
        .left_join(both)
        .filter(among(slips::campaign_id, campaigns).and(among(slips::team_id, ids)).and(slips::state.eq("differs")))
        .filter(postings::account_kind.eq(AccountKind::Store))
        .order((slips::entry_id, postings::commodity_kind, postings::commodity_id))
        .select((
            slips::entry_id,
            (slips::campaign_id, slips::team_id),
            (postings::commodity_kind, postings::commodity_id),
            postings::amount,
            acknowledged_lines::counted.nullable(),
        ))
        .load(conn)?;
    let mut found: BTreeMap<EntryId, ((CampaignId, TeamId), Slip)> = BTreeMap::new();
    for (entry, place, (kind, commodity_id), booked, counted) in rows {
        let booked = booked.saturating_abs();
        let line = Counted { commodity_id, is_cash: kind == CommodityKind::Cash, booked, counted: counted.unwrap_or(booked) };
        found.entry(entry).or_insert_with(|| (place, Slip { entry, lines: Vec::new() })).1.lines.push(line);
    }
    let mut by_team: HashMap<(CampaignId, TeamId), Vec<Slip>> = HashMap::new();
    for (place, slip) in found.into_values() {
        by_team.entry(place).or_default().push(slip);
    }
    Ok(by_team)
}

/// The slips of a team in a campaign, whatever became of them: what was found about them before may be gone now.
pub(in crate::findings) fn slips_of(conn: &mut Conn, keys: &[Key]) -> QueryResult<Vec<(Key, EntryId)>> {
    let (campaigns, ids): (Vec<CampaignId>, Vec<TeamId>) =
        keys.iter().filter_map(|key| if let Key::Team(campaign, team) = key { Some((*campaign, *team)) } else { None }).unzip();
    let rows: Vec<(CampaignId, TeamId, EntryId)> = slips::table
        .filter(among(slips::campaign_id, campaigns).and(among(slips::team_id, ids)).and(slips::state.eq("differs").or(slips::state.eq("reversed"))))
        .select((slips::campaign_id, slips::team_id, slips::entry_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(campaign, team, entry)| (Key::Team(campaign, team), entry)).collect())
}

/// The teams that hold, or held, something in a campaign.
pub(in crate::findings) fn teams_of_campaign(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Vec<Key>> {
    let ids: Vec<TeamId> = balances::table
        .filter(balances::campaign_id.eq(campaign).and(balances::account_kind.eq(AccountKind::Team)))
        .distinct()
        .select(balances::account_id)
        .load(conn)?;
    Ok(ids.into_iter().map(|team| Key::Team(campaign, team)).collect())
}
