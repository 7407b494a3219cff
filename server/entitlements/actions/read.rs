//! Who is to receive what.

use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::entitlements::model::Entitlement;
use crate::entitlements::{queries, store};
use crate::households::HouseholdId;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};

/// The entitlements of a campaign: of the actor's org subtree, or of their teams' households.
///
/// # Errors
/// When it is out of sight.
pub fn list(conn: &mut Conn, actor: &Actor, campaign: CampaignId, household: Option<HouseholdId>, page: &PageQuery) -> Result<Page<Entitlement>, Problem> {
    campaigns::visible(conn, actor, campaign)?;
    let limit = page.limit()?;
    let after = page.after()?.map(|key| HouseholdId::parse(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let rows = queries::visible(conn, actor, campaign, household, after, limit + 1)?;
    let page = Page::of(rows, limit, |row| row.2.to_string());
    Ok(Page { items: store::with_goods(conn, page.items)?, next: page.next })
}

/// The entitlements of these households in a campaign, by household.
///
/// # Errors
/// When they cannot be read.
pub fn of_households(conn: &mut Conn, campaign: CampaignId, households: &[HouseholdId]) -> Result<Vec<Entitlement>, Problem> {
    Ok(store::of_households(conn, campaign, households)?)
}
