//! The phone's door. `pull` hands a cadre what they need offline and nothing more; later pulls carry only what changed.
//! `push` takes what was recorded: item by item, in any order, as often as the phone likes; each id is decided once and its answer
//! remembered, a refusal too. Every accepted item comes back with a receipt signed by the server.
//! A phone keeps its items in a chain of its own; the server says how far it has come and which numbers are missing.

mod actions;
mod http;
mod model;
mod queries;
mod rules;
mod store;

pub use actions::{Packs, Pushes};
pub use http::routes;
