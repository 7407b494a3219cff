//! What was asked for at the doors, until it is settled: 件件有着落、事事有回音.
//! A need is heard at a visit and stands in its words; here it is answered, resolved, and opened again, with every step kept. What is
//! resolved leaves the phones with their next pull. A need of a visit that was amended stands in the one that amends it.

mod actions;
mod http;
mod model;
mod rules;
mod store;

pub use actions::list as listed;
pub use http::routes;
pub use model::{NeedFilter, NeedId, NeedState, NeedView};
