//! Funds.

use diesel::prelude::*;

use crate::accounts::OrgId;
use crate::campaigns::{CampaignId, Earmark};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::funds;
use crate::ledger::model::{Fund, FundId, FundSource};

type FundRow = (FundId, CampaignId, OrgId, String, FundSource, Earmark, i64);
type Columns = (funds::id, funds::campaign_id, funds::org_id, funds::name, funds::source, funds::earmark, funds::version);
const COLUMNS: Columns = (funds::id, funds::campaign_id, funds::org_id, funds::name, funds::source, funds::earmark, funds::version);

fn fund_of((id, campaign_id, org_id, name, source, earmark, version): FundRow) -> Fund {
    Fund { id, campaign_id, org_id, name, source, earmark, version }
}

/// One fund.
pub fn fund(conn: &mut Conn, id: FundId) -> QueryResult<Option<Fund>> {
    Ok(funds::table.find(id).select(COLUMNS).first(conn).optional()?.map(fund_of))
}

/// The funds of a campaign, by name.
pub fn funds_of(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Vec<Fund>> {
    let rows: Vec<FundRow> = funds::table.filter(funds::campaign_id.eq(campaign)).order((funds::name, funds::id)).select(COLUMNS).load(conn)?;
    Ok(rows.into_iter().map(fund_of).collect())
}

/// Adds a fund.
pub fn insert_fund(conn: &mut Conn, fund: &Fund, made_at: Moment) -> QueryResult<()> {
    let row = (
        funds::id.eq(fund.id),
        funds::campaign_id.eq(fund.campaign_id),
        funds::org_id.eq(fund.org_id),
        funds::name.eq(&fund.name),
        funds::source.eq(fund.source),
        funds::earmark.eq(fund.earmark),
        funds::version.eq(fund.version),
        funds::made_at.eq(made_at),
    );
    diesel::insert_into(funds::table).values(row).execute(conn).map(drop)
}
