//! What the desk is shown.

mod alike;
mod changes;
mod export;
mod forecast;
mod households;
mod progress;
mod visits;

pub use alike::AlikeView;
pub use changes::{ChangeKind, Changes, ChangesAsked, Happening, ReadThrough};
pub use export::{Cell, ExportAsked, ExportFormat, ExportTable, Exported};
pub use forecast::{Basis, DayAhead, Forecast, Known, Outlook};
pub use households::{HouseholdFilter, HouseholdOrder, HouseholdRow};
pub use progress::{ByCategory, ByDay, ByTeam, Counted, Counts, Money, Progress};
pub use visits::{AidLine, EvidenceView, HouseholdOfVisit, PersonNamed, TeamNamed, VisitFilter, VisitRow, VisitView};
