//! How many items came of late.

use std::sync::{Mutex, PoisonError};

use crate::kit::clock::{Moment, SECOND_MS};

/// More items than this within a second are a rush.
const MOST: i64 = 50;

/// What came within the second that runs and the one before it.
#[derive(Debug, Default)]
pub(super) struct Rush(Mutex<Seconds>);

#[derive(Debug, Default)]
struct Seconds {
    second: i64,
    now: i64,
    before: i64,
}

impl Rush {
    /// So many came; whether they are in a rush: of the second before counts what is not yet a second ago, as if it had come evenly.
    pub(super) fn came(&self, count: usize, at: Moment) -> bool {
        let mut seconds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match at.seconds() - seconds.second {
            0 => {}
            1 => seconds.before = std::mem::take(&mut seconds.now),
            _ => *seconds = Seconds::default(),
        }
        seconds.second = at.seconds();
        seconds.now = seconds.now.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
        let left = SECOND_MS - at.ms().rem_euclid(SECOND_MS);
        seconds.now.saturating_add(seconds.before.saturating_mul(left) / SECOND_MS) > MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rush_is_what_came_within_a_second_and_passes_with_it() {
        let rush = Rush::default();
        let at = |ms: i64| Moment::from_ms(1_800_000_000_000 + ms);
        assert!(!rush.came(50, at(0)), "as many as are none");
        assert!(rush.came(1, at(900)), "one more within the second");
        assert!(rush.came(1, at(1_000)), "as many are not yet a second ago");
        assert!(!rush.came(1, at(1_500)), "half of them are");
        assert!(!rush.came(50, at(4_000)), "a pause, and as many as are none");
        assert!(rush.came(20, at(4_000)), "at once");
        assert!(!rush.came(50, at(3_000)), "a clock that was put back begins anew");
    }
}
