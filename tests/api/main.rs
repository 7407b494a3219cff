//! The system at its door: every room over HTTP, on both databases.
#![expect(clippy::unwrap_used, clippy::as_conversions, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

mod kit;

mod accounts;
mod authorisation;
mod blob;
mod boards;
mod campaigns;
mod demo;
mod entitlements;
mod evidence;
mod field;
mod findings;
mod households;
mod journey;
mod lan;
mod ledger;
mod needs;
mod openapi;
mod overload;
mod privacy;
mod sealed;
mod spotchecks;
mod status;
