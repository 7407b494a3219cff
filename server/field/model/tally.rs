//! What the server holds of one phone: what the phone compares itself with at the end of the day.

use serde::Serialize;
use utoipa::ToSchema;

use super::push::{ItemKey, ItemKind, ItemStatus};
use crate::kit::clock::Moment;

/// One item, with the pictures it names.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TallyItem {
    /// Its id.
    pub id: ItemKey,
    /// Its place in the phone's chain.
    pub sequence: i64,
    /// What it carries.
    pub kind: ItemKind,
    /// What became of it: `stored`, `refused`, or `conflict` where other content came under its id and waits for a person.
    pub state: ItemStatus,
    /// Pictures, signatures and documents it names.
    pub pictures_named: i64,
    /// Those of them that are here.
    pub pictures_held: i64,
}

/// Numbers that are missing, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TallyGap {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

/// What the server holds of one phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tally {
    /// The server's clock.
    pub server_time: Moment,
    /// Every item up to this number is here.
    pub accepted_through: i64,
    /// The highest number that has arrived.
    pub highest: i64,
    /// What is missing in between.
    pub gaps: Vec<TallyGap>,
    /// The newest 2,000 items, the newest first.
    pub items: Vec<TallyItem>,
    /// Visits that are kept, all of this phone's.
    pub visits: i64,
    /// Pictures that all of this phone's items name.
    pub pictures_named: i64,
    /// Those of them that are here.
    pub pictures_held: i64,
    /// SHA-256 of those that are not, the first 1,000.
    pub missing: Vec<String>,
}
