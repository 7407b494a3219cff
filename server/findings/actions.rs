//! What is done here.

mod catch_up;
mod corrections;
mod found;
mod hear;
mod list;
mod reconcile;
mod settle;
mod stride;
mod write;

pub use corrections::{catch_up, keep_up};
pub use list::{FindingView, list};
pub use reconcile::{chain_moved, reconcile, reconcile_keys};
pub(super) use settle::{Refused, settle, settle_many};

/// Keys that wait to be reconciled.
const RECONCILE: &str = "reconcile";
/// Keys of which something will be overdue: evidence, a number of a phone's chain.
const OVERDUE: &str = "evidence_overdue";
/// Teams that must have settled up when the deadline is past.
const DEADLINE: &str = "custody_deadline";
