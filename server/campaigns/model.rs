//! A campaign, its standards and the goods they name.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::policy::Policy;
use crate::accounts::OrgId;
use crate::households::Category;
use crate::kit::clock::Moment;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::seal::key_id;

crate::id!(
    /// A campaign's id.
    CampaignId
);
crate::id!(
    /// The id of one kind of goods.
    ItemId
);

crate::id!(
    /// The id of a key that phones seal to.
    SealKeyId
);

impl SealKeyId {
    /// The key an envelope is sealed to; its head is enough.
    #[must_use]
    pub fn of_envelope(head: &[u8]) -> Option<Self> {
        key_id(head).map(Self)
    }
}

/// A key that phones seal to.
#[derive(Clone)]
pub struct SealKey {
    /// Its id.
    pub id: SealKeyId,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// The point, uncompressed, in base64.
    pub public_key: String,
    /// The private half, locked with the server's sealing secret.
    pub private_key: String,
    /// When it was made.
    pub made_at: Moment,
}

/// What a campaign's spot checks are drawn from.
#[derive(Debug, Clone)]
pub struct DrawSeed {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// SHA-256 of the seed, in hexadecimal: published at once.
    pub commitment: String,
    /// The seed, locked with the server's sealing secret.
    pub seed: String,
    /// When it was made and promised.
    pub committed_at: Moment,
    /// The seed in hexadecimal, once it is published.
    pub revealed: Option<String>,
    /// When it was published.
    pub revealed_at: Option<Moment>,
}

crate::words! {
    /// Where a campaign stands.
    CampaignStatus {
        /// Being set up.
        Draft = "draft",
        /// Households are visited.
        Open = "open",
        /// Over.
        Closed = "closed",
    }
}

crate::words! {
    /// What cash is given for.
    Purpose {
        /// 生活救助
        Living = "living",
        /// 医疗救助
        Medical = "medical",
        /// 子女助学
        Schooling = "schooling",
        /// 过冬取暖
        Heating = "heating",
    }
}

crate::words! {
    /// What a fund may be given for.
    Earmark {
        /// 生活救助
        Living = "living",
        /// 医疗救助
        Medical = "medical",
        /// 子女助学
        Schooling = "schooling",
        /// 过冬取暖
        Heating = "heating",
        /// Not earmarked.
        Any = "any",
    }
}

impl Earmark {
    /// Whether money so earmarked may be given for this purpose.
    #[must_use]
    pub const fn allows(self, purpose: Purpose) -> bool {
        match self {
            Self::Any => true,
            Self::Living => matches!(purpose, Purpose::Living),
            Self::Medical => matches!(purpose, Purpose::Medical),
            Self::Schooling => matches!(purpose, Purpose::Schooling),
            Self::Heating => matches!(purpose, Purpose::Heating),
        }
    }
}

/// One kind of goods in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The org whose catalogue it stands in.
    pub org_id: OrgId,
    /// Its name: rice, oil, quilt.
    pub name: String,
    /// What it is counted in: 袋, 升, 件.
    pub unit: String,
    /// The value of one whole unit.
    pub unit_value_fen: i64,
    /// Counts changes.
    pub version: i64,
}

/// So much of one kind of goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// Which goods.
    pub item_id: ItemId,
    /// Thousandths of the item's unit.
    pub quantity_milli: i64,
}

/// What one category receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Which households.
    pub category: Category,
    /// Cash; may be nothing.
    pub cash_fen: i64,
    /// What the cash is for.
    pub purpose: Purpose,
    /// Goods; may be none.
    #[serde(default)]
    pub goods: Vec<Quantity>,
}

/// The standards of a campaign, at most one for each category, ordered by category.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
pub struct Standards(Vec<Standard>);

impl Standards {
    /// What a category receives.
    #[must_use]
    pub fn of(&self, category: Category) -> Option<&Standard> {
        self.0.iter().find(|standard| standard.category == category)
    }

    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Standard] {
        &self.0
    }
}

impl From<Vec<Standard>> for Standards {
    /// In order of category; what is promised twice is promised once, as first said.
    fn from(mut standards: Vec<Standard>) -> Self {
        standards.sort_by_key(|standard| standard.category.as_str());
        standards.dedup_by_key(|standard| standard.category);
        Self(standards)
    }
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// The org that holds it; it covers that org's subtree.
    pub org_id: OrgId,
    /// Its name.
    pub name: String,
    /// Its theme.
    pub theme: String,
    /// Where it stands.
    pub status: CampaignStatus,
    /// Its first moment.
    pub opens_at: Moment,
    /// The moment by which every household is to be reached.
    pub deadline_at: Moment,
    /// The limits visits are held against.
    pub policy: Policy,
    /// When it was opened.
    pub opened_at: Option<Moment>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// Counts changes.
    pub version: i64,
    /// When it was made.
    pub made_at: Moment,
}

impl Campaign {
    /// Draft → open.
    ///
    /// # Errors
    /// When it is no draft, or promises nothing to anybody.
    pub fn open(&mut self, standards: &Standards, now: Moment) -> Result<(), Problem> {
        self.must_be_draft()?;
        if standards.as_slice().is_empty() {
            return Err(Problem::of(Code::StandardsMissing));
        }
        self.status = CampaignStatus::Open;
        self.opened_at = Some(now);
        self.version += 1;
        Ok(())
    }

    /// Open → closed.
    ///
    /// # Errors
    /// When it is not open.
    pub fn close(&mut self, now: Moment) -> Result<(), Problem> {
        self.must_be_open()?;
        self.status = CampaignStatus::Closed;
        self.closed_at = Some(now);
        self.version += 1;
        Ok(())
    }

    /// Standards may change only before the campaign opens.
    ///
    /// # Errors
    /// Once it has opened.
    pub fn must_be_draft(&self) -> Result<(), Problem> {
        if self.status == CampaignStatus::Draft { Ok(()) } else { Err(Problem::of(Code::CampaignNotDraft)) }
    }

    /// # Errors
    /// Before it opens and after it closed.
    pub fn must_be_open(&self) -> Result<(), Problem> {
        if self.status == CampaignStatus::Open { Ok(()) } else { Err(Problem::of(Code::CampaignNotOpen)) }
    }

    /// # Errors
    /// After it closed.
    pub fn must_not_be_closed(&self) -> Result<(), Problem> {
        if self.status == CampaignStatus::Closed { Err(Problem::of(Code::CampaignNotOpen)) } else { Ok(()) }
    }
}
