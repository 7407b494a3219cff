//! One file a verb.

mod book;
mod fund;
mod hand_over;
mod read;
mod record;

pub(super) use fund::{NewFund, funds, make_fund};
pub use hand_over::{hand_over, reverse_handovers};
pub(super) use read::{EntryTold, Told, entries, entry, told};
pub use read::{custody, overdrafts};
pub(super) use record::record;
