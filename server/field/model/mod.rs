//! What travels between phone and server.

mod pull;
mod push;

pub(in crate::field) use pull::{
    CampaignSeen, Cursor, Custody, EntitlementSeen, FundSeen, GoodsSeen, HouseholdSeen, Pulled, StandingSeen, TeamSeen, VisitSeen,
};
pub(in crate::field) use pull::{CustodyOf, Flags, Home, LogHead, MemberSeen, Quantity, ReceiptKey, TeamMember, Totals};
pub(in crate::field) use push::{ChainState, Device, Item, ItemKey, ItemKind, ItemResult, ItemStatus, PushAnswer, PushRequest, ReceiptClaims};
