//! `record`: stores visits and posts what they handed over.

use serde_json::json;

use super::model::{Aid, Incoming, Link, NamedEvidence, Recorded, VisitId, VisitSaid};
use super::queries::Known;
use super::rules;
use super::store::{self, AidRow, EvidenceRow, PersonRow, PlaceRow, VisitRow};
use crate::accounts::{Actor, DeviceId, Role, TeamId};
use crate::kit::clock::Moment;
use crate::kit::db::{Tx, lock_key};
use crate::kit::geo::Point;
use crate::kit::http::problem::{Code, Problem};
use crate::ledger::{self, Commodity, Handover, Receiver};

/// Stores visits of one cadre, all in a few statements however many there are. A visit that cannot be stored is answered with its
/// problem and holds up none of the others. The ids must be new.
///
/// # Errors
/// When the database fails; then none of them is stored.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, incoming: &[Incoming]) -> Result<Vec<Result<Recorded, Problem>>, Problem> {
    let known = Known::of(tx.conn, actor, incoming)?;
    let verdicts: Vec<Result<Option<TeamId>, Problem>> = incoming.iter().map(|visit| acceptable(actor, visit, &known)).collect();
    let accepted: Vec<(&Incoming, Option<TeamId>)> =
        incoming.iter().zip(&verdicts).filter_map(|(visit, verdict)| verdict.as_ref().ok().map(|team| (visit, *team))).collect();
    if !accepted.is_empty() {
        store_all(tx, actor, &accepted)?;
    }
    Ok(incoming.iter().zip(verdicts).map(|(visit, verdict)| verdict.map(|_| recorded(visit))).collect())
}

const fn recorded(visit: &Incoming) -> Recorded {
    Recorded { id: visit.id, campaign: visit.said.campaign_id, household: visit.said.household_id }
}

/// The team a visit is made for, or why it cannot be stored.
fn acceptable(actor: &Actor, visit: &Incoming, known: &Known) -> Result<Option<TeamId>, Problem> {
    actor.must_be(&[Role::Cadre, Role::Lead])?;
    let mut faults = rules::faults(&visit.said);
    faults.extend(known.faults(&visit.said));
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let homes = visit.said.household_id.and_then(|household| known.team_of(household));
    let own = homes.filter(|team| actor.is_of(*team)).or_else(|| actor.teams.first().map(|team| team.id));
    own.map(Some).ok_or(Problem::of(Code::Forbidden))
}

fn store_all(tx: &mut Tx<'_>, actor: &Actor, accepted: &[(&Incoming, Option<TeamId>)]) -> Result<(), Problem> {
    tx.lock(accepted.iter().map(|(visit, _)| household_lock(&visit.said)).collect())?;
    let rows: Vec<VisitRow> = accepted.iter().map(|(visit, team)| row(actor, visit, *team, tx.now)).collect();
    let aid: Vec<AidRow> = accepted.iter().flat_map(|(visit, team)| aid_rows(visit, *team)).collect();
    let evidence: Vec<EvidenceRow> = accepted.iter().flat_map(|(visit, _)| evidence_rows(visit)).collect();
    let already_amended = store::amended(tx.conn, &rows)?;
    let amended = store::amending(tx.conn, &rows)?;
    store::insert(tx.conn, &rows, &aid, &evidence)?;
    let places: Vec<PlaceRow> = accepted.iter().filter_map(|(visit, _)| place_row(actor, visit)).collect();
    let persons: Vec<PersonRow> = accepted.iter().flat_map(|(visit, _)| person_rows(visit)).collect();
    store::insert_around(tx.conn, &places, &persons)?;
    for row in &rows {
        let facts = json!({"campaign_id": row.campaign_id, "household_id": row.household_id, "outcome": row.outcome, "amends": row.amends});
        tx.record(actor.event("visit.recorded", "visit", row.id, facts));
    }
    let superseded = |id: &VisitId| already_amended.contains(id) || rows.iter().any(|row| row.amends == Some(*id));
    let handovers: Vec<Handover> = accepted.iter().filter(|(visit, _)| !superseded(&visit.id)).filter_map(|(visit, team)| handover(visit, *team)).collect();
    ledger::hand_over(tx, actor, &handovers)?;
    ledger::reverse_handovers(tx, actor, &amended)
}

/// The key that serialises everything about one household in one campaign.
fn household_lock(said: &VisitSaid) -> i64 {
    let household = said.household_id.map_or_else(String::new, |id| id.to_string());
    lock_key(&["household", said.campaign_id.as_str(), &household])
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
fn place_row(actor: &Actor, visit: &Incoming) -> Option<PlaceRow> {
    let said = &visit.said;
    let position = said.position.as_ref().filter(|_| said.mode.has_a_place())?;
    let at = Point::from_datum(position.latitude, position.longitude, position.datum);
    let (row_e5, column_e5) = at.cell_e5();
    Some(PlaceRow {
        visit_id: visit.id,
        campaign_id: said.campaign_id,
        household_id: said.household_id,
        cadre_id: actor.id,
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

/// Keeps the links of one phone's chain, visits' and others'. The items must be new.
///
/// # Errors
/// When the database fails.
pub fn remember_links(tx: &mut Tx<'_>, device: DeviceId, fresh: &[Link]) -> Result<(), Problem> {
    Ok(store::insert_links(tx.conn, device, fresh, tx.now)?)
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
