//! The exact interval, held to its published values and to what it promises.

use proptest::prelude::*;

use crate::spotchecks::rules::interval::{Interval, real, whole};

/// Found, asked, and both ends, to ten places, as another program with 25 places reckons them.
const PUBLISHED: [(f64, f64, f64, f64); 10] = [
    (0.0, 10.0, 0.0, 0.308_497_107_8),
    (1.0, 14.0, 0.001_806_780_7, 0.338_684_489_9),
    (1.0, 10.0, 0.002_528_578_5, 0.445_016_117_0),
    (5.0, 10.0, 0.187_086_028_4, 0.812_913_971_6),
    (10.0, 10.0, 0.691_502_892_2, 1.0),
    (0.0, 1.0, 0.0, 0.975),
    (7.0, 100.0, 0.028_605_288_9, 0.138_919_728_5),
    (14.0, 200.0, 0.038_795_570_4, 0.114_659_733_5),
    (3.0, 1_000.0, 0.000_619_099_9, 0.008_742_023_2),
    (500.0, 1_000.0, 0.468_549_173_0, 0.531_450_827_0),
];

#[test]
fn the_ends_are_the_published_ones() {
    for (found, asked, low, high) in PUBLISHED {
        let interval = Interval::of(found, asked);
        assert!((interval.low - low).abs() < 1e-9 && (interval.high - high).abs() < 1e-9, "{found} of {asked}: {interval:?}");
    }
    assert_eq!(Interval::of(0.0, 0.0), Interval::WHOLE);
}

/// The chance of so many or fewer, added up term by term.
fn at_most(found: u32, asked: u32, share: f64) -> f64 {
    let mut term = f64::from(asked) * (-share).ln_1p();
    let mut sum = term.exp();
    for n in 1..=found {
        term += (f64::from(asked - n + 1) / f64::from(n)).ln() + (share / (1.0 - share)).ln();
        sum += term.exp();
    }
    sum
}

proptest! {
    #[test]
    fn at_either_end_what_was_found_has_one_chance_in_forty(asked in 1_u32..3_000, part in 0.0..1.0_f64) {
        let found = u32::try_from(whole(f64::from(asked) * part)).unwrap();
        let interval = Interval::of(f64::from(found), f64::from(asked));
        prop_assert!(interval.low <= f64::from(found) / f64::from(asked) && f64::from(found) / f64::from(asked) <= interval.high);
        if found < asked {
            prop_assert!((at_most(found, asked, interval.high) - 0.025).abs() < 1e-6);
        }
        if found > 0 {
            prop_assert!((1.0 - at_most(found - 1, asked, interval.low) - 0.025).abs() < 1e-6);
        }
    }

    #[test]
    fn more_asked_is_more_known(asked in 2_i64..500, part in 0.0..1.0_f64) {
        let found = real(asked) * part;
        let (few, many) = (Interval::of(found, real(asked)), Interval::of(found * 4.0, real(asked) * 4.0));
        prop_assert!(many.high - many.low <= few.high - few.low + 1e-9);
    }

    #[test]
    fn a_count_is_the_same_as_a_number(count in -(1_i64 << 52)..(1_i64 << 52)) {
        prop_assert_eq!(whole(real(count)), count);
    }
}
