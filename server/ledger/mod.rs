//! Means: every fen and every unit of goods, double entry. A fund or a donor gives to a store, a store issues to a team, a team hands
//! over to a household; what is left returns, what is lost is written off, and a mistake is reversed by an entry that names it.
//! A balance is the fold of the postings, kept in the same transaction. Stores and teams never hold less than nothing: what a team
//! handed over beyond its custody is owed by its `unexplained` account, and what it receives later covers that first, so that
//! balances follow from what happened and not from the order in which it was heard of.
//! Custody changes hands with two signatures: an issue to a team, or its return, is a slip until the team's lead has counted and signed.

mod actions;
mod http;
mod model;
mod rules;
mod store;

pub use actions::{
    HeldTold, LineTold, MovedTold, Named, SlipLineTold, SumTold, Thing, acknowledge, custody, funds, hand_over, held_rows, lines, moved_rows, overdrafts,
    reverse_handovers, slip_lines, slips_of_own_teams, sum_rows,
};
pub use http::routes;
pub use model::keys::{AccountKind, CommodityKind};
pub use model::{
    Account, Acknowledged, Acknowledgement, Commodity, EnterpriseId, EntryId, EntryKind, Filter, FilterAsked, Fund, FundId, FundSource, Handover, Line, MOST,
    MOST_LINES, Posting, Receiver, RecipientId, SlipFilter, SlipKind, SlipSeen, SlipState,
};
pub use store::faults;
