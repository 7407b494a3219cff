//! The ends of what moved, as a picture of the season draws them.

use std::collections::BTreeMap;

use super::keys::AccountKind;
use super::{Account, Commodity, EntryKind, FundId};
use crate::accounts::{OrgId, TeamId};

/// One end: an account, but a team with its overdraft is one, and recipients of a kind are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Where means come from.
    Source(FundId),
    /// An org's store.
    Store(OrgId),
    /// A team, what it holds and what it owes.
    Team(TeamId),
    /// All households.
    Households,
    /// All enterprises.
    Enterprises,
    /// All persons.
    Persons,
    /// Given back.
    Returned,
    /// Lost.
    Loss,
}

impl Place {
    /// Where an account stands in the picture.
    #[must_use]
    pub const fn of(account: Account) -> Self {
        match account {
            Account::Source(id) => Self::Source(id),
            Account::Store(id) => Self::Store(id),
            Account::Team(id) | Account::Unexplained(id) => Self::Team(id),
            Account::Household(_) => Self::Households,
            Account::Enterprise(_) => Self::Enterprises,
            Account::Person(_) => Self::Persons,
            Account::Returned => Self::Returned,
            Account::Loss => Self::Loss,
        }
    }

    /// The kind of its accounts; a team's is `team`.
    #[must_use]
    pub const fn kind(self) -> AccountKind {
        match self {
            Self::Source(_) => AccountKind::Source,
            Self::Store(_) => AccountKind::Store,
            Self::Team(_) => AccountKind::Team,
            Self::Households => AccountKind::Household,
            Self::Enterprises => AccountKind::Enterprise,
            Self::Persons => AccountKind::Person,
            Self::Returned => AccountKind::Returned,
            Self::Loss => AccountKind::Loss,
        }
    }

    /// Whose it is; empty where it is nobody's, or everybody's.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Source(id) => id.as_str(),
            Self::Store(id) => id.as_str(),
            Self::Team(id) => id.as_str(),
            Self::Households | Self::Enterprises | Self::Persons | Self::Returned | Self::Loss => "",
        }
    }

    /// The place named by these two.
    #[must_use]
    pub fn named(kind: AccountKind, id: &str) -> Option<Self> {
        match kind {
            AccountKind::Household => Some(Self::Households),
            AccountKind::Enterprise => Some(Self::Enterprises),
            AccountKind::Person => Some(Self::Persons),
            _ => Account::named(kind, id).map(Self::of),
        }
    }

    /// Its name in a picture: `store:<org>`, `household`.
    #[must_use]
    pub fn key(&self) -> String {
        match self.id() {
            "" => self.kind().to_string(),
            id => format!("{}:{id}", self.kind()),
        }
    }
}

/// What goes from one place to another by deeds of one kind, of one commodity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// From where.
    pub from: Place,
    /// To where.
    pub to: Place,
    /// By what kind of deed.
    pub kind: EntryKind,
    /// Of what.
    pub commodity: Commodity,
}

/// So much, and what it was worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Fen, or thousandths of the item's unit.
    pub amount: i64,
    /// What the goods were worth when they were booked; nothing for money.
    pub value_fen: i64,
}

impl Moved {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { amount: self.amount.saturating_add(other.amount), value_fen: self.value_fen.saturating_add(other.value_fen) }
    }

    /// As much the other way.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { amount: self.amount.saturating_neg(), value_fen: self.value_fen.saturating_neg() }
    }

    /// What it is worth: money is worth its amount.
    #[must_use]
    pub const fn worth_fen(self, of: Commodity) -> i64 {
        match of {
            Commodity::Cash(_) => self.amount,
            Commodity::Goods(_) => self.value_fen,
        }
    }
}

/// All that moved, each link once.
pub type Links = BTreeMap<Link, Moved>;
