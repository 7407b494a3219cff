//! How fast something is worked through, so that nobody is let into a queue that is longer than they would wait.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What waits, and what a lot of it took of late.
#[derive(Debug)]
pub(super) struct Pace {
    born: Instant,
    /// So much is done together: it takes hardly longer than one of them alone.
    lot: u64,
    waiting: AtomicU64,
    /// What will wait as soon as it is ready.
    coming: AtomicU64,
    /// What a lot took of late, in nanoseconds.
    lot_ns: AtomicU64,
    /// When what is at work was begun, in milliseconds since birth; 0 when nothing is.
    busy_since_ms: AtomicU64,
}

impl Pace {
    pub(super) fn of(lot: u64) -> Self {
        let none = || AtomicU64::new(0);
        Self { born: Instant::now(), lot: lot.max(1), waiting: none(), coming: none(), lot_ns: none(), busy_since_ms: none() }
    }

    fn ms(&self) -> u64 {
        u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// What one that came now would wait: for all that wait before it or soon will, or as long as those at work have taken already.
    pub(super) fn wait(&self) -> Duration {
        let before = self.waiting.load(Ordering::Relaxed).saturating_add(self.coming.load(Ordering::Relaxed));
        let lots = before.div_ceil(self.lot);
        let queue = Duration::from_nanos(lots.saturating_mul(self.lot_ns.load(Ordering::Relaxed)));
        let begun = self.busy_since_ms.load(Ordering::Relaxed);
        let at_work = if begun == 0 { 0 } else { self.ms().saturating_sub(begun) };
        queue.max(Duration::from_millis(at_work))
    }

    pub(super) fn is_waited_for(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// So many will come as soon as they are ready.
    pub(super) fn gets_ready(&self, count: u64) {
        self.coming.fetch_add(count, Ordering::Relaxed);
    }

    /// So many are ready, or will not come.
    pub(super) fn got_ready(&self, count: u64) {
        self.coming.fetch_sub(count, Ordering::Relaxed);
    }

    /// So many came.
    pub(super) fn came(&self, count: u64) {
        self.waiting.fetch_add(count, Ordering::Relaxed);
    }

    /// So many left without having been worked on.
    pub(super) fn left(&self, count: u64) {
        self.waiting.fetch_sub(count, Ordering::Relaxed);
    }

    pub(super) fn begin(&self) {
        self.busy_since_ms.store(self.ms().max(1), Ordering::Relaxed);
    }

    /// So many are done: an eighth of what is new, seven of what was known.
    pub(super) fn end(&self, count: u64, took: Duration) {
        self.busy_since_ms.store(0, Ordering::Relaxed);
        self.left(count);
        let new = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX) / count.div_ceil(self.lot).max(1);
        let known = self.lot_ns.load(Ordering::Relaxed);
        self.lot_ns.store(known / 8 * 7 + new / 8, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gets_ready_is_waited_for_as_what_waits_and_is_no_company_yet() {
        let pace = Pace::of(10);
        pace.came(10);
        pace.begin();
        pace.end(10, Duration::from_millis(800));
        assert_eq!(pace.wait(), Duration::ZERO, "nobody waits");
        pace.gets_ready(15);
        assert_eq!(pace.wait(), Duration::from_millis(200), "two lots, of an eighth of what the first one took");
        assert!(!pace.is_waited_for());
        pace.came(10);
        pace.got_ready(10);
        assert_eq!(pace.wait(), Duration::from_millis(200), "as many as before");
        assert!(pace.is_waited_for());
        pace.got_ready(5);
        assert_eq!(pace.wait(), Duration::from_millis(100), "five will not come");
    }
}
