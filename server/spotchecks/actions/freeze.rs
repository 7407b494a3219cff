//! A frame is frozen and drawn from, which only reads; then all of it is kept.

use std::collections::HashMap;

use serde_json::json;

use crate::accounts::{PersonId, TeamId};
use crate::campaigns::Campaign;
use crate::households::HouseholdId;
use crate::kit::db::{Conn, Tx};
use crate::kit::digest::hex;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Bytes, Candidate, CheckId, Draw, Frame, Kind, NewCheck, Rate, Sample, SampleId, Seats, Stratum, StratumOf, Terms};
use crate::spotchecks::{rules, store};

/// How a frame is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Freezing {
    pub(super) kind: Kind,
    pub(super) team: Option<TeamId>,
    pub(super) rate: Rate,
    pub(super) least: i64,
}

/// A frame and what was drawn from it, not yet kept.
#[derive(Debug)]
pub struct Frozen {
    how: Freezing,
    policy_version: i64,
    k: i64,
    seed: Bytes,
    frame: Frame,
    draw: Draw,
    strata: Vec<StratumOf>,
    /// With its place in the stratum.
    drawn: Vec<(Candidate, i64)>,
}

/// Freezes the frame and draws.
pub(super) fn freeze(conn: &mut Conn, campaign: &Campaign, seed: &Bytes, how: Freezing, candidates: Vec<Candidate>) -> Result<Frozen, Problem> {
    if candidates.is_empty() {
        return Err(Problem::of(Code::FrameEmpty));
    }
    let k = store::next_k(conn, campaign.id, how.kind)?;
    let number = u8::try_from(k).map_err(|_| Problem::of(Code::DrawsUsedUp))?;
    let seed = rules::draw::draw_seed(seed, how.kind, number);
    let frame = Frame::of(candidates.iter().map(|of| (of.household, Stratum::clone(&of.stratum))).collect());
    let draw = rules::draw::draw(&frame, &Terms { seed, rate: how.rate, min_per_stratum: how.least.unsigned_abs() });
    let strata = strata(&draw, &candidates);
    let drawn = drawn(&draw, candidates);
    Ok(Frozen { how, policy_version: campaign.policy.version, k, seed, frame, draw, strata, drawn })
}

impl Frozen {
    /// Whether it is still what would be drawn: no other draw of its kind came between, and the policy is the same.
    pub(super) fn stands(&self, conn: &mut Conn, campaign: &Campaign, how: Freezing) -> Result<bool, Problem> {
        Ok(self.how == how && self.policy_version == campaign.policy.version && self.k == store::next_k(conn, campaign.id, how.kind)?)
    }

    /// Keeps all of it; with it the facts for the log.
    pub(super) fn keep(&self, tx: &mut Tx<'_>, campaign: &Campaign, id: SampleId, by: PersonId) -> Result<(Sample, serde_json::Value), Problem> {
        let sample = Sample {
            id,
            campaign_id: campaign.id,
            kind: self.how.kind,
            k: self.k,
            team_id: self.how.team,
            words: String::new(),
            rate: self.how.rate,
            min_per_stratum: self.how.least,
            policy_version: self.policy_version,
            households: count(self.frame.lines().len()),
            size: signed(self.draw.size),
            seats: count(self.draw.drawn.len()),
            handed_fen: self.strata.iter().map(|of| of.handed_fen).sum(),
            root: Some(hex(&self.draw.root)),
            draw_seed: Some(hex(&self.seed)),
            drawn_by: by,
            drawn_at: tx.now,
        };
        store::insert(tx.conn, &sample, &self.strata, &self.frame)?;
        let check = |(of, place): &(Candidate, i64)| NewCheck { id: CheckId::fresh(tx.now, tx.chance), of: of.clone(), place: *place, replaces: None };
        let checks: Vec<NewCheck> = self.drawn.iter().map(check).collect();
        store::insert_checks(tx.conn, id, campaign.id, &checks, tx.now)?;
        let facts = json!({
            "campaign_id": campaign.id, "kind": sample.kind, "k": sample.k, "team_id": sample.team_id, "policy_version": sample.policy_version,
            "rate": sample.rate, "min_per_stratum": sample.min_per_stratum, "root": sample.root, "draw_seed": sample.draw_seed,
            "households": sample.households, "size": sample.size, "seats": sample.seats
        });
        Ok((sample, facts))
    }
}

fn strata(draw: &Draw, candidates: &[Candidate]) -> Vec<StratumOf> {
    let mut handed: HashMap<&Stratum, i64> = HashMap::new();
    for candidate in candidates {
        *handed.entry(&candidate.stratum).or_default() += candidate.handed_fen;
    }
    let stratum = |of: &Seats| StratumOf {
        stratum: of.stratum.to_string(),
        households: signed(of.households),
        seats: signed(of.seats),
        handed_fen: handed.get(&of.stratum).copied().unwrap_or_default(),
    };
    draw.strata.iter().map(stratum).collect()
}

/// Those that were drawn, by household: in this order the indexes of what is kept, and the files it points to, are gone through page by page.
fn drawn(draw: &Draw, candidates: Vec<Candidate>) -> Vec<(Candidate, i64)> {
    let places: HashMap<HouseholdId, u64> = draw.drawn.iter().map(|of| (of.household, of.place)).collect();
    let mut drawn: Vec<(Candidate, i64)> = candidates.into_iter().filter_map(|of| places.get(&of.household).map(|place| (of, signed(*place)))).collect();
    drawn.sort_unstable_by_key(|(of, _)| of.household);
    drawn
}

pub(super) fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

fn signed(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
