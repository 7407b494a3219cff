//! `hear`: reads the log for changes of what visits are held against, and puts the households they touch into the queue.
//!
//! Earlier rooms know nothing of reconciliation: a file is approved, a policy changes, means are issued, and the log says so.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::RECONCILE;
use super::found::Found;
use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::findings::model::Key;
use crate::findings::{queries, store};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::problem::Problem;
use crate::kit::log::{self, LogRow};
use crate::visits::VisitId;

/// Events heard in one transaction.
const EVENTS: i64 = 250;
/// Visits of a changed campaign put into the queue by one statement.
const VISITS: i64 = 2_000;

/// What is done to a file that a visit is held against.
const OF_FILES: [&str; 10] = [
    "household.approved",
    "household.assigned",
    "household.corrected",
    "household.reviewed",
    "household.noticed",
    "household.waived",
    "household.relieved",
    "household.restored",
    "household.objected",
    "household.objection_answered",
];

/// What a part of the log touches.
#[derive(Debug, Default, PartialEq, Eq)]
struct Touched {
    keys: BTreeSet<Key>,
    households: BTreeSet<HouseholdId>,
    teams: BTreeSet<(CampaignId, TeamId)>,
    campaigns: BTreeSet<CampaignId>,
    /// Visits that were recorded, or that one recorded now amends.
    visits: BTreeSet<VisitId>,
    /// Households whose people changed.
    people: BTreeSet<HouseholdId>,
}

impl Touched {
    fn hear(&mut self, row: &LogRow) {
        let facts: Value = serde_json::from_str(&row.facts).unwrap_or_default();
        let fact = |name: &str| facts.get(name).and_then(Value::as_str);
        let campaign = fact("campaign_id").and_then(CampaignId::parse);
        match (row.subject_kind.as_str(), row.verb.as_str()) {
            ("household", verb) if OF_FILES.contains(&verb) => {
                self.households.extend(HouseholdId::parse(&row.subject));
                if verb == "household.corrected" {
                    self.people.extend(HouseholdId::parse(&row.subject));
                }
            }
            ("entitlement", _) => self.keys.extend(campaign.zip(fact("household_id").and_then(HouseholdId::parse)).map(Key::from)),
            ("slip", _) => self.keys.extend(campaign.zip(fact("team_id").and_then(TeamId::parse)).map(|(campaign, team)| Key::Team(campaign, team))),
            ("team", "custody.changed") => self.teams.extend(campaign.zip(TeamId::parse(&row.subject))),
            ("campaign", "campaign.changed" | "campaign.policy_changed") => self.campaigns.extend(CampaignId::parse(&row.subject)),
            ("visit", "visit.recorded") => {
                let (visit, amends) = (VisitId::parse(&row.subject), fact("amends").and_then(VisitId::parse));
                self.visits.extend(visit.into_iter().chain(amends));
                // A visit without a household cannot see by itself that another amends it, and is not reconciled with its recording.
                if fact("household_id").is_none() {
                    self.keys.extend(campaign.into_iter().flat_map(|campaign| visit.into_iter().chain(amends).map(move |id| Key::Visit(campaign, id))));
                }
            }
            _ => {}
        }
    }
}

/// Hears some of what is new in a chain.
pub(super) fn hear(tx: &mut Tx<'_>, chain: &str) -> Result<Found, Problem> {
    tx.lock(vec![lock_key(&["heard", chain])])?;
    let from = store::heard(tx.conn, chain)?;
    let rows = log::after(tx.conn, chain, from, EVENTS)?;
    let Some(last) = rows.last() else { return Ok(Found::Nothing) };
    let mut touched = Touched::default();
    rows.iter().for_each(|row| touched.hear(row));
    let mut keys = touched.keys;
    let households: Vec<HouseholdId> = touched.households.into_iter().collect();
    if !households.is_empty() {
        keys.extend(queries::keys_of_households(tx.conn, &households)?);
    }
    for (campaign, team) in touched.teams {
        keys.insert(Key::Team(campaign, team));
        keys.extend(custody_moved(tx, campaign, team)?);
    }
    let visits: Vec<VisitId> = touched.visits.into_iter().collect();
    if !visits.is_empty() {
        keys.extend(queries::keys_around(tx.conn, &visits)?);
        keys.extend(queries::keys_of_people(tx.conn, &visits)?);
        keys.extend(queries::keys_like_those_of(tx.conn, &visits)?);
    }
    let changed: Vec<HouseholdId> = touched.people.into_iter().collect();
    if !changed.is_empty() {
        keys.extend(people_changed(tx, &changed)?);
    }
    for campaign in touched.campaigns {
        enqueue_campaign(tx, campaign)?;
    }
    let due: BTreeMap<String, Moment> = keys.iter().map(|key| (key.subject(), tx.now)).collect();
    store::enqueue(tx.conn, RECONCILE, &due)?;
    store::hear(tx.conn, chain, last.sequence)?;
    Ok(Found::of(rows.len(), usize::try_from(EVENTS).unwrap_or(usize::MAX)))
}

/// The handovers that a team's overdraft falls on now and did not before, or fell on and no longer does.
fn custody_moved(tx: &mut Tx<'_>, campaign: CampaignId, team: TeamId) -> Result<Vec<Key>, Problem> {
    let mut now = BTreeSet::new();
    for (visit, overdrafts) in queries::tail_of_team(tx.conn, campaign, team)? {
        now.extend(overdrafts.into_iter().map(|over| (visit, over.commodity_id, over.covered)));
    }
    let mut before = BTreeSet::new();
    for (visit, subject, expected) in store::a06_of_team(tx.conn, campaign, team)? {
        let expected: Value = serde_json::from_str(&expected).unwrap_or_default();
        let covered = expected.get("cash_fen").or_else(|| expected.get("quantity_milli")).and_then(Value::as_i64).unwrap_or_default();
        before.insert((visit, subject.strip_prefix("aid:").unwrap_or_default().to_owned(), covered));
    }
    let moved: BTreeSet<VisitId> = now.symmetric_difference(&before).map(|(visit, ..)| *visit).collect();
    let moved: Vec<VisitId> = moved.into_iter().collect();
    let mut keys = Vec::new();
    for page in moved.chunks(1_000) {
        keys.extend(queries::keys_of(tx.conn, page)?);
    }
    Ok(keys)
}

/// Where it may be said now, or no longer, that somebody of these households received twice.
fn people_changed(tx: &mut Tx<'_>, households: &[HouseholdId]) -> Result<Vec<Key>, Problem> {
    let visits = queries::visits_to(tx.conn, households)?;
    let mut keys = queries::keys_of_people(tx.conn, &visits)?;
    let campaigns: BTreeSet<CampaignId> = queries::keys_of_households(tx.conn, households)?.iter().map(Key::campaign).collect();
    let campaigns: Vec<CampaignId> = campaigns.into_iter().collect();
    let names_one = |actual: &str| {
        let actual: Value = serde_json::from_str(actual).unwrap_or_default();
        actual.get("visit_id").and_then(Value::as_str).and_then(VisitId::parse).is_some_and(|visit| visits.contains(&visit))
    };
    let naming: Vec<VisitId> = store::i02_in(tx.conn, &campaigns)?.into_iter().filter(|(_, actual)| names_one(actual)).map(|(visit, _)| visit).collect();
    keys.extend(queries::keys_of(tx.conn, &naming)?);
    Ok(keys)
}

fn enqueue_campaign(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<(), Problem> {
    let teams: BTreeMap<String, Moment> = queries::teams_of_campaign(tx.conn, campaign)?.iter().map(|key| (key.subject(), tx.now)).collect();
    store::enqueue(tx.conn, RECONCILE, &teams)?;
    let mut after = VisitId::nil();
    loop {
        let page = queries::keys_of_campaign(tx.conn, campaign, after, VISITS)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = *last;
        let due: BTreeMap<String, Moment> = page.iter().map(|(_, key)| (key.subject(), tx.now)).collect();
        store::enqueue(tx.conn, RECONCILE, &due)?;
    }
}
