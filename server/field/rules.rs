//! The phone's own chain, counted; and what its items must look like.

mod acknowledge;
mod check;

pub(super) use acknowledge::faults as faults_of_acknowledgement;
pub(super) use check::faults as faults_of_check;

use std::collections::BTreeSet;

use super::model::{ChainState, TallyGap};

/// Most missing numbers that are named at once.
const MOST_GAPS: usize = 100;

/// How far a chain has come: `through` items stood without a gap before, `beyond` are the numbers known above it.
pub(super) fn chain_state(through: i64, beyond: &[i64]) -> ChainState {
    let known: BTreeSet<i64> = beyond.iter().copied().filter(|n| *n > through).collect();
    let accepted_through = known.iter().fold(through, |reached, n| if *n == reached + 1 { *n } else { reached });
    let mut gaps = Vec::new();
    let mut next = accepted_through + 1;
    for n in known.into_iter().filter(|n| *n > accepted_through) {
        gaps.extend((next..n).take(MOST_GAPS - gaps.len()));
        next = n + 1;
        if gaps.len() == MOST_GAPS {
            break;
        }
    }
    ChainState { accepted_through, gaps }
}

/// What is missing between the number a chain has come to and the known ones beyond it, which ascend.
pub(super) fn gaps(through: i64, beyond: &[i64]) -> Vec<TallyGap> {
    let before = [through].into_iter().chain(beyond.iter().copied());
    before.zip(beyond).filter(|(before, next)| before + 1 < **next).map(|(before, next)| TallyGap { first: before + 1, last: next - 1 }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_missing_and_what_is_known_make_up_the_chain(known in prop::collection::btree_set(1_i64..60, 0..40)) {
            let state = chain_state(0, &known.iter().copied().collect::<Vec<_>>());
            let highest = known.last().copied().unwrap_or(0);
            let missing: Vec<i64> = (1..=highest).filter(|n| !known.contains(n)).collect();
            prop_assert_eq!(state.gaps, missing.clone());
            prop_assert_eq!(state.accepted_through, missing.first().map_or(highest, |first| first - 1));
        }

        #[test]
        fn gaps_hold_what_is_missing_and_nothing_else(known in prop::collection::btree_set(1_i64..60, 0..40), through in 0_i64..20) {
            let beyond: Vec<i64> = known.iter().copied().filter(|n| *n > through).collect();
            let named: Vec<i64> = gaps(through, &beyond).iter().flat_map(|gap| gap.first..=gap.last).collect();
            let highest = beyond.last().copied().unwrap_or(through);
            prop_assert_eq!(named, (through + 1..=highest).filter(|n| !known.contains(n)).collect::<Vec<_>>());
        }

        #[test]
        fn learning_it_in_two_steps_is_the_same(known in prop::collection::btree_set(1_i64..60, 0..40), cut in 0_usize..40) {
            let all: Vec<i64> = known.iter().copied().collect();
            let first = chain_state(0, all.get(..cut.min(all.len())).unwrap_or_default());
            let second = chain_state(first.accepted_through, &all);
            let whole = chain_state(0, &all);
            prop_assert_eq!(second.accepted_through, whole.accepted_through);
            prop_assert_eq!(second.gaps, whole.gaps);
        }
    }

    #[test]
    fn a_number_far_off_names_a_hundred_gaps() {
        assert_eq!(chain_state(0, &[1_000_000]).gaps.len(), 100);
    }
}
