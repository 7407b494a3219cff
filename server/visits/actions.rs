//! `record`: stores visits and posts what they handed over; `take_in` and `work_off`: the same in two steps, where many come at once.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::model::{Aid, Incoming, Link, NamedEvidence, NeedSaid, Recorded, VisitId, VisitSaid};
use super::queries::Known;
use super::rules;
use super::store::{self, AidRow, Around, EvidenceRow, NeedRow, PersonRow, PlaceRow, VisitRow};
use crate::accounts::{Actor, DeviceId, Doer, Role, TeamId};
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::{Conn, Tx, jobs, lock_key};
use crate::kit::geo::Point;
use crate::kit::http::problem::{Code, Problem};
use crate::ledger::{self, Commodity, Handover, Receiver};

/// Visits that are stored whole, and what they handed over posted, later: see [`work_off`].
pub const INTAKE: &str = "intake";

/// Corrections whose needs are to be held against what was said before: of visits that were worked off, and of before needs had threads.
pub const CORRECTIONS: &str = "corrections";

/// Stores visits, each with who made it, all in a few statements however many there are. A visit that cannot be stored is answered with
/// its problem and holds up none of the others. The ids must be new.
///
/// # Errors
/// When the database fails; then none of them is stored.
pub fn record(tx: &mut Tx<'_>, incoming: &[(&Actor, &Incoming)]) -> Result<Vec<Result<Recorded, Problem>>, Problem> {
    let (verdicts, accepted) = accept(tx, incoming)?;
    lock_households(tx, &accepted)?;
    let superseded = follow_up(tx, &accepted)?;
    Ok(verdicts.into_iter().map(|verdict| verdict.map(|one| one.unless_amended(&superseded))).collect())
}

/// Stores visits as they were said and no more, for a crowd that waits: they are kept for good, and [`work_off`] does the rest.
///
/// Takes no household's lock: nobody at a door waits for a reconciliation, and what it did not see yet it sees when this is worked off.
///
/// # Errors
/// As [`record`].
pub fn take_in(tx: &mut Tx<'_>, incoming: &[(&Actor, &Incoming)]) -> Result<Vec<Result<Recorded, Problem>>, Problem> {
    let (verdicts, accepted) = accept(tx, incoming)?;
    let ids: Vec<String> = accepted.iter().map(|one| one.visit.id.to_string()).collect();
    jobs::enqueue(tx.conn, INTAKE, &ids, tx.now)?;
    Ok(verdicts)
}

/// When the visit was taken in that has waited the longest to be worked off; none where all are.
///
/// # Errors
/// When the database fails.
pub fn waiting_since(conn: &mut Conn, now: Moment) -> Result<Option<Moment>, Problem> {
    Ok(jobs::due_since(conn, INTAKE, now)?)
}

/// Which of these visits were taken in and are not worked off yet.
///
/// # Errors
/// When the database fails.
pub fn waiting(conn: &mut Conn, ids: &[VisitId]) -> Result<HashSet<VisitId>, Problem> {
    Ok(jobs::waiting_of(conn, INTAKE, ids)?.iter().filter_map(|id| VisitId::parse(id)).collect())
}

/// Does for visits that were taken in what [`record`] would have done. Each must be worked off once.
///
/// # Errors
/// When the database fails.
pub fn work_off(tx: &mut Tx<'_>, ids: &[VisitId]) -> Result<Vec<Recorded>, Problem> {
    let stored = store::taken_in(tx.conn, ids)?;
    let mut read: Vec<(Doer, Option<TeamId>, Incoming)> = Vec::with_capacity(stored.len());
    for row in stored {
        let said = serde_json::from_str(&row.body).map_err(|error| Problem::unexpected(format!("a visit cannot be read back: {error}")))?;
        let by = Doer { id: row.cadre_id, chain: row.chain };
        read.push((by, row.team_id, Incoming { id: row.id, said, body: row.body, device: row.device_id, clock_offset_ms: row.clock_offset_ms }));
    }
    let accepted: Vec<Accepted<'_>> = read.iter().map(|(by, team, visit)| Accepted { by: by.clone(), visit, team: *team }).collect();
    lock_households(tx, &accepted)?;
    let superseded = follow_up(tx, &accepted)?;
    let recorded: Vec<Recorded> = accepted.iter().map(|one| recorded(one.visit).unless_amended(&superseded)).collect();
    let corrections: Vec<String> = recorded.iter().filter(|one| one.in_correction).map(|one| one.id.to_string()).collect();
    jobs::enqueue(tx.conn, CORRECTIONS, &corrections, tx.now)?;
    Ok(recorded)
}

/// A visit that is stored.
struct Accepted<'a> {
    by: Doer,
    visit: &'a Incoming,
    team: Option<TeamId>,
}

type Verdicts = Vec<Result<Recorded, Problem>>;

/// Stores what can be stored, as it was said.
fn accept<'a>(tx: &mut Tx<'_>, incoming: &[(&Actor, &'a Incoming)]) -> Result<(Verdicts, Vec<Accepted<'a>>), Problem> {
    let known = Known::of(tx.conn, incoming)?;
    let (mut verdicts, mut accepted, mut rows) = (Vec::with_capacity(incoming.len()), Vec::with_capacity(incoming.len()), Vec::with_capacity(incoming.len()));
    for (actor, visit) in incoming {
        let verdict = acceptable(actor, visit, &known);
        if let Ok(team) = verdict {
            rows.push(row(actor, visit, team, tx.now));
            accepted.push(Accepted { by: actor.doer(), visit, team });
        }
        verdicts.push(verdict.map(|_| recorded(visit)));
    }
    let evidence: Vec<EvidenceRow> = accepted.iter().flat_map(|one| evidence_rows(one.visit)).collect();
    store::insert(tx.conn, &rows, &evidence)?;
    Ok((verdicts, accepted))
}

const fn recorded(visit: &Incoming) -> Recorded {
    Recorded { id: visit.id, campaign: visit.said.campaign_id, household: visit.said.household_id, in_correction: visit.said.amends.is_some() }
}

impl Recorded {
    fn unless_amended(self, superseded: &HashSet<VisitId>) -> Self {
        Self { in_correction: self.in_correction || superseded.contains(&self.id), ..self }
    }
}

/// The team a visit is made for, or why it cannot be stored.
fn acceptable(actor: &Actor, visit: &Incoming, known: &Known) -> Result<Option<TeamId>, Problem> {
    actor.must_be(&[Role::Cadre, Role::Lead])?;
    let mut faults = rules::faults(&visit.said);
    faults.extend(known.faults(actor, &visit.said));
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let homes = visit.said.household_id.and_then(|household| known.team_of(household));
    let own = homes.filter(|team| actor.is_of(*team)).or_else(|| actor.teams.first().map(|team| team.id));
    own.map(Some).ok_or(Problem::of(Code::Forbidden))
}

/// What follows from visits that are stored: what others look up about them, their events, and what they handed over. Answers which of
/// them are amended already.
fn follow_up(tx: &mut Tx<'_>, accepted: &[Accepted<'_>]) -> Result<HashSet<VisitId>, Problem> {
    if accepted.is_empty() {
        return Ok(HashSet::new());
    }
    let around = Around {
        aid: accepted.iter().flat_map(|one| aid_rows(one.visit, one.team)).collect(),
        places: accepted.iter().filter_map(|one| place_row(&one.by, one.visit)).collect(),
        persons: accepted.iter().flat_map(|one| person_rows(one.visit)).collect(),
        needs: accepted.iter().flat_map(|one| need_rows(one.visit)).collect(),
    };
    store::insert_around(tx.conn, &around)?;
    for one in accepted {
        let VisitSaid { campaign_id, household_id, outcome, amends, .. } = &one.visit.said;
        let facts = json!({"campaign_id": campaign_id, "household_id": household_id, "outcome": outcome, "amends": amends});
        tx.record(one.by.event("visit.recorded", "visit", one.visit.id, facts));
    }
    let visits: Vec<&Incoming> = accepted.iter().map(|one| one.visit).collect();
    let superseded = store::amended(tx.conn, &visits)?;
    let standing = accepted.iter().filter(|one| !superseded.contains(&one.visit.id));
    let handovers: Vec<(&Doer, Handover)> = standing.filter_map(|one| handover(one.visit, one.team).map(|handover| (&one.by, handover))).collect();
    ledger::hand_over(tx, &handovers)?;
    let amenders: HashMap<VisitId, &Doer> = accepted.iter().filter_map(|one| one.visit.said.amends.map(|amended| (amended, &one.by))).collect();
    let amended: Vec<(&Doer, VisitId)> = store::amending(tx.conn, &visits)?.into_iter().filter_map(|id| amenders.get(&id).map(|by| (*by, id))).collect();
    ledger::reverse_handovers(tx, &amended)?;
    Ok(superseded)
}

/// Two visits to one household are followed up one after the other, and none while it is reconciled.
fn lock_households(tx: &mut Tx<'_>, accepted: &[Accepted<'_>]) -> Result<(), Problem> {
    tx.lock(accepted.iter().map(|one| lock_of(one.visit.said.campaign_id, one.visit.said.household_id)).collect())
}

/// The key that serialises everything about one household in one campaign.
#[must_use]
pub fn lock_of(campaign: CampaignId, household: Option<HouseholdId>) -> i64 {
    let household = household.map_or_else(String::new, |id| id.to_string());
    lock_key(&["household", campaign.as_str(), &household])
}

fn row(actor: &Actor, visit: &Incoming, team: Option<TeamId>, now: Moment) -> VisitRow {
    let said = &visit.said;
    VisitRow {
        id: visit.id,
        campaign_id: said.campaign_id,
        household_id: said.household_id,
        enterprise_id: said.enterprise_id,
        org_id: actor.org.id,
        team_id: team,
        cadre_id: actor.id,
        device_id: visit.device,
        mode: said.mode,
        outcome: said.outcome,
        started_at: said.started_at.plus_ms(visit.clock_offset_ms),
        ended_at: said.ended_at.plus_ms(visit.clock_offset_ms),
        clock_offset_ms: visit.clock_offset_ms,
        body: visit.body.clone(),
        amends: said.amends,
        received_at: now,
    }
}

fn aid_rows(visit: &Incoming, team: Option<TeamId>) -> Vec<AidRow> {
    let ended_at = visit.said.ended_at.plus_ms(visit.clock_offset_ms);
    let row = |(line, (commodity, amount)): (i64, (Commodity, i64))| AidRow {
        visit_id: visit.id,
        line,
        commodity_kind: commodity.kind().as_str(),
        commodity_id: commodity.id().to_owned(),
        amount,
        team_id: team,
        campaign_id: visit.said.campaign_id,
        ended_at,
    };
    (0..).zip(visit.said.aid.iter().copied().map(Aid::line)).map(row).collect()
}

fn evidence_rows(visit: &Incoming) -> Vec<EvidenceRow> {
    let row = |(line, named): (i64, &NamedEvidence)| EvidenceRow { visit_id: visit.id, line, sha256: named.sha256.clone(), kind: named.kind };
    (0..).zip(&visit.said.evidence).map(row).collect()
}

/// Where it took place, for a mode that has a place.
fn place_row(by: &Doer, visit: &Incoming) -> Option<PlaceRow> {
    let said = &visit.said;
    let position = said.position.as_ref().filter(|_| said.mode.has_a_place())?;
    let at = Point::from_datum(position.latitude, position.longitude, position.datum);
    let (row_e5, column_e5) = at.cell_e5();
    Some(PlaceRow {
        visit_id: visit.id,
        campaign_id: said.campaign_id,
        household_id: said.household_id,
        cadre_id: by.id,
        started_at: said.started_at.plus_ms(visit.clock_offset_ms),
        ended_at: said.ended_at.plus_ms(visit.clock_offset_ms),
        latitude: at.latitude,
        longitude: at.longitude,
        accuracy_m: position.accuracy_m,
        row_e5,
        column_e5,
    })
}

/// Everybody on its roster who has a number.
fn person_rows(visit: &Incoming) -> Vec<PersonRow> {
    let recipients = visit.said.group.iter().flat_map(|group| &group.recipients);
    let numbered = (0..).zip(recipients).filter_map(|(line, recipient)| recipient.number().map(|number| (line, number)));
    numbered.map(|(line, id_number)| PersonRow { visit_id: visit.id, line, campaign_id: visit.said.campaign_id, id_number }).collect()
}

/// What was asked for.
fn need_rows(visit: &Incoming) -> Vec<NeedRow> {
    let said = &visit.said;
    let row = |(line, need): (i64, &NeedSaid)| NeedRow {
        visit_id: visit.id,
        line,
        campaign_id: said.campaign_id,
        household_id: said.household_id,
        kind: need.kind.clone(),
        words: need.words.clone(),
        urgency: need.urgency.clone(),
        raised_at: said.ended_at.plus_ms(visit.clock_offset_ms),
        thread: format!("{}.{line}", visit.id),
    };
    (0..).zip(&said.needs).map(row).collect()
}

/// Keeps links of phones' chains, visits' and others'. The items must be new.
///
/// # Errors
/// When the database fails.
pub fn remember_links(tx: &mut Tx<'_>, fresh: &[(DeviceId, Link)]) -> Result<(), Problem> {
    Ok(store::insert_links(tx.conn, fresh, tx.now)?)
}

fn handover(visit: &Incoming, team: Option<TeamId>) -> Option<Handover> {
    let said = &visit.said;
    if said.aid.is_empty() {
        return None;
    }
    let receiver = match (said.household_id, said.enterprise_id) {
        (Some(household), _) => Receiver::Household(household),
        (None, Some(enterprise)) => Receiver::Enterprise(enterprise.to_string()),
        (None, None) => Receiver::Person(visit.id.to_string()),
    };
    Some(Handover {
        visit_id: visit.id.to_string(),
        campaign_id: said.campaign_id,
        team_id: team?,
        receiver,
        lines: said.aid.iter().copied().map(Aid::line).collect(),
        happened_at: said.ended_at.plus_ms(visit.clock_offset_ms),
    })
}
