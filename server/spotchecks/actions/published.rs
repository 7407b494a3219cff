//! `published`: what everybody may know of a campaign's draws, without a session. It names no household.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::campaigns::{self, CampaignId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Kind, Rate, SampleId};
use crate::spotchecks::{queries, store};

/// Draws told: 255 of each kind.
const MOST: i64 = 3 * 255;

/// The draws of a campaign, and what they were promised to be made from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DrawsPublished {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Its name.
    pub name: String,
    /// SHA-256 of the seed that all its draws are made from; null until it has opened.
    pub commitment: Option<String>,
    /// When that was published.
    pub committed_at: Option<Moment>,
    /// The seed itself, once it is published. Nothing is drawn after that.
    pub campaign_seed: Option<String>,
    /// When it was published.
    pub revealed_at: Option<Moment>,
    /// What was drawn, oldest first.
    pub draws: Vec<DrawPublished>,
}

/// One draw.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DrawPublished {
    /// Its id.
    pub id: SampleId,
    /// What it was drawn from.
    pub kind: Kind,
    /// The how-manieth of its kind.
    pub k: i64,
    /// `SHA-256(campaign_seed ‖ kind ‖ k)`.
    pub draw_seed: Option<String>,
    /// SHA-256 of the frame.
    pub root: Option<String>,
    /// The share of the frame.
    pub rate: Rate,
    /// So many of each stratum at least.
    pub min_per_stratum: i64,
    /// How many stood in the frame.
    pub households: i64,
    /// The share of the frame, before the least of each stratum is added.
    pub size: i64,
    /// How many were drawn.
    pub seats: i64,
    /// When.
    pub drawn_at: Moment,
    /// Whether everybody may have the frame by now: each household that was drawn has been asked, or the campaign's seed is published.
    pub frame_is_public: bool,
    /// By stratum.
    pub strata: Vec<StratumPublished>,
}

/// One stratum.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct StratumPublished {
    /// `team_code/category`.
    pub stratum: String,
    /// How many households stood in it.
    pub households: i64,
    /// How many of them were drawn.
    pub seats: i64,
}

/// The draws of a campaign that is no draft.
pub fn published(conn: &mut Conn, campaign: CampaignId) -> Result<DrawsPublished, Problem> {
    let name = queries::name_of_campaign(conn, campaign)?.ok_or(Problem::of(Code::NotFound))?;
    let seed = campaigns::draw_seed(conn, campaign)?;
    let samples = store::of_campaign(conn, campaign, MOST)?;
    let ids: Vec<SampleId> = samples.iter().map(|sample| sample.id).collect();
    let mut strata: HashMap<SampleId, Vec<StratumPublished>> = HashMap::new();
    for (sample, of) in store::strata_of_all(conn, &ids)? {
        strata.entry(sample).or_default().push(StratumPublished { stratum: of.stratum, households: of.households, seats: of.seats });
    }
    let is_revealed = seed.as_ref().is_some_and(|seed| seed.revealed.is_some());
    let waiting = store::waiting_in(conn, &ids)?;
    let draw = |of: crate::spotchecks::model::Sample| DrawPublished {
        id: of.id,
        kind: of.kind,
        k: of.k,
        draw_seed: of.draw_seed,
        root: of.root,
        rate: of.rate,
        min_per_stratum: of.min_per_stratum,
        households: of.households,
        size: of.size,
        seats: of.seats,
        drawn_at: of.drawn_at,
        frame_is_public: is_revealed || !waiting.contains(&of.id),
        strata: strata.remove(&of.id).unwrap_or_default(),
    };
    let draws = samples.into_iter().map(draw).collect();
    let (commitment, committed_at) = seed.as_ref().map(|seed| (seed.commitment.clone(), seed.committed_at)).unzip();
    let (campaign_seed, revealed_at) = seed.map_or((None, None), |seed| (seed.revealed, seed.revealed_at));
    Ok(DrawsPublished { campaign_id: campaign, name, commitment, committed_at, campaign_seed, revealed_at, draws })
}
