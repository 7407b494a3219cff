//! What travels between phone and server.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::accounts::{DeviceId, PersonId};
use crate::findings::FindingSeen;
use crate::findings::Standing;
use crate::kit::clock::Moment;
use crate::kit::http::problem::ProblemBody;

crate::id!(
    /// An item's id; of kind `visit` it is the visit's id.
    ItemKey
);

crate::words! {
    /// What an item carries.
    ItemKind {
        /// A visit.
        Visit = "visit",
        /// A spot check.
        Check = "check",
        /// A lead's acknowledgement of cash and goods.
        Acknowledge = "acknowledge",
        /// A need that is not part of a visit.
        Need = "need",
        /// A proposed change of a household's file.
        Proposal = "proposal",
    }
}

crate::words! {
    /// What became of an item.
    ItemStatus {
        /// It is stored.
        Stored = "stored",
        /// It was stored before: nothing changed, the same receipt.
        Duplicate = "duplicate",
        /// Its id stands for other content: the first stays, this one waits for a person.
        Conflict = "conflict",
        /// It cannot be taken; `problem` says why.
        Refused = "refused",
    }
}

/// The phone that sends.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Device {
    /// Made by the app at its first start.
    pub id: DeviceId,
    /// The app's version.
    pub app_version: String,
    /// Server's clock minus the phone's, in milliseconds, measured from `Date`.
    pub clock_offset_ms: i64,
}

/// Something recorded on a phone.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PushedItem)]
pub struct Item {
    /// Its id.
    pub id: ItemKey,
    /// Its place in the phone's own chain, from 1.
    pub sequence: i64,
    /// SHA-256 of the item before it; empty for the first.
    pub previous: String,
    /// What it carries.
    pub kind: ItemKind,
    /// By the phone's clock.
    pub made_at: Moment,
    /// The newest time token the phone held.
    #[serde(default)]
    pub time_token: Option<String>,
    /// What it says, in the clear.
    #[serde(default)]
    #[schema(value_type = Option<super::acknowledge::BodySaid>)]
    pub body: Option<Box<RawValue>>,
    /// The same, sealed to the campaign's key: the envelope in base64.
    #[serde(default)]
    pub sealed: Option<String>,
}

/// A push.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PushRequest {
    /// The phone.
    pub device: Device,
    /// 1 to 200 items.
    pub items: Vec<Item>,
    /// Whose phone it is, where another brings what it recorded, from its saved outbox: a lead of theirs, or the centre above.
    #[serde(default)]
    pub on_behalf_of: Option<PersonId>,
}

/// What became of one item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemResult {
    /// Its id.
    pub id: ItemKey,
    /// What became of it.
    pub status: ItemStatus,
    /// How the household stands now; none where there is no household, or where so many come at once that it is looked at a moment later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Named evidence that has not arrived.
    pub missing_evidence: Vec<String>,
    /// What does not agree.
    pub findings: Vec<FindingSeen>,
    /// The server's signature over id, content hash and time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemBody>,
}

/// How far the phone's chain has come.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChainState {
    /// Every item up to this number is here.
    pub accepted_through: i64,
    /// Numbers that are missing beyond it, the first 100.
    pub gaps: Vec<i64>,
}

/// The answer to a push, results in the order sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct PushAnswer {
    /// One for each item.
    pub results: Vec<ItemResult>,
    /// The phone's chain.
    pub device: ChainState,
}

/// What a receipt says.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReceiptClaims {
    /// The item.
    pub id: ItemKey,
    /// SHA-256 of its body as it was sent.
    pub hash: String,
    /// When the server took it.
    pub at: Moment,
    /// The phone.
    pub device: DeviceId,
    /// Its place in the phone's chain.
    pub sequence: i64,
}
