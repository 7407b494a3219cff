//! Samples, as they stand.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::readable;
use crate::accounts::Actor;
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{CheckState, Sample, SampleId, StratumOf};
use crate::spotchecks::store;

/// How many checks stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CheckCounts)]
pub struct Counts {
    /// Nobody has asked yet.
    pub waiting: i64,
    /// Answered, without a verdict.
    pub answered: i64,
    /// With a verdict.
    pub judged: i64,
    /// Fallen out of the sample.
    pub replaced: i64,
}

/// A sample with its strata.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SampleView {
    /// The sample.
    #[serde(flatten)]
    pub sample: Sample,
    /// By stratum.
    pub strata: Vec<StratumOf>,
    /// How far its checks have come.
    pub checks: Counts,
}

/// The samples of a campaign, newest first.
pub fn list(conn: &mut Conn, actor: &Actor, campaign: CampaignId, page: &PageQuery) -> Result<Page<Sample>, Problem> {
    readable(conn, actor, campaign)?;
    let limit = page.limit()?;
    let before = page.after()?.map(|key| read_key(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let rows = store::page(conn, campaign, before, limit + 1)?;
    Ok(Page::of(rows, limit, |sample| format!("{}{}", sample.id, sample.drawn_at.ms())))
}

/// One sample.
pub fn one(conn: &mut Conn, actor: &Actor, id: SampleId) -> Result<SampleView, Problem> {
    let sample = visible(conn, actor, id)?;
    let mut checks = Counts::default();
    for (state, count) in store::count_checks(conn, id)? {
        match state {
            CheckState::Waiting => checks.waiting = count,
            CheckState::Answered => checks.answered = count,
            CheckState::Judged => checks.judged = count,
            CheckState::Replaced => checks.replaced = count,
        }
    }
    Ok(SampleView { sample, strata: store::strata_of(conn, id)?, checks })
}

/// A sample that this actor may read.
pub(super) fn visible(conn: &mut Conn, actor: &Actor, id: SampleId) -> Result<Sample, Problem> {
    super::must_read(actor)?;
    let sample = store::sample(conn, id)?.ok_or(Problem::of(Code::NotFound))?;
    readable(conn, actor, sample.campaign_id)?;
    Ok(sample)
}

fn read_key(key: &str) -> Option<(Moment, SampleId)> {
    let (id, at) = key.split_at_checked(36)?;
    Some((Moment::from_ms(at.parse().ok()?), SampleId::parse(id)?))
}
