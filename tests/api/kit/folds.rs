//! The invariants of the ledger, worked out from its postings alone and held against what is kept beside them.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use nuanfang::kit::db::Conn;
use nuanfang::kit::db::schema::{acknowledgements, balances, entries, flows, postings, slips};

use super::TestApp;

type Key = (String, String, String, String);
type Held = BTreeMap<Key, (i64, i64)>;
type PostingRow = (String, Key, i64, Option<i64>);
/// The campaign, from where, to where, of what, how much, worth what.
type FlowRow = (String, (String, String), (String, String), String, i64, i64);

/// Holds a whole ledger against itself.
pub fn folds_hold(conn: &mut Conn) {
    let of = (postings::campaign_id, postings::account_kind, postings::account_id, postings::commodity_id);
    let rows: Vec<PostingRow> = postings::table.select((postings::entry_id, of, postings::amount, postings::value_fen)).load(conn).expect("postings");
    let mut entry_sums: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
    let mut held = Held::new();
    for (entry, key, amount, value_fen) in rows {
        let sum = entry_sums.entry((entry, key.3.clone())).or_default();
        *sum = (sum.0 + amount, sum.1 + value_fen.unwrap_or_default());
        let sum = held.entry(key).or_default();
        *sum = (sum.0 + amount, sum.1 + value_fen.unwrap_or_default());
    }
    assert!(entry_sums.values().all(|sum| *sum == (0, 0)), "every entry sums to zero for each commodity, and so does its worth");
    let columns = (balances::campaign_id, balances::account_kind, balances::account_id, balances::commodity_id);
    let kept: Vec<(Key, i64, i64)> = balances::table.select((columns, balances::amount, balances::value_fen)).load(conn).expect("balances");
    let kept: Held = kept.into_iter().map(|(key, amount, value_fen)| (key, (amount, value_fen))).collect();
    assert_eq!(kept, held, "a balance is the fold of its postings");
    for ((_, kind, id, _), (amount, _)) in &held {
        let may_owe = matches!(kind.as_str(), "source" | "unexplained");
        assert!(*amount >= 0 || may_owe, "{kind} {id} holds {amount}");
    }
    ends_hold(conn, &held);
    slips_hold(conn);
}

/// What moved leaves what is held.
fn ends_hold(conn: &mut Conn, held: &Held) {
    let from = (flows::from_kind, flows::from_id);
    let to = (flows::to_kind, flows::to_id);
    let rows: Vec<FlowRow> =
        flows::table.select((flows::campaign_id, from, to, flows::commodity_id, flows::amount, flows::value_fen)).load(conn).expect("flows");
    let mut ends: Held = Held::new();
    for (campaign, from, to, commodity, amount, value_fen) in rows {
        for (end, sign) in [(from, -1), (to, 1)] {
            let sum = ends.entry((campaign.clone(), end.0, end.1, commodity.clone())).or_default();
            *sum = (sum.0 + sign * amount, sum.1 + sign * value_fen);
        }
    }
    let mut folded: Held = Held::new();
    for ((campaign, kind, id, commodity), (amount, value_fen)) in held {
        let kind = if kind == "unexplained" { "team" } else { kind };
        let id = if matches!(kind, "household" | "enterprise" | "person") { "" } else { id };
        let sum = folded.entry((campaign.clone(), kind.to_owned(), id.to_owned(), commodity.clone())).or_default();
        *sum = (sum.0 + amount, sum.1 + value_fen);
    }
    ends.retain(|_, sum| *sum != (0, 0));
    folded.retain(|_, sum| *sum != (0, 0));
    assert_eq!(ends, folded, "what moved leaves what is held");
}

/// A slip stands as its signature and its reversal say.
fn slips_hold(conn: &mut Conn) {
    let reversed: Vec<Option<String>> = entries::table.filter(entries::reverses.is_not_null()).select(entries::reverses).load(conn).expect("entries");
    let reversed: BTreeSet<String> = reversed.into_iter().flatten().collect();
    let signed: Vec<String> = acknowledgements::table.select(acknowledgements::entry_id).load(conn).expect("acknowledgements");
    let signed: BTreeSet<String> = signed.into_iter().collect();
    let rows: Vec<(String, String)> = slips::table.select((slips::entry_id, slips::state)).load(conn).expect("slips");
    for (id, state) in rows {
        let holds = match state.as_str() {
            "reversed" => reversed.contains(&id),
            "waiting" => !reversed.contains(&id) && !signed.contains(&id),
            _ => !reversed.contains(&id) && signed.contains(&id),
        };
        assert!(holds, "slip {id} is {state}");
    }
    let handed: Vec<Option<String>> = entries::table.filter(entries::kind.eq("handover")).select(entries::visit_id).load(conn).expect("handovers");
    assert_eq!(handed.len(), handed.iter().collect::<BTreeSet<_>>().len(), "one visit, one handover");
}

impl TestApp {
    /// Holds the ledger against itself.
    pub async fn ledger_holds(&self) {
        let work = self.parts.db.read(|conn| {
            folds_hold(conn);
            Ok(())
        });
        work.await.expect("the ledger holds");
    }
}
