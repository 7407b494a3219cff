//! `make_fund` and `funds`.

use serde_json::json;

use crate::accounts::{Actor, Role};
use crate::campaigns::{self, CampaignId, Earmark};
use crate::kit::db::{Conn, Tx, lock_key};
use crate::kit::http::made::Made;
use crate::kit::http::problem::{Code, Problem};
use crate::ledger::model::{Fund, FundId, FundSource};
use crate::ledger::store;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewFund {
    /// Made by the asker, or none.
    pub id: Option<FundId>,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: FundSource,
    /// What it may be given for.
    pub earmark: Earmark,
}

/// Adds a fund to a campaign that is not closed.
pub fn make_fund(tx: &mut Tx<'_>, actor: &Actor, new: &NewFund) -> Result<Made<Fund>, Problem> {
    let (campaign, _) = campaigns::visible(tx.conn, actor, new.campaign_id)?;
    actor.must_be(&[Role::Centre])?;
    let id = new.id.unwrap_or_else(|| FundId::fresh(tx.now, tx.chance));
    let fund = Fund { id, campaign_id: campaign.id, org_id: actor.org.id, name: new.name.clone(), source: new.source, earmark: new.earmark, version: 1 };
    tx.lock(vec![lock_key(&["funds", campaign.id.as_str()]), lock_key(&["fund", id.as_str()])])?;
    if let Some(found) = store::fund(tx.conn, id)? {
        tx.unchanged();
        return if found == fund { Ok(Made::before(found)) } else { Err(Problem::of(Code::IdTaken)) };
    }
    campaign.must_not_be_closed()?;
    if store::funds_of(tx.conn, campaign.id)?.iter().any(|other| other.name == fund.name) {
        return Err(Problem::of(Code::NameTaken));
    }
    store::insert_fund(tx.conn, &fund, tx.now)?;
    let facts = json!({"campaign_id": campaign.id, "source": fund.source, "earmark": fund.earmark});
    tx.record(actor.event("fund.made", "fund", id, facts));
    Ok(Made::now(fund))
}

/// The funds of a campaign, by name.
///
/// # Errors
/// When it is out of sight.
pub fn funds(conn: &mut Conn, actor: &Actor, campaign: CampaignId) -> Result<Vec<Fund>, Problem> {
    campaigns::visible(conn, actor, campaign)?;
    Ok(store::funds_of(conn, campaign)?)
}
