//! Lists and sums.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::{EntryRow, keyed};
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{balances, entries, postings};
use crate::ledger::model::keys::{AccountKind, CommodityKind};
use crate::ledger::model::{Balances, Commodity, EntryId};

/// Recipients are many; they are summed up and listed elsewhere.
const LISTED: [AccountKind; 6] =
    [AccountKind::Source, AccountKind::Store, AccountKind::Team, AccountKind::Unexplained, AccountKind::Returned, AccountKind::Loss];
const OF_ORGS_AND_TEAMS: [AccountKind; 3] = [AccountKind::Store, AccountKind::Team, AccountKind::Unexplained];

/// Where a page of entries ended: by the server's time, because ids are made by clocks that may be off.
pub type Place = (Moment, EntryId);

/// Entries of a campaign, newest first, `limit` of them before `before`; only those that touch these accounts, where some are named.
pub fn entries_of(conn: &mut Conn, campaign: CampaignId, accounts: Option<&[String]>, before: Option<Place>, limit: i64) -> QueryResult<Vec<EntryRow>> {
    let mut query = entries::table.filter(entries::campaign_id.eq(campaign)).select(EntryRow::as_select()).into_boxed();
    if let Some((made_at, id)) = before {
        query = query.filter(entries::made_at.lt(made_at).or(entries::made_at.eq(made_at).and(entries::id.lt(id))));
    }
    if let Some(accounts) = accounts {
        let touched = postings::table
            .filter(postings::campaign_id.eq(campaign))
            .filter(postings::account_kind.eq_any(OF_ORGS_AND_TEAMS))
            .filter(postings::account_id.eq_any(accounts))
            .select(postings::entry_id);
        query = query.filter(entries::id.eq_any(touched));
    }
    query.order((entries::made_at.desc(), entries::id.desc())).limit(limit).load(conn)
}

/// Of these entries, those that were reversed, with what reversed them.
pub fn reversals_of(conn: &mut Conn, ids: &[EntryId]) -> QueryResult<Vec<(EntryId, EntryId)>> {
    let ids: Vec<Option<EntryId>> = ids.iter().copied().map(Some).collect();
    let rows: Vec<(Option<EntryId>, EntryId)> = entries::table.filter(entries::reverses.eq_any(ids)).select((entries::reverses, entries::id)).load(conn)?;
    Ok(rows.into_iter().filter_map(|(of, by)| of.map(|of| (of, by))).collect())
}

/// What accounts other than recipients hold; only these, where some are named.
pub fn holdings(conn: &mut Conn, campaign: CampaignId, accounts: Option<&[String]>) -> QueryResult<Balances> {
    let columns = (balances::account_kind, balances::account_id, balances::commodity_kind, balances::commodity_id, balances::amount);
    let mut query = balances::table
        .filter(balances::campaign_id.eq(campaign).and(balances::account_kind.eq_any(LISTED)).and(balances::amount.ne(0)))
        .select(columns)
        .into_boxed();
    if let Some(accounts) = accounts {
        query = query.filter(balances::account_id.eq_any(accounts));
    }
    let rows: Vec<(AccountKind, String, CommodityKind, String, i64)> = query.load(conn)?;
    rows.into_iter().map(keyed).collect()
}

type SumRow = (AccountKind, CommodityKind, String, i64);

/// What the balances say each kind of account holds.
pub fn sums_of_balances(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Vec<(AccountKind, Commodity, i64)>> {
    let by = (balances::account_kind, balances::commodity_kind, balances::commodity_id);
    let rows: Vec<SumRow> = balances::table
        .filter(balances::campaign_id.eq(campaign))
        .group_by(by)
        .select((balances::account_kind, balances::commodity_kind, balances::commodity_id, sql::<BigInt>("CAST(SUM(amount) AS BIGINT)")))
        .load(conn)?;
    rows.into_iter().map(sum).collect()
}

/// What the postings say each kind of account holds.
pub fn sums_of_postings(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Vec<(AccountKind, Commodity, i64)>> {
    let by = (postings::account_kind, postings::commodity_kind, postings::commodity_id);
    let rows: Vec<SumRow> = postings::table
        .filter(postings::campaign_id.eq(campaign))
        .group_by(by)
        .select((postings::account_kind, postings::commodity_kind, postings::commodity_id, sql::<BigInt>("CAST(SUM(amount) AS BIGINT)")))
        .load(conn)?;
    rows.into_iter().map(sum).collect()
}

fn sum((kind, commodity_kind, commodity_id, amount): SumRow) -> QueryResult<(AccountKind, Commodity, i64)> {
    let commodity = Commodity::named(commodity_kind, &commodity_id);
    commodity.map(|commodity| (kind, commodity, amount)).ok_or_else(|| diesel::result::Error::DeserializationError("a posting names no commodity".into()))
}
