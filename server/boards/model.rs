//! What the desk is shown.

mod households;
mod progress;
mod visits;

pub use households::{HouseholdFilter, HouseholdRow};
pub use progress::{ByCategory, ByDay, ByTeam, Money, Progress};
pub use visits::{AidLine, EvidenceView, HouseholdOfVisit, PersonNamed, TeamNamed, VisitFilter, VisitRow, VisitView};
