//! Nuanfang 暖访: home visits that bring help, recorded at the door and reconciled with the household file and the ledger.
//!
//! THE MAP. One river: a household becomes known, something is promised to it, means are provided, a cadre delivers, the delivery is
//! checked, and the season is told. A room may use only the rooms above it.

pub mod config;
pub mod kit;

pub mod accounts;
// known
pub mod households;
// promised
pub mod campaigns;
pub mod entitlements;
// means
pub mod ledger;
// delivered
pub mod evidence;
pub mod visits;
// asked for at the doors
pub mod needs;
// checked
pub mod findings;
pub mod spotchecks;
// told
pub mod boards;
// the phone's door
pub mod field;

pub mod app;
// a city to try it on, which comes in by the doors of the app
pub mod demo;

pub mod cli;
