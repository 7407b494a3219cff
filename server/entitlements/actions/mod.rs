//! One file a verb.

mod freeze;
mod read;

pub(super) use freeze::{Frozen, freeze, open};
pub use read::{list, of_households};
