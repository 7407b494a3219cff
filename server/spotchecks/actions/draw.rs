//! `make`: freezes a frame and draws from it, in one transaction.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use super::choose::choose;
use super::for_supervisor;
use crate::accounts::{Actor, PersonId, TeamId};
use crate::campaigns::{Campaign, CampaignId, Seals};
use crate::households::HouseholdId;
use crate::kit::db::{Tx, lock_key};
use crate::kit::digest::hex;
use crate::kit::http::made::Made;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Bytes, Candidate, CheckId, Draw, Frame, Kind, NewCheck, Rate, Sample, SampleId, Stratum, StratumOf, Terms};
use crate::spotchecks::{queries, rules, store};

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

/// Draws a sample, or keeps what was chosen. A second try with the same id answers the first.
pub fn make(tx: &mut Tx<'_>, actor: &Actor, seals: &Seals, new: &NewSample) -> Result<Made<Sample>, Problem> {
    if new.kind == Kind::Targeted { choose(tx, actor, new) } else { draw(tx, actor, seals, new) }
}

fn draw(tx: &mut Tx<'_>, actor: &Actor, seals: &Seals, new: &NewSample) -> Result<Made<Sample>, Problem> {
    let campaign = for_supervisor(tx.conn, actor, new.campaign_id)?;
    if let Some(found) = begin(tx, new)? {
        return Ok(Made::before(found));
    }
    let seed = seals.commit(tx, campaign.id)?;
    if seed.revealed.is_some() {
        return Err(Problem::of(Code::SeedRevealed));
    }
    let seed = seals.seed_of(&seed)?;
    let mut candidates = if new.kind == Kind::Assisted { queries::assisted(tx.conn, campaign.id, None)? } else { queries::not_reached(tx.conn, campaign.id)? };
    let before = store::framed(tx.conn, campaign.id, new.kind)?;
    candidates.retain(|candidate| !before.contains(&candidate.household));
    let rate = Rate::of_ppm(campaign.policy.check_rate_permille * 1_000).ok_or_else(|| Problem::unexpected("the policy's rate is none"))?;
    let id = new.id.unwrap_or_else(|| SampleId::fresh(tx.now, tx.chance));
    let terms = Freezing { id, kind: new.kind, team: None, rate, least: campaign.policy.check_min_per_stratum, by: actor.id };
    let (sample, facts) = freeze(tx, &campaign, &seed, &terms, candidates)?;
    tx.record(actor.event("sample.drawn", "sample", id, facts));
    Ok(Made::now(sample))
}

/// Waits for its turn among the samples of the campaign; the sample with this id, where it was made before.
pub(super) fn begin(tx: &mut Tx<'_>, new: &NewSample) -> Result<Option<Sample>, Problem> {
    tx.lock(vec![lock_key(&["samples", new.campaign_id.as_str()])])?;
    let Some(id) = new.id else { return Ok(None) };
    let Some(found) = store::sample(tx.conn, id)? else { return Ok(None) };
    tx.unchanged();
    if (found.campaign_id, found.kind, &found.words) == (new.campaign_id, new.kind, &new.words) { Ok(Some(found)) } else { Err(Problem::of(Code::IdTaken)) }
}

/// How a frame is drawn from.
pub(super) struct Freezing {
    pub(super) id: SampleId,
    pub(super) kind: Kind,
    pub(super) team: Option<TeamId>,
    pub(super) rate: Rate,
    pub(super) least: i64,
    pub(super) by: PersonId,
}

/// Freezes the frame, draws, and keeps all of it; with it the facts for the log.
pub(super) fn freeze(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    seed: &Bytes,
    how: &Freezing,
    candidates: Vec<Candidate>,
) -> Result<(Sample, serde_json::Value), Problem> {
    if candidates.is_empty() {
        return Err(Problem::of(Code::FrameEmpty));
    }
    let k = store::next_k(tx.conn, campaign.id, how.kind)?;
    let number = u8::try_from(k).map_err(|_| Problem::of(Code::DrawsUsedUp))?;
    let seed = rules::draw::draw_seed(seed, how.kind, number);
    let frame = Frame::of(candidates.iter().map(|of| (of.household, Stratum::clone(&of.stratum))).collect());
    let draw = rules::draw::draw(&frame, &Terms { seed, rate: how.rate, min_per_stratum: how.least.unsigned_abs() });
    let strata = strata(&draw, &candidates);
    let sample = Sample {
        id: how.id,
        campaign_id: campaign.id,
        kind: how.kind,
        k,
        team_id: how.team,
        words: String::new(),
        rate: how.rate,
        min_per_stratum: how.least,
        policy_version: campaign.policy.version,
        households: count(frame.lines().len()),
        size: signed(draw.size),
        seats: count(draw.drawn.len()),
        handed_fen: strata.iter().map(|of| of.handed_fen).sum(),
        root: Some(hex(&draw.root)),
        draw_seed: Some(hex(&seed)),
        drawn_by: how.by,
        drawn_at: tx.now,
    };
    store::insert(tx.conn, &sample, &strata, &frame)?;
    store::insert_checks(tx.conn, sample.id, campaign.id, &checks(tx, &draw, candidates), tx.now)?;
    let facts = json!({
        "campaign_id": campaign.id, "kind": sample.kind, "k": k, "team_id": sample.team_id, "policy_version": sample.policy_version, "rate": sample.rate,
        "min_per_stratum": sample.min_per_stratum, "root": sample.root, "draw_seed": sample.draw_seed, "households": sample.households,
        "size": sample.size, "seats": sample.seats
    });
    Ok((sample, facts))
}

fn strata(draw: &Draw, candidates: &[Candidate]) -> Vec<StratumOf> {
    let mut handed: BTreeMap<&Stratum, i64> = BTreeMap::new();
    for candidate in candidates {
        *handed.entry(&candidate.stratum).or_default() += candidate.handed_fen;
    }
    let stratum = |of: &crate::spotchecks::model::Seats| StratumOf {
        stratum: of.stratum.to_string(),
        households: signed(of.households),
        seats: signed(of.seats),
        handed_fen: handed.get(&of.stratum).copied().unwrap_or_default(),
    };
    draw.strata.iter().map(stratum).collect()
}

fn checks(tx: &Tx<'_>, draw: &Draw, candidates: Vec<Candidate>) -> Vec<NewCheck> {
    let mut by_household: HashMap<HouseholdId, Candidate> = candidates.into_iter().map(|of| (of.household, of)).collect();
    let check = |drawn: &crate::spotchecks::model::Drawn| {
        let of = by_household.remove(&drawn.household)?;
        Some(NewCheck { id: CheckId::fresh(tx.now, tx.chance), of, place: signed(drawn.place), replaces: None })
    };
    draw.drawn.iter().filter_map(check).collect()
}

pub(super) fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

fn signed(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
