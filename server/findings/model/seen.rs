//! What a phone is told about visits.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::finding::{Code, FindingId, Severity, Standing, Status};

/// A finding, in words.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FindingSeen {
    /// Its id.
    pub id: FindingId,
    /// What.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// What of the visit it is about.
    pub subject: String,
    /// What was expected, what was found, what to do.
    pub says: String,
    /// What the witnesses say.
    #[schema(value_type = Object)]
    pub expected: Value,
    /// What the visit says.
    #[schema(value_type = Object)]
    pub actual: Value,
    /// SHA-256 of the pictures to look at.
    pub evidence: Vec<String>,
    /// Where it stands.
    pub status: Status,
}

/// What is known about a visit.
#[derive(Debug, Clone, Default)]
pub struct VisitSeen {
    /// Where its household stands.
    pub standing: Option<Standing>,
    /// What does not agree about this visit.
    pub findings: Vec<FindingSeen>,
}
