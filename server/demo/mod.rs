//! The demo city: an invented city half-way through its season, made anew from a seed. Orgs, people, households, means and five weeks of
//! visits go through the same doors as everybody's, on a clock that passes weeks in seconds; nothing is written beside them.
//! Most visits agree with everything; some do not, one or two of each kind, so that the desk has something to look into.
//! `serve` knows nothing of it: neither the accounts nor their password exist anywhere else.

mod album;
mod checks;
pub mod dice;
mod doors;
mod files;
mod folk;
mod means;
mod names;
mod oddity;
pub mod paint;
mod people;
mod phone;
mod places;
mod raise;
mod rounds;
mod slips;
mod tour;
mod wares;

#[cfg(test)]
mod tests;

pub use doors::Fault;
pub use folk::{Family, Relative, families};
pub use oddity::Oddity;
pub use raise::{Raised, Wish, raise};
pub use rounds::{Call, Shot, calls};

use crate::accounts::Role;

/// The password of every demo account.
pub const PASSWORD: &str = "nuanfang-demo";

/// The accounts at the desk, all at the federation.
pub const DESK: [(&str, Role); 4] = [("admin", Role::Admin), ("centre", Role::Centre), ("supervisor", Role::Supervisor), ("auditor", Role::Auditor)];
