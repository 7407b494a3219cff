//! Findings, how they are settled, and where a household stands.

mod case;
mod finding;

pub use case::{Arrival, Case, Entitlement, File, Overdraft, Season, Settled, Spot, Visit};
pub use finding::{Code, Finding, FindingId, How, Severity, Standing, Status};
