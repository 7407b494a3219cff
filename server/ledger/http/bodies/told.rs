//! What the ledger tells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::PersonId;
use crate::campaigns::{CampaignId, ItemId};
use crate::kit::clock::Moment;
use crate::ledger::actions::{EntryTold, Names, Told};
use crate::ledger::model::keys::{AccountKind, CommodityKind};
use crate::ledger::model::{Account, Commodity, EntryId, EntryKind, FundId, Moved, Posting};
use crate::ledger::rules::Sum;

/// One change of one account.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PostingView {
    account_kind: AccountKind,
    /// Whose it is; null for what was returned or lost.
    account_id: Option<String>,
    #[serde(flatten)]
    of: AmountView,
}

/// So much of one fund's money or of one item.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AmountView {
    kind: CommodityKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    fund_id: Option<FundId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_id: Option<ItemId>,
    /// Fen, or thousandths of the item's unit.
    amount: i64,
    /// Money is worth its amount, goods what they were worth when they were booked.
    value_fen: i64,
}

/// An entry.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct EntryView {
    id: EntryId,
    campaign_id: CampaignId,
    kind: EntryKind,
    /// The visit that handed over.
    visit_id: Option<String>,
    /// The entry it undoes.
    reverses: Option<EntryId>,
    /// The entry that undid it.
    reversed_by: Option<EntryId>,
    happened_at: Moment,
    made_by: PersonId,
    made_at: Moment,
    words: String,
    postings: Vec<PostingView>,
}

/// What one account holds.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AccountView {
    account_kind: AccountKind,
    account_id: Option<String>,
    name: Option<String>,
    lines: Vec<AmountView>,
}

/// Where all of one fund's money, or all of one item, is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SumView {
    kind: CommodityKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    fund_id: Option<FundId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_id: Option<ItemId>,
    name: Option<String>,
    /// The item's unit; `fen` for money.
    unit: Option<String>,
    received: i64,
    in_store: i64,
    with_teams: i64,
    handed_over: i64,
    lost: i64,
    returned_to_source: i64,
    /// Handed over beyond what the teams held.
    unexplained: i64,
    /// What was received is worth: of money its amount, of goods their worth when they were booked.
    value_fen: i64,
    /// received + unexplained = in_store + with_teams + handed_over + lost + returned_to_source, and what moved says the same.
    agrees: bool,
}

/// Who holds what, and the sums.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BalancesView {
    /// Sources, stores, teams; what was returned and lost.
    accounts: Vec<AccountView>,
    /// One line for each fund and item; only for those who see the whole campaign.
    sums: Vec<SumView>,
}

pub(super) fn owner(id: &str) -> Option<String> {
    Some(id.to_owned()).filter(|id| !id.is_empty())
}

fn amount(commodity: Commodity, moved: Moved) -> AmountView {
    let value_fen = moved.worth_fen(commodity);
    AmountView { kind: commodity.kind(), fund_id: commodity.fund_id(), item_id: commodity.item_id(), amount: moved.amount, value_fen }
}

impl From<EntryTold> for EntryView {
    fn from(told: EntryTold) -> Self {
        let EntryTold { entry, postings, reversed_by } = told;
        let posting = |p: Posting| {
            let moved = Moved { amount: p.amount, value_fen: p.value_fen.unwrap_or_default() };
            PostingView { account_kind: p.account.kind(), account_id: owner(p.account.id()), of: amount(p.commodity, moved) }
        };
        Self {
            id: entry.id,
            campaign_id: entry.campaign_id,
            kind: entry.kind,
            visit_id: entry.visit_id,
            reverses: entry.reverses,
            reversed_by,
            happened_at: entry.happened_at,
            made_by: entry.made_by,
            made_at: entry.made_at,
            words: entry.words,
            postings: postings.into_iter().map(posting).collect(),
        }
    }
}

impl From<Told> for BalancesView {
    fn from(told: Told) -> Self {
        let mut accounts: BTreeMap<Account, Vec<AmountView>> = BTreeMap::new();
        for (&(account, commodity), &held) in &told.balances {
            accounts.entry(account).or_default().push(amount(commodity, held));
        }
        let account = |(account, lines): (Account, Vec<AmountView>)| {
            let name = told.names.name(account.id());
            let account_id = owner(account.id());
            AccountView { account_kind: account.kind(), account_id, name, lines }
        };
        let accounts = accounts.into_iter().map(account).collect();
        Self { accounts, sums: sum_views(&told.sums, &told.names) }
    }
}

/// The sums as they are shown.
pub(super) fn sum_views(sums: &BTreeMap<Commodity, (Sum, bool)>, names: &Names) -> Vec<SumView> {
    sums.iter().map(|(commodity, (sum, agrees))| sum_view(names, *commodity, *sum, *agrees)).collect()
}

fn sum_view(names: &Names, commodity: Commodity, sum: Sum, agrees: bool) -> SumView {
    let Sum { received, in_store, with_teams, handed_over, lost, returned_to_source, unexplained, value_fen } = sum;
    let value_fen = Moved { amount: received, value_fen }.worth_fen(commodity);
    let (name, unit) = (names.name(commodity.id()), names.unit(commodity));
    let (kind, fund_id, item_id) = (commodity.kind(), commodity.fund_id(), commodity.item_id());
    SumView { kind, fund_id, item_id, name, unit, received, in_store, with_teams, handed_over, lost, returned_to_source, unexplained, value_fen, agrees }
}
