//! A need and where it stands.

mod said;

pub(super) use said::{LastStep, Said, Spoken};

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::{PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::visits::VisitId;

crate::id!(
    /// A step's id, made by whoever takes it.
    StepId
);

crate::words! {
    /// Where a need stands.
    NeedState {
        /// Nobody has said anything to it.
        Open = "open",
        /// It was answered, and is not settled.
        Answered = "answered",
        /// It is settled.
        Resolved = "resolved",
        /// A correction of the visit took it out.
        Withdrawn = "withdrawn",
    }
}

crate::words! {
    /// What a correction of the visit it was heard at made of a need.
    NeedCorrection {
        /// Nothing: it stands here.
        None = "none",
        /// It was said again, and stands there.
        Carried = "carried",
        /// It was taken out.
        Withdrawn = "withdrawn",
    }
}

crate::words! {
    /// What is done with a need.
    NeedStep {
        /// Something is said to it.
        Answer = "answer",
        /// It is settled.
        Resolve = "resolve",
        /// It was not settled after all.
        Reopen = "reopen",
    }
}

/// Which need: the visit it was heard at, and its place among that visit's needs. `<visit>.<line>` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NeedId {
    /// The visit.
    pub visit: VisitId,
    /// From 0.
    pub line: i64,
}

impl NeedId {
    /// Reads `<visit>.<line>`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (visit, line) = text.split_once('.')?;
        Some(Self { visit: VisitId::parse(visit)?, line: line.parse().ok().filter(|line| *line >= 0)? })
    }
}

impl std::fmt::Display for NeedId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.visit, self.line)
    }
}

/// Which needs are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NeedFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// That stand here.
    pub state: Option<NeedState>,
    /// Of households of this team.
    pub team: Option<TeamId>,
    /// Of this household.
    pub household: Option<HouseholdId>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StepTaken {
    /// Its id.
    pub id: StepId,
    /// What was done.
    pub step: NeedStep,
    /// In which words.
    pub words: String,
    /// Who did it.
    pub by: PersonId,
    /// Their name.
    pub by_name: String,
    /// When.
    pub at: Moment,
}

/// A need as it was said before a correction put it otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NeedBefore {
    /// The visit that said it so.
    pub visit_id: VisitId,
    /// What kind of need it was.
    pub kind: String,
    /// In which words.
    pub words: String,
    /// The cadre who made that visit.
    pub by_name: String,
}

/// The correction that took a need out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NeedWithdrawal {
    /// The visit that corrects; it says why.
    pub visit_id: VisitId,
    /// Who made it.
    pub by_name: String,
    /// When it came in.
    pub at: Moment,
}

/// A need with all that became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NeedView {
    /// `<visit>.<line>`
    pub id: String,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The visit at which it was asked for.
    pub visit_id: VisitId,
    /// The household; null for one found at the door, or a group.
    pub household_id: Option<HouseholdId>,
    /// The head's name.
    pub head_name: Option<String>,
    /// The team that visits the household, or made the visit.
    pub team_id: Option<TeamId>,
    /// Its name.
    pub team_name: Option<String>,
    /// `medical`, `schooling`, `work`, `housing`, `goods`, `legal`, `other`, as phones say it.
    pub kind: String,
    /// In their words.
    pub words: String,
    /// `now`, `soon` or `later`, as phones say it.
    pub urgency: String,
    /// When it was asked for.
    pub raised_at: Moment,
    /// The cadre who heard it.
    pub by_name: String,
    /// Where it stands.
    pub state: NeedState,
    /// What became of it, the first first; also what was said to it before its visit was corrected.
    pub history: Vec<StepTaken>,
    /// How it was put before corrections put it otherwise, the first first.
    pub before: Vec<NeedBefore>,
    /// What took it out, where a correction did.
    pub withdrawal: Option<NeedWithdrawal>,
    /// Whether this person may take a step.
    pub may_step: bool,
}

/// A step as it is asked for.
#[derive(Debug, Clone)]
pub struct StepAsked {
    /// Its id.
    pub id: StepId,
    /// What is to be done.
    pub step: NeedStep,
    /// In which words.
    pub words: String,
}
