//! `Found`: how much there was to do.

/// What a round found to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    Nothing,
    /// All of it is done. What comes now waits for the next round: a visit's pictures come within a moment of each other, and are
    /// worked off together.
    Some,
    /// As much as a round takes: there may be more.
    More,
}

impl Found {
    /// What that many are of as many as are done at once.
    pub(super) fn of(count: usize, most: usize) -> Self {
        match count {
            0 => Self::Nothing,
            count if count < most => Self::Some,
            _ => Self::More,
        }
    }
}
