//! What the desk is shown.

mod alike;
mod base_map;
mod cell;
mod changes;
mod export;
mod forecast;
mod households;
mod places;
mod progress;
mod readiness;
mod visits;

pub use alike::AlikeView;
pub use base_map::BaseMap;
pub use cell::Cell;
pub use changes::{ChangeKind, Changes, ChangesAsked, Happening, ReadThrough};
pub use export::{ExportAsked, ExportFormat, ExportTable, Exported};
pub use forecast::{Basis, DayAhead, Forecast, Known, Outlook};
pub use households::{HouseholdFilter, HouseholdOrder, HouseholdRow, HouseholdsAsked, MOST_MATCHES, Matches, MatchesAsked};
pub use places::{Part, PlaceCell, PlacedHousehold, Places, PlacesAsked};
pub use progress::{ByCategory, ByDay, ByTeam, Counted, Counts, Money, Progress};
pub use readiness::{Approved, Checked, Readiness, ReadyCheck, ReadyFacts, ReadyLine, ReadyState, Stock, Visiting};
pub use visits::{AidLine, EvidenceView, HouseholdOfVisit, PersonNamed, TeamNamed, VisitFilter, VisitRow, VisitView};
