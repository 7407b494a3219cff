//! `make`: a new campaign, as a draft.

use serde_json::json;

use crate::accounts::{Actor, Role};
use crate::campaigns::actions::must_read;
use crate::campaigns::model::{Campaign, CampaignId, CampaignStatus};
use crate::campaigns::policy::Policy;
use crate::campaigns::store;
use crate::kit::clock::Moment;
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::made::Made;
use crate::kit::http::problem::{Code, Problem};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    /// Made by the asker, or none.
    pub id: Option<CampaignId>,
    /// Its name.
    pub name: String,
    /// Its theme.
    pub theme: String,
    /// Its first moment.
    pub opens_at: Moment,
    /// Its deadline.
    pub deadline_at: Moment,
    /// Its limits.
    pub policy: Policy,
}

/// Makes a campaign of the actor's org.
pub fn make(tx: &mut Tx<'_>, actor: &Actor, new: &NewCampaign) -> Result<Made<Campaign>, Problem> {
    must_read(actor)?;
    actor.must_be(&[Role::Centre])?;
    let id = new.id.unwrap_or_else(|| CampaignId::fresh(tx.now, tx.chance));
    let campaign = Campaign {
        id,
        org_id: actor.org.id,
        name: new.name.clone(),
        theme: new.theme.clone(),
        status: CampaignStatus::Draft,
        opens_at: new.opens_at,
        deadline_at: new.deadline_at,
        policy: Policy { version: 1, ..new.policy.clone() },
        opened_at: None,
        closed_at: None,
        version: 1,
        made_at: tx.now,
    };
    tx.lock(vec![lock_key(&["campaign", id.as_str()])])?;
    if let Some(found) = store::campaign(tx.conn, id)? {
        tx.unchanged();
        return if is_repeat(&found, &campaign) { Ok(Made::before(found)) } else { Err(Problem::of(Code::IdTaken)) };
    }
    store::insert(tx.conn, &campaign)?;
    tx.record(actor.event("campaign.made", "campaign", id, json!({"opens_at": campaign.opens_at, "deadline_at": campaign.deadline_at})));
    Ok(Made::now(campaign))
}

/// What was asked for is what stands; where it stands by now does not matter.
fn is_repeat(found: &Campaign, asked: &Campaign) -> bool {
    let said = |of: &Campaign| (of.org_id, of.name.clone(), of.theme.clone(), of.opens_at, of.deadline_at, Policy { version: 1, ..of.policy.clone() });
    said(found) == said(asked)
}
