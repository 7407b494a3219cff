//! `reconcile`: loads cases, decides them, and writes down what changed. A fixed number of statements, however many households.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::json;

use super::{OVERDUE, RECONCILE};
use crate::campaigns::CampaignId;
use crate::findings::model::{Code, Finding, FindingId, Key, Standing, Status};
use crate::findings::queries::{self, FIRST_COPIES, Loaded};
use crate::findings::rules::{self, Verdict};
use crate::findings::store::{self, FindingRow, StandingRow, Stored};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::problem::Problem;
use crate::kit::log::Event;
use crate::visits::{Outcome, VisitId};

/// Reconciles households in their campaigns, in this transaction.
///
/// # Errors
/// When the database fails.
pub fn reconcile(tx: &mut Tx<'_>, households: &[(CampaignId, HouseholdId)]) -> Result<(), Problem> {
    let keys: Vec<Key> = households.iter().copied().map(Key::from).collect();
    reconcile_keys(tx, &keys)
}

/// Reconciles whatever these keys name: households, or visits that have none.
///
/// # Errors
/// When the database fails.
pub fn reconcile_keys(tx: &mut Tx<'_>, keys: &[Key]) -> Result<(), Problem> {
    let keys: Vec<Key> = keys.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    if keys.is_empty() {
        return Ok(());
    }
    lock(tx, &keys)?;
    let (cases, stored) = queries::cases(tx, &keys)?;
    let before = store::standings(tx.conn, &keys)?;
    let mut known: HashMap<VisitId, Vec<Stored>> = HashMap::new();
    for of in stored {
        known.entry(of.visit_id).or_default().push(of);
    }
    let mut written = Written::default();
    for of in &cases {
        let verdict = rules::reconcile(&of.case);
        let changed = written.findings_of(tx, of, &verdict, &mut known);
        written.standing_of(of, &verdict, before.get(&standing_key(&of.key)), changed);
        written.overdue_of(of);
    }
    written.write(tx, &before)
}

/// Takes the lock that the recording of visits takes too: whoever comes second to a door sees the first.
pub(super) fn lock(tx: &mut Tx<'_>, keys: &[Key]) -> Result<(), Problem> {
    tx.lock(keys.iter().map(|key| lock_key(&["household", key.campaign().as_str(), key.household().as_ref().map_or("", HouseholdId::as_str)])).collect())
}

fn standing_key(key: &Key) -> (CampaignId, HouseholdId) {
    (key.campaign(), key.household().unwrap_or_else(HouseholdId::nil))
}

/// What is to be written.
#[derive(Default)]
struct Written {
    findings: Vec<FindingRow>,
    gone: Vec<FindingId>,
    standings: Vec<StandingRow>,
    events: Vec<Event>,
    /// Other visits that share a picture with one that was found just now.
    copies: BTreeSet<VisitId>,
    /// Pictures of which every visit must be looked at again.
    copied: BTreeSet<String>,
    /// Keys to be looked at again.
    again: BTreeMap<String, Moment>,
    overdue: BTreeMap<String, Moment>,
}

impl Written {
    /// Holds a verdict's findings against what is stored; says whether anything changed.
    fn findings_of(&mut self, tx: &Tx<'_>, of: &Loaded, verdict: &Verdict, stored: &mut HashMap<VisitId, Vec<Stored>>) -> bool {
        let (rows, gone) = (self.findings.len(), self.gone.len());
        for finding in &verdict.findings {
            let facts_hash = finding.facts_hash();
            let of_visit = stored.entry(finding.visit).or_default();
            let place = of_visit.iter().position(|known| known.code == finding.code && known.subject == finding.subject);
            let known = place.map(|place| of_visit.swap_remove(place));
            if known.as_ref().is_some_and(|known| known.facts_hash == facts_hash && known.status != Status::Gone) {
                continue;
            }
            if finding.code == Code::E03 {
                self.tell_copies(of, finding);
            }
            self.findings.extend(row(tx, of, finding, facts_hash, known.map(|known| known.id)));
        }
        let left = of.case.visits.iter().filter_map(|visit| stored.remove(&visit.id)).flatten();
        self.gone.extend(left.filter(|left| left.status != Status::Gone).map(|left| left.id));
        self.findings.len() > rows || self.gone.len() > gone
    }

    /// The other visits that name this picture hear of this one. Each of them names the one with the lowest id: where there are many,
    /// only one with a lower id still changes anything for the rest.
    fn tell_copies(&mut self, of: &Loaded, finding: &Finding) {
        let Some(visit) = of.case.visits.iter().find(|visit| visit.id == finding.visit) else { return };
        for sha256 in &finding.evidence {
            let Some(others) = visit.shared.get(sha256) else { continue };
            if others.len() >= FIRST_COPIES && others.get(1).is_some_and(|second| visit.id < *second) {
                self.copied.insert(sha256.clone());
            }
            self.copies.extend(others);
        }
    }

    fn standing_of(&mut self, of: &Loaded, verdict: &Verdict, before: Option<&StandingRow>, findings_changed: bool) {
        let chain = of.file.as_ref().map(|file| &file.chain).or_else(|| of.told.values().next().map(|told| &told.chain));
        let Some(chain) = chain.cloned() else { return };
        let event = |verb, subject_kind, subject: String, facts| Event { chain, verb, subject_kind, subject, facts };
        let after = standing(of, verdict);
        let Some(after) = after else {
            if let (true, Key::Visit(campaign, visit)) = (findings_changed, of.key) {
                self.events.push(event("findings.changed", "visit", visit.to_string(), json!({"campaign_id": campaign})));
            }
            return;
        };
        let facts = json!({"campaign_id": after.campaign_id, "standing": after.standing});
        let moved = before != Some(&after);
        // That a household has been promised something is told by the entitlement; that it waits needs no event of its own.
        let told = moved && !(before.is_none() && after.standing == Standing::Unreached);
        if told {
            self.events.push(event("standing.changed", "household", after.household_id.to_string(), facts));
        } else if findings_changed {
            self.events.push(event("findings.changed", "household", after.household_id.to_string(), facts));
        }
        if moved {
            self.standings.push(after);
        }
    }

    /// Evidence that is on its way is looked for again when it will be overdue.
    fn overdue_of(&mut self, of: &Loaded) {
        let policy = &of.case.season.policy;
        let waiting = of.case.visits.iter().filter(|visit| rules::missing(visit).next().is_some()).map(|visit| rules::overdue_at(visit, policy));
        if let Some(due_at) = waiting.filter(|due_at| *due_at > of.case.now).min() {
            self.overdue.insert(of.key.subject(), due_at);
        }
    }

    fn write(mut self, tx: &mut Tx<'_>, before: &BTreeMap<(CampaignId, HouseholdId), StandingRow>) -> Result<(), Problem> {
        if !self.copies.is_empty() {
            let copies: Vec<VisitId> = self.copies.iter().copied().collect();
            self.again.extend(queries::keys_of(tx.conn, &copies)?.into_iter().map(|key| (key.subject(), tx.now)));
        }
        if !self.copied.is_empty() {
            let pictures: Vec<&str> = self.copied.iter().map(String::as_str).collect();
            self.again.extend(queries::keys_naming(tx.conn, &pictures)?.into_iter().map(|(_, key)| (key.subject(), tx.now)));
        }
        store::insert_or_change(tx.conn, &self.findings)?;
        store::mark_gone(tx.conn, &self.gone)?;
        store::set_standings(tx.conn, &self.standings)?;
        store::count(tx.conn, self.standings.iter().map(|after| (before.get(&(after.campaign_id, after.household_id)), after)))?;
        store::enqueue(tx.conn, RECONCILE, &self.again)?;
        store::enqueue(tx.conn, OVERDUE, &self.overdue)?;
        for event in self.events {
            tx.record(event);
        }
        Ok(())
    }
}

fn row(tx: &Tx<'_>, of: &Loaded, finding: &Finding, facts_hash: String, known: Option<FindingId>) -> Option<FindingRow> {
    let told = of.told.get(&finding.visit)?;
    Some(FindingRow {
        id: known.unwrap_or_else(|| FindingId::fresh(tx.now, tx.chance)),
        campaign_id: of.key.campaign(),
        org_id: told.org_id,
        team_id: told.team_id,
        household_id: of.key.household(),
        visit_id: finding.visit,
        code: finding.code,
        severity: finding.severity,
        subject: finding.subject.clone(),
        expected: finding.expected.to_string(),
        actual: finding.actual.to_string(),
        evidence: serde_json::to_string(&finding.evidence).unwrap_or_default(),
        facts_hash,
        status: Status::Open,
        found_at: tx.now,
    })
}

/// The household's row; none for a visit without one, nor for a household that nothing is promised to and nobody has visited.
fn standing(of: &Loaded, verdict: &Verdict) -> Option<StandingRow> {
    let file = of.file.as_ref()?;
    let entitlement = of.case.entitlement.as_ref();
    if entitlement.is_none() && of.case.visits.is_empty() {
        return None;
    }
    let visits: HashMap<VisitId, _> = of.case.visits.iter().map(|visit| (visit.id, visit)).collect();
    let counted = || verdict.counted.iter().filter_map(|id| visits.get(id).copied());
    let last = counted().next_back();
    let reached_at = counted().find(|visit| visit.said.outcome == Outcome::Reached).map(|visit| visit.started_at);
    Some(StandingRow {
        campaign_id: of.key.campaign(),
        household_id: file.id,
        org_id: file.org_id,
        team_id: file.team_id,
        category: file.category,
        standing: verdict.standing,
        visits: i64::try_from(verdict.counted.len()).unwrap_or(i64::MAX),
        reached: reached_at.is_some(),
        last_visit_id: last.map(|visit| visit.id),
        last_outcome: last.map(|visit| visit.said.outcome),
        last_visit_at: last.map(|visit| visit.started_at),
        reached_at,
        promised_fen: entitlement.map_or(0, |entitlement| entitlement.cash_fen),
        handed_fen: counted().map(crate::findings::Visit::cash_fen).fold(0, i64::saturating_add),
    })
}
