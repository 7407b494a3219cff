//! The seeds that spot checks are drawn from.

use diesel::prelude::*;

use crate::campaigns::model::{CampaignId, CampaignStatus, DrawSeed};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{campaigns, draw_seeds, orgs};

type Row = (CampaignId, String, String, Moment, Option<String>, Option<Moment>);

fn seed_of((campaign_id, commitment, seed, committed_at, revealed, revealed_at): Row) -> DrawSeed {
    DrawSeed { campaign_id, commitment, seed, committed_at, revealed, revealed_at }
}

/// The seed of a campaign.
pub fn draw_seed(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Option<DrawSeed>> {
    let row: Option<Row> = draw_seeds::table.find(campaign).first(conn).optional()?;
    Ok(row.map(seed_of))
}

/// Seeds after this campaign's, by campaign.
pub fn draw_seeds_after(conn: &mut Conn, after: CampaignId, limit: i64) -> QueryResult<Vec<DrawSeed>> {
    let rows: Vec<Row> = draw_seeds::table.filter(draw_seeds::campaign_id.gt(after)).order(draw_seeds::campaign_id).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(seed_of).collect())
}

/// Adds a seed.
pub fn insert_draw_seed(conn: &mut Conn, seed: &DrawSeed) -> QueryResult<()> {
    let row = (
        draw_seeds::campaign_id.eq(seed.campaign_id),
        draw_seeds::commitment.eq(&seed.commitment),
        draw_seeds::seed.eq(&seed.seed),
        draw_seeds::committed_at.eq(seed.committed_at),
    );
    diesel::insert_into(draw_seeds::table).values(row).execute(conn).map(drop)
}

/// Keeps a seed locked anew.
pub fn lock_draw_seed_anew(conn: &mut Conn, campaign: CampaignId, seed: &str) -> QueryResult<()> {
    diesel::update(draw_seeds::table.find(campaign)).set(draw_seeds::seed.eq(seed)).execute(conn).map(drop)
}

/// Publishes a seed.
pub fn reveal_draw_seed(conn: &mut Conn, campaign: CampaignId, seed: &str, at: Moment) -> QueryResult<()> {
    let set = (draw_seeds::revealed.eq(Some(seed)), draw_seeds::revealed_at.eq(Some(at)));
    diesel::update(draw_seeds::table.find(campaign)).set(set).execute(conn).map(drop)
}

/// Open campaigns that have no seed, each with the chain of its org: those that were opened before there were spot checks.
pub fn uncommitted(conn: &mut Conn, limit: i64) -> QueryResult<Vec<(CampaignId, String)>> {
    campaigns::table
        .inner_join(orgs::table.on(orgs::id.eq(campaigns::org_id)))
        .left_join(draw_seeds::table.on(draw_seeds::campaign_id.eq(campaigns::id)))
        .filter(campaigns::status.eq(CampaignStatus::Open).and(draw_seeds::campaign_id.is_null()))
        .order(campaigns::id)
        .limit(limit)
        .select((campaigns::id, orgs::chain))
        .load(conn)
}
