//! One file a verb.

mod freeze;
mod read;

pub(super) use freeze::{Frozen, freeze, open};
pub(super) use read::list;
pub use read::of_households;
