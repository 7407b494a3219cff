//! A table of the desk as a file.

use serde::Deserialize;
use utoipa::ToSchema;

use super::households::{HouseholdFilter, HouseholdOrder};
use super::visits::VisitFilter;
use crate::accounts::{PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::findings;
use crate::households::{Category, HouseholdId, Status};
use crate::visits::Outcome;

crate::words! {
    /// Which table.
    ExportTable {
        /// Households with where they stand.
        Households = "households",
        /// Visits.
        Visits = "visits",
        /// What does not agree.
        Findings = "findings",
        /// What was booked.
        Entries = "entries",
    }
}

crate::words! {
    /// As which kind of file.
    ExportFormat {
        /// Text with commas between, which Excel reads as UTF-8.
        Csv = "csv",
        /// A workbook.
        Xlsx = "xlsx",
    }
}

/// Which table, of what, as what. A filter that the table does not have is not looked at.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportAsked {
    /// The table.
    pub table: ExportTable,
    /// The kind of file.
    pub format: ExportFormat,
    /// The campaign.
    pub campaign: CampaignId,
    /// Of this team.
    pub team: Option<TeamId>,
    /// Households that stand at one of these, with commas between.
    pub standing: Option<String>,
    /// Households whose last try, or visits that, came to this.
    pub outcome: Option<Outcome>,
    /// Households that this cadre goes to first, or visits and findings of this cadre.
    pub cadre: Option<PersonId>,
    /// Households on file for this.
    pub category: Option<Category>,
    /// Households whose file stands here.
    pub file_status: Option<Status>,
    /// Households whose head's name or address has this part.
    pub q: Option<String>,
    /// In which order households stand.
    #[serde(default)]
    pub order: HouseholdOrder,
    /// In that order the other way round.
    #[serde(default)]
    pub descending: bool,
    /// Households without a team.
    #[serde(default)]
    pub without_team: bool,
    /// These households and no others, whatever else is said; at most 100,000.
    pub household_ids: Option<Vec<HouseholdId>>,
    /// Findings that stand here.
    pub status: Option<findings::Status>,
    /// Findings of this weight.
    pub severity: Option<findings::Severity>,
    /// Findings with this code.
    pub code: Option<findings::Code>,
}

impl ExportAsked {
    /// As the table of households is asked.
    #[must_use]
    pub fn of_households(&self) -> HouseholdFilter {
        HouseholdFilter {
            campaign: Some(self.campaign),
            standing: self.standing.clone(),
            outcome: self.outcome,
            cadre: self.cadre,
            order: self.order,
            descending: self.descending,
            team: self.team,
            without_team: self.without_team,
            household: None,
            category: self.category,
            status: self.file_status,
            q: self.q.clone(),
        }
    }

    /// As the table of visits is asked.
    #[must_use]
    pub const fn of_visits(&self) -> VisitFilter {
        VisitFilter { campaign: Some(self.campaign), household: None, team: self.team, cadre: self.cadre, outcome: self.outcome }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it begins with.
    Text(String),
    /// A number, in digits.
    Number(String),
}

impl Cell {
    /// Fen as yuan.
    #[must_use]
    pub fn yuan(fen: i64) -> Self {
        Self::places(fen, 2)
    }

    /// So many of the smallest part, with a point before the last places.
    #[must_use]
    pub fn places(amount: i64, places: usize) -> Self {
        let sign = if amount < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", amount.unsigned_abs(), width = places + 1);
        let (whole, rest) = digits.split_at(digits.len() - places);
        Self::Number(format!("{sign}{whole}.{rest}"))
    }

    /// A count.
    #[must_use]
    pub fn count(of: i64) -> Self {
        Self::Number(of.to_string())
    }

    /// Text, or nothing.
    #[must_use]
    pub fn text(of: Option<impl ToString>) -> Self {
        Self::Text(of.map(|of| of.to_string()).unwrap_or_default())
    }
}

/// A file that was made.
#[derive(Debug)]
pub struct Exported {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
