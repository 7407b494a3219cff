//! What goods are worth, in whole fen.

use std::collections::BTreeMap;

use crate::campaigns::ItemId;
use crate::ledger::model::Line;

/// Fen for one whole unit of each item.
pub type Prices = BTreeMap<ItemId, i64>;

/// Thousandths in one unit.
const MILLI: i128 = 1_000;

/// What a line is worth; none for money, and for an item without a price.
#[must_use]
pub fn worth_fen(line: &Line, prices: &Prices) -> Option<i128> {
    let unit_value_fen = prices.get(&line.commodity.item_id()?)?;
    Some(half_up(i128::from(line.amount) * i128::from(*unit_value_fen), MILLI))
}

/// A quotient rounded to the nearest whole, a half away from nothing, so that what is given and what is taken round alike;
/// nothing where there is nothing to divide by.
#[must_use]
pub const fn half_up(dividend: i128, divisor: i128) -> i128 {
    if divisor == 0 {
        return 0;
    }
    let (whole, rest) = (dividend / divisor, dividend % divisor);
    if rest.unsigned_abs() * 2 < divisor.unsigned_abs() {
        whole
    } else if dividend.signum() == divisor.signum() {
        whole + 1
    } else {
        whole - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::model::{Commodity, FundId};

    #[test]
    fn a_half_goes_away_from_nothing_on_both_sides() {
        for (dividend, divisor, rounded) in [
            (0, 1_000, 0),
            (499, 1_000, 0),
            (500, 1_000, 1),
            (501, 1_000, 1),
            (1_000, 1_000, 1),
            (1_499, 1_000, 1),
            (1_500, 1_000, 2),
            (-499, 1_000, 0),
            (-500, 1_000, -1),
            (-1_499, 1_000, -1),
            (-1_500, 1_000, -2),
            (500, -1_000, -1),
            (-500, -1_000, 1),
            (-499, -1_000, 0),
            (1, 3, 0),
            (2, 3, 1),
            (7, 0, 0),
        ] {
            assert_eq!(half_up(dividend, divisor), rounded, "{dividend} / {divisor}");
        }
    }

    #[test]
    fn goods_are_worth_their_price_and_money_has_none() {
        let item = ItemId::nil();
        let line = |commodity, amount| Line { commodity, amount };
        let prices = Prices::from([(item, 3)]);
        assert_eq!(worth_fen(&line(Commodity::Goods(item), 1_500), &prices), Some(5), "4.5 fen");
        assert_eq!(worth_fen(&line(Commodity::Goods(item), 1_000), &prices), Some(3));
        assert_eq!(worth_fen(&line(Commodity::Goods(item), 1_000), &Prices::new()), None);
        assert_eq!(worth_fen(&line(Commodity::Cash(FundId::nil()), 1_000), &prices), None);
    }
}
