//! One visit, with all that was said and all that was found.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Scope;
use super::visits::led;
use crate::accounts::{Actor, PersonId, TeamId};
use crate::boards::model::{EvidenceView, HouseholdOfVisit, PersonNamed, TeamNamed, VisitView};
use crate::campaigns::CampaignId;
use crate::findings::{self, Spot};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{evidence, households, orgs, people, teams, visits};
use crate::kit::geo::Datum;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem};
use crate::visits::{NamedEvidence, VisitId, VisitSaid};

/// The head's name, the address, latitude, longitude and datum; of nobody where the visit has no household.
type HomeRow = (Option<String>, Option<String>, Option<f64>, Option<f64>, Option<Datum>);

#[derive(Queryable)]
struct Found {
    campaign_id: CampaignId,
    household_id: Option<HouseholdId>,
    times: (Moment, Moment, Moment),
    body: String,
    cadre: (PersonId, String),
    team: (Option<TeamId>, Option<String>),
    home: HomeRow,
}

/// One visit, if this actor may see it.
pub(in crate::boards) fn visit(conn: &mut Conn, actor: &Actor, id: VisitId, language: Language) -> Result<VisitView, Problem> {
    let of = find(conn, actor, id)?.ok_or(Problem::of(Code::NotFound))?;
    let said: VisitSaid = serde_json::from_str(&of.body).map_err(|cause| Problem::unexpected(format!("visit {id} cannot be read: {cause}")))?;
    let seen = findings::seen(conn, &[id], language)?.remove(&id).unwrap_or_default();
    let arrived = arrived(conn, &said.evidence)?;
    let amended_by: Vec<VisitId> = visits::table.filter(visits::amends.eq(id)).order(visits::id).select(visits::id).load(conn)?;
    let (head_name, address, latitude, longitude, datum) = of.home;
    let home = match (latitude, longitude, datum) {
        (Some(latitude), Some(longitude), Some(datum)) => Some(Spot { latitude, longitude, datum }),
        _ => None,
    };
    let here = said.position.as_ref().map(|position| Spot { latitude: position.latitude, longitude: position.longitude, datum: position.datum });
    let distance_m = here.zip(home).map(|(here, home)| (here.wgs84().distance_m(home.wgs84()) * 10.0).round() / 10.0);
    let (started_at, ended_at, received_at) = of.times;
    Ok(VisitView {
        id,
        campaign_id: of.campaign_id,
        household_id: of.household_id,
        household: head_name.zip(address).map(|(head_name, address)| HouseholdOfVisit { head_name, address, home }),
        found: said.found,
        mode: said.mode,
        outcome: said.outcome,
        started_at,
        ended_at,
        received_at,
        position: said.position,
        distance_m,
        recipient: said.recipient,
        aid: said.aid,
        evidence: said.evidence.into_iter().map(|evidence| view(evidence, &arrived)).collect(),
        signature_ink: said.signature_ink,
        needs: said.needs,
        notes: said.notes,
        cadre: PersonNamed { id: of.cadre.0, name: of.cadre.1 },
        team: of.team.0.zip(of.team.1).map(|(id, name)| TeamNamed { id, name }),
        amends: said.amends,
        amend_reason: said.amend_reason,
        amended_by,
        standing: seen.standing,
        findings: seen.findings,
    })
}

fn find(conn: &mut Conn, actor: &Actor, id: VisitId) -> Result<Option<Found>, Problem> {
    let scope = Scope::of(actor)?;
    let own = visits::cadre_id.eq(actor.id).or(visits::team_id.eq_any(led(actor)));
    let found = visits::table
        .inner_join(orgs::table.on(orgs::id.eq(visits::org_id)))
        .inner_join(people::table.on(people::id.eq(visits::cadre_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(visits::team_id)))
        .left_join(households::table.on(households::id.nullable().eq(visits::household_id)))
        .filter(visits::id.eq(id).and(orgs::path.like(&scope.path)))
        .filter(own.or(scope.is_whole().into_sql::<Bool>()))
        .select((
            visits::campaign_id,
            visits::household_id,
            (visits::started_at, visits::ended_at, visits::received_at),
            visits::body,
            (people::id, people::name),
            (visits::team_id, teams::name.nullable()),
            (
                households::head_name.nullable(),
                households::address.nullable(),
                households::home_latitude.nullable(),
                households::home_longitude.nullable(),
                households::home_datum.nullable(),
            ),
        ))
        .first(conn)
        .optional()?;
    Ok(found)
}

fn arrived(conn: &mut Conn, named: &[NamedEvidence]) -> QueryResult<HashSet<String>> {
    let names: Vec<&str> = named.iter().map(|evidence| evidence.sha256.as_str()).collect();
    let here: Vec<String> = evidence::table.filter(evidence::sha256.eq_any(names)).select(evidence::sha256).load(conn)?;
    Ok(here.into_iter().collect())
}

fn view(of: NamedEvidence, arrived: &HashSet<String>) -> EvidenceView {
    EvidenceView {
        arrived: arrived.contains(&of.sha256),
        sha256: of.sha256,
        kind: of.kind,
        subject: of.subject,
        source: of.source,
        taken_at: of.taken_at,
        position: of.position,
        media_type: of.media_type,
    }
}
