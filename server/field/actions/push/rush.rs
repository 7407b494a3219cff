//! How many pushes came of late.

use std::sync::{Mutex, PoisonError};

use crate::kit::clock::{Moment, SECOND_MS};

/// More pushes than this within a second are a rush. What they hold does not matter: twenty visits of one phone are worked off together
/// anyway.
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
    /// One came; whether it is in a rush: of the second before counts what is not yet a second ago, as if it had come evenly.
    pub(super) fn came(&self, at: Moment) -> bool {
        let mut seconds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match at.seconds() - seconds.second {
            0 => {}
            1 => seconds.before = std::mem::take(&mut seconds.now),
            _ => *seconds = Seconds::default(),
        }
        seconds.second = at.seconds();
        seconds.now = seconds.now.saturating_add(1);
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
        let came = |count: usize, ms: i64| (0..count).map(|_| rush.came(at(ms))).last();
        assert_eq!(came(50, 0), Some(false), "as many as are none");
        assert_eq!(came(1, 900), Some(true), "one more within the second");
        assert_eq!(came(1, 1_000), Some(true), "as many are not yet a second ago");
        assert_eq!(came(1, 1_500), Some(false), "half of them are");
        assert_eq!(came(50, 4_000), Some(false), "a pause, and as many as are none");
        assert_eq!(came(20, 4_000), Some(true), "at once");
        assert_eq!(came(50, 3_000), Some(false), "a clock that was put back begins anew");
    }
}
