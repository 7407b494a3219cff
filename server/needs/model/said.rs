//! Needs as visits said them, visit by visit.

use super::{NeedId, NeedStep};
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::visits::VisitId;

/// A need as a visit says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::needs) struct Said {
    pub(in crate::needs) id: NeedId,
    pub(in crate::needs) kind: String,
    pub(in crate::needs) words: String,
}

impl Said {
    pub(in crate::needs) fn says_the_same(&self, other: &Self) -> bool {
        self.is_of_the_kind(other) && self.has_the_words(other)
    }

    pub(in crate::needs) fn has_the_words(&self, other: &Self) -> bool {
        self.words.trim() == other.words.trim()
    }

    pub(in crate::needs) fn is_of_the_kind(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// A visit with what it heard, in its order.
#[derive(Debug, Clone)]
pub(in crate::needs) struct Spoken {
    pub(in crate::needs) id: VisitId,
    pub(in crate::needs) amends: Option<VisitId>,
    pub(in crate::needs) about: (CampaignId, Option<HouseholdId>),
    pub(in crate::needs) needs: Vec<Said>,
}

/// The last step taken on a need where it stood then: when, which of its steps, and what was done.
pub(in crate::needs) type LastStep = (Moment, i64, NeedStep);
