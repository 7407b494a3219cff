//! The households of the desk's table: first which of them, by as few columns as the question needs, then what is told of those.

mod told;
mod which;

use crate::accounts::Actor;
use crate::boards::model::{HouseholdFilter, HouseholdOrder, HouseholdRow, MOST_MATCHES, Matches};
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;
pub(super) use which::standings_of;
use which::{After, Which};

/// Households that somebody may see, in the order asked for.
pub(in crate::boards) fn households(conn: &mut Conn, actor: &Actor, filter: &HouseholdFilter, page: &PageQuery) -> Result<Page<HouseholdRow>, Problem> {
    let limit = page.limit()?;
    let which = Which::of(conn, actor, filter)?;
    let after = After::of(conn, page, filter)?;
    let ids = which.ids(conn, after, limit + 1)?;
    let rows = told::rows(conn, filter.campaign.unwrap_or_else(CampaignId::nil), &ids)?;
    Ok(Page::of(rows, limit, |row| key(row, filter.order)))
}

/// How many there are, and which, where that is asked too.
pub(in crate::boards) fn matches(conn: &mut Conn, actor: &Actor, filter: &HouseholdFilter, with_ids: bool) -> Result<Matches, Problem> {
    let which = Which::of(conn, actor, filter)?;
    if !with_ids {
        return Ok(Matches { count: which.count(conn)?, ids: None });
    }
    let ids = which.ids(conn, None, MOST_MATCHES + 1)?;
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    if count > MOST_MATCHES {
        return Err(Problem::field("/ids", "too_many"));
    }
    Ok(Matches { count, ids: Some(ids) })
}

/// Of these households those that somebody may see, as they stand in a campaign, by id.
pub(in crate::boards) fn households_of(conn: &mut Conn, actor: &Actor, campaign: CampaignId, ids: &[HouseholdId]) -> Result<Vec<HouseholdRow>, Problem> {
    let which = Which::of(conn, actor, &HouseholdFilter { campaign: Some(campaign), ..HouseholdFilter::default() })?;
    let seen = which.those(conn, ids)?;
    Ok(told::rows(conn, campaign, &seen)?)
}

/// Where a page ends. A name is nothing for an address: by names and addresses it is the household alone.
fn key(row: &HouseholdRow, order: HouseholdOrder) -> String {
    match order {
        HouseholdOrder::File | HouseholdOrder::Name | HouseholdOrder::Address => row.id.to_string(),
        HouseholdOrder::LastTry => format!("{} {}", row.last_visit_at.map_or(0, Moment::ms), row.id),
        HouseholdOrder::Promised => format!("{} {}", row.entitlement_cash_fen.unwrap_or_default(), row.id),
    }
}
