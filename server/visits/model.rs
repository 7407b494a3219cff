//! A visit as it was said at the door.

mod evidence;
mod learned;

pub use evidence::{EvidenceKind, EvidenceSource, EvidenceSubject, Ink, NamedEvidence};
pub use learned::{Found, NeedSaid, SixKnows};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::DeviceId;
use crate::campaigns::{CampaignId, ItemId};
use crate::households::{HouseholdId, Relation};
use crate::kit::clock::Moment;
use crate::kit::geo::Datum;
use crate::kit::idnumber::IdNumber;
use crate::ledger::{Commodity, EnterpriseId, FundId};

crate::id!(
    /// A visit's id, made by the phone.
    VisitId
);

crate::words! {
    /// Where and how the contact took place.
    Mode {
        /// At home.
        Home = "home",
        /// 病房
        Ward = "ward",
        /// 单位
        Workplace = "workplace",
        /// By phone.
        Phone = "phone",
        /// By letter.
        Letter = "letter",
        /// 集体慰问
        Collective = "collective",
    }
}

impl Mode {
    /// Whether there is a place where it happened.
    #[must_use]
    pub const fn has_a_place(self) -> bool {
        !matches!(self, Self::Phone | Self::Letter)
    }
}

crate::words! {
    /// What came of it.
    Outcome {
        /// The household was reached.
        Reached = "reached",
        /// 无人在家
        Absent = "absent",
        /// 搬迁
        Moved = "moved",
        /// 去世
        Deceased = "deceased",
        /// 拒收
        Refused = "refused",
        /// 查无此户
        NotFound = "not_found",
    }
}

crate::words! {
    /// How a position was found.
    PositionSource {
        /// Satellites.
        Gps = "gps",
        /// Cell towers and Wi-Fi.
        Network = "network",
        /// Picked on a map by hand.
        Manual = "manual",
    }
}

/// A position, kept in the datum it came in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Position {
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// Radius in metres.
    pub accuracy_m: f64,
    /// When it was measured.
    pub taken_at: Moment,
    /// The datum it came in.
    pub datum: Datum,
    /// How it was found.
    pub source: PositionSource,
}

/// Who took the aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recipient {
    /// Their name.
    pub name: String,
    /// Seen from the head of the household.
    pub relation: Relation,
    /// Why somebody else took it.
    #[serde(default)]
    pub proxy_reason: Option<String>,
}

/// One line of what was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Aid {
    /// Cash out of a fund.
    Cash {
        /// The fund.
        fund_id: FundId,
        /// Fen.
        amount_fen: i64,
    },
    /// Goods.
    Goods {
        /// The item.
        item_id: ItemId,
        /// Thousandths of the item's unit.
        quantity_milli: i64,
    },
}

impl Aid {
    /// As the ledger counts it.
    #[must_use]
    pub const fn line(self) -> (Commodity, i64) {
        match self {
            Self::Cash { fund_id, amount_fen } => (Commodity::Cash(fund_id), amount_fen),
            Self::Goods { item_id, quantity_milli } => (Commodity::Goods(item_id), quantity_milli),
        }
    }

    /// So much of it.
    #[must_use]
    pub const fn of(commodity: Commodity, amount: i64) -> Self {
        match commodity {
            Commodity::Cash(fund_id) => Self::Cash { fund_id, amount_fen: amount },
            Commodity::Goods(item_id) => Self::Goods { item_id, quantity_milli: amount },
        }
    }
}

/// One recipient of a group visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupRecipient {
    /// Their name.
    pub name: String,
    /// Their resident identity number.
    #[serde(default)]
    pub id_number: Option<String>,
    /// Fen.
    pub amount_fen: i64,
    /// SHA-256 of their signature.
    #[serde(default)]
    pub signature: Option<String>,
}

impl GroupRecipient {
    /// Their number, where what was typed at the door is one.
    #[must_use]
    pub fn number(&self) -> Option<IdNumber> {
        self.id_number.as_deref().and_then(|typed| IdNumber::read(typed).ok().map(|read| read.number))
    }
}

/// A group visit's roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Group {
    /// Everybody who received something.
    pub recipients: Vec<GroupRecipient>,
    /// Fen, as it was added up at the door.
    pub total_fen: i64,
}

/// The body of an item of kind `visit`: what the cadre says happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VisitSaid {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The household; none for one found at the door or for a group.
    #[serde(default)]
    pub household_id: Option<HouseholdId>,
    /// The enterprise.
    #[serde(default)]
    pub enterprise_id: Option<EnterpriseId>,
    /// A household that is on no list.
    #[serde(default)]
    pub found: Option<Found>,
    /// Where and how.
    pub mode: Mode,
    /// What came of it.
    pub outcome: Outcome,
    /// By the phone's clock.
    pub started_at: Moment,
    /// By the phone's clock.
    pub ended_at: Moment,
    /// Where the phone was.
    #[serde(default)]
    pub position: Option<Position>,
    /// Who took the aid.
    #[serde(default)]
    pub recipient: Option<Recipient>,
    /// What was handed over.
    #[serde(default)]
    pub aid: Vec<Aid>,
    /// The roster of a group visit.
    #[serde(default)]
    pub group: Option<Group>,
    /// Pictures, signatures, papers.
    #[serde(default)]
    pub evidence: Vec<NamedEvidence>,
    /// The signature's ink.
    #[serde(default)]
    pub signature_ink: Option<Ink>,
    /// Six knows and one decision, as answered.
    #[serde(default)]
    pub six_knows: Option<SixKnows>,
    /// What was asked for.
    #[serde(default)]
    pub needs: Vec<NeedSaid>,
    /// Anything else.
    #[serde(default)]
    pub notes: String,
    /// The earlier visit this one corrects.
    #[serde(default)]
    pub amends: Option<VisitId>,
    /// Why.
    #[serde(default)]
    pub amend_reason: Option<String>,
}

impl VisitSaid {
    /// The signature, where one is named.
    #[must_use]
    pub fn signature(&self) -> Option<&NamedEvidence> {
        self.evidence.iter().find(|evidence| evidence.kind == EvidenceKind::Signature)
    }
}

/// A visit on its way in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its id, made by the phone.
    pub id: VisitId,
    /// What it says.
    pub said: VisitSaid,
    /// The same as text, as the phone sent it.
    pub body: String,
    /// The phone.
    pub device: DeviceId,
    /// Server's clock minus the phone's, in milliseconds.
    pub clock_offset_ms: i64,
}

/// An item's place in the chain of the phone that sealed it.
#[derive(Debug, Clone)]
pub struct Link {
    /// The item; of a visit its id.
    pub item_id: String,
    /// Its number, from 1.
    pub sequence: i64,
    /// The hash of the item before it; empty for the first.
    pub previous: String,
    /// Its own hash, which the next one names.
    pub hash: String,
    /// The newest signed server time the phone held when it sealed it.
    pub not_before_at: Option<Moment>,
}

/// A visit that was stored.
#[derive(Debug, Clone, Copy)]
pub struct Recorded {
    /// Its id.
    pub id: VisitId,
    /// Its campaign.
    pub campaign: CampaignId,
    /// Its household.
    pub household: Option<HouseholdId>,
    /// Whether it corrects another, or is corrected by one that came before it.
    pub in_correction: bool,
}
