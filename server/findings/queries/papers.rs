//! Campaigns, files, entitlements, funds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::visits::Row;
use crate::accounts::{OrgId, TeamId};
use crate::campaigns::{CampaignId, Earmark, ItemId, Policy, Purpose, Quantity};
use crate::findings::model::{self, EarlierHome, Entitlement, Key, Objection, Season, Spot};
use crate::households::{Category, Home, HouseholdId, Status};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{
    campaigns, entitlement_goods, entitlements, funds, household_changes, households, members, notices, objections, orgs, standings, visits,
};
use crate::kit::db::{Conn, among};
use crate::kit::geo::Datum;
use crate::kit::http::problem::Problem;
use crate::kit::idnumber::IdNumber;
use crate::ledger::FundId;
use crate::visits::Aid;

/// The distinct campaigns and households of keys.
pub(super) fn parts(keys: &[Key]) -> (Vec<CampaignId>, Vec<HouseholdId>) {
    let campaigns: BTreeSet<CampaignId> = keys.iter().map(Key::campaign).collect();
    let households: BTreeSet<HouseholdId> = keys.iter().filter_map(Key::household).collect();
    (campaigns.into_iter().collect(), households.into_iter().collect())
}

/// The days and limits of campaigns.
pub(super) fn seasons(conn: &mut Conn, keys: &[Key]) -> Result<HashMap<CampaignId, Season>, Problem> {
    let rows: Vec<(CampaignId, Moment, Moment, String)> = campaigns::table
        .filter(among(campaigns::id, parts(keys).0))
        .select((campaigns::id, campaigns::opens_at, campaigns::deadline_at, campaigns::policy))
        .load(conn)?;
    let season = |(id, opens_at, deadline_at, policy): (CampaignId, Moment, Moment, String)| {
        let policy: Policy = serde_json::from_str(&policy).map_err(|cause| Problem::unexpected(format!("a stored policy cannot be read: {cause}")))?;
        Ok((id, Season { opens_at, deadline_at, policy }))
    };
    rows.into_iter().map(season).collect()
}

/// A file, with its place in the tree.
#[derive(Debug, Clone)]
pub(in crate::findings) struct File {
    pub(in crate::findings) id: HouseholdId,
    pub(in crate::findings) org_id: OrgId,
    pub(in crate::findings) team_id: Option<TeamId>,
    pub(in crate::findings) category: Category,
    /// The chain of its org.
    pub(in crate::findings) chain: String,
    /// The identity numbers of its head and its members, as far as they are known.
    pub(in crate::findings) numbers: Vec<IdNumber>,
    /// What reconciliation looks at.
    pub(in crate::findings) facts: model::File,
}

#[derive(Queryable)]
struct FileRow {
    id: HouseholdId,
    org_id: OrgId,
    team_id: Option<TeamId>,
    category: Category,
    chain: String,
    head_name: String,
    head_id_number: IdNumber,
    status: Status,
    approved_at: Option<Moment>,
    ended_at: Option<Moment>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    datum: Option<Datum>,
}

/// Files by household.
pub(super) fn files(conn: &mut Conn, keys: &[Key]) -> QueryResult<HashMap<HouseholdId, File>> {
    let (_, ids) = parts(keys);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<FileRow> = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .filter(among(households::id, &ids))
        .select((
            households::id,
            households::org_id,
            households::team_id,
            households::category,
            orgs::chain,
            households::head_name,
            households::head_id_number,
            households::status,
            households::approved_at,
            households::ended_at,
            households::home_latitude,
            households::home_longitude,
            households::home_datum,
        ))
        .load(conn)?;
    let mut files: HashMap<HouseholdId, File> = rows.into_iter().map(|row| (row.id, file(row))).collect();
    let others: Vec<(HouseholdId, String, Option<IdNumber>)> = members::table
        .filter(among(members::household_id, &ids))
        .order((members::household_id, members::id))
        .select((members::household_id, members::name, members::id_number))
        .load(conn)?;
    for (household, name, number) in others {
        if let Some(file) = files.get_mut(&household) {
            file.facts.names.push(name);
            file.numbers.extend(number);
        }
    }
    let published: Vec<(HouseholdId, Moment)> = notices::table
        .filter(among(notices::household_id, &ids))
        .order((notices::household_id, notices::published_at))
        .select((notices::household_id, notices::published_at))
        .load(conn)?;
    for (household, at) in published {
        files.entry(household).and_modify(|file| file.facts.notices.push(at));
    }
    let objected: Vec<(HouseholdId, Moment, Option<Moment>)> = objections::table
        .filter(among(objections::household_id, &ids))
        .order((objections::household_id, objections::raised_at, objections::id))
        .select((objections::household_id, objections::raised_at, objections::answered_at))
        .load(conn)?;
    for (household, raised_at, answered_at) in objected {
        files.entry(household).and_modify(|file| file.facts.objections.push(Objection { raised_at, answered_at }));
    }
    for (household, place, until) in earlier_homes(conn, &ids)? {
        files.entry(household).and_modify(|file| file.facts.earlier_homes.push(EarlierHome { place, until }));
    }
    Ok(files)
}

/// The homes that files named before.
fn earlier_homes(conn: &mut Conn, ids: &[HouseholdId]) -> QueryResult<Vec<(HouseholdId, Option<Spot>, Moment)>> {
    let rows: Vec<(HouseholdId, Option<String>, Moment)> = household_changes::table
        .filter(among(household_changes::household_id, ids).and(household_changes::field.eq("home")))
        .order((household_changes::household_id, household_changes::version))
        .select((household_changes::household_id, household_changes::old_value, household_changes::made_at))
        .load(conn)?;
    let spot = |home: Home| Spot { latitude: home.latitude, longitude: home.longitude, datum: home.datum };
    Ok(rows.into_iter().map(|(household, old, until)| (household, old.as_deref().and_then(Home::read).map(spot), until)).collect())
}

fn file(row: FileRow) -> File {
    let home = match (row.latitude, row.longitude, row.datum) {
        (Some(latitude), Some(longitude), Some(datum)) => Some(Spot { latitude, longitude, datum }),
        _ => None,
    };
    let (notices, objections) = (Vec::new(), Vec::new());
    let (names, earlier_homes) = (vec![row.head_name], Vec::new());
    let facts = model::File { status: row.status, approved_at: row.approved_at, ended_at: row.ended_at, home, earlier_homes, names, notices, objections };
    File { id: row.id, org_id: row.org_id, team_id: row.team_id, category: row.category, chain: row.chain, numbers: vec![row.head_id_number], facts }
}

type Entitled = ((CampaignId, HouseholdId, i64, Purpose), (Option<ItemId>, Option<i64>));

/// Entitlements by campaign and household.
pub(super) fn entitlements(conn: &mut Conn, keys: &[Key]) -> QueryResult<HashMap<(CampaignId, HouseholdId), Entitlement>> {
    let (campaigns, households) = parts(keys);
    if households.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Entitled> = entitlements::table
        .left_join(entitlement_goods::table.on(entitlement_goods::entitlement_id.eq(entitlements::id)))
        .filter(among(entitlements::campaign_id, campaigns).and(among(entitlements::household_id, households)))
        .order((entitlements::household_id, entitlements::campaign_id, entitlement_goods::item_id))
        .select((
            (entitlements::campaign_id, entitlements::household_id, entitlements::cash_fen, entitlements::purpose),
            (entitlement_goods::item_id.nullable(), entitlement_goods::quantity_milli.nullable()),
        ))
        .load(conn)?;
    let mut found: HashMap<(CampaignId, HouseholdId), Entitlement> = HashMap::new();
    for ((campaign, household, cash_fen, purpose), line) in rows {
        let of = found.entry((campaign, household)).or_insert_with(|| Entitlement { cash_fen, purpose, goods: Vec::new() });
        if let (Some(item_id), Some(quantity_milli)) = line {
            of.goods.push(Quantity { item_id, quantity_milli });
        }
    }
    Ok(found)
}

/// What the funds named in visits may be given for.
pub(super) fn earmarks(conn: &mut Conn, visits: &[&Row]) -> QueryResult<HashMap<FundId, Earmark>> {
    let aid = visits.iter().flat_map(|row| &row.said.aid);
    let ids: BTreeSet<FundId> = aid.filter_map(|aid| if let Aid::Cash { fund_id, .. } = aid { Some(*fund_id) } else { None }).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(FundId, Earmark)> = funds::table.filter(among(funds::id, ids)).select((funds::id, funds::earmark)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Which team's household it was, when.
#[derive(Debug, Default)]
pub(super) struct Moves(BTreeMap<HouseholdId, Vec<(Moment, Option<TeamId>)>>);

impl Moves {
    /// The team on that day: what the first move after it says was before, else what the file says now.
    pub(super) fn team_on(&self, file: &File, at: Moment) -> Option<TeamId> {
        let later = self.0.get(&file.id).into_iter().flatten().find(|(moved_at, _)| *moved_at > at);
        later.map_or(file.team_id, |(_, before)| *before)
    }
}

/// The moves of the households that are another team's now: it may have been the visiting team's on the day.
pub(super) fn moves(conn: &mut Conn, files: &HashMap<HouseholdId, File>, visits: &[&Row]) -> QueryResult<Moves> {
    let moved = visits.iter().filter_map(|row| row.household_id.and_then(|id| files.get(&id)).filter(|file| file.team_id != row.told.team_id));
    let ids: BTreeSet<HouseholdId> = moved.map(|file| file.id).collect();
    if ids.is_empty() {
        return Ok(Moves::default());
    }
    let rows: Vec<(HouseholdId, Moment, Option<String>)> = household_changes::table
        .filter(among(household_changes::household_id, ids).and(household_changes::field.eq("team_id")))
        .order((household_changes::household_id, household_changes::version))
        .select((household_changes::household_id, household_changes::made_at, household_changes::old_value))
        .load(conn)?;
    let mut moves = Moves::default();
    for (household, at, before) in rows {
        moves.0.entry(household).or_default().push((at, before.and_then(|id| TeamId::parse(&id))));
    }
    Ok(moves)
}

/// The campaigns in which these households stand or have been visited.
pub(in crate::findings) fn keys_of_households(conn: &mut Conn, ids: &[HouseholdId]) -> QueryResult<Vec<Key>> {
    let standing: Vec<(CampaignId, HouseholdId)> =
        standings::table.filter(among(standings::household_id, ids)).select((standings::campaign_id, standings::household_id)).load(conn)?;
    Ok(standing.into_iter().map(Key::from).collect())
}

/// The keys of all visits of a campaign, in pages: so many visits after one.
pub(in crate::findings) fn keys_of_campaign(
    conn: &mut Conn,
    campaign: CampaignId,
    after: crate::visits::VisitId,
    limit: i64,
) -> QueryResult<Vec<(crate::visits::VisitId, Key)>> {
    let rows: Vec<(crate::visits::VisitId, Option<HouseholdId>)> = visits::table
        .filter(visits::campaign_id.eq(campaign).and(visits::id.gt(after)))
        .order(visits::id)
        .limit(limit)
        .select((visits::id, visits::household_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(visit, household)| (visit, Key::of(campaign, household, visit))).collect())
}
