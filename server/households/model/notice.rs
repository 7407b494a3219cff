//! A name made public, and what is said against it.

use super::HouseholdId;
use crate::accounts::PersonId;
use crate::kit::clock::Moment;

crate::id!(
    /// An objection's id.
    ObjectionId
);

/// A time a name was made public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The household.
    pub household_id: HouseholdId,
    /// From when on it hung there.
    pub published_at: Moment,
    /// By whom.
    pub published_by: PersonId,
}

/// What somebody said against a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its id.
    pub id: ObjectionId,
    /// The household.
    pub household_id: HouseholdId,
    /// What was said.
    pub words: String,
    /// When.
    pub raised_at: Moment,
    /// Who wrote it down.
    pub raised_by: PersonId,
    /// What was answered; none while it is open.
    pub answer: Option<Answer>,
}

/// How an objection was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// When.
    pub answered_at: Moment,
    /// By whom.
    pub answered_by: PersonId,
    /// Whether what was said is true.
    pub upheld: bool,
    /// In which words.
    pub words: String,
}

/// A step that ends a file's life or takes it up again, for a reason that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// 视为放弃: papers that were late or incomplete at the cut-off.
    Waive,
    /// 脱困: no longer in hardship.
    Relieve,
    /// What was waived is applied for again, who was relieved is approved again.
    Restore,
}

impl Turn {
    /// As the log tells it.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Waive => "household.waived",
            Self::Relieve => "household.relieved",
            Self::Restore => "household.restored",
        }
    }
}

/// A step in the life of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It was appraised.
    Review,
    /// The name is made public.
    Publish,
    /// Somebody says something against it.
    Object {
        /// The objection's id, by which a repeat is known.
        id: ObjectionId,
        /// What they say.
        words: String,
    },
    /// An objection is answered.
    Answer {
        /// Which.
        objection: ObjectionId,
        /// Whether it is true.
        upheld: bool,
        /// In which words.
        words: String,
    },
    /// Its life ends, or goes on.
    Turn {
        /// How.
        turn: Turn,
        /// Why.
        words: String,
    },
}
