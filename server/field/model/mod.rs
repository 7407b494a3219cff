//! What travels between phone and server.

mod acknowledge;
mod check;
mod listed;
mod lists;
mod lots;
mod pull;
mod push;
mod tally;

pub(in crate::field) use acknowledge::AcknowledgeSaid;
pub(in crate::field) use check::{CheckGoods, CheckSaid, CheckSeen};
pub(in crate::field) use listed::Listed;
pub(in crate::field) use lists::{CampaignSeen, Custody, CustodyOf, EntitlementSeen, FundSeen, GoodsSeen, Quantity, SealKeySeen, TeamMember, TeamSeen, Totals};
pub(in crate::field) use lots::Lots;
pub(in crate::field) use pull::{Cursor, Flags, Home, HouseholdSeen, LogHead, MemberSeen, NeedSeen, Pulled, ReceiptKey, StandingSeen, VisitSeen};
pub(in crate::field) use push::{ChainState, Device, Item, ItemKey, ItemKind, ItemResult, ItemStatus, PushAnswer, PushRequest, ReceiptClaims};
pub(in crate::field) use tally::{Tally, TallyGap, TallyItem};
