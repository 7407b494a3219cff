//! The proof of a draw: its head, its frame page by page, and what was drawn.

use super::read::whole;
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::households::HouseholdId;
use crate::kit::db::Conn;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{FORMAT, Line, ProofHead, Sample, SampleId};
use crate::spotchecks::store;

/// The head of a proof and the households that were drawn, by id. Where nothing was drawn by chance there is nothing to prove.
pub fn proof(conn: &mut Conn, actor: &Actor, id: SampleId) -> Result<(ProofHead, Vec<HouseholdId>), Problem> {
    let sample = whole(conn, actor, id)?;
    of_sample(conn, sample)
}

/// The same for everybody, once nothing can be prepared for with it: when each household that was drawn has been asked, or when the
/// campaign's seed is published.
pub fn public_proof(conn: &mut Conn, campaign: CampaignId, id: SampleId) -> Result<(ProofHead, Vec<HouseholdId>), Problem> {
    let sample = store::sample(conn, id)?.filter(|sample| sample.campaign_id == campaign && sample.root.is_some()).ok_or(Problem::of(Code::NotFound))?;
    let is_revealed = campaigns::draw_seed(conn, campaign)?.is_some_and(|seed| seed.revealed.is_some());
    if !is_revealed && store::waiting_in(conn, &[id])?.contains(&id) {
        return Err(Problem::of(Code::FrameNotPublic));
    }
    of_sample(conn, sample)
}

fn of_sample(conn: &mut Conn, sample: Sample) -> Result<(ProofHead, Vec<HouseholdId>), Problem> {
    let id = sample.id;
    let seed = campaigns::draw_seed(conn, sample.campaign_id)?.ok_or(Problem::of(Code::NotFound))?;
    let (Some(root), Some(draw_seed)) = (sample.root, sample.draw_seed) else { return Err(Problem::of(Code::NotFound)) };
    let head = ProofHead {
        format: FORMAT.to_owned(),
        campaign_id: sample.campaign_id,
        kind: sample.kind,
        k: u8::try_from(sample.k).unwrap_or_default(),
        commitment: seed.commitment,
        committed_at: seed.committed_at,
        campaign_seed: seed.revealed,
        draw_seed,
        rate: sample.rate,
        min_per_stratum: sample.min_per_stratum.unsigned_abs(),
        root,
        households: sample.households.unsigned_abs(),
        size: sample.size.unsigned_abs(),
        drawn_at: sample.drawn_at,
        seats: store::strata_of(conn, id)?.into_iter().map(|of| (of.stratum, of.seats.unsigned_abs())).collect(),
    };
    Ok((head, store::drawn_ids(conn, id)?))
}

/// One lot of the frame, from 0; none after the last. The caller has seen the proof's head.
pub fn frame_lot(conn: &mut Conn, id: SampleId, lot: i64) -> Result<Option<Vec<Line>>, Problem> {
    Ok(store::frame_lot(conn, id, lot)?)
}
