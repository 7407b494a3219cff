//! The season as a picture, and slips at the desk.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::told::{SumView, owner, sum_views};
use crate::accounts::OrgId;
use crate::campaigns::ItemId;
use crate::kit::clock::Moment;
use crate::ledger::actions::{FlowTold, SlipTold};
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{EntryKind, FundId, Link, Moved, Place, SlipSeen};

/// One end of what moved.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowNode {
    /// `source:<fund>`, `store:<org>`, `team:<team>`, `household`, `enterprise`, `person`, `returned`, `loss`.
    key: String,
    /// A team stands for what it holds and what it owes.
    account_kind: AccountKind,
    /// Null for all recipients of a kind, and for what was returned and lost.
    account_id: Option<String>,
    name: Option<String>,
}

/// What moved from one end to another, net of what was reversed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowLink {
    /// The key of who gave.
    from: String,
    /// The key of who took.
    to: String,
    kind: EntryKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    fund_id: Option<FundId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_id: Option<ItemId>,
    /// Fen, or thousandths of the item's unit.
    amount: i64,
    /// Money is worth its amount, goods what they were worth when they were booked.
    value_fen: i64,
}

/// What moved from where to where.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowView {
    nodes: Vec<FlowNode>,
    links: Vec<FlowLink>,
    /// One line for each fund and item; only for those who see the whole campaign.
    sums: Vec<SumView>,
    /// Up to when.
    at: Moment,
}

impl From<FlowTold> for FlowView {
    fn from(told: FlowTold) -> Self {
        let places: BTreeSet<Place> = told.links.keys().flat_map(|link| [link.from, link.to]).collect();
        let node = |place: Place| FlowNode { key: place.key(), account_kind: place.kind(), account_id: owner(place.id()), name: told.names.name(place.id()) };
        let link = |(link, moved): (&Link, &Moved)| FlowLink {
            from: link.from.key(),
            to: link.to.key(),
            kind: link.kind,
            fund_id: link.commodity.fund_id(),
            item_id: link.commodity.item_id(),
            amount: moved.amount,
            value_fen: moved.worth_fen(link.commodity),
        };
        Self {
            nodes: places.into_iter().map(node).collect(),
            links: told.links.iter().map(link).collect(),
            sums: sum_views(&told.sums, &told.names),
            at: told.at,
        }
    }
}

/// A slip at the desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlipView {
    #[serde(flatten)]
    slip: SlipSeen,
    team_name: String,
    /// Whose store.
    org_id: OrgId,
    /// The lead's signature, once there is one; its picture is sent apart.
    signature_sha256: Option<String>,
}

impl From<SlipTold> for SlipView {
    fn from(told: SlipTold) -> Self {
        Self { slip: told.seen, team_name: told.team_name, org_id: told.org_id, signature_sha256: told.signature_sha256 }
    }
}
