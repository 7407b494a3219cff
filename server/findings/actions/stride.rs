//! `Stride`: how much is done in one transaction.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use crate::kit::db::Tx;
use crate::kit::http::problem::Problem;

/// So long a transaction may stand in the way of those who wait at a door.
const A_MOMENT: Duration = Duration::from_millis(500);

/// A household with fifty visits takes fifty times as long as one with its first: what took too long is done by halves from then on, and by
/// twice as much again where that was quick.
#[derive(Debug)]
pub(super) struct Stride(AtomicI64);

impl Stride {
    /// As much as anybody asks for.
    pub(super) const fn new() -> Self {
        Self(AtomicI64::new(i64::MAX))
    }

    /// As much of this as is done at once now.
    pub(super) fn of(&self, wanted: i64) -> i64 {
        wanted.min(self.0.load(Ordering::Relaxed))
    }

    fn learn(&self, did: usize, took: Duration) {
        let (did, now) = (i64::try_from(did).unwrap_or(i64::MAX), self.0.load(Ordering::Relaxed));
        if took > A_MOMENT {
            self.0.store((did / 2).max(1), Ordering::Relaxed);
        } else if did >= now && took < A_MOMENT / 2 {
            self.0.store(now.saturating_mul(2), Ordering::Relaxed);
        }
    }

    /// Takes what a transaction says of itself: how much it did, and how long it stood in the way.
    pub(super) fn after(&self, done: Result<(usize, Duration), Problem>) -> Result<usize, Problem> {
        let (did, took) = done?;
        self.learn(did, took);
        Ok(did)
    }
}

/// Does something, and says how long others may have waited for it: without what it waited for them.
pub(super) fn timed(tx: &mut Tx<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<usize, Problem>) -> Result<(usize, Duration), Problem> {
    let (begun, waited) = (Instant::now(), tx.waited());
    let did = work(tx)?;
    Ok((did, begun.elapsed().saturating_sub(tx.waited().saturating_sub(waited))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_took_too_long_is_halved_and_what_was_quick_is_doubled() {
        let stride = Stride::new();
        assert_eq!(stride.of(100), 100);
        stride.learn(100, A_MOMENT * 2);
        assert_eq!(stride.of(100), 50);
        stride.learn(20, A_MOMENT / 4);
        assert_eq!(stride.of(100), 50, "less than it might have done says nothing");
        stride.learn(50, A_MOMENT * 3 / 4);
        assert_eq!(stride.of(100), 50, "neither long nor quick");
        stride.learn(50, A_MOMENT / 4);
        assert_eq!(stride.of(500), 100);
        stride.learn(1, A_MOMENT * 2);
        assert_eq!(stride.of(500), 1, "one is always done");
    }
}
