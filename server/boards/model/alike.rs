//! Where a picture stands.

use serde::Serialize;
use utoipa::ToSchema;

use super::PersonNamed;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::visits::{EvidenceKind, VisitId};

/// A visit that names a picture, or one that looks like it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AlikeView {
    /// The picture.
    pub sha256: String,
    /// In how many of 64 bits its likeness differs; 0 for the same picture, and for one that only looks the same.
    pub bits: i64,
    /// As what the visit names it.
    pub kind: EvidenceKind,
    /// The visit.
    pub visit_id: VisitId,
    /// When it began.
    pub started_at: Moment,
    /// Who made it.
    pub cadre: PersonNamed,
    /// Whom it was made to; null for one on no list and for a group.
    pub household_id: Option<HouseholdId>,
    /// The head's name.
    pub head_name: Option<String>,
}
