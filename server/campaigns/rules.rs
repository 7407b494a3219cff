//! What may be asked of a campaign: pure.

use std::collections::BTreeSet;

use super::model::{ItemId, Standard, Standards};
use crate::kit::clock::{DAY_MS, Moment};
use crate::kit::http::faults::Faults;

/// The most of anything that a standard promises to one household.
const MOST: i64 = 1_000_000_000;
/// The most kinds of goods in one standard.
const MOST_GOODS: usize = 50;
/// The longest season.
const LONGEST_MS: i64 = 400 * DAY_MS;

/// Notes what is wrong with a campaign's days.
pub(super) fn check_days(faults: &mut Faults, opens_at: Moment, deadline_at: Moment) {
    faults.unless(opens_at < deadline_at, "/deadline_at", "wrong_order");
    faults.unless(deadline_at.since(opens_at) <= LONGEST_MS, "/deadline_at", "out_of_range");
}

/// Notes what is wrong with standards, and puts them in order.
pub(super) fn check_standards(faults: &mut Faults, mut standards: Vec<Standard>, known: &[ItemId]) -> Standards {
    let mut categories = BTreeSet::new();
    for (n, standard) in standards.iter_mut().enumerate() {
        faults.unless(categories.insert(standard.category), format!("/{n}/category"), "duplicate");
        faults.unless((0..=MOST).contains(&standard.cash_fen), format!("/{n}/cash_fen"), "out_of_range");
        faults.unless(standard.cash_fen != 0 || !standard.goods.is_empty(), format!("/{n}/cash_fen"), "missing");
        faults.unless(standard.goods.len() <= MOST_GOODS, format!("/{n}/goods"), "too_many");
        let mut items = BTreeSet::new();
        for (m, line) in standard.goods.iter().enumerate() {
            faults.unless(items.insert(line.item_id), format!("/{n}/goods/{m}/item_id"), "duplicate");
            faults.unless(known.contains(&line.item_id), format!("/{n}/goods/{m}/item_id"), "unknown");
            faults.unless((1..=MOST).contains(&line.quantity_milli), format!("/{n}/goods/{m}/quantity_milli"), "out_of_range");
        }
        standard.goods.sort_unstable();
    }
    Standards::from(standards)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaigns::{Purpose, Quantity};
    use crate::households::Category;

    fn item(n: u8) -> ItemId {
        ItemId::parse(&format!("01900000-0000-7000-8000-0000000000{n:02x}")).unwrap()
    }

    fn faults_of(standards: Vec<Standard>) -> Vec<(String, String)> {
        let mut faults = Faults::default();
        check_standards(&mut faults, standards, &[item(1)]);
        let problem = faults.or(()).err();
        problem.map(|p| p.fields.into_iter().map(|f| (f.pointer, f.code)).collect()).unwrap_or_default()
    }

    fn standard(category: Category, cash_fen: i64, goods: Vec<Quantity>) -> Standard {
        Standard { category, cash_fen, purpose: Purpose::Living, goods }
    }

    #[test]
    fn every_fault_of_the_standards_is_told_at_once() {
        let unknown = Quantity { item_id: item(2), quantity_milli: 0 };
        let twice = Quantity { item_id: item(1), quantity_milli: 1_000 };
        let faults = faults_of(vec![
            standard(Category::Sudden, -1, vec![]),
            standard(Category::Sudden, 0, vec![]),
            standard(Category::Student, 0, vec![unknown, twice, twice]),
        ]);
        let told: Vec<(&str, &str)> = faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
        assert_eq!(
            told,
            [
                ("/0/cash_fen", "out_of_range"),
                ("/1/category", "duplicate"),
                ("/1/cash_fen", "missing"),
                ("/2/goods/0/item_id", "unknown"),
                ("/2/goods/0/quantity_milli", "out_of_range"),
                ("/2/goods/2/item_id", "duplicate"),
            ]
        );
    }

    #[test]
    fn a_season_has_its_days_in_order_and_an_end() {
        let check = |opens: i64, deadline: i64| {
            let mut faults = Faults::default();
            check_days(&mut faults, Moment::from_ms(opens), Moment::from_ms(deadline));
            faults.or(()).is_ok()
        };
        assert!(check(0, DAY_MS));
        assert!(!check(DAY_MS, DAY_MS));
        assert!(!check(0, 401 * DAY_MS));
    }
}
