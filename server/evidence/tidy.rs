//! Removes what was begun and never ended.

use std::time::Duration;

use super::actions::Studio;
use crate::kit::clock::DAY_MS;

/// Parts of a file that nobody has added to for so long: a phone that comes back later begins that file anew.
const ABANDONED_AFTER_MS: i64 = 7 * DAY_MS;
const REST: Duration = Duration::from_hours(1);

/// Tidies up for ever, now and once an hour.
pub async fn keep_tidy(studio: Studio) {
    loop {
        match studio.blobs().sweep_parts(studio.db().clock().now().plus_ms(-ABANDONED_AFTER_MS)).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "parts of abandoned uploads are gone"),
            Err(problem) => tracing::warn!(%problem, "abandoned uploads stay for now"),
        }
        tokio::time::sleep(REST).await;
    }
}
