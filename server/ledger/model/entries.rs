//! An entry as it is asked for.

use serde::Serialize;

use super::{Commodity, EntryId, EntryKind, FundId, Line};
use crate::accounts::{OrgId, TeamId};
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::digest::sha256_hex;

/// The most of one commodity that one entry moves.
pub const MOST: i64 = 1_000_000_000_000;
/// The most lines in one entry.
pub const MOST_LINES: usize = 200;

/// Lines of one entry: each commodity once, all amounts above nothing; ordered by commodity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines(Vec<Line>);

impl Lines {
    /// Adds lines of the same commodity up. None when an amount is nothing, less, or too much.
    #[must_use]
    pub fn adding_up(lines: &[(Commodity, i64)]) -> Option<Self> {
        let mut sums = std::collections::BTreeMap::<Commodity, i64>::new();
        for (commodity, amount) in lines {
            let sum = sums.entry(*commodity).or_default();
            *sum = sum.checked_add(*amount).filter(|_| *amount > 0)?;
        }
        Some(Self(sums.into_iter().map(|(commodity, amount)| Line { commodity, amount }).collect()))
    }

    /// The lines.
    #[must_use]
    pub fn as_slice(&self) -> &[Line] {
        &self.0
    }
}

/// What is asked for; a store that is not named is the asker's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A fund or donor gives to a store.
    Receipt {
        /// Who gives.
        fund: FundId,
        /// Where to.
        store: Option<OrgId>,
        /// What.
        lines: Lines,
    },
    /// A store issues to a team.
    Issue {
        /// Where from.
        store: Option<OrgId>,
        /// Whom to.
        team: TeamId,
        /// What.
        lines: Lines,
    },
    /// A team returns to a store; without a team, the store gives back to where it came from.
    Return {
        /// Who returns.
        team: Option<TeamId>,
        /// The store.
        store: Option<OrgId>,
        /// What.
        lines: Lines,
    },
    /// A team, or without one a store, lost something.
    Loss {
        /// Who lost it.
        team: Option<TeamId>,
        /// The store that lost it.
        store: Option<OrgId>,
        /// What.
        lines: Lines,
    },
    /// Another entry was a mistake.
    Reversal {
        /// Which one.
        of: EntryId,
    },
}

/// An entry on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Made by whoever asks.
    pub id: EntryId,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// What.
    pub deed: Deed,
    /// When.
    pub happened_at: Moment,
    /// Why; for whom to look up.
    pub words: String,
}

#[derive(Serialize)]
struct Content<'a>(EntryKind, CampaignId, [Option<&'a str>; 4], Vec<(&'a str, i64)>, Moment, &'a str);

impl Deed {
    /// What kind of entry it makes.
    #[must_use]
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Receipt { .. } => EntryKind::Receipt,
            Self::Issue { .. } => EntryKind::Issue,
            Self::Return { .. } => EntryKind::Return,
            Self::Loss { .. } => EntryKind::Loss,
            Self::Reversal { .. } => EntryKind::Reversal,
        }
    }

    /// What it moves; nothing named for a reversal.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        match self {
            Self::Receipt { lines, .. } | Self::Issue { lines, .. } | Self::Return { lines, .. } | Self::Loss { lines, .. } => lines.as_slice(),
            Self::Reversal { .. } => &[],
        }
    }

    /// The store it names.
    #[must_use]
    pub const fn store(&self) -> Option<OrgId> {
        match self {
            Self::Receipt { store, .. } | Self::Issue { store, .. } | Self::Return { store, .. } | Self::Loss { store, .. } => *store,
            Self::Reversal { .. } => None,
        }
    }

    /// The team it names.
    #[must_use]
    pub const fn team(&self) -> Option<TeamId> {
        match self {
            Self::Issue { team, .. } => Some(*team),
            Self::Return { team, .. } | Self::Loss { team, .. } => *team,
            Self::Receipt { .. } | Self::Reversal { .. } => None,
        }
    }

    /// The fund a receipt comes from.
    #[must_use]
    pub const fn fund(&self) -> Option<FundId> {
        if let Self::Receipt { fund, .. } = self { Some(*fund) } else { None }
    }
}

impl NewEntry {
    /// Tells a repeat from other content under the same id.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let (fund, store, team) = (self.deed.fund(), self.deed.store(), self.deed.team());
        let of = if let Deed::Reversal { of } = &self.deed { Some(of) } else { None };
        let named = [fund.as_ref().map(FundId::as_str), store.as_ref().map(OrgId::as_str), team.as_ref().map(TeamId::as_str), of.map(EntryId::as_str)];
        let lines = self.deed.lines().iter().map(|line| (line.commodity.id(), line.amount)).collect();
        let content = Content(self.deed.kind(), self.campaign_id, named, lines, self.happened_at, &self.words);
        sha256_hex(serde_json::to_string(&content).unwrap_or_default().as_bytes())
    }
}
