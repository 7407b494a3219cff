//! Lists and holdings.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{EntryRow, keyed};
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{balances, entries, postings};
use crate::ledger::model::keys::{AccountKind, CommodityKind};
use crate::ledger::model::{Account, Commodity, EntryId, Filter, Moved, Touching};

/// Recipients are many; they are summed up and listed elsewhere.
const LISTED: [AccountKind; 6] =
    [AccountKind::Source, AccountKind::Store, AccountKind::Team, AccountKind::Unexplained, AccountKind::Returned, AccountKind::Loss];
const OF_ORGS_AND_TEAMS: [AccountKind; 3] = [AccountKind::Store, AccountKind::Team, AccountKind::Unexplained];

/// Where a page of entries ended: by the server's time, because ids are made by clocks that may be off.
pub type At = (Moment, EntryId);

/// Holds a query of entries to those that touch an account of these kinds, one of these where some are named, in this commodity where
/// one is. A boxed query takes no boxed one into itself: each shape is written out.
macro_rules! touching {
    ($query:expr, $campaign:expr, $kinds:expr, $ids:expr, $commodity:expr) => {{
        let of = postings::table.filter(postings::campaign_id.eq($campaign).and(postings::account_kind.eq_any($kinds)));
        let (of_ids, of_commodity) = (|ids: Vec<String>| postings::account_id.eq_any(ids), |id: String| postings::commodity_id.eq(id));
        let ids: Option<Vec<String>> = $ids;
        let commodity: Option<String> = $commodity;
        match (ids, commodity) {
            (None, None) => $query.filter(entries::id.eq_any(of.select(postings::entry_id))),
            (Some(ids), None) => $query.filter(entries::id.eq_any(of.filter(of_ids(ids)).select(postings::entry_id))),
            (None, Some(id)) => $query.filter(entries::id.eq_any(of.filter(of_commodity(id)).select(postings::entry_id))),
            (Some(ids), Some(id)) => $query.filter(entries::id.eq_any(of.filter(of_ids(ids)).filter(of_commodity(id)).select(postings::entry_id))),
        }
    }};
}

/// Entries of a campaign that are asked for, newest first, `limit` of them before `before`; only those that touch these accounts,
/// where some are named.
pub fn entries_of(
    conn: &mut Conn,
    campaign: CampaignId,
    accounts: Option<&[String]>,
    filter: &Filter,
    before: Option<At>,
    limit: i64,
) -> QueryResult<Vec<EntryRow>> {
    let mut query = entries::table.filter(entries::campaign_id.eq(campaign)).select(EntryRow::as_select()).into_boxed();
    if let Some((made_at, id)) = before {
        query = query.filter(entries::made_at.lt(made_at).or(entries::made_at.eq(made_at).and(entries::id.lt(id))));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(entries::kind.eq(kind));
    }
    if let Some(at) = filter.at {
        query = query.filter(entries::happened_at.le(at));
    }
    if let Some(accounts) = accounts {
        query = touching!(query, campaign, OF_ORGS_AND_TEAMS.to_vec(), Some(accounts.to_vec()), None);
    }
    for Touching { kinds, id } in filter.account.iter().chain(&filter.with) {
        query = touching!(query, campaign, kinds.clone(), id.clone().map(|id| vec![id]), filter.commodity.clone());
    }
    if filter.account.is_none() && filter.with.is_none() && filter.commodity.is_some() {
        query = touching!(query, campaign, AccountKind::ALL.to_vec(), None, filter.commodity.clone());
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
pub fn holdings(conn: &mut Conn, campaign: CampaignId, accounts: Option<&[String]>) -> QueryResult<BTreeMap<(Account, Commodity), Moved>> {
    let columns = (balances::account_kind, balances::account_id, balances::commodity_kind, balances::commodity_id, balances::amount);
    let mut query = balances::table
        .filter(balances::campaign_id.eq(campaign).and(balances::account_kind.eq_any(LISTED)).and(balances::amount.ne(0)))
        .select((columns, balances::value_fen))
        .into_boxed();
    if let Some(accounts) = accounts {
        query = query.filter(balances::account_id.eq_any(accounts));
    }
    let rows: Vec<((AccountKind, String, CommodityKind, String, i64), i64)> = query.load(conn)?;
    let held = |(row, value_fen)| keyed(row).map(|(key, amount)| (key, Moved { amount, value_fen }));
    rows.into_iter().map(held).collect()
}
