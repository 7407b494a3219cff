//! What comes in and what goes out.

mod asked;
mod filters;
mod flow;
mod told;

pub use asked::EntryBody;
pub use filters::EntriesQuery;
pub use flow::{FlowView, SlipView};
pub use told::{BalancesView, EntryView};
