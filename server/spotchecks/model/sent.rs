//! Answers that were given to a phone without a line, and those that could not count any more when they arrived.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answers, CheckId};
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::http::problem::Code;
use crate::visits::NamedEvidence;

/// What a household answered, as a phone brings it.
#[derive(Debug, Clone)]
pub struct AnswersSent {
    /// The phone's item.
    pub item_id: String,
    /// The check.
    pub check_id: CheckId,
    /// The campaign it was sealed for.
    pub campaign_id: CampaignId,
    /// What the household said.
    pub answers: Answers,
    /// Pictures of a second visit.
    pub pictures: Vec<NamedEvidence>,
    /// When it was asked: by the phone's clock, corrected.
    pub asked_at: Moment,
}

crate::words! {
    /// Why answers could not count.
    SetAside as "CheckSetAside" {
        /// Others stood already.
        AlreadyAnswered = "already_answered",
        /// Another household had taken the place.
        CheckReplaced = "check_replaced",
        /// Whoever asked had joined the team that was there.
        OwnTeam = "own_team",
    }
}

impl SetAside {
    /// The reason that a refusal is, where what was refused is kept for people to compare.
    #[must_use]
    pub const fn of(code: Code) -> Option<Self> {
        match code {
            Code::AlreadyAnswered => Some(Self::AlreadyAnswered),
            Code::CheckReplaced => Some(Self::CheckReplaced),
            Code::OwnTeam => Some(Self::OwnTeam),
            _ => None,
        }
    }
}

/// Answers that were set aside: kept for people to compare, they count nowhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckAside {
    /// Why they could not count.
    pub reason: SetAside,
    /// What the household said.
    pub said: Answers,
    /// Who asked.
    pub by: String,
    /// When.
    pub at: Moment,
}
