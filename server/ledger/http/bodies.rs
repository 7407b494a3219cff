//! What comes in and what goes out.

mod asked;
mod told;

pub use asked::EntryBody;
pub use told::{BalancesView, EntryView};
