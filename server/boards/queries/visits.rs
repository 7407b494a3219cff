//! The visits of a list: four queries a page.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Scope;
use crate::accounts::{Actor, PersonId, TeamId};
use crate::boards::model::{AidLine, PersonNamed, TeamNamed, VisitFilter, VisitRow};
use crate::campaigns::CampaignId;
use crate::findings::{Severity, Standing, Status};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{findings, households, orgs, people, standings, teams, visit_aid, visits};
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::visits::{Mode, Outcome, VisitId};

#[derive(Queryable)]
struct Found {
    id: VisitId,
    campaign_id: CampaignId,
    household: (Option<HouseholdId>, Option<String>),
    mode: Mode,
    outcome: Outcome,
    times: (Moment, Moment, Moment),
    cadre: (PersonId, String),
    team: (Option<TeamId>, Option<String>),
    amends: Option<VisitId>,
    standing: Option<Standing>,
}

/// Visits that somebody may see, the newest first: of their subtree, of the teams they lead, or their own.
pub(in crate::boards) fn visits(conn: &mut Conn, actor: &Actor, filter: &VisitFilter, page: &PageQuery) -> Result<Page<VisitRow>, Problem> {
    let scope = Scope::of(actor)?;
    let limit = page.limit()?;
    let after = page.after()?.map(|id| VisitId::parse(&id).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let here = standings::campaign_id.eq(visits::campaign_id).and(standings::household_id.nullable().eq(visits::household_id));
    let own = visits::cadre_id.eq(actor.id).or(visits::team_id.eq_any(led(actor)));
    let mut query = visits::table
        .inner_join(orgs::table.on(orgs::id.eq(visits::org_id)))
        .inner_join(people::table.on(people::id.eq(visits::cadre_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(visits::team_id)))
        .left_join(households::table.on(households::id.nullable().eq(visits::household_id)))
        .left_join(standings::table.on(here))
        .filter(orgs::path.like(scope.path.clone()))
        .filter(own.or(scope.is_whole().into_sql::<Bool>()))
        .select((
            visits::id,
            visits::campaign_id,
            (visits::household_id, households::head_name.nullable()),
            visits::mode,
            visits::outcome,
            (visits::started_at, visits::ended_at, visits::received_at),
            (people::id, people::name),
            (visits::team_id, teams::name.nullable()),
            visits::amends,
            standings::standing.nullable(),
        ))
        .into_boxed();
    if let Some(campaign) = filter.campaign {
        query = query.filter(visits::campaign_id.eq(campaign));
    }
    if let Some(household) = filter.household {
        query = query.filter(visits::household_id.eq(household));
    }
    if let Some(team) = filter.team {
        query = query.filter(visits::team_id.eq(team));
    }
    if let Some(cadre) = filter.cadre {
        query = query.filter(visits::cadre_id.eq(cadre));
    }
    if let Some(outcome) = filter.outcome {
        query = query.filter(visits::outcome.eq(outcome));
    }
    if let Some(after) = after {
        query = query.filter(visits::id.lt(after));
    }
    let found: Vec<Found> = query.order(visits::id.desc()).limit(limit + 1).load(conn)?;
    let found = Page::of(found, limit, |row| row.id.to_string());
    let ids: Vec<VisitId> = found.items.iter().map(|row| row.id).collect();
    let mut aid = aid(conn, &ids)?;
    let open = open_findings(conn, &ids)?;
    Ok(found.map(|of| row(of, &mut aid, &open)))
}

/// The teams somebody leads.
pub(super) fn led(actor: &Actor) -> Vec<TeamId> {
    actor.teams.iter().filter(|team| team.is_lead).map(|team| team.id).collect()
}

fn aid(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<HashMap<VisitId, Vec<AidLine>>> {
    let rows: Vec<(VisitId, String, String, i64)> = visit_aid::table
        .filter(visit_aid::visit_id.eq_any(ids))
        .order((visit_aid::visit_id, visit_aid::line))
        .select((visit_aid::visit_id, visit_aid::commodity_kind, visit_aid::commodity_id, visit_aid::amount))
        .load(conn)?;
    let mut aid: HashMap<VisitId, Vec<AidLine>> = HashMap::new();
    for (visit, kind, id, amount) in rows {
        aid.entry(visit).or_default().push(AidLine { kind, id, amount });
    }
    Ok(aid)
}

fn open_findings(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<HashMap<VisitId, i64>> {
    let rows: Vec<(VisitId, i64)> = findings::table
        .filter(findings::about_id.eq_any(ids.iter().map(VisitId::as_str)).and(findings::status.eq(Status::Open)).and(findings::severity.ne(Severity::Info)))
        .group_by(findings::about_id)
        .select((findings::about_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn row(of: Found, aid: &mut HashMap<VisitId, Vec<AidLine>>, open: &HashMap<VisitId, i64>) -> VisitRow {
    let (started_at, ended_at, received_at) = of.times;
    VisitRow {
        id: of.id,
        campaign_id: of.campaign_id,
        household_id: of.household.0,
        head_name: of.household.1,
        mode: of.mode,
        outcome: of.outcome,
        started_at,
        ended_at,
        received_at,
        cadre: PersonNamed { id: of.cadre.0, name: of.cadre.1 },
        team: of.team.0.zip(of.team.1).map(|(id, name)| TeamNamed { id, name }),
        aid: aid.remove(&of.id).unwrap_or_default(),
        amends: of.amends,
        standing: of.standing,
        open_findings: open.get(&of.id).copied().unwrap_or_default(),
    }
}
