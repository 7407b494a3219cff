//! What a run of reconciliation writes down: findings, standings, counters, who must be looked at again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::json;

use super::{DEADLINE, OVERDUE, RECONCILE};
use crate::accounts::{OrgId, TeamId};
use crate::campaigns::CampaignId;
use crate::findings::model::{About, Code, Finding, FindingId, Key, Standing, Status};
use crate::findings::queries::{self, FIRST_COPIES, Loaded, Purse};
use crate::findings::rules::{self, Verdict};
use crate::findings::store::{self, FindingRow, StandingRow, Stored};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::{Tx, jobs};
use crate::kit::http::problem::Problem;
use crate::kit::log::Event;
use crate::visits::{Outcome, VisitId};

/// What is to be written.
#[derive(Default)]
pub(super) struct Written {
    /// Where the households stood.
    pub(super) before: BTreeMap<(CampaignId, HouseholdId), StandingRow>,
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
    /// Teams that hold something, to be looked at when the deadline is past.
    deadlines: BTreeMap<String, Moment>,
}

type Known = HashMap<(CampaignId, About), Vec<Stored>>;

impl Written {
    /// Holds a verdict's findings against what is stored; says whether anything changed.
    pub(super) fn findings_of(&mut self, tx: &Tx<'_>, of: &Loaded, verdict: &Verdict, known: &mut Known) -> bool {
        let place = |finding: &Finding| {
            let told = of.told.get(&finding.about.visit()?)?;
            Some(Place { campaign_id: of.key.campaign(), org_id: told.org_id, team_id: told.team_id, household_id: of.key.household() })
        };
        let abouts: Vec<About> = of.case.visits.iter().map(|visit| About::Visit(visit.id)).collect();
        let fresh = self.hold(tx, of.key.campaign(), &verdict.findings, &abouts, known, place);
        for finding in fresh.told.into_iter().filter_map(|n| verdict.findings.get(n)) {
            match finding.code {
                Code::E03 => self.tell_copies(of, finding),
                Code::E04 => self.tell_alike(of, finding),
                _ => {}
            }
        }
        fresh.changed
    }

    /// The same for what a team holds.
    pub(super) fn custody_of(&mut self, tx: &Tx<'_>, purse: &Purse, findings: &[Finding], abouts: &[About], known: &mut Known) {
        let (campaign_id, team) = (purse.key.campaign(), purse.case.team);
        let place = |_: &Finding| Some(Place { campaign_id, org_id: purse.org_id, team_id: Some(team), household_id: None });
        let fresh = self.hold(tx, campaign_id, findings, abouts, known, place);
        if fresh.changed {
            let facts = json!({"campaign_id": campaign_id});
            let event = Event { chain: purse.chain.clone(), by: None, verb: "findings.changed", subject_kind: "team", subject: team.to_string(), facts };
            self.events.push(event);
        }
        let deadline_at = purse.case.season.deadline_at;
        if purse.case.now <= deadline_at && !purse.case.held.is_empty() {
            self.deadlines.insert(purse.key.subject(), deadline_at.plus_ms(1));
        }
    }

    /// Keeps what is new or changed of these findings, and notes what is no longer found about these things.
    fn hold(
        &mut self,
        tx: &Tx<'_>,
        campaign: CampaignId,
        findings: &[Finding],
        abouts: &[About],
        known: &mut Known,
        place: impl Fn(&Finding) -> Option<Place>,
    ) -> Fresh {
        let mut fresh = Fresh::default();
        for (n, finding) in findings.iter().enumerate() {
            let facts_hash = finding.facts_hash();
            let of = known.entry((campaign, finding.about)).or_default();
            let at = of.iter().position(|known| known.code == finding.code && known.subject == finding.subject);
            let stored = at.map(|at| of.swap_remove(at));
            if stored.as_ref().is_some_and(|stored| stored.facts_hash == facts_hash && stored.status != Status::Gone) {
                continue;
            }
            let Some(place) = place(finding) else { continue };
            fresh.told.push(n);
            fresh.changed = true;
            self.findings.push(row(tx, place, finding, facts_hash, stored.map(|stored| stored.id)));
        }
        let left = abouts.iter().filter_map(|about| known.remove(&(campaign, *about))).flatten();
        let gone: Vec<FindingId> = left.filter(|left| left.status != Status::Gone).map(|left| left.id).collect();
        fresh.changed |= !gone.is_empty();
        self.gone.extend(gone);
        fresh
    }

    /// The other visits that name this picture hear of this one. Each of them names the one with the lowest id: where there are many,
    /// only one with a lower id still changes anything for the rest.
    fn tell_copies(&mut self, of: &Loaded, finding: &Finding) {
        let Some(visit) = of.case.visits.iter().find(|visit| Some(visit.id) == finding.about.visit()) else { return };
        for sha256 in &finding.evidence {
            let Some(others) = visit.shared.get(sha256) else { continue };
            if others.len() >= FIRST_COPIES && others.get(1).is_some_and(|second| visit.id < *second) {
                self.copied.insert(sha256.clone());
            }
            self.copies.extend(others);
        }
    }

    /// The other visits with a picture like this one hear of it.
    fn tell_alike(&mut self, of: &Loaded, finding: &Finding) {
        let Some(visit) = of.case.visits.iter().find(|visit| Some(visit.id) == finding.about.visit()) else { return };
        let alike = finding.evidence.first().and_then(|sha256| visit.alike.get(sha256)).into_iter().flatten();
        self.copies.extend(alike.map(|alike| alike.visit));
    }

    /// Notes where the household stands.
    pub(super) fn standing_of(&mut self, of: &Loaded, verdict: &Verdict, findings_changed: bool) {
        let before = self.before.get(&standing_key(&of.key));
        let chain = of.file.as_ref().map(|file| &file.chain).or_else(|| of.told.values().next().map(|told| &told.chain));
        let Some(chain) = chain.cloned() else { return };
        let event = |verb, subject_kind, subject: String, facts| Event { chain, by: None, verb, subject_kind, subject, facts };
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

    /// What is on its way, evidence or a number of a phone's chain, is looked for again when it will be overdue.
    pub(super) fn overdue_of(&mut self, of: &Loaded) {
        let (policy, visits) = (&of.case.season.policy, &of.case.visits);
        let evidence = visits.iter().filter(|visit| rules::missing(visit).next().is_some()).map(|visit| rules::overdue_at(visit, policy));
        let has_a_gap = |visit: &&crate::findings::Visit| visit.link.as_ref().is_some_and(|link| link.gap.is_some());
        let numbers = visits.iter().filter(has_a_gap).map(|visit| rules::gap_counts_from(visit, policy));
        if let Some(due_at) = evidence.chain(numbers).filter(|due_at| *due_at > of.case.now).min() {
            self.overdue.insert(of.key.subject(), due_at);
        }
    }

    /// Writes all of it.
    pub(super) fn write(mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let before = &self.before;
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
        for (subject, due_at) in self.deadlines {
            // A deadline that was moved moves its job.
            jobs::enqueue(tx.conn, DEADLINE, &[subject], due_at)?;
        }
        for event in self.events {
            tx.record(event);
        }
        Ok(())
    }
}

/// Where a finding belongs.
struct Place {
    campaign_id: CampaignId,
    org_id: OrgId,
    team_id: Option<TeamId>,
    household_id: Option<HouseholdId>,
}

/// What came of holding findings against what is stored.
#[derive(Default)]
struct Fresh {
    changed: bool,
    /// The places of the findings that are new or changed.
    told: Vec<usize>,
}

fn row(tx: &Tx<'_>, place: Place, finding: &Finding, facts_hash: String, known: Option<FindingId>) -> FindingRow {
    FindingRow {
        id: known.unwrap_or_else(|| FindingId::fresh(tx.now, tx.chance)),
        campaign_id: place.campaign_id,
        org_id: place.org_id,
        team_id: place.team_id,
        household_id: place.household_id,
        visit_id: finding.about.visit(),
        about_kind: finding.about.kind(),
        about_id: finding.about.id().to_owned(),
        code: finding.code,
        severity: finding.severity,
        subject: finding.subject.clone(),
        expected: finding.expected.to_string(),
        actual: finding.actual.to_string(),
        evidence: serde_json::to_string(&finding.evidence).unwrap_or_default(),
        facts_hash,
        status: Status::Open,
        found_at: tx.now,
    }
}

fn standing_key(key: &Key) -> (CampaignId, HouseholdId) {
    (key.campaign(), key.household().unwrap_or_else(HouseholdId::nil))
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
