//! Samples, as they stand.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::readable;
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
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
    /// By stratum; none where this reader sees a part of the campaign only.
    pub strata: Vec<StratumOf>,
    /// Whether this reader sees a part of the campaign only: the checks of their own orgs, and neither what comes out of the sample nor
    /// its proof, which name those of others.
    pub in_part: bool,
    /// How far its checks have come.
    pub checks: Counts,
}

/// The samples of a campaign, newest first.
///
/// # Errors
/// When it is out of sight.
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
    let in_part = !sees_all(conn, actor, &sample)?;
    let strata = if in_part { Vec::new() } else { store::strata_of(conn, id)? };
    Ok(SampleView { sample, strata, in_part, checks })
}

/// A sample that this actor may read all of.
pub(super) fn whole(conn: &mut Conn, actor: &Actor, id: SampleId) -> Result<Sample, Problem> {
    let sample = visible(conn, actor, id)?;
    if sees_all(conn, actor, &sample)? { Ok(sample) } else { Err(Problem::of(Code::Forbidden)) }
}

/// Whether all of a sample's campaign lies in the actor's subtree: as in the ledger, others read their own part.
fn sees_all(conn: &mut Conn, actor: &Actor, sample: &Sample) -> Result<bool, Problem> {
    let (_, org) = campaigns::visible(conn, actor, sample.campaign_id)?;
    Ok(actor.covers(&org.path))
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
