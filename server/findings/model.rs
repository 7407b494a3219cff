//! Findings, how they are settled, and where a household stands.

mod case;
mod finding;
mod key;
mod seen;

pub use case::{Arrival, Case, Entitlement, File, Overdraft, Season, Settled, Spot, Visit};
pub use finding::{Code, Finding, FindingId, How, Severity, Standing, Status};
pub use key::Key;
pub use seen::{FindingSeen, VisitSeen};
