//! One file a verb.

mod acknowledge;
mod book;
mod fund;
mod hand_over;
mod read;
mod record;
mod slip;

pub use acknowledge::acknowledge;
pub(super) use fund::{NewFund, funds, make_fund};
pub use hand_over::{hand_over, reverse_handovers};
pub(super) use read::{EntryTold, FlowTold, Names, SlipTold, Told, entries, entries_after, entry, flow, slips, told};
pub use read::{LineTold, LinesAfter, custody, lines, overdrafts, slips_of_own_teams};
pub(super) use record::record;
