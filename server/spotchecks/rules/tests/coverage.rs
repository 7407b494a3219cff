//! Ten thousand campaigns of which everything is known: how often the interval holds the truth.

use std::collections::HashMap;

use crate::spotchecks::rules::interval::{Interval, real, whole};
use crate::spotchecks::rules::outcome::{Sums, weighted};

const CAMPAIGNS: u32 = 10_000;

/// Numbers that look like chance and are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((z ^ (z >> 31)) >> 11).unwrap() % end
    }
}

/// Seats as the draw gives them: seven in a hundred, largest fractions first, one at least.
fn seats(strata: &[i64]) -> Vec<i64> {
    let all: i64 = strata.iter().sum();
    let size = (7 * all + 99) / 100;
    let mut seats: Vec<i64> = strata.iter().map(|households| size * households / all).collect();
    let mut order: Vec<usize> = (0..strata.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(size * strata[*n] % all));
    let left = usize::try_from(size - seats.iter().sum::<i64>()).unwrap();
    order.into_iter().take(left).for_each(|n| seats[n] += 1);
    seats.into_iter().map(|seats| seats.max(1)).collect()
}

/// In how many campaigns of a thousand the interval holds the share that is true. Each team has a share of its own, so many in a hundred.
fn held(strata: &[i64], shares: &[i64], dice: &mut Dice) -> i64 {
    let (seats, all) = (seats(strata), real(strata.iter().sum()));
    let (mut known, mut held) = (HashMap::new(), 0);
    for _ in 0..CAMPAIGNS {
        let mut wrong = 0;
        let mut found = Vec::new();
        for (households, checked) in strata.iter().zip(&seats) {
            let share = shares[usize::try_from(dice.below(i64::try_from(shares.len()).unwrap())).unwrap()];
            let here = (0..*households).filter(|_| dice.below(100) < share).count();
            let here = i64::try_from(here).unwrap();
            wrong += here;
            let mut discrepancies = 0;
            for n in 0..*checked {
                discrepancies += i64::from(dice.below(households - n) < here - discrepancies);
            }
            found.push(Sums { households: *households, checked: *checked, discrepancies, ..Sums::default() });
        }
        let share = weighted(&found.iter().collect::<Vec<_>>(), |of| of.discrepancies, |of| of.checked).unwrap();
        let key = whole(share.found * 1e6);
        let interval: &Interval = known.entry(key).or_insert_with(|| share.interval());
        held += i64::from((interval.low..=interval.high).contains(&(real(wrong) / all)));
    }
    held * 1_000 / i64::from(CAMPAIGNS)
}

/// The same of campaigns as large as a city's, each of whose teams is wrong at just this share.
fn held_at(strata: &[i64], percent: i64, dice: &mut Dice) -> i64 {
    let seats = seats(strata);
    let (mut known, mut held) = (HashMap::new(), 0);
    for _ in 0..CAMPAIGNS {
        let drawn = |(households, checked): (&i64, &i64)| {
            let wrong = households * percent / 100;
            let discrepancies = (0..*checked).fold(0, |found, n| found + i64::from(dice.below(households - n) < wrong - found));
            Sums { households: *households, checked: *checked, discrepancies, ..Sums::default() }
        };
        let found: Vec<Sums> = strata.iter().zip(&seats).map(drawn).collect();
        let share = weighted(&found.iter().collect::<Vec<_>>(), |of| of.discrepancies, |of| of.checked).unwrap();
        let interval: &Interval = known.entry(whole(share.found * 1e6)).or_insert_with(|| share.interval());
        held += i64::from((interval.low..=interval.high).contains(&(real(percent) / 100.0)));
    }
    held * 1_000 / i64::from(CAMPAIGNS)
}

#[test]
fn of_ten_thousand_campaigns_with_a_known_share_it_holds_ninety_five_in_a_hundred() {
    let mut dice = Dice(2028);
    let (even, uneven): (Vec<i64>, Vec<i64>) = (vec![1_000; 40], (0..40).map(|n| [400, 700, 1_000, 1_900][n % 4]).collect());
    let cases = [("even", &even, 5), ("even", &even, 20), ("uneven", &uneven, 5), ("uneven", &uneven, 20)];
    let told = cases.map(|(name, strata, percent)| (name, percent, held_at(strata, percent, &mut dice)));
    assert!(told.iter().all(|(_, _, held)| (940..=960).contains(held)), "in a thousand: {told:?}");
}

#[test]
fn in_ten_thousand_campaigns_the_interval_holds_the_truth_at_least_as_often_as_it_says() {
    let mut dice = Dice(2027);
    let even = [20; 40];
    let uneven: Vec<i64> = (0..40).map(|n| [1, 2, 3, 5, 8, 13, 40, 90][n % 8]).collect();
    let small: Vec<i64> = (1..=12).cycle().take(40).collect();
    let mut told = Vec::new();
    for (name, strata) in [("one", &[800][..]), ("even", &even), ("uneven", &uneven), ("small", &small)] {
        for (known, shares) in [("2 %", &[2][..]), ("7 %", &[7]), ("20 %", &[20]), ("by team", &[0, 2, 5, 10, 30])] {
            told.push((name, known, held(strata, shares, &mut dice)));
        }
    }
    assert!(told.iter().all(|(_, _, held)| *held >= 945), "in a thousand: {told:?}");
}
