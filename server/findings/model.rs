//! Findings, how they are settled, and where a household stands.

mod around;
mod case;
mod chain;
mod custody;
mod finding;
mod key;
mod seen;

pub use around::{Alike, Also, Neighbour, Trip};
pub use case::{Arrival, Case, EarlierHome, Entitlement, File, Objection, Overdraft, Season, Settled, Spot, Visit};
pub use chain::{Fork, Link};
pub use custody::{Counted, Custody, Held, Slip};
pub use finding::{About, AboutKind, AboutSeen, Code, Finding, FindingId, How, Severity, Standing, Status};
pub use key::Key;
pub use seen::{FindingSeen, VisitSeen};
