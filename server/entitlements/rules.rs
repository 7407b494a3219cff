//! What a household is promised: pure.

use super::model::Facts;
use crate::campaigns::{Purpose, Quantity, Standards};
use crate::households::Category;

/// A promise and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Cash.
    pub cash_fen: i64,
    /// What the cash is for.
    pub purpose: Purpose,
    /// Goods, ordered by item.
    pub goods: Vec<Quantity>,
    /// The facts that decided.
    pub facts: Facts,
}

/// What a household of this category is promised; nothing where the campaign has no standard for it.
#[must_use]
pub fn promise(category: Category, household_version: i64, policy_version: i64, standards: &Standards) -> Option<Promise> {
    let standard = standards.of(category)?.clone();
    let mut goods = standard.goods.clone();
    goods.sort_unstable();
    let (cash_fen, purpose) = (standard.cash_fen, standard.purpose);
    Some(Promise { cash_fen, purpose, goods, facts: Facts { category, household_version, policy_version, standard } })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::campaigns::{ItemId, Standard};

    fn category() -> impl Strategy<Value = Category> {
        prop::sample::select(Category::ALL)
    }

    fn standard() -> impl Strategy<Value = Standard> {
        let item = |n: u8| ItemId::parse(&format!("01900000-0000-7000-8000-0000000000{n:02x}")).unwrap();
        let line = (any::<u8>(), 1..100_000_i64).prop_map(move |(n, quantity_milli)| Quantity { item_id: item(n), quantity_milli });
        let purpose = prop::sample::select(Purpose::ALL);
        (category(), 0..1_000_000_i64, purpose, prop::collection::vec(line, 0..5)).prop_map(|(category, cash_fen, purpose, goods)| Standard {
            category,
            cash_fen,
            purpose,
            goods,
        })
    }

    proptest! {
        #[test]
        fn a_household_is_promised_its_categorys_standard_and_no_other(standards in prop::collection::btree_map(category(), standard(), 0..13), own in category(), version in 1..9_i64) {
            let standards: Vec<Standard> = standards.into_iter().map(|(category, standard)| Standard { category, ..standard }).collect();
            let expected = standards.iter().find(|standard| standard.category == own).cloned();
            let promised = promise(own, version, 3, &Standards::from(standards));
            prop_assert_eq!(promised.is_some(), expected.is_some());
            if let (Some(promised), Some(standard)) = (promised, expected) {
                prop_assert_eq!((promised.cash_fen, promised.purpose), (standard.cash_fen, standard.purpose));
                let sum = |goods: &[Quantity]| goods.iter().map(|line| line.quantity_milli).sum::<i64>();
                prop_assert_eq!(sum(&promised.goods), sum(&standard.goods));
                prop_assert!(promised.goods.is_sorted());
                prop_assert_eq!(promised.facts, Facts { category: own, household_version: version, policy_version: 3, standard });
            }
        }

        #[test]
        fn a_frozen_promise_can_be_worked_out_again_from_its_facts(standard in standard(), version in 1..9_i64) {
            let first = promise(standard.category, version, 1, &Standards::from(vec![standard])).unwrap();
            let stored: Facts = serde_json::from_str(&serde_json::to_string(&first.facts).unwrap()).unwrap();
            let again = promise(stored.category, stored.household_version, stored.policy_version, &Standards::from(vec![stored.standard]));
            prop_assert_eq!(Some(first), again);
        }
    }
}
