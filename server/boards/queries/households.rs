//! The households of the desk's table.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::Scope;
use crate::accounts::{Actor, PersonId, TeamId};
use crate::boards::model::{HouseholdFilter, HouseholdOrder, HouseholdRow, PersonNamed};
use crate::campaigns::CampaignId;
use crate::findings::Standing;
use crate::households::{Category, HouseholdId, Status};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{entitlements, households, orgs, people, standings, teams, visits};
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::idnumber::IdNumber;
use crate::visits::{Outcome, VisitId};

/// Longest text searched for, in characters.
const LONGEST: usize = 100;
/// Households nobody has been to stand before all others.
const LAST_TRY: &str = "COALESCE(standings.last_visit_at, 0)";

diesel::alias!(people as whose: Whose, people as last: Last);

type Last1 = (Option<Standing>, Option<i64>, Option<VisitId>, Option<Moment>, Option<Outcome>);

#[derive(Queryable)]
struct Found {
    id: HouseholdId,
    version: i64,
    head_name: String,
    head_id_number: String,
    address: String,
    team: (Option<TeamId>, Option<String>),
    cadre: (Option<PersonId>, Option<String>),
    category: Category,
    status: Status,
    standing: Last1,
    last_cadre: (Option<PersonId>, Option<String>),
    cash_fen: Option<i64>,
}

/// Where a page begins: the last row of the one before.
enum After {
    Id(HouseholdId),
    LastTry(i64, HouseholdId),
}

impl After {
    fn of(page: &PageQuery, order: HouseholdOrder) -> Result<Option<Self>, Problem> {
        let Some(key) = page.after()? else { return Ok(None) };
        let read = match order {
            HouseholdOrder::File => HouseholdId::parse(&key).map(Self::Id),
            HouseholdOrder::LastTry => key.split_once(' ').and_then(|(at, id)| Some(Self::LastTry(at.parse().ok()?, HouseholdId::parse(id)?))),
        };
        read.map(Some).ok_or(Problem::of(Code::BadRequest))
    }
}

/// Households that somebody may see, in the order asked for.
pub(in crate::boards) fn households(conn: &mut Conn, actor: &Actor, filter: &HouseholdFilter, page: &PageQuery) -> Result<Page<HouseholdRow>, Problem> {
    let scope = Scope::of(actor)?;
    let limit = page.limit()?;
    let after = After::of(page, filter.order)?;
    let by_last_try = filter.order == HouseholdOrder::LastTry;
    if (filter.standing.is_some() || filter.outcome.is_some() || by_last_try) && filter.campaign.is_none() {
        return Err(Problem::field("/campaign", "missing"));
    }
    let campaign = filter.campaign.unwrap_or_else(CampaignId::nil);
    let here = standings::household_id.eq(households::id).and(standings::campaign_id.eq(campaign));
    let promised = entitlements::household_id.eq(households::id).and(entitlements::campaign_id.eq(campaign));
    let mut query = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(households::team_id)))
        .left_join(whose.on(whose.field(people::id).nullable().eq(households::cadre_id)))
        .left_join(standings::table.on(here))
        .left_join(visits::table.on(visits::id.nullable().eq(standings::last_visit_id)))
        .left_join(last.on(last.field(people::id).eq(visits::cadre_id)))
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
            (households::cadre_id, whose.field(people::name).nullable()),
            households::category,
            households::status,
            (
                standings::standing.nullable(),
                standings::visits.nullable(),
                standings::last_visit_id.nullable(),
                standings::last_visit_at.nullable(),
                standings::last_outcome.nullable(),
            ),
            (last.field(people::id).nullable(), last.field(people::name).nullable()),
            entitlements::cash_fen.nullable(),
        ))
        .into_boxed();
    if let Some(asked) = &filter.standing {
        query = query.filter(standings::standing.eq_any(standings_of(asked)?));
    }
    if let Some(outcome) = filter.outcome {
        query = query.filter(standings::last_outcome.eq(outcome));
    }
    if let Some(team) = filter.team {
        query = query.filter(households::team_id.eq(team));
    }
    if let Some(cadre) = filter.cadre {
        query = query.filter(households::cadre_id.eq(cadre));
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
    let last_try = || sql::<BigInt>(LAST_TRY);
    match after {
        Some(After::Id(id)) => query = query.filter(households::id.gt(id)),
        Some(After::LastTry(at, id)) => query = query.filter(last_try().gt(at).or(last_try().eq(at).and(standings::household_id.gt(id)))),
        None => {}
    }
    query = if by_last_try {
        // Said outright, so that the index of last tries leads: a household that is not of the campaign is not shown.
        query.filter(standings::campaign_id.eq(campaign)).order((last_try(), standings::household_id))
    } else {
        query.order(households::id)
    };
    let found: Vec<Found> = query.limit(limit + 1).load(conn)?;
    let key = |row: &Found| if by_last_try { format!("{} {}", row.standing.3.map_or(0, Moment::ms), row.id) } else { row.id.to_string() };
    Ok(Page::of(found, limit, key).map(row))
}

pub(super) fn standings_of(asked: &str) -> Result<Vec<Standing>, Problem> {
    let one = |word: &str| Standing::parse(word).ok_or_else(|| Problem::field("/standing", "unknown"));
    asked.split(',').take(Standing::ALL.len() + 1).map(one).collect()
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
    let (standing, tries, last_visit_id, last_visit_at, last_outcome) = of.standing;
    let person = |(id, name): (Option<PersonId>, Option<String>)| id.zip(name).map(|(id, name)| PersonNamed { id, name });
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
        standing,
        cadre: person(of.cadre),
        tries: tries.unwrap_or_default(),
        last_visit_id,
        last_visit_at,
        last_outcome,
        last_cadre: person(of.last_cadre),
        entitlement_cash_fen: of.cash_fen,
    }
}
