//! What is made of counters and tables.

mod changes;
mod export;
mod progress;
mod readiness;

pub(super) use changes::changes;
pub(super) use export::export;
pub(super) use progress::progress;
pub(super) use readiness::readiness;
