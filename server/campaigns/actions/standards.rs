//! `set_standards`: what each category receives.

use serde_json::json;

use crate::accounts::Actor;
use crate::campaigns::actions::{for_centre, known_items};
use crate::campaigns::model::{CampaignId, ItemId, Standard, Standards};
use crate::campaigns::{rules, store};
use crate::kit::db::Tx;
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::http::version::IfMatch;

/// Replaces the standards of a draft.
pub fn set_standards(tx: &mut Tx<'_>, actor: &Actor, id: CampaignId, read: Option<IfMatch>, asked: Vec<Standard>) -> Result<Standards, Problem> {
    let mut campaign = for_centre(tx.conn, actor, id)?;
    read.map_or(Ok(()), |read| read.must_be(campaign.version))?;
    campaign.must_be_draft()?;
    let items: Vec<ItemId> = asked.iter().flat_map(|standard| standard.goods.iter().map(|line| line.item_id)).collect();
    let known = known_items(tx.conn, &actor.org, &items)?;
    let mut faults = Faults::default();
    let standards = rules::check_standards(&mut faults, asked, &known);
    let standards = faults.or(standards)?;
    if standards == store::standards(tx.conn, id)? {
        tx.unchanged();
        return Ok(standards);
    }
    let version = campaign.version;
    campaign.version += 1;
    if !store::update(tx.conn, &campaign, version)? {
        return Err(Problem::of(Code::StaleVersion));
    }
    store::replace_standards(tx.conn, id, &standards)?;
    tx.record(actor.event("campaign.standards_set", "campaign", id, json!({"version": campaign.version, "standards": standards})));
    Ok(standards)
}
