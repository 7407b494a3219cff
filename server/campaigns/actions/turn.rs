//! `open` and `close`: the two turns of a campaign. Later rooms take them: opening freezes entitlements, closing looks at findings.

use serde_json::json;

use crate::accounts::Actor;
use crate::campaigns::actions::for_centre;
use crate::campaigns::model::{Campaign, CampaignId};
use crate::campaigns::store;
use crate::kit::db::Tx;
use crate::kit::http::problem::{Code, Problem};

/// Draft → open.
///
/// # Errors
/// When the actor may not, it is no draft, or it has no standards.
pub fn open(tx: &mut Tx<'_>, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    turn(tx, actor, id, "campaign.opened", |tx, campaign| {
        let standards = store::standards(tx.conn, id)?;
        campaign.open(&standards, tx.now)
    })
}

/// Open → closed.
///
/// # Errors
/// When the actor may not, or it is not open.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    turn(tx, actor, id, "campaign.closed", |tx, campaign| campaign.close(tx.now))
}

fn turn(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CampaignId,
    verb: &'static str,
    step: impl FnOnce(&mut Tx<'_>, &mut Campaign) -> Result<(), Problem>,
) -> Result<Campaign, Problem> {
    let before = for_centre(tx.conn, actor, id)?;
    let mut after = before.clone();
    step(tx, &mut after)?;
    if !store::update(tx.conn, &after, before.version)? {
        return Err(Problem::of(Code::StaleVersion));
    }
    tx.record(actor.event(verb, "campaign", id, json!({"version": after.version})));
    Ok(after)
}
