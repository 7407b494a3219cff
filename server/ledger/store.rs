//! The tables of this room: what is written, and what decides a write.

mod audit;
mod flows;
mod funds;
mod slips;
mod told;

pub use audit::faults;
pub(super) use flows::{add_flows, flows, moved_after, nets};
pub(super) use funds::{fund, funds_of, insert_fund};
pub(super) use slips::{
    AcknowledgementRow, Found, Signed, acknowledged, counted, insert_acknowledgements, insert_slip, set_slip_state, signed, slip, slips, slips_of,
    slips_of_teams,
};
pub(super) use told::{At, entries_of, holdings, reversals_of};

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::model::keys::{AccountKind, CommodityKind};
use super::model::{Account, Balances, Commodity, EntryId, EntryKind, Moved, Posting};
use crate::accounts::PersonId;
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{balances, entries, postings};
use crate::kit::db::{Among, Conn, Literally, among};
use crate::{insert_all, upsert_all};

/// An entry as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = entries, treat_none_as_default_value = false)]
pub(super) struct EntryRow {
    pub(super) id: EntryId,
    pub(super) campaign_id: CampaignId,
    pub(super) kind: EntryKind,
    pub(super) visit_id: Option<String>,
    pub(super) reverses: Option<EntryId>,
    pub(super) content_hash: String,
    pub(super) happened_at: Moment,
    pub(super) made_by: PersonId,
    pub(super) made_at: Moment,
    pub(super) words: String,
}

#[derive(Insertable)]
#[diesel(table_name = postings, treat_none_as_default_value = false)]
struct PostingRow<'a> {
    entry_id: EntryId,
    line: i64,
    campaign_id: CampaignId,
    account_kind: AccountKind,
    account_id: &'a str,
    commodity_kind: CommodityKind,
    commodity_id: &'a str,
    amount: i64,
    value_fen: Option<i64>,
}

#[derive(Insertable)]
#[diesel(table_name = balances, treat_none_as_default_value = false)]
struct BalanceRow<'a> {
    campaign_id: CampaignId,
    account_kind: AccountKind,
    account_id: &'a str,
    commodity_kind: CommodityKind,
    commodity_id: &'a str,
    amount: i64,
    value_fen: i64,
}

/// What accounts hold after a write, and by how much the worth of it changed.
pub(super) type Changed = BTreeMap<(Account, Commodity), Moved>;

type KeyedRow = (AccountKind, String, CommodityKind, String, i64);

/// One entry.
pub(super) fn entry(conn: &mut Conn, id: EntryId) -> QueryResult<Option<EntryRow>> {
    entries::table.find(id).select(EntryRow::as_select()).first(conn).optional()
}

/// The entry that reverses this one.
pub(super) fn reversal_of(conn: &mut Conn, id: EntryId) -> QueryResult<Option<EntryId>> {
    entries::table.filter(entries::reverses.eq(id)).select(entries::id).first(conn).optional()
}

/// Of these visits, those whose handover is booked.
pub(super) fn handed_over(conn: &mut Conn, visits: &[impl AsRef<str>]) -> QueryResult<Vec<String>> {
    let found: Vec<Option<String>> = handovers(visits).select(entries::visit_id).load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// The handovers of these visits that nothing has reversed yet.
pub(super) fn standing_handovers(conn: &mut Conn, visits: &[impl AsRef<str>]) -> QueryResult<Vec<EntryRow>> {
    let found: Vec<EntryRow> = handovers(visits).order(entries::id).select(EntryRow::as_select()).load(conn)?;
    let ids = found.iter().map(|row| row.id);
    let reversed: Vec<Option<EntryId>> = entries::table.filter(among(entries::reverses, ids)).select(entries::reverses).load(conn)?;
    Ok(found.into_iter().filter(|row| !reversed.contains(&Some(row.id))).collect())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn handovers(visits: &[impl AsRef<str>]) -> _ {
    // As the index of handovers says it, word for word: a bound value would not be known to match it.
    let is_handover: Literally = Literally("kind = 'handover'");
    let of_visits: Among<entries::visit_id> = among(entries::visit_id, visits);
    entries::table.filter(is_handover).filter(of_visits)
}

/// Adds entries.
pub(super) fn insert_entries(conn: &mut Conn, rows: &[EntryRow]) -> QueryResult<()> {
    insert_all!(&mut *conn, rows, |values| diesel::insert_into(entries::table).values(values))?;
    Ok(())
}

/// Adds postings: `(entry, its postings)`.
pub(super) fn insert_postings(conn: &mut Conn, campaign_id: CampaignId, booked: &[(EntryId, Vec<Posting>)]) -> QueryResult<()> {
    let mut rows = Vec::new();
    for (entry_id, postings) in booked {
        rows.extend((0..).zip(postings).map(|(line, posting)| PostingRow {
            entry_id: *entry_id,
            line,
            campaign_id,
            account_kind: posting.account.kind(),
            account_id: posting.account.id(),
            commodity_kind: posting.commodity.kind(),
            commodity_id: posting.commodity.id(),
            amount: posting.amount,
            value_fen: posting.value_fen,
        }));
    }
    insert_all!(&mut *conn, &rows, |values| diesel::insert_into(postings::table).values(values))?;
    Ok(())
}

/// The postings of these entries, in order.
pub(super) fn postings_of(conn: &mut Conn, ids: &[EntryId]) -> QueryResult<Vec<(EntryId, Posting)>> {
    let columns = (postings::account_kind, postings::account_id, postings::commodity_kind, postings::commodity_id, postings::amount);
    let rows: Vec<(EntryId, KeyedRow, Option<i64>)> = postings::table
        .filter(among(postings::entry_id, ids))
        .order((postings::entry_id, postings::line))
        .select((postings::entry_id, columns, postings::value_fen))
        .load(conn)?;
    rows.into_iter()
        .map(|(entry, row, value_fen)| {
            let ((account, commodity), amount) = keyed(row)?;
            Ok((entry, Posting { account, commodity, amount, value_fen }))
        })
        .collect()
}

/// What these accounts hold in a campaign.
pub(super) fn balances_of(conn: &mut Conn, campaign: CampaignId, accounts: &[Account]) -> QueryResult<Balances> {
    // Kinds and ids apart: both are a prefix of the primary key, and no id is of two kinds but a team's.
    let mut kinds: Vec<AccountKind> = accounts.iter().map(|account| account.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let ids: Vec<&str> = accounts.iter().map(Account::id).collect();
    let columns = (balances::account_kind, balances::account_id, balances::commodity_kind, balances::commodity_id, balances::amount);
    let rows: Vec<KeyedRow> = balances::table
        .filter(
            balances::campaign_id.eq(campaign).and(among(balances::account_kind, kinds.iter().map(|kind| kind.as_str()))).and(among(balances::account_id, ids)),
        )
        .select(columns)
        .load(conn)?;
    rows.into_iter().map(keyed).collect()
}

/// Keeps what accounts hold now. The caller holds the accounts' locks: amounts are set, not added, because a CHECK that no store
/// holds less than nothing would look at a negative addition before it is added.
pub(super) fn set_balances(conn: &mut Conn, campaign_id: CampaignId, changed: &Changed) -> QueryResult<()> {
    let rows: Vec<BalanceRow<'_>> = changed
        .iter()
        .map(|((account, commodity), moved)| BalanceRow {
            campaign_id,
            account_kind: account.kind(),
            account_id: account.id(),
            commodity_kind: commodity.kind(),
            commodity_id: commodity.id(),
            amount: moved.amount,
            value_fen: moved.value_fen,
        })
        .collect();
    upsert_all!(
        &mut *conn,
        &rows,
        balances::table,
        "ON CONFLICT (campaign_id, account_kind, account_id, commodity_kind, commodity_id)
         DO UPDATE SET amount = excluded.amount, value_fen = balances.value_fen + excluded.value_fen"
    )
}

pub(super) fn keyed((account_kind, account_id, commodity_kind, commodity_id, amount): KeyedRow) -> QueryResult<((Account, Commodity), i64)> {
    let account = Account::named(account_kind, &account_id);
    let key = account.zip(Commodity::named(commodity_kind, &commodity_id));
    key.map(|key| (key, amount)).ok_or_else(|| diesel::result::Error::DeserializationError("a posting names no account".into()))
}
