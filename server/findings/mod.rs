//! Agreement. Every visit is held against four other witnesses: the household's file, what it was promised, what the team held, and the
//! evidence; where they disagree there is a finding. Reconciliation never changes a visit and never blocks its storage.
//! It is a pure function ([`rules`]) of what is known. A visit's own household is reconciled with its recording; what changes around it
//! is heard from the log, and the households it touches are reconciled in the background.
//! Somebody with the right role settles a finding with words; that survives re-runs until the facts change.
//! From the findings follows where the household stands, and from the standings how far the campaign has come.

mod actions;
mod http;
mod model;
mod queries;
pub mod rules;
mod store;
mod words;

pub use actions::{FindingView, catch_up, chain_moved, keep_up, list as listed, reconcile, reconcile_keys};
pub use http::routes;
pub use model::{
    About, AboutKind, Alike, Also, Arrival, Case, Code, Counted, Custody, Entitlement, File, Finding, FindingId, FindingSeen, Fork, Held, How, Key, Link,
    Neighbour, Objection, Overdraft, Season, Settled, Severity, Slip, Spot, Standing, Status, Trip, Visit, VisitSeen,
};
pub use queries::{Filter, like, seen};
