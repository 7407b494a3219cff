//! When a session goes on, and when it ends: pure.
//!
//! A session is a family of refresh tokens, numbered by generation. Each use of a token hands out one of the next generation.
//! The answer that carries it may be lost on a bad line, so a token stays good until one of its successors has been used:
//! only then is it certain that its holder had the successor, and that whoever still comes with the old one is somebody else: but for
//! a request that lingered on the line, which is refused and ends nothing.

use super::model::session::Family;
use crate::kit::clock::{DAY_MS, MINUTE_MS, Moment};

/// A session that is not used ends after so long.
const SLIDING_MS: i64 = 30 * DAY_MS;
/// However often it is used, it ends after so long.
const BOUND_MS: i64 = 180 * DAY_MS;

/// A request may be on its way for so long behind another that overtook it.
const LATE_MS: i64 = MINUTE_MS;

/// What a token's coming means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The session goes on.
    Good,
    /// The session is over.
    Over,
    /// Its successor has just been used: a request that was given up for lost and came after all. Nobody waits for its answer.
    Late,
    /// A successor of this token has been used: two hold this session. It ends for both.
    Reused,
}

/// Judges a token of a generation.
pub(super) fn judge(family: &Family, generation: i64, hash: &str, now: Moment) -> Verdict {
    if family.ended || now >= family.expires_at {
        return Verdict::Over;
    }
    let newest_used = generation == family.generation && family.token_hash.as_deref() == Some(hash);
    if generation > family.generation || newest_used {
        return Verdict::Good;
    }
    let was_overtaken = generation + 1 == family.generation && now.since(family.used_at) < LATE_MS;
    if was_overtaken { Verdict::Late } else { Verdict::Reused }
}

/// When a session made then and used now ends by itself.
pub(super) fn expiry(made_at: Moment, now: Moment) -> Moment {
    now.plus_ms(SLIDING_MS).min(made_at.plus_ms(BOUND_MS))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Moment = Moment::from_ms(0);

    /// The server's side of one family, and every token it ever handed out.
    struct World {
        family: Family,
        tokens: Vec<(i64, String)>,
        now: Moment,
    }

    impl World {
        fn begin() -> Self {
            let family = Family { generation: 0, token_hash: None, used_at: NOW, expires_at: expiry(NOW, NOW), ended: false };
            Self { family, tokens: vec![(1, "t0".into())], now: NOW }
        }

        /// Uses a token; the answer's token, or none.
        fn refresh(&mut self, token: usize) -> Option<usize> {
            let (generation, hash) = self.tokens[token].clone();
            match judge(&self.family, generation, &hash, self.now) {
                Verdict::Good => {
                    self.family.generation = generation;
                    self.family.used_at = self.now;
                    self.family.token_hash = Some(hash);
                    self.tokens.push((generation + 1, format!("t{}", self.tokens.len())));
                    Some(self.tokens.len() - 1)
                }
                Verdict::Over | Verdict::Late => None,
                Verdict::Reused => {
                    self.family.ended = true;
                    None
                }
            }
        }
    }

    proptest! {
        #[test]
        fn an_honest_phone_is_never_logged_out_however_many_answers_are_lost(lost in prop::collection::vec(any::<bool>(), 1..60)) {
            let mut world = World::begin();
            let mut held = 0;
            for lost in lost {
                let answer = world.refresh(held);
                prop_assert!(answer.is_some());
                if !lost { held = answer.unwrap_or(held); }
            }
        }

        #[test]
        fn nor_when_a_request_that_was_given_up_comes_late(late in prop::collection::vec((any::<bool>(), 0..LATE_MS), 1..60)) {
            let mut world = World::begin();
            let (mut before, mut held) = (0, 0);
            for (comes_late, after_ms) in late {
                let next = world.refresh(held);
                prop_assert!(next.is_some());
                world.now = world.now.plus_ms(after_ms);
                if comes_late { world.refresh(before); }
                (before, held) = (held, next.unwrap_or(held));
            }
            prop_assert!(!world.family.ended);
        }

        #[test]
        fn two_holders_of_one_token_end_the_session_once_both_have_gone_on(before in 0_usize..10, turns in prop::collection::vec((any::<bool>(), 0..2 * LATE_MS), 8..40)) {
            let mut world = World::begin();
            let mut held = 0;
            for _ in 0..before { held = world.refresh(held).unwrap_or(held); }
            let mut holders = [held, held];
            let mut uses = [0, 0];
            for (turn, after_ms) in turns {
                world.now = world.now.plus_ms(after_ms);
                let who = usize::from(turn);
                if let Some(next) = world.refresh(holders[who]) {
                    holders[who] = next;
                    uses[who] += 1;
                }
            }
            // Two uses each: the second of the later one comes when the other's successor has been used, and none goes through.
            prop_assert!(world.family.ended || uses[0] < 2 || uses[1] < 2);
        }
    }

    #[test]
    fn a_session_slides_for_thirty_days_and_ends_after_a_hundred_and_eighty() {
        assert_eq!(expiry(NOW, NOW.plus_ms(DAY_MS)), NOW.plus_ms(31 * DAY_MS));
        assert_eq!(expiry(NOW, NOW.plus_ms(170 * DAY_MS)), NOW.plus_ms(180 * DAY_MS));
        let family = Family { generation: 3, token_hash: None, used_at: NOW, expires_at: NOW, ended: false };
        assert_eq!(judge(&family, 4, "x", NOW), Verdict::Over);
    }
}
