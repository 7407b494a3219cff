//! The households of the desk's table.

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Scope;
use crate::accounts::{Actor, TeamId};
use crate::boards::model::{HouseholdFilter, HouseholdRow};
use crate::campaigns::CampaignId;
use crate::findings::Standing;
use crate::households::{Category, HouseholdId, Status};
use crate::kit::db::Conn;
use crate::kit::db::schema::{entitlements, households, orgs, standings, teams};
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::idnumber::IdNumber;
use crate::visits::Outcome;

/// Longest text searched for, in characters.
const LONGEST: usize = 100;

#[derive(Queryable)]
struct Found {
    id: HouseholdId,
    version: i64,
    head_name: String,
    head_id_number: String,
    address: String,
    team: (Option<TeamId>, Option<String>),
    category: Category,
    status: Status,
    standing: (Option<Standing>, Option<Outcome>),
    cash_fen: Option<i64>,
}

/// Households that somebody may see, in the order of their ids.
pub(in crate::boards) fn households(conn: &mut Conn, actor: &Actor, filter: &HouseholdFilter, page: &PageQuery) -> Result<Page<HouseholdRow>, Problem> {
    let scope = Scope::of(actor)?;
    let limit = page.limit()?;
    let after = page.after()?.map(|id| HouseholdId::parse(&id).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    if filter.standing.is_some() && filter.campaign.is_none() {
        return Err(Problem::field("/campaign", "missing"));
    }
    let campaign = filter.campaign.unwrap_or_else(CampaignId::nil);
    let here = standings::household_id.eq(households::id).and(standings::campaign_id.eq(campaign));
    let promised = entitlements::household_id.eq(households::id).and(entitlements::campaign_id.eq(campaign));
    let mut query = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(households::team_id)))
        .left_join(standings::table.on(here))
        .left_join(entitlements::table.on(promised))
        .filter(orgs::path.like(scope.path.clone()))
        .filter(households::team_id.eq_any(scope.teams()).or(scope.is_whole().into_sql::<Bool>()))
        .select((
            households::id,
            households::version,
            households::head_name,
            households::head_id_number,
            households::address,
            (households::team_id, teams::name.nullable()),
            households::category,
            households::status,
            (standings::standing.nullable(), standings::last_outcome.nullable()),
            entitlements::cash_fen.nullable(),
        ))
        .into_boxed();
    if let Some(standing) = filter.standing {
        query = query.filter(standings::standing.eq(standing));
    }
    if let Some(team) = filter.team {
        query = query.filter(households::team_id.eq(team));
    }
    if let Some(category) = filter.category {
        query = query.filter(households::category.eq(category));
    }
    if let Some(status) = filter.status {
        query = query.filter(households::status.eq(status));
    }
    if let Some(part) = pattern(filter.q.as_deref())? {
        query = query.filter(households::head_name.like(part.clone()).escape('\\').or(households::address.like(part).escape('\\')));
    }
    if let Some(after) = after {
        query = query.filter(households::id.gt(after));
    }
    let found: Vec<Found> = query.order(households::id).limit(limit + 1).load(conn)?;
    Ok(Page::of(found, limit, |row| row.id.to_string()).map(row))
}

/// A part of a text, as LIKE reads it; what stands for itself is said so.
fn pattern(q: Option<&str>) -> Result<Option<String>, Problem> {
    let q = q.unwrap_or_default().trim();
    if q.is_empty() {
        return Ok(None);
    }
    if q.chars().count() > LONGEST {
        return Err(Problem::field("/q", "too_long"));
    }
    let plain: String = q.chars().flat_map(|c| matches!(c, '\\' | '%' | '_').then_some('\\').into_iter().chain([c])).collect();
    Ok(Some(format!("%{plain}%")))
}

fn row(of: Found) -> HouseholdRow {
    HouseholdRow {
        id: of.id,
        version: of.version,
        head_name: of.head_name,
        head_id_masked: IdNumber::parse(&of.head_id_number).map(|number| number.masked()).unwrap_or_default(),
        address: of.address,
        team_id: of.team.0,
        team_name: of.team.1,
        category: of.category,
        status: of.status,
        standing: of.standing.0,
        last_outcome: of.standing.1,
        entitlement_cash_fen: of.cash_fen,
    }
}
