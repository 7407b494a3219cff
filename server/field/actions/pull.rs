//! `pull`: all that a phone needs, or what changed since it last asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::packs::{Key, Lists, Pack, Packs};
use super::prepare::{TIME, TimeClaims};
use crate::accounts::Actor;
use crate::accounts::tokens::Keys;
use crate::boards::BaseMap;
use crate::campaigns::{CampaignId, seal_keys_of};
use crate::field::model::{CampaignSeen, Cursor, EntitlementSeen, HouseholdSeen, Listed, LogHead, NeedSeen, Pulled, ReceiptKey, SealKeySeen, VisitSeen};
use crate::field::queries::{self, Changed, Reach};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::{Conn, Db};
use crate::kit::digest::sha256_hex;
use crate::kit::http::language::Language;
use crate::kit::http::problem::Problem;
use crate::ledger;

/// Households that are read at once for a pack.
const A_SLICE: usize = 500;

/// Who asks, and what for.
#[derive(Debug, Clone)]
pub(in crate::field) struct Asked {
    pub(in crate::field) actor: Actor,
    /// The cursor of the pull before.
    pub(in crate::field) since: Option<String>,
    pub(in crate::field) language: Language,
    /// The map that is set.
    pub(in crate::field) base_map: Option<BaseMap>,
}

/// What the actor's phone is handed.
///
/// # Errors
/// When the database fails; [`crate::kit::http::problem::Code::Busy`] where too many ask for everything at once.
pub(in crate::field) async fn pull(db: &Db, packs: &Packs, keys: Keys, asked: Asked) -> Result<Pulled, Problem> {
    let now = db.clock().now();
    if let Some(since) = asked.since.as_deref().and_then(Cursor::read) {
        let (asked, keys) = (asked.clone(), keys.clone());
        let changed = db.read(move |conn| {
            let heard = queries::chains_heard(conn, &asked.actor)?;
            match queries::changed_since(conn, &since, &heard.0)? {
                Changed::Everything => Ok(None),
                Changed::Households(ids) => {
                    let told = Told { checks_before: since.checks, ..changes(conn, &asked, heard, ids.into_iter().collect())? };
                    told.in_full(conn, &asked, &keys, now).map(Some)
                }
            }
        });
        if let Some(pulled) = changed.await? {
            return Ok(pulled);
        }
    }
    let _turn = packs.turn().await?;
    let held = packs.clone();
    let (pulled, new_place) = db
        .read(move |conn| {
            let campaigns = queries::campaigns(conn, &asked.actor)?;
            let ids = ids(&campaigns);
            let key = Key::of(&asked, &ids);
            let (pack, is_first) = held.get(&key, |known| up_to_date(conn, &asked, &ids, known))?;
            // What the pack knows of the log: it may be a commit ahead of what this reads.
            let cursor = Cursor { view: queries::view_of(&asked.actor), chains: pack.chains.clone(), checks: None };
            let told =
                Told { cursor, log_heads: pack.log_heads.clone(), lists: pack.lists()?, campaigns, removed: Vec::new(), whole: true, checks_before: None };
            Ok((told.in_full(conn, &asked, &keys, now)?, is_first.then_some(key)))
        })
        .await?;
    if let Some(key) = new_place {
        packs.let_go(key);
    }
    Ok(pulled)
}

fn ids(campaigns: &[CampaignSeen]) -> Vec<CampaignId> {
    campaigns.iter().map(|campaign| campaign.id).collect()
}

/// What changed of these households.
fn changes(conn: &mut Conn, asked: &Asked, (cursor, log_heads): (Cursor, Vec<LogHead>), changed: Vec<HouseholdId>) -> Result<Told, Problem> {
    let reach = Reach { teams: asked.actor.team_ids(), only: changed };
    let campaigns = queries::campaigns(conn, &asked.actor)?;
    let Read { households, entitlements, visits, needs } = lists(conn, &reach, asked, &ids(&campaigns))?;
    let named = reach.only.iter();
    let removed = named.filter(|id| !households.iter().any(|household| household.id == **id)).copied().collect();
    let lists = Lists { households: Listed::Own(households), entitlements: Listed::Own(entitlements), visits: Listed::Own(visits), needs: Listed::Own(needs) };
    Ok(Told { cursor, log_heads, lists, campaigns, removed, whole: false, checks_before: None })
}

/// The pack as this reader's moment has it: the one there is, with what changed since in place of what was, or a new one.
fn up_to_date(conn: &mut Conn, asked: &Asked, campaigns: &[CampaignId], known: Option<&Arc<Pack>>) -> Result<Arc<Pack>, Problem> {
    let (Cursor { chains, .. }, log_heads) = queries::chains_heard(conn, &asked.actor)?;
    let changed = match known {
        Some(known) => match queries::changed_between(conn, &known.chains, &chains)? {
            // As it stands, or another was quicker and read a later moment.
            Changed::Households(_) if chains.iter().all(|(chain, head)| known.chains.get(chain).is_some_and(|heard| heard >= head)) => {
                return Ok(Arc::clone(known));
            }
            Changed::Households(changed) => Some((Pack::clone(known), changed.into_iter().collect::<Vec<_>>())),
            Changed::Everything => None,
        },
        None => None,
    };
    let teams = asked.actor.team_ids();
    let is_anew = changed.is_none();
    let (mut pack, ids) = match changed {
        Some(changed) => changed,
        None => (Pack::default(), queries::ids_of(conn, &teams)?),
    };
    // Read whole, a list lies in memory several times over before it is written.
    for some in ids.chunks(A_SLICE) {
        let read = lists(conn, &Reach { teams: teams.clone(), only: some.to_vec() }, asked, campaigns)?;
        let out = if is_anew { BTreeSet::new() } else { some.iter().copied().collect() };
        pack = Pack {
            households: pack.households.with(&out, &read.households)?,
            entitlements: pack.entitlements.with(&out, &read.entitlements)?,
            visits: pack.visits.with(&out, &read.visits)?,
            needs: pack.needs.with(&out, &read.needs)?,
            ..pack
        };
    }
    Ok(Arc::new(Pack { chains, log_heads, ..pack }))
}

struct Read {
    households: Vec<HouseholdSeen>,
    entitlements: Vec<EntitlementSeen>,
    visits: Vec<VisitSeen>,
    needs: Vec<NeedSeen>,
}

/// The lists that grow with the households.
fn lists(conn: &mut Conn, reach: &Reach, asked: &Asked, campaigns: &[CampaignId]) -> Result<Read, Problem> {
    let mut households = queries::households(conn, reach)?;
    let mut standings = queries::standings(conn, reach)?;
    for household in &mut households {
        household.standings = standings.remove(&household.id).unwrap_or_default();
    }
    let entitlements = queries::entitlements(conn, reach)?;
    let visits = queries::visits(conn, reach, campaigns, asked.language)?;
    Ok(Read { households, entitlements, visits, needs: queries::needs(conn, reach, campaigns)? })
}

/// What is told of households, and how far that goes.
struct Told {
    cursor: Cursor,
    log_heads: Vec<LogHead>,
    lists: Lists,
    campaigns: Vec<CampaignSeen>,
    removed: Vec<HouseholdId>,
    whole: bool,
    /// Which checks the phone has, where it has any.
    checks_before: Option<String>,
}

impl Told {
    /// With all the short lists.
    fn in_full(mut self, conn: &mut Conn, asked: &Asked, keys: &Keys, now: Moment) -> Result<Pulled, Problem> {
        let actor = &asked.actor;
        let checks = queries::checks(conn, actor)?;
        let checked: BTreeSet<CampaignId> = checks.iter().map(|check| check.campaign_id).collect();
        let mut campaigns = self.campaigns;
        let lacking: Vec<CampaignId> = checked.iter().copied().filter(|id| !campaigns.iter().any(|campaign| campaign.id == *id)).collect();
        campaigns.extend(queries::campaigns_of(conn, actor, &lacking)?);
        let ids = ids(&campaigns);
        let check_goods = queries::check_goods(conn, &checked.into_iter().collect::<Vec<_>>())?;
        let mark = serde_json::to_vec(&(&checks, &check_goods)).map_err(Problem::unexpected).map(|text| sha256_hex(&text))?;
        let are_new = self.checks_before.as_ref() != Some(&mark);
        self.cursor.checks = Some(mark);
        let mut seal_keys = seal_keys_of(conn, &ids)?;
        for campaign in &mut campaigns {
            campaign.seal_key = seal_keys.remove(&campaign.id).map(SealKeySeen::from);
        }
        Ok(Pulled {
            cursor: self.cursor.write(),
            whole: self.whole,
            server_time: now,
            time_token: keys.sign(TIME, &TimeClaims { at: now })?,
            receipt_key: ReceiptKey { kid: keys.kid.clone(), public_key: keys.public_key.clone() },
            log_heads: self.log_heads,
            teams: queries::teams(conn, actor)?,
            entitlements: self.lists.entitlements,
            goods: queries::goods(conn, actor)?,
            funds: queries::funds(conn, &ids)?,
            custody: queries::custody(conn, actor)?,
            slips: ledger::slips_of_own_teams(conn, actor)?,
            visits: self.lists.visits,
            campaigns,
            households: self.lists.households,
            removed: self.removed,
            checks: are_new.then_some(checks),
            check_goods,
            needs: self.lists.needs,
            base_map: asked.base_map.clone(),
        })
    }
}
