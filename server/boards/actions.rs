//! What is made of counters and tables.

mod changes;
mod export;
mod progress;

pub(super) use changes::changes;
pub(super) use export::export;
pub(super) use progress::progress;
