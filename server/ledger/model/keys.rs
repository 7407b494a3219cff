//! Accounts and commodities as two words each: how tables and JSON name them.

use crate::accounts::{OrgId, TeamId};
use crate::campaigns::ItemId;
use crate::households::HouseholdId;

use super::{Account, Commodity, EnterpriseId, FundId, RecipientId};

crate::words! {
    /// What kind of account.
    AccountKind {
        /// A fund or donor that gives.
        Source = "source",
        /// An org's store.
        Store = "store",
        /// A team's custody.
        Team = "team",
        /// A team's overdraft.
        Unexplained = "unexplained",
        /// A household.
        Household = "household",
        /// An enterprise.
        Enterprise = "enterprise",
        /// A person without a file.
        Person = "person",
        /// Given back.
        Returned = "returned",
        /// Lost.
        Loss = "loss",
    }
}

crate::words! {
    /// What kind of commodity.
    CommodityKind {
        /// Money of a fund.
        Cash = "cash",
        /// Goods of one kind.
        Goods = "goods",
    }
}

impl Account {
    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> AccountKind {
        match self {
            Self::Source(_) => AccountKind::Source,
            Self::Store(_) => AccountKind::Store,
            Self::Team(_) => AccountKind::Team,
            Self::Unexplained(_) => AccountKind::Unexplained,
            Self::Household(_) => AccountKind::Household,
            Self::Enterprise(_) => AccountKind::Enterprise,
            Self::Person(_) => AccountKind::Person,
            Self::Returned => AccountKind::Returned,
            Self::Loss => AccountKind::Loss,
        }
    }

    /// Whose it is; empty for the two that are nobody's.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Source(id) => id.as_str(),
            Self::Store(id) => id.as_str(),
            Self::Team(id) | Self::Unexplained(id) => id.as_str(),
            Self::Household(id) => id.as_str(),
            Self::Enterprise(id) => id.as_str(),
            Self::Person(id) => id.as_str(),
            Self::Returned | Self::Loss => "",
        }
    }

    /// The account named by these two.
    #[must_use]
    pub fn named(kind: AccountKind, id: &str) -> Option<Self> {
        match kind {
            AccountKind::Source => FundId::parse(id).map(Self::Source),
            AccountKind::Store => OrgId::parse(id).map(Self::Store),
            AccountKind::Team => TeamId::parse(id).map(Self::Team),
            AccountKind::Unexplained => TeamId::parse(id).map(Self::Unexplained),
            AccountKind::Household => HouseholdId::parse(id).map(Self::Household),
            AccountKind::Enterprise => EnterpriseId::parse(id).map(Self::Enterprise),
            AccountKind::Person => RecipientId::parse(id).map(Self::Person),
            AccountKind::Returned => Some(Self::Returned),
            AccountKind::Loss => Some(Self::Loss),
        }
    }
}

impl Commodity {
    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> CommodityKind {
        match self {
            Self::Cash(_) => CommodityKind::Cash,
            Self::Goods(_) => CommodityKind::Goods,
        }
    }

    /// Which fund or item.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Cash(id) => id.as_str(),
            Self::Goods(id) => id.as_str(),
        }
    }

    /// The commodity named by these two.
    #[must_use]
    pub fn named(kind: CommodityKind, id: &str) -> Option<Self> {
        match kind {
            CommodityKind::Cash => FundId::parse(id).map(Self::Cash),
            CommodityKind::Goods => ItemId::parse(id).map(Self::Goods),
        }
    }

    /// The fund, when it is cash.
    #[must_use]
    pub const fn fund_id(self) -> Option<FundId> {
        if let Self::Cash(id) = self { Some(id) } else { None }
    }

    /// The item, when it is goods.
    #[must_use]
    pub const fn item_id(self) -> Option<ItemId> {
        if let Self::Goods(id) = self { Some(id) } else { None }
    }
}
