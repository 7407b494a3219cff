//! `make`: freezes a frame and draws from it. Reading and drawing take long in a large campaign and hold nobody up; keeping what was drawn
//! is one short transaction.

use super::choose::choose;
use super::for_supervisor;
use super::freeze::{Freezing, Frozen, freeze};
use crate::accounts::Actor;
use crate::campaigns::{self, Campaign, CampaignId, Seals};
use crate::households::HouseholdId;
use crate::kit::db::{Conn, Tx, lock_key};
use crate::kit::http::made::Made;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Bytes, Kind, Rate, Sample, SampleId};
use crate::spotchecks::{queries, store};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewSample {
    /// Made by the asker, or none.
    pub id: Option<SampleId>,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// What to draw from.
    pub kind: Kind,
    /// The households chosen; none where chance chooses.
    pub households: Vec<HouseholdId>,
    /// Why they were chosen.
    pub words: String,
}

/// Draws beside all writers, for [`make`] to keep. None where there is nothing to be drawn, or not yet.
pub fn draw_beside(conn: &mut Conn, actor: &Actor, seals: &Seals, new: &NewSample) -> Result<Option<Frozen>, Problem> {
    if new.kind == Kind::Targeted {
        return Ok(None);
    }
    let campaign = for_supervisor(conn, actor, new.campaign_id)?;
    if is_made(conn, new)? {
        return Ok(None);
    }
    let Some(seed) = campaigns::draw_seed(conn, campaign.id)?.filter(|seed| seed.revealed.is_none()) else { return Ok(None) };
    match draw(conn, &campaign, &seals.seed_of(&seed)?, new.kind) {
        // Another try with the same id was quicker, and has framed everybody.
        Err(_) if is_made(conn, new)? => Ok(None),
        drawn => drawn.map(Some),
    }
}

fn is_made(conn: &mut Conn, new: &NewSample) -> Result<bool, Problem> {
    Ok(match new.id {
        Some(id) => store::sample(conn, id)?.is_some(),
        None => false,
    })
}

/// Keeps a sample that was drawn beside, or draws it here where that does not stand any more; or keeps what was chosen. A second try with
/// the same id answers the first.
pub fn make(tx: &mut Tx<'_>, actor: &Actor, seals: &Seals, new: &NewSample, beside: Option<&Frozen>) -> Result<Made<Sample>, Problem> {
    if new.kind == Kind::Targeted {
        return choose(tx, actor, new);
    }
    let campaign = for_supervisor(tx.conn, actor, new.campaign_id)?;
    if let Some(found) = begin(tx, new)? {
        return Ok(Made::before(found));
    }
    let seed = seals.commit(tx, campaign.id)?;
    if seed.revealed.is_some() {
        return Err(Problem::of(Code::SeedRevealed));
    }
    let here;
    let frozen = match beside {
        Some(frozen) if frozen.stands(tx.conn, &campaign, how(&campaign, new.kind)?)? => frozen,
        _ => {
            here = draw(tx.conn, &campaign, &seals.seed_of(&seed)?, new.kind)?;
            &here
        }
    };
    let id = new.id.unwrap_or_else(|| SampleId::fresh(tx.now, tx.chance));
    let (sample, facts) = frozen.keep(tx, &campaign, id, actor.id)?;
    tx.record(actor.event("sample.drawn", "sample", id, facts));
    Ok(Made::now(sample))
}

fn how(campaign: &Campaign, kind: Kind) -> Result<Freezing, Problem> {
    let rate = Rate::of_ppm(campaign.policy.check_rate_permille * 1_000).ok_or_else(|| Problem::unexpected("the policy's rate is none"))?;
    Ok(Freezing { kind, team: None, rate, least: campaign.policy.check_min_per_stratum })
}

fn draw(conn: &mut Conn, campaign: &Campaign, seed: &Bytes, kind: Kind) -> Result<Frozen, Problem> {
    let how = how(campaign, kind)?;
    let mut candidates = if kind == Kind::Assisted { queries::assisted(conn, campaign.id, None)? } else { queries::not_reached(conn, campaign.id)? };
    let before = store::framed(conn, campaign.id, kind)?;
    candidates.retain(|candidate| !before.contains(&candidate.household));
    freeze(conn, campaign, seed, how, candidates)
}

/// Waits for its turn among the samples of the campaign; the sample with this id, where it was made before.
pub(super) fn begin(tx: &mut Tx<'_>, new: &NewSample) -> Result<Option<Sample>, Problem> {
    tx.lock(vec![lock_key(&["samples", new.campaign_id.as_str()])])?;
    let Some(id) = new.id else { return Ok(None) };
    let Some(found) = store::sample(tx.conn, id)? else { return Ok(None) };
    tx.unchanged();
    if (found.campaign_id, found.kind, &found.words) == (new.campaign_id, new.kind, &new.words) { Ok(Some(found)) } else { Err(Problem::of(Code::IdTaken)) }
}
