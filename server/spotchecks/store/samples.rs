//! Samples, their strata and their frames.

use diesel::dsl::max;
use diesel::prelude::*;

use super::frames;
use crate::accounts::{PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::insert_all;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{checks, sample_strata, samples};
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::{Frame, Kind, Rate, Sample, SampleId, StratumOf};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = samples, treat_none_as_default_value = false)]
struct Row {
    id: SampleId,
    campaign_id: CampaignId,
    kind: Kind,
    k: i64,
    team_id: Option<TeamId>,
    words: String,
    rate_ppm: i64,
    min_per_stratum: i64,
    policy_version: i64,
    households: i64,
    size: i64,
    seats: i64,
    handed_fen: i64,
    root: Option<String>,
    draw_seed: Option<String>,
    drawn_by: PersonId,
    drawn_at: Moment,
}

impl From<&Sample> for Row {
    fn from(of: &Sample) -> Self {
        let (words, root, draw_seed, rate_ppm) = (of.words.clone(), of.root.clone(), of.draw_seed.clone(), of.rate.ppm());
        let Sample { id, campaign_id, kind, k, team_id, min_per_stratum, policy_version, households, size, seats, handed_fen, drawn_by, drawn_at, .. } = *of;
        Self {
            id,
            campaign_id,
            kind,
            k,
            team_id,
            words,
            rate_ppm,
            min_per_stratum,
            policy_version,
            households,
            size,
            seats,
            handed_fen,
            root,
            draw_seed,
            drawn_by,
            drawn_at,
        }
    }
}

impl TryFrom<Row> for Sample {
    type Error = diesel::result::Error;

    fn try_from(row: Row) -> QueryResult<Self> {
        let rate = Rate::of_ppm(row.rate_ppm).ok_or_else(|| Self::Error::DeserializationError("a sample's rate is none".into()))?;
        let Row { id, campaign_id, kind, k, team_id, words, min_per_stratum, policy_version, households, size, seats, handed_fen, .. } = row;
        let Row { root, draw_seed, drawn_by, drawn_at, .. } = row;
        Ok(Self {
            id,
            campaign_id,
            kind,
            k,
            team_id,
            words,
            rate,
            min_per_stratum,
            policy_version,
            households,
            size,
            seats,
            handed_fen,
            root,
            draw_seed,
            drawn_by,
            drawn_at,
        })
    }
}

/// One sample.
pub(in crate::spotchecks) fn sample(conn: &mut Conn, id: SampleId) -> QueryResult<Option<Sample>> {
    let row: Option<Row> = samples::table.find(id).select(Row::as_select()).first(conn).optional()?;
    row.map(Sample::try_from).transpose()
}

/// The samples of a campaign, newest first, `limit` of them before `before`.
pub(in crate::spotchecks) fn page(conn: &mut Conn, campaign: CampaignId, before: Option<(Moment, SampleId)>, limit: i64) -> QueryResult<Vec<Sample>> {
    let mut query = samples::table.filter(samples::campaign_id.eq(campaign)).select(Row::as_select()).into_boxed();
    if let Some((at, id)) = before {
        query = query.filter(samples::drawn_at.lt(at).or(samples::drawn_at.eq(at).and(samples::id.lt(id))));
    }
    let rows: Vec<Row> = query.order((samples::drawn_at.desc(), samples::id.desc())).limit(limit).load(conn)?;
    rows.into_iter().map(Sample::try_from).collect()
}

/// Those of a campaign that chance drew, oldest first.
pub(in crate::spotchecks) fn of_campaign(conn: &mut Conn, campaign: CampaignId, limit: i64) -> QueryResult<Vec<Sample>> {
    let query = samples::table.filter(samples::campaign_id.eq(campaign).and(samples::root.is_not_null())).order((samples::drawn_at, samples::id));
    let rows: Vec<Row> = query.limit(limit).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Sample::try_from).collect()
}

/// The number of the next sample of a kind.
pub(in crate::spotchecks) fn next_k(conn: &mut Conn, campaign: CampaignId, kind: Kind) -> QueryResult<i64> {
    let last: Option<i64> = samples::table.filter(samples::campaign_id.eq(campaign).and(samples::kind.eq(kind))).select(max(samples::k)).first(conn)?;
    Ok(last.unwrap_or_default() + 1)
}

/// Adds a sample with its strata and its frame.
pub(in crate::spotchecks) fn insert(conn: &mut Conn, sample: &Sample, strata: &[StratumOf], frame: &Frame) -> QueryResult<()> {
    diesel::insert_into(samples::table).values(Row::from(sample)).execute(conn)?;
    let row = |of: &StratumOf| {
        (
            (sample_strata::sample_id.eq(sample.id), sample_strata::stratum.eq(of.stratum.clone())),
            (sample_strata::households.eq(of.households), sample_strata::seats.eq(of.seats), sample_strata::handed_fen.eq(of.handed_fen)),
        )
    };
    let rows: Vec<_> = strata.iter().map(row).collect();
    insert_all!(&mut *conn, &rows, |values| diesel::insert_into(sample_strata::table).values(values))?;
    frames::insert(conn, sample.id, frame)
}

type StratumRow = (SampleId, String, i64, i64, i64);

/// The strata of a sample, by name.
pub(in crate::spotchecks) fn strata_of(conn: &mut Conn, sample: SampleId) -> QueryResult<Vec<StratumOf>> {
    Ok(strata_of_all(conn, &[sample])?.into_iter().map(|(_, stratum)| stratum).collect())
}

/// The strata of these samples.
pub(in crate::spotchecks) fn strata_of_all(conn: &mut Conn, of: &[SampleId]) -> QueryResult<Vec<(SampleId, StratumOf)>> {
    let query = sample_strata::table.filter(among(sample_strata::sample_id, of)).order((sample_strata::sample_id, sample_strata::stratum));
    let rows: Vec<StratumRow> = query.load(conn)?;
    Ok(rows.into_iter().map(|(sample, stratum, households, seats, handed_fen)| (sample, StratumOf { stratum, households, seats, handed_fen })).collect())
}

/// Those that were drawn, by household; not those that took a place later.
pub(in crate::spotchecks) fn drawn_ids(conn: &mut Conn, sample: SampleId) -> QueryResult<Vec<HouseholdId>> {
    let drawn = checks::table.filter(checks::sample_id.eq(sample).and(checks::replaces.is_null()));
    drawn.order(checks::household_id).select(checks::household_id).load(conn)
}
