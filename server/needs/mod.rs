//! What was asked for at the doors, until it is settled: 件件有着落、事事有回音.
//! A need is heard at a visit and stands in its words; here it is answered, resolved, and opened again, with every step kept. What is
//! resolved leaves the phones with their next pull. A need outlives the corrections of its visit: what says the same need is one thread,
//! whichever visit comes first, and stands in the last that says it, with all that was said to it; what a correction takes out is
//! withdrawn.

mod actions;
mod http;
mod model;
mod rules;
mod store;

pub use actions::{carry_over, carry_over_late, list as listed};
pub use http::routes;
pub use model::{NeedCorrection, NeedFilter, NeedId, NeedState, NeedView};
