//! Agreement. Every visit is held against four other witnesses: the household's file, what it was promised, what the team held, and the
//! evidence; where they disagree there is a finding. Reconciliation never changes a visit and never blocks its storage.
//! It is a pure function ([`rules`]) of what is known, run again whenever something it looks at changes; somebody with the right role
//! settles a finding with words, and that survives re-runs until the facts change.
//! From the findings follows where the household stands, and from the standings how far the campaign has come.

mod model;
pub mod rules;

pub use model::{Arrival, Case, Code, Entitlement, File, Finding, FindingId, How, Overdraft, Season, Settled, Severity, Spot, Standing, Status, Visit};
