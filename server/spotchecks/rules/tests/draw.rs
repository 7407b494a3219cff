//! Laws of the draw.

use proptest::prelude::*;

use crate::households::HouseholdId;
use crate::spotchecks::model::{Draw, Frame, Line, Rate, Stratum, Terms};
use crate::spotchecks::rules::draw::{draw, in_order};

fn household(n: u32) -> HouseholdId {
    HouseholdId::parse(&format!("01900000-0000-7000-8000-{n:012x}")).unwrap()
}

fn lines(strata: &[u8]) -> Vec<Line> {
    (0..).zip(strata).map(|(n, stratum)| (household(n), Stratum::from(format!("T{stratum}/sudden")))).collect()
}

fn terms(seed: u8, ppm: i64, min_per_stratum: u64) -> Terms {
    Terms { seed: [seed; 32], rate: Rate::of_ppm(ppm).unwrap(), min_per_stratum }
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap()
}

fn drawn(draw: &Draw) -> Vec<HouseholdId> {
    draw.drawn.iter().map(|drawn| drawn.household).collect()
}

proptest! {
    #[test]
    fn the_order_in_which_a_frame_is_given_does_not_matter(strata in prop::collection::vec(0_u8..7, 1..300), seed: u8, turn in 0_usize..300) {
        let mut turned = lines(&strata);
        let n = turn % turned.len();
        turned.rotate_left(n);
        turned.reverse();
        let terms = terms(seed, 70_000, 1);
        prop_assert_eq!(draw(&Frame::of(lines(&strata)), &terms), draw(&Frame::of(turned), &terms));
    }

    #[test]
    fn seats_are_the_size_before_and_at_least_the_least_after(strata in prop::collection::vec(0_u8..9, 1..400), ppm in 1_i64..=1_000_000, least in 0_u64..4) {
        let frame = Frame::of(lines(&strata));
        let plain = draw(&frame, &terms(3, ppm, 0));
        prop_assert_eq!(plain.strata.iter().map(|of| of.seats).sum::<u64>(), plain.size);
        prop_assert_eq!(plain.size, Rate::of_ppm(ppm).unwrap().of(count(strata.len())).max(1));
        let raised = draw(&frame, &terms(3, ppm, least));
        for (before, after) in plain.strata.iter().zip(&raised.strata) {
            prop_assert_eq!(after.seats, before.seats.max(least.min(after.households)));
            prop_assert!(after.seats <= after.households);
        }
        prop_assert_eq!(count(raised.drawn.len()), raised.strata.iter().map(|of| of.seats).sum::<u64>());
    }

    #[test]
    fn whoever_is_drawn_stands_first_in_the_order_of_their_stratum(strata in prop::collection::vec(0_u8..4, 1..200), seed: u8) {
        let (frame, terms) = (Frame::of(lines(&strata)), terms(seed, 70_000, 1));
        let made = draw(&frame, &terms);
        for of in &made.strata {
            let order = in_order(frame.lines().iter().filter(|(_, here)| *here == of.stratum).map(|(id, _)| *id).collect(), &terms.seed, &made.root);
            let here: Vec<HouseholdId> = made.drawn.iter().filter(|drawn| drawn.stratum == of.stratum).map(|drawn| drawn.household).collect();
            prop_assert_eq!(&order[..here.len()], &here[..]);
            prop_assert_eq!(count(order.len()), of.households);
        }
    }

    #[test]
    fn another_seed_or_one_more_household_makes_another_draw(count in 60_usize..200, seed in 0_u8..255) {
        let strata = vec![0; count];
        let frame = Frame::of(lines(&strata));
        let made = draw(&frame, &terms(seed, 300_000, 1));
        prop_assert_ne!(drawn(&made), drawn(&draw(&frame, &terms(seed + 1, 300_000, 1))));
        let more = Frame::of(lines(&vec![0; count + 1]));
        prop_assert_ne!(drawn(&made), drawn(&draw(&more, &terms(seed, 300_000, 1))));
    }
}

#[test]
fn every_household_is_drawn_as_often_as_every_other() {
    let frame = Frame::of(lines(&[0; 50]));
    let mut times = vec![0_u32; 50];
    for seed in 0..=255 {
        for id in drawn(&draw(&frame, &terms(seed, 100_000, 1))) {
            times[frame.lines().iter().position(|line| line.0 == id).unwrap()] += 1;
        }
    }
    // 256 draws of 5 among 50: 25.6 each, give or take 4.8.
    assert!(times.iter().all(|n| (8..=46).contains(n)), "{times:?}");
}

#[test]
fn of_nobody_nobody_is_drawn() {
    let made = draw(&Frame::default(), &terms(0, 70_000, 1));
    assert!(made.drawn.is_empty() && made.strata.is_empty());
    assert_eq!(made.size, 0);
}
