//! What was handed over, against what was promised and what the team held. Money in fen, goods in thousandths of their unit.
//!
//! Every visit that stands and names aid is a handover, whatever outcome it claims. Later handovers answer for what earlier ones left:
//! earlier by when they happened, not by when they arrived.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::Draft;
use super::story::Scene;
use crate::campaigns::{Earmark, ItemId};
use crate::findings::model::{Severity, Visit};
use crate::visits::{Aid, Outcome};

/// A01, block: more cash than the entitlement left after the handovers before this one. A household without an entitlement has nothing left.
pub(super) fn more_cash(scene: &Scene<'_>) -> Vec<Draft> {
    if scene.case().file.is_none() {
        return Vec::new();
    }
    let given = scene.visit.cash_fen();
    let promised = scene.entitlement().map_or(0, |entitlement| entitlement.cash_fen);
    let before = scene.handovers_before().map(Visit::cash_fen).fold(0, i64::saturating_add);
    let left = promised.saturating_sub(before).max(0);
    if given <= left {
        return Vec::new();
    }
    vec![Draft::new(Severity::Block, "aid", json!({"cash_fen": left}), json!({"cash_fen": given}))]
}

/// A02, review: all handovers together gave less cash than the entitlement. Said of the last visit that met the household: a later one
/// may bring the rest.
pub(super) fn less_cash(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(entitlement) = scene.entitlement() else { return Vec::new() };
    let given = scene.counted().map(Visit::cash_fen).fold(0, i64::saturating_add);
    if !scene.is_last_delivery || given >= entitlement.cash_fen {
        return Vec::new();
    }
    vec![Draft::new(Severity::Review, "aid", json!({"cash_fen": entitlement.cash_fen}), json!({"cash_fen": given}))]
}

/// A03, review, for each kind of goods: more than the entitlement left, another item than promised, or — said of the last visit that
/// met the household — less than promised. Without an entitlement there is nothing to differ from.
pub(super) fn other_goods(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(entitlement) = scene.entitlement() else { return Vec::new() };
    let mut promised = BTreeMap::new();
    for quantity in &entitlement.goods {
        *promised.entry(quantity.item_id).or_insert(0_i64) += quantity.quantity_milli;
    }
    let here = goods(std::iter::once(scene.visit));
    let before = goods(scene.handovers_before());
    let all = goods(scene.counted());
    let items: BTreeSet<ItemId> = promised.keys().chain(here.keys()).copied().collect();
    let of = |amounts: &BTreeMap<ItemId, i64>, item| amounts.get(&item).copied().unwrap_or_default();
    let difference = |item: ItemId| {
        let whole = of(&promised, item);
        let (given, left) = (of(&here, item), whole.saturating_sub(of(&before, item)).max(0));
        if given > left {
            return Some((if whole == 0 { "other" } else { "more" }, left, given));
        }
        (scene.is_last_delivery && of(&all, item) < whole).then(|| ("missing", whole, of(&all, item)))
    };
    let found = items.into_iter().filter_map(|item| difference(item).map(|difference| (item, difference)));
    found
        .map(|(item, (is, expected, actual))| {
            let amount = |quantity_milli: i64| json!({"item_id": item, "quantity_milli": quantity_milli});
            let mut actual = amount(actual);
            if let Some(object) = actual.as_object_mut() {
                object.insert("is".into(), json!(is));
            }
            Draft::new(Severity::Review, format!("aid:{item}"), amount(expected), actual)
        })
        .collect()
}

/// A04, block: a second handover to the household in this campaign (two teams at one door). Falls on every handover but the first
/// that happened, and names that one.
pub(super) fn second_handover(scene: &Scene<'_>) -> Vec<Draft> {
    let first = scene.handovers_before().next();
    match first {
        Some(first) if scene.case().file.is_some() && scene.visit.hands_over() => {
            vec![Draft::new(Severity::Block, "aid", json!({"handovers": 1}), json!({"visit_id": first.id, "visited_at": first.happened_at(scene.policy())}))]
        }
        _ => Vec::new(),
    }
}

/// A05, block: cash from a fund that is earmarked for something else than what this household is entitled to.
pub(super) fn wrong_fund(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(entitlement) = scene.entitlement() else { return Vec::new() };
    let funds: BTreeSet<_> = scene.visit.said.aid.iter().filter_map(|aid| if let Aid::Cash { fund_id, .. } = aid { Some(*fund_id) } else { None }).collect();
    let earmark = |fund| scene.case().earmarks.get(&fund).copied().unwrap_or(Earmark::Any);
    let wrong = funds.into_iter().map(|fund| (fund, earmark(fund))).filter(|(_, earmark)| !earmark.allows(entitlement.purpose));
    let expected = json!({"purpose": entitlement.purpose});
    wrong.map(|(fund, earmark)| Draft::new(Severity::Block, format!("aid:{fund}"), expected.clone(), json!({"fund_id": fund, "purpose": earmark}))).collect()
}

/// A06, block: the team handed over more than it held. Where custody falls short, the latest handovers by when they ended answer for it.
pub(super) fn beyond_custody(scene: &Scene<'_>) -> Vec<Draft> {
    let draft = |over: &crate::findings::model::Overdraft| {
        let (is, id, amount) = if over.is_cash { ("cash", "fund_id", "cash_fen") } else { ("goods", "item_id", "quantity_milli") };
        let expected = json!({id: over.commodity_id, amount: over.covered});
        Draft::new(Severity::Block, format!("aid:{}", over.commodity_id), expected, json!({"is": is, id: over.commodity_id, amount: over.amount}))
    };
    scene.visit.overdrafts.iter().map(draft).collect()
}

/// A07, block: aid is recorded, but the household was not reached.
pub(super) fn without_being_reached(scene: &Scene<'_>) -> Vec<Draft> {
    let outcome = scene.visit.said.outcome;
    if outcome == Outcome::Reached || !scene.visit.hands_over() {
        return Vec::new();
    }
    vec![Draft::new(Severity::Block, "aid", json!({"outcome": Outcome::Reached}), json!({"outcome": outcome}))]
}

fn goods<'a>(visits: impl Iterator<Item = &'a Visit>) -> BTreeMap<ItemId, i64> {
    let mut amounts = BTreeMap::new();
    for aid in visits.flat_map(|visit| &visit.said.aid) {
        if let Aid::Goods { item_id, quantity_milli } = aid {
            let amount: &mut i64 = amounts.entry(*item_id).or_default();
            *amount = amount.saturating_add(*quantity_milli);
        }
    }
    amounts
}
