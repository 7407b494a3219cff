//! Whether somebody who received here received elsewhere in the campaign.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use diesel::dsl::exists;
use diesel::prelude::*;

use super::papers::File;
use super::visits::Row;
use crate::campaigns::CampaignId;
use crate::findings::model::{Also, Key};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{households, members, visit_aid, visit_persons, visits};
use crate::kit::db::{Conn, among};
use crate::kit::idnumber::IdNumber;
use crate::visits::VisitId;

diesel::alias!(visits as amending: Amending);

/// SQLite takes 32,766 values in a statement.
const MOST_NAMED: usize = 10_000;

/// Who has these numbers: on file, and on rosters.
#[derive(Default)]
struct Holders {
    households: HashMap<IdNumber, BTreeSet<HouseholdId>>,
    rosters: HashMap<IdNumber, Vec<(CampaignId, VisitId, Moment)>>,
}

impl Holders {
    /// `heads` are known already: one number heads one file.
    fn of(conn: &mut Conn, heads: HashMap<IdNumber, HouseholdId>, numbers: &BTreeSet<IdNumber>, campaigns: &[CampaignId]) -> QueryResult<Self> {
        let mut holders = Self::default();
        let unknown: Vec<&IdNumber> = numbers.iter().filter(|number| !heads.contains_key(*number)).collect();
        for (number, household) in heads {
            holders.households.entry(number).or_default().insert(household);
        }
        for some in unknown.chunks(MOST_NAMED) {
            let heads: Vec<(IdNumber, HouseholdId)> = households::table
                .filter(among(households::head_id_number, some.iter().map(|number| number.whole())))
                .select((households::head_id_number, households::id))
                .load(conn)?;
            for (number, household) in heads {
                holders.households.entry(number).or_default().insert(household);
            }
        }
        let numbers: Vec<&IdNumber> = numbers.iter().collect();
        for some in numbers.chunks(MOST_NAMED) {
            let others: Vec<(Option<IdNumber>, HouseholdId)> = members::table
                .filter(among(members::id_number, some.iter().map(|number| number.whole())))
                .select((members::id_number, members::household_id))
                .load(conn)?;
            for (number, household) in others.into_iter().filter_map(|(number, household)| number.map(|number| (number, household))) {
                holders.households.entry(number).or_default().insert(household);
            }
            let rosters: Vec<(IdNumber, CampaignId, VisitId, Moment)> = visit_persons::table
                .inner_join(visits::table.on(visits::id.eq(visit_persons::visit_id)))
                .filter(among(visit_persons::id_number, some.iter().map(|number| number.whole())).and(among(visit_persons::campaign_id, campaigns)))
                .order((visit_persons::visit_id, visit_persons::line))
                .select((visit_persons::id_number, visit_persons::campaign_id, visits::id, visits::started_at))
                .load(conn)?;
            for (number, campaign, visit, at) in rosters {
                holders.rosters.entry(number).or_default().push((campaign, visit, at));
            }
        }
        Ok(holders)
    }
}

/// Numbers, each with its line of the roster.
type Numbered = Vec<(Option<usize>, IdNumber)>;

/// The numbers of whoever received in a visit, with the line of its roster.
fn receivers(row: &Row, files: &HashMap<HouseholdId, File>) -> Numbered {
    let roster = row.said.group.iter().flat_map(|group| &group.recipients).enumerate();
    let mut numbers: Numbered = roster.filter_map(|(line, recipient)| recipient.number().map(|number| (Some(line), number))).collect();
    let file = row.household_id.filter(|_| !row.said.aid.is_empty()).and_then(|household| files.get(&household));
    numbers.extend(file.iter().flat_map(|file| &file.numbers).map(|number| (None, number.clone())));
    numbers
}

/// For each visit, the handovers elsewhere in its campaign to the people who received in it.
pub(super) fn also(conn: &mut Conn, files: &HashMap<HouseholdId, File>, rows: &[&Row]) -> QueryResult<HashMap<VisitId, Vec<Also>>> {
    let received: Vec<(&Row, Numbered)> = rows.iter().map(|row| (*row, receivers(row, files))).collect();
    let numbers: BTreeSet<IdNumber> = received.iter().flat_map(|(_, numbers)| numbers).map(|(_, number)| number.clone()).collect();
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let campaigns: Vec<CampaignId> = received.iter().map(|(row, _)| row.campaign_id).collect::<BTreeSet<_>>().into_iter().collect();
    let heads = files.values().filter_map(|file| file.numbers.first().map(|number| (number.clone(), file.id))).collect();
    let holders = Holders::of(conn, heads, &numbers, &campaigns)?;
    let others: BTreeSet<HouseholdId> = received
        .iter()
        .flat_map(|(row, numbers)| {
            numbers.iter().filter_map(|(_, number)| holders.households.get(number)).flatten().filter(|id| row.household_id != Some(**id))
        })
        .copied()
        .collect();
    let handovers = handovers(conn, &campaigns, &others)?;
    let standing = |visit: &VisitId, amended: &HashSet<VisitId>| !amended.contains(visit);
    let ids: BTreeSet<VisitId> =
        handovers.values().flatten().map(|(visit, _)| *visit).chain(holders.rosters.values().flatten().map(|(_, visit, _)| *visit)).collect();
    let amended = amended(conn, ids)?;
    let mut found: HashMap<VisitId, Vec<Also>> = HashMap::new();
    for (row, numbers) in received {
        let mut also = BTreeSet::new();
        for (line, number) in numbers {
            let homes = holders.households.get(&number).into_iter().flatten().filter(|id| row.household_id != Some(**id));
            for (visit, started_at) in homes.filter_map(|id| handovers.get(&(row.campaign_id, *id))).flatten() {
                also.insert(Also { started_at: *started_at, visit: *visit, line, in_a_group: false });
            }
            let rosters = holders.rosters.get(&number).into_iter().flatten().filter(|(campaign, visit, _)| *campaign == row.campaign_id && *visit != row.id);
            also.extend(rosters.map(|(_, visit, started_at)| Also { started_at: *started_at, visit: *visit, line, in_a_group: true }));
        }
        also.retain(|also| standing(&also.visit, &amended));
        if !also.is_empty() {
            found.insert(row.id, also.into_iter().collect());
        }
    }
    Ok(found)
}

type Handovers = BTreeMap<(CampaignId, HouseholdId), Vec<(VisitId, Moment)>>;

fn handovers(conn: &mut Conn, campaigns: &[CampaignId], homes: &BTreeSet<HouseholdId>) -> QueryResult<Handovers> {
    let mut found = Handovers::new();
    if homes.is_empty() {
        return Ok(found);
    }
    let rows: Vec<(VisitId, CampaignId, Option<HouseholdId>, Moment)> = visits::table
        .filter(among(visits::campaign_id, campaigns).and(among(visits::household_id, homes)))
        .filter(exists(visit_aid::table.filter(visit_aid::visit_id.eq(visits::id))))
        .order(visits::id)
        .select((visits::id, visits::campaign_id, visits::household_id, visits::started_at))
        .load(conn)?;
    for (visit, campaign, household, at) in rows {
        if let Some(household) = household {
            found.entry((campaign, household)).or_default().push((visit, at));
        }
    }
    Ok(found)
}

fn amended(conn: &mut Conn, ids: BTreeSet<VisitId>) -> QueryResult<HashSet<VisitId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let later = amending.filter(amending.field(visits::amends).eq(visits::id.nullable()).and(amending.field(visits::id).ne(visits::id)));
    let found: Vec<VisitId> = visits::table.filter(among(visits::id, ids).and(exists(later))).select(visits::id).load(conn)?;
    Ok(found.into_iter().collect())
}

/// Where the people who received in these visits may have received too.
pub(in crate::findings) fn keys_of_people(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Vec<Key>> {
    let homes: Vec<(CampaignId, HouseholdId)> = visits::table
        .filter(among(visits::id, ids).and(visits::household_id.is_not_null()))
        .filter(exists(visit_aid::table.filter(visit_aid::visit_id.eq(visits::id))))
        .select((visits::campaign_id, visits::household_id.assume_not_null()))
        .load(conn)?;
    let rosters: Vec<(CampaignId, IdNumber)> =
        visit_persons::table.filter(among(visit_persons::visit_id, ids)).select((visit_persons::campaign_id, visit_persons::id_number)).load(conn)?;
    let households_of: BTreeSet<HouseholdId> = homes.iter().map(|(_, household)| *household).collect();
    let mut numbers: BTreeSet<IdNumber> = rosters.iter().map(|(_, number)| number.clone()).collect();
    let mut heads: HashMap<IdNumber, HouseholdId> = HashMap::new();
    if !households_of.is_empty() {
        let of_heads: Vec<(IdNumber, HouseholdId)> =
            households::table.filter(among(households::id, &households_of)).select((households::head_id_number, households::id)).load(conn)?;
        let others: Vec<Option<IdNumber>> = members::table.filter(among(members::household_id, &households_of)).select(members::id_number).load(conn)?;
        heads.extend(of_heads);
        numbers.extend(heads.keys().cloned().chain(others.into_iter().flatten()));
    }
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let campaigns: BTreeSet<CampaignId> = homes.iter().map(|(campaign, _)| *campaign).chain(rosters.iter().map(|(campaign, _)| *campaign)).collect();
    let campaigns: Vec<CampaignId> = campaigns.into_iter().collect();
    let holders = Holders::of(conn, heads, &numbers, &campaigns)?;
    let mut keys: BTreeSet<Key> = BTreeSet::new();
    let mut named: BTreeSet<VisitId> = BTreeSet::new();
    for number in &numbers {
        let (homes, rosters) = (holders.households.get(number), holders.rosters.get(number));
        // Who stands in one place alone received nowhere else.
        if homes.map_or(0, BTreeSet::len) + rosters.map_or(0, Vec::len) > 1 {
            let homes = || homes.into_iter().flatten();
            keys.extend(campaigns.iter().flat_map(|campaign| homes().map(|household| Key::Household(*campaign, *household))));
            named.extend(rosters.into_iter().flatten().map(|(_, visit, _)| *visit));
        }
    }
    keys.extend(super::copies::keys_of(conn, &named.into_iter().collect::<Vec<_>>())?);
    Ok(keys.into_iter().collect())
}
