//! Holds what a household says against what the cadre wrote, and says what a verdict puts at risk. Pure.

use std::collections::{BTreeMap, BTreeSet};

use crate::campaigns::{ItemId, Quantity};
use crate::spotchecks::model::{Agreement, Answers, Compared, Field, Record, Verdict};
use crate::visits::Outcome;

/// Field by field.
#[must_use]
pub fn compare(said: &Answers, wrote: &Record) -> Vec<Compared> {
    let was_there = wrote.outcome == Outcome::Reached;
    let one = |field, agreement| Compared { field, item_id: None, agreement };
    let mut all = vec![one(Field::Came, same(said.came == was_there))];
    if said.came || was_there {
        let day = said.came_on.as_ref().map_or(Agreement::Unsaid, |day| same(*day == wrote.started_at.china_day()));
        all.push(one(Field::CameOn, day));
        all.push(one(Field::Who, names(&said.who, Some(&wrote.cadre))));
    }
    all.push(one(Field::Cash, same(said.cash_fen == wrote.cash_fen)));
    let (received, handed) = (sums(&said.goods), sums(&wrote.goods));
    for item in received.keys().chain(handed.keys()).collect::<BTreeSet<_>>() {
        all.push(Compared { field: Field::Goods, item_id: Some(*item), agreement: same(received.get(item) == handed.get(item)) });
    }
    if wrote.recipient.is_some() || !said.signed_by.trim().is_empty() {
        all.push(one(Field::SignedBy, names(&said.signed_by, wrote.recipient.as_deref())));
    }
    all
}

/// What of a handover a verdict finds missing or wrong, in fen: all of it, or what differs.
#[must_use]
pub fn at_risk_fen(verdict: Verdict, said: Option<&Answers>, wrote: Option<&Record>, handed_fen: i64, prices: &BTreeMap<ItemId, i64>) -> i64 {
    match verdict {
        Verdict::Agrees | Verdict::Minor | Verdict::Unreachable => 0,
        Verdict::Ineligible | Verdict::NotReceived => handed_fen,
        Verdict::Misdelivered => said.zip(wrote).map_or(handed_fen, |(said, wrote)| differing_fen(said, wrote, prices)),
    }
}

fn differing_fen(said: &Answers, wrote: &Record, prices: &BTreeMap<ItemId, i64>) -> i64 {
    let (received, handed) = (sums(&said.goods), sums(&wrote.goods));
    let worth = |item: &ItemId| {
        let count = |of: &BTreeMap<ItemId, i64>| i128::from(of.get(item).copied().unwrap_or_default());
        let milli_fen = (count(&received) - count(&handed)).abs() * i128::from(prices.get(item).copied().unwrap_or_default());
        i64::try_from((milli_fen + 500) / 1_000).unwrap_or(i64::MAX)
    };
    let goods: i64 = received.keys().chain(handed.keys()).collect::<BTreeSet<_>>().into_iter().map(worth).fold(0, i64::saturating_add);
    said.cash_fen.abs_diff(wrote.cash_fen).try_into().unwrap_or(i64::MAX).saturating_add(goods)
}

fn sums(goods: &[Quantity]) -> BTreeMap<ItemId, i64> {
    let mut sums: BTreeMap<ItemId, i64> = BTreeMap::new();
    for line in goods {
        let sum = sums.entry(line.item_id).or_default();
        *sum = sum.saturating_add(line.quantity_milli);
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

const fn same(holds: bool) -> Agreement {
    if holds { Agreement::Same } else { Agreement::Differs }
}

/// Names are as people say them: where one is not within the other, somebody must look.
fn names(said: &str, wrote: Option<&str>) -> Agreement {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let (said, wrote) = (plain(said), plain(wrote.unwrap_or_default()));
    if said.is_empty() {
        Agreement::Unsaid
    } else if !wrote.is_empty() && (said.contains(&wrote) || wrote.contains(&said)) {
        Agreement::Same
    } else {
        Agreement::Look
    }
}
