//! What follows from counts: pure.

mod changes;
mod forecast;
mod readiness;
#[cfg(test)]
mod seasons;

pub(super) use changes::{Heard, VERBS, heard};
pub(super) use forecast::forecast;
pub(super) use readiness::readiness;
