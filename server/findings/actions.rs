//! What is done here.

mod catch_up;
mod hear;
mod list;
mod reconcile;
mod settle;

pub use catch_up::{catch_up, keep_up};
pub(super) use list::{FindingView, list};
pub use reconcile::{reconcile, reconcile_keys};
pub(super) use settle::settle;

/// Keys that wait to be reconciled.
const RECONCILE: &str = "reconcile";
/// Keys whose evidence will be overdue.
const OVERDUE: &str = "evidence_overdue";
