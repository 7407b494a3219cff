//! What a campaign still lacks.

use crate::accounts::Actor;
use crate::boards::model::Readiness;
use crate::boards::{queries, rules};
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;

/// Whether a campaign can open, and what would be missing.
///
/// # Errors
/// As for whoever may neither change the campaign nor audit it.
pub(in crate::boards) fn readiness(conn: &mut Conn, actor: &Actor, campaign: CampaignId, now: Moment) -> Result<Readiness, Problem> {
    Ok(rules::readiness(&queries::ready_facts(conn, actor, campaign, now)?))
}
