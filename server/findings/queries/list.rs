//! Findings as people read them: whom they are about, who made the visit, who settled them.

use diesel::prelude::*;

use crate::accounts::{Actor, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::findings::model::{AboutKind, Code, FindingId, Severity, Status};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{acknowledgements, entries, findings, households, orgs, people, teams, visits};
use crate::visits::VisitId;

/// Which findings are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this campaign.
    pub campaign: Option<CampaignId>,
    /// That stand here; all but those that are gone where nothing is said.
    pub status: Option<Status>,
    /// With this code.
    pub code: Option<Code>,
    /// Of this weight.
    pub severity: Option<Severity>,
    /// That this team answers for.
    pub team: Option<TeamId>,
    /// About this household.
    pub household: Option<HouseholdId>,
    /// About things of this kind.
    pub about: Option<AboutKind>,
    /// About visits of this cadre.
    pub cadre: Option<PersonId>,
}

/// A finding with what surrounds it.
#[derive(Debug, Clone, Queryable)]
pub(in crate::findings) struct Row {
    pub(in crate::findings) id: FindingId,
    pub(in crate::findings) campaign_id: CampaignId,
    pub(in crate::findings) code: Code,
    pub(in crate::findings) severity: Severity,
    pub(in crate::findings) subject: String,
    pub(in crate::findings) expected: String,
    pub(in crate::findings) actual: String,
    pub(in crate::findings) evidence: String,
    pub(in crate::findings) facts_hash: String,
    pub(in crate::findings) status: Status,
    pub(in crate::findings) found_at: Moment,
    pub(in crate::findings) about: (AboutKind, String),
    pub(in crate::findings) settled: (Option<PersonId>, Option<Moment>, Option<String>),
    pub(in crate::findings) visit: Option<(VisitId, Moment, PersonId, String)>,
    /// Of a slip: who made it at the store, and who counted it for the team.
    pub(in crate::findings) signed: (Option<PersonId>, Option<PersonId>),
    pub(in crate::findings) team: (Option<TeamId>, Option<String>),
    pub(in crate::findings) household: (Option<HouseholdId>, Option<String>),
    pub(in crate::findings) chain: String,
}

/// Findings joined with their surroundings, within what an actor may see: a subtree, the teams they lead, or their own visits.
macro_rules! joined {
    ($actor:expr) => {{
        let query = findings::table
            .left_join(visits::table.inner_join(people::table.on(people::id.eq(visits::cadre_id))).on(visits::id.nullable().eq(findings::visit_id)))
            .left_join(entries::table.on(entries::id.eq(findings::about_id).and(findings::about_kind.eq(AboutKind::Slip))))
            .left_join(acknowledgements::table.on(acknowledgements::entry_id.eq(findings::about_id)))
            .inner_join(orgs::table.on(orgs::id.eq(findings::org_id)))
            .left_join(teams::table.on(teams::id.nullable().eq(findings::team_id)))
            .left_join(households::table.on(households::id.nullable().eq(findings::household_id)))
            .select((
                findings::id,
                findings::campaign_id,
                findings::code,
                findings::severity,
                findings::subject,
                findings::expected,
                findings::actual,
                findings::evidence,
                findings::facts_hash,
                findings::status,
                findings::found_at,
                (findings::about_kind, findings::about_id),
                (findings::settled_by, findings::settled_at, findings::settled_words),
                (visits::id, visits::started_at, people::id, people::name).nullable(),
                (entries::made_by.nullable(), acknowledgements::made_by.nullable()),
                (findings::team_id, teams::name.nullable()),
                (findings::household_id, households::head_name.nullable()),
                orgs::chain,
            ))
            .into_boxed();
        if $actor.sees_subtree() {
            query.filter(orgs::path.like(format!("{}%", $actor.org.path)))
        } else {
            let led: Vec<TeamId> = $actor.teams.iter().filter(|team| team.is_lead).map(|team| team.id).collect();
            query.filter(findings::team_id.eq_any(led).or(visits::cadre_id.nullable().eq($actor.id)))
        }
    }};
}

/// The findings this actor may see, in the order of their ids after `after`, at most `limit`.
pub(in crate::findings) fn page(conn: &mut Conn, actor: &Actor, filter: &Filter, after: Option<FindingId>, limit: i64) -> QueryResult<Vec<Row>> {
    let mut query = joined!(actor);
    if let Some(campaign) = filter.campaign {
        query = query.filter(findings::campaign_id.eq(campaign));
    }
    query = match filter.status {
        Some(status) => query.filter(findings::status.eq(status)),
        None => query.filter(findings::status.ne(Status::Gone)),
    };
    if let Some(code) = filter.code {
        query = query.filter(findings::code.eq(code));
    }
    if let Some(severity) = filter.severity {
        query = query.filter(findings::severity.eq(severity));
    }
    if let Some(team) = filter.team {
        query = query.filter(findings::team_id.eq(team));
    }
    if let Some(household) = filter.household {
        query = query.filter(findings::household_id.eq(household));
    }
    if let Some(about) = filter.about {
        query = query.filter(findings::about_kind.eq(about));
    }
    if let Some(cadre) = filter.cadre {
        query = query.filter(visits::cadre_id.nullable().eq(cadre));
    }
    if let Some(after) = after {
        query = query.filter(findings::id.gt(after));
    }
    query.order(findings::id).limit(limit).load(conn)
}

/// Those of these findings that this actor may see.
pub(in crate::findings) fn these(conn: &mut Conn, actor: &Actor, ids: &[FindingId]) -> QueryResult<Vec<Row>> {
    joined!(actor).filter(findings::id.eq_any(ids)).order(findings::id).load(conn)
}
