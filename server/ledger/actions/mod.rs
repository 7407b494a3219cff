//! One file a verb.

mod acknowledge;
mod book;
mod fund;
mod hand_over;
mod read;
mod record;
mod slip;

pub use acknowledge::acknowledge;
pub use fund::funds;
pub(super) use fund::{NewFund, make_fund};
pub use hand_over::{hand_over, reverse_handovers};
pub(super) use read::{EntryTold, FlowTold, Names, Told, entries, entries_after, entry, flow, slips, told};
pub use read::{
    HeldTold, LineTold, MovedTold, Named, SlipLineTold, SlipTold, SumTold, Thing, custody, held_rows, lines, moved_rows, overdrafts, slip_lines,
    slips_of_own_teams, sum_rows,
};
pub(super) use record::record;
