//! `reveal`: publishes the seed of a campaign. From then on anybody can hold every draw against the promise, and nothing is drawn any more.

use super::for_supervisor;
use super::published::{DrawsPublished, published};
use crate::accounts::Actor;
use crate::campaigns::{CampaignId, Seals};
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::problem::Problem;

/// Publishes the seed with this commitment.
pub fn reveal(tx: &mut Tx<'_>, actor: &Actor, seals: &Seals, campaign: CampaignId, commitment: &str) -> Result<DrawsPublished, Problem> {
    for_supervisor(tx.conn, actor, campaign)?;
    if seals.commit(tx, campaign)?.commitment != commitment {
        return Err(Problem::field("/commitment", "unknown"));
    }
    // Not while somebody draws.
    tx.lock(vec![lock_key(&["samples", campaign.as_str()])])?;
    seals.reveal(tx, actor, campaign)?;
    published(tx.conn, campaign)
}
