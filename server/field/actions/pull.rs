//! `pull`: all that a phone needs, or what changed since it last asked.

use super::prepare::{TIME, TimeClaims};
use crate::accounts::Actor;
use crate::accounts::tokens::Keys;
use crate::campaigns::{CampaignId, seal_keys_of};
use crate::field::model::{Cursor, Pulled, ReceiptKey, SealKeySeen};
use crate::field::queries::{self, Changed, Reach};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::language::Language;
use crate::kit::http::problem::Problem;
use crate::ledger;

/// What the actor's phone is handed.
///
/// # Errors
/// When the database fails.
pub(in crate::field) fn pull(conn: &mut Conn, actor: &Actor, keys: &Keys, since: Option<&str>, now: Moment, language: Language) -> Result<Pulled, Problem> {
    let (cursor, log_heads) = queries::chains_heard(conn, actor)?;
    let since = since.and_then(Cursor::read);
    let changed = queries::changed_since(conn, since.as_ref(), &cursor)?;
    let only = match changed {
        Changed::Everything => None,
        Changed::Households(ids) => Some(ids.into_iter().collect::<Vec<_>>()),
    };
    let reach = Reach { teams: actor.team_ids(), only };
    let mut households = queries::households(conn, &reach)?;
    let mut standings = queries::standings(conn, &reach)?;
    for household in &mut households {
        household.standings = standings.remove(&household.id).unwrap_or_default();
    }
    let mut campaigns = queries::campaigns(conn, actor)?;
    let ids: Vec<CampaignId> = campaigns.iter().map(|campaign| campaign.id).collect();
    let mut seal_keys = seal_keys_of(conn, &ids)?;
    for campaign in &mut campaigns {
        campaign.seal_key = seal_keys.remove(&campaign.id).map(SealKeySeen::from);
    }
    let named = reach.only.as_deref().unwrap_or_default().iter();
    let removed = named.filter(|id| !households.iter().any(|household| household.id == **id)).copied().collect();
    Ok(Pulled {
        cursor: cursor.write(),
        whole: reach.only.is_none(),
        server_time: now,
        time_token: keys.sign(TIME, &TimeClaims { at: now })?,
        receipt_key: ReceiptKey { kid: keys.kid.clone(), public_key: keys.public_key.clone() },
        log_heads,
        teams: queries::teams(conn, actor)?,
        entitlements: queries::entitlements(conn, &reach)?,
        goods: queries::goods(conn, actor)?,
        funds: queries::funds(conn, &ids)?,
        custody: queries::custody(conn, actor)?,
        slips: ledger::slips_of_own_teams(conn, actor)?,
        visits: queries::visits(conn, &reach, &ids, language)?,
        campaigns,
        households,
        removed,
        checks: Vec::new(),
        needs: Vec::new(),
    })
}
