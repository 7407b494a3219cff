//! Who sees which campaign: those whose org it covers, and those above.

use crate::accounts::{self, Actor, Org, Role};
use crate::campaigns::model::{Campaign, CampaignId, CampaignStatus, Item, ItemId, Standards};
use crate::campaigns::store;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};

/// Everybody but those who only keep accounts.
///
/// # Errors
/// [`Code::NotFound`] for an administrator without another role.
pub fn must_read(actor: &Actor) -> Result<(), Problem> {
    let readers = [Role::Cadre, Role::Lead, Role::Supervisor, Role::Centre, Role::Auditor];
    if actor.has(&readers) { Ok(()) } else { Err(Problem::of(Code::NotFound)) }
}

/// A campaign that this actor may see, with the org that holds it.
///
/// # Errors
/// [`Code::NotFound`] when it is not there or not theirs to see.
pub fn visible(conn: &mut Conn, actor: &Actor, id: CampaignId) -> Result<(Campaign, Org), Problem> {
    must_read(actor)?;
    let campaign = store::campaign(conn, id)?.ok_or(Problem::of(Code::NotFound))?;
    let org = accounts::org(conn, campaign.org_id)?.ok_or(Problem::of(Code::NotFound))?;
    let related = actor.covers(&org.path) || actor.org.path.starts_with(&org.path);
    let ready = actor.sees_subtree() || campaign.status != CampaignStatus::Draft;
    if related && ready { Ok((campaign, org)) } else { Err(Problem::of(Code::NotFound)) }
}

/// A campaign that this actor, of the centre of its org or of one above, may change.
///
/// # Errors
/// [`Code::NotFound`] or [`Code::Forbidden`].
pub fn for_centre(conn: &mut Conn, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    let (campaign, org) = visible(conn, actor, id)?;
    actor.must_be(&[Role::Centre])?;
    if actor.covers(&org.path) { Ok(campaign) } else { Err(Problem::of(Code::Forbidden)) }
}

/// A campaign as the centre that may change it sees it; auditors of the same orgs read it too.
///
/// # Errors
/// [`Code::NotFound`] or [`Code::Forbidden`].
pub fn for_auditing(conn: &mut Conn, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    let (campaign, org) = visible(conn, actor, id)?;
    actor.must_be(&[Role::Centre, Role::Auditor])?;
    if actor.covers(&org.path) { Ok(campaign) } else { Err(Problem::of(Code::Forbidden)) }
}

/// The standards of a campaign.
///
/// # Errors
/// When they cannot be read.
pub fn standards_of(conn: &mut Conn, campaign: CampaignId) -> Result<Standards, Problem> {
    Ok(store::standards(conn, campaign)?)
}

/// Of these items, those in a catalogue of this org, of one above it or of one below it.
///
/// # Errors
/// When they cannot be read.
pub fn known_items(conn: &mut Conn, org: &Org, items: &[ItemId]) -> Result<Vec<ItemId>, Problem> {
    let orgs = accounts::orgs_related_to(conn, org)?;
    Ok(store::known_items(conn, &orgs, items)?)
}

/// These items of any catalogue, to be named.
///
/// # Errors
/// When they cannot be read.
pub fn items_by_id(conn: &mut Conn, ids: &[ItemId]) -> Result<Vec<Item>, Problem> {
    Ok(store::items_by_id(conn, ids)?)
}

/// The campaigns this actor may see, newest first.
///
/// # Errors
/// When it is out of sight.
pub fn list(conn: &mut Conn, actor: &Actor, page: &PageQuery) -> Result<Page<Campaign>, Problem> {
    must_read(actor)?;
    let limit = page.limit()?;
    let before = page.after()?.map(|key| CampaignId::parse(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let orgs = accounts::orgs_related_to(conn, &actor.org)?;
    let rows = store::campaigns_of(conn, &orgs, actor.sees_subtree(), before, limit + 1)?;
    Ok(Page::of(rows, limit, |campaign| campaign.id.to_string()))
}
